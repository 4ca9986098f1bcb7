package argument

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Offsets is what the offsets of a map count.
type Offsets string

// The ways to count. Everything inside this program counts code points; the
// others are for programs whose strings are indexed in another way.
const (
	CodePoints Offsets = ""      // as Python does
	Bytes      Offsets = "bytes" // of the text in UTF-8, as Go and Rust do
	UTF16      Offsets = "utf16" // code units, as JavaScript, Java and C# do
)

// size is how much a character adds to an offset.
func (o Offsets) size(r rune) int {
	switch {
	case o == Bytes:
		return utf8.RuneLen(r)
	case o == UTF16 && r > 0xFFFF:
		return 2
	}
	return 1
}

// InOffsets returns a copy of m whose offsets count what to says; m, which
// counts what its Document.Offsets say, stays as it is. Text is the document's
// text. An error names the first offset that lies outside of it or inside a
// character, or what to count that is not known.
func (m *Map) InOffsets(to Offsets, text string) (*Map, error) {
	for _, o := range []Offsets{m.Document.Offsets, to} {
		if o != CodePoints && o != Bytes && o != UTF16 {
			return nil, fmt.Errorf("offsets count %q, which is not known", o)
		}
	}
	c := counter{to: []int{0}, from: []int{0}}
	for _, r := range text {
		n := len(c.to) - 1
		c.to, c.from = append(c.to, c.to[n]+to.size(r)), append(c.from, c.from[n]+m.Document.Offsets.size(r))
	}
	out := c.recount(m)
	out.Document.Offsets = to
	return out, c.err
}

// counter turns offsets of one kind into those of another: from and to have the
// offsets at which the characters begin, and the end of the text.
type counter struct {
	from, to []int
	err      error
}

func (c *counter) offset(at int) int {
	i := sort.SearchInts(c.from, at)
	if i < len(c.from) && c.from[i] == at {
		return c.to[i]
	}
	if c.err == nil {
		c.err = fmt.Errorf("offset %d lies outside the text or inside a character", at)
	}
	return 0
}

func (c *counter) span(s Span) Span { return Span{c.offset(s.Start), c.offset(s.End)} }

func (c *counter) optional(s *Span) *Span {
	if s == nil {
		return nil
	}
	t := c.span(*s)
	return &t
}

func (c *counter) phrase(p *Phrase) *Phrase {
	if p == nil {
		return nil
	}
	return &Phrase{c.span(p.Span), p.Text}
}

// each returns a copy of list with f applied to every element; nil stays nil.
func each[T any](list []T, f func(*T)) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	copy(out, list)
	for i := range out {
		f(&out[i])
	}
	return out
}

func (c *counter) spans(list []Span) []Span { return each(list, func(s *Span) { *s = c.span(*s) }) }

func (c *counter) cues(list []Cue) []Cue {
	return each(list, func(q *Cue) { q.Span = c.span(q.Span) })
}

// recount copies m with all its offsets turned.
func (c *counter) recount(m *Map) *Map {
	out := *m
	out.Sections = each(m.Sections, func(s *Section) { s.Span = c.span(s.Span) })
	out.Units = each(m.Units, func(u *Unit) {
		u.Span, u.Addressee, u.LeadIn, u.Cues = c.span(u.Span), c.phrase(u.Addressee), c.phrase(u.LeadIn), c.cues(u.Cues)
	})
	out.Sources = each(m.Sources, func(p *Source) { p.Mentions = c.spans(p.Mentions) })
	out.Attributions = each(m.Attributions, func(a *Attribution) {
		a.Source, a.Cue = c.optional(a.Source), c.optional(a.Cue)
		a.Content, a.Cues = c.spans(a.Content), c.cues(a.Cues)
	})
	out.Relations = each(m.Relations, func(r *Relation) { r.Cues = c.cues(r.Cues) })
	return &out
}
