package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
)

// sheetPDF draws the pages that the tests read. Its unit is the point, and its
// pages are A4.
type sheetPDF struct {
	*fpdf.Fpdf
	encode func(string) string
}

func newSheet() *sheetPDF {
	p := fpdf.New("P", "pt", "A4", "")
	p.SetCompression(false)
	p.SetAutoPageBreak(false, 0)
	s := &sheetPDF{Fpdf: p, encode: p.UnicodeTranslatorFromDescriptor("")}
	s.AddPage()
	s.face("", 10)
	return s
}

// face sets the type: "B", "I" or "" and a size in points.
func (s *sheetPDF) face(style string, size float64) { s.SetFont("Times", style, size) }

// line writes one line at x on the baseline y.
func (s *sheetPDF) line(x, y float64, text string) { s.Text(x, y, s.encode(text)) }

// raised writes a note mark or an exponent beside type of 10 points.
func (s *sheetPDF) raised(x, y float64, text string) {
	s.face("", 6)
	s.line(x, y-3.5, text)
	s.face("", 10)
}

// fill breaks words into justified lines of the width from (x, y) downwards,
// the first set in by indent, and returns the baseline after the last.
func (s *sheetPDF) fill(x, y, width, leading, indent float64, text string) float64 {
	first := y
	return s.shape(leading, text, y, func(y float64) (float64, float64) {
		if y == first {
			return x + indent, width - indent
		}
		return x, width
	})
}

// shape breaks words into justified lines; edges says where the one on the
// baseline y begins and how wide it is.
func (s *sheetPDF) shape(leading float64, text string, y float64, edges func(y float64) (x, width float64)) float64 {
	var row []string
	flush := func(last bool) {
		at, room := edges(y)
		for _, w := range row {
			room -= s.GetStringWidth(s.encode(w))
		}
		gap := s.GetStringWidth(" ")
		if !last && len(row) > 1 {
			gap = room / float64(len(row)-1)
		}
		for _, w := range row {
			s.line(at, y, w)
			at += s.GetStringWidth(s.encode(w)) + gap
		}
		y += leading
		row = nil
	}
	for _, w := range strings.Fields(text) {
		if _, width := edges(y); s.GetStringWidth(s.encode(strings.Join(append(row, w), " "))) > width {
			flush(false)
		}
		row = append(row, w)
	}
	flush(true)
	return y
}

// rows writes lines one under the other, each as given.
func (s *sheetPDF) rows(x, y, leading float64, lines ...string) float64 {
	for _, l := range lines {
		s.line(x, y, l)
		y += leading
	}
	return y
}

// bytes ends the drawing.
func (s *sheetPDF) bytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listed is what blocks say, one a line: kind and level, the pages where they
// are not the first alone, and the text.
func listed(blocks []Block) []string {
	var out []string
	for _, b := range blocks {
		var at strings.Builder
		for _, p := range b.Pages {
			if len(b.Pages) > 1 || p.Page > 1 {
				fmt.Fprintf(&at, " p%d", p.Page)
			}
		}
		level := ""
		if b.Level > 0 {
			level = fmt.Sprint(" ", b.Level)
		}
		out = append(out, fmt.Sprintf("%s%s%s: %s", b.Kind, level, at.String(), b.Text))
	}
	return out
}
