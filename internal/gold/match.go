package gold

import (
	"cmp"
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// match pairs predicted with gold units one to one, best overlap first: two can
// match when what they share covers at least half of the longer one. Of equal
// overlaps that of the earlier predicted, then of the earlier gold unit wins.
// Both results hold indices into the other list, or -1.
func match(pred []argument.Span, gold []goldUnit) (toGold, toPred []int) {
	type pair struct {
		i, j  int
		share float64 // of the longer one
	}
	var pairs []pair
	for i, p := range pred {
		for j, g := range gold {
			o := common(p, g.at)
			longer := max(p.End-p.Start, g.at.End-g.at.Start)
			if o > 0 && 2*o >= longer {
				pairs = append(pairs, pair{i, j, float64(o) / float64(longer)})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.share, a.share), a.i-b.i, a.j-b.j)
	})
	toGold, toPred = unmatched(len(pred)), unmatched(len(gold))
	for _, p := range pairs {
		if toGold[p.i] < 0 && toPred[p.j] < 0 {
			toGold[p.i], toPred[p.j] = p.j, p.i
		}
	}
	return toGold, toPred
}

func unmatched(n int) []int { return slices.Repeat([]int{-1}, n) }

// common is the number of code points that a and b share, or below 0.
func common(a, b argument.Span) int { return min(a.End, b.End) - max(a.Start, b.Start) }

// edge is a relation between gold units, given by index.
type edge struct {
	from, to int
	label    string
}

// predictedEdge is a relation of the map; its edge leads between the matches of
// its units and is known only if both have one.
type predictedEdge struct {
	relation int // index in the map
	edge
	known bool
}

// fold maps the labels of relations to those that are told apart.
type fold func(label string) string

// undercutsAttack takes undercuts for attacks.
func undercutsAttack(label string) string {
	if label == string(argument.Undercuts) {
		return string(argument.Attacks)
	}
	return label
}

func allSupport(string) string { return string(argument.Supports) }

func unlabelled(string) string { return "" }

// goldEdges are the gold relations between units, each once.
func (d *doc) goldEdges(f fold) []edge {
	index := map[string]int{}
	for j, u := range d.units {
		index[u.ID] = j
	}
	var out []edge
	seen := map[edge]bool{}
	for _, r := range d.relations {
		from, ok1 := index[r.From]
		to, ok2 := index[r.To]
		e := edge{from, to, f(r.Label)}
		if ok1 && ok2 && !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	return out
}

// predictedEdges are the relations between units of the map. One that leads to
// a relation is none.
func (d *doc) predictedEdges(f fold) []predictedEdge {
	index := map[string]int{}
	for i, u := range d.pred.Units {
		index[u.ID] = i
	}
	var out []predictedEdge
	for k, r := range d.pred.Relations {
		from, ok1 := index[r.From]
		to, ok2 := index[r.To]
		if !ok1 || !ok2 {
			continue
		}
		e := edge{d.toGold[from], d.toGold[to], f(string(r.Type))}
		out = append(out, predictedEdge{k, e, e.from >= 0 && e.to >= 0})
	}
	return out
}

// addRelations counts the relations whose ends and label are right.
func (c *count) addRelations(d *doc, f fold) {
	gold, pred := d.goldEdges(f), d.predictedEdges(f)
	found := map[edge]bool{}
	for _, p := range pred {
		if p.known {
			found[p.edge] = true
		}
	}
	right := 0
	for _, e := range gold {
		if found[e] {
			right++
		}
	}
	c.add(right, len(pred), len(gold))
}
