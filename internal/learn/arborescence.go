package learn

// Arc is a possible link of a tree: From becomes a child of To.
type Arc struct {
	From, To int
	Score    float64
}

// Arborescence chooses for each of the nodes 1 to n-1 one of its arcs, so that
// all of them lead to node 0 without a cycle and the sum of the scores is as
// large as can be (Chu and Liu 1965; Edmonds 1967). It returns the index of the
// arc chosen for each node, -1 for node 0. Every node needs an arc to node 0.
// Of equal scores the first arc wins, so the choice is stable.
func Arborescence(n int, arcs []Arc) []int {
	work := make([]workArc, len(arcs))
	for i, a := range arcs {
		work[i] = workArc{a, i}
	}
	best := arborescence(n, work)
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	for _, a := range best {
		out[arcs[a].From] = a
	}
	return out
}

// workArc is an arc of a contracted graph, with the arc it came from.
type workArc struct {
	Arc
	origin int
}

// arborescence returns the original indices of the arcs of the best tree. All
// cycles of a round are contracted together, so that there are few rounds even
// for thousands of nodes.
func arborescence(n int, arcs []workArc) []int {
	choice := bestArcs(n, arcs)
	cycle, cycles := findCycles(n, arcs, choice)
	if cycles == 0 {
		var out []int
		for v := 1; v < n; v++ {
			if choice[v] >= 0 {
				out = append(out, arcs[choice[v]].origin)
			}
		}
		return out
	}
	return expand(n, arcs, choice, cycle, cycles)
}

func bestArcs(n int, arcs []workArc) []int {
	choice := make([]int, n)
	for i := range choice {
		choice[i] = -1
	}
	for i, a := range arcs {
		if a.From != 0 && a.From != a.To && (choice[a.From] < 0 || a.Score > arcs[choice[a.From]].Score) {
			choice[a.From] = i
		}
	}
	return choice
}

// findCycles numbers the cycles among the chosen arcs: for each node the number
// of its cycle, counted from 0, or -1.
func findCycles(n int, arcs []workArc, choice []int) (cycle []int, cycles int) {
	cycle = make([]int, n)
	state := make([]int, n)
	for i := range cycle {
		cycle[i] = -1
	}
	for start := 1; start < n; start++ {
		v := start
		for v != 0 && state[v] == 0 && choice[v] >= 0 {
			state[v] = start
			v = arcs[choice[v]].To
		}
		if v == 0 || state[v] != start || choice[v] < 0 || cycle[v] >= 0 {
			continue
		}
		for u := v; cycle[u] < 0; u = arcs[choice[u]].To {
			cycle[u] = cycles
		}
		cycles++
	}
	return cycle, cycles
}

// expand contracts every cycle to one node, solves the smaller graph, and breaks
// each cycle where the solution leaves it.
func expand(n int, arcs []workArc, choice, cycle []int, cycles int) []int {
	number := make([]int, n) // node of the contracted graph
	next := 0
	for v := range n {
		if cycle[v] < 0 {
			number[v] = next
			next++
		}
	}
	for v := range n {
		if cycle[v] >= 0 {
			number[v] = next + cycle[v]
		}
	}
	smaller := make([]workArc, 0, len(arcs))
	for i, a := range arcs {
		if number[a.From] == number[a.To] {
			continue
		}
		score := a.Score
		if cycle[a.From] >= 0 {
			score -= arcs[choice[a.From]].Score
		}
		smaller = append(smaller, workArc{Arc{number[a.From], number[a.To], score}, i})
	}
	out := make([]int, 0, n)
	broken := make([]bool, n)
	for _, i := range arborescence(next+cycles, smaller) {
		if cycle[arcs[i].From] >= 0 {
			broken[arcs[i].From] = true
		}
		out = append(out, arcs[i].origin)
	}
	for v := range n {
		if cycle[v] >= 0 && !broken[v] {
			out = append(out, arcs[choice[v]].origin)
		}
	}
	return out
}

// LogProbabilities turns scores into the logarithms of their softmax, in place.
func LogProbabilities(scores []float64) []float64 {
	Softmax(scores)
	for i, p := range scores {
		scores[i] = Log(max(p, 1e-12))
	}
	return scores
}
