package reader

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/argmap/argmap/internal/document"
)

// maxReadable is the largest page, in bytes, that is searched for its article;
// the search is not linear. A larger page is read from top to bottom.
const maxReadable = 4 << 20

// minArticle is the length, in bytes, that the article of a page must have to
// be believed; otherwise the whole page is read.
const minArticle = 140

// htmlCharset returns the encoding that a page says it is in, or "". UTF-8 needs
// no saying, and Windows-1252 is also the answer for a page that says nothing.
func htmlCharset(data []byte) string {
	_, name, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	if name == "windows-1252" || name == "utf-8" {
		return ""
	}
	return name
}

// buildHTML extracts the article of a web page: its title, its standfirst and
// byline where the page marks them, and the blocks of its text.
func buildHTML(doc *document.Document, source string) error {
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrTooDeep, err)
	}
	a := article(root, len(source))
	w := &walker{title: pageTitle(root, a.title)}
	w.out.add(document.Title, 0, w.title)
	if a.body != nil {
		text := textOf(a.body)
		if dek := findDek(root); dek != "" && !strings.Contains(text, dek) {
			w.out.add(document.Standfirst, 0, dek)
		}
		if by := collapse(a.byline); by != "" && len(by) < 200 && !strings.Contains(text, by) {
			w.out.add(document.Aside, 0, by)
		}
		w.walk(a.body)
	} else {
		w.walk(mainPart(root))
	}
	w.flush()
	w.out.finish(doc)
	doc.Title = w.title
	return nil
}

// found is what readability made of a page.
type found struct {
	title, byline string
	body          *html.Node // nil where it found no article
}

// article searches the page for its article. The library may fail on pages
// that no browser would show; then the page is read as a whole.
func article(root *html.Node, size int) (a found) {
	if size > maxReadable {
		return found{}
	}
	defer func() {
		if recover() != nil {
			a = found{}
		}
	}()
	parser := readability.NewParser()
	got, err := parser.ParseDocument(root, (*url.URL)(nil))
	if err != nil {
		return found{}
	}
	a = found{title: got.Title(), byline: got.Byline(), body: got.Node}
	if a.body != nil && len(textOf(a.body)) < minArticle {
		a.body = nil
	}
	return a
}

// pageTitle returns the title of a page: the one that was found, or the part of
// it that the only first-level heading repeats.
func pageTitle(root *html.Node, title string) string {
	title = collapse(title)
	var tops []string
	each(root, func(n *html.Node) bool {
		if n.DataAtom == atom.H1 {
			tops = append(tops, collapse(textOf(n)))
		}
		return true
	})
	if title == "" {
		each(root, func(n *html.Node) bool {
			if n.DataAtom == atom.Title && title == "" {
				title = collapse(textOf(n))
			}
			return title == ""
		})
	}
	if len(tops) == 1 && tops[0] != "" && (title == "" || strings.HasPrefix(title, tops[0])) {
		return tops[0]
	}
	return title
}

// dekClasses are parts of the class names that pages give the summary under a
// title.
var dekClasses = []string{"standfirst", "dek", "deck", "subhead", "sub-head", "subtitle", "sub-title", "strapline"}

// findDek returns the summary under the title, or "".
func findDek(root *html.Node) string {
	dek := ""
	each(root, func(n *html.Node) bool {
		if dek == "" && (n.DataAtom == atom.P || n.DataAtom == atom.H2 || n.DataAtom == atom.Div) && classed(n, dekClasses) {
			if s := collapse(textOf(n)); len(s) >= 20 && len(s) <= 400 {
				dek = s
			}
		}
		return dek == ""
	})
	return dek
}

// classed reports whether a class of n is one of names or ends with it after a
// separator.
func classed(n *html.Node, names []string) bool {
	for _, class := range strings.Fields(strings.ToLower(attr(n, "class"))) {
		for _, name := range names {
			if rest, found := strings.CutSuffix(class, name); found && (rest == "" || strings.ContainsAny(rest[len(rest)-1:], "-_")) {
				return true
			}
		}
	}
	return false
}

// attr returns the attribute of n, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// mainPart returns the element that holds the text of a page in which no
// article was found: <article>, <main> or <body>.
func mainPart(root *html.Node) *html.Node {
	parts := map[atom.Atom]*html.Node{}
	each(root, func(n *html.Node) bool {
		if parts[n.DataAtom] == nil {
			parts[n.DataAtom] = n
		}
		return true
	})
	for _, a := range []atom.Atom{atom.Article, atom.Main, atom.Body} {
		if n := parts[a]; n != nil && (a == atom.Body || len(textOf(n)) >= minArticle) {
			return n
		}
	}
	return root
}

// each calls f for the elements under n in order until it returns false.
func each(n *html.Node, f func(*html.Node) bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !f(c) || !each(c, f) {
			return false
		}
	}
	return true
}

// textOf returns the text under n, as a reader sees it.
func textOf(n *html.Node) string {
	var b bytes.Buffer
	writeText(&b, n)
	return collapse(b.String())
}

// writeText writes the text under n.
func writeText(b *bytes.Buffer, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if unseen(n) {
		return
	}
	if n.DataAtom == atom.Br || slices.Contains(breaking, n.DataAtom) {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
}

// never are the elements of which nothing is read.
var never = []atom.Atom{
	atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Math,
	atom.Button, atom.Input, atom.Select, atom.Textarea, atom.Audio, atom.Video, atom.Canvas, atom.Dialog,
}

// unseen reports whether a reader sees nothing of n.
func unseen(n *html.Node) bool {
	if n.Type == html.CommentNode || n.Type == html.DoctypeNode {
		return true
	}
	if n.Type != html.ElementNode {
		return false
	}
	if slices.Contains(never, n.DataAtom) {
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden",
			a.Key == "aria-hidden" && a.Val == "true",
			a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none"):
			return true
		}
	}
	return false
}
