package format

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// columns is the CSV table: what stands above each column and how a unit
// fills it. Start and end are code points, end exclusive.
var columns = []struct {
	name string
	cell func(*outline, *argument.Unit) string
}{
	{"document", func(o *outline, _ *argument.Unit) string { return o.m.Document.URI }},
	{"id", func(_ *outline, u *argument.Unit) string { return u.ID }},
	{"kind", func(_ *outline, u *argument.Unit) string { return string(u.Kind) }},
	{"type", func(_ *outline, u *argument.Unit) string { return string(u.Type) }},
	{"role", func(_ *outline, u *argument.Unit) string { return string(u.Role) }},
	{"strength", func(_ *outline, u *argument.Unit) string { return string(u.Strength) }},
	{"addressee", func(_ *outline, u *argument.Unit) string { return wordsOf(u.Addressee) }},
	{"section", func(o *outline, u *argument.Unit) string { return o.sections[u.Section] }},
	{"start", func(_ *outline, u *argument.Unit) string { return strconv.Itoa(u.Start) }},
	{"end", func(_ *outline, u *argument.Unit) string { return strconv.Itoa(u.End) }},
	{"confidence", func(_ *outline, u *argument.Unit) string { return decimal(u.Confidence) }},
	{"sources", func(o *outline, u *argument.Unit) string { return strings.Join(o.speakers(u.ID), "; ") }},
	{"relation", func(o *outline, u *argument.Unit) string { return string(o.leaving[u.ID].Type) }},
	{"target", func(o *outline, u *argument.Unit) string { return o.leaving[u.ID].To }},
	{"text", func(_ *outline, u *argument.Unit) string { return u.Text }},
	{"lead_in", func(_ *outline, u *argument.Unit) string { return wordsOf(u.LeadIn) }},
	{"cues", func(_ *outline, u *argument.Unit) string { return rulesOf(u.Cues) }},
	{"page", func(_ *outline, u *argument.Unit) string { return pageOf(u) }},
}

// writeCSV writes one table for all documents, a row for each unit: RFC 4180,
// UTF-8 without a byte-order mark, lines ended by CR and LF as it demands.
//
// Passages stand in it verbatim, line breaks included, so that a row can be
// checked against the text. A cell that begins with =, +, - or @ is therefore
// not changed: who opens the file of an untrusted text in a spreadsheet should
// import the columns as text. encoding/csv is not used for writing because it
// would change the line breaks within cells.
func writeCSV(w io.Writer, ms []*argument.Map, _ Options) error {
	b := bufio.NewWriter(w)
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	writeRow(b, cells)
	for _, m := range ms {
		o := newOutline(m)
		for i := range m.Units {
			for j, c := range columns {
				cells[j] = c.cell(o, &m.Units[i])
			}
			writeRow(b, cells)
		}
	}
	return b.Flush()
}

// writeRow leaves errors to Flush, which reports the first.
func writeRow(b *bufio.Writer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(c, "\",\r\n") || strings.TrimSpace(c) != c {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(c)
	}
	b.WriteString("\r\n")
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// pageOf is the number of the page that a unit begins on, "" if that is not known.
func pageOf(u *argument.Unit) string {
	if u.Page == 0 {
		return ""
	}
	return strconv.Itoa(u.Page)
}

func wordsOf(p *argument.Phrase) string {
	if p == nil {
		return ""
	}
	return p.Text
}

// rulesOf lists the rules that fired, each once, in text order.
func rulesOf(cues []argument.Cue) string {
	var rules []string
	for _, c := range cues {
		if !slices.Contains(rules, c.Rule) {
			rules = append(rules, c.Rule)
		}
	}
	return strings.Join(rules, "; ")
}
