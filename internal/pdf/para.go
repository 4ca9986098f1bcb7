package pdf

import (
	"strings"

	"github.com/argmap/argmap/internal/signs"
)

// block is a paragraph, heading, item or note in the making.
type block struct {
	kind   Kind
	level  int
	lines  []*line
	cells  []*line // of a table
	bounds bounds
	page   int
	region int  // which of the file's regions it stands in
	apart  bool // it stands in the way of the text rather than in it
	// mark is the bullet or number before an item or note. It is not among the
	// words of the lines any more.
	mark   mark
	spaced bool // more than a line's step parts it from what stands above
}

func (b *block) first() *line { return b.lines[0] }
func (b *block) last() *line  { return b.lines[len(b.lines)-1] }

// chars is the number of characters of the block.
func (b *block) chars() int {
	n := 0
	for _, l := range b.lines {
		n += l.chars
	}
	return n
}

// everyLine reports whether all lines of the block are so.
func (b *block) everyLine(is func(l *line) bool) bool {
	for _, l := range b.lines {
		if !is(l) {
			return false
		}
	}
	return true
}

// splitter cuts the lines of a region into paragraphs.
type splitter struct {
	*style
	bounds
	lines []*line
	marks map[*line]mark
	// right is, for each line, where lines like it end.
	rights []float64
	// begins is, for each line, whether a paragraph must begin with it, going by
	// space, type and marks alone.
	begins []bool
	// hanging is set where the first line of a paragraph sticks out.
	hanging bool
	beside  []rect // what the lines run around
}

// paragraphs cuts a region into blocks. marks are the lines that begin with the
// mark of a list.
func (s *style) paragraphs(r *region, marks map[*line]mark) []*block {
	if r.kind == table {
		return []*block{{kind: Table, cells: r.lines, lines: []*line{r.lines[0]}, page: r.page, apart: r.apart}}
	}
	c := splitter{style: s, bounds: s.edges(r), lines: r.lines, marks: marks, beside: r.beside}
	c.groups()
	c.narrow()
	c.hanging = c.hangs()
	var out []*block
	start := 0
	for i := range c.lines {
		if i > 0 && !c.breaks(start, i) {
			out[len(out)-1].lines = append(out[len(out)-1].lines, c.lines[i])
			continue
		}
		start = i
		b := &block{kind: Paragraph, lines: []*line{c.lines[i]}, bounds: c.bounds, page: r.page, apart: r.apart}
		b.spaced = i == 0 || c.spaced(i)
		if m, ok := marks[c.lines[i]]; ok {
			b.kind, b.mark = Item, m
		}
		out = append(out, b)
	}
	return out
}

// spaced reports whether more than a line's step parts line i from the one
// above.
func (c *splitter) spaced(i int) bool {
	prev, l := c.lines[i-1], c.lines[i]
	step := max(c.leading(prev), c.leading(l))
	if c.scanned || l.hasRaised() {
		step *= 1.1 // estimates, and browsers make room for note marks
	}
	return l.y-prev.y > 1.22*step
}

// groups finds where space, type or marks make a paragraph begin, and how far
// to the right the lines in between run.
func (c *splitter) groups() {
	n := len(c.lines)
	c.begins, c.rights = make([]bool, n), make([]float64, n)
	for i := range c.lines {
		_, marked := c.marks[c.lines[i]]
		c.begins[i] = i == 0 || marked || c.spaced(i) || c.otherType(i)
	}
	for i := 0; i < n; {
		j := i + 1
		right := c.lines[i].x1
		for j < n && (!c.begins[j] || c.sameList(i, j)) {
			right = max(right, c.lines[j].x1)
			j++
		}
		if j-i < 3 || right > c.right-1.5*c.body {
			right = max(right, c.right)
		}
		for ; i < j; i++ {
			c.rights[i] = right
		}
	}
}

// narrow moves the right end of the lines that run beside something to where the
// longest of them ends. How far a line right above or below it may run cannot be
// told: it counts as full.
func (c *splitter) narrow() {
	const next, touching = .5, 1.5 // lines
	for _, o := range c.beside {
		right, n := 0.0, 0
		for _, l := range c.lines {
			if l.beside(o, next) && o.x0 > l.x0 {
				right = max(right, l.x1)
				n++
			}
		}
		if n < 3 {
			right = max(right, o.x0-.7*c.body)
		}
		for i, l := range c.lines {
			switch {
			case o.x0 < l.x0:
			case l.beside(o, next):
				c.rights[i] = min(c.rights[i], right)
			case l.beside(o, touching) && l.x1 < o.x0:
				c.rights[i] = l.x1
			}
		}
	}
}

// beside reports whether the line stands on the height of o, give or take some
// lines.
func (l *line) beside(o rect, lines float64) bool {
	return l.y > o.y0-lines*l.size && l.y0 < o.y1+lines*l.size
}

// movedBy reports whether something left of line i or the one above moves where
// it begins.
func (c *splitter) movedBy(i int) bool {
	const lines = 1.5
	for _, o := range c.beside {
		if a, b := c.lines[i-1], c.lines[i]; a.beside(o, lines) && a.x0 > o.x0 || b.beside(o, lines) && b.x0 > o.x0 {
			return true
		}
	}
	return false
}

// sameList reports whether line j goes on with a list that line i stands in.
func (c *splitter) sameList(i, j int) bool {
	_, a := c.marks[c.lines[i]]
	_, b := c.marks[c.lines[j]]
	return a && b && !c.spaced(j)
}

// otherType reports whether line i is set in another type than the one above:
// in another size, or bold or not.
func (c *splitter) otherType(i int) bool {
	prev, l := c.lines[i-1], c.lines[i]
	tolerance := .06
	if c.scanned {
		tolerance = .3
	}
	if !near(prev.size, l.size, tolerance*max(prev.size, l.size)) {
		return true
	}
	switch {
	case prev.mono != l.mono:
		return prev.chars > 8 && l.chars > 8
	case prev.bold && !l.bold:
		// A whole line of a paragraph may be stressed.
		return c.room(i, prev.x1)
	case !prev.bold && l.bold:
		return c.room(i, prev.x1)
	}
	return false
}

// room reports whether the first word of line i would have fitted after x on
// the line above, so that the line above ends because the writer ended it.
func (c *splitter) room(i int, x float64) bool {
	right := c.right
	if c.rights[i-1] != 0 {
		right = c.rights[i-1]
	}
	l := c.lines[i]
	return right-x > l.firstWord()+.7*l.size
}

func startsBold(l *line) bool { return l.words[0].font.bold && signs.Readable(l.words[0].text) }

// hangs reports whether the paragraphs of the region have their first line out:
// whether lines after an end of a sentence begin further left than others.
func (c *splitter) hangs() bool {
	out, in := 0, 0
	for i := 1; i < len(c.lines); i++ {
		prev, l := c.lines[i-1], c.lines[i]
		if _, marked := c.marks[l]; marked || c.begins[i] && c.otherType(i) {
			continue
		}
		switch d := l.x0 - prev.x0; {
		case d < -.7*l.size && d > -5*l.size && near(l.x0, c.left, .3*l.size):
			if ended(prev.text()) {
				out++
			} else {
				in++
			}
		case d > .7*l.size && d < 5*l.size && near(prev.x0, c.left, .3*l.size):
			if ended(prev.text()) {
				in++
			} else {
				out++
			}
		}
	}
	return out >= 3 && out > 2*in
}

// titleSize is how large the type of a title is at least, as a share of the body's.
const titleSize = 1.3

// breaks reports whether a paragraph begins with line i, where the current one
// began with line start.
func (c *splitter) breaks(start, i int) bool {
	if c.begins[i] {
		return true
	}
	prev, l := c.lines[i-1], c.lines[i]
	if c.centered(i) && l.size > titleSize*c.body {
		return false // the lines of a title, which may end as sentences do
	}
	done := ended(prev.text())
	if !c.centered(i) && !c.movedBy(i) {
		if breaks, sure := c.shifted(start, i, done); sure {
			return breaks
		}
	}
	if done && c.indents && i-1 == start && c.indented(prev) && c.indented(l) && (i+1 == len(c.lines) || near(c.lines[i+1].x0, c.left, .3*l.size)) {
		return true // after a paragraph of one line
	}
	if !c.room(i, prev.x1) {
		return done && i+1 < len(c.lines) && c.endsEarly(i+1, true)
	}
	return done || c.endsEarly(i, i-1 == start)
}

// endsEarly reports whether the line above line i, which ends in the middle of a
// sentence, was ended by the writer. If it stands alone it may be a heading that
// looks like the text, and then less room after it is enough.
func (c *splitter) endsEarly(i int, alone bool) bool {
	prev, l := c.lines[i-1], c.lines[i]
	left := c.rights[i-1] - prev.x1
	if alone {
		left -= l.firstWord() - .25*c.width()
	}
	return left > .4*c.width() && !ended(prev.text()) && !signs.StartsSmall(l.text()) && !strings.HasSuffix(prev.text(), ",")
}

// shifted reports whether line i begins a paragraph because it begins further
// left or right than the one above, if that settles it.
func (c *splitter) shifted(start, i int, done bool) (breaks, sure bool) {
	prev, l := c.lines[i-1], c.lines[i]
	em := l.size
	m, inItem := c.marks[c.lines[start]]
	if inItem && near(l.x0, m.textX, .5*em) {
		return false, true
	}
	switch d := l.x0 - prev.x0; {
	case d > .7*em && (inItem || c.hanging):
		return i-1 != start && !c.hanging, true
	case d > .7*em:
		return done || c.room(i, prev.x1) || i-1 != start, true
	case d < -.7*em && i-1 != start:
		return true, true
	case d < -.7*em && inItem:
		return done && c.room(i, prev.x1), true
	}
	return false, false
}

// indented reports whether a line begins as far in as the first of a paragraph.
func (c *splitter) indented(l *line) bool {
	d := l.x0 - c.left
	return d > .7*l.size && d < 4*l.size
}

// centered reports whether line i and the one above stand in the middle of the
// column rather than at its left edge.
func (c *splitter) centered(i int) bool {
	prev, l := c.lines[i-1], c.lines[i]
	axis := (c.left + c.right) / 2
	mid := func(l *line) float64 { return (l.x0 + l.x1) / 2 }
	return near(mid(prev), mid(l), .3*l.size) && near(mid(l), axis, l.size) && !near(prev.x0, l.x0, .3*l.size)
}

// ended reports whether s ends as a sentence does, or as what introduces a list
// does. After a short form or an initial the line goes on far more often than it
// ends; in brackets or quotation marks these stand at an end more often.
func ended(s string) bool {
	word := s[strings.LastIndexAny(s, " (\n")+1:]
	if short, ends := signs.ShortForm(word); short && !ends {
		return false
	}
	end := signs.EndOf(s)
	return end.Stops() || end == signs.Colon || end == signs.Semicolon
}
