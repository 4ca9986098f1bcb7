package format

import (
	"encoding/json"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// writeJSON writes one document as an object and any other number of them as
// an array, indented. A program that wants the same shape for any number of
// documents takes the lines of writeJSONLines.
func writeJSON(w io.Writer, ms []*argument.Map, opt Options) error {
	if len(ms) == 1 {
		return writeIndented(w, canonical(ms[0], opt.WithText))
	}
	list := make([]*argument.Map, len(ms))
	for i, m := range ms {
		list[i] = canonical(m, opt.WithText)
	}
	return writeIndented(w, list)
}

// writeJSONLines writes one compact object a line, one line a document.
func writeJSONLines(w io.Writer, ms []*argument.Map, opt Options) error {
	enc := newEncoder(w)
	for _, m := range ms {
		if err := enc.Encode(canonical(m, opt.WithText)); err != nil {
			return err
		}
	}
	return nil
}

// writeIndented writes v as indented JSON.
func writeIndented(w io.Writer, v any) error {
	enc := newEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// newEncoder leaves <, > and & as they are: the output is no part of a page.
func newEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// canonical returns m in the one form that its JSON has: lists that the
// contract requires are never null, optional ones never empty, and the text is
// there only if it is wanted.
func canonical(m *argument.Map, withText bool) *argument.Map {
	c := *m
	if !withText {
		c.Document.Text = ""
	}
	c.Sections = keep(m.Sections, all)
	c.Units = keep(m.Units, all)
	for i := range c.Units {
		dropEmpty(&c.Units[i].Cues)
	}
	c.Sources = keep(m.Sources, all)
	for i := range c.Sources {
		c.Sources[i].Mentions = keep(c.Sources[i].Mentions, all)
	}
	c.Attributions = keep(m.Attributions, all)
	for i := range c.Attributions {
		a := &c.Attributions[i]
		a.Content, a.Units = keep(a.Content, all), keep(a.Units, all)
		dropEmpty(&a.Cues)
	}
	c.Relations = keep(m.Relations, all)
	for i := range c.Relations {
		dropEmpty(&c.Relations[i].Cues)
	}
	return &c
}

func all[T any](*T) bool { return true }

func dropEmpty[T any](list *[]T) {
	if len(*list) == 0 {
		*list = nil
	}
}
