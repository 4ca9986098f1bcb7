package reader

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// maxLines is how many lines of plain text are looked at. More than a million
// lines are a log or a table, and every later stage would take minutes.
const maxLines = 1 << 20

// tabWidth is how many columns a tab is taken to reach to.
const tabWidth = 4

// line is a line of plain text.
type line struct {
	// Span runs from the first to the last visible character; it is empty for
	// a blank line.
	document.Span
	// indent is the number of columns before Start.
	indent int
	// width is the number of characters in the span.
	width int
	// quotes counts the ">" of mail before the text; they stand before Start.
	quotes int
	// rule is set for a line of nothing but punctuation, for example "* * *".
	// It separates as a blank line does.
	rule bool
	// marker is the bullet or number that the line begins with, if any.
	marker marker
}

// blank reports whether nothing can be read in the line.
func (l line) blank() bool { return l.Len() == 0 }

// splitLines returns the lines of text. A line ends at \n, \r\n, \r, a form
// feed or a Unicode line or paragraph separator.
func splitLines(text string) ([]line, error) {
	var lines []line
	for at := 0; at < len(text); {
		end, next := lineEnd(text, at)
		lines = append(lines, newLine(text, at, end))
		at = next
		if len(lines) > maxLines {
			return nil, fmt.Errorf("%w: more than %d lines", ErrTooLarge, maxLines)
		}
	}
	return lines, nil
}

// lineEnd returns where the line that begins at ends, without and with its
// terminator.
func lineEnd(text string, at int) (end, next int) {
	for i := at; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r' && strings.HasPrefix(text[i+1:], "\n"):
			return i, i + 2
		case c == '\n' || c == '\r' || c == '\f' || c == '\v':
			return i, i + 1
		case c == 0xc2 && strings.HasPrefix(text[i:], "\u0085"):
			return i, i + 2
		case c == 0xe2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return i, i + 3
		}
	}
	return len(text), len(text)
}

// newLine looks at the line of text from start to end.
func newLine(text string, start, end int) line {
	l := line{}
	start, l.indent = skipBlank(text[:end], start)
	for start < end && text[start] == '>' {
		l.quotes++
		start, _ = skipBlank(text[:end], start+1)
	}
	l.Span = trim(text, document.Span{Start: start, End: end})
	if l.blank() {
		return l
	}
	s := text[l.Start:l.End]
	l.width = utf8.RuneCountInString(s)
	l.rule = !signs.Readable(s)
	if !l.rule {
		l.marker = parseMarker(s)
	}
	return l
}

// skipBlank returns the first offset from at on where something visible stands
// in text, and the columns up to it.
func skipBlank(text string, at int) (start, columns int) {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '\t':
			columns += tabWidth - columns%tabWidth
		case unicode.IsSpace(r):
			columns++
		case !invisible(r):
			return at, columns
		}
		at += n
	}
	return at, columns
}

// invisible reports whether nothing is seen where r stands: white space,
// controls, and marks of no width.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)
}

// blank reports whether nothing in s is visible.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !invisible(r) }) < 0
}

// trim returns s without invisible characters at either end.
func trim(text string, s document.Span) document.Span {
	part := text[s.Start:s.End]
	left := strings.TrimLeftFunc(part, invisible)
	s.Start += len(part) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, invisible))
	return s
}
