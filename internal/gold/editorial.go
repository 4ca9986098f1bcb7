package gold

import "github.com/argmap/argmap/internal/argument"

// editorial is the type of a unit in terms of Webis-Editorials-16.
var editorial = aspect{"types", editorialType, ownLabel}

// isEditorialUnit leaves out the passages that are annotated as none.
func isEditorialUnit(u Unit) bool { return u.Label != "no-unit" && u.Label != "title" }

// editorialType is what a unit of the map is in terms of Webis-Editorials-16:
// testimony is what stands for the most part inside what someone is said to
// have said, statistics aside.
func editorialType(d *doc, i int) string {
	u := d.pred.Units[i]
	if u.Type == argument.Statistic {
		return "statistics"
	}
	for _, a := range d.said {
		for _, s := range a[content] {
			if 2*common(u.Span, s) > u.End-u.Start {
				return "testimony"
			}
		}
	}
	if u.Type == argument.Anecdote {
		return "anecdote"
	}
	return "assumption"
}

// typeFigures compare units and the four types that a map can tell apart.
func typeFigures(docs []*doc) []Figure {
	var units count
	for _, d := range docs {
		units.addUnits(d)
	}
	out := []Figure{units.f1("units")}
	for _, name := range []string{"assumption", "testimony", "statistics", "anecdote"} {
		var c count
		for _, d := range docs {
			c.compare(d, editorial, name)
		}
		out = append(out, c.f1(name))
	}
	return append(out, macro("types macro F1", out[1:]))
}
