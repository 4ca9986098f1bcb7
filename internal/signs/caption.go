package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// captioned are the things that captions stand under or over.
var captioned = map[string]bool{
	"box": true, "chart": true, "exhibit": true, "fig": true, "figure": true, "graph": true, "illustration": true,
	"image": true, "map": true, "photo": true, "plate": true, "table": true,
}

// Separators stand between the beginning of a caption and its text.
const Separators = ".:–—|"

// Caption reports whether s begins as a caption does: "Figure 3. Exports by
// year", "Table A.1", but not "Figure 3 shows that exports fell". numbered is
// set if it has a number; "Map: the coast" has none.
func Caption(s string) (numbered, is bool) {
	name := strings.ToLower(s[:letters(s)])
	if !captioned[name] {
		return false, false
	}
	rest := s[len(name):]
	after := rest
	if name == "fig" {
		after = strings.TrimPrefix(rest, ".")
	}
	after = strings.TrimLeftFunc(after, unicode.IsSpace)
	n := captionNumber(after)
	if n > 0 {
		rest = after[n:]
	}
	text := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if text == "" {
		return n > 0, n > 0
	}
	r, _ := utf8.DecodeRuneInString(text)
	// A hyphen parts them only after a space.
	return n > 0, strings.ContainsRune(Separators, r) || n > 0 && r == '-' && text != rest
}

// captionNumber returns how many bytes of s are the number of a caption: "3",
// "12a", "A1", "A.1", "2.3", "IV".
func captionNumber(s string) int {
	n, digits := 0, 0
	for ; n < len(s); n++ {
		if Digits(s[n:]) > 0 {
			digits++
		} else if letters(s[n:]) == 0 {
			break
		}
	}
	label := s[:n]
	switch {
	case digits > maxDigits, digits > 0 && n > digits+1:
		return 0 // a year, a word
	case digits == 0 && Roman(label) == 0 && (n != 1 || !beginsCapital(label)):
		return 0
	}
	for strings.HasPrefix(s[n:], ".") && Digits(s[n+1:]) > 0 {
		n += 1 + Digits(s[n+1:])
	}
	return n
}
