package reader

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/argmap/argmap/internal/document"
)

// walker turns the elements of an article into blocks. Text gathers until an
// element begins or ends that stands on its own.
type walker struct {
	out   builder
	title string
	// text is what has been gathered for the next block, and bold how many of
	// its bytes are bold.
	text strings.Builder
	bold int
	// aside, quote and strong count the elements around that make text so.
	aside, quote, strong int
	// heading is the level of the heading around, or 0.
	heading int
	// item is set from the beginning of a list item to its first block.
	item bool
}

// breaking are the elements that stand on their own.
var breaking = []atom.Atom{
	atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Div, atom.Dl, atom.Dt,
	atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary,
	atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
}

// framing are the elements that frame an article.
var framing = []atom.Atom{atom.Aside, atom.Figure, atom.Figcaption, atom.Footer, atom.Nav, atom.Pre, atom.Address, atom.Form}

// walk adds what stands under n.
func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if unseen(n) || isNoteMark(n, w.text.String) {
		return
	}
	if n.DataAtom == atom.Br {
		w.lineBreak()
		return
	}
	if !slices.Contains(breaking, n.DataAtom) {
		bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong
		w.strong += count(bold)
		w.children(n)
		w.strong -= count(bold)
		return
	}
	w.flush()
	w.block(n)
	w.flush()
}

// block adds the element n, which stands on its own.
func (w *walker) block(n *html.Node) {
	if n.DataAtom == atom.Table && isDataTable(n) {
		w.table(n)
		return
	}
	frames := slices.Contains(framing, n.DataAtom)
	quotes := n.DataAtom == atom.Blockquote
	w.aside += count(frames)
	w.quote += count(quotes)
	switch {
	case n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.Menu:
		w.out.openList()
		w.children(n)
		w.flush()
		w.out.closeList()
	case n.DataAtom == atom.Li && len(w.out.lists) > 0:
		w.item = true
		w.out.lists[len(w.out.lists)-1].item = -1
		w.children(n)
		w.flush()
		w.item = false
	case headingOf(n) > 0:
		outer := w.heading
		w.heading = headingOf(n)
		w.children(n)
		w.flush()
		w.heading = outer
	default:
		w.children(n)
		w.flush()
	}
	w.aside -= count(frames)
	w.quote -= count(quotes)
}

// children walks what stands under n.
func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// count is 1 for true, so that nesting can be counted.
func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// headingOf returns the level of the heading n, or 0.
func headingOf(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

// write gathers s.
func (w *walker) write(s string) {
	w.text.WriteString(s)
	if w.strong > 0 {
		w.bold += len(strings.TrimSpace(s))
	}
}

// lineBreak ends the line, and the paragraph where two stand in a row.
func (w *walker) lineBreak() {
	s := strings.TrimRight(w.text.String(), " \t\n\r")
	if strings.HasSuffix(s, string(hardBreak)) {
		w.flush()
		return
	}
	w.text.WriteRune(hardBreak)
}

// flush makes a block of what was gathered.
func (w *walker) flush() {
	raw := w.text.String()
	bold := w.bold
	w.text.Reset()
	w.bold = 0
	s := collapse(raw)
	if s == "" {
		return
	}
	switch {
	case w.aside > 0:
		w.out.add(document.Aside, 0, s)
	case w.heading > 0 && s == w.title:
	case w.heading > 0:
		w.out.add(document.Heading, w.heading, s)
	case w.item && len(w.out.lists) > 0:
		w.out.addItem(s)
		w.item = false
	case w.quote > 0:
		w.out.add(document.Quotation, 0, s)
	case bold >= len(s) && len(w.out.lists) == 0 && boldHeading(s):
		w.out.addBold(s)
	default:
		w.out.add(document.Paragraph, 0, s)
	}
}

// table adds the table n as one aside, a row a line.
func (w *walker) table(n *html.Node) {
	var rows []string
	each(n, func(row *html.Node) bool {
		if row.DataAtom != atom.Tr {
			return true
		}
		var cells []string
		for c := row.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				cells = append(cells, textOf(c))
			}
		}
		rows = append(rows, strings.Join(cells, " | "))
		return true
	})
	w.out.add(document.Aside, 0, strings.Join(rows, "\n"))
}

// isDataTable reports whether the table n holds data rather than the layout of
// the page: rows of several short cells.
func isDataTable(n *html.Node) bool {
	if attr(n, "role") == "presentation" {
		return false
	}
	rows, cells := 0, 0
	each(n, func(c *html.Node) bool {
		rows += count(c.DataAtom == atom.Tr)
		cells += count(c.DataAtom == atom.Td || c.DataAtom == atom.Th)
		return true
	})
	return rows > 0 && cells >= 2*rows && len(textOf(n)) < 400*cells
}

// noteClasses are parts of class names that mark references to notes.
var noteClasses = []string{"footnote", "footnote-ref", "reference", "noteref", "fn", "endnote"}

// isNoteMark reports whether n is the raised mark of a note; before is the text
// that it stands after. "m²" is none, and neither is "19th".
func isNoteMark(n *html.Node, before func() string) bool {
	if n.Type != html.ElementNode || n.DataAtom != atom.Sup {
		return n.DataAtom == atom.A && (strings.Contains(attr(n, "role"), "noteref") || classed(n, noteClasses))
	}
	s := textOf(n)
	if !isRaised(s) {
		return false
	}
	linked := false
	each(n, func(c *html.Node) bool {
		linked = linked || c.DataAtom == atom.A
		return !linked
	})
	if linked || classed(n, noteClasses) {
		return true
	}
	return raisedMark(s, before())
}
