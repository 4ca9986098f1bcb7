package draw

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// DefaultMaxUnits is how many units of a map are drawn unless more are asked for.
// So many take about a square metre at 100 %; of more, nobody sees the whole.
const DefaultMaxUnits = 60

// DefaultDepth is how far around a unit is drawn.
const DefaultDepth = 2

// maxBoxes is how many boxes are drawn at most where nobody asks for more: a
// picture of a thousand is as large as a wall and takes a second or two.
const maxBoxes = 1000

// only is a part of a map that can be drawn alone.
type only struct {
	name  string
	whole string // in the note
	shown func(*forest) []bool
}

var onlys = []only{
	{"recommendations", "The recommendations, what bears directly on them and what they bear on", (*forest).recommendations},
}

// Onlys returns the values of Options.Only.
func Onlys() []string {
	return names(onlys, func(o *only) string { return o.name })
}

// selection is what is to be drawn of a map, and what was folded into each unit.
type selection struct {
	m       *argument.Map
	folded  map[string]tally
	census  census // of the whole map
	focus   string
	missing string // what is said where nothing is left to draw
}

// choose selects what is to be drawn, and says in a sentence each what is left
// out of it. The maps given are not changed.
func choose(maps []*argument.Map, opt Options) ([]selection, []string) {
	var out []selection
	var n account
	limit := maxUnits(len(maps), opt)
	for _, m := range maps {
		f := newForest(surely(m, opt))
		if _, ok := f.place[opt.Focus]; opt.Focus != "" && !ok {
			continue // the focus is in another map
		}
		out = append(out, n.selectFrom(f, limit, opt))
	}
	notes := n.notes(opt)
	if boxes(out) > max(maxBoxes, 3*opt.MaxUnits) {
		for _, s := range out {
			s.m.Attributions = opt.Changes.changedOf(s.m.Attributions)
		}
		which := "sources"
		if opt.Changes != nil {
			which = "sources that are as before"
		}
		notes = append(notes, "Too many to draw: "+which+" are left out.")
	}
	return out, notes
}

// surely is a copy of the map with what is sure enough for the options, and
// without the sources if these are not wanted.
func surely(m *argument.Map, opt Options) *argument.Map {
	c := *m
	if opt.NoSources {
		c.Sources, c.Attributions = nil, nil
	}
	return prune(&c, func(u *argument.Unit) bool {
		return u.Confidence >= opt.MinConfidence || u.Role == argument.Thesis || u.ID == opt.Focus
	}, opt.MinConfidence)
}

// maxUnits is how many units of each of so many maps may be drawn.
func maxUnits(maps int, opt Options) int {
	if opt.MaxUnits > DefaultMaxUnits {
		return opt.MaxUnits
	}
	return max(1, min(cmp.Or(max(0, opt.MaxUnits), DefaultMaxUnits), maxBoxes/max(1, maps)))
}

// boxes is how many boxes the selections take.
func boxes(selections []selection) int {
	n := 0
	for _, s := range selections {
		n += len(s.m.Units)
		for _, a := range s.m.Attributions {
			n += len(a.Units)
		}
	}
	return n
}

// account is kept of what the selections leave out.
type account struct {
	units, drawn                   int
	premises, claims, advice, lost int // folded, and left out as they bear on nothing drawn
}

// selectFrom selects what is to be drawn of the forest's map.
func (n *account) selectFrom(f *forest, limit int, opt Options) selection {
	s := selection{m: f.m, census: newCensus(f.m, opt.Changes), focus: opt.Focus, missing: "No claims found in this text."}
	shown := f.all()
	switch {
	case opt.Focus != "":
		shown = f.around(f.place[opt.Focus], cmp.Or(opt.Depth, DefaultDepth))
	case opt.Only != "":
		shown = findOnly(opt.Only).shown(f)
		if len(f.up) > 0 {
			s.missing = "No " + opt.Only + " found in this text."
		}
	}
	asked := slices.Clone(shown)
	kept := opt.Changes.keeps(f) // whatever the limit
	sparing := func(rank func(i int) int) func(i int) int {
		return func(i int) int {
			if kept[i] {
				return -1
			}
			return rank(i)
		}
	}
	if opt.Collapse {
		f.fold(shown, 0, sparing(f.premise))
	}
	f.fold(shown, limit, sparing(func(i int) int { return f.minor(i, opt.Focus) }))
	n.count(f, asked, shown)
	s.folded = f.tallies(shown)
	prune(f.m, func(u *argument.Unit) bool { return shown[f.place[u.ID]] }, 0)
	return s
}

// findOnly returns the row of onlys of that name, which exists.
func findOnly(name string) only {
	return onlys[max(0, slices.Index(Onlys(), name))]
}

// count enters what of asked is not shown.
func (n *account) count(f *forest, asked, shown []bool) {
	for i := range shown {
		n.units++
		switch u := &f.m.Units[i]; {
		case shown[i]:
			n.drawn++
		case !asked[i]: // nobody wanted it
		case f.host(i, shown) < 0:
			n.lost++
		case u.Kind == argument.Recommendation:
			n.advice++
		case u.Role == argument.RoleClaim:
			n.claims++
		default:
			n.premises++
		}
	}
}

// notes are sentences on what is left out.
func (n *account) notes(opt Options) []string {
	var notes []string
	switch {
	case opt.Focus != "":
		notes = append(notes, fmt.Sprintf("Around %s, %s each way: %d of %s are drawn.",
			clean(opt.Focus), quantity(cmp.Or(opt.Depth, DefaultDepth), "step"), n.drawn, quantity(n.units, "unit")))
	case opt.Only != "":
		notes = append(notes, fmt.Sprintf("%s: %d of %s are drawn.", findOnly(opt.Only).whole, n.drawn, quantity(n.units, "unit")))
	}
	minor, which := "minor premise", ""
	if opt.Collapse {
		minor = "premise"
	}
	if opt.Changes != nil {
		which = "unchanged " // no other is folded
	}
	parts := quantities(count{n.premises, which + minor}, count{n.advice, which + "recommendation"}, count{n.claims, which + "main claim"})
	if len(parts) > 0 {
		verb := "are folded into the units that they bear on."
		if n.premises+n.advice+n.claims == 1 {
			verb = "is folded into the unit that it bears on."
		}
		notes = append(notes, listed(parts)+" "+verb)
	}
	switch {
	case n.lost == 1:
		notes = append(notes, fmt.Sprintf("1 %sunit that bears on nothing is left out.", which))
	case n.lost > 0:
		notes = append(notes, fmt.Sprintf("%d %sunits that bear on nothing are left out.", n.lost, which))
	}
	return notes
}

// prune keeps the units that keep approves, of the relations those that are sure
// enough and still have both ends, and of the attributions those that are sure
// enough, with what is left of their units. It changes m's lists but not what
// they hold.
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
			a.Units = slices.DeleteFunc(slices.Clone(a.Units), func(id string) bool { return !has[id] })
			atts = append(atts, a)
		}
	}
	m.Attributions = atts
	return m
}
