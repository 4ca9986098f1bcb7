package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// A heading is short, and set in type of its own.
const (
	headingSize  = 1.1 // times the body's
	headingLines = 4
	headingWords = 28
	headingChars = 200
)

// classify finds the headings, captions, quotations and contents among the
// paragraphs of a file, in which pictures are those of each page.
func (s *style) classify(blocks []*block, pictures map[int][]rect) {
	for i, b := range blocks {
		if b.kind == Table || b.kind == Note {
			continue
		}
		text := b.words()
		switch {
		case contents(b):
			b.kind = Table
		case caption(text) && s.captionType(b, pictures[b.page]):
			b.kind = Caption
		case s.pulled(blocks, i, text):
			b.kind = Pull
		case s.heading(blocks, i, text):
			b.kind = Heading
		case b.kind == Paragraph && s.label(b, pictures[b.page]):
			b.kind = Caption
		case b.kind == Paragraph && s.quotation(blocks, i):
			b.kind = Quotation
		}
	}
	s.title(blocks)
	s.rank(blocks)
}

// words is the text of the block, line ends and all, for looking at.
func (b *block) words() string {
	if b.cells != nil {
		return ""
	}
	texts := make([]string, len(b.lines))
	for i, l := range b.lines {
		texts[i] = l.text()
	}
	return strings.Join(texts, " ")
}

// contents reports whether most lines of the block lead to a page number.
func contents(b *block) bool {
	n := 0
	for _, l := range b.lines {
		if tocLine(l.text()) {
			n++
		}
	}
	return 2*n > len(b.lines)
}

// tocLine reports whether s is a line of a table of contents: words, dots, a
// number.
func tocLine(s string) bool {
	const fewest = 4 // dots
	at := strings.LastIndexAny(s, ". ") + 1
	if number := s[at:]; number == "" || signs.Digits(number) < len(number) && signs.Roman(number) == 0 {
		return false
	}
	leader := s[len(strings.TrimRight(s[:at], ". ")):at]
	return strings.Count(leader, ".") >= fewest
}

// caption reports whether s begins as the text under a picture or over a table
// does. How it is set has to confirm it, so words are enough here which package
// reader lists with their colons.
func caption(s string) bool {
	_, is := signs.Caption(s)
	return is || credit(strings.ToLower(s))
}

// credit reports whether s, in small letters, begins by saying where a picture or
// a table comes from.
func credit(s string) bool {
	word, rest := s, ""
	if n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		word, rest = s[:n], strings.TrimSpace(s[n:])
	}
	r, _ := utf8.DecodeRuneInString(rest)
	switch strings.TrimSuffix(word, "s") {
	case "source":
		return strings.ContainsRune(signs.Separators, r)
	case "photograph", "photo", "image", "illustration", "picture":
		return r == ':' || r == '©' || strings.HasPrefix(rest, "by")
	}
	return false
}

// captionType reports whether a block that begins as a caption is set as one:
// in other type than the body, or right at a picture, or by itself.
func (s *style) captionType(b *block, pictures []rect) bool {
	l := b.first()
	if l.size < .97*s.body || l.italic || l.bold || startsBold(l) || l.words[0].font.italic {
		return true
	}
	return len(b.lines) <= 3 && (s.atPicture(b, pictures) || b.spaced)
}

// atPicture reports whether a picture ends right above the block or begins
// right below it.
func (s *style) atPicture(b *block, pictures []rect) bool {
	const lines = 2.5
	top, bottom := b.first().y0, b.last().y1
	for _, p := range pictures {
		if p.x1 < b.first().x0 || p.x0 > b.first().x1 {
			continue
		}
		if d := top - p.y1; d > -s.body && d < lines*s.body {
			return true
		}
		if d := p.y0 - bottom; d > -s.body && d < lines*s.body {
			return true
		}
	}
	return false
}

// label reports whether a block is writing in a picture: words of a chart, in
// small type and not in sentences, or whatever stands on the picture.
func (s *style) label(b *block, pictures []rect) bool {
	if len(b.lines) == 0 {
		return false
	}
	for _, p := range pictures {
		if !b.first().unseen && p.holds(b.first().rect) && p.holds(b.last().rect) && !ended(b.last().text()) {
			return true
		}
	}
	small := b.everyLine(func(l *line) bool { return l.size < .88*s.body && l.chars < 30 })
	return small && !ended(b.last().text()) && !s.scanned
}

// pulled reports whether block i is a quotation pulled out of the text: larger
// than it, and either between quotation marks or repeated from a paragraph near
// by.
func (s *style) pulled(blocks []*block, i int, text string) bool {
	b := blocks[i]
	words := strings.Fields(text)
	if s.scanned || len(words) < 5 || len(b.lines) > 12 || !b.everyLine(func(l *line) bool { return l.size >= headingSize*s.body }) {
		return false
	}
	if strings.ContainsAny(text[:min(3, len(text))], "\"“‘«„") && strings.ContainsAny(text[max(0, len(text)-4):], "\"”’»“.") && len(words) >= 8 {
		return true
	}
	core := squeeze(text)
	for _, o := range blocks[max(0, i-40):min(len(blocks), i+40)] {
		if o != b && o.kind == Paragraph && o.chars() > 2*len(words) && o.first().size < b.first().size && strings.Contains(squeeze(o.words()), core) {
			return true
		}
	}
	return false
}

// squeeze is the letters and digits of s, in small letters.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// heading reports whether block i is a heading.
func (s *style) heading(blocks []*block, i int, text string) bool {
	b := blocks[i]
	words := len(strings.Fields(text))
	if len(b.lines) > headingLines || words == 0 || words > headingWords || len(text) > headingChars || !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	if len(squeeze(text)) < 2 {
		return false // a sign in the margin
	}
	next := follower(blocks, i)
	if b.kind == Item {
		return s.numberedHeading(b, next, text, words)
	}
	stop := strings.ContainsRune(".,;", lastRune(strings.TrimRight(text, signs.Closers)))
	if s.larger(b) {
		return !(stop && words > 12) && !(b.apart && (stop || words > 14))
	}
	if stop || next == nil || b.last().size < .9*s.body {
		return false
	}
	if b.everyLine(func(l *line) bool { return l.bold }) {
		return !next.last().bold && words <= 20
	}
	return len(b.lines) <= 2 && words <= 14 && b.spaced && s.setApart(b, next, text, i)
}

// larger reports whether all of the block is in larger type than the body.
func (s *style) larger(b *block) bool {
	size := headingSize
	if s.scanned {
		size = 1.4
	}
	return b.everyLine(func(l *line) bool { return l.size >= size*s.body })
}

// setApart reports whether a short block in regular type is a heading, for being
// in italics or capitals with space around it.
func (s *style) setApart(b, next *block, text string, i int) bool {
	if b.everyLine(func(l *line) bool { return l.italic }) {
		// Under the title, italics are names and dates.
		return s.spacedBelow(b, next) && !next.last().italic && next.kind == Paragraph && len(next.lines) >= 2 && i > 3
	}
	return capitals(text) && (s.spacedBelow(b, next) || next.kind == Paragraph) && len(text) > 4
}

// numberedHeading reports whether an item that begins with a number is the
// heading of what follows rather than part of a list.
func (s *style) numberedHeading(b, next *block, text string, words int) bool {
	return len(b.mark.values) > 0 && len(b.lines) == 1 && words <= 12 && !ended(text) && b.spaced &&
		next != nil && next.kind == Paragraph && len(next.lines) >= 2 && near(next.last().x0, b.mark.left, .5*s.body)
}

// follower is the block that a heading would head: the next one in the flow of
// the text, or nil.
func follower(blocks []*block, i int) *block {
	for _, b := range blocks[i+1:] {
		if b.kind != Note && b.kind != Table && b.kind != Caption && (!b.apart || blocks[i].apart) {
			return b
		}
	}
	return nil
}

// spacedBelow reports whether the block below is set off by space, or stands in
// another column.
func (s *style) spacedBelow(b, next *block) bool {
	return next.region != b.region || next.first().y-b.last().y > 1.15*s.leading(b.last())
}

// capitals reports whether all letters are capitals, and there are some.
func capitals(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			n++
		}
	}
	return n >= 4
}

func lastRune(s string) rune {
	last := rune(0)
	for _, r := range s {
		last = r
	}
	return last
}

// quotation reports whether paragraph i is set in from both sides, and not the
// first under a heading, as an abstract is.
func (s *style) quotation(blocks []*block, i int) bool {
	b := blocks[i]
	in := func(l *line) bool {
		return l.x0 > b.bounds.left+1.1*s.body && l.size <= 1.02*s.body
	}
	if i == 0 || blocks[i-1].kind == Heading || blocks[i-1].kind == Title || b.bounds.lines < 6 || !b.everyLine(in) || b.chars() < 60 || centeredBlock(b) {
		return false
	}
	out := 0
	for _, l := range b.lines {
		if l.x1 > b.bounds.right-.8*s.body {
			out++
		}
	}
	// Set in from the left alone it is one only if all its lines are, in several.
	return out == 0 || len(b.lines) >= 3 && b.spaced
}

// centeredBlock reports whether the lines of a block share their middle rather
// than their left edge.
func centeredBlock(b *block) bool {
	mid := (b.first().x0 + b.first().x1) / 2
	return len(b.lines) > 1 && b.everyLine(func(l *line) bool { return near((l.x0+l.x1)/2, mid, .3*l.size) }) &&
		!b.everyLine(func(l *line) bool { return near(l.x0, b.first().x0, .3*l.size) })
}

// title makes the heading in the largest type of the first page the title, if it
// stands before the text and no later heading is set the same.
func (s *style) title(blocks []*block) {
	best := -1
	for i, b := range blocks {
		if b.page != blocks[0].page || i > 12 {
			break
		}
		if b.kind == Heading && !b.apart && (best < 0 || b.first().size > 1.02*blocks[best].first().size) {
			best = i
		}
		if b.kind == Paragraph && b.chars() > 400 && !b.apart {
			break
		}
	}
	if best < 0 {
		return
	}
	t := blocks[best]
	same, before := 0, 0
	for i, b := range blocks {
		if i != best && b.kind == Heading && s.key(b) == s.key(t) {
			same++
		}
		if i < best && b.kind == Paragraph {
			before += b.chars()
		}
	}
	if same > 0 || before >= 600 {
		return
	}
	t.kind = Title
	// Names and dates under the title are in larger type too, but head nothing.
	for i := best + 1; i+1 < len(blocks) && blocks[i].kind == Heading && blocks[i+1].kind == Heading; i++ {
		if b := blocks[i]; !b.first().bold && b.first().size < t.first().size {
			b.kind = Paragraph
		}
	}
}

// headingKey is how a heading is set: headings of one level look the same.
type headingKey struct {
	size               int // in half points
	bold, caps, italic bool
}

func (s *style) key(b *block) headingKey {
	l := b.first()
	k := headingKey{size: int(2*l.size + .5), bold: l.bold, italic: l.italic && !l.bold}
	if near(l.size, s.body, .1*s.body) {
		k.size = int(2*s.body + .5)
		k.caps = capitals(b.words())
	}
	return k
}

// fewKeys is how many ways of setting headings a file may have for all of them to
// count; in a file with more, what is set like no other is a cover or a slip.
const fewKeys = 4

// rank gives the headings their levels: the larger the type, the higher, and in
// one size bold before capitals before italics.
func (s *style) rank(blocks []*block) {
	counts := make(map[headingKey]int)
	for _, b := range blocks {
		if b.kind == Heading {
			counts[s.key(b)]++
		}
	}
	for _, b := range blocks {
		if b.kind != Heading {
			continue
		}
		key := s.key(b)
		b.level = 1
		for k, n := range counts {
			if k.weight() > key.weight() && (n > 1 || len(counts) <= fewKeys) {
				b.level = min(b.level+1, maxLevel)
			}
		}
	}
}

// maxLevel is the depth of the lowest heading.
const maxLevel = 6

// weight is the larger, the more a heading set so stands out.
func (k headingKey) weight() int {
	w := 8 * k.size
	if k.bold {
		w += 4
	}
	if k.caps {
		w += 2
	}
	if k.italic {
		w--
	}
	return w
}
