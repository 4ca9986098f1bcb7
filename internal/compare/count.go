package compare

import (
	"fmt"
	"strings"
)

// Change is what became of a unit, source or relation.
type Change string

// What may become of something. Reworded are units alone.
const (
	Added    Change = "added"
	Dropped  Change = "dropped"
	Reworded Change = "reworded"
	Changed  Change = "changed"
)

// Change is what became of the unit. What was both reworded and changed
// otherwise counts as reworded.
func (u UnitChange) Change() Change {
	if u.Reworded {
		return Reworded
	}
	return changeOf(u.A, u.B)
}

func (s SourceChange) change() Change { return changeOf(s.A, s.B) }

func (r RelationChange) change() Change { return changeOf(r.A, r.B) }

func changeOf[T any](a, b *T) Change {
	switch {
	case a == nil:
		return Added
	case b == nil:
		return Dropped
	}
	return Changed
}

// Counts is how many units, sources and relations were added and so on.
type Counts struct {
	Added    int `json:"added"`
	Dropped  int `json:"dropped"`
	Reworded int `json:"reworded"`
	Changed  int `json:"changed"`
}

func (c *Counts) add(change Change) {
	switch change {
	case Added:
		c.Added++
	case Dropped:
		c.Dropped++
	case Reworded:
		c.Reworded++
	default:
		c.Changed++
	}
}

func (c Counts) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what Change
	}{{c.Added, Added}, {c.Dropped, Dropped}, {c.Reworded, Reworded}, {c.Changed, Changed}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}

// Count counts the differences.
func (d *Diff) Count() (units, sources, relations Counts) {
	for _, u := range d.Units {
		units.add(u.Change())
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
