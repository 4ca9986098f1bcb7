package compare

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Options say how a report is written.
type Options struct {
	Color bool // allow escape sequences for colour; signs say the same
}

// painter styles text, or leaves it alone.
type painter bool

// The styles. Blue for what came and red for what went can be told apart by
// the colour-blind; the signs + and - say the same.
const (
	heading = "1"
	faint   = "2"
	gone    = "31"
	came    = "34"
	altered = "35"
)

func (p painter) style(style, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// Text is the report for people to read. Lines begin with + for what was
// added, - for what was dropped and ~ for what changed; in a unit that was
// reworded [-these words-] went and {+these+} came.
func (d *Diff) Text(opt Options) string {
	var b bytes.Buffer
	p := painter(opt.Color)
	if d.Same() {
		return "no differences\n"
	}
	fmt.Fprintf(&b, "%s\n%s\n", p.style(gone, "--- "+nameOf(d.A)), p.style(came, "+++ "+nameOf(d.B)))
	for _, part := range []struct {
		title string
		kind  argument.Kind
	}{{"RECOMMENDATIONS", argument.Recommendation}, {"CLAIMS", argument.Claim}} {
		d.part(&b, p, part.title, func() {
			for _, u := range d.Units {
				if u.shown().Kind == part.kind {
					u.write(&b, p)
				}
			}
		})
	}
	d.part(&b, p, "SOURCES", func() {
		for _, s := range d.Sources {
			s.write(&b, p)
		}
	})
	d.part(&b, p, "RELATIONS", func() {
		for _, r := range d.Relations {
			r.write(&b, p)
		}
	})
	fmt.Fprintf(&b, "\n%s\n", d.Summary())
	return b.String()
}

// part writes a titled part unless it is empty.
func (d *Diff) part(b *bytes.Buffer, p painter, title string, write func()) {
	before := b.Len()
	fmt.Fprintf(b, "\n%s\n", p.style(heading, title))
	begun := b.Len()
	if write(); b.Len() == begun {
		b.Truncate(before)
	}
}

func nameOf(m *argument.Map) string {
	if m.Document.URI == "-" {
		return "standard input"
	}
	return argument.OneLine(m.Document.URI)
}

// shown is the unit as it is now, or was if it was dropped.
func (u UnitChange) shown() *argument.Unit {
	if u.B != nil {
		return u.B
	}
	return u.A
}

func (u UnitChange) write(b *bytes.Buffer, p painter) {
	one := func(sign, style string, of *argument.Unit) {
		text := p.style(style, argument.OneLine(of.Text))
		fmt.Fprintf(b, "%s %s  %s %s\n", p.style(style, sign), of.ID, text, p.style(faint, tagOf(of)))
	}
	switch {
	case u.A == nil:
		one("+", came, u.B)
		return
	case u.B == nil:
		one("-", gone, u.A)
		return
	}
	text := argument.OneLine(u.B.Text)
	if u.Reworded {
		text = p.words(u.Words)
	}
	fmt.Fprintf(b, "%s %s  %s\n", p.style(altered, "~"), fromTo(u.A.ID, u.B.ID), text)
	for _, f := range u.Fields {
		fmt.Fprintf(b, "    %s\n", p.field(f))
	}
	for _, isNew := range []bool{true, false} {
		for _, t := range u.Turns() {
			switch {
			case isNew && t.By != nil:
				fmt.Fprintf(b, "    %s by %s\n", t.Text, strings.Join(t.By, ", "))
			case !isNew && t.By == nil:
				fmt.Fprintf(b, "    %s\n", t.Text)
			}
		}
	}
}

// words marks the words that went and came.
func (p painter) words(list []Piece) string {
	parts := make([]string, len(list))
	for i, w := range list {
		switch text := argument.OneLine(w.Text); w.Op {
		case OnlyA:
			parts[i] = p.style(gone, "[-"+text+"-]")
		case OnlyB:
			parts[i] = p.style(came, "{+"+text+"+}")
		default:
			parts[i] = text
		}
	}
	return strings.Join(parts, " ")
}

func (p painter) field(f Field) string {
	return f.Tell(func(op Op, value string) string {
		style := came
		if op == OnlyA {
			style = gone
		}
		return p.style(style, argument.OneLine(value))
	})
}

func tagOf(u *argument.Unit) string {
	what := string(u.Type)
	if u.Kind == argument.Recommendation {
		what = string(u.Strength)
	}
	return "[" + strings.TrimPrefix(what+", "+string(u.Role), ", ") + "]"
}

// fromTo names what is the same in both texts by its ids in either.
func fromTo(a, b string) string {
	if a == b {
		return a
	}
	return a + "→" + b
}

func (s SourceChange) write(b *bytes.Buffer, p painter) {
	one := func(sign, style string, of *argument.Source) {
		name := p.style(style, fmt.Sprintf("%s (%s)", argument.OneLine(of.Name), of.Kind))
		fmt.Fprintf(b, "%s %s  %s\n", p.style(style, sign), of.ID, name)
	}
	switch {
	case s.A == nil:
		one("+", came, s.B)
	case s.B == nil:
		one("-", gone, s.A)
	default:
		fmt.Fprintf(b, "%s %s  %s\n", p.style(altered, "~"), fromTo(s.A.ID, s.B.ID), argument.OneLine(s.B.Name))
		for _, f := range s.Fields {
			fmt.Fprintf(b, "    %s\n", p.field(f))
		}
	}
}

func (r RelationChange) write(b *bytes.Buffer, p painter) {
	tell := func(of *argument.Relation) string { return fmt.Sprintf("%s %s %s", of.From, of.Type, of.To) }
	switch {
	case r.A == nil:
		fmt.Fprintf(b, "%s %s\n", p.style(came, "+"), p.style(came, tell(r.B)))
	case r.B == nil:
		fmt.Fprintf(b, "%s %s\n", p.style(gone, "-"), p.style(gone, tell(r.A)))
	default:
		fmt.Fprintf(b, "%s %s → %s\n", p.style(altered, "~"), p.style(gone, tell(r.A)), p.style(came, tell(r.B)))
	}
}
