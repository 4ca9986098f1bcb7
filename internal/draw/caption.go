package draw

import (
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// census is how much a map holds of what.
type census struct {
	units, advice, sources int
	changed                *tallied // nil where nothing is compared
}

func newCensus(m *argument.Map, changes *Changes) census {
	c := census{units: len(m.Units), sources: len(m.Sources), changed: changes.tally(m)}
	for i := range m.Units {
		if m.Units[i].Kind == argument.Recommendation {
			c.advice++
		}
	}
	return c
}

// total is the census of all the maps.
func total(chosen []selection) census {
	var sum census
	for _, s := range chosen {
		sum.units += s.census.units
		sum.advice += s.census.advice
		sum.sources += s.census.sources
		sum.changed = s.census.changed
	}
	return sum
}

// caption is the line under the title: what the texts want comes first.
func (n census) caption() string {
	if n.units == 0 {
		return ""
	}
	parts := []string{quantity(n.units, "unit")}
	if n.changed != nil {
		return parts[0] + ": " + n.changed.String()
	}
	if n.advice > 0 {
		parts = []string{quantity(n.advice, "recommendation") + " among " + parts[0]}
	}
	if n.sources > 0 {
		parts = append(parts, quantity(n.sources, "source"))
	}
	return strings.Join(parts, " · ")
}

// describe is a sentence on the maps, of which n is the census, for those who
// cannot see the picture.
func (n census) describe(chosen []selection) string {
	if len(chosen) == 0 {
		return "An argument map of nothing."
	}
	var b strings.Builder
	b.WriteString("A map of " + quantity(n.units, "unit"))
	if len(chosen) > 1 {
		b.WriteString(" of " + quantity(len(chosen), "text"))
	}
	if n.changed != nil {
		b.WriteString(" of two versions (" + n.changed.String() + ")")
	}
	b.WriteString(", with " + quantity(n.advice, "recommendation") + " and " + quantity(n.sources, "source"))
	if len(chosen) == 1 {
		if u, ok := chosen[0].m.Thesis(); ok {
			b.WriteString("; the thesis is: " + clean(u.Text))
		}
	}
	return strings.TrimRight(b.String(), ".") + "."
}
