package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
)

// markQuotations decides on the quotations that stand apart: the ">" of mail,
// and paragraphs set in from both what stands before and the margin.
func (p *page) markQuotations() {
	for i := range p.chunks {
		c := &p.chunks[i]
		if c.decided {
			continue
		}
		switch {
		case c.marked == quoteMark:
			p.decide(i, document.Quotation)
			c.skip = p.quoteSkips(c)
		case (c.marked == plain || c.marked == verseMark) && p.setIn(c):
			p.decide(i, document.Quotation)
		}
	}
}

// quoteSkips returns the ">" before the second and later lines of c.
func (p *page) quoteSkips(c *chunk) []document.Span {
	var out []document.Span
	for k := c.first + 1; k <= c.last; k++ {
		from, to := p.lines[k-1].End, p.lines[k].Start
		open := strings.IndexByte(p.text[from:to], '>')
		shut := strings.LastIndexByte(p.text[from:to], '>')
		if open >= 0 {
			out = append(out, document.Span{Start: from + open, End: from + shut + 1})
		}
	}
	return out
}

// minQuotation is how many words a quotation set in has; fewer are a centred
// heading or a signature.
const minQuotation = 5

// setIn reports whether every line of c stands four columns or more to the
// right of the margin, with blank lines around.
func (p *page) setIn(c *chunk) bool {
	if c.looks.words < minQuotation || !c.looks.above || !c.looks.below {
		return false
	}
	for k := c.first; k <= c.last; k++ {
		if p.lines[k].indent < p.margin+4 {
			return false
		}
	}
	return true
}
