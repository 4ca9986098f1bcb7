package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// buildText finds the structure of plain text. It goes by what the eye sees
// without reading: lines, blank lines, indents, closing marks, capitals,
// lengths, and a few word lists for what pages say around their articles.
//
// The lines are put together to chunks (page.go), and passes over the chunks
// decide what each is, the surest first; a chunk that one pass decided on is
// settled. What no pass claims is a paragraph.
func buildText(doc *document.Document, text string) error {
	p, err := newPage(text)
	if err != nil {
		return err
	}
	p.markAsides()
	title := p.markTitle()
	p.markQuotations()
	p.markHeadings(title)
	p.markFront(title)
	p.markStandfirst(title)
	p.markLists()
	p.markNotes()
	p.markEnd()
	doc.Text = text
	doc.Blocks = p.blocks()
	if title >= 0 {
		doc.Title = strings.TrimRight(flat(text, doc.Blocks[p.chunks[title].block]), ";")
	}
	return nil
}

// maxLast is how many words without a closing mark at the end of a text are a
// name or a note rather than prose.
const maxLast = 6

// markEnd decides on the lines at the end that nothing stands under: they are
// no headings, whatever they look like.
func (p *page) markEnd() {
	for i := len(p.chunks) - 1; i > 0; i-- {
		c := &p.chunks[i]
		if c.decided && c.kind == document.Aside {
			continue
		}
		l := c.looks
		if c.decided || c.marked != plain || l.words > maxLast || l.end != signs.NoEnding || l.small || l.verb {
			return
		}
		if !l.headline() && l.words > 2 {
			return
		}
		p.decide(i, document.Aside)
	}
}

// blocks turns the chunks into blocks.
func (p *page) blocks() []document.Block {
	var blocks []document.Block
	for i := range p.chunks {
		c := &p.chunks[i]
		c.block = -1
		b := document.Block{Kind: c.kind, Span: p.visible(c), LeadIn: -1, Section: -1}
		switch b.Kind {
		case document.Heading:
			b.Level = c.level
		case document.ListItem:
			b.Level = c.depth
			if c.leadIn >= 0 {
				b.LeadIn = p.chunks[c.leadIn].block
			}
		}
		if b.Len() <= 0 {
			continue
		}
		if b.Kind != document.Aside {
			b.Skip = merge(c.skip, skips(p.text, b.Span), b.Span)
		}
		c.block = len(blocks)
		blocks = append(blocks, b)
	}
	return blocks
}

// visible returns the span of c without the signs that make it a heading.
func (p *page) visible(c *chunk) document.Span {
	s := c.Span
	if c.kind == document.Heading || c.kind == document.Title {
		if c.marker.kind == outline {
			s.Start += c.marker.size
		}
		s.End = s.Start + len(strings.TrimRight(p.text[s.Start:s.End], " \t#"))
		for _, m := range []string{"**", "__"} {
			if in := p.text[s.Start:s.End]; len(in) > 4 && strings.HasPrefix(in, m) && strings.HasSuffix(in, m) {
				s = document.Span{Start: s.Start + 2, End: s.End - 2}
			}
		}
	}
	if c.kind == document.Paragraph && c.marked == itemMark {
		s.Start = p.lines[c.first].Start
	}
	return trim(p.text, s)
}

// merge puts two lists of passages in order into one; where two touch the same
// bytes the first list's stays. What is outside the block falls away.
func merge(a, b []document.Span, in document.Span) []document.Span {
	var out []document.Span
	for len(a) > 0 || len(b) > 0 {
		var s document.Span
		if len(b) == 0 || len(a) > 0 && a[0].Start <= b[0].Start {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		if in.Contains(s) && (len(out) == 0 || out[len(out)-1].End <= s.Start) {
			out = append(out, s)
		}
	}
	return out
}

// flat returns the text of b on one line, without what is skipped.
func flat(text string, b document.Block) string {
	var parts strings.Builder
	at := b.Start
	for _, s := range b.Skip {
		parts.WriteString(text[at:s.Start])
		parts.WriteByte(' ')
		at = s.End
	}
	parts.WriteString(text[at:b.End])
	return strings.Join(strings.Fields(parts.String()), " ")
}
