// Package signs knows the signs of print that tell how a text is built, however
// it came: how a sentence ends, what an item, a note or a caption begins with,
// and what is no title. A page of type and a plain text bear the same ones.
//
// What such a sign makes of the line that bears it is for the callers to say:
// package pdf sees type and place, package reader words and blank lines.
package signs

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Ending is the sort of mark that a line or paragraph ends with, closing
// quotation marks, brackets and note marks aside.
type Ending byte

// The marks that tell something. NoEnding stands for all others.
const (
	NoEnding Ending = iota
	FullStop
	Question
	Exclamation
	Ellipsis
	Colon
	Semicolon
	Comma
	Dash
)

// Stops reports whether a sentence may end there.
func (e Ending) Stops() bool { return e >= FullStop && e <= Ellipsis }

// endings tells the ending by the last character.
var endings = map[rune]Ending{
	'.': FullStop, '。': FullStop, '।': FullStop, '．': FullStop,
	'?': Question, '？': Question, '؟': Question,
	'!': Exclamation, '！': Exclamation,
	'…': Ellipsis, ':': Colon, '：': Colon, ';': Semicolon, '；': Semicolon,
	',': Comma, '，': Comma, '、': Comma,
	'-': Dash, '–': Dash, '—': Dash,
}

// Closers may stand after the mark that ends a sentence. The underscores are
// those of emphasis in plain text, and of what is to be filled in.
const Closers = "\"'”’»›)]}*_†‡" + Superscripts

// openers may stand before the first letter of a word.
const openers = "\"'“‘«‹([„"

// EndOf returns the ending of s.
func EndOf(s string) Ending {
	s = strings.TrimRight(trimNote(s), Closers)
	r, n := utf8.DecodeLastRuneInString(s)
	e := endings[r]
	if e == FullStop && strings.HasSuffix(s[:len(s)-n], "..") {
		return Ellipsis
	}
	return e
}

// maxRemark is how many bytes a remark in brackets has that is not looked at.
const maxRemark = 24

// trimNote takes note marks like "[12]" from the end of s, and short remarks in
// brackets after the end of a sentence, like "[Gallup]".
func trimNote(s string) string {
	for strings.HasSuffix(s, "]") {
		from := max(0, len(s)-maxRemark)
		open := strings.LastIndexByte(s[from:], '[')
		if open < 0 {
			return s
		}
		open += from
		rest := strings.TrimRightFunc(s[:open], unicode.IsSpace)
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, Closers))
		if rest == "" || Digits(s[open+1:]) != len(s)-open-2 && !endings[last].Stops() {
			return s
		}
		s = rest
	}
	return s
}

//go:embed abbreviations.txt
var abbreviationList string

// abbreviation is an entry of the list.
type abbreviation struct{ capital, ends bool }

// abbreviations are those of the list, in small letters.
var abbreviations = sync.OnceValue(func() map[string]abbreviation {
	out := make(map[string]abbreviation)
	for entry := range entries(abbreviationList) {
		word, ends := strings.CutSuffix(entry, "?")
		out[strings.ToLower(word)] = abbreviation{capital: beginsCapital(word), ends: ends}
	}
	return out
})

func beginsCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// ShortForm reports whether the full stop at the end of word is that of a short
// form or of an initial. ends is set if a sentence may well end with it all the
// same.
func ShortForm(word string) (short, ends bool) {
	bare, stopped := strings.CutSuffix(strings.TrimLeft(word, openers), ".")
	if !stopped {
		return false, false
	}
	if spelled(bare) {
		// Sentences end with the time of day as with other words.
		return true, bare == "a.m" || bare == "p.m"
	}
	a, listed := abbreviations()[strings.ToLower(bare)]
	if !listed || a.capital && !beginsCapital(bare) {
		return false, false
	}
	return true, a.ends
}

// spelled reports whether s is an initial, or letters with stops between them of
// which one stands alone: "e.g", "Ph.D". Amounts and addresses have stops, too.
func spelled(s string) bool {
	alone := false
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return false
		}
		alone = alone || utf8.RuneCountInString(part) == 1
	}
	return alone
}

// StartsSmall reports whether the first letter or digit of s is a small letter.
func StartsSmall(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.IsLower(r)
		}
	}
	return false
}

// Readable reports whether s has a letter or a digit.
func Readable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
