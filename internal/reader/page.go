package reader

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// page is a plain text during its analysis.
type page struct {
	text  string
	lines []line
	// margin is the indent of most lines.
	margin int
	// wrap[i] is the width that line i was broken at because the next word did
	// not fit, or 0 where every line break was meant.
	wrap []int
	// chunks are the pieces that the lines were put together to.
	chunks []chunk
}

// Limits of the widths at which people and programs break lines, in
// characters. Above, a paragraph stands on a line of its own.
const minWrap, maxWrap = 30, 120

// newPage reads the lines of text and measures how they were broken.
func newPage(text string) (*page, error) {
	lines, err := splitLines(text)
	if err != nil {
		return nil, err
	}
	dropInitials(lines)
	markGlued(text, lines)
	p := &page{text: text, lines: lines, margin: commonIndent(lines)}
	p.measureWrap()
	p.makeChunks()
	return p, nil
}

// commonIndent returns the smallest indent that is at least as common as a
// third of the lines, so that a wholly indented text has no quotations.
func commonIndent(lines []line) int {
	counts := make(map[int]int)
	all := 0
	for _, l := range lines {
		if !l.blank() {
			counts[l.indent]++
			all++
		}
	}
	for indent := range 41 {
		if counts[indent]*3 >= all {
			return indent
		}
	}
	return 0
}

// measureWrap finds out which lines were broken by a program. Whole texts are
// judged first, because one paragraph has too few lines to tell; then runs of
// lines alone, for a wrapped quotation in an unwrapped text.
func (p *page) measureWrap() {
	p.wrap = make([]int, len(p.lines))
	whole := p.wrapWidth(0, len(p.lines))
	for i := 0; i < len(p.lines); {
		end := i + 1
		for end < len(p.lines) && !p.lines[end-1].blank() && !p.lines[end].blank() {
			end++
		}
		width := whole
		if width == 0 && end-i > 2 {
			width = p.wrapWidth(i, end)
		}
		for ; i < end; i++ {
			p.wrap[i] = width
		}
	}
}

// wrapWidth returns the width at which the lines from start to end were broken,
// or 0. In wrapped prose the first word of the next line would seldom have
// fitted, lines seldom end where sentences do, and every other line or so
// begins in the middle of a sentence with a small letter. Verse fails the first
// and the last test, a paragraph on each line the second.
func (p *page) wrapWidth(start, end int) int {
	var widths []int
	for i := start + 1; i < end; i++ {
		if p.sameRun(i) {
			widths = append(widths, p.lines[i-1].indent+p.lines[i-1].width)
		}
	}
	if len(widths) == 0 {
		return 0
	}
	slices.Sort(widths)
	width := widths[len(widths)*95/100]
	if width < minWrap || width > maxWrap {
		return 0
	}
	pairs, forced, unstopped, small := 0, 0, 0, 0
	for i := start + 1; i < end; i++ {
		if !p.sameRun(i) {
			continue
		}
		pairs++
		if p.full(i-1, width) {
			forced++
		}
		if !signs.EndOf(p.at(i - 1)).Stops() {
			unstopped++
		}
		if signs.StartsSmall(p.at(i)) {
			small++
		}
	}
	if pairs < 4 && width < 50 {
		return 0 // two or three short lines may look wrapped by chance
	}
	if forced*10 >= pairs*6 && unstopped*10 >= pairs*5 && small*10 >= pairs*3 {
		return width
	}
	return 0
}

// sameRun reports whether line i may continue line i-1: neither is blank and
// i bears no sign of its own.
func (p *page) sameRun(i int) bool {
	a, b := &p.lines[i-1], &p.lines[i]
	return !a.blank() && !b.blank() && !a.rule && !b.rule && b.marker.kind == noMarker && a.quotes == b.quotes
}

// full reports whether line i had no room for the first word of the next one.
func (p *page) full(i, width int) bool {
	a := &p.lines[i]
	return a.indent+a.width+1+firstWordWidth(p.at(i+1), width) > width
}

// at returns the visible part of line i.
func (p *page) at(i int) string { return p.text[p.lines[i].Start:p.lines[i].End] }

// firstWordWidth returns the number of characters before the first space of s,
// counting no further than limit.
func firstWordWidth(s string, limit int) int {
	n := 0
	for _, r := range s {
		if unicode.IsSpace(r) || n == limit {
			break
		}
		n++
	}
	return n
}

// flows reports whether line i goes on with the paragraph of line i-1.
func (p *page) flows(i int) bool {
	if !p.sameRun(i) {
		return false
	}
	a, b := &p.lines[i-1], &p.lines[i]
	end := signs.EndOf(p.at(i - 1))
	small := signs.StartsSmall(p.at(i))
	width := p.wrap[i]
	if width == 0 {
		return small && !end.Stops() && end != signs.Semicolon && end != signs.Colon && a.width >= minWrap && a.width <= maxWrap
	}
	if b.indent > a.indent+1 && a.indent <= p.margin && end.Stops() {
		return false // the first line of a paragraph, set in
	}
	if p.full(i-1, width) || small {
		return true
	}
	return !end.Stops() && (a.indent+a.width)*10 >= width*8
}

// chunk is one or more lines that belong together. It becomes a block.
type chunk struct {
	// Span is the text without bullet, number or heading mark.
	document.Span
	first, last int // lines
	// marked is what the signs at the lines say: "#" or underlined headings,
	// items, quotations, tables.
	marked mark
	// level is that of a marked heading.
	level  int
	marker marker
	// row is set where a list without bullets may stand.
	row   bool
	looks looks
	// why names the rule that made it an aside.
	why string
	// kind is decided by the passes of classify; decided tells that it was.
	kind    document.BlockKind
	decided bool
	leadIn  int
	depth   int // of a list item, 1 is the outermost
	skip    []document.Span
	block   int // index among the document's blocks
}

// mark is what a chunk is by the signs that its writer set.
type mark byte

const (
	plain mark = iota
	hashMark
	underMark
	itemMark
	quoteMark
	tableMark
	verseMark
)

// makeChunks puts the lines together to chunks.
func (p *page) makeChunks() {
	for i := 0; i < len(p.lines); {
		if p.lines[i].blank() || p.lines[i].rule {
			i++
			continue
		}
		c := p.newChunk(i)
		for c.last+1 < len(p.lines) && p.continues(&c, c.last+1) {
			c.last++
		}
		i = c.last + 1
		if c.last > c.first {
			c.End = p.lines[c.last].End
		}
		if level := p.underline(&c); level > 0 {
			c.marked, c.level = underMark, level
			i++
		}
		p.chunks = append(p.chunks, c)
	}
	p.mergeVerse()
	p.lookAtChunks()
}

// newChunk begins a chunk at line i.
func (p *page) newChunk(i int) chunk {
	l := &p.lines[i]
	c := chunk{Span: l.Span, first: i, last: i, leadIn: -1}
	if n := len(p.chunks); n > 0 {
		before := &p.chunks[n-1]
		c.row = p.leadsRow(before) || before.row && before.last == i-1
	}
	s := p.at(i)
	level, size := hashes(s)
	tail := underlineTail(s)
	switch {
	case l.quotes > 0:
		c.marked = quoteMark
	case level > 0:
		c.marked, c.level = hashMark, level
		c.Start += size
	case tail > 0:
		c.marked, c.level = underMark, 2
		c.End -= tail
	case isTableRow(s):
		c.marked = tableMark
	case l.marker.kind == outline:
		c.marker = l.marker
	case l.marker.kind != noMarker:
		c.marked, c.marker = itemMark, l.marker
		c.Start += l.marker.size
	}
	return c
}

// underlineTail returns the size of the underline that was joined to the end of
// its heading s when its lines were, or 0.
func underlineTail(s string) int {
	for _, sign := range []string{"-", "="} {
		if rest := strings.TrimRight(s, sign); len(s)-len(rest) >= 5 && strings.HasSuffix(rest, " ") && len(rest) <= maxWrap {
			return len(s) - len(rest)
		}
	}
	return 0
}

// hashes returns the level and the size of the mark of a heading "## Costs".
func hashes(s string) (level, size int) {
	for level < len(s) && s[level] == '#' {
		level++
	}
	gap := spaces(s[level:])
	if level == 0 || level > 6 || gap == 0 || level+gap == len(s) {
		return 0, 0
	}
	return level, level + gap
}

// continues reports whether line i belongs to c, which reaches up to it.
func (p *page) continues(c *chunk, i int) bool {
	l, first := &p.lines[i], &p.lines[c.first]
	if l.blank() || l.rule {
		return false
	}
	switch c.marked {
	case hashMark, underMark:
		return false
	case tableMark:
		return isTableRow(p.at(i))
	case quoteMark:
		return l.quotes > 0 && l.marker.kind == noMarker
	case itemMark:
		if l.marker.kind == noMarker && l.quotes == 0 && l.indent > first.indent {
			return true
		}
	}
	if level, _ := hashes(p.at(i)); level > 0 || isTableRow(p.at(i)) {
		return false
	}
	if c.row && p.wrap[i] == 0 && p.moreComes(&chunk{Span: document.Span{Start: c.Start, End: p.lines[c.last].End}}) {
		return false
	}
	return p.flows(i)
}

// underline returns the level of a heading whose only line is c and that the
// next line underlines, or 0. "=" is a higher level than any other character.
func (p *page) underline(c *chunk) int {
	next := c.last + 1
	if c.first != c.last || c.marked != plain || next == len(p.lines) || !p.lines[next].rule {
		return 0
	}
	s := p.at(next)
	r, _ := utf8.DecodeRuneInString(s)
	for _, q := range s {
		if q != r {
			return 0
		}
	}
	l := &p.lines[c.last]
	switch {
	case p.lines[next].width < 3 || p.lines[next].width*2 < l.width || l.width > maxWrap:
		return 0
	case r == '=':
		return 1
	case r == '-' || r == '~' || r == '_' || r == '*' || r == '—' || r == '–':
		return 2
	}
	return 0
}
