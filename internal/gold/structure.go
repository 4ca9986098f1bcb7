package gold

import "github.com/argmap/argmap/internal/argument"

const (
	majorClaim  = "MajorClaim"     // the label of a thesis in the essays
	foundThesis = "thesis found %" // a figure
)

// essay is the role of a unit in an essay (AAE2) that has a thesis.
var essay = aspect{"roles", essayRole, func(d *doc, j int) string {
	if !d.isEssay() {
		return ""
	}
	return d.units[j].Label
}}

// essayRoles are the labels of the essays for the roles of a map.
var essayRoles = map[argument.Role]string{
	argument.Thesis: majorClaim, argument.RoleClaim: "Claim", argument.Premise: "Premise",
}

func essayRole(d *doc, i int) string {
	if !d.isEssay() {
		return ""
	}
	if role, ok := essayRoles[d.pred.Units[i].Role]; ok {
		return role
	}
	return none
}

// isEssay reports whether the gold has major claims.
func (d *doc) isEssay() bool {
	for _, u := range d.units {
		if u.Label == majorClaim {
			return true
		}
	}
	return false
}

// structureRoots are the units that the gold makes the thesis: the major claims
// or, where there are none, the units that no relation leaves.
func structureRoots(d *doc) map[int]bool {
	leads := map[string]bool{}
	for _, r := range d.relations {
		leads[r.From] = true
	}
	isEssay, out := d.isEssay(), map[int]bool{}
	for j, u := range d.units {
		if isEssay && u.Label == majorClaim || !isEssay && !leads[u.ID] {
			out[j] = true
		}
	}
	return out
}

// thesis is the index of the map's first thesis, or -1.
func (d *doc) thesis() int {
	for i, u := range d.pred.Units {
		if u.Role == argument.Thesis {
			return i
		}
	}
	return -1
}

// finds reports whether the unit i of the map, or none if it is -1, is one of
// the gold units roots.
func (d *doc) finds(roots map[int]bool, i int) bool {
	return i >= 0 && d.toGold[i] >= 0 && roots[d.toGold[i]]
}

// structureFigures compare components, relations, the thesis and, in essays,
// the types of the components.
func structureFigures(docs []*doc) []Figure {
	var components, typed, relations, thesis count
	for _, d := range docs {
		components.addUnits(d)
		typed.compare(d, essay, "")
		relations.addRelations(d, undercutsAttack)
		thesis.addThesis(d, structureRoots(d))
	}
	out := []Figure{components.f1("components"), relations.f1("relations"), thesis.share(foundThesis)}
	if typed.gold > 0 {
		out = append(out, typed.f1("typed components"))
	}
	return out
}

// addThesis counts a text, unless its gold has no thesis.
func (c *count) addThesis(d *doc, roots map[int]bool) {
	if len(roots) == 0 {
		return
	}
	i := d.thesis()
	c.gold++
	if i >= 0 {
		c.predicted++
	}
	if d.finds(roots, i) {
		c.right++
	}
}
