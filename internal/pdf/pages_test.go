package pdf

import (
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"
)

// pagesCases are files of several pages, and files made of more than words.
var pagesCases = []struct {
	name string
	draw func(s *sheetPDF)
	want string
}{
	{"running heads, odd and even, and page numbers", func(s *sheetPDF) {
		s.face("B", 18)
		s.line(80, 90, "Four Answers")
		for i, p := range []string{boats, wells, rooms, votes} {
			if i > 0 {
				s.AddPage()
				s.face("I", 9)
				if i%2 == 0 {
					s.line(80, 60, fmt.Sprintf("%d      A. Author", i+11))
				} else {
					s.line(350, 60, fmt.Sprintf("Four Answers      %d", i+11))
				}
			}
			s.face("", 10)
			s.fill(80, 130, 320, 12, 0, p)
			s.line(290, 800, fmt.Sprint(i+1))
		}
	}, "title: Four Answers\nparagraph: " + boats + "\nparagraph p2: " + wells + "\nparagraph p3: " + rooms + "\nparagraph p4: " + votes},

	{"heads that change with the section", func(s *sheetPDF) {
		for i, p := range []string{boats, wells, rooms, votes} {
			if i > 0 {
				s.AddPage()
			}
			s.face("I", 8)
			s.line(80, 60, []string{"Of boats", "Of wells", "Of rooms", "Of votes"}[i])
			s.face("", 10)
			s.fill(80, 100, 320, 12, 0, p)
			s.face("", 8)
			s.line(80, 790, fmt.Sprintf("The County Papers | page %d of 4", i+1))
		}
	}, "paragraph: " + boats + "\nparagraph p2: " + wells + "\nparagraph p3: " + rooms + "\nparagraph p4: " + votes},

	{"a sentence over a page, with a note and a picture between", func(s *sheetPDF) {
		words := strings.Fields(boats + " " + wells)
		s.face("", 10)
		s.shapeFull(80, 640, 320, 12, strings.Join(words[:60], " "))
		s.Line(80, 740, 180, 740)
		s.face("", 8)
		s.line(80, 752, "1 A note at the foot of the first page.")
		s.AddPage()
		s.SetFillColor(200, 200, 200)
		s.Rect(80, 60, 320, 120, "F")
		s.face("", 8)
		s.line(80, 196, "Figure 1. A well on the ridge.")
		s.face("", 10)
		s.fill(80, 230, 320, 12, 0, strings.Join(words[60:], " "))
	}, "paragraph p1 p2: " + boats + " " + wells + "\nnote: A note at the foot of the first page.\ncaption p2: Figure 1. A well on the ridge."},

	{"a word over a page", func(s *sheetPDF) {
		s.fill(80, 100, 320, 12, 0, boats)
		s.rows(80, 780, 12, "What the county has to do next is to make up its mind about the main-")
		s.AddPage()
		s.fill(80, 100, 320, 12, 0, "tenance of the quay, for which nobody has paid since the year of the flood.")
	}, "paragraph: " + boats + "\nparagraph p1 p2: What the county has to do next is to make up its mind about the maintenance of the quay, for which nobody has paid since the year of the flood."},

	{"the same on every page is no running head", func(s *sheetPDF) {
		for i := range 3 {
			if i > 0 {
				s.AddPage()
			}
			s.fill(80, 100, 320, 12, 0, boats)
		}
	}, "paragraph: " + boats + "\nparagraph p2: " + boats + "\nparagraph p3: " + boats},

	{"a note that goes on overleaf", func(s *sheetPDF) {
		s.fill(80, 600, 320, 12, 0, boats)
		s.Line(80, 700, 180, 700)
		s.face("", 8)
		s.fill(80, 712, 320, 9, 0, "1 The council had asked for the books of three years, and it was given those of one, which it read with more care than")
		s.AddPage()
		s.face("", 10)
		s.fill(80, 100, 320, 12, 0, wells)
		s.Line(80, 700, 180, 700)
		s.face("", 8)
		s.line(80, 712, "anybody had read them before.")
		s.line(80, 721, "2 Another note.")
	}, "paragraph: " + boats + "\nnote p1 p2: The council had asked for the books of three years, and it was given those of one, which it read with more care than anybody had read them before." +
		"\nparagraph p2: " + wells + "\nnote p2: Another note."},

	{"notes that count as the pages do", func(s *sheetPDF) {
		for i, p := range []string{boats, wells, rooms} {
			if i > 0 {
				s.AddPage()
			}
			s.face("", 10)
			s.fill(80, 100, 320, 12, 0, p)
			s.Line(80, 740, 180, 740)
			s.face("", 8)
			s.line(80, 752, fmt.Sprintf("%d. %s", i+1, []string{"Minutes of the council for March, page 3.", "The treasurer said so in June.", "A hall of this size burns nine loads of wood."}[i]))
			s.line(290, 800, fmt.Sprintf("The County Papers | %d", i+1))
		}
	}, "paragraph: " + boats + "\nnote: Minutes of the council for March, page 3.\nparagraph p2: " + wells + "\nnote p2: The treasurer said so in June.\n" +
		"paragraph p3: " + rooms + "\nnote p3: A hall of this size burns nine loads of wood."},

	{"chapters of one page, and slides", func(s *sheetPDF) {
		for i, p := range []string{boats, wells, rooms, votes} {
			if i > 0 {
				s.AddPage()
			}
			s.face("I", 8)
			s.line(290, 40, "The County Papers")
			s.face("B", 18)
			s.line(80, 80, fmt.Sprintf("%d %s", i+1, []string{"Boats", "Wells", "Rooms", "Votes"}[i]))
			s.face("", 10)
			s.fill(80, 110, 320, 12, 0, p)
			s.line(290, 800, fmt.Sprint(i+1))
		}
	}, "heading 1: 1 Boats\nparagraph: " + boats + "\nheading 1 p2: 2 Wells\nparagraph p2: " + wells +
		"\nheading 1 p3: 3 Rooms\nparagraph p3: " + rooms + "\nheading 1 p4: 4 Votes\nparagraph p4: " + votes},

	{"an item without a stop ends the page", func(s *sheetPDF) {
		s.fill(80, 640, 320, 12, 0, boats)
		for i, l := range []string{"Sell the smallest of the offices to the baker, who has asked for it", "Mend the roof of the hall before the rain comes in on the choir again"} {
			s.line(80, 700+12*float64(i), "•")
			s.line(92, 700+12*float64(i), l)
		}
		s.AddPage()
		s.fill(80, 100, 320, 12, 0, wells)
	}, "paragraph: " + boats + "\nitem 1: Sell the smallest of the offices to the baker, who has asked for it\n" +
		"item 1: Mend the roof of the hall before the rain comes in on the choir again\nparagraph p2: " + wells},

	{"a running head on the second of two pages", func(s *sheetPDF) {
		words := strings.Fields(boats + " " + wells)
		s.shapeFull(80, 640, 320, 12, strings.Join(words[:60], " "))
		s.AddPage()
		s.face("I", 10)
		s.line(80, 60, "Papers of the Ridge")
		s.line(340, 60, "Vol. 8, No. 2")
		s.Line(80, 64, 400, 64)
		s.face("", 10)
		s.fill(80, 100, 320, 12, 0, strings.Join(words[60:], " "))
	}, "paragraph p1 p2: " + boats + " " + wells},

	{"a page of a book, with its number", func(s *sheetPDF) {
		s.fill(80, 100, 320, 12, 0, boats)
		s.line(290, 800, "142")
	}, "paragraph: " + boats},

	{"ligatures and odd spaces", func(s *sheetPDF) {
		s.AddUTF8FontFromBytes("liberation", "", liberationsansregular.TTF)
		s.SetFont("liberation", "", 10)
		s.Text(80, 100, "The ﬁrst ﬂat oﬃce\u00a0was\u2009ﬁne, and the e\u200bnd of the of\u00adfice was not.")
	}, "paragraph: The first flat office was fine, and the end of the office was not."},

	{"text under the picture of a scan", func(s *sheetPDF) {
		s.SetTextRenderingMode(3)
		y := s.fill(80, 100, 320, 12, 0, boats) + 8
		s.fill(80, y, 320, 12, 0, wells)
	}, "paragraph: " + boats + "\nparagraph: " + wells},

	{"a page on its side", func(s *sheetPDF) {
		s.AddPageFormat("L", fpdf.SizeType{Wd: 595, Ht: 842})
		s.TransformBegin()
		s.TransformRotate(90, 300, 300)
		y := s.fill(60, 150, 320, 12, 0, boats) + 8
		s.fill(60, y, 320, 12, 0, wells)
		s.TransformEnd()
	}, "paragraph p2: " + boats + "\nparagraph p2: " + wells},

	{"Hebrew", func(s *sheetPDF) {
		s.AddUTF8FontFromBytes("liberation", "", liberationsansregular.TTF)
		s.SetFont("liberation", "", 12)
		s.RTL()
		s.SetXY(80, 100)
		s.CellFormat(300, 14, "שלום עולם", "", 0, "R", false, 0, "")
	}, "paragraph: שלום עולם"},

	{"what a browser prints around a page", func(s *sheetPDF) {
		s.face("", 8)
		s.line(30, 25, "5/14/26, 3:12 PM")
		s.line(280, 25, "Keep the Hall")
		s.line(30, 825, "https://example.org/hall/2026")
		s.line(540, 825, "1/1")
		s.face("", 10)
		s.fill(80, 100, 320, 12, 0, boats)
	}, "paragraph: " + boats},

	{"the words are there twice, for weight", func(s *sheetPDF) {
		s.line(80, 100, "Nobody has ever counted the passengers.")
		s.line(80.3, 100, "Nobody has ever counted the passengers.")
	}, "paragraph: Nobody has ever counted the passengers."},

	{"numbered lines", func(s *sheetPDF) {
		y := 100.0
		for i, l := range strings.SplitAfterN(strings.Repeat("The county has its own reasons and will not tell them now,|", 12), "|", 12) {
			s.line(60, y, fmt.Sprint(i+1))
			s.line(80, y, strings.Trim(l, "|"))
			y += 14
		}
	}, "paragraph: " + strings.TrimSuffix(strings.Repeat("The county has its own reasons and will not tell them now, ", 12), " ")},
}

// shapeFull is fill with a full last line.
func (s *sheetPDF) shapeFull(x, y, width, leading float64, text string) float64 {
	words := strings.Fields(text)
	var row []string
	for _, w := range words {
		if s.GetStringWidth(strings.Join(append(row, w), " ")) > width {
			s.stretch(x, y, width, row)
			y += leading
			row = nil
		}
		row = append(row, w)
	}
	s.stretch(x, y, width, row)
	return y + leading
}

// stretch writes words over the width.
func (s *sheetPDF) stretch(x, y, width float64, row []string) {
	room := width - s.GetStringWidth(strings.Join(row, ""))
	for _, w := range row {
		s.line(x, y, w)
		x += s.GetStringWidth(w) + room/float64(max(1, len(row)-1))
	}
}

func TestPages(t *testing.T) {
	for _, c := range pagesCases {
		t.Run(c.name, func(t *testing.T) {
			s := newSheet()
			c.draw(s)
			text, err := Read(t.Context(), s.bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(c.want, "\n"), strings.Split(strings.Join(listed(text.Blocks), "\n"), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
