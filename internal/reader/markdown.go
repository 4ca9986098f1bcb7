package reader

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// maxNesting is how many quotation and list marks may stand before the text of
// a line of Markdown. The parser goes one call deeper for each.
const maxNesting = 100

// maxLinks is how many brackets may close between two blank lines. The parser's
// work grows with the square of that number where the links are broken: 10,000
// take a second, 100,000 three minutes.
const maxLinks = 10_000

// buildMarkdown extracts the readable text of Markdown: without marks, link
// targets, pictures and raw HTML. Code, tables and notes are asides.
func buildMarkdown(doc *document.Document, source string) error {
	if deepest(source) > maxNesting {
		return fmt.Errorf("%w: more than %d quotations or lists inside each other", ErrTooDeep, maxNesting)
	}
	if n := mostLinks(source); n > maxLinks {
		return fmt.Errorf("%w: %d links without a blank line between, the limit is %d", ErrTooLarge, n, maxLinks)
	}
	title, body := frontMatter(source)
	m := &markdown{source: []byte(body)}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote)).Parser()
	root := parser.Parse(text.NewReader(m.source))
	heading := m.titleHeading(root)
	if heading != nil {
		title = collapse(m.inline(heading))
		m.skip = heading
		m.out.level = 1
	}
	m.out.add(document.Title, 0, title)
	m.blocks(root, document.Paragraph)
	m.out.finish(doc)
	doc.Title = title
	return nil
}

// markdown walks the tree of a Markdown file.
type markdown struct {
	source []byte
	out    builder
	skip   ast.Node // the heading that became the title
}

// deepest returns the largest number of ">", list marks and indents of list
// items that any line of source begins with.
func deepest(source string) int {
	most := 0
	for l := range strings.Lines(source) {
		n := 0
		for _, r := range l {
			if !strings.ContainsRune(" \t>-+*.)0123456789", r) {
				break
			}
			if r != ' ' && r != '\t' {
				n++
			}
		}
		if rest := strings.Trim(l, " \t\r\n-*_"); rest != "" {
			most = max(most, n)
		}
	}
	return most
}

// mostLinks returns the largest number of closing brackets between two blank
// lines of source.
func mostLinks(source string) int {
	most, n := 0, 0
	for l := range strings.Lines(source) {
		if strings.TrimSpace(l) == "" {
			n = 0
			continue
		}
		n += strings.Count(l, "]")
		most = max(most, n)
	}
	return most
}

// frontMatter splits off the block of metadata between "---" lines at the
// beginning, and returns the title that it names.
func frontMatter(source string) (title, body string) {
	first, rest, found := strings.Cut(source, "\n")
	if !found || strings.TrimSpace(first) != "---" {
		return "", source
	}
	for rest != "" {
		var l string
		l, rest, _ = strings.Cut(rest, "\n")
		l = strings.TrimRight(l, "\r")
		if t := strings.TrimSpace(l); t == "---" || t == "..." {
			return title, rest
		}
		if value, found := strings.CutPrefix(l, "title:"); found {
			title = unquote(strings.TrimSpace(value))
		}
	}
	return "", source // a rule, not the beginning of metadata
}

// unquote takes the quotes from a YAML scalar on one line.
func unquote(s string) string {
	for _, q := range []string{`"`, `'`} {
		if len(s) >= 2 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			s = s[1 : len(s)-1]
			if q == `'` {
				return strings.ReplaceAll(s, "''", "'")
			}
			return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s)
		}
	}
	return s
}

// titleHeading returns the heading that is the title of the document: the only
// one of level 1, if nothing but it begins the text.
func (m *markdown) titleHeading(root ast.Node) ast.Node {
	var title ast.Node
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			if title != nil {
				return nil
			}
			title = n
		} else if title == nil && n.Kind() != ast.KindHTMLBlock && n.Kind() != ast.KindThematicBreak {
			return nil
		}
	}
	return title
}

// blocks adds what stands under n. kind is that of its paragraphs.
func (m *markdown) blocks(n ast.Node, kind document.BlockKind) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c == m.skip {
			continue
		}
		switch c := c.(type) {
		case *ast.Heading:
			m.out.add(document.Heading, c.Level, collapse(m.inline(c)))
		case *ast.Paragraph, *ast.TextBlock:
			m.paragraph(c, kind)
		case *ast.List:
			m.list(c, kind)
		case *ast.Blockquote:
			m.blocks(c, document.Quotation)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			m.out.add(document.Aside, 0, m.raw(c))
		case *east.Table:
			m.table(c)
		case *east.FootnoteList:
			m.blocks(c, document.Aside)
		case *east.Footnote:
			m.out.add(document.Aside, 0, collapse(m.flatten(c)))
		}
	}
}

// paragraph adds a paragraph, or the heading that a short bold one stands for.
func (m *markdown) paragraph(n ast.Node, kind document.BlockKind) {
	s := collapse(m.inline(n))
	if e, ok := n.FirstChild().(*ast.Emphasis); ok && e.Level == 2 && e.NextSibling() == nil && n.NextSibling() != nil && boldHeading(s) && kind == document.Paragraph {
		m.out.addBold(s)
		return
	}
	m.out.add(kind, 0, s)
}

// boldHeading reports whether a paragraph that is bold all through is short
// enough, and ends as, a heading.
func boldHeading(s string) bool {
	l := lookAt(s)
	return l.words <= maxHeadingWords && l.chars <= maxHeadingChars && (l.end == signs.NoEnding || l.end == signs.Question && l.words <= 11)
}

// list adds the items of a list. The first paragraph of an item is the item;
// what follows in it stands by itself.
func (m *markdown) list(n *ast.List, kind document.BlockKind) {
	m.out.openList()
	defer m.out.closeList()
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		first := item.FirstChild()
		if first == nil {
			continue
		}
		if first.Kind() == ast.KindParagraph || first.Kind() == ast.KindTextBlock {
			m.out.addItem(collapse(m.inline(first)))
			item.RemoveChild(item, first)
		}
		m.blocks(item, kind)
	}
}

// table adds a table as one aside, a row a line.
func (m *markdown) table(n ast.Node) {
	var rows []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, collapse(m.inline(cell)))
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	m.out.add(document.Aside, 0, strings.Join(rows, "\n"))
}

// raw returns the lines of a code block.
func (m *markdown) raw(n ast.Node) string {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		b.Write(seg.Value(m.source))
	}
	return b.String()
}

// flatten returns the text of all paragraphs under n.
func (m *markdown) flatten(n ast.Node) string {
	var parts []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		parts = append(parts, m.inline(c))
	}
	return strings.Join(parts, " ")
}

// inline returns the readable text under n.
func (m *markdown) inline(n ast.Node) string {
	var b strings.Builder
	m.writeInline(&b, n, false)
	return b.String()
}

// writeInline writes the readable text under n. Inside a code span nothing is
// an escape.
func (m *markdown) writeInline(b *strings.Builder, n ast.Node, code bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := string(c.Segment.Value(m.source))
			if !code && !c.IsRaw() {
				s = unescape(s)
			}
			b.WriteString(s)
			switch {
			case c.HardLineBreak():
				b.WriteRune(hardBreak)
			case c.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(m.source))
		case *ast.CodeSpan:
			m.writeInline(b, c, true)
		case *ast.RawHTML:
			m.writeBreak(b, c)
		case *ast.Image, *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
		default:
			m.writeInline(b, c, code)
		}
	}
}

// writeBreak writes a line break for a <br> tag; other tags leave nothing.
func (m *markdown) writeBreak(b *strings.Builder, n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	seg := n.Segments.At(0)
	if strings.HasPrefix(strings.ToLower(string(seg.Value(m.source))), "<br") {
		b.WriteRune(hardBreak)
	}
}

// escapable are the signs that a backslash makes plain in CommonMark.
const escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// unescape resolves backslashes and character references.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	plain := 0 // where the part begins that may hold character references
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '\\' && strings.IndexByte(escapable, s[i+1]) >= 0 {
			b.WriteString(html.UnescapeString(s[plain:i]))
			b.WriteByte(s[i+1])
			i++
			plain = i + 1
		}
	}
	b.WriteString(html.UnescapeString(s[plain:]))
	return b.String()
}
