package gold

import (
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// Miss is one disagreement between a map and the gold. The span and Text are
// those of the unit, of the unit that a relation leaves, of the content of an
// attribution (its first stretch and all of its words), or of the map's thesis:
// in the gold for what was missed, in the map for the rest.
type Miss struct {
	Document string `json:"document"` // the id of the text
	Class    string `json:"class"`
	What     string `json:"what"` // "missed", "extra" or "wrong"
	// Predicted and Gold are what the map and the gold say: a label, for an
	// attribution the words of its cue. One of them is empty for what was
	// missed or is extra.
	Predicted string `json:"predicted,omitempty"`
	Gold      string `json:"gold,omitempty"`
	argument.Span
	Text string `json:"text"`
	// Other is the unit that a relation leads to, the source of an
	// attribution, the thesis of the gold.
	Other string `json:"other,omitempty"`
}

// What can be the matter with a miss.
const (
	missed = "missed"
	extra  = "extra"
	wrong  = "wrong"
)

// Classes are the classes of misses, in the order in which a text's are listed.
func Classes() []string {
	return []string{"units", "kinds", "types", "roles", "relations", "attributions", "thesis"}
}

// misses are all misses of one text.
func (t task) misses(d *doc) []Miss {
	var out []Miss
	if t.isUnit != nil {
		out = append(out, t.unitMisses(d)...)
	}
	for _, a := range t.aspects {
		out = append(out, aspectMisses(d, a)...)
	}
	if t.fold != nil {
		out = append(out, t.relationMisses(d)...)
	}
	if t.attributions {
		out = append(out, attributionMisses(d)...)
	}
	if t.roots != nil {
		out = append(out, thesisMiss(d, t.roots(d))...)
	}
	for i := range out {
		out[i].Document = d.id
	}
	return out
}

// byPlace sorts misses of one class by where they are.
func byPlace(list []Miss) []Miss {
	slices.SortStableFunc(list, func(a, b Miss) int { return a.Start - b.Start })
	return list
}

func (t task) unitMisses(d *doc) []Miss {
	var out []Miss
	for j, i := range d.toPred {
		if i < 0 {
			at := d.units[j].at
			out = append(out, Miss{Class: "units", What: missed, Gold: t.goldLabel(d, j), Span: at, Text: d.at(at)})
		}
	}
	for i, j := range d.toGold {
		if j < 0 {
			at := d.pred.Units[i].Span
			out = append(out, Miss{Class: "units", What: extra, Predicted: t.label(d, i), Span: at, Text: d.at(at)})
		}
	}
	return byPlace(out)
}

func aspectMisses(d *doc, a aspect) []Miss {
	var out []Miss
	for i, j := range d.toGold {
		if j < 0 {
			continue
		}
		p, g := a.pred(d, i), a.gold(d, j)
		if p != "" && g != "" && p != g {
			at := d.pred.Units[i].Span
			out = append(out, Miss{Class: a.class, What: wrong, Predicted: p, Gold: g, Span: at, Text: d.at(at)})
		}
	}
	return byPlace(out)
}

// relationMisses takes a relation whose ends are right and whose label is not
// for one that is wrong, not for two misses.
func (t task) relationMisses(d *doc) []Miss {
	var out []Miss
	gold := d.goldEdges(t.fold)
	settled := make([]bool, len(gold))
	ends := func(e edge) func(edge) bool {
		return func(g edge) bool { return g.from == e.from && g.to == e.to }
	}
	for _, p := range d.predictedEdges(t.fold) {
		r := d.pred.Relations[p.relation]
		m := Miss{Class: "relations", What: extra, Predicted: string(r.Type)}
		if p.known {
			if k := slices.Index(gold, p.edge); k >= 0 {
				settled[k] = true
				continue
			}
			if k := slices.IndexFunc(gold, ends(p.edge)); k >= 0 {
				settled[k] = true
				m.What, m.Gold = wrong, gold[k].label
			}
		}
		from, _ := d.pred.Unit(r.From)
		to, _ := d.pred.Unit(r.To)
		m.Span, m.Text, m.Other = from.Span, d.at(from.Span), d.at(to.Span)
		out = append(out, m)
	}
	for k, e := range gold {
		if !settled[k] {
			from, to := d.units[e.from].at, d.units[e.to].at
			out = append(out, Miss{Class: "relations", What: missed, Gold: e.label, Span: from, Text: d.at(from), Other: d.at(to)})
		}
	}
	return byPlace(out)
}

// attributionMisses leaves out those that have no source, as the figure does.
func attributionMisses(d *doc) []Miss {
	var out []Miss
	found := make([]bool, len(d.gold))
	for i, j := range d.pairAttributions() {
		if j >= 0 {
			found[j] = true
		} else if a := d.said[i]; a.complete() {
			m := attributionMiss(d, extra, a)
			m.Predicted = d.passages(a[cue])
			out = append(out, m)
		}
	}
	for j, a := range d.gold {
		if !found[j] && a.complete() {
			m := attributionMiss(d, missed, a)
			m.Gold = d.passages(a[cue])
			out = append(out, m)
		}
	}
	return byPlace(out)
}

func attributionMiss(d *doc, what string, a attribution) Miss {
	return Miss{Class: "attributions", What: what, Span: a[content][0], Text: d.passages(a[content]), Other: d.passages(a[source])}
}

// thesisMiss is there if the gold has a thesis and the map another or none.
func thesisMiss(d *doc, roots map[int]bool) []Miss {
	i := d.thesis()
	if len(roots) == 0 || d.finds(roots, i) {
		return nil
	}
	var at []argument.Span
	for j, u := range d.units {
		if roots[j] {
			at = append(at, u.at)
		}
	}
	if i < 0 {
		return []Miss{{Class: "thesis", What: missed, Span: at[0], Text: d.passages(at)}}
	}
	s := d.pred.Units[i].Span
	return []Miss{{Class: "thesis", What: wrong, Span: s, Text: d.at(s), Other: d.passages(at)}}
}
