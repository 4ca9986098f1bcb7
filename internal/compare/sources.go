package compare

import (
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// sources matches the ledgers: entries of the same name, then entries of which
// one has all the words of the other's name, such as "Berg" and "Ida Berg", if
// there is only one such pair of either.
func (c *comparison) sources() {
	a, b := c.a.m.Sources, c.b.m.Sources
	toB, toA := unmatched(len(a)), unmatched(len(b))
	name := func(p argument.Source) string { return plain(p.Name) }
	both := func(p argument.Source) string { return string(p.Kind) + " " + name(p) }
	for _, key := range []func(argument.Source) string{both, name} {
		pairEqual(len(a), len(b), toB, toA, func(i int) string { return key(a[i]) }, func(j int) string { return key(b[j]) })
	}
	pairNames(a, b, toB, toA)
	c.d.sources = matching{toB, toA}
	for i := range a {
		if toB[i] < 0 {
			c.d.Sources = append(c.d.Sources, SourceChange{A: &a[i]})
		}
	}
	for j := range b {
		if toA[j] < 0 {
			c.d.Sources = append(c.d.Sources, SourceChange{B: &b[j]})
			continue
		}
		s := SourceChange{A: &a[toA[j]], B: &b[j]}
		for _, f := range []Field{
			{"name", s.A.Name, s.B.Name},
			{"kind", string(s.A.Kind), string(s.B.Kind)},
			{"description", s.A.Description, s.B.Description},
		} {
			if plain(f.A) != plain(f.B) {
				s.Fields = append(s.Fields, f)
			}
		}
		if len(s.Fields) > 0 {
			c.d.Sources = append(c.d.Sources, s)
		}
	}
}

// pairNames pairs entries of one kind whose names contain each other. A name
// that fits several others fits none.
func pairNames(a, b []argument.Source, toB, toA []int) {
	fits := func(p, q argument.Source) bool {
		x, y := plain(p.Name), plain(q.Name)
		if p.Kind != q.Kind || x == "" || y == "" {
			return false
		}
		x, y = " "+x+" ", " "+y+" " // whole words
		return strings.Contains(x, y) || strings.Contains(y, x)
	}
	only := unmatched(len(a))
	suitors := make([]int, len(b))
	for i := range a {
		found := 0
		for j := range b {
			if toB[i] < 0 && toA[j] < 0 && fits(a[i], b[j]) {
				found++
				only[i] = j
				suitors[j]++
			}
		}
		if found != 1 {
			only[i] = -1
		}
	}
	for i, j := range only {
		if j >= 0 && suitors[j] == 1 {
			toB[i], toA[j] = j, i
		}
	}
}
