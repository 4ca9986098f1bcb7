package signs

import (
	"slices"
	"strings"
	"testing"
)

// In the tables, "pdf:" and "reader:" name the package that went wrong there as
// long as each had rules of its own.

func TestEndOf(t *testing.T) {
	for s, want := range map[string]Ending{
		"It is late.": FullStop, "“Is it?”": Question, "he said (in May).": FullStop, "They won!*": Exclamation, "": NoEnding,
		"It was so.1": NoEnding, "It was so.¹²": FullStop, "four steps:": Colon, "in vitamin": NoEnding, "well-": Dash, "and so...": Ellipsis,
		"It was so.[12]":         FullStop, // pdf: the marks of notes in brackets
		"It was so. [Gallup]":    FullStop, // pdf
		"in a village [Gallup]":  NoEnding,
		"as he said [12]":        NoEnding,
		"‹So it was.›":           FullStop, // reader: quotation marks of one stroke
		"_It was so._":           FullStop, // pdf: emphasis in plain text
		"यह सच है।":              FullStop, // pdf: scripts with stops of their own
		"أين هو؟":                Question, // pdf
		"三つある：":                  Colon,    // pdf
		"Name: ____":             NoEnding,
		"Name:____":              Colon, // pdf: what is to be filled in
		"the harbour; the town;": Semicolon,
	} {
		if got := EndOf(s); got != want {
			t.Errorf("EndOf(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestShortForm(t *testing.T) {
	for word, want := range map[string][2]bool{
		"Mr.": {true}, "“Mrs.": {true}, "St.": {true}, "R.": {true}, "U.S.": {true}, "e.g.": {true}, "Ph.D.": {true}, "etc.": {true, true}, "p.m.": {true, true},
		"town.": {}, "Mr": {}, "": {}, ".": {}, "12.": {}, "1.": {},
		"v.":        {true}, // pdf: initials in small letters
		"Vol.":      {true}, // pdf
		"figs.":     {true}, // pdf: short forms in small letters
		"no.":       {},     // reader: a word, with a capital alone a short form
		"No.":       {true},
		"art.":      {}, // reader
		"3.5.":      {}, // reader: an amount
		"town.org.": {}, // reader: an address
		"U.S.-led.": {}, // reader
	} {
		short, ends := ShortForm(word)
		if got := [2]bool{short, ends}; got != want {
			t.Errorf("ShortForm(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestStartsSmall(t *testing.T) {
	for s, want := range map[string]bool{"so": true, "“so": true, "So": false, "2nd so": false, "½ of so": false, "": false, "…": false} {
		if got := StartsSmall(s); got != want {
			t.Errorf("StartsSmall(%q) = %v", s, got)
		}
	}
}

func TestReadLabel(t *testing.T) {
	for s, want := range map[string]Label{
		"1. Oats":  {Text: "1", Shut: ".", Figure: true, Number: 1},
		"12) Oats": {Text: "12", Shut: ")", Figure: true, Number: 12},
		"(3)":      {Open: "(", Text: "3", Shut: ")", Figure: true, Number: 3},
		"[4] Oats": {Open: "[", Text: "4", Shut: "]", Figure: true, Number: 4},
		"a.":       {Text: "a", Shut: ".", Letter: 1},
		"(i)":      {Open: "(", Text: "i", Shut: ")", Letter: 9, Roman: 1},
		"IV.":      {Text: "IV", Shut: ".", Roman: 4},
		"1.)":      {Text: "1", Shut: ".)", Figure: true, Number: 1}, // reader: as Germans number
		"xxi) ":    {Text: "xxi", Shut: ")", Roman: 21},              // reader: over twenty
		"l.":       {Text: "l", Shut: ".", Letter: 12},
		"(1.":      {}, // pdf: what is opened is shut
		"1]":       {}, // pdf
		"ill.":     {}, // pdf: words of the letters of numbers
		"xxiiv.":   {}, // pdf
		"Iv.":      {}, "CV.": {}, "Mr.": {}, "2019.": {}, "1": {}, "(a": {}, "": {}, "(": {},
	} {
		got, size := ReadLabel(s)
		if got != want || size != len(want.Open)+len(want.Text)+len(want.Shut) {
			t.Errorf("ReadLabel(%q) = %+v, %d", s, got, size)
		}
	}
}

func TestRoman(t *testing.T) {
	for s, want := range map[string]int{
		"i": 1, "iv": 4, "XIX": 19, "xlii": 42, "xc": 90, "cccxcix": 399, "": 0, "mix": 0, "Iv": 0, "vivid": 0, "civil": 0, "ill": 0, "iiii": 0, "ivi": 0, "cd": 0, "cccc": 0,
	} {
		if got := Roman(s); got != want {
			t.Errorf("Roman(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestRaised(t *testing.T) {
	for s, want := range map[string]Mark{
		"1": Figure, "12": Figure, "2,3": Figure, "2–4": Figure, "[12]": Figure, "*": Sign, "††": Sign, "#": Sign, "a": Letter,
		"2, 3":    Figure, // pdf: with a space
		"[1] [2]": Figure, // pdf: several in brackets
		"-1":      NoMark, // reader: an exponent
		"ab":      NoMark, // reader
		"":        NoMark, "st": NoMark, "TM": NoMark, "1999": NoMark, "****": NoMark, "A": NoMark, "[]": NoMark,
	} {
		if got := Raised(s); got != want {
			t.Errorf("Raised(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestCaption(t *testing.T) {
	type is struct{ numbered, caption bool }
	for s, want := range map[string]is{
		"Figure 2. Exports by year": {true, true}, "fig. 12: exports": {true, true}, "Table 3 – Exports": {true, true}, "Fig.3 | Exports": {true, true},
		"Figure 2 shows that exports fell": {true, false}, "Map: the coast": {false, true}, "Fig. The coast": {false, true}, "Photo 1999.": {false, false},
		"Figure 2":                   {true, true},  // pdf: nothing but the number
		"Figure 2 - Exports":         {true, true},  // pdf: a hyphen for a dash
		"Figure 2-a":                 {true, false}, // which sticks to its word here
		"Figure 12a: Exports":        {true, true},  // both: with a letter
		"Figure 2.3 shows a fall":    {true, false}, // reader: a number of two parts
		"Table A.1: Exports":         {true, true},  // reader
		"Plate IV. The coast":        {true, true},  // reader
		"Graph 2: Exports":           {true, true},  // reader: more of the things
		"The figure 2: it is small":  {},
		"Tables 2: exports and more": {false, false}, "Table": {false, false}, "": {false, false}, "Map a – to the coast": {false, false},
	} {
		numbered, caption := Caption(s)
		if got := (is{numbered, caption}); got != want {
			t.Errorf("Caption(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestMadeUp(t *testing.T) {
	for s, want := range map[string]bool{
		"Keep the Hall": false, "Report 2024": false, "1984": false, "It": false, "Microsoft Word - brief v3.docx": true, "untitled document": true,
		"Document 2": true, "(anonymous)": true, "/home/ann/brief": true, `C:\brief`: true, "brief_final": true, "Brief.INDD": true, "": false,
		"Slide 3":                       true,  // reader: its number kept it from the list
		"deck.pptx":                     true,  // reader
		"Printing and the reformation":  false, // pdf: took it for "print"
		"Unknown soldiers of the Somme": false, // pdf
		"Anonymous letters":             false, // pdf
		"Either/Or":                     false, // pdf: no path
	} {
		if got := MadeUp(s); got != want {
			t.Errorf("MadeUp(%q) = %v", s, got)
		}
	}
}

// The lists are sorted, so that nobody adds what is there.
func TestLists(t *testing.T) {
	for name, list := range map[string]string{"abbreviations": abbreviationList, "nontitles": nontitleList} {
		got := slices.Collect(entries(list))
		if !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
			t.Errorf("%s is not sorted", name)
		}
		for i, e := range got {
			if slices.Contains(got[:i], e) || name == "nontitles" && e != strings.ToLower(e) {
				t.Errorf("%s: %q stands there twice or in capitals", name, e)
			}
		}
	}
}
