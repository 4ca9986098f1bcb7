package format

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// writeBrat writes brat's standoff format, the .ann file of which the text is
// the .txt beside it: offsets are code points, as brat's own are.
//
//   - T: units as Claim and Recommendation, mentions of sources as Source, the
//     words that report something as Cue, what was said as Attribution.
//   - A: type, role and strength of units.
//   - R: relations, from Arg1 to Arg2. An undercut leads to the unit that takes
//     the step, which is unambiguous as at most one relation leaves a unit.
//   - E: attributions, whose trigger is the content: brat refuses a file in
//     which the two are of different types, or in which anything but an event
//     points to a trigger.
//   - #: notes with the other fields of the contract, as JSON.
//
// Nothing can be said of the document as a whole, nor of a source that is
// mentioned nowhere.
func writeBrat(w io.Writer, ms []*argument.Map, _ Options) error {
	m, err := single(ms)
	if err != nil {
		return err
	}
	b := &bratWriter{Writer: bufio.NewWriter(w), text: []rune(m.Document.Text), terms: map[string]string{}}
	for i := range m.Units {
		b.unit(&m.Units[i])
	}
	b.relations(m.Relations)
	unseen := map[string]*argument.Source{}
	for i := range m.Sources {
		p := &m.Sources[i]
		if len(p.Mentions) == 0 {
			unseen[p.ID] = p
		}
		b.source(p)
	}
	for i := range m.Attributions {
		b.attribution(&m.Attributions[i], unseen)
	}
	return b.Flush()
}

type bratWriter struct {
	*bufio.Writer
	text  []rune            // empty where the map does not carry it
	terms map[string]string // unit id to the id of its T
	// how many of each letter there are
	t, a, r, e, notes int
}

// The types of brat's annotations.
const (
	bratSource      = "Source"
	bratCue         = "Cue"
	bratAttribution = "Attribution"
	bratNote        = "AnnotatorNotes"
)

// term writes a T. One that holds line breaks is written in pieces, for in
// brat no piece goes over the end of a line.
func (b *bratWriter) term(kind, words string, spans ...argument.Span) string {
	b.t++
	id := "T" + strconv.Itoa(b.t)
	var places, pieces []string
	for _, s := range spans {
		passage := []rune(words)
		if words == "" {
			passage = b.passage(s)
		}
		for _, p := range linesOf(s, passage) {
			places = append(places, fmt.Sprintf("%d %d", p.Start, p.End))
			pieces = append(pieces, oneLineOf(string(passage[p.Start-s.Start:p.End-s.Start])))
		}
	}
	fmt.Fprintf(b, "%s\t%s %s\t%s\n", id, kind, strings.Join(places, ";"), strings.Join(pieces, " "))
	return id
}

// passage is what stands at s, or dots where the text is not there.
func (b *bratWriter) passage(s argument.Span) []rune {
	if s.End <= len(b.text) {
		return b.text[s.Start:s.End]
	}
	return []rune(strings.Repeat(".", s.End-s.Start))
}

// linesOf is the parts of span s, whose words are given, without line breaks;
// s itself where there is nothing else in it.
func linesOf(s argument.Span, words []rune) []argument.Span {
	var parts []argument.Span
	start := 0
	for i := 0; i <= len(words); i++ {
		if i < len(words) && words[i] != '\n' && words[i] != '\r' {
			continue
		}
		if i > start {
			parts = append(parts, argument.Span{Start: s.Start + start, End: s.Start + i})
		}
		start = i + 1
	}
	if parts == nil {
		return []argument.Span{s}
	}
	return parts
}

// oneLineOf is text without what would end a line of the file. Tabs stay: brat
// compares the last cell with the text, character by character.
func oneLineOf(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

func (b *bratWriter) attribute(name, of, value string) {
	if value != "" {
		b.a++
		fmt.Fprintf(b, "A%d\t%s %s %s\n", b.a, name, of, value)
	}
}

func (b *bratWriter) note(of string, fields []field) {
	if len(fields) > 0 {
		b.notes++
		fmt.Fprintf(b, "#%d\t%s %s\t%s\n", b.notes, bratNote, of, object(fields))
	}
}

// bratKinds are what brat calls the kinds of units.
var bratKinds = map[argument.Kind]string{argument.Claim: "Claim", argument.Recommendation: "Recommendation"}

func (b *bratWriter) unit(u *argument.Unit) {
	t := b.term(bratKinds[u.Kind], u.Text, u.Span)
	b.terms[u.ID] = t
	b.attribute("Type", t, string(u.Type))
	b.attribute("Role", t, string(u.Role))
	b.attribute("Strength", t, string(u.Strength))
	drop := []string{"kind", "type", "role", "strength", "section"}
	if !strings.ContainsAny(u.Text, "\r\n") { // whose pieces do not give the span back
		drop = append(drop, "start", "end", "text")
	}
	b.note(t, members(u, drop...))
}

func (b *bratWriter) relations(list []argument.Relation) {
	origin := origins(list)
	for i := range list {
		r := &list[i]
		to := r.To
		if r.Type == argument.Undercuts {
			to = origin[r.To]
		}
		b.r++
		id := "R" + strconv.Itoa(b.r)
		fmt.Fprintf(b, "%s\t%s Arg1:%s Arg2:%s\n", id, r.Type, b.terms[r.From], b.terms[to])
		b.note(id, members(r, "type", "from", "to"))
	}
}

// source writes the mentions; the note of the first says who it is.
func (b *bratWriter) source(p *argument.Source) {
	for i, s := range p.Mentions {
		t := b.term(bratSource, "", s)
		if i == 0 {
			b.note(t, members(p))
		} else {
			b.note(t, []field{textField("id", p.ID)})
		}
	}
}

// attribution writes who said something. The note of one whose source is
// mentioned nowhere says who that is.
func (b *bratWriter) attribution(a *argument.Attribution, unseen map[string]*argument.Source) {
	arguments := ""
	if a.Source != nil {
		arguments += " " + bratSource + ":" + b.term(bratSource, "", *a.Source)
	}
	if a.Cue != nil {
		arguments += " " + bratCue + ":" + b.term(bratCue, "", *a.Cue)
	}
	for i, u := range a.Units {
		name := "Unit"
		if i > 0 {
			name += strconv.Itoa(i + 1)
		}
		arguments += " " + name + ":" + b.terms[u]
	}
	trigger := b.term(bratAttribution, "", a.Content...)
	b.e++
	id := "E" + strconv.Itoa(b.e)
	fmt.Fprintf(b, "%s\t%s:%s%s\n", id, bratAttribution, trigger, arguments)
	fields := members(a, "units")
	if p := unseen[a.SourceID]; p != nil {
		fields = append(fields, field{"speaker", mustJSON(p)})
	}
	b.note(id, fields)
}
