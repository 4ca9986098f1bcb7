package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

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
	return oneLine(m.Document.URI)
}

// shown is the unit as it is now, or was if it was dropped.
func (u UnitChange) shown() *argument.Unit {
	if u.B != nil {
		return u.B
	}
	return u.A
}

func (u UnitChange) write(b *bytes.Buffer, p painter) {
	switch {
	case u.A == nil:
		fmt.Fprintf(b, "%s %s  %s %s\n", p.style(came, "+"), u.B.ID, p.style(came, oneLine(u.B.Text)), p.style(faint, tagOf(u.B)))
		return
	case u.B == nil:
		fmt.Fprintf(b, "%s %s  %s %s\n", p.style(gone, "-"), u.A.ID, p.style(gone, oneLine(u.A.Text)), p.style(faint, tagOf(u.A)))
		return
	}
	text := oneLine(u.B.Text)
	if u.Reworded {
		text = p.words(u.Words)
	}
	fmt.Fprintf(b, "%s %s  %s\n", p.style(altered, "~"), fromTo(u.A.ID, u.B.ID), text)
	for _, f := range u.Fields {
		fmt.Fprintf(b, "    %s\n", p.field(f))
	}
	for _, line := range []struct {
		said bool
		text string
	}{
		{u.AttackedBy != nil, "newly attacked by " + strings.Join(u.AttackedBy, ", ")},
		{u.SupportedBy != nil, "newly supported by " + strings.Join(u.SupportedBy, ", ")},
		{u.Unattacked, "no longer attacked"},
		{u.Unsupported, "no longer supported"},
	} {
		if line.said {
			fmt.Fprintf(b, "    %s\n", line.text)
		}
	}
}

// words marks the words that went and came.
func (p painter) words(list []Piece) string {
	parts := make([]string, len(list))
	for i, w := range list {
		switch text := oneLine(w.Text); w.Op {
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
	value := func(style, v string) string {
		if v == "" {
			return "none"
		}
		return p.style(style, oneLine(v))
	}
	return fmt.Sprintf("%s: %s → %s", f.Name, value(gone, f.A), value(came, f.B))
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
		fmt.Fprintf(b, "%s %s  %s\n", p.style(style, sign), of.ID, p.style(style, fmt.Sprintf("%s (%s)", oneLine(of.Name), of.Kind)))
	}
	switch {
	case s.A == nil:
		one("+", came, s.B)
	case s.B == nil:
		one("-", gone, s.A)
	default:
		fmt.Fprintf(b, "%s %s  %s\n", p.style(altered, "~"), fromTo(s.A.ID, s.B.ID), oneLine(s.B.Name))
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

// Counts is how many units, sources and relations were added and so on. What
// was both reworded and changed otherwise counts as reworded.
type Counts struct {
	Added    int `json:"added"`
	Dropped  int `json:"dropped"`
	Reworded int `json:"reworded"`
	Changed  int `json:"changed"`
}

func (c *Counts) add(added, dropped, reworded bool) {
	switch {
	case added:
		c.Added++
	case dropped:
		c.Dropped++
	case reworded:
		c.Reworded++
	default:
		c.Changed++
	}
}

func (c Counts) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{c.Added, "added"}, {c.Dropped, "dropped"}, {c.Reworded, "reworded"}, {c.Changed, "changed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// Count counts the differences.
func (d *Diff) Count() (units, sources, relations Counts) {
	for _, u := range d.Units {
		units.add(u.A == nil, u.B == nil, u.Reworded)
	}
	for _, s := range d.Sources {
		sources.add(s.A == nil, s.B == nil, false)
	}
	for _, r := range d.Relations {
		relations.add(r.A == nil, r.B == nil, false)
	}
	return units, sources, relations
}

// Summary says on one line how much differs.
func (d *Diff) Summary() string {
	var parts []string
	units, sources, relations := d.Count()
	for _, p := range []struct {
		what string
		c    Counts
	}{{"units", units}, {"sources", sources}, {"relations", relations}} {
		if s := p.c.String(); s != "" {
			parts = append(parts, p.what+": "+s)
		}
	}
	return strings.Join(parts, "; ")
}

// oneLine makes text fit for a line on a terminal: white space becomes one
// space, and the characters that could move the cursor or reorder the line
// become the replacement character.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return unicode.ReplacementChar
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}

// ReportSchema is the version of the JSON report.
const ReportSchema = "argmap-diff/1"

// The JSON report. A change has "a" unless it was added and "b" unless it was
// dropped; units, sources and relations are as in argmap/1.
type (
	jsonReport struct {
		Schema    string            `json:"schema"`
		Same      bool              `json:"same"`
		A         argument.Document `json:"a"`
		B         argument.Document `json:"b"`
		Counts    jsonCounts        `json:"counts"`
		Units     []jsonUnit        `json:"units"`
		Sources   []jsonSource      `json:"sources"`
		Relations []jsonRelation    `json:"relations"`
	}
	jsonCounts struct {
		Units     Counts `json:"units"`
		Sources   Counts `json:"sources"`
		Relations Counts `json:"relations"`
	}
	jsonUnit struct {
		Change      string         `json:"change"` // added, dropped, reworded, changed
		A           *argument.Unit `json:"a,omitempty"`
		B           *argument.Unit `json:"b,omitempty"`
		Similarity  float64        `json:"similarity"`
		Words       []Piece        `json:"words,omitempty"`
		Fields      []Field        `json:"fields,omitempty"`
		AttackedBy  []string       `json:"newly_attacked_by,omitempty"`
		SupportedBy []string       `json:"newly_supported_by,omitempty"`
		Unattacked  bool           `json:"no_longer_attacked,omitempty"`
		Unsupported bool           `json:"no_longer_supported,omitempty"`
	}
	jsonSource struct {
		Change string           `json:"change"`
		A      *argument.Source `json:"a,omitempty"`
		B      *argument.Source `json:"b,omitempty"`
		Fields []Field          `json:"fields,omitempty"`
	}
	jsonRelation struct {
		Change string             `json:"change"`
		A      *argument.Relation `json:"a,omitempty"`
		B      *argument.Relation `json:"b,omitempty"`
	}
)

// JSON is the report for programs.
func (d *Diff) JSON() ([]byte, error) {
	r := jsonReport{
		Schema: ReportSchema, Same: d.Same(), A: d.A.Document, B: d.B.Document,
		Units: []jsonUnit{}, Sources: []jsonSource{}, Relations: []jsonRelation{},
	}
	r.A.Text, r.B.Text = "", ""
	r.Counts.Units, r.Counts.Sources, r.Counts.Relations = d.Count()
	for _, u := range d.Units {
		r.Units = append(r.Units, jsonUnit{
			changeOf(u.A == nil, u.B == nil, u.Reworded), u.A, u.B, round(u.Similarity), u.Words, u.Fields,
			u.AttackedBy, u.SupportedBy, u.Unattacked, u.Unsupported,
		})
	}
	for _, s := range d.Sources {
		r.Sources = append(r.Sources, jsonSource{changeOf(s.A == nil, s.B == nil, false), s.A, s.B, s.Fields})
	}
	for _, x := range d.Relations {
		r.Relations = append(r.Relations, jsonRelation{changeOf(x.A == nil, x.B == nil, false), x.A, x.B})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(r)
	return b.Bytes(), err
}

func changeOf(added, dropped, reworded bool) string {
	switch {
	case added:
		return "added"
	case dropped:
		return "dropped"
	case reworded:
		return "reworded"
	}
	return "changed"
}

// round leaves four digits, which is more than a similarity means.
func round(similarity float64) float64 { return float64(int(1e4*similarity+.5)) / 1e4 }
