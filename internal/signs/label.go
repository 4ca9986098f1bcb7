package signs

import (
	"strconv"
	"strings"
)

// Bullets begin an item of a list and nothing else, with or without a space
// after them. Dashes, asterisks and the like begin items as well, but what else
// they do differs between a page of type and a plain text.
const Bullets = "•◦‣⁃∙●○▪▫■□◆◇➢➤►▸▶✓✔✗❖"

// AreBullets reports whether s is made of bullets alone, or empty.
func AreBullets(s string) bool { return strings.Trim(s, Bullets) == "" }

// Label is what counts the items of a list or the sections of a text.
type Label struct {
	Open, Text, Shut string // "(", "iv", ")"
	// Figure is set if Text is Number in digits. If not, Letter and Roman are what
	// it may count, or 0: "i" is the ninth letter and the first Roman number.
	Figure                bool
	Number, Letter, Roman int
}

// Upper reports whether the label is written in capitals.
func (l Label) Upper() bool { return 'A' <= l.Text[0] && l.Text[0] <= 'Z' }

// A label has few digits; a year or an amount has more. Beyond 49 hardly anyone
// counts items in Roman numbers, and "CV." and "LI." are short forms.
const (
	maxDigits     = 3
	maxRomanLabel = 49
)

// shuts are what ends a label, by what it begins with, longer ones first.
var shuts = []struct{ open, shut string }{
	{"", ".)"}, {"", ")."}, {"", "."}, {"", ")"},
	{"(", ")."}, {"(", ")"}, {"[", "]."}, {"[", "]"},
}

// ReadLabel reads the label that s begins with, "1.", "12)", "(a)", "[iv]" or the
// like, and returns how many bytes it has, or 0.
func ReadLabel(s string) (Label, int) {
	var l Label
	rest := s
	if strings.HasPrefix(s, "(") || strings.HasPrefix(s, "[") {
		l.Open, rest = s[:1], s[1:]
	}
	n := Digits(rest)
	if n > 0 && n <= maxDigits {
		l.Figure = true
		l.Number, _ = strconv.Atoi(rest[:n])
	} else if n = letters(rest); n > 0 {
		if l.Roman = Roman(rest[:n]); l.Roman > maxRomanLabel {
			l.Roman = 0
		}
		if n == 1 {
			l.Letter = int(rest[0]|0x20-'a') + 1
		}
	}
	l.Text, rest = rest[:n], rest[n:]
	if !l.Figure && l.Letter == 0 && l.Roman == 0 {
		return Label{}, 0
	}
	for _, p := range shuts {
		if p.open == l.Open && strings.HasPrefix(rest, p.shut) {
			l.Shut = p.shut
			return l, len(l.Open) + n + len(l.Shut)
		}
	}
	return Label{}, 0
}

// Digits returns how many ASCII digits s begins with.
func Digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// letters returns how many ASCII letters s begins with.
func letters(s string) int {
	n := 0
	for n < len(s) && 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' {
		n++
	}
	return n
}

// numerals are the parts that Roman numbers are made of.
var numerals = []struct {
	sign  string
	value int
}{{"c", 100}, {"xc", 90}, {"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}}

// maxRoman is the largest Roman number that is read: pages, chapters and items
// bear no higher ones, and most of those that could be written with d and m are
// words or short forms ("mix", "CD", "MD").
const maxRoman = 399

// Roman returns the value of a Roman number in small or in capital letters as
// it is properly written, or 0: "civil", "ill" and "iiii" are none.
func Roman(s string) int {
	lower := strings.ToLower(s)
	if s != lower && s != strings.ToUpper(s) {
		return 0
	}
	n, rest := 0, lower
	var proper strings.Builder
	for _, v := range numerals {
		for strings.HasPrefix(rest, v.sign) {
			n, rest = n+v.value, rest[len(v.sign):]
		}
	}
	if rest != "" || n > maxRoman {
		return 0
	}
	for left, i := n, 0; i < len(numerals); i++ {
		for ; left >= numerals[i].value; left -= numerals[i].value {
			proper.WriteString(numerals[i].sign)
		}
	}
	if proper.String() != lower {
		return 0
	}
	return n
}
