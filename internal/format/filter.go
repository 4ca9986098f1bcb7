package format

import (
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// The parts of a map that can be asked for.
const (
	partClaims          = "claims"
	partRecommendations = "recommendations"
	partSources         = "sources"
	partAttributions    = "attributions"
	partRelations       = "relations"
)

// Parts returns the names of the parts that [Filter] knows.
func Parts() []string {
	return []string{partClaims, partRecommendations, partSources, partAttributions, partRelations}
}

// Filter returns a map that holds the named parts of m, or all if only names
// none, less what is less sure than minConfidence. A valid map stays valid, and
// what is kept keeps its id:
//
//   - A relation goes when a unit or relation at either of its ends goes.
//   - An attribution loses the units that go, and goes with the last of them.
//   - A source goes with the last of its attributions. When units of one kind
//     are asked for, the sources are those that speak in these units.
//   - Attributions bring the sources that they refer to.
//   - Where neither claims nor recommendations are asked for, attributions and
//     relations bring the units that they refer to.
//
// The result shares passages and cues with m, which is not changed.
func Filter(m *argument.Map, only []string, minConfidence float64) *argument.Map {
	f := filter{m: *m, only: only, least: minConfidence}
	f.chosen = f.names(partClaims) || f.names(partRecommendations)
	f.units()
	f.relations()
	f.attributions()
	f.sources(m.Attributions)
	f.dropUnasked()
	return &f.m
}

// filter narrows m, its own copy of the map, list by list; it replaces lists
// and never writes into one.
type filter struct {
	m      argument.Map
	only   []string
	least  float64
	chosen bool // a kind of unit is named
}

func (f *filter) names(part string) bool { return slices.Contains(f.only, part) }

// asked reports whether a part is to be written.
func (f *filter) asked(part string) bool { return len(f.only) == 0 || f.names(part) }

func (f *filter) units() {
	part := map[argument.Kind]string{argument.Claim: partClaims, argument.Recommendation: partRecommendations}
	f.m.Units = keep(f.m.Units, func(u *argument.Unit) bool {
		return u.Confidence >= f.least && (!f.chosen || f.names(part[u.Kind]))
	})
}

// relations drops the relations without ends until none is left: an undercut
// goes with the relation that it questions.
func (f *filter) relations() {
	ends := map[string]bool{}
	for _, u := range f.m.Units {
		ends[u.ID] = true
	}
	list := keep(f.m.Relations, func(r *argument.Relation) bool { return r.Confidence >= f.least })
	for {
		for _, r := range list {
			ends[r.ID] = true
		}
		left := keep(list, func(r *argument.Relation) bool {
			whole := ends[r.From] && ends[r.To]
			ends[r.ID] = whole
			return whole
		})
		if len(left) == len(list) {
			f.m.Relations = left
			return
		}
		list = left
	}
}

func (f *filter) attributions() {
	units := map[string]bool{}
	for _, u := range f.m.Units {
		units[u.ID] = true
	}
	var kept []argument.Attribution
	for _, a := range f.m.Attributions {
		had := len(a.Units) > 0
		a.Units = keep(a.Units, func(id *string) bool { return units[*id] })
		if a.Confidence < f.least || len(a.Units) == 0 && (had || f.chosen) {
			continue
		}
		kept = append(kept, a)
	}
	f.m.Attributions = kept
}

// sources keeps who still speaks. Who never did is kept too, unless the ledger
// is that of chosen units and the map tells who speaks in which.
func (f *filter) sources(before []argument.Attribution) {
	spoke, speaks := speakers(before), speakers(f.m.Attributions)
	f.m.Sources = keep(f.m.Sources, func(p *argument.Source) bool {
		switch {
		case speaks[p.ID]:
			return f.asked(partSources) || f.asked(partAttributions)
		case spoke[p.ID]:
			return false
		}
		return f.asked(partSources) && (!f.chosen || len(before) == 0)
	})
}

// speakers is the set of the sources that the attributions name.
func speakers(list []argument.Attribution) map[string]bool {
	ids := map[string]bool{}
	for _, a := range list {
		ids[a.SourceID] = true
	}
	return ids
}

// dropUnasked drops the lists that were needed only to choose the others.
func (f *filter) dropUnasked() {
	if !f.asked(partRelations) {
		f.m.Relations = nil
	}
	if !f.asked(partAttributions) {
		f.m.Attributions = nil
	}
	if len(f.only) == 0 || f.chosen {
		return
	}
	needed := map[string]bool{}
	for _, r := range f.m.Relations {
		needed[r.From], needed[r.To] = true, true
	}
	for _, a := range f.m.Attributions {
		for _, id := range a.Units {
			needed[id] = true
		}
	}
	f.m.Units = keep(f.m.Units, func(u *argument.Unit) bool { return needed[u.ID] })
}

// keep returns a new list of the elements that ok accepts.
func keep[T any](list []T, ok func(*T) bool) []T {
	kept := make([]T, 0, len(list))
	for i := range list {
		if ok(&list[i]) {
			kept = append(kept, list[i])
		}
	}
	return kept
}
