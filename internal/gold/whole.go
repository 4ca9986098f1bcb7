package gold

import (
	"cmp"

	"github.com/argmap/argmap/internal/argument"
)

// What argmap's own gold says of units.
var (
	kinds = aspect{"kinds", predictedKind, func(d *doc, j int) string { return d.units[j].Kind }}
	types = aspect{"types",
		func(d *doc, i int) string { return claimType(predictedSort(d, i)) },
		func(d *doc, j int) string { return claimType(goldSort(d, j)) }}
	roles = aspect{"roles", predictedRole, func(d *doc, j int) string { return cmp.Or(d.units[j].Role, none) }}
)

// predictedSort is the type of a claim, or "recommendation".
func predictedSort(d *doc, i int) string {
	u := d.pred.Units[i]
	return sortOf(string(u.Kind), string(u.Type))
}

func goldSort(d *doc, j int) string { return sortOf(d.units[j].Kind, d.units[j].Type) }

func sortOf(kind, typ string) string {
	if kind == recommendation {
		return recommendation
	}
	return cmp.Or(typ, none)
}

// claimType is the type of a claim, or "" for a recommendation.
func claimType(sort string) string {
	if sort == recommendation {
		return ""
	}
	return sort
}

// thesisUnits are the units that the gold calls the thesis.
func thesisUnits(d *doc) map[int]bool {
	out := map[int]bool{}
	for j, u := range d.units {
		if u.Role == string(argument.Thesis) {
			out[j] = true
		}
	}
	return out
}

// wholeFigures compare everything: argmap's own gold has it all.
func wholeFigures(docs []*doc) []Figure {
	var units, recs, claims, places, relations, links count
	for _, d := range docs {
		units.addUnits(d)
		recs.compare(d, kinds, recommendation)
		claims.compare(d, types, "")
		places.compare(d, roles, "")
		relations.addRelations(d, undercutsAttack)
		links.addRelations(d, unlabelled)
	}
	out := []Figure{units.f1("units"), recs.f1("recommendations"), claims.f1("claim types"), places.f1("roles"),
		relations.f1("relations"), links.f1("links (no label)")}
	for _, f := range attributionFigures(docs) {
		if f.Name != "cue words" && f.Name != "content exact" {
			out = append(out, f)
		}
	}
	return out
}
