package check

import (
	"sort"

	"github.com/argmap/argmap/internal/argument"
)

// Place is where a passage stands in its file. Lines and columns count from 1,
// columns in code points; the end is exclusive.
type Place struct{ Line, Column, EndLine, EndColumn int }

// Lines turns the offsets of a text into lines and columns of its file. A line
// ends with a line feed, which a carriage return may precede.
type Lines struct {
	starts []int // where lines of the file begin, in code points
	// align turns a stretch of the text into one of the file, where the two
	// are not the same; nil where they are.
	align func(argument.Span) (argument.Span, bool)
}

// NewLines are the lines of a file that holds the text itself.
func NewLines(text string) *Lines {
	l := &Lines{starts: []int{0}}
	at := 0
	for _, r := range text {
		at++
		if r == '\n' {
			l.starts = append(l.starts, at)
		}
	}
	return l
}

// NewLinesOf are the lines of a file, such as Markdown or HTML, that text was
// extracted from.
func NewLinesOf(file, text string) *Lines {
	l := NewLines(file)
	l.align = newAlignment(file, text).find
	return l
}

// Place is where s stands; ok is false where that is not known. Of nil lines
// nothing is known.
func (l *Lines) Place(s argument.Span) (p Place, ok bool) {
	if l == nil {
		return p, false
	}
	if l.align != nil && s != (argument.Span{}) {
		if s, ok = l.align(s); !ok {
			return p, false
		}
	}
	p.Line, p.Column = l.at(s.Start)
	p.EndLine, p.EndColumn = l.at(s.End)
	return p, true
}

func (l *Lines) at(offset int) (line, column int) {
	line = max(sort.SearchInts(l.starts, offset+1), 1)
	return line, offset - l.starts[line-1] + 1
}
