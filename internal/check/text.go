package check

import (
	"bytes"
	"fmt"

	"github.com/argmap/argmap/internal/argument"
)

var levelColors = map[Level]string{Error: "1;31", Warning: "1;33", Note: "1;36"}

// writeText writes a line for each finding that editors know how to jump to,
// file:line:column: level: message [rule], below it the passage, whole, and
// the passages that it refers to.
func writeText(results []Result, opt Options) ([]byte, error) {
	var b bytes.Buffer
	paint := func(color, text string) string {
		if !opt.Color {
			return text
		}
		return "\x1b[" + color + "m" + text + "\x1b[0m"
	}
	for _, r := range results {
		for _, f := range r.Findings {
			fmt.Fprintf(&b, "%s: %s %s %s\n", r.position(f.Passage), paint(levelColors[f.Level], string(f.Level)+":"),
				f.Message, paint("2", "["+f.Rule+"]"))
			if f.Text != "" {
				fmt.Fprintf(&b, "    %s%s\n", labelOf(f.Unit), argument.OneLine(f.Text))
			}
			for _, p := range f.Related {
				fmt.Fprintf(&b, "    %s\n", paint("2", "see "+labelOf(p.Unit)+argument.OneLine(p.Text)))
			}
		}
	}
	fmt.Fprintln(&b, Summary(results))
	return b.Bytes(), nil
}

// position is the file of a passage, with line and column where it has any.
func (r Result) position(p Passage) string {
	name := argument.OneLine(r.URI)
	if r.URI == "-" {
		name = "standard input"
	}
	at, ok := r.Lines.Place(p.Span)
	switch {
	case !ok && p.Page > 0:
		return fmt.Sprintf("%s: page %d", name, p.Page)
	case !ok:
		return name
	}
	return fmt.Sprintf("%s:%d:%d", name, at.Line, at.Column)
}

func labelOf(unit string) string {
	if unit == "" {
		return ""
	}
	return unit + "  "
}
