package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
)

// insert is a passage that stands between those of a plain text: before the byte
// at of it.
type insert struct {
	at   int
	text string
}

// buildPlain reads the paragraphs of o as a plain text with blank lines between,
// or with those that were typed. Tables and notes, which would not be known in
// it, are set between its blocks afterwards.
func (o *office) buildPlain(doc *document.Document) error {
	gap := "\n\n"
	if o.typed {
		gap = "\n"
	}
	var text strings.Builder
	var inserts []insert
	for i := range o.passages {
		p := &o.passages[i]
		if p.role == asideRole {
			inserts = append(inserts, insert{text.Len(), p.text})
		} else {
			text.WriteString(p.text)
			text.WriteString(gap)
		}
	}
	for _, s := range o.notes {
		inserts = append(inserts, insert{text.Len(), s})
	}
	if text.Len() > MaxSize {
		return tooLarge(text.Len(), "of text")
	}
	if err := buildText(doc, text.String()); err != nil {
		return err
	}
	weave(doc, inserts)
	return nil
}

// weave puts the passages into the text of doc as asides, each before the first
// block that begins where it stands or later.
func weave(doc *document.Document, inserts []insert) {
	if len(inserts) == 0 {
		return
	}
	plain := doc.Text
	var text strings.Builder
	blocks := make([]document.Block, 0, len(doc.Blocks)+len(inserts))
	moved := make([]int, len(doc.Blocks)) // the new index of each block
	done := 0                             // bytes of plain that are written
	put := func(upTo int, s string) {
		text.WriteString(plain[done:upTo])
		done = upTo
		start := text.Len()
		text.WriteString(s + "\n\n")
		blocks = append(blocks, document.Block{Kind: document.Aside, Span: document.Span{Start: start, End: start + len(s)}, LeadIn: -1, Section: -1})
	}
	for i, b := range doc.Blocks {
		for len(inserts) > 0 && inserts[0].at <= b.Start {
			put(b.Start, inserts[0].text)
			inserts = inserts[1:]
		}
		shift := text.Len() - done
		b.Start, b.End = b.Start+shift, b.End+shift
		for k := range b.Skip {
			b.Skip[k].Start, b.Skip[k].End = b.Skip[k].Start+shift, b.Skip[k].End+shift
		}
		if b.LeadIn >= 0 {
			b.LeadIn = moved[b.LeadIn]
		}
		moved[i] = len(blocks)
		blocks = append(blocks, b)
	}
	for _, in := range inserts {
		put(len(plain), in.text)
	}
	text.WriteString(plain[done:])
	doc.Text, doc.Blocks = strings.TrimRight(text.String(), "\n"), blocks
}
