package mine

import (
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/lang"
)

// byPronoun finds the entry that a pronoun stands for: the nearest before it
// that it can stand for.
func (b *book) byPronoun(pronoun string, s lang.Sentence, at int) *entry {
	switch pronoun {
	case "i", "we":
		return b.firstPerson(at)
	case "you":
		return nil
	case "who":
		return b.antecedent(s, at)
	}
	if pronoun == "he" || pronoun == "she" {
		return b.person(pronoun, at)
	}
	var best *entry
	for _, e := range b.entries {
		if agrees(e, pronoun) && (best == nil || e.lastBefore(at) > best.lastBefore(at)) {
			best = e
		}
	}
	if best == nil || best.lastBefore(at) < 0 {
		return nil
	}
	return best
}

// person finds whom "he" or "she" means: the person mentioned last before it, by
// name or as a source; one that opened its sentence goes before one that did not.
func (b *book) person(pronoun string, at int) *entry {
	var best *entry
	top := -1
	try := func(e *entry, score int) {
		if score > top {
			best, top = e, score
		}
	}
	for _, e := range b.entries {
		if agrees(e, pronoun) {
			if l := e.lastBefore(at); l >= 0 {
				try(e, l)
			}
		}
	}
	near := sort.Search(len(b.names), func(i int) bool { return b.names[i].Start >= at-pronounReach })
	for _, n := range b.names[near:] {
		if n.End > at {
			break
		}
		score := n.Start
		if n.opens {
			score += subjectBonus
		}
		if !n.titled && givenNames()[n.words[0]] == "" {
			score -= strangerMalus
		}
		if e := b.find(n.words); e != nil {
			if agrees(e, pronoun) {
				try(e, score)
			}
			continue
		}
		if score > top && b.personal(n, pronoun) {
			try(b.openNamed(n, "person"), score)
		}
	}
	if best != nil {
		best.pronoun = pronoun
	}
	return best
}

// strangerMalus is how many bytes nearer a name has to stand that nothing marks
// as a person's.
const strangerMalus = 200

// A pronoun reaches back pronounReach bytes to a name that is no source yet; the
// subject of a sentence counts as if it stood subjectBonus bytes later.
const (
	pronounReach = 700
	subjectBonus = 60
)

// personal tells that a name looks like that of a person of the pronoun's sex.
func (b *book) personal(n fullName, pronoun string) bool {
	if len(n.words) < 2 || len(n.words) > 3 || sourceNouns()[n.words[len(n.words)-1]] != "" {
		return false
	}
	name := strings.Join(n.words, " ")
	if places()[name] || strings.Contains(name, " of ") || strings.Contains(name, " the ") {
		return false
	}
	sex := givenNames()[n.words[0]]
	return sex == "" || sex == pronoun
}

// agrees tells whether a pronoun can stand for an entry.
func agrees(e *entry, pronoun string) bool {
	switch pronoun {
	case "he", "she":
		return (e.Kind == "person" || e.Kind == "unnamed" || e.Kind == "") && (e.pronoun == "" || e.pronoun == pronoun)
	case "they":
		return e.Kind == "group" || e.Kind == "organization" || e.Kind == "unnamed" || e.Kind == "document"
	}
	return e.Kind == "organization" || e.Kind == "document" || e.Kind == "place"
}

// openNamed opens an entry for a name that was no source before.
func (b *book) openNamed(n fullName, kind string) *entry {
	e := &entry{Source: Source{Name: flat(b.doc.At(n.Span)), Kind: kind}, words: n.words, heads: map[string]bool{}}
	e.mention(n.Span)
	b.introduce(e)
	b.open(e)
	return e
}

// firstPerson is who says "I" at byte at: the author, or nil inside a quotation,
// where it would be its speaker.
func (b *book) firstPerson(at int) *entry {
	if quoteAt(b.quotes, at) >= 0 {
		return nil
	}
	for _, e := range b.entries {
		if e.Kind == "author" {
			return e
		}
	}
	e := &entry{Source: Source{Name: "the author", Kind: "author"}, heads: map[string]bool{}}
	b.open(e)
	return e
}

// antecedent is the phrase that a relative pronoun refers to.
func (b *book) antecedent(s lang.Sentence, at int) *entry {
	i := 0
	for i < len(s.Tokens) && s.Tokens[i].Start < at {
		i++
	}
	for i > 0 && !s.Tokens[i-1].IsWord() {
		i--
	}
	if i == 0 {
		return nil
	}
	from, to, ok := phraseLeft(s.Tokens, i, 0)
	if !ok {
		return nil
	}
	p := parsePhrase(s.Tokens[from:to], b.doc.Text)
	if len(p.name) > 0 {
		return b.byName(p)
	}
	if p.pronoun != "" {
		return nil
	}
	if e := b.byDescription(p, at); e != nil {
		return e
	}
	return b.nameless(p)
}
