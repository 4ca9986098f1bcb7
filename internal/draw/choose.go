package draw

import (
	"fmt"

	"github.com/argmap/argmap/internal/argument"
)

// choose returns the maps with only what is to be drawn, and a sentence for each
// sort of thing left out because there was too much. The maps given are not
// changed.
func choose(maps []*argument.Map, opt Options) ([]*argument.Map, []string) {
	limit := opt.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	out := make([]*argument.Map, len(maps))
	for i, m := range maps {
		c := *m
		if opt.NoSources {
			c.Sources, c.Attributions = nil, nil
		}
		out[i] = prune(&c, func(u *argument.Unit) bool {
			return u.Confidence >= opt.MinConfidence || u.Role == argument.Thesis
		}, opt.MinConfidence)
	}
	var notes []string
	if total, _ := count(out); total > limit {
		for _, m := range out {
			m.Sources, m.Attributions = nil, nil
		}
		notes = append(notes, "Too large to draw whole: sources are left out.")
	}
	if _, units := count(out); units > limit {
		kept := simplify(out, limit)
		notes = append(notes, fmt.Sprintf("Simplified: the %d most important of %d units are drawn.", kept, units))
	}
	return out, notes
}

// count returns how many boxes the maps take, and how many of them are units.
func count(maps []*argument.Map) (boxes, units int) {
	for _, m := range maps {
		units += len(m.Units)
		for _, a := range m.Attributions {
			boxes += len(a.Units)
		}
	}
	return boxes + units, units
}

// prune keeps the units that keep approves, and of the relations and
// attributions those that are sure enough and still have both ends. It changes
// m's lists but not what they hold.
func prune(m *argument.Map, keep func(*argument.Unit) bool, least float64) *argument.Map {
	units := make([]argument.Unit, 0, len(m.Units))
	has := map[string]bool{}
	for i := range m.Units {
		if u := &m.Units[i]; keep(u) {
			units = append(units, *u)
			has[u.ID] = true
		}
	}
	m.Units = units
	rels := make([]argument.Relation, 0, len(m.Relations))
	for _, r := range m.Relations {
		if has[r.From] && (has[r.To] || r.Type == argument.Undercuts) && r.Confidence >= least {
			rels = append(rels, r)
		}
	}
	m.Relations = rels
	atts := make([]argument.Attribution, 0, len(m.Attributions))
	for _, a := range m.Attributions {
		if a.Confidence >= least {
			atts = append(atts, a)
		}
	}
	m.Attributions = atts
	return m
}

// simplify drops units until at most limit are left in all maps together:
// premises first, then whatever stands last. It returns how many are left.
func simplify(maps []*argument.Map, limit int) int {
	tiers := []func(*argument.Unit) bool{
		func(u *argument.Unit) bool { return u.Role == argument.Thesis },
		func(u *argument.Unit) bool { return u.Role == argument.RoleClaim },
		func(u *argument.Unit) bool { return u.Kind == argument.Recommendation },
	}
	left := limit
	kept := make([]map[string]bool, len(maps))
	for i := range maps {
		kept[i] = map[string]bool{}
	}
	for _, wanted := range tiers {
		for i, m := range maps {
			for j := range m.Units {
				u := &m.Units[j]
				if left > 0 && wanted(u) && !kept[i][u.ID] {
					kept[i][u.ID] = true
					left--
				}
			}
		}
	}
	if left == limit { // nothing but premises: the first of them
		for i, m := range maps {
			for j := range m.Units {
				if left > 0 {
					kept[i][m.Units[j].ID] = true
					left--
				}
			}
		}
	}
	for i, m := range maps {
		maps[i] = prune(m, func(u *argument.Unit) bool { return kept[i][u.ID] }, 0)
	}
	return limit - left
}
