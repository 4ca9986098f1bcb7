package pdf

import "testing"

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
		{"believed", "TM", false},
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
	} {
		if got := sensibleTitle(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEnded(t *testing.T) {
	for in, want := range map[string]bool{
		"It is late.": true, "“Is it?”": true, "he said (in May).": true, "four steps:": true, "It was so.1": false, "It was so.¹": true,
		"said Chief R. T.": false, "by Mrs.": false, "in vitamin": false, "well-": false, "They won!*": true, "": false,
	} {
		if got := ended(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestRoman(t *testing.T) {
	for in, want := range map[string]int{"i": 1, "iv": 4, "XIX": 19, "xlii": 42, "": 0, "mix": 0, "Iv": 0, "vivid": 0, "civil": 0, "ill": 0, "xc": 90, "iiii": 0} {
		if got := roman(in); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}
