package draw

import (
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// tallied is how many units, relations and attributions have each status.
type tallied struct{ units, relations, attributions [len(tints)]int }

func (c *Changes) tally(m *argument.Map) *tallied {
	if c == nil {
		return nil
	}
	n := &tallied{}
	n.relations[Dropped] = len(c.Former)
	for i := range m.Units {
		n.units[c.Units[m.Units[i].ID].Status]++
	}
	for _, r := range m.Relations {
		n.relations[c.Relations[r.ID].Status]++
	}
	for _, a := range m.Attributions {
		n.attributions[c.Attributions[a.ID]] += len(a.Units)
	}
	return n
}

// statuses are those that units are counted by, in the order of the legend.
var statuses = []Status{Added, Dropped, Reworded, Changed, Unchanged}

// String is how many units came, went and so on.
func (n *tallied) String() string {
	var parts []string
	for _, s := range statuses {
		if n.units[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.units[s], tints[s].word))
		}
	}
	return strings.Join(parts, ", ")
}

// explanation is a line of the legend on what has changed, with a sample.
type explanation struct {
	name    string
	caption []string
	look    look
	tint    *tint
}

// entries explain and count what has changed.
func (n *tallied) entries() []explanation {
	if n == nil {
		return nil
	}
	var list []explanation
	add := func(what string, s Status, k look, count int, caption string) {
		if count > 0 {
			list = append(list, explanation{what + "_" + tints[s].name, []string{caption}, k, &tints[s]})
		}
	}
	for _, s := range statuses {
		t := &tints[s]
		add("unit", s, lookPremise, n.units[s], strings.TrimSpace(t.sign+" "+t.word)+": "+quantity(n.units[s], "unit"))
		if s == Reworded && n.units[s] > 0 {
			e := &list[len(list)-1]
			e.caption = append(e.caption, "(struck out: old, underlined: new)")
		}
	}
	for _, s := range statuses {
		if tints[s].relation != "" {
			add("relation", s, lookSupports, n.relations[s], fmt.Sprintf("%s: %d", tints[s].relation, n.relations[s]))
		}
	}
	for _, s := range statuses {
		if tints[s].source != "" {
			add("attribution", s, lookSource, n.attributions[s], fmt.Sprintf("%s: %d", tints[s].source, n.attributions[s]))
		}
	}
	return list
}
