package reader

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes is how many elements and passages the pages of a book may have
// together. A novel of 500 pages has 30,000.
const maxNodes = 2_000_000

// ops is the namespace of what e-books add to XHTML.
const ops = "http://www.idpf.org/2007/ops"

// readPart reads a page and takes out of it what is not read.
func (b *book) readPart(p *bookPart) error {
	if p.role == leftOut {
		return nil
	}
	if err := b.refuseLocked(p.name); err != nil {
		return err
	}
	data, err := b.archive.read(p.name)
	if err != nil {
		return err
	}
	root, err := b.parsePage(data)
	if err != nil {
		return fmt.Errorf("%w (part %q)", err, p.name)
	}
	p.body = root
	each(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Body && p.body == root {
			p.body = n
		}
		b.pictures = b.pictures || n.DataAtom == atom.Img || n.DataAtom == atom.Svg
		return true
	})
	if role := roleOfNode(p.body); role > p.role {
		p.role = role
	}
	b.prune(p, p.body)
	b.nameHeadings(p)
	p.words = len(strings.Fields(textOf(p.body)))
	if p.role == besideText {
		setElement(p.body, atom.Aside)
	}
	return nil
}

// parsePage returns the tree of a page. XHTML is read as XML, for to HTML an
// element such as <title/> has no end; what is no XML is read as HTML, as
// readers of e-books do.
func (b *book) parsePage(data []byte) (*html.Node, error) {
	root, err := b.parseXHTML(data)
	if err == nil || errors.Is(err, ErrTooDeep) || errors.Is(err, ErrTooLarge) {
		return root, err
	}
	if len(data) > maxReadable {
		return nil, fmt.Errorf("%w: a page that is no XML", ErrBroken)
	}
	text, err := decode(data, htmlCharset(data))
	if err != nil {
		return nil, fmt.Errorf("%w: a page that is no text", ErrBroken)
	}
	root, err = html.Parse(strings.NewReader(emptyElement.ReplaceAllStringFunc(text, closeElement)))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrTooDeep, err)
	}
	each(root, func(*html.Node) bool { b.nodes++; return true })
	if b.nodes > maxNodes {
		return nil, tooManyNodes()
	}
	return root, nil
}

func tooManyNodes() error {
	return fmt.Errorf("%w: more than %d elements", ErrTooLarge, maxNodes)
}

// emptyElement finds the elements that XML has closed where they begin.
var emptyElement = regexp.MustCompile(`<([A-Za-z][\w:-]*)(\s[^<>]*)?/>`)

// voidElements are closed where they begin in HTML, too.
var voidElements = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}

// closeElement writes an empty element as HTML has it.
func closeElement(tag string) string {
	name := tag[1 : len(tag)-len("/>")]
	if i := strings.IndexFunc(name, unicode.IsSpace); i >= 0 {
		name = name[:i]
	}
	if slices.Contains(voidElements, strings.ToLower(name)) {
		return tag
	}
	return strings.TrimSuffix(tag, "/>") + "></" + name + ">"
}

// parseXHTML returns the tree of a page that is XML. The entities of HTML are
// known, as the DTD of XHTML has them.
func (b *book) parseXHTML(data []byte) (*html.Node, error) {
	d, err := newXMLDecoder(data)
	if err != nil {
		return nil, err
	}
	d.Entity = xml.HTMLEntity
	root := &html.Node{Type: html.DocumentNode}
	top, depth := root, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && top == root && root.FirstChild != nil {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		if b.nodes++; b.nodes > maxNodes {
			return nil, tooManyNodes()
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return nil, fmt.Errorf("%w: more than %d elements inside each other", ErrTooDeep, maxXMLDepth)
			}
			n := elementOf(t)
			top.AppendChild(n)
			top = n
		case xml.EndElement:
			top = top.Parent
			depth--
		case xml.CharData:
			if top != root {
				top.AppendChild(&html.Node{Type: html.TextNode, Data: string(t)})
			}
		}
	}
}

// elementOf returns the element that t begins, with names as HTML would have
// them.
func elementOf(t xml.StartElement) *html.Node {
	name := strings.ToLower(t.Name.Local)
	if t.Name.Space == ops {
		name = "epub:" + name
	}
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	for _, a := range t.Attr {
		key := a.Name.Local
		if a.Name.Space == ops {
			key = "epub:" + key
		}
		n.Attr = append(n.Attr, html.Attribute{Key: key, Val: a.Value})
	}
	return n
}

// setElement makes n an element of another name.
func setElement(n *html.Node, a atom.Atom) { n.DataAtom, n.Data = a, a.String() }

// prune takes what is not read out of n, and makes asides of what stands beside
// the text. It counts the links to other places in the book.
func (b *book) prune(p *bookPart, n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type != html.ElementNode {
			c = next
			continue
		}
		role := roleOfNode(c)
		switch {
		case role == leftOut, c.Data == "epub:case", isNoteLink(c):
			n.RemoveChild(c)
			c = next
			continue
		case role == besideText && slices.Contains(breaking, c.DataAtom):
			setElement(c, atom.Aside)
		}
		if c.DataAtom == atom.A && b.target(p.name, attr(c, "href")) != "" {
			p.links++
			p.linked += len(strings.Fields(textOf(c)))
		}
		b.prune(p, c)
		b.embolden(c)
		c = next
	}
}

// isNoteLink reports whether n leads to a note, or back from it, and has only the
// sign of one.
func isNoteLink(n *html.Node) bool {
	if n.DataAtom != atom.A || !strings.Contains(attr(n, "href"), "#") {
		return false
	}
	s := collapse(textOf(n))
	if s == "" {
		return false // the place that something leads to
	}
	if hasWord(attr(n, "epub:type"), "noteref") || hasWord(attr(n, "role"), "doc-noteref") {
		return len(s) <= 12 && strings.Trim(s, "0123456789[](),. *†‡§¶–-abcxvi") == ""
	}
	return bracketMark(s) == len(s) || strings.Trim(s, "↩↵↑⤴⏎^\ufe0e") == ""
}
