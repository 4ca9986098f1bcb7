package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/pdf"
)

// isPDF reports whether data is a PDF.
func isPDF(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 64)], " \t\r\n\ufeff"), []byte("%PDF-"))
}

// openPDF reads the text of a PDF. Package pdf has made paragraphs, headings and
// items of its lines; where the type marks no heading, the text is read as plain
// text is, which knows headings by their words.
func openPDF(ctx context.Context, doc *document.Document, data []byte) error {
	text, err := pdf.Read(ctx, data)
	if err != nil {
		return pdfError(err)
	}
	blocks := behindLists(text.Blocks)
	if pdfMarked(blocks) {
		promoteTitle(blocks, text.Title)
		buildPDF(doc, blocks)
	} else if err := buildPlainPDF(doc, blocks); err != nil {
		return err
	}
	if doc.Title == "" {
		doc.Title = text.Title
	}
	setPages(doc, blocks)
	return nil
}

// pdfErrors pairs the errors of package pdf with those of this one, and says what
// is wrong where the error itself does not.
var pdfErrors = []struct {
	is, as error
	says   string
}{
	{pdf.ErrEncrypted, ErrEncrypted, "a password is needed"},
	{pdf.ErrDamaged, ErrBroken, "not a sound PDF"},
	{pdf.ErrNoText, ErrNoText, "recognise it first, for example with ocrmypdf"},
	{pdf.ErrTooLarge, ErrTooLarge, "too much for a PDF"},
	{pdf.ErrTooSlow, ErrTooSlow, fmt.Sprintf("more than %g minutes", pdf.MaxTime.Minutes())},
}

// pdfError says in the words of this package what is wrong with a PDF.
func pdfError(err error) error {
	for _, e := range pdfErrors {
		if errors.Is(err, e.is) {
			says := e.says
			if _, detail, found := strings.Cut(err.Error(), e.is.Error()+": "); found {
				says = detail
			}
			return fmt.Errorf("%w: %s", e.as, says)
		}
	}
	return err
}

// promoteTitle makes the title of the file's properties the title of the text
// where it stands among the first words and none is set as one.
func promoteTitle(blocks []pdf.Block, title string) {
	const near = 4 // blocks
	if title == "" || slices.ContainsFunc(blocks, func(b pdf.Block) bool { return b.Kind == pdf.Title }) {
		return
	}
	for i := range blocks[:min(near, len(blocks))] {
		if b := &blocks[i]; strings.EqualFold(collapse(b.Text), title) {
			b.Kind, b.Level = pdf.Title, 0
			return
		}
	}
}

// behindLists puts what interrupts a list behind it: a note at the foot of a page
// between two items.
func behindLists(blocks []pdf.Block) []pdf.Block {
	var out, held []pdf.Block
	list := false // whether the next item would go on with a list
	for _, b := range blocks {
		switch {
		case !pdfArgues(b.Kind) && list:
			held = append(held, b)
			continue
		case b.Kind != pdf.Item:
			out = append(out, held...)
			held = nil
		}
		out = append(out, b)
		list = b.Kind == pdf.Item || b.Kind == pdf.Paragraph && strings.HasSuffix(b.Text, ":")
	}
	return append(out, held...)
}

// pdfArgues reports whether blocks of the kind are part of the text rather than
// beside it.
func pdfArgues(k pdf.Kind) bool {
	switch k {
	case pdf.Note, pdf.Caption, pdf.Table, pdf.Pull:
		return false
	}
	return true
}

// pdfMarked reports whether the type shows headings.
func pdfMarked(blocks []pdf.Block) bool {
	return slices.ContainsFunc(blocks, func(b pdf.Block) bool { return b.Kind == pdf.Heading || b.Kind == pdf.Title })
}

// buildPDF gives doc the blocks.
func buildPDF(doc *document.Document, blocks []pdf.Block) {
	var out builder
	nest := func(level int) {
		for len(out.lists) > level {
			out.closeList()
		}
		for len(out.lists) < level {
			out.openList()
		}
	}
	for _, b := range blocks {
		switch b.Kind {
		case pdf.Item:
			nest(b.Level)
			out.addItem(b.Text)
			continue
		case pdf.Note, pdf.Caption, pdf.Table, pdf.Pull:
			out.add(document.Aside, 0, b.Text)
			continue
		}
		nest(0)
		switch b.Kind {
		case pdf.Title:
			out.add(document.Title, 0, b.Text)
			doc.Title = b.Text
		case pdf.Heading:
			out.add(document.Heading, min(b.Level, maxLevel), b.Text)
		case pdf.Quotation:
			out.add(document.Quotation, 0, b.Text)
		default:
			out.add(document.Paragraph, 0, b.Text)
		}
	}
	out.finish(doc)
}

// buildPlainPDF reads the blocks as a plain text with blank lines between them,
// and bullets before items.
func buildPlainPDF(doc *document.Document, blocks []pdf.Block) error {
	var text strings.Builder
	var inserts []insert
	for i, b := range blocks {
		if !pdfArgues(b.Kind) {
			inserts = append(inserts, insert{text.Len(), b.Text})
			continue
		}
		end := "\n\n"
		if b.Kind == pdf.Item {
			text.WriteString(strings.Repeat("  ", b.Level-1) + "• ")
			if i+1 < len(blocks) && blocks[i+1].Kind == pdf.Item {
				end = "\n"
			}
		}
		text.WriteString(b.Text)
		text.WriteString(end)
	}
	if err := buildText(doc, text.String()); err != nil {
		return err
	}
	weave(doc, inserts)
	return nil
}

// setPages says on which pages the text of doc stands, which has the texts of
// blocks in their order.
func setPages(doc *document.Document, blocks []pdf.Block) {
	at := 0
	for _, b := range blocks {
		text := strings.TrimFunc(b.Text, invisible)
		cut := strings.Index(b.Text, text)
		found := strings.Index(doc.Text[at:], text)
		if text == "" || found < 0 {
			continue
		}
		start := at + found
		at = start + len(text)
		for i, p := range b.Pages {
			s := document.Span{Start: max(start, start+p.Offset-cut), End: at}
			if i+1 < len(b.Pages) {
				s.End = min(at, start+b.Pages[i+1].Offset-cut)
			}
			if s.Len() <= 0 {
				continue
			}
			if n := len(doc.Pages); n > 0 && doc.Pages[n-1].Number == p.Page {
				doc.Pages[n-1].End = s.End
				continue
			}
			doc.Pages = append(doc.Pages, document.Page{Span: s, Number: p.Page})
		}
	}
}
