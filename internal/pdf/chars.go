package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fontKey is what a file says of a font.
type fontKey struct {
	name   string
	flags  int // as in the font descriptor of PDF
	weight int // 400 is normal, 700 is bold; -1 where it is not known
}

// Parts of font names, in lower case, that tell how the letters look. "medi" is
// the bold of the Times that comes with TeX, "cmbx" that of Computer Modern.
var (
	boldNames   = []string{"bold", "black", "heavy", "demi", "-medi", "cmbx", "cmssbx", "sfbx", "ecbx"}
	italicNames = []string{"ital", "obli", "slant", "cmti", "cmsl", "sfti", "ecti", "-it"}
	monoNames   = []string{"mono", "courier", "cmtt", "sftt", "ectt", "consol", "menlo", "typewriter"}
)

// looks tells how the letters of the font look.
func (k fontKey) looks() font {
	const fixed, slanted, forceBold = 1, 1 << 6, 1 << 18
	name := strings.ToLower(k.name)
	has := func(parts []string) bool {
		for _, p := range parts {
			if strings.Contains(name, p) {
				return true
			}
		}
		return false
	}
	return font{
		bold:   k.weight >= 650 || k.flags&forceBold != 0 || has(boldNames),
		italic: k.flags&slanted != 0 || has(italicNames),
		mono:   k.flags&fixed != 0 || has(monoNames),

		unnamed: k.name == "",
	}
}

// softHyphen is a place where a word may be broken. pdfium gives brokenHyphen
// for a hyphen at the end of a line after which the word seems to go on.
const (
	softHyphen   = '\u00AD'
	brokenHyphen = '\u0002'
)

// symbols are characters of the private use area that have a settled meaning:
// the bullets of Symbol and Wingdings.
var symbols = map[rune]string{
	'\uF0B7': "•", '\uF0A7': "▪", '\uF06E': "▪", '\uF071': "▪", '\uF06C': "●", '\uF0D8': "▸",
	'\uF0E0': "→", '\uF0FC': "✓", '\uF0FE': "✓", '\uF02D': "–", '\uF0BE': "–", '\uF076': "▪",
}

// spelled returns the character as a reader would type it, or "" for one that
// is not meant to be seen: ligatures are taken apart, special spaces are spaces.
func spelled(r rune) string {
	switch {
	case r == brokenHyphen, r == '\u2010', r == '\u2011':
		return "-"
	case r == '∗':
		return "*"
	case r == softHyphen:
		return string(softHyphen)
	case r == '\u200C', r == '\u200D': // they shape Arabic and Indic letters
		return string(r)
	case r < ' ', r == unicode.ReplacementChar, r == '↩', unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
		return ""
	case unicode.IsSpace(r):
		return " "
	case r >= 0xFB00 && r <= 0xFB06, r >= 0xFB13 && r <= 0xFB17, r >= 0xFE70 && r <= 0xFEFC, r >= 0xFB50 && r <= 0xFDFF:
		return norm.NFKC.String(string(r))
	case r >= 0xF730 && r <= 0xF739: // old-style digits
		return string('0' + r - 0xF730)
	case r >= 0xF761 && r <= 0xF77A: // small capitals
		return string('A' + r - 0xF761)
	case unicode.Is(unicode.Co, r):
		return symbols[r]
	case r > unicode.MaxRune || r >= 0xD800 && r < 0xE000:
		return ""
	}
	return string(r)
}

// accents are the accents that TeX sets over a letter by drawing both in one
// place, with the combining character that says the same.
var accents = map[rune]rune{
	'´': '\u0301', '`': '\u0300', '¨': '\u0308', 'ˆ': '\u0302', '^': '\u0302', '˜': '\u0303', '~': '\u0303',
	'¸': '\u0327', '˚': '\u030A', 'ˇ': '\u030C', '¯': '\u0304', '˘': '\u0306', '˙': '\u0307', '˝': '\u030B', '˛': '\u0328',
}

// accented returns the letter with the accent, or "" if they make no letter.
func accented(accent, letter rune) string {
	switch letter {
	case 'ı':
		letter = 'i'
	case 'ȷ':
		letter = 'j'
	}
	mark := accents[accent]
	if mark == 0 || !unicode.IsLetter(letter) {
		return ""
	}
	s := norm.NFC.String(string([]rune{letter, mark}))
	if len([]rune(s)) != 1 {
		return ""
	}
	return s
}
