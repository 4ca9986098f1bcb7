package gold

import (
	"cmp"

	"github.com/argmap/argmap/internal/argument"
)

// task is what is compared in the texts of some corpora. Fields that do not
// apply are nil or empty.
type task struct {
	corpora []string
	figures func([]*doc) []Figure
	main    []string // the figures that rank texts

	// isUnit says which gold units are to be found; nil means that the corpus
	// has none at all.
	isUnit func(Unit) bool
	// label and goldLabel name what a unit is taken for and what it is;
	// labels are the known names in the order of tables.
	label     func(*doc, int) string
	goldLabel func(*doc, int) string
	labels    []string
	// aspects are what is compared of matched units.
	aspects []aspect
	// fold says which labels of relations are told apart, roots which gold
	// units are the thesis.
	fold         fold
	roots        func(*doc) map[int]bool
	attributions bool
}

// aspect is a property of units, given by index: of the map for pred, of the
// gold for gold. Units whose value is "" have nothing to compare.
type aspect struct {
	class      string // of misses
	pred, gold func(*doc, int) string
}

var tasks = []task{
	{
		corpora: []string{"argmap-gold", "argmap-train"}, figures: wholeFigures,
		main:   []string{"units", "recommendations", "claim types", "roles", "relations", "who said what"},
		isUnit: everyUnit, label: predictedSort, goldLabel: goldSort,
		labels:  []string{recommendation, "statistic", "anecdote", "fact", "prediction", "judgement"},
		aspects: []aspect{kinds, types, roles},
		fold:    undercutsAttack, roots: thesisUnits, attributions: true,
	},
	{
		corpora: []string{"polnear", "vaccination"}, figures: attributionFigures,
		main:         []string{"source exact", "cue exact", "content exact", "who said what"},
		attributions: true,
	},
	{
		corpora: []string{"webis-editorials-16"}, figures: typeFigures,
		main:   []string{"units", "assumption", "testimony", "statistics", "anecdote"},
		isUnit: isEditorialUnit, label: editorialType, goldLabel: ownLabel,
		labels:  []string{"assumption", "testimony", "statistics", "anecdote", "common-ground", "other"},
		aspects: []aspect{editorial},
	},
	{
		corpora: []string{"cdcp"}, figures: policyFigures,
		main:   []string{"units", "recommendations", "relations"},
		isUnit: everyUnit, label: predictedKind, goldLabel: ownLabel,
		labels:  []string{recommendation, claim, "policy", "value", "fact", "testimony", "reference"},
		aspects: []aspect{policy},
		fold:    allSupport,
	},
	{
		corpora: []string{"microtexts1", "microtexts2", "aae2"}, figures: structureFigures,
		main:   []string{"components", "relations", foundThesis, "typed components"},
		isUnit: everyUnit, label: predictedRole, goldLabel: ownLabel,
		labels:  []string{"thesis", "claim", "premise", majorClaim, "Claim", "Premise", "pro", "opp"},
		aspects: []aspect{essay},
		fold:    undercutsAttack, roots: structureRoots,
	},
}

const (
	recommendation = string(argument.Recommendation)
	claim          = string(argument.Claim)
)

func (t task) counts(u Unit) bool { return t.isUnit != nil && t.isUnit(u) }

func everyUnit(Unit) bool { return true }

func ownLabel(d *doc, j int) string { return d.units[j].Label }

// compare counts the units whose values in an aspect agree; with only, those
// of this one value.
func (c *count) compare(d *doc, a aspect, only string) {
	counts := func(v string) bool { return v != "" && (only == "" || v == only) }
	for i, j := range d.toGold {
		v := a.pred(d, i)
		if !counts(v) {
			continue
		}
		c.predicted++
		if j >= 0 && a.gold(d, j) == v {
			c.right++
		}
	}
	for j := range d.units {
		if counts(a.gold(d, j)) {
			c.gold++
		}
	}
}

// addUnits counts the units that match.
func (c *count) addUnits(d *doc) {
	right := 0
	for _, j := range d.toGold {
		if j >= 0 {
			right++
		}
	}
	c.add(right, len(d.toGold), len(d.units))
}

// none stands for a value that a unit should have and has not.
const none = "none"

func predictedKind(d *doc, i int) string { return string(d.pred.Units[i].Kind) }

func predictedRole(d *doc, i int) string { return cmp.Or(string(d.pred.Units[i].Role), none) }
