package format

import (
	"bufio"
	"io"
	"strconv"

	"github.com/argmap/argmap/internal/argument"
)

// The tables beside that of units share its manners (see writeCSV), and its
// ids: pandas merges them on document and id. A row of attributions is one unit
// that one attribution names, or an attribution that names none.

// writeCSVRelations writes a row for each relation.
func writeCSVRelations(w io.Writer, ms []*argument.Map, _ Options) error {
	return writeTable(w, ms, []string{"document", "id", "type", "from", "to", "confidence", "cues"},
		func(m *argument.Map, row func(...string)) {
			for _, r := range m.Relations {
				row(m.Document.URI, r.ID, string(r.Type), r.From, r.To, decimal(r.Confidence), rulesOf(r.Cues))
			}
		})
}

// writeCSVSources writes a row for each source.
func writeCSVSources(w io.Writer, ms []*argument.Map, _ Options) error {
	return writeTable(w, ms, []string{"document", "id", "name", "kind", "description", "mentions", "attributions"},
		func(m *argument.Map, row func(...string)) {
			said := statementCounts(m)
			for _, p := range m.Sources {
				row(m.Document.URI, p.ID, p.Name, string(p.Kind), p.Description,
					strconv.Itoa(len(p.Mentions)), strconv.Itoa(said[p.ID]))
			}
		})
}

// writeCSVAttributions writes a row for each unit that a source stands behind.
func writeCSVAttributions(w io.Writer, ms []*argument.Map, _ Options) error {
	header := []string{
		"document", "id", "source", "name", "unit", "manner", "confidence",
		"source_start", "source_end", "cue_start", "cue_end", "content_start", "content_end", "content",
	}
	return writeTable(w, ms, header, func(m *argument.Map, row func(...string)) {
		names := sourceNames(m)
		o := unarranged(m)
		for i := range m.Attributions {
			a := &m.Attributions[i]
			units := a.Units
			if len(units) == 0 {
				units = []string{""}
			}
			whole := &argument.Span{Start: a.Content[0].Start, End: a.Content[len(a.Content)-1].End}
			for _, u := range units {
				cells := []string{m.Document.URI, a.ID, a.SourceID, names[a.SourceID], u, string(a.Manner), decimal(a.Confidence)}
				for _, s := range []*argument.Span{a.Source, a.Cue, whole} {
					cells = append(cells, offsets(s)...)
				}
				row(append(cells, o.content(a))...)
			}
		}
	})
}

// writeTable writes a header and the rows of all documents.
func writeTable(w io.Writer, ms []*argument.Map, header []string, rows func(*argument.Map, func(...string))) error {
	b := bufio.NewWriter(w)
	writeRow(b, header)
	for _, m := range ms {
		rows(m, func(cells ...string) { writeRow(b, cells) })
	}
	return b.Flush()
}

// offsets are the cells of a span, empty where there is none.
func offsets(s *argument.Span) []string {
	if s == nil {
		return []string{"", ""}
	}
	return []string{strconv.Itoa(s.Start), strconv.Itoa(s.End)}
}
