package pdf

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"
)

// Sentences to fill columns with.
const (
	boats = "The boats that leave the upper quay in the morning carry milk and letters, and those that come back in the evening carry whoever " +
		"has been to the market. Nobody has ever counted the passengers, because nobody has ever been asked to pay."
	wells = "Most wells on the ridge were dug before the road was built. Some of them are still in use, though the water has sunk by nine metres " +
		"since the year of the great frost, and the pumps that were put in later have been sold."
	rooms = "A hall with forty chairs is not a luxury in a village of two hundred people. It is the one place where they can disagree without " +
		"shouting over a fence, and it costs less to heat than the three offices that the council rents in town."
	votes = "When the council votes in May it should therefore keep the hall, sell the smallest of the offices and put what is saved into the " +
		"roof, which has let in the rain since the second week of November."
)

// layoutCases are pages and what they say.
var layoutCases = []struct {
	name string
	draw func(s *sheetPDF)
	want string
}{
	{"indented paragraphs", func(s *sheetPDF) {
		y := 100.0
		for _, p := range []string{boats, wells, rooms, votes} {
			y = s.fill(80, y, 300, 12, 14, p)
		}
	}, "paragraph: " + boats + "\nparagraph: " + wells + "\nparagraph: " + rooms + "\nparagraph: " + votes},

	{"headings that look like the text", func(s *sheetPDF) {
		y := s.fill(80, 100, 300, 12, 0, "It is so.")
		y = s.fill(80, y, 300, 12, 0, "What the Wells Are Worth to Us Now")
		s.rows(80, y, 12,
			"Most wells on the ridge were dug before the road was built, and", "nobody has counted them since then, or asked whose they are.",
			"Conclusion: Halls Before Offices", "A hall with forty chairs is not a luxury in a village of this size,",
			"and nobody says so.")
	}, "paragraph: It is so.\nparagraph: What the Wells Are Worth to Us Now\n" +
		"paragraph: Most wells on the ridge were dug before the road was built, and nobody has counted them since then, or asked whose they are.\n" +
		"paragraph: Conclusion: Halls Before Offices\n" +
		"paragraph: A hall with forty chairs is not a luxury in a village of this size, and nobody says so."},

	{"spaced paragraphs", func(s *sheetPDF) {
		y := 100.0
		for _, p := range []string{boats, wells, rooms} {
			y = s.fill(80, y, 300, 12, 0, p) + 8
		}
	}, "paragraph: " + boats + "\nparagraph: " + wells + "\nparagraph: " + rooms},

	{"two columns under a title over both", func(s *sheetPDF) {
		s.face("B", 20)
		s.line(80, 90, "What the Village Owns and What It Owes")
		s.face("", 10)
		y := s.fill(80, 130, 200, 12, 0, boats)
		s.fill(80, y, 200, 12, 12, wells)
		y = s.fill(300, 130, 200, 12, 12, rooms)
		s.fill(300, y, 200, 12, 12, votes)
	}, "title: What the Village Owns and What It Owes\nparagraph: " + boats + "\nparagraph: " + wells + "\nparagraph: " + rooms + "\nparagraph: " + votes},

	{"columns drawn line by line, in turns", func(s *sheetPDF) {
		left := []string{"The ferry was late for the", "third time in a week, and", "the mayor said that it was", "not his business to know", "why that should be."}
		right := []string{"The harbour master thinks", "that it is. He has written", "to the county, and has not", "had an answer, which is an", "answer of its own."}
		for i := range left {
			s.line(80, 100+12*float64(i), left[i])
			s.line(215, 100+12*float64(i), right[i])
		}
	}, "paragraph: The ferry was late for the third time in a week, and the mayor said that it was not his business to know why that should be.\n" +
		"paragraph: The harbour master thinks that it is. He has written to the county, and has not had an answer, which is an answer of its own."},

	{"a paragraph over columns and a quotation pulled out", func(s *sheetPDF) {
		words := strings.Fields(boats + " " + wells + " " + rooms + " " + votes)
		half := len(words) / 2
		s.shape(12, strings.Join(words[:half], " "), 100, func(y float64) (x, width float64) {
			if y > 120 && y < 200 {
				return 60, 140
			}
			return 60, 220
		})
		s.face("I", 15)
		s.rows(215, 137, 20, "“Nobody has ever", "been asked to pay", "for any of this.”")
		s.face("", 10)
		s.shape(12, strings.Join(words[half:], " "), 100, func(y float64) (x, width float64) {
			if y > 120 && y < 200 {
				return 360, 140
			}
			return 300, 200
		})
	}, "paragraph: " + boats + " " + wells + " " + rooms + " " + votes + "\npull: “Nobody has ever been asked to pay for any of this.”"},

	{"a word broken at the end of a line", func(s *sheetPDF) {
		s.rows(80, 100, 12,
			"It is a well-known fact that the govern-", "ment of the day governs by day. A self-", "taught pilot knows the long-", "term risks, and the anti-",
			"quated rules of the harbour, better than a", "well-", "known judge. Under-", "standing takes time, and every term is long.")
	}, "paragraph: It is a well-known fact that the government of the day governs by day. A self-taught pilot knows the long-term risks, and the " +
		"antiquated rules of the harbour, better than a well-known judge. Understanding takes time, and every term is long."},

	{"notes at the foot", func(s *sheetPDF) {
		s.fill(80, 100, 320, 12, 0, boats)
		s.line(80, 140, "The council has said so twice,")
		s.raised(80+s.GetStringWidth("The council has said so twice,"), 140, "1")
		s.line(400-s.GetStringWidth("and it was not believed by anyone in town."), 140, "and it was not believed by anyone in town.")
		s.line(80, 152, "It owns 3 km")
		s.raised(80+s.GetStringWidth("It owns 3 km"), 152, "2")
		s.line(80+s.GetStringWidth("It owns 3 km2"), 152, "of forest, too, or so its treasurer said in June.")
		s.raised(80+s.GetStringWidth("It owns 3 km2of forest, too, or so its treasurer said in June."), 152, "2")
		s.Line(80, 700, 180, 700)
		s.raised(80, 711, "1")
		s.face("", 8)
		s.line(84, 711, "Minutes of the council for March, page 3.")
		s.line(80, 720, "2 Another note, with a number that is not raised.")
	}, "paragraph: " + boats + "\nparagraph: The council has said so twice, and it was not believed by anyone in town. It owns 3 km² of forest, too, or so its treasurer said in June.\n" +
		"note: Minutes of the council for March, page 3.\nnote: Another note, with a number that is not raised."},

	{"lists", func(s *sheetPDF) {
		y := s.fill(80, 100, 300, 12, 0, "The council should do four things before the winter comes:")
		s.line(90, y, "1.")
		y = s.fill(105, y, 275, 12, 0, "Mend the roof of the hall, and mend it in a way that lasts longer than the last time it was mended.")
		s.line(90, y, "2.")
		y = s.fill(105, y, 275, 12, 0, "Sell an office.")
		s.line(110, y, "•")
		y = s.fill(122, y, 258, 12, 0, "The smallest one, because nobody would miss it.")
		s.line(110, y, "•")
		y = s.fill(122, y, 258, 12, 0, "Not the one with the stove.")
		s.line(90, y, "3.")
		y = s.fill(105, y, 275, 12, 0, "Buy wood.")
		y += 6
		s.fill(80, y, 300, 12, 0, "None of them is hard to do, and all of them together cost less than one of the speeches that were made about them in June.")
	}, "paragraph: The council should do four things before the winter comes:\n" +
		"item 1: Mend the roof of the hall, and mend it in a way that lasts longer than the last time it was mended.\nitem 1: Sell an office.\n" +
		"item 2: The smallest one, because nobody would miss it.\nitem 2: Not the one with the stove.\nitem 1: Buy wood.\n" +
		"paragraph: None of them is hard to do, and all of them together cost less than one of the speeches that were made about them in June."},

	{"headings", func(s *sheetPDF) {
		s.face("B", 22)
		s.line(80, 90, "Keep the Hall")
		y := 130.0
		for i, h := range []string{"The case", "The cost", "The vote"} {
			s.face("B", 14)
			s.line(80, y, h)
			s.face("", 10)
			y = s.fill(80, y+18, 300, 12, 0, []string{boats, rooms, votes}[i]) + 8
			if i == 1 {
				s.face("B", 10)
				s.line(80, y, "Heating")
				s.face("", 10)
				y = s.fill(80, y+14, 300, 12, 0, wells) + 8
			}
		}
	}, "title: Keep the Hall\nheading 1: The case\nparagraph: " + boats + "\nheading 1: The cost\nparagraph: " + rooms + "\nheading 2: Heating\nparagraph: " + wells +
		"\nheading 1: The vote\nparagraph: " + votes},

	{"a table and its caption", func(s *sheetPDF) {
		y := s.fill(80, 100, 320, 12, 0, boats) + 10
		s.face("B", 9)
		s.line(80, y, "Table 1. Wells by depth")
		s.face("", 9)
		for i, r := range [][]string{{"Village", "1990", "2020"}, {"Upper Ridge", "14", "9"}, {"Lower Ridge", "22", "17"}, {"Ford", "8", "8"}} {
			for k, c := range r {
				s.line(100+90*float64(k), y+16+12*float64(i), c)
			}
		}
		s.face("", 10)
		s.fill(80, y+80, 320, 12, 0, wells)
	}, "paragraph: " + boats + "\ncaption: Table 1. Wells by depth\ntable: Village | 1990 | 2020\nUpper Ridge | 14 | 9\nLower Ridge | 22 | 17\nFord | 8 | 8\nparagraph: " + wells},

	{"a frame beside the text", func(s *sheetPDF) {
		s.SetFillColor(220, 230, 240)
		s.Rect(330, 90, 180, 90, "F")
		s.face("B", 10)
		s.line(340, 106, "In brief")
		s.face("", 9)
		s.fill(340, 120, 160, 11, 0, "The hall costs less than the offices. The council should keep it, and say so before the vote in May.")
		s.face("", 10)
		s.fill(80, 100, 235, 12, 0, boats+" "+rooms)
	}, "paragraph: " + boats + " " + rooms + "\nheading 1: In brief\n" +
		"paragraph: The hall costs less than the offices. The council should keep it, and say so before the vote in May."},

	{"turned and outside", func(s *sheetPDF) {
		s.TransformBegin()
		s.TransformRotate(90, 40, 500)
		s.line(40, 500, "stamped on 14 May by the library of the county")
		s.TransformEnd()
		s.TransformBegin()
		s.TransformRotate(45, 200, 300)
		s.face("B", 60)
		s.line(150, 300, "DRAFT")
		s.TransformEnd()
		s.face("", 10)
		s.line(80, 900, "Nobody sees this line, which stands below the page.")
		s.fill(80, 100, 300, 12, 0, boats)
	}, "paragraph: " + boats},

	{"an initial over two lines", func(s *sheetPDF) {
		s.face("", 34)
		s.line(80, 117, "T")
		s.face("", 10)
		y := s.rows(104, 101, 14, "hose who own a boat are asked to row, and those who do not")
		y = s.rows(104, y, 14, "are asked to sit still. The village has lived by this rule for as")
		s.rows(80, y, 14, "long as there have been boats, and nobody has found a better one since then.")
	}, "paragraph: Those who own a boat are asked to row, and those who do not are asked to sit still. The village has lived by this rule for as long " +
		"as there have been boats, and nobody has found a better one since then."},

	{"a byline over two columns", func(s *sheetPDF) {
		s.face("B", 20)
		s.line(80, 80, "Milk and Letters")
		s.face("", 9.6)
		s.line(80, 110, "By Ada Quill and Petra Holm, who have written about the quay for years")
		s.face("", 10)
		s.fill(80, 140, 200, 12, 0, boats)
		s.fill(300, 140, 200, 12, 0, wells)
	}, "title: Milk and Letters\nparagraph: By Ada Quill and Petra Holm, who have written about the quay for years\nparagraph: " + boats + "\nparagraph: " + wells},

	{"two lists side by side", func(s *sheetPDF) {
		y := s.fill(80, 100, 420, 12, 0, boats) + 10
		for i, r := range [][2]string{
			{"• Sixty workers come home on", "• Nineteen patients were flown"}, {"it", "out"},
			{"• The home would lose its nurses", "• A flight costs a month of"}, {"soon", "boats"},
		} {
			for k, c := range r {
				indent := 0.0
				if !strings.HasPrefix(c, "•") {
					indent = 7
				}
				s.line(80+220*float64(k)+indent, y+12*float64(i), c)
			}
		}
		s.fill(80, y+60, 420, 12, 0, wells)
	}, "paragraph: " + boats + "\nitem 1: Sixty workers come home on it\nitem 1: The home would lose its nurses soon\n" +
		"item 1: Nineteen patients were flown out\nitem 1: A flight costs a month of boats\nparagraph: " + wells},

	{"two articles, the second under a rule", func(s *sheetPDF) {
		s.face("B", 24)
		s.line(60, 80, "Milk and Letters")
		s.face("", 10)
		for i, p := range []string{boats, wells, rooms} {
			s.fill(60+165*float64(i), 100, 150, 12, 0, p)
		}
		s.Line(60, 290, 540, 290)
		s.face("B", 20)
		s.line(60, 315, "Wells Without Water on the Ridge")
		s.face("", 10)
		for i, p := range []string{wells, votes, boats} {
			s.fill(60+165*float64(i), 340, 150, 12, 0, p)
		}
	}, "title: Milk and Letters\nparagraph: " + boats + "\nparagraph: " + wells + "\nparagraph: " + rooms + "\nheading 1: Wells Without Water on the Ridge\n" +
		"paragraph: " + wells + "\nparagraph: " + votes + "\nparagraph: " + boats},

	{"a frame above the text, and one beside it", func(s *sheetPDF) {
		s.SetFillColor(220, 230, 240)
		s.Rect(80, 60, 430, 64, "F")
		s.face("B", 10)
		s.line(90, 76, "Summary")
		s.face("", 10)
		s.fill(90, 92, 400, 12, 0, "The hall costs less than the offices do. The council should keep it, say so before the vote in May, and put what it saves into the roof.")
		s.Rect(330, 150, 180, 70, "F")
		s.face("", 9)
		s.fill(340, 168, 160, 11, 0, "A stove burns nine loads of wood in a winter. The offices have three of them, and the hall has one.")
		s.face("", 10)
		y := s.fill(80, 160, 235, 12, 0, boats) + 12
		s.fill(80, y, 430, 12, 0, wells)
	}, "heading 1: Summary\nparagraph: The hall costs less than the offices do. The council should keep it, say so before the vote in May, and put what it saves into the roof.\n" +
		"paragraph: " + boats + "\nparagraph: " + wells + "\nparagraph: A stove burns nine loads of wood in a winter. The offices have three of them, and the hall has one."},

	{"a title in two lines, the first a question", func(s *sheetPDF) {
		s.face("B", 18)
		for i, l := range []string{"Does the Hall Matter?", "Rooms and Quarrels in Small Villages of the Ridge"} {
			s.line(297-s.GetStringWidth(l)/2, 90+22*float64(i), l)
		}
		s.face("", 10)
		s.fill(80, 150, 434, 12, 0, boats)
	}, "title: Does the Hall Matter? Rooms and Quarrels in Small Villages of the Ridge\nparagraph: " + boats},

	{"indented paragraphs on a picture of the page", func(s *sheetPDF) {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
			panic(err)
		}
		s.RegisterImageOptionsReader("page", fpdf.ImageOptions{ImageType: "png"}, &b)
		s.ImageOptions("page", 0, 0, 595, 842, false, fpdf.ImageOptions{}, 0, "")
		y := 100.0
		for _, p := range []string{boats, rooms} {
			y = s.shapeFull(80, y, 300, 12, p)
		}
		s.fill(80, y, 300, 12, 14, votes)
	}, "paragraph: " + boats + " " + rooms + "\nparagraph: " + votes},

	{"a quotation set in", func(s *sheetPDF) {
		y := s.fill(80, 100, 320, 12, 0, boats) + 6
		y = s.fill(110, y, 260, 12, 0, "We have paid for the quay three times over, and we would pay again if somebody asked us in the right tone of voice.") + 6
		s.fill(80, y, 320, 12, 0, wells)
	}, "paragraph: " + boats + "\nquotation: We have paid for the quay three times over, and we would pay again if somebody asked us in the right tone of voice.\nparagraph: " + wells},
}

func TestLayout(t *testing.T) {
	for _, c := range layoutCases {
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
