package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/signs"
)

// Limits of verse: how long its lines are and how few of them make it.
const (
	maxVerse   = 60
	minVerse   = 4
	sureVerse  = 8 // so many short lines are no headings, whatever they end with
	maxRowItem = 300
)

// mergeVerse puts together what the lines alone would not show: the items of a
// list that lost its bullets, and the lines of verse.
func (p *page) mergeVerse() {
	chunks := p.chunks
	p.chunks = nil
	for i := 0; i < len(chunks); {
		run := i + 1
		for run < len(chunks) && chunks[run].marked == plain && chunks[run].first == chunks[run-1].last+1 {
			run++
		}
		i = p.mergeRun(chunks, i, run)
	}
}

// mergeRun appends chunks[i:end], which stand without blank lines between, to
// the page's and returns end.
func (p *page) mergeRun(chunks []chunk, i, end int) int {
	if n := len(p.chunks); n > 0 && p.leadsRow(&p.chunks[n-1]) && chunks[i].marked == plain {
		i = p.appendRow(chunks, i, end)
	}
	for i < end {
		if v := p.verse(chunks[i:end]); v > 0 {
			c := chunks[i]
			c.last, c.End, c.marked = chunks[i+v-1].last, chunks[i+v-1].End, verseMark
			p.chunks = append(p.chunks, c)
			i += v
			continue
		}
		p.chunks = append(p.chunks, chunks[i])
		i++
		if i < end && p.leadsRow(&chunks[i-1]) {
			i = p.appendRow(chunks, i, end)
		}
	}
	return end
}

// leadsRow reports whether c may introduce a list without bullets.
func (p *page) leadsRow(c *chunk) bool {
	s := p.text[c.Start:c.End]
	return c.marked == plain && signs.EndOf(s) == signs.Colon && strings.Count(s, " ") >= 3
}

// appendRow appends the items of a list without bullets that chunks[i:end]
// begins with, if there are two or more, and returns the index after them. Its
// items end with a semicolon, a comma, "and" or nothing, the last one as it
// likes where the one before shows that another comes.
func (p *page) appendRow(chunks []chunk, i, end int) int {
	n := i
	for n < end && chunks[n].marked == plain && chunks[n].Len() <= maxRowItem {
		e := signs.EndOf(p.text[chunks[n].Start:chunks[n].End])
		if e != signs.NoEnding && e != signs.Semicolon && e != signs.Comma {
			break
		}
		n++
	}
	if n > i && n < end && chunks[n].Len() <= maxRowItem && p.moreComes(&chunks[n-1]) {
		n++
	}
	if n-i < 2 || n < end && !p.moreComes(&chunks[i]) && !p.parts(chunks[n-1].last+1) {
		return i
	}
	for ; i < n; i++ {
		chunks[i].marked = itemMark
		chunks[i].marker = marker{kind: bulletMarker, style: "row"}
		p.chunks = append(p.chunks, chunks[i])
	}
	return i
}

// moreComes reports whether c ends so that another item must follow.
func (p *page) moreComes(c *chunk) bool {
	s := p.text[c.Start:c.End]
	e := signs.EndOf(s)
	return e == signs.Semicolon || e == signs.Comma || strings.HasSuffix(s, " and") || strings.HasSuffix(s, " or")
}

// verse returns how many of the chunks, which stand line under line, are verse
// from the first on: short lines that seldom end where sentences do, and of
// which one ends with a comma or begins with a small letter.
func (p *page) verse(chunks []chunk) int {
	n, stopped, running := 0, 0, 0
	for n < len(chunks) {
		c := &chunks[n]
		if c.marked != plain || c.first != c.last || p.lines[c.first].width > maxVerse {
			break
		}
		s := p.text[c.Start:c.End]
		switch e := signs.EndOf(s); {
		case e.Stops():
			stopped++
		case e == signs.Comma, e == signs.Semicolon, e == signs.Dash, signs.StartsSmall(s):
			running++
		}
		n++
	}
	if n < minVerse || stopped*10 > n*5 || running*6 < n && n < sureVerse {
		return 0
	}
	return n
}
