package reader

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// asideRules find what frames a text without belonging to it. Each looks at
// chunk i alone and at where it stands; the first that holds decides.
var asideRules = []struct {
	name string
	is   func(p *page, i int) bool
}{
	{"table", func(p *page, i int) bool { return p.chunks[i].marked == tableMark }},
	{"furniture", (*page).isFurniture},
	{"links", (*page).isLinks},
	{"caption", (*page).isCaption},
	{"date", (*page).isDate},
	{"byline", (*page).isByline},
	{"memo", (*page).isMemoHead},
	{"bracketed", (*page).isBracketed},
	{"code", (*page).isCode},
	{"about the author", (*page).isAboutAuthor},
}

// Lengths, in words, beyond which a line is taken to be prose.
const (
	maxFurniture = 40
	maxCaption   = 45
	maxFrame     = 14 // bylines, dates, names
	maxAbout     = 90
)

// ends is how many chunks at either end of a text count as its beginning and
// its end, where bylines and notes on the author stand.
const ends = 6

// markAsides decides on the chunks that one of the asideRules holds for, and on
// the frame of a letter.
func (p *page) markAsides() {
	for i := range p.chunks {
		if p.chunks[i].marked == hashMark || p.chunks[i].marked == underMark {
			continue
		}
		for _, r := range asideRules {
			if r.is(p, i) {
				p.decide(i, document.Aside)
				p.chunks[i].why = r.name
				break
			}
		}
	}
	p.markLetter()
}

// decide settles the kind of chunk i.
func (p *page) decide(i int, kind document.BlockKind) {
	p.chunks[i].kind, p.chunks[i].decided = kind, true
}

// str returns the text of chunk i.
func (p *page) str(i int) string { return p.text[p.chunks[i].Start:p.chunks[i].End] }

// bare returns the beginning of the text of chunk i without emphasis, outer
// brackets and closing punctuation.
func (p *page) bare(i int) string {
	s := p.str(i)
	if len(s) > looksLimit {
		s = s[:looksLimit]
	}
	return strings.Trim(s, " \t.,:;!*_[]")
}

// folded returns what bare does in lower case, as the word lists have it.
func (p *page) folded(i int) string { return strings.ToLower(p.bare(i)) }

// isFurniture knows what web pages say around an article.
func (p *page) isFurniture(i int) bool {
	l := p.chunks[i].looks
	return l.words <= maxFurniture && p.chunks[i].marked == plain && wordlist("furniture").Matches(p.folded(i)+colonOf(l))
}

// colonOf gives back the colon that folded took away: "Related:" is furniture
// with or without one, but entries may end in one.
func colonOf(l looks) string {
	if l.end == signs.Colon {
		return ":"
	}
	return ""
}

// isLinks holds for lines of nothing but addresses, handles and hash tags.
func (p *page) isLinks(i int) bool {
	fields := strings.Fields(p.str(i))
	links := 0
	for _, f := range fields {
		switch {
		case isLink(f):
			links++
		case signs.Readable(f):
			return false
		}
	}
	return links > 0
}

// linkStarts are the beginnings of words that are links or tags.
var linkStarts = []string{"http://", "https://", "www.", "mailto:", "#", "@"}

// isLink reports whether the word s is an address, a handle or a tag.
func isLink(s string) bool {
	s = strings.TrimLeft(s, "<([")
	for _, start := range linkStarts {
		if strings.HasPrefix(s, start) && len(s) > len(start)+1 {
			return true
		}
	}
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.Contains(s[at:], ".") && !strings.ContainsAny(s, "/:")
}

// isCaption knows credits by their words, and "Figure 3" and the like where a
// caption follows rather than a sentence. Without a number, and without type that
// sets it apart, only what the list has is one.
func (p *page) isCaption(i int) bool {
	l := p.chunks[i].looks
	if l.words > maxCaption || p.chunks[i].marked != plain {
		return false
	}
	s := p.folded(i)
	if wordlist("captions").Matches(s+colonOf(l)) || strings.Contains(s, "licensed under cc") || strings.Contains(s, "under a cc ") {
		return true
	}
	if at := strings.LastIndex(s, "image: "); at > 0 && countSentences(s[at:]) == 1 && l.words-len(strings.Fields(s[:at])) <= 6 {
		return true
	}
	numbered, is := signs.Caption(p.bare(i))
	return numbered && is
}

// isDate holds for lines of nothing but a date, a time, and that something was
// published then.
func (p *page) isDate(i int) bool {
	l := p.chunks[i].looks
	if l.words > maxFrame || l.words == 0 || p.chunks[i].marked == quoteMark {
		return false
	}
	dated := false
	for _, w := range strings.FieldsFunc(p.folded(i), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",|/·•()-–—", r) }) {
		w = strings.Trim(w, ".:;")
		switch {
		case wordlist("dates").Has(w):
			dated = true
		case w == "" || wordlist("datewords").Has(w):
		case signs.Digits(w) == 0 || len(w)-signs.Digits(w) > 3 && !strings.Contains(w, ":"):
			return false
		case len(w) == 4 && l.words == 1:
			return false // a year alone heads a chapter
		}
	}
	return dated && strings.ContainsAny(p.str(i), "0123456789")
}

// isByline holds for "By" and names, near either end of the text.
func (p *page) isByline(i int) bool {
	c := &p.chunks[i]
	if c.marked != plain || c.looks.words > 2*maxFrame || c.looks.end == signs.Question || !p.nearEnd(i) {
		return false
	}
	s := p.folded(i)
	for _, start := range []string{"by ", "written by ", "text by ", "words by ", "story by ", "from our ", "author: ", "as told to "} {
		rest, found := strings.CutPrefix(s, start)
		if !found {
			continue
		}
		short := c.looks.words <= 7 && !c.looks.end.Stops()
		return len(strings.Fields(rest)) > 0 && !c.looks.verb && (c.looks.headline() || short)
	}
	return false
}

// memoHeads begin the lines at the top of a memorandum or mail.
var memoHeads = []string{"to:", "from:", "date:", "subject:", "re:", "cc:", "attn:", "sent:"}

// isMemoHead holds for those lines, except for the first of the text.
func (p *page) isMemoHead(i int) bool {
	l := p.chunks[i].looks
	if i == 0 || i > ends || l.words > maxFrame || l.end == signs.FullStop || p.chunks[i].marked != plain {
		return false
	}
	word, _, _ := strings.Cut(strings.ToLower(p.str(i)), " ")
	return slices.Contains(memoHeads, word)
}

// nearEnd reports whether chunk i is one of the first or last of the text.
func (p *page) nearEnd(i int) bool { return i < ends || i >= len(p.chunks)-ends }

// isBracketed holds for short remarks in brackets.
func (p *page) isBracketed(i int) bool {
	s := strings.TrimRight(p.str(i), ".")
	if p.chunks[i].looks.words > maxFrame || p.chunks[i].marked != plain {
		return false
	}
	pair := func(open, shut string) bool {
		return strings.HasPrefix(s, open) && strings.HasSuffix(s, shut) && strings.Count(s, open) == 1
	}
	return pair("(", ")") || pair("[", "]")
}

// codeSigns are the characters that programs are full of and prose is not.
const codeSigns = "{}[]()<>=;_/\\|$#&+~^`@"

// isCode holds where a seventh of the visible characters are codeSigns, or
// where a fence or front matter begins.
func (p *page) isCode(i int) bool {
	s := p.str(i)
	if strings.HasPrefix(s, "```") || strings.HasPrefix(s, "--- ") {
		return true
	}
	if len(s) > 4*looksLimit {
		s = s[:4*looksLimit]
	}
	codes, all := 0, 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			all++
			if r < utf8.RuneSelf && strings.IndexByte(codeSigns, byte(r)) >= 0 {
				codes++
			}
		}
	}
	return all >= 20 && codes*7 > all
}

// isAboutAuthor knows the note at the end that says who the author is: "Ann
// Carter is a professor of law at …", "The author teaches …". The text itself
// does not speak of the author by name, which tells the note from a sentence
// about somebody else.
func (p *page) isAboutAuthor(i int) bool {
	c := &p.chunks[i]
	if i < 2 || i < len(p.chunks)-ends || c.looks.words > maxAbout || c.marked != plain {
		return false
	}
	fields := strings.Fields(strings.Trim(p.str(i), "*_–—- "))
	names := leadingNames(fields)
	if names < 2 || names > 9 || names+1 >= len(fields) {
		return false
	}
	if fields[0] == "The" && !wordlist("professions").Has(fields[1]) {
		return false
	}
	verb, rest := fields[names], fields[names+1:min(names+12, len(fields))]
	switch {
	case verb == "writes" || verb == "teaches":
		return !p.namedBefore(i, fields)
	case verb != "is" && verb != "are" && verb != "was":
		return false
	}
	for k, f := range rest {
		f = strings.ToLower(strings.Trim(f, ",.;"))
		if wordlist("professions").Has(f) {
			return !p.namedBefore(i, fields)
		}
		if k == 0 && f != "a" && f != "an" && f != "the" && f != "currently" {
			return false
		}
	}
	return false
}

// namedBefore reports whether the prose before chunk i has the name that fields
// begins with; "The author" is none.
func (p *page) namedBefore(i int, fields []string) bool {
	if fields[0] == "The" {
		return false
	}
	name := fields[0] + " " + fields[1]
	for k := range i {
		if !p.chunks[k].decided && strings.Contains(p.str(k), name) {
			return true
		}
	}
	return false
}

// leadingNames returns how many words at the beginning are names or titles:
// capitalised, "and" and "of" between two of them included. After "The" it is
// the next word alone that counts.
func leadingNames(fields []string) int {
	if len(fields) > 1 && fields[0] == "The" {
		return 2
	}
	n := 0
	for k, f := range fields {
		r, _ := utf8.DecodeRuneInString(f)
		switch {
		case k == 0 && wordlist("small").Has(strings.ToLower(f)):
			return 0
		case unicode.IsUpper(r):
			n = k + 1
		case n == k && (f == "and" || f == "of" || f == "de" || f == "van" || f == "von"):
		default:
			return n
		}
	}
	return n
}

// markLetter decides on the greeting and on the closing of a letter with the
// names under it.
func (p *page) markLetter() {
	for i := range min(2*ends, len(p.chunks)-1) {
		if p.isGreeting(i) {
			p.decide(i, document.Aside)
			break
		}
	}
	for i := max(1, len(p.chunks)-ends); i < len(p.chunks)-1; i++ {
		if p.isClosing(i) {
			for ; i < len(p.chunks); i++ {
				p.decide(i, document.Aside)
			}
		}
	}
}

// isGreeting holds for "Dear Ann," and, above something longer, for "Ann,".
func (p *page) isGreeting(i int) bool {
	c := &p.chunks[i]
	l := c.looks
	if c.marked != plain || l.words > 9 || l.sentences > 1 || l.end.Stops() || l.end == signs.Semicolon {
		return false
	}
	s := p.folded(i)
	named := wordlist("greetings").Matches(s)
	return named || l.end == signs.Comma && l.words <= 2 && p.chunks[i+1].looks.chars > 5*l.chars
}

// isClosing holds for a few words and a comma, "Yours faithfully,", where only
// names follow, and for what letters close with in so many words.
func (p *page) isClosing(i int) bool {
	c := &p.chunks[i]
	known := wordlist("closings").Has(p.folded(i)) && c.looks.end == signs.NoEnding
	if c.marked != plain || c.looks.words > 5 || c.looks.end != signs.Comma && !known || i+1 == len(p.chunks) {
		return false
	}
	for k := i + 1; k < len(p.chunks); k++ {
		l := p.chunks[k].looks
		if l.words > maxFrame || l.end != signs.NoEnding && l.end != signs.Comma || l.verb {
			return false
		}
	}
	return true
}
