package reader

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/argmap/argmap/internal/signs"
)

// bookRole is what a part of a book, or an element of it, is to the text.
type bookRole byte

const (
	inText     bookRole = iota
	besideText          // notes and the like: asides
	leftOut             // what is not read at all
)

// bookRoles are those of the words that e-books mark parts with: the vocabulary
// of EPUB 3 (epub:type), that of accessibility (role, with "doc-" before it) and
// the guide of EPUB 2.
var bookRoles = map[string]bookRole{
	"backlink": leftOut, "colophon": leftOut, "copyright": leftOut, "copyright-page": leftOut, "copyrightpage": leftOut,
	"cover": leftOut, "frontispiece": leftOut, "half-title-page": leftOut, "halftitle": leftOut, "halftitlepage": leftOut,
	"imprimatur": leftOut, "imprint": leftOut, "index": leftOut, "landmarks": leftOut, "loa": leftOut, "loi": leftOut,
	"lot": leftOut, "lov": leftOut, "other-credits": leftOut, "page-list": leftOut, "pagebreak": leftOut, "pagelist": leftOut,
	"title-page": leftOut, "titlepage": leftOut, "toc": leftOut, "toc-brief": leftOut,

	"acknowledgements": besideText, "acknowledgments": besideText, "bibliography": besideText, "dedication": besideText,
	"endnote": besideText, "endnotes": besideText, "epigraph": besideText, "footnote": besideText, "footnotes": besideText,
	"glossary": besideText, "note": besideText, "notes": besideText, "rearnote": besideText, "rearnotes": besideText,
	"sidebar": besideText,
}

// Classes that books without such words have: for notes, and for what is no part
// of the text (page numbers, the frame that Project Gutenberg puts around books,
// the ways back from notes).
var (
	noteBlockClasses = []string{"endnote", "endnotes", "footnote", "footnotes", "rearnote", "rearnotes"}
	leftOutClasses   = []string{"footnote-back", "page-number", "pageno", "pagenum", "pg-boilerplate", "pgheader"}
)

// roleOfNode returns what an element is marked as.
func roleOfNode(n *html.Node) bookRole {
	role := inText
	for _, word := range strings.Fields(attr(n, "epub:type")) {
		role = max(role, bookRoles[word])
	}
	for _, word := range strings.Fields(attr(n, "role")) {
		if word, found := strings.CutPrefix(word, "doc-"); found {
			role = max(role, bookRoles[word])
		}
	}
	switch {
	case n.DataAtom == atom.Nav, classed(n, leftOutClasses):
		return leftOut
	case role == inText && classed(n, noteBlockClasses):
		return besideText
	}
	return role
}

// readGuide takes the roles of whole parts from the guide of EPUB 2. A reference
// to a place within a part says nothing of the part.
func (b *book) readGuide(guide *element) {
	if guide == nil {
		return
	}
	for _, e := range guide.children {
		if e.name == "reference" {
			b.note(b.target("", e.attr("href")), e.attr("href"), strings.ToLower(e.attr("type")))
		}
	}
}

// note says that ref, which leads to the part name, is called a word.
func (b *book) note(name, ref, word string) {
	if role := bookRoles[word]; name != "" && role != inText && !strings.Contains(ref, "#") {
		b.roles[name] = max(b.roles[name], role)
	}
}

// contentsEntry is a line of the table of contents.
type contentsEntry struct {
	label string
	depth int // from 1
}

// readContents reads the table of contents: nav, the page that EPUB 3 has for it,
// or else ncx, that of EPUB 2. A book is read without one, too.
func (b *book) readContents(nav, ncx string) {
	b.contents = make(map[string][]contentsEntry)
	if nav != "" && !b.locked[nav] {
		if data, err := b.archive.read(nav); err == nil {
			if root, err := b.parsePage(data); err == nil {
				b.readNav(nav, root)
			}
		}
	}
	if len(b.contents) == 0 && ncx != "" && !b.locked[ncx] {
		if root, err := b.archive.readXML(ncx); err == nil {
			b.readPoints(ncx, root.child("navMap"), 1)
		}
	}
}

// readNav takes the contents from the page of them, and roles from its landmarks.
func (b *book) readNav(name string, root *html.Node) {
	var inside func(n *html.Node, kind string, depth int)
	inside = func(n *html.Node, kind string, depth int) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			kind, depth := kind, depth
			switch c.DataAtom {
			case atom.Nav:
				kind = attr(c, "epub:type")
			case atom.Ol:
				depth++
			case atom.A:
				ref := attr(c, "href")
				switch to := b.target(name, ref); {
				case kind == "toc" && to != "":
					b.contents[to] = append(b.contents[to], contentsEntry{collapse(textOf(c)), depth})
				case kind == "landmarks":
					b.note(to, ref, attr(c, "epub:type"))
				}
			}
			inside(c, kind, depth)
		}
	}
	inside(root, "", 0)
}

// readPoints takes the contents from below e.
func (b *book) readPoints(name string, e *element, depth int) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		if c.name != "navPoint" {
			continue
		}
		if to := b.target(name, c.child("content").attrOf("src")); to != "" {
			b.contents[to] = append(b.contents[to], contentsEntry{collapse(c.child("navLabel").content()), depth})
		}
		b.readPoints(name, c, depth+1)
	}
}

// nameHeadings makes headings of the paragraphs that the table of contents has,
// in a page that marks none.
func (b *book) nameHeadings(p *bookPart) {
	entries := b.contents[p.name]
	if len(entries) == 0 {
		return
	}
	var leaves []*html.Node
	headed := false
	each(p.body, func(n *html.Node) bool {
		headed = headed || headingOf(n) > 0
		if (n.DataAtom == atom.P || n.DataAtom == atom.Div) && !each(n, func(c *html.Node) bool { return !slices.Contains(breaking, c.DataAtom) }) {
			return true // it has blocks of its own
		}
		if n.DataAtom == atom.P || n.DataAtom == atom.Div {
			leaves = append(leaves, n)
		}
		return true
	})
	if headed {
		return
	}
	depths := make(map[string]int)
	for _, e := range slices.Backward(entries) { // of equal ones, the first counts
		label := bareWords(e.label)
		depths[unnumberedChapter(label)] = e.depth
		depths[label] = e.depth
	}
	delete(depths, "")
	for _, n := range leaves {
		label := bareWords(textOf(n))
		if depth := depths[label]; depth > 0 {
			setElement(n, headings[min(depth, len(headings))-1])
			delete(depths, label)
		}
	}
}

// unnumberedChapter is a line of the contents, in small letters, without the
// number that it begins with: the page has it by itself, or not at all.
func unnumberedChapter(label string) string {
	number, name, _ := strings.Cut(label, " ")
	if number == "chapter" || number == "part" {
		number, name, _ = strings.Cut(name, " ")
	}
	if name != "" && (signs.Digits(number) == len(number) || signs.Roman(number) > 0) {
		return name
	}
	return label
}

var headings = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

// bareWords is s as a reader remembers it: words in small letters.
func bareWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return strings.Join(words, " ")
}

// Sizes, in words, up to which an unmarked page may be what its looks say.
const (
	maxImprint   = 400
	maxTitlePage = 40
)

// leaveOut finds the parts that only look like what is left out. Such a part is a
// small piece of the book; a book of one page is read whatever it looks like.
func (b *book) leaveOut() {
	total := 0
	for _, p := range b.parts {
		if p.role == inText {
			total += p.words
		}
	}
	for i := range b.parts {
		p := &b.parts[i]
		if p.body == nil || p.role != inText || 4*p.words > total {
			continue
		}
		text := textOf(p.body)
		contents := p.links >= 3 && 10*p.linked >= 6*p.words
		if contents || p.words <= maxImprint && isImprint(text) || p.words <= maxTitlePage && b.isTitlePage(text) {
			p.role = leftOut
		}
	}
	b.setAside()
}

// setAside finds the dedication and the epigraph: pages of a few words before the
// first chapter that the table of contents has, which does not have them.
func (b *book) setAside() {
	first := slices.IndexFunc(b.parts, func(p bookPart) bool {
		return p.body != nil && p.role == inText && p.words > maxTitlePage && len(b.contents[p.name]) > 0
	})
	for i := range max(0, first) {
		if p := &b.parts[i]; p.body != nil && p.role == inText && p.words <= maxTitlePage && len(b.contents[p.name]) == 0 {
			p.role = besideText
			setElement(p.body, atom.Aside)
		}
	}
}

// imprintSigns stand on the page that says whom the book belongs to.
var imprintSigns = []string{
	"©", "all rights reserved", "copyright", "first published", "isbn", "library of congress", "no part of this", "printed in", "published by",
}

// isImprint reports whether a short page bears two of these signs.
func isImprint(text string) bool {
	s := strings.ToLower(text)
	found := 0
	for _, sign := range imprintSigns {
		found += count(strings.Contains(s, sign))
	}
	return found >= 2
}

// isTitlePage reports whether a page has hardly a word that the package does not
// have, but for those that tie them together: the town of the publisher may be one.
func (b *book) isTitlePage(text string) bool {
	if b.title == "" {
		return false
	}
	known := make(map[string]bool)
	for _, s := range append(append([]string{b.title, "a an and by cover edited edition of the title translated written"}, b.creators...), b.about...) {
		for _, w := range strings.Fields(bareWords(s)) {
			known[w] = true
		}
	}
	const oneIn = 8
	words, strange := strings.Fields(bareWords(text)), 0
	for _, w := range words {
		strange += count(!known[w])
	}
	return strange*oneIn <= len(words)
}
