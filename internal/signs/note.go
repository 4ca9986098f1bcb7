package signs

import (
	"strings"
	"unicode/utf8"
)

// NoteSigns mark notes where there are few.
const NoteSigns = "*†‡§¶‖"

// Superscripts are the raised digits of Unicode, from 0 to 9.
const Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// Mark is the sort of mark that refers to a note.
type Mark byte

// The sorts of marks.
const (
	NoMark Mark = iota
	Figure
	Sign
	Letter // it may as well be an exponent or the end of an ordinal
)

// NoteMark returns the sort of the one mark that s may be: a number, up to three
// equal or different signs, a small letter.
func NoteMark(s string) Mark {
	switch n := Digits(s); {
	case s == "":
		return NoMark
	case n == len(s) && n <= maxDigits:
		return Figure
	case strings.Trim(s, NoteSigns+"#") == "" && utf8.RuneCountInString(s) <= 3:
		return Sign
	case len(s) == 1 && 'a' <= s[0] && s[0] <= 'z':
		return Letter
	}
	return NoMark
}

// Raised returns the sort of the marks that s, which is raised above the line,
// may be: "3", "2, 3", "2–4", "[12]", "*". "−1" is an exponent.
func Raised(s string) Mark {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–") {
		return NoMark
	}
	first := NoMark
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("[], –-", r) }) {
		mark := NoteMark(part)
		if mark == NoMark {
			return NoMark
		}
		if first == NoMark {
			first = mark
		}
	}
	return first
}
