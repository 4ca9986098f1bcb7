package pdf

import (
	"testing"

	"github.com/argmap/argmap/internal/signs"
)

func TestKeepsHyphen(t *testing.T) {
	file := []string{"the", "well-known", "harbour", "and", "its", "cooperation", "cooperation", "co-operation", "a", "reelection", "re-election", "re-election", "governmental", "high", "tide"}
	v := &vocabulary{counts: make(map[string]int), stems: make(map[string]int)}
	for _, w := range file {
		v.add(w)
	}
	for _, c := range []struct {
		first, second string
		keeps         bool
	}{
		{"well-", "known", true},       // stands in the file
		{"co-", "operation", false},    // the joined form is commoner
		{"re-", "election", true},      // the other is
		{"govern-", "ments", false},    // another form of the word stands there
		{"under-", "standing", false},  // nothing speaks for it
		{"Anglo-", "Saxon", true},      // before a capital
		{"COVID-", "19", true},         // before a figure
		{"20-", "year", true},          // after one
		{"state-of-", "the-art", true}, // a second hyphen
		{"self-", "taught", true},      // a part that always keeps it
		{"evidence-", "based", true},   // so at the end
		{"high-", "tide", true},        // a part that keeps it beside a word
		{"high-", "light", false},      // and not else
		{"so-", "cial", false},
		{"re-", "examined", true}, // between two e
		{"de-", "veloped", false}, // and not before other letters
		{"price-", "centric", true},
		{"“far-", "reaching”", false},
	} {
		if got := v.keepsHyphen(c.first, c.second); got != c.keeps {
			t.Errorf("%s/%s: keeps its hyphen: %v", c.first, c.second, got)
		}
	}
}

func TestRaisedMark(t *testing.T) {
	notes := map[string]bool{"2": true, "3": true, "a": true}
	for _, c := range []struct {
		before, text string
		is           bool
	}{
		{"believed", "1", true}, {"believed.”", "12", true}, {"town", "2,3", true}, {"town", "*", true}, {"town", "a", true},
		{"10", "2", false}, {"km", "2", false}, {"x", "2", false}, {"1", "st", false}, {"2023", "2", true}, {"2023", "9", false}, {"town", "b", false},
		{"believed", "TM", false}, {"believed", "1, 2", true}, {"mol", "-1", false}, {"χ", "2", false}, {"(km", "3", false}, {"it", "2", true},
	} {
		if got := raisedMark(c.before, c.text, notes); got != c.is {
			t.Errorf("%s^%s: %v", c.before, c.text, got)
		}
	}
}

func TestSensibleTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Keep the  Hall\x00":             "Keep the Hall",
		"Microsoft Word - brief v3.docx": "",
		"brief_final_2.indd":             "",
		"untitled":                       "",
		"untitled document":              "",
		"/home/ann/brief":                "",
		"2024":                           "",
		"Report 2024":                    "Report 2024",
		"Wells":                          "Wells",
		"tb0123":                         "",
		"Printing and the reformation":   "Printing and the reformation",
	} {
		if got := sensibleTitle(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEnded(t *testing.T) {
	for in, want := range map[string]bool{
		"It is late.": true, "“Is it?”": true, "he said (in May).": true, "four steps:": true, "It was so.1": false, "It was so.¹": true,
		"It was so.[1]": true, "the town (see vol.": false, "in Roe v.": false, "at 5 p.m.": true, "He said no.": true, "in the U.S.”": true, "and so,": false,
		"said Chief R. T.": false, "by Mrs.": false, "in vitamin": false, "well-": false, "They won!*": true, "": false,
	} {
		if got := ended(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestIsMark(t *testing.T) {
	for in, want := range map[string]bool{
		"•": true, "o": true, "–": true, "1.": true, "(iv)": true, "[2]": true, "B)": true,
		"": false, "••": false, "1": false, "ill.": false, "2019.": false, "(1.": false,
	} {
		if got := isMark(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestNoteMark(t *testing.T) {
	for in, want := range map[string]signs.Mark{
		"3": signs.Figure, "(3)": signs.Figure, "[12]": signs.Figure, "3.": signs.Figure, "*": signs.Sign, "††": signs.Sign, "b": signs.Letter, "b)": signs.Letter,
		"": signs.NoMark, "1999": signs.NoMark, "(b)": signs.NoMark, "3..": signs.NoMark, "*)": signs.NoMark, "3a": signs.NoMark, "B": signs.NoMark,
	} {
		if got := noteMark(in); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
	for in, want := range map[string]string{"12The": "12", "3“The": "3", "12the": "", "2A": "", "The": "", "1999The": "", "12": ""} {
		if got := stuckMark(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCaption(t *testing.T) {
	for in, want := range map[string]bool{
		"Figure 2. Exports": true, "Figure 2": true, "Map. The coast": true, "Sources: the council": true, "Source – WHO": true, "Photos by Ann Orme": true, "Image © Orme": true,
		"Figure 2 shows a fall": false, "Sources say so": false, "Pictures of it": false, "": false, "Photo": false,
	} {
		if got := caption(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestTocLine(t *testing.T) {
	for in, want := range map[string]bool{
		"The harbour ........ 12": true, "The harbour . . . . . xii": true, "The harbour.....7": true, "Mill ....3": true,
		"The harbour ... 12": false, "The harbour ........": false, "It grew by 12": false, "": false, "Well .... no": false,
	} {
		if got := tocLine(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

// "p. 7" was taken for words until the words beside page numbers were looked at
// one by one.
func TestBare(t *testing.T) {
	for in, want := range map[string]bool{"7": true, "Page 7 of 12": true, "xii": true, "p. 7": true, "Seite 7": true, "The Journal 7": false, "page": false} {
		var e edgeRow
		e.read(in, 1)
		if got := e.bare(); got != want {
			t.Errorf("%q: %v, sign %q", in, got, e.sign)
		}
	}
}
