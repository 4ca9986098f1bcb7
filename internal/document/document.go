// Package document holds a text together with its structure: headings,
// paragraphs, list items with their lead-in, quotations. Nothing in it copies
// text: blocks and sections are spans of the one [Document.Text].
//
// All offsets in this package are bytes into Document.Text, end exclusive, and
// never fall inside a code point; [Index] turns them into the code points of
// the output contract.
package document

import "sort"

// Span is a stretch of Document.Text in bytes, End exclusive.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// BlockKind is what a block is to its reader.
type BlockKind uint8

// The kinds of a block. Only Standfirst, Paragraph, ListItem and Quotation hold
// running text that can argue; the others frame it.
const (
	Paragraph BlockKind = iota
	Title
	Standfirst // the summary sentence or two between title and text
	Heading
	ListItem
	Quotation // a quotation set apart from the text
	Aside     // byline, dateline, caption, footnote, table, code, navigation
)

var kindNames = [...]string{"paragraph", "title", "standfirst", "heading", "list-item", "quotation", "aside"}

// String names the kind in lower case, for tests and messages.
func (k BlockKind) String() string { return kindNames[k] }

// Argues reports whether a block of this kind can hold units.
func (k BlockKind) Argues() bool {
	return k == Paragraph || k == Standfirst || k == ListItem || k == Quotation
}

// Block is a piece of text that stands by itself: no sentence crosses its end.
type Block struct {
	Kind BlockKind
	// Span runs from the first to the last visible character. A list item's
	// leaves out its bullet or number, a Markdown heading's its marks.
	Span
	// Level is the depth of a heading (1 is the highest) or list item (1 is
	// the outermost), and 0 elsewhere.
	Level int
	// LeadIn is the index of the block whose last sentence introduces the list
	// that this item belongs to, or -1. Items of one list share it.
	LeadIn int
	// Section is the index of the section that the block stands in, or -1
	// before the first heading.
	Section int
	// Skip lists passages inside the block that are no part of its prose:
	// footnote marks, markup, the quotation marks of a mail. Readers of the
	// text treat them as white space. In text order, not overlapping.
	Skip []Span
}

// Section is a heading with what stands under it, up to the next heading of
// the same or a higher level.
type Section struct {
	// Heading is the index of the block that names the section.
	Heading int
	Level   int
	Span
}

// Page is a stretch of the text that stands on one page. A page may have several:
// its notes stand apart from its text.
type Page struct {
	Span
	Number int // from 1, as the file counts
}

// Document is a text and its structure. Blocks, Sections and Pages are in text
// order; blocks do not overlap, and neither do pages.
type Document struct {
	// URI names where the text came from: a path as given, or "-" for
	// standard input.
	URI string
	// MediaType is that of the input, for example "text/markdown".
	MediaType string
	// Title is the document's title, or "".
	Title string
	// Text is UTF-8. For plain text it is the decoded input, byte-order mark
	// dropped, nothing else changed; for other inputs it is the text that the
	// reader extracted.
	Text     string
	Blocks   []Block
	Sections []Section
	// Pages say what stands where, in a document that has pages. What they leave
	// out (space between blocks) stands on no page.
	Pages []Page
}

// Page returns the number of the page that the byte at stands on, or 0 where
// that is not known.
func (d *Document) Page(at int) int {
	i := sort.Search(len(d.Pages), func(i int) bool { return d.Pages[i].End > at })
	if i < len(d.Pages) && d.Pages[i].Start <= at {
		return d.Pages[i].Number
	}
	return 0
}

// At returns the passage at s.
func (d *Document) At(s Span) string { return d.Text[s.Start:s.End] }

// Flowing returns the text with the line ends inside of blocks turned into
// spaces, so that prose that was broken into lines reads as prose that was not.
// It is as long as Text, and all offsets hold for it. Line ends that part blocks
// stay.
func (d *Document) Flowing() string {
	var b []byte
	for _, block := range d.Blocks {
		if !block.Kind.Argues() {
			continue
		}
		for i := block.Start; i < block.End; i++ {
			if c := d.Text[i]; c == '\n' || c == '\r' {
				if b == nil {
					b = []byte(d.Text)
				}
				b[i] = ' '
			}
		}
	}
	if b == nil {
		return d.Text
	}
	return string(b)
}
