package pdf

import "github.com/argmap/argmap/internal/signs"

// A paragraph that the end of a column or page, a figure or a frame cuts in two
// is put together again.

// maxBetween is how many blocks may stand between the halves of a paragraph:
// notes, figures, frames.
const maxBetween = 60

// joinBlocks joins the halves of paragraphs. What stands between them comes
// after the whole.
func (s *style) joinBlocks(blocks []*block) []*block {
	gone := make([]bool, len(blocks))
	for i, b := range blocks {
		if b.kind == Note && !gone[i] {
			joinNote(blocks, gone, i)
		}
		if gone[i] || b.apart || b.kind != Paragraph && b.kind != Item && b.kind != Quotation {
			continue
		}
		for k := i + 1; k < len(blocks) && k <= i+maxBetween; k++ {
			next := blocks[k]
			if gone[k] || next.apart || next.kind == Note || next.kind == Caption || next.kind == Table {
				continue
			}
			if !s.continues(b, next, k > i+1 && anyLeft(gone[i+1:k])) {
				break
			}
			b.lines = append(b.lines, next.lines...)
			b.bounds, b.region = next.bounds, next.region
			gone[k] = true
		}
	}
	var out []*block
	for i, b := range blocks {
		if !gone[i] {
			out = append(out, b)
		}
	}
	return out
}

// joinNote joins an unfinished note with what goes on at the foot of the next
// page: a note without a mark.
func joinNote(blocks []*block, gone []bool, i int) {
	b := blocks[i]
	for k := i + 1; k < len(blocks) && k <= i+maxBetween && !ended(b.last().text()); k++ {
		next := blocks[k]
		if next.kind != Note || gone[k] {
			continue
		}
		if next.mark.text != "" || next.page > b.page+1 {
			return
		}
		b.lines = append(b.lines, next.lines...)
		gone[k] = true
	}
}

// anyLeft reports whether any of the blocks has not been joined to another.
func anyLeft(gone []bool) bool {
	for _, g := range gone {
		if !g {
			return true
		}
	}
	return false
}

// continues reports whether next goes on with the paragraph b. between is set
// where something stands between the two.
func (s *style) continues(b, next *block, between bool) bool {
	if next.region == b.region && !between {
		return false // parted for a reason
	}
	p, q := b.last(), next.first()
	if !s.alike(b, next) {
		return false
	}
	before, after := p.text(), q.text()
	if broken(before) && signs.StartsSmall(after) {
		return true
	}
	em := q.size
	indented := q.x0-next.bounds.left > .7*em && (len(next.lines) == 1 || next.lines[1].x0 < q.x0-.6*em)
	lower := signs.StartsSmall(after)
	if b.hangs() && !lower && q.x0 < next.bounds.left+.3*em {
		return false // the item would go on under its text, not under its mark
	}
	if !ended(before) {
		apart := !between && p.above(q, 1.3*s.leading(q))
		return lower || !indented && !apart && b.bounds.right-p.x1 < .35*b.bounds.width()
	}
	if lower && !indented && b.bounds.right-p.x1 < .35*b.bounds.width() {
		return true
	}
	// A sentence ends with the column. If the paragraph did too, its last line
	// would not be full, save by chance; and the next one would be indented, in
	// a file that indents.
	full := p.x1 > b.bounds.right-q.firstWord()-.3*em
	if b.bounds.justified {
		full = p.x1 > b.bounds.right-.15*em
	}
	return full && !indented && b.kind == Paragraph && next.region != b.region && len(b.lines) > 1
}

// alike reports whether two blocks are of one kind and set in one type.
func (s *style) alike(b, next *block) bool {
	if next.kind != Paragraph && (next.kind != Quotation || b.kind != Quotation && ended(b.last().text())) {
		return false
	}
	p, q := b.last(), next.first()
	return (s.scanned || near(p.size, q.size, .06*p.size)) && p.mono == q.mono
}

// above reports whether l stands over m, in one column, by more than a step.
func (l *line) above(m *line, step float64) bool {
	return l.page == m.page && m.y-l.y > step && l.x0 < m.x1 && m.x0 < l.x1
}

// hangs reports whether the block is an item whose lines after the first, as far
// as it has any, begin where its text does.
func (b *block) hangs() bool {
	em := b.last().size
	return b.kind == Item && b.mark.textX-b.bounds.left > .5*em && (len(b.lines) == 1 || near(b.last().x0, b.mark.textX, .3*em))
}

// broken reports whether s ends in the middle of a word.
func broken(s string) bool {
	r := []rune(s)
	return len(r) > 1 && (r[len(r)-1] == '-' || r[len(r)-1] == softHyphen) && signs.Readable(string(r[len(r)-2]))
}
