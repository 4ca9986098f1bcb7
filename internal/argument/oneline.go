package argument

import (
	"strings"
	"unicode"
)

// OneLine makes text that stands in a map, which may be a stranger's, fit for a
// line on a terminal: white space becomes one space, and the characters that
// could move the cursor or reorder the line become the replacement character.
func OneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return unicode.ReplacementChar
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}
