package learn

import (
	"testing"

	"pgregory.net/rapid"
)

// TestArborescenceIsBest compares with trying every tree.
func TestArborescenceIsBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		var arcs []Arc
		for from := 1; from < n; from++ {
			for to := range n {
				if from != to && (to == 0 || rapid.Bool().Draw(t, "arc")) {
					arcs = append(arcs, Arc{from, to, float64(rapid.IntRange(-20, 20).Draw(t, "score"))})
				}
			}
		}
		got := Arborescence(n, arcs)
		if sum, ok := weigh(n, arcs, got); !ok {
			t.Fatalf("%v chosen of %v is no tree", got, arcs)
		} else if want := bruteForce(n, arcs, 1, make([]int, n)); sum != want {
			t.Fatalf("sum %v, best %v (arcs %v, chosen %v)", sum, want, arcs, got)
		}
	})
}

func bruteForce(n int, arcs []Arc, node int, choice []int) float64 {
	if node >= n {
		if sum, ok := weigh(n, arcs, choice); ok {
			return sum
		}
		return -1e9
	}
	best := -1e9
	for i, a := range arcs {
		if a.From == node {
			choice[node] = i
			best = max(best, bruteForce(n, arcs, node+1, choice))
		}
	}
	return best
}

func weigh(n int, arcs []Arc, choice []int) (float64, bool) {
	var sum float64
	for v := 1; v < n; v++ {
		u := v
		for steps := 0; u != 0; steps++ {
			if steps > n || choice[u] < 0 || arcs[choice[u]].From != u {
				return 0, false
			}
			u = arcs[choice[u]].To
		}
		sum += arcs[choice[v]].Score
	}
	return sum, true
}
