package reader

import (
	"github.com/argmap/argmap/internal/document"
)

// officeBlocks puts passages into a builder, with the lists that are open.
type officeBlocks struct {
	*office
	out  builder
	open []place // of the last item of each list around, outermost first
}

// buildBlocks makes a block of every passage as it is marked.
func (o *office) buildBlocks(doc *document.Document) {
	b := officeBlocks{office: o}
	for i := range o.passages {
		p := &o.passages[i]
		switch {
		case p.text == "":
			continue
		case p.depth > 0:
			b.enter(p.place)
			b.out.addItem(p.text)
			continue
		case len(b.open) > 0 && !b.resumes(i):
			b.leave(0)
		}
		switch p.role {
		case titleRole:
			b.out.add(document.Title, 0, p.text)
			doc.Title = p.text
			b.out.level = 1
		case subtitleRole:
			b.out.add(document.Standfirst, 0, p.text)
		case headingRole:
			if p.level == 0 {
				b.out.addBold(p.text)
			} else {
				b.out.add(document.Heading, min(p.level, maxLevel), p.text)
			}
		case quotationRole:
			b.out.add(document.Quotation, 0, p.text)
		case asideRole:
			b.out.add(document.Aside, 0, p.text)
		default:
			b.out.add(document.Paragraph, 0, p.text)
		}
	}
	for _, s := range o.notes {
		b.out.add(document.Aside, 0, s)
	}
	b.out.finish(doc)
}

// shift is how much further in an item stands that is one of a list inside an
// item, in twentieths of a point.
const shift = 100

// enter opens and closes lists so that the next item is one of the list at p.
// The depth of a list in its file may leave out some: only more and less count.
func (b *officeBlocks) enter(p place) {
	for n := len(b.open); n > 0; n-- {
		top := &b.open[n-1]
		inside := p.depth > top.depth || p.depth == top.depth && p.list != top.list && p.indent > top.indent+shift
		if inside {
			break
		}
		if p.depth == top.depth && (p.list == top.list || p.indent+shift >= top.indent) || n == 1 {
			*top = p
			return
		}
		b.leave(n - 1)
	}
	b.out.openList()
	b.open = append(b.open, p)
}

// leave closes the lists down to n.
func (b *officeBlocks) leave(n int) {
	for ; len(b.open) > n; b.open = b.open[:len(b.open)-1] {
		b.out.closeList()
	}
}

// maxRemarks is how many paragraphs may stand between two items of a list.
const maxRemarks = 3

// resumes reports whether an open list goes on after passage i: more items of it
// follow, and what stands between is set in as they are or their numbers go on.
func (b *officeBlocks) resumes(i int) bool {
	within := true
	for k := i; k < min(i+maxRemarks+1, len(b.passages)); k++ {
		p := &b.passages[k]
		switch {
		case p.depth > 0:
			for _, l := range b.open {
				if l.list == p.list {
					return within || p.ordered
				}
			}
			return false
		case p.role == titleRole || p.role == headingRole:
			return false
		}
		within = within && p.within
	}
	return false
}
