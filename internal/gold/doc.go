package gold

import (
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
)

// doc is one text with its gold and its map. All spans in it are code points,
// the offsets of both the gold files and the maps: sizes and overlaps count
// characters, whatever their bytes.
type doc struct {
	id   string
	text []rune

	units     []goldUnit // those that the task counts
	relations []Relation
	gold      []attribution

	pred *argument.Map
	said []attribution // those of pred, in its order

	toGold []int // for each unit of pred the index of its match, or -1
	toPred []int // the same from units to pred
}

// goldUnit is a unit with its span in code points.
type goldUnit struct {
	at argument.Span
	Unit
}

// attribution has the spans of each role.
type attribution [3][]argument.Span

// The roles of an attribution, and what figures call them.
const (
	source = iota
	cue
	content
)

var roleNames = [...]string{"source", "cue", "content"}

func newDoc(t Text, m *argument.Map, k task) *doc {
	ix := document.NewIndex(t.Text)
	span := func(s document.Span) argument.Span {
		return argument.Span{Start: ix.Rune(s.Start), End: ix.Rune(s.End)}
	}
	spans := func(in []document.Span) []argument.Span {
		var out []argument.Span
		for _, s := range in {
			out = append(out, span(s))
		}
		return out
	}
	d := &doc{id: t.ID, text: []rune(t.Text), relations: t.Relations, pred: m}
	for _, u := range t.Units {
		if k.counts(u) {
			d.units = append(d.units, goldUnit{span(u.Span), u})
		}
	}
	for _, a := range t.Attributions {
		d.gold = append(d.gold, attribution{spans(a.Source), spans(a.Cue), spans(a.Content)})
	}
	for _, a := range m.Attributions {
		d.said = append(d.said, attribution{optional(a.Source), optional(a.Cue), a.Content})
	}
	d.toGold, d.toPred = match(predictedSpans(m), d.units)
	return d
}

func optional(s *argument.Span) []argument.Span {
	if s == nil {
		return nil
	}
	return []argument.Span{*s}
}

func predictedSpans(m *argument.Map) []argument.Span {
	var out []argument.Span
	for _, u := range m.Units {
		out = append(out, u.Span)
	}
	return out
}

// at is the passage at s, on one line.
func (d *doc) at(s argument.Span) string {
	n := len(d.text)
	start := min(max(s.Start, 0), n)
	return oneLine(string(d.text[start:min(max(s.End, start), n)]))
}

// passages are the passages at spans, with an ellipsis between them.
func (d *doc) passages(spans []argument.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, d.at(s))
	}
	return strings.Join(parts, " … ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isAlnum holds for letters and for all that stands for a number, as Python's
// str.isalnum does. Combining marks are neither.
func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// words are the stretches of letters, numbers and underscores: the matches of
// \w+ in Python.
func (d *doc) words() []argument.Span {
	var out []argument.Span
	start := -1
	for i, r := range d.text {
		in := isAlnum(r) || r == '_'
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			out = append(out, argument.Span{Start: start, End: i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, argument.Span{Start: start, End: len(d.text)})
	}
	return out
}

// trim leaves out what is neither letter nor number at both ends of s.
func (d *doc) trim(s argument.Span) argument.Span {
	s.End = min(s.End, len(d.text))
	for s.Start < s.End && !isAlnum(d.text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && !isAlnum(d.text[s.End-1]) {
		s.End--
	}
	return s
}

// countWords counts what white space separates. The four control characters
// that separate files, groups, records and units are white space too, as they
// are in Python.
func countWords(text string) int {
	return len(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f'
	}))
}
