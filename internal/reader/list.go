package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// openList is a list whose items are being read.
type openList struct {
	indent int
	marker marker // of its last item
	leadIn int    // chunk that introduces it, or -1
	depth  int
	last   int // chunk of its last item
}

// markLists decides on the items of lists: how deep each stands and which chunk
// introduces its list. Items of one list share that chunk.
func (p *page) markLists() {
	var open []openList // outermost first
	for i := range p.chunks {
		c := &p.chunks[i]
		switch {
		case c.decided && c.kind != document.ListItem:
			if c.kind != document.Aside {
				open = nil
			}
		case c.marked == itemMark:
			open = p.addItem(open, i)
		case len(open) > 0 && p.lines[c.first].indent <= open[0].indent && !p.resumes(open[0], i):
			open = nil
		}
	}
}

// addItem puts item i into the innermost open list that it fits, or opens one.
func (p *page) addItem(open []openList, i int) []openList {
	c := &p.chunks[i]
	indent := p.lines[c.first].indent
	for len(open) > 0 {
		l := &open[len(open)-1]
		switch {
		case indent > l.indent+1 || indent == l.indent && c.marker.number == 1 && c.marker.style != l.marker.style:
			return p.openList(open, i)
		case c.marker.style == l.marker.style && indent+1 >= l.indent,
			len(open) == 1 && l.last == i-1 && c.marker.kind == l.marker.kind:
			l.marker, l.last = c.marker, i
			p.setItem(i, *l)
			return open
		}
		open = open[:len(open)-1]
	}
	return p.openList(open, i)
}

// openList opens a list with item i inside those open.
func (p *page) openList(open []openList, i int) []openList {
	c := &p.chunks[i]
	l := openList{indent: p.lines[c.first].indent, marker: c.marker, leadIn: -1, depth: len(open) + 1, last: i}
	switch {
	case len(open) > 0:
		l.leadIn = open[len(open)-1].last
	case p.leadsIn(i):
		l.leadIn = i - 1
	}
	p.setItem(i, l)
	return append(open, l)
}

// setItem decides that chunk i is an item of l.
func (p *page) setItem(i int, l openList) {
	p.decide(i, document.ListItem)
	p.chunks[i].leadIn, p.chunks[i].depth = l.leadIn, l.depth
}

// resumes reports whether the numbers of l go on after chunk i, so that it is a
// remark between two items.
func (p *page) resumes(l openList, i int) bool {
	return i+1 < len(p.chunks) && l.marker.number > 0 && p.chunks[i+1].marked == itemMark && p.chunks[i+1].marker.follows(l.marker)
}

// longItem is the length in characters from which an item is a paragraph that
// happens to be numbered; one of several sentences is, too.
const longItem = 320

// leadsIn reports whether the chunk before item i introduces the list that i
// begins: a paragraph that ends with a colon, or one right before short items.
func (p *page) leadsIn(i int) bool {
	if i == 0 {
		return false
	}
	before := &p.chunks[i-1]
	if before.decided && !before.kind.Argues() {
		return false
	}
	return introduces(p.str(i-1), p.chunks[i].looks)
}

// introduces reports whether the paragraph before a list with the given first
// item introduces it: it ends with a colon, says that a list comes, or the item
// is too short to stand for itself.
func introduces(before string, first looks) bool {
	end := signs.EndOf(before)
	return end == signs.Colon || announces(before) || first.chars < longItem && first.sentences == 1 && end != signs.Question
}

// announcements stand in a sentence that introduces a list without a colon.
var announcements = []string{"following", "as follows", "below", "these ", "here are", "here is", "include", "such as"}

// announces reports whether the last sentence of s, of which the last two
// hundred bytes are looked at, says that a list comes.
func announces(s string) bool {
	s = strings.ToLower(s[max(0, len(s)-200):])
	if at := strings.LastIndex(strings.TrimRight(s, ". "), ". "); at >= 0 {
		s = s[at:]
	}
	for _, a := range announcements {
		if strings.Contains(s, a) {
			return true
		}
	}
	return false
}
