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
	number  int    // in the order of opening
}

// book is the ledger of one text.
type book struct {
	doc     *document.Document
	sents   []lang.Sentence
	quotes  []document.Span
	names   []fullName
	byLast  map[string][]int // names by their last word
	entries []*entry
	index   map[string][]*entry // entries by the words that can find them
}

// fullName is a run of capitalised words somewhere in the text.
type fullName struct {
	document.Span
	words []string
	// sentence, from and to are where its tokens stand.
	sentence, from, to int
	// opens tells that it opens its sentence, as subjects do; titled that a title
	// or profession stands beside it.
	opens, titled bool
}

// ledger resolves the source of every attribution to one entry: by name, by a
// shorter name, by initials, by pronoun, or by what the entry is known to be. It
// sets the attributions' speakers and returns the entries in the order of their
// first mention.
func ledger(doc *document.Document, sents []lang.Sentence, quotes []document.Span, as []Attribution) []Source {
	b := &book{doc: doc, sents: sents, quotes: quotes, byLast: map[string][]int{}, index: map[string][]*entry{}}
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
	for at, s := range b.sents {
		ts := s.Tokens
		for i := 0; i < len(ts); i++ {
			if !nameWord(ts[i]) || i == 0 && !ts[i].IsName() && (len(ts) < 2 || !nameWord(ts[1]) || !ts[1].IsName()) {
				continue
			}
			j := i + 1
			for j < len(ts) && (nameWord(ts[j]) || joinsName(ts, j) && ts[j].Lower != "and") {
				j++
			}
			next := j
			i += untitled(ts[i:j])
			n := fullName{Span: spanOf(ts[i:j]), sentence: at, from: i, to: j, opens: i < 4}
			for _, t := range ts[i:j] {
				n.words = append(n.words, t.Lower)
			}
			n.titled = i > 0 && (isTitle(ts[i-1]) || sourceNouns()[ts[i-1].Lower] == "person") || j+1 < len(ts) && ts[j].Lower == "," && kindAmong(ts[j+1:appositionRight(ts, j)+max(0, j+1-appositionRight(ts, j))], "person")
			last := n.words[len(n.words)-1]
			b.byLast[last] = append(b.byLast[last], len(b.names))
			b.names = append(b.names, n)
			i = next
		}
	}
}

// untitled counts the words at the head of a name that are titles: "Energy
// Minister" in "Energy Minister Ann Lee".
func untitled(ts []lang.Token) int {
	n := 0
	for n < len(ts)-1 && isTitle(ts[n]) {
		n++
	}
	for k := n; k < len(ts)-1 && len(ts)-n > 2; k++ {
		if sourceNouns()[ts[k].Lower] == "person" {
			return k + 1
		}
	}
	return n
}

func isTitle(t lang.Token) bool {
	_, ok := titles[t.Lower]
	return ok
}

// resolve finds or makes the entry that an attribution's source stands for.
func (b *book) resolve(a *Attribution) *entry {
	s := b.sents[a.sentence]
	ts := b.tokensAt(s, a.Source)
	p := parsePhrase(ts, b.doc.Text)
	at := a.Source.Start
	switch {
	case len(ts) == 0 || nobody[ts[0].Lower] && len(ts) < 3:
		return nil
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
	if e := b.find(words); e != nil {
		b.improve(e, p, words)
		b.register(e)
		return e
	}
	e := &entry{heads: map[string]bool{}}
	e.Kind = p.kind
	b.improve(e, p, words)
	if full, ok := b.fuller(words, p.kind); ok {
		e.words = full.words
		e.Name = flat(b.doc.At(full.Span))
	}
	b.introduce(e)
	b.open(e)
	return e
}

// open adds an entry to the book.
func (b *book) open(e *entry) {
	e.number = len(b.entries)
	b.entries = append(b.entries, e)
	b.register(e)
}

// register makes an entry known by the first and last word of its name and by
// its initials.
func (b *book) register(e *entry) {
	if len(e.words) == 0 {
		return
	}
	for _, key := range [...]string{"first " + e.words[0], "last " + e.words[len(e.words)-1], "initials " + initials(e.words)} {
		if list := b.index[key]; len(list) == 0 || list[len(list)-1] != e {
			b.index[key] = append(list, e)
		}
	}
}

// find returns the entry opened last that a name can mean, or nil.
func (b *book) find(words []string) *entry {
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	var best *entry
	for _, key := range [...]string{"first " + words[0], "last " + last, "initials " + strings.ReplaceAll(last, ".", ""), "last " + initials(words)} {
		list := b.index[key]
		for k := len(list) - 1; k >= 0 && k >= len(list)-maxSame; k-- {
			if e := list[k]; sameName(e.words, words) && (best == nil || e.number > best.number) {
				best = e
				break
			}
		}
	}
	return best
}

// maxSame bounds how many entries that share a word are compared with a name.
const maxSame = 50

// introduce learns what the text says of an entry where it names it: "Ann Lee,
// who runs the clinic, …", "the harbourmaster Ann Lee".
func (b *book) introduce(e *entry) {
	if len(e.words) == 0 {
		return
	}
	for _, k := range b.byLast[e.words[len(e.words)-1]] {
		n := b.names[k]
		if len(n.words) < len(e.words) || !sameName(e.words, n.words) {
			continue
		}
		ts := b.sents[n.sentence].Tokens
		from, to := coreLeft(ts, n.to, 0), appositionRight(ts, n.to)
		p := parsePhrase(ts[min(from, n.from):to], b.doc.Text)
		if len(p.name) == 0 {
			continue
		}
		if p.description != "" && e.Description == "" {
			e.Description = p.description
		}
		if p.kind == "person" && p.description != "" && e.Kind != "place" {
			e.Kind = "person"
		}
		if p.calls != "" {
			e.pronoun = p.calls
		}
		for _, w := range strings.Fields(strings.ToLower(p.description)) {
			e.heads[strings.Trim(w, ",.;")] = true
		}
	}
	if e.pronoun == "" && e.Kind == "person" && len(e.words) > 1 {
		e.pronoun = givenNames()[e.words[0]]
	}
	if e.Kind == "person" && len(e.words) == 1 && b.locative(e.words[0]) {
		e.Kind = "place"
	}
}

// locative tells that a name stands after "in" or "from" somewhere and after a
// title or first name nowhere: it names a place.
func (b *book) locative(word string) bool {
	for _, s := range b.sents {
		for i, t := range s.Tokens {
			if i > 0 && t.Lower == word {
				switch s.Tokens[i-1].Lower {
				case "in", "across", "near", "within", "throughout":
					return true
				}
			}
		}
	}
	for _, blk := range b.doc.Blocks {
		if blk.Kind == document.Heading || blk.Kind == document.Title {
			if strings.Contains(strings.ToLower(b.doc.At(blk.Span))+" ", " in "+word+" ") {
				return true
			}
		}
	}
	return false
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
	for _, k := range b.byLast[words[len(words)-1]] {
		n := b.names[k]
		if len(n.words) > len(best.words) && len(n.words) <= 4 && equal(n.words[len(n.words)-len(words):], words) && kind != "place" && !strings.Contains(strings.Join(n.words, " "), " of ") {
			best = n
		}
	}
	return best, len(best.words) > len(words)
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
	ts, _ := splitApposition(p.tokens)
	if len(ts) == 0 || nobody[ts[0].Lower] && len(ts) < 3 {
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
	b.open(e)
	return e
}

// nobody are words that name no source.
var nobody = map[string]bool{"nobody": true, "no-one": true, "none": true, "nothing": true, "time": true, "no": true, "anyone": true, "something": true}

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
	if len(e.Mentions) > 0 && e.last < at {
		return e.last
	}
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
		kept = append(kept, e)
	}
	for _, n := range b.names {
		if e := b.find(n.words); e != nil && used[e] && len(n.words) <= len(e.words)+1 {
			e.mention(n.Span)
		}
	}
	for _, e := range kept {
		e.Mentions = disjoint(e.Mentions)
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
