package reader

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxStyles is how much of the style sheets of a book is read, in bytes. What
// programs write for a book has 20 KB.
const maxStyles = 1 << 20

// What of a style sheet is looked at: rules that have no rules inside, selectors
// that are one class, and weights that are bold.
var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssRule    = regexp.MustCompile(`([^{};]+)\{([^{}]*)\}`)
	cssClass   = regexp.MustCompile(`^[A-Za-z]*\.([\w-]+)$`)
	cssBold    = regexp.MustCompile(`(?i)font-weight\s*:\s*(bold|bolder|[6-9]00)\b`)
)

// readStyles finds the classes that make letters bold: many books mark headings
// by nothing else.
func (b *book) readStyles(sheets []string) {
	b.bold = make(map[string]bool)
	left := maxStyles
	for _, name := range sheets {
		if !b.archive.has(name) || b.locked[name] {
			continue
		}
		data, err := b.archive.read(name)
		if left -= len(data); err != nil || left < 0 {
			return
		}
		for _, rule := range cssRule.FindAllStringSubmatch(cssComment.ReplaceAllString(string(data), ""), -1) {
			if !cssBold.MatchString(rule[2]) {
				continue
			}
			for _, selector := range strings.Split(rule[1], ",") {
				if class := cssClass.FindStringSubmatch(strings.TrimSpace(selector)); class != nil {
					b.bold[class[1]] = true
				}
			}
		}
	}
}

// embolden puts what is in n into a <b> if its class makes it bold.
func (b *book) embolden(n *html.Node) {
	for _, class := range strings.Fields(attr(n, "class")) {
		if !b.bold[class] || n.FirstChild == nil {
			continue
		}
		inner := &html.Node{Type: html.ElementNode}
		setElement(inner, atom.B)
		for c := n.FirstChild; c != nil; c = n.FirstChild {
			n.RemoveChild(c)
			inner.AppendChild(c)
		}
		n.AppendChild(inner)
		return
	}
}
