package compare

import (
	"fmt"
	"strings"
)

// What became of a unit, source or relation.
const (
	added    = "added"
	dropped  = "dropped"
	reworded = "reworded"
	changed  = "changed"
)

func (u UnitChange) change() string {
	if u.Reworded {
		return reworded
	}
	return changeOf(u.A, u.B)
}

func (s SourceChange) change() string { return changeOf(s.A, s.B) }

func (r RelationChange) change() string { return changeOf(r.A, r.B) }

func changeOf[T any](a, b *T) string {
	switch {
	case a == nil:
		return added
	case b == nil:
		return dropped
	}
	return changed
}

// Counts is how many units, sources and relations were added and so on. What
// was both reworded and changed otherwise counts as reworded.
type Counts struct {
	Added    int `json:"added"`
	Dropped  int `json:"dropped"`
	Reworded int `json:"reworded"`
	Changed  int `json:"changed"`
}

func (c *Counts) add(change string) {
	switch change {
	case added:
		c.Added++
	case dropped:
		c.Dropped++
	case reworded:
		c.Reworded++
	default:
		c.Changed++
	}
}

func (c Counts) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{c.Added, added}, {c.Dropped, dropped}, {c.Reworded, reworded}, {c.Changed, changed}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// Count counts the differences.
func (d *Diff) Count() (units, sources, relations Counts) {
	for _, u := range d.Units {
		units.add(u.change())
	}
	for _, s := range d.Sources {
		sources.add(s.change())
	}
	for _, r := range d.Relations {
		relations.add(r.change())
	}
	return units, sources, relations
}

// Summary says on one line how much differs.
func (d *Diff) Summary() string {
	var parts []string
	units, sources, relations := d.Count()
	for _, p := range []struct {
		what string
		c    Counts
	}{{"units", units}, {"sources", sources}, {"relations", relations}} {
		if s := p.c.String(); s != "" {
			parts = append(parts, p.what+": "+s)
		}
	}
	return strings.Join(parts, "; ")
}
