package reader

import (
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/document"
)

// builder puts an extracted text together block by block, for formats whose
// file is not the text itself. Blocks stand apart by a blank line, items of a
// list by a line end.
type builder struct {
	text   strings.Builder
	blocks []document.Block
	// lists are the lists around the next block, outermost first.
	lists []builtList
	// level is that of the last heading that was marked as one.
	level int
}

// builtList is a list that the builder is inside of.
type builtList struct {
	leadIn int // block that introduces it, or -1
	// unsettled is set until its first item shows whether before introduces
	// it.
	unsettled bool
	before    int // block right before it, or -1
	item      int // block of its current item, or -1
}

// add appends a block of kind with text s, which is trimmed; it returns its
// index, or -1 where nothing is left of s. Level counts for headings only.
func (b *builder) add(kind document.BlockKind, level int, s string) int {
	s = strings.TrimFunc(s, invisible)
	if s == "" {
		return -1
	}
	if b.text.Len() > 0 {
		b.text.WriteString("\n")
		if kind != document.ListItem || b.last().Kind != document.ListItem {
			b.text.WriteString("\n")
		}
	}
	start := b.text.Len()
	b.text.WriteString(s)
	block := document.Block{Kind: kind, Span: document.Span{Start: start, End: b.text.Len()}, LeadIn: -1, Section: -1}
	if kind == document.Heading {
		block.Level = level
		b.level = level
	}
	b.blocks = append(b.blocks, block)
	return len(b.blocks) - 1
}

// addBold appends a heading that is marked by its weight alone: one level below
// the last one that is marked as a heading.
func (b *builder) addBold(s string) {
	level := b.level
	b.add(document.Heading, min(level+1, maxLevel), s)
	b.level = level
}

// last returns the block added last. There must be one.
func (b *builder) last() *document.Block { return &b.blocks[len(b.blocks)-1] }

// openList begins a list. Inside an item, that item introduces it; else the
// block before may.
func (b *builder) openList() {
	l := builtList{leadIn: -1, before: len(b.blocks) - 1, item: -1}
	if n := len(b.lists); n > 0 {
		l.leadIn = b.lists[n-1].item
	} else if l.before >= 0 && b.last().Kind.Argues() {
		l.unsettled = true
	}
	b.lists = append(b.lists, l)
}

// closeList ends the innermost list.
func (b *builder) closeList() { b.lists = b.lists[:len(b.lists)-1] }

// addItem appends an item of the innermost list.
func (b *builder) addItem(s string) {
	l := &b.lists[len(b.lists)-1]
	if l.unsettled && !blank(s) {
		if before := b.blocks[l.before]; introduces(b.text.String()[before.Start:before.End], lookAt(s)) {
			l.leadIn = l.before
		}
		l.unsettled = false
	}
	if i := b.add(document.ListItem, 0, s); i >= 0 {
		b.blocks[i].Level, b.blocks[i].LeadIn = len(b.lists), l.leadIn
		l.item = i
	}
}

// finish gives doc the text and the blocks. What only words and places show,
// bylines and the like, is found as it is in plain text.
func (b *builder) finish(doc *document.Document) {
	doc.Text = b.text.String()
	doc.Blocks = b.blocks
	refine(doc)
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind != document.Aside {
			doc.Blocks[i].Skip = skips(doc.Text, doc.Blocks[i].Span)
		}
	}
}

// refine turns the paragraphs of doc that only frame it into asides, and the
// summary under the title into a standfirst.
func refine(doc *document.Document) {
	p := &page{text: doc.Text}
	title := -1
	leads := make(map[int]bool)
	for i, b := range doc.Blocks {
		if b.LeadIn >= 0 {
			leads[b.LeadIn] = true
		}
		p.lines = append(p.lines, line{Span: b.Span})
		c := chunk{Span: b.Span, first: i, last: i, kind: b.Kind, leadIn: -1}
		c.decided = b.Kind != document.Paragraph
		c.looks = lookAt(doc.At(b.Span))
		c.looks.above, c.looks.below = true, true
		switch b.Kind {
		case document.Title:
			title = i
			c.marked = hashMark
		case document.Heading:
			c.marked, c.level = hashMark, b.Level
		case document.ListItem:
			c.marked = itemMark
		case document.Quotation:
			c.marked = quoteMark
		}
		p.chunks = append(p.chunks, c)
	}
	p.markAsides()
	p.markStandfirst(title)
	p.markNotes()
	for i := range p.chunks {
		b := &doc.Blocks[i]
		if kind := p.chunks[i].kind; kind != b.Kind && !leads[i] {
			b.Kind, b.Level, b.LeadIn = kind, 0, -1
		}
	}
}

// collapse returns s with every run of white space turned into one space, and
// none at the ends. A line end that br wrote stays.
func collapse(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := byte(0)
	for _, r := range s {
		if unicode.IsSpace(r) {
			if r == hardBreak || gap == 0 {
				gap = ' '
				if r == hardBreak {
					gap = '\n'
				}
			}
			continue
		}
		if gap != 0 && b.Len() > 0 {
			b.WriteByte(gap)
		}
		gap = 0
		b.WriteRune(r)
	}
	return b.String()
}

// hardBreak stands for a line break that was meant, until collapse has dealt
// with those that were not.
const hardBreak = '\u2028'
