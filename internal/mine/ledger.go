package mine

import (
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// Source is an entry of the ledger: someone or something that the text reports
// on as having said something.
type Source struct {
	// Name is the canonical form: the fullest name that the text gives, without
	// titles.
	Name string
	// Kind is person, organization, document, place, group, unnamed or author.
	Kind        string
	Description string
	// Mentions are the passages that name the source or stand for it, in text
	// order, not overlapping.
	Mentions []document.Span
}

// entry is a source while the ledger is made.
type entry struct {
	Source
	words   []string // of the name, in lower case
	heads   map[string]bool
	pronoun string // he or she, once known
	last    int    // byte of the latest mention
}

// book is the ledger of one text.
type book struct {
	doc     *document.Document
	sents   []lang.Sentence
	quotes  []document.Span
	names   []fullName
	entries []*entry
}

// fullName is a run of capitalised words somewhere in the text.
type fullName struct {
	document.Span
	words []string
}

// ledger resolves the source of every attribution to one entry: by name, by a
// shorter name, by initials, by pronoun, or by what the entry is known to be. It
// sets the attributions' speakers and returns the entries in the order of their
// first mention.
func ledger(doc *document.Document, sents []lang.Sentence, quotes []document.Span, as []Attribution) []Source {
	b := &book{doc: doc, sents: sents, quotes: quotes}
	b.findNames()
	speaker := make([]*entry, len(as))
	for i := range as {
		if !as[i].HasSource() {
			continue
		}
		if e := b.resolve(&as[i]); e != nil {
			speaker[i] = e
			e.mention(as[i].Source)
		}
	}
	return b.finish(as, speaker)
}

// findNames collects the proper names of the text.
func (b *book) findNames() {
	for _, s := range b.sents {
		ts := s.Tokens
		for i := 0; i < len(ts); i++ {
			if !nameWord(ts[i]) || i == 0 && !ts[i].IsName() {
				continue
			}
			j := i + 1
			for j < len(ts) && (nameWord(ts[j]) || joinsName(ts, j) && ts[j].Lower != "and") {
				j++
			}
			for i < j-1 && isTitle(ts[i]) {
				i++
			}
			n := fullName{Span: spanOf(ts[i:j])}
			for _, t := range ts[i:j] {
				n.words = append(n.words, t.Lower)
			}
			b.names = append(b.names, n)
			i = j
		}
	}
}

func isTitle(t lang.Token) bool {
	_, ok := titles[t.Lower]
	return ok
}

// resolve finds or makes the entry that an attribution's source stands for.
func (b *book) resolve(a *Attribution) *entry {
	s := b.sents[a.sentence]
	p := parsePhrase(b.tokensAt(s, a.Source), b.doc.Text)
	at := a.Source.Start
	switch {
	case p.pronoun != "":
		return b.byPronoun(p.pronoun, s, at)
	case len(p.name) > 0:
		return b.byName(p)
	}
	if e := b.byDescription(p, at); e != nil {
		return e
	}
	return b.nameless(p)
}

func (b *book) tokensAt(s lang.Sentence, span document.Span) []lang.Token {
	from := 0
	for from < len(s.Tokens) && s.Tokens[from].Start < span.Start {
		from++
	}
	to := from
	for to < len(s.Tokens) && s.Tokens[to].End <= span.End {
		to++
	}
	return s.Tokens[from:to]
}

// byName finds the entry whose name a phrase gives, in full, in part or by its
// initials, or opens a new one.
func (b *book) byName(p phrase) *entry {
	words := make([]string, 0, len(p.name))
	for _, t := range p.name {
		words = append(words, t.Lower)
	}
	for k := len(b.entries) - 1; k >= 0; k-- {
		if e := b.entries[k]; sameName(e.words, words) {
			b.improve(e, p, words)
			return e
		}
	}
	e := &entry{heads: map[string]bool{}}
	e.Kind = p.kind
	b.improve(e, p, words)
	if full, ok := b.fuller(words, p.kind); ok {
		e.words = full.words
		e.Name = flat(b.doc.At(full.Span))
	}
	b.entries = append(b.entries, e)
	return e
}

// sameName compares two names: equal, one the end or the beginning of the
// other, or one the initials of the other.
func sameName(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 1 && initials(a) == strings.ReplaceAll(b[0], ".", "") && len(a) > 1 {
		return true
	}
	tail := a[len(a)-len(b):]
	return equal(tail, b) || len(b) > 1 && equal(a[:len(b)], b) || len(b) == len(a)-1 && len(b) >= 2 && a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

func initials(words []string) string {
	var out []byte
	for _, w := range words {
		switch w {
		case "of", "the", "for", "and", "&", "in":
		default:
			out = append(out, w[0])
		}
	}
	return string(out)
}

// improve lets a mention add to what is known of an entry.
func (b *book) improve(e *entry, p phrase, words []string) {
	if len(words) > len(e.words) {
		e.words = words
		e.Name = flat(b.doc.Text[p.name[0].Start:p.name[len(p.name)-1].End])
	}
	if len(p.description) > len(e.Description) {
		e.Description = p.description
	}
	if p.kind != "" && (e.Kind == "" || e.Kind == "person" && p.kind == "organization" && len(words) > 1) {
		e.Kind = p.kind
	}
	if p.calls != "" {
		e.pronoun = p.calls
	}
	for _, w := range strings.Fields(strings.ToLower(p.description)) {
		e.heads[strings.Trim(w, ",.;")] = true
	}
}

// fuller finds the longest name in the text of which words are the end: the
// surname's first name.
func (b *book) fuller(words []string, kind string) (fullName, bool) {
	best := fullName{words: words}
	for _, n := range b.names {
		if len(n.words) > len(best.words) && len(n.words) <= 4 && equal(n.words[len(n.words)-len(words):], words) && kind != "place" && !strings.Contains(strings.Join(n.words, " "), " of ") {
			best = n
		}
	}
	return best, len(best.words) > len(words)
}

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
	var best *entry
	for _, e := range b.entries {
		if agrees(e, pronoun) && (best == nil || e.lastBefore(at) > best.lastBefore(at)) {
			best = e
		}
	}
	if near := b.nearestName(pronoun, at); near != nil && (best == nil || near.Start > best.lastBefore(at)+pronounReach) {
		best = b.openNamed(*near, "person")
	}
	if best == nil || best.lastBefore(at) < 0 {
		return nil
	}
	if pronoun == "he" || pronoun == "she" {
		best.pronoun = pronoun
	}
	return best
}

// pronounReach is how many bytes nearer a name that is no source yet must stand
// to be what a pronoun means.
const pronounReach = 120

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

// nearestName is the last name before byte at, in the same or the two sentences
// before, that looks like a person's.
func (b *book) nearestName(pronoun string, at int) *fullName {
	if pronoun != "he" && pronoun != "she" {
		return nil
	}
	for k := len(b.names) - 1; k >= 0; k-- {
		n := b.names[k]
		if n.End > at || len(n.words) < 2 || len(n.words) > 3 {
			continue
		}
		if at-n.Start > 600 {
			return nil
		}
		if sourceNouns()[n.words[len(n.words)-1]] == "" && !places()[strings.Join(n.words, " ")] && !strings.Contains(strings.Join(n.words, " "), " of ") {
			return &n
		}
	}
	return nil
}

func (b *book) openNamed(n fullName, kind string) *entry {
	for _, e := range b.entries {
		if sameName(e.words, n.words) {
			return e
		}
	}
	e := &entry{Source: Source{Name: flat(b.doc.At(n.Span)), Kind: kind}, words: n.words, heads: map[string]bool{}}
	e.mention(n.Span)
	b.entries = append(b.entries, e)
	return e
}

// firstPerson is who says "I" at byte at: the speaker of the quotation around
// it, which only later passes could tell, or the author.
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
	b.entries = append(b.entries, e)
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

// byDescription finds the entry that "the minister", "the report" or "the former
// officer" means: the latest that is known by that noun.
func (b *book) byDescription(p phrase, at int) *entry {
	if len(p.tokens) == 0 || p.head == "" {
		return nil
	}
	switch p.tokens[0].Lower {
	case "the", "this", "that", "these", "those":
	default:
		if key := spacedWithout(p.tokens); key != "" {
			for _, e := range b.entries {
				if strings.EqualFold(e.Name, key) {
					return e
				}
			}
		}
		return nil
	}
	var best *entry
	for _, e := range b.entries {
		if (e.heads[p.head] || len(e.words) > 0 && e.words[len(e.words)-1] == p.head) && e.lastBefore(at) >= 0 && (best == nil || e.lastBefore(at) > best.lastBefore(at)) {
			best = e
		}
	}
	return best
}

// nameless opens an entry for a source without a proper name.
func (b *book) nameless(p phrase) *entry {
	ts := p.tokens
	if len(ts) == 0 {
		return nil
	}
	name := flat(b.doc.Text[ts[0].Start:ts[len(ts)-1].End])
	if key := spacedWithout(ts); key != "" {
		name = key
	}
	for _, e := range b.entries {
		if strings.EqualFold(e.Name, name) {
			return e
		}
	}
	kind := p.kind
	if kind == "" || kind == "person" && len(ts) > 0 && (ts[0].Lower == "a" || ts[0].Lower == "an" || ts[0].Lower == "one") {
		kind = "unnamed"
	}
	e := &entry{Source: Source{Name: name, Kind: kind}, heads: map[string]bool{p.head: true}}
	b.entries = append(b.entries, e)
	return e
}

// spacedWithout is the phrase as text, without an article at its head.
func spacedWithout(ts []lang.Token) string {
	if len(ts) > 1 && (ts[0].Lower == "the" || ts[0].Lower == "a" || ts[0].Lower == "an") {
		ts = ts[1:]
	}
	var parts []string
	for i, t := range ts {
		if i > 0 && t.Start > ts[i-1].End {
			parts = append(parts, " ")
		}
		parts = append(parts, t.Text)
	}
	return strings.Join(parts, "")
}

func (e *entry) mention(s document.Span) {
	e.Mentions = append(e.Mentions, s)
	e.last = max(e.last, s.Start)
}

// lastBefore is where the latest mention before byte at begins, or -1.
func (e *entry) lastBefore(at int) int {
	best := -1
	for _, m := range e.Mentions {
		if m.Start < at {
			best = max(best, m.Start)
		}
	}
	return best
}

// finish adds the other places where the names stand, orders the entries and
// numbers the speakers.
func (b *book) finish(as []Attribution, speaker []*entry) []Source {
	used := map[*entry]bool{}
	for _, e := range speaker {
		if e != nil {
			used[e] = true
		}
	}
	var kept []*entry
	for _, e := range b.entries {
		if !used[e] {
			continue
		}
		for _, n := range b.names {
			if sameName(e.words, n.words) && len(n.words) <= len(e.words)+1 {
				e.mention(n.Span)
			}
		}
		e.Mentions = disjoint(e.Mentions)
		kept = append(kept, e)
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Mentions[0].Start < kept[j].Mentions[0].Start })
	out := make([]Source, len(kept))
	at := map[*entry]int{}
	for i, e := range kept {
		if e.Kind == "" {
			e.Kind = "unnamed"
		}
		out[i], at[e] = e.Source, i
	}
	for i, e := range speaker {
		as[i].Speaker = -1
		if e != nil {
			as[i].Speaker = at[e]
		}
	}
	return out
}

// disjoint sorts spans and drops those that overlap an earlier one.
func disjoint(in []document.Span) []document.Span {
	sort.SliceStable(in, func(i, j int) bool { return in[i].Start < in[j].Start })
	var out []document.Span
	for _, s := range in {
		if len(out) == 0 || s.Start >= out[len(out)-1].End {
			out = append(out, s)
		}
	}
	return out
}

// flat is a passage on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
