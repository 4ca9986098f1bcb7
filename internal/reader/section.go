package reader

import "github.com/argmap/argmap/internal/document"

// addSections makes a section of every heading and tells each block which one
// it stands in: the innermost that is open. A section reaches to the end of the
// last block before the next heading of its own or a higher level.
func addSections(doc *document.Document) {
	raiseHeadings(doc.Blocks)
	var open []int // sections around the current block, outermost first
	end := 0
	closeTo := func(level int) {
		for len(open) > 0 && doc.Sections[open[len(open)-1]].Level >= level {
			doc.Sections[open[len(open)-1]].End = end
			open = open[:len(open)-1]
		}
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind == document.Heading {
			closeTo(b.Level)
			open = append(open, len(doc.Sections))
			doc.Sections = append(doc.Sections, document.Section{Heading: i, Level: b.Level, Span: b.Span})
		}
		b.Section = -1
		if len(open) > 0 {
			b.Section = open[len(open)-1]
		}
		end = b.End
	}
	closeTo(0)
}

// raiseHeadings moves all headings up alike so that the highest has level 1:
// where the title is a heading of level 1, the others begin at 2.
func raiseHeadings(blocks []document.Block) {
	top := maxLevel
	for _, b := range blocks {
		if b.Kind == document.Heading {
			top = min(top, b.Level)
		}
	}
	for i := range blocks {
		if blocks[i].Kind == document.Heading {
			blocks[i].Level -= top - 1
		}
	}
}
