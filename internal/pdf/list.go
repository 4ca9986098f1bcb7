package pdf

import (
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// mark is what stands before the text of a list item or a note.
type mark struct {
	text        string
	left, textX float64 // where the mark and the text after it begin
	// class tells marks of one list: "1." and "2." are of one class, "(a)" is of
	// another. values are what the mark may count, 0 for a bullet: "i." is one
	// and nine.
	class  string
	values []int
}

// weakBullets are bullets that are also dashes, asterisks or a letter, as which
// some fonts write a circle: these make a list only where another line begins
// with one.
const weakBullets = "–—-*·o"

// readMark returns the mark that a line begins with, and how many of its words
// it takes up. ok is false if it begins with none, or has nothing after it.
func readMark(l *line) (m mark, words int, ok bool) {
	if len(l.words) == 0 {
		return m, 0, false
	}
	m.left = l.words[0].x0
	m.text = l.words[0].text
	words = 1
	for words < len(l.words) && l.tight(words) && len(m.text) < 6 {
		m.text += l.words[words].text
		words++
	}
	if first, size := utf8.DecodeRuneInString(l.words[0].text); strings.ContainsRune(signs.Bullets, first) {
		m.text, m.class = string(first), string(first)
		words = 1
		if len(l.words[0].text) > size { // the bullet sticks to its text
			m.textX = l.words[0].x0 + (l.words[0].x1-l.words[0].x0)/float64(l.words[0].chars)
			return m, 0, true
		}
	} else if strings.Contains(weakBullets, m.text) && utf8.RuneCountInString(m.text) == 1 {
		m.class = m.text
	} else if l, size := signs.ReadLabel(m.text); size > 0 && size == len(m.text) {
		m.label(l)
	} else {
		return m, 0, false
	}
	if words >= len(l.words) {
		return m, 0, false
	}
	m.textX = l.words[words].x0
	return m, words, true
}

// isMark reports whether s is the mark of a list and nothing else.
func isMark(s string) bool {
	const bullets = signs.Bullets + weakBullets
	_, size := signs.ReadLabel(s)
	return size > 0 && size == len(s) || utf8.RuneCountInString(s) == 1 && strings.Contains(bullets, s)
}

// label fills in the class and the values of a mark that is a number or a letter.
// Whatever numbers it takes: a mark counts only in a row.
func (m *mark) label(l signs.Label) {
	kind := "a"
	switch {
	case l.Figure:
		kind, m.values = "1", []int{l.Number}
	case l.Upper():
		kind = "A"
	}
	for _, n := range []int{l.Letter, l.Roman} {
		if n > 0 {
			m.values = append(m.values, n)
		}
	}
	m.class = l.Open + kind + l.Shut
}

// counts reports whether the mark can count n.
func (m *mark) counts(n int) bool {
	for _, v := range m.values {
		if v == n {
			return true
		}
	}
	return false
}

// listMark is a line that begins with what may be the mark of a list.
type listMark struct {
	mark
	line  *line
	words int
	sure  bool
}

// listMarks finds the lines of the regions that begin with the mark of a list,
// and takes the marks off them. A number is a mark only in a row of numbers that
// begins with one: "1945. In that year" is none.
func (s *style) listMarks(regions []region) map[*line]mark {
	var found []*listMark
	classes := make(map[string]int)
	for _, r := range regions {
		if r.kind != column {
			continue
		}
		for _, l := range r.lines {
			m, words, ok := readMark(l)
			if !ok || l.size > 1.08*s.body || l.bold {
				continue
			}
			c := &listMark{mark: m, line: l, words: words}
			c.sure = signs.AreBullets(m.class)
			classes[m.class]++
			found = append(found, c)
		}
	}
	settle(found, classes)
	out := make(map[*line]mark)
	for _, c := range found {
		if c.sure {
			c.take()
			out[c.line] = c.mark
		}
	}
	return out
}

// settle decides which of the lines begin with a mark. classes counts them.
func settle(found []*listMark, classes map[string]int) {
	next := make([]*listMark, len(found)) // of the same class
	last := make(map[string]*listMark)
	for i := len(found) - 1; i >= 0; i-- {
		next[i] = last[found[i].class]
		last[found[i].class] = found[i]
	}
	type value struct {
		class string
		n     int
	}
	counted := make(map[value]bool)
	for i, c := range found {
		if len(c.values) == 0 {
			c.sure = c.sure || classes[c.class] >= 2 && c.textX-c.left > .4*c.line.size
			continue
		}
		// It goes on a row, or begins one that is gone on with.
		c.sure = c.counts(1) && next[i] != nil && next[i].counts(2)
		for _, v := range c.values {
			c.sure = c.sure || counted[value{c.class, v - 1}]
		}
		for _, v := range c.values {
			if c.sure {
				counted[value{c.class, v}] = true
			}
		}
	}
}

// take takes the mark off its line.
func (c *listMark) take() {
	l := c.line
	if c.words > 0 {
		l.words = l.words[c.words:]
		return
	}
	w := &l.words[0]
	_, size := utf8.DecodeRuneInString(w.text)
	w.text = w.text[size:]
}

// levels sets the nesting level of items by how far their marks are indented
// against those before them.
func levels(blocks []*block, body float64) {
	var lefts []float64 // of the lists around, outermost first
	for _, b := range blocks {
		switch b.kind {
		case Item:
			indent := b.mark.left - b.bounds.left
			for len(lefts) > 0 && indent < lefts[len(lefts)-1]-.5*body {
				lefts = lefts[:len(lefts)-1]
			}
			if len(lefts) == 0 || indent > lefts[len(lefts)-1]+.5*body {
				lefts = append(lefts, indent)
			}
			b.level = len(lefts)
		case Note, Caption, Table:
		default:
			// A paragraph inside an item is indented; others end the lists.
			if len(lefts) > 0 && len(b.lines) > 0 && b.first().x0-b.bounds.left < lefts[0]+.5*body {
				lefts = nil
			}
		}
	}
}
