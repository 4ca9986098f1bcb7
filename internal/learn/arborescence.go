package learn

import "math"

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

// arborescence returns the original indices of the arcs of the best tree.
func arborescence(n int, arcs []workArc) []int {
	choice := bestArcs(n, arcs)
	cycle := findCycle(n, arcs, choice)
	if cycle == nil {
		var out []int
		for v := 1; v < n; v++ {
			if choice[v] >= 0 {
				out = append(out, arcs[choice[v]].origin)
			}
		}
		return out
	}
	return expand(n, arcs, choice, cycle)
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

// findCycle returns the nodes of a cycle among the chosen arcs, or nil.
func findCycle(n int, arcs []workArc, choice []int) []int {
	state := make([]int, n)
	for start := 1; start < n; start++ {
		v := start
		for v != 0 && state[v] == 0 && choice[v] >= 0 {
			state[v] = start
			v = arcs[choice[v]].To
		}
		if v == 0 || state[v] != start || choice[v] < 0 {
			continue
		}
		cycle := []int{v}
		for u := arcs[choice[v]].To; u != v; u = arcs[choice[u]].To {
			cycle = append(cycle, u)
		}
		return cycle
	}
	return nil
}

// expand contracts a cycle to one node, solves the smaller graph, and breaks the
// cycle where the solution leaves it.
func expand(n int, arcs []workArc, choice []int, cycle []int) []int {
	in := make([]bool, n)
	for _, v := range cycle {
		in[v] = true
	}
	number := make([]int, n) // node of the contracted graph
	next := 0
	for v := range n {
		if !in[v] {
			number[v] = next
			next++
		}
	}
	for _, v := range cycle {
		number[v] = next
	}
	smaller := make([]workArc, 0, len(arcs))
	for i, a := range arcs {
		if in[a.From] && in[a.To] {
			continue
		}
		score := a.Score
		if in[a.From] {
			score -= arcs[choice[a.From]].Score
		}
		smaller = append(smaller, workArc{Arc{number[a.From], number[a.To], score}, i})
	}
	picked := arborescence(next+1, smaller)
	out := make([]int, 0, n)
	broken := -1
	for _, i := range picked {
		if in[arcs[i].From] {
			broken = arcs[i].From
		}
		out = append(out, arcs[i].origin)
	}
	for _, v := range cycle {
		if v != broken {
			out = append(out, arcs[choice[v]].origin)
		}
	}
	return out
}

// LogProbabilities turns scores into the logarithms of their softmax, in place.
func LogProbabilities(scores []float64) []float64 {
	Softmax(scores)
	for i, p := range scores {
		scores[i] = math.Log(max(p, 1e-12))
	}
	return scores
}
