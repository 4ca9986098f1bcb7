package compare

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/argmap/argmap/internal/argument"
)

// ledger lists the sources.
func (u *uniter) ledger() {
	m := u.out.Map
	n := lastOf(u.B.Sources, func(p *argument.Source) string { return p.ID })
	m.Sources = slices.Clone(u.B.Sources)
	for i, p := range u.A.Sources {
		if j := u.sources.toB[i]; j >= 0 {
			u.source[p.ID] = u.B.Sources[j].ID
			continue
		}
		n++
		old := p.ID
		p.ID = "p" + strconv.Itoa(n)
		u.source[old] = p.ID
		m.Sources = append(m.Sources, p)
	}
	for i := range m.Sources {
		m.Sources[i].Mentions = []argument.Span{}
	}
}

// saying is a source and a unit that it says, by their ids in the union.
type saying struct{ source, unit string }

// statement is a saying with what else is known of it.
type statement struct {
	saying
	argument.Attribution
	change Change
}

// attribute lists who says what, or said it.
func (u *uniter) attribute() {
	same := func(id string) string { return id }
	is := statementsOf(u.B, same, same)
	was := statementsOf(u.A, func(id string) string { return u.source[id] }, func(id string) string { return u.unit[id] })
	said := func(list []statement) map[saying]bool {
		set := make(map[saying]bool, len(list))
		for _, s := range list {
			set[s.saying] = true
		}
		return set
	}
	before, now := said(was), said(is)
	for i := range is {
		if !before[is[i].saying] {
			is[i].change = Added
		}
	}
	for _, s := range was {
		if !now[s.saying] {
			s.change = Dropped
			is = append(is, s)
		}
	}
	slices.SortStableFunc(is, func(a, b statement) int {
		return cmp.Compare(u.span[a.unit].Start, u.span[b.unit].Start)
	})
	u.out.Map.Attributions = make([]argument.Attribution, len(is))
	for i, s := range is {
		id := "a" + strconv.Itoa(i+1)
		u.out.Map.Attributions[i] = argument.Attribution{
			ID: id, SourceID: s.source, Units: []string{s.unit}, Content: []argument.Span{u.span[s.unit]},
			Manner: s.Manner, Confidence: s.Confidence,
		}
		if s.change != "" {
			u.out.Attributions[id] = s.change
		}
	}
}

// statementsOf are the statements of a map, each once, whose ids are called
// source and unit in the union.
func statementsOf(m *argument.Map, source, unit func(string) string) []statement {
	var list []statement
	seen := map[saying]bool{}
	for _, a := range m.Attributions {
		if a.SourceID == "" {
			continue
		}
		for _, id := range a.Units {
			s := saying{source(a.SourceID), unit(id)}
			if !seen[s] {
				seen[s] = true
				list = append(list, statement{s, a, ""})
			}
		}
	}
	return list
}

// relate lists the relations of B and, as far as there is a place for them, what
// A alone has; the rest are former ones.
func (u *uniter) relate() {
	w := &relater{uniter: u, next: map[string]string{}, from: map[string]string{}}
	if thesis, ok := u.out.Map.Thesis(); ok {
		w.thesis = thesis.ID
	}
	for _, r := range u.B.Relations {
		w.from[r.ID] = r.From
	}
	for _, r := range u.B.Relations {
		w.add(r)
	}
	gone := w.changes()
	// An undercut needs what it undercuts.
	for _, undercuts := range []bool{false, true} {
		for _, r := range gone {
			if (r.Type == argument.Undercuts) == undercuts {
				w.past(r)
			}
		}
	}
	place := func(r argument.Relation) int { return u.span[r.From].Start }
	for _, list := range [][]argument.Relation{u.out.Map.Relations, u.out.Former} {
		slices.SortStableFunc(list, func(a, b argument.Relation) int { return cmp.Compare(place(a), place(b)) })
	}
}

// relater adds relations.
type relater struct {
	*uniter
	thesis string            // of the union, or ""
	next   map[string]string // unit to the one to which its relation in the map leads
	from   map[string]string // relation in the map to the unit that it leaves
	last   int               // number of the last relation id
}

// changes says what became of the relations of both, and returns those that A
// alone has.
func (w *relater) changes() []argument.Relation {
	w.last = lastOf(w.B.Relations, func(r *argument.Relation) string { return r.ID })
	went := map[string]bool{}
	for _, c := range w.Relations {
		switch {
		case c.A == nil:
			w.out.Relations[c.B.ID] = Added
		case c.B == nil:
			went[c.A.ID] = true
		case c.A.Type != c.B.Type && w.unit[c.A.To] == c.B.To:
			w.out.Relations[c.B.ID], w.out.Types[c.B.ID] = Changed, c.A.Type
		default:
			w.out.Relations[c.B.ID] = Added
			went[c.A.ID] = true
		}
	}
	leaving := map[string]string{} // unit to the relation of B that leaves it
	for _, r := range w.B.Relations {
		leaving[r.From] = r.ID
	}
	var gone []argument.Relation
	for _, r := range w.A.Relations {
		if !went[r.ID] {
			w.relation[r.ID] = leaving[w.unit[r.From]]
			continue
		}
		w.last++
		old := r.ID
		r.ID, r.From = "r"+strconv.Itoa(w.last), w.unit[r.From]
		w.relation[old], w.out.Relations[r.ID] = r.ID, Dropped
		gone = append(gone, r)
	}
	for i := range gone {
		if to := &gone[i].To; gone[i].Type == argument.Undercuts {
			*to = w.relation[*to]
		} else {
			*to = w.unit[*to]
		}
	}
	return gone
}

// past adds a relation that A alone has, under the union's ids.
func (w *relater) past(r argument.Relation) {
	_, taken := w.next[r.From]
	to := r.To
	if r.Type == argument.Undercuts {
		to = w.from[r.To]
	}
	if taken || r.From == w.thesis || to == "" || w.leads(to, r.From) {
		r.Cues = cuesAt(r.Cues, w.span[r.From])
		w.out.Former = append(w.out.Former, r)
		return
	}
	w.from[r.ID] = r.From
	w.add(r)
}

// leads reports whether the way on from a unit leads to another, or is there.
func (w *relater) leads(from, to string) bool {
	for from != to && from != "" {
		from = w.next[from]
	}
	return from == to
}

// add adds a relation to the map.
func (w *relater) add(r argument.Relation) {
	to := r.To
	if r.Type == argument.Undercuts {
		to = w.from[r.To]
	}
	w.next[r.From] = to
	r.Cues = cuesAt(r.Cues, w.span[r.From])
	w.out.Map.Relations = append(w.out.Map.Relations, r)
}
