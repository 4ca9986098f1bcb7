package format

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// columnsOf measures what a terminal shows. Characters of ambiguous width
// count as narrow whatever the locale, so that output is the same everywhere.
var columnsOf = displaywidth.Options{}

// run is a stretch of text in one style.
type run struct {
	text  string
	style style
	whole bool // keep its words on one line
}

// word is what stays on one line, and how many columns it takes.
type word struct {
	text  string
	style style
	width int
}

// wrap breaks runs at their spaces into lines of at most width columns; only a
// word that is wider than a line is broken within.
func wrap(runs []run, width int) [][]word {
	var (
		lines [][]word
		line  []word
		used  int
	)
	flush := func() {
		if len(line) > 0 {
			lines = append(lines, line)
		}
		line, used = nil, 0
	}
	for _, w := range words(runs) {
		if len(line) > 0 && used+1+w.width > width {
			flush()
		}
		if w.width > width {
			pieces := chop(w, width)
			for _, p := range pieces[:len(pieces)-1] {
				lines = append(lines, []word{p})
			}
			w = pieces[len(pieces)-1]
		}
		if len(line) > 0 {
			used++
		}
		line, used = append(line, w), used+w.width
	}
	flush()
	return lines
}

// words splits runs at white space other than the non-breaking kinds.
func words(runs []run) []word {
	var list []word
	for _, r := range runs {
		fields := strings.FieldsFunc(clean(r.text), breaks)
		if r.whole {
			fields = []string{strings.Join(fields, " ")}
		}
		for _, f := range fields {
			list = append(list, word{f, r.style, columnsOf.String(f)})
		}
	}
	return list
}

func breaks(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
}

// clean makes text fit for a terminal: it shows control characters, which
// could move the cursor or change settings, and the characters that reorder a
// line as the replacement character. White space stays.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// chop breaks a word between the characters that a reader sees.
func chop(w word, width int) []word {
	var (
		pieces []word
		b      strings.Builder
		used   int
	)
	flush := func() {
		pieces = append(pieces, word{b.String(), w.style, used})
		b.Reset()
		used = 0
	}
	graphemes := columnsOf.StringGraphemes(w.text)
	for graphemes.Next() {
		if used+graphemes.Width() > width && used > 0 {
			flush()
		}
		b.WriteString(graphemes.Value())
		used += graphemes.Width()
	}
	flush()
	return pieces
}

// preview returns the beginning of text that fits on one line of width
// columns, with an ellipsis where something is left out.
func preview(text string, width int) string {
	text = strings.Join(strings.FieldsFunc(clean(text), breaks), " ")
	return columnsOf.TruncateString(text, max(width, 1), "…")
}
