package reader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/reader"
)

// pdfSheet draws pages of lines; a line is set in the type that stands before
// it: "20B|The title". A lone "|" begins a page.
func pdfSheet(t *testing.T, lines string, protect string) []byte {
	t.Helper()
	p := fpdf.New("P", "pt", "A4", "")
	encode := p.UnicodeTranslatorFromDescriptor("")
	if protect != "" {
		p.SetProtection(fpdf.CnProtectPrint, protect, "owner")
	}
	p.AddPage()
	y := 80.0
	for l := range strings.Lines(lines) {
		l = strings.TrimRight(l, "\n")
		if l == "|" {
			p.AddPage()
			y = 80
			continue
		}
		face, text, _ := strings.Cut(l, "|")
		var size, x float64
		style := ""
		fmt.Sscanf(face, "%f@%f%s", &size, &x, &style)
		p.SetFont("Times", style, size)
		p.Text(80+x, y, encode(text))
		y += 1.2 * size
		if text == "" {
			y += 4
		}
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const pdfBrief = `20@0B|Keep the Hall
10@0|
14@0B|The case
10@0|
10@0|A hall with forty chairs is not a luxury in a village of two hundred people. It is
10@0|the one place where they can disagree without shouting over a fence.
10@0|
10@0|The council should therefore do two things before the vote in the month of May:
10@10|•  Sell the smallest of the offices.
10@10|•  Mend the roof.
10@0|
10@0|None of this is hard, and all of it together costs less than the speeches that have
|
10@0|been made about it. Nobody has counted those, because nobody was ever asked to.
10@0|
14@0B|The cost
10@0|
10@0|The offices cost more to heat than the hall does, and fewer people go there for it.
`

func TestPDF(t *testing.T) {
	doc, err := reader.Read(t.Context(), reader.Input{Name: "brief.pdf", Data: pdfSheet(t, pdfBrief, "")})
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Check(); err != nil {
		t.Error(err)
	}
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, fmt.Sprintf("%s p%d: %.30s", b.Kind, doc.Page(b.Start), doc.At(b.Span)))
	}
	want := []string{
		"title p1: Keep the Hall", "heading p1: The case", "paragraph p1: A hall with forty chairs is no",
		"paragraph p1: The council should therefore d", "list-item p1: Sell the smallest of the offic", "list-item p1: Mend the roof.",
		"paragraph p1: None of this is hard, and all ", "heading p2: The cost", "paragraph p2: The offices cost more to heat ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if doc.Title != "Keep the Hall" || doc.MediaType != "application/pdf" || doc.Blocks[4].LeadIn != 3 {
		t.Errorf("title %q, type %s, lead-in %d", doc.Title, doc.MediaType, doc.Blocks[4].LeadIn)
	}
	// The page changes inside a paragraph, at the word that is first there.
	at := strings.Index(doc.Text, "been made")
	if doc.Page(at) != 2 || doc.Page(at-2) != 1 {
		t.Errorf("around the page break: %d, %d", doc.Page(at-2), doc.Page(at))
	}
}

// Without headings in type of their own, headings are known by their words, as
// in plain text.
func TestPDFPlain(t *testing.T) {
	plain := strings.NewReplacer("20@0B", "10@0", "14@0B", "10@0").Replace(pdfBrief)
	doc, err := reader.Read(t.Context(), reader.Input{Name: "-", Data: pdfSheet(t, plain, "")})
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Check(); err != nil {
		t.Error(err)
	}
	kinds := make(map[document.BlockKind]int)
	for _, b := range doc.Blocks {
		kinds[b.Kind]++
	}
	want := map[document.BlockKind]int{document.Title: 1, document.Heading: 2, document.Paragraph: 4, document.ListItem: 2}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
	if at := strings.Index(doc.Text, "The cost"); doc.Page(at) != 2 {
		t.Errorf("page of the last heading: %d", doc.Page(at))
	}
}

func TestPDFErrors(t *testing.T) {
	whole := pdfSheet(t, pdfBrief, "")
	for _, c := range []struct {
		name string
		data []byte
		want error
		says string
	}{
		{"locked", pdfSheet(t, pdfBrief, "secret"), reader.ErrEncrypted, "password"},
		{"broken", whole[:200], reader.ErrBroken, "damaged"},
		{"pictures", pdfSheet(t, "", ""), reader.ErrNoText, "ocrmypdf"},
	} {
		_, err := reader.Read(t.Context(), reader.Input{Name: c.name + ".pdf", Data: c.data})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader.Read(ended, reader.Input{Name: "a.pdf", Data: whole}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
