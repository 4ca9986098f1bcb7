package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// sensibleTitle returns the title of the document information if a person seems
// to have written it, else "". Printers and scanners leave more rubbish there
// than other programs do: numbers, a word with figures.
func sensibleTitle(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	n := utf8.RuneCountInString(s)
	switch {
	case n < 4 || n > 250 || !utf8.ValidString(s),
		!strings.ContainsFunc(s, unicode.IsLetter),
		!strings.Contains(s, " ") && strings.ContainsAny(s, "0123456789"),
		signs.MadeUp(s):
		return ""
	}
	return s
}
