package reader

import (
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// build gives doc the text and the blocks of o. A document whose writer marked
// nothing, no heading and no list, is read as plain text is.
func (o *office) build(doc *document.Document) error {
	o.settle()
	if !o.typed {
		o.findTitle()
		o.markBoxes()
		o.markEmphasised()
		o.markInset()
	}
	if o.structured() {
		o.markTyped()
		o.buildBlocks(doc)
	} else if err := o.buildPlain(doc); err != nil {
		return err
	}
	if len(doc.Blocks) == 0 && o.pictures {
		return ErrNoText
	}
	if doc.Title == "" && isTitle(o.title) {
		doc.Title = collapse(o.title)
	}
	return nil
}

// settle cuts passages where they look cut, drops those of which nothing can be
// read, and takes their roles from those that are not what their style says.
func (o *office) settle() {
	code, marked := 0, 0
	sizes := make(map[float64]int)
	for i := range o.passages {
		p := &o.passages[i]
		n := len(p.text)
		switch p.role {
		case bodyRole:
			sizes[p.size] += n
			code -= n
			marked += count(p.depth > 0)
		case codeRole:
			code += n
		case titleRole, headingRole:
			marked++
		}
	}
	for size, n := range sizes {
		if best := sizes[o.size]; n > best || n == best && size < o.size {
			o.size = size
		}
	}
	o.typed = code > 0 && marked == 0
	var kept []passage
	for i := 0; i < len(o.passages); i++ {
		p := o.passages[i]
		switch {
		case o.typed && (p.role == codeRole || blank(p.text)):
			p.role, p.text = bodyRole, strings.ReplaceAll(p.text, string(hardBreak), "\n")
			kept = append(kept, p)
			continue
		case p.role == codeRole:
			var lines []string // of which each may be a paragraph
			for ; i < len(o.passages) && o.passages[i].role == codeRole; i++ {
				lines = append(lines, o.passages[i].text)
			}
			i--
			p.role, p.text = asideRole, strings.Join(lines, string(hardBreak))
		}
		kept = p.settle(kept)
	}
	o.passages = kept
}

// settle appends what p is to kept.
func (p passage) settle(kept []passage) []passage {
	switch p.role {
	case contentsRole:
		return kept
	case titleRole, headingRole:
		p.text = collapse(strings.ReplaceAll(p.text, string(hardBreak), " "))
		if role, _ := roleOf(p.text); role == contentsRole {
			return kept // the heading of a table of contents
		}
		l := lookAt(p.text)
		if l.words > maxTitleWords && (l.sentences > 1 || l.end.Stops()) {
			p.role, p.level = bodyRole, 0 // numbered paragraphs of a contract
		}
	case bulletsRole, numbersRole:
		if p.depth == 0 {
			p.depth, p.list, p.ordered = max(1, p.level), "style", p.role == numbersRole
		}
		p.role, p.level = bodyRole, 0
	}
	if p.role != bodyRole {
		p.depth = 0
	}
	parts := []string{p.text}
	if p.role != asideRole {
		parts = cutAtBreaks(p.text)
	}
	for _, s := range parts {
		p.text = collapse(s)
		if p.depth > 0 {
			p.text = strings.TrimLeft(p.text, tickBoxes)
		}
		if !signs.Readable(p.text) {
			continue
		}
		kept = append(kept, p)
		if p.depth > 0 {
			p.depth, p.within = 0, true
		}
	}
	return kept
}

// tickBoxes are what stands before what is to be ticked off.
const tickBoxes = "☐☑☒✓ "

// cutAtBreaks cuts s where two line breaks stand in a row, and at every one where
// the lines are too long to be anything but paragraphs.
func cutAtBreaks(s string) []string {
	var parts []string
	last := 0
	lines := strings.Split(s, string(hardBreak))
	long := utf8.RuneCountInString(s) > maxWrap*len(lines)
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
		if i > 0 && (long || lines[i] == "") {
			parts = append(parts, strings.Join(lines[last:i], string(hardBreak)))
			last = i
		}
	}
	return append(parts, strings.Join(lines[last:], string(hardBreak)))
}

// structured reports whether the writer of o marked what is what.
func (o *office) structured() bool {
	for i := range o.passages {
		p := &o.passages[i]
		if p.depth > 0 || p.role == headingRole || p.role == quotationRole || p.role == subtitleRole {
			return true
		}
	}
	return o.titled || o.first(0) < 0
}
