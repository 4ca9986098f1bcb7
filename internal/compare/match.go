package compare

import (
	"cmp"
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// matchUnits pairs the units of two maps one to one, as the package comment
// says. Both results hold places in the other list, or -1.
func matchUnits(a, b []argument.Unit, threshold float64) (toB, toA []int) {
	texts := func(units []argument.Unit) []string {
		list := make([]string, len(units))
		for i := range units {
			list[i] = units[i].Text
		}
		return list
	}
	return matchTexts(texts(a), texts(b), threshold)
}

// matchTexts does so with any texts.
func matchTexts(a, b []string, threshold float64) (toB, toA []int) {
	toB, toA = unmatched(len(a)), unmatched(len(b))
	pairEqual(len(a), len(b), toB, toA, func(i int) string { return a[i] }, func(j int) string { return b[j] })
	x, y := make([]words, len(a)), make([]words, len(b))
	for i := range a {
		x[i] = wordsOf(a[i])
	}
	for j := range b {
		y[j] = wordsOf(b[j])
	}
	pairEqual(len(a), len(b), toB, toA, func(i int) string { return x[i].plain }, func(j int) string { return y[j].plain })
	pairSimilar(x, y, toB, toA, threshold)
	return toB, toA
}

func unmatched(n int) []int { return slices.Repeat([]int{-1}, n) }

// pairEqual pairs what has the same key and no partner yet, the first with the
// first. An empty key fits nothing.
func pairEqual(n, m int, toB, toA []int, keyA, keyB func(int) string) {
	waiting := map[string][]int{}
	for j := range m {
		if key := keyB(j); toA[j] < 0 && key != "" {
			waiting[key] = append(waiting[key], j)
		}
	}
	for i := range n {
		if toB[i] >= 0 {
			continue
		}
		key := keyA(i)
		if list := waiting[key]; len(list) > 0 {
			toB[i], toA[list[0]] = list[0], i
			waiting[key] = list[1:]
		}
	}
}

// mostCandidates is how many partners of a unit are looked at closely. Those
// with most words in common are the likeliest, and what is left out is never
// the best but among dozens that are nearly the same.
const mostCandidates = 16

// pairSimilar pairs what has no partner yet, the most similar first.
//
// Words in common, in whatever order, bound the similarity from above and are
// counted over an index of the words, so that time goes with the number of
// words that units share and not with the number of pairs: two texts of two
// thousand units that have nothing but words in common take well under a second.
func pairSimilar(a, b []words, toB, toA []int, threshold float64) {
	type pair struct {
		i, j       int
		similarity float64
		distance   int // between the places in the texts, in parts of len(a)*len(b)
	}
	index := indexOf(b, toA)
	var pairs []pair
	shared := make([]int, len(b))
	for i := range a {
		if toB[i] >= 0 {
			continue
		}
		for _, j := range index.candidates(a[i], b, shared, threshold, i*len(b)/max(len(a), 1)) {
			if s := similarity(a[i], b[j]); s >= threshold && s > 0 {
				pairs = append(pairs, pair{i, j, s, abs(i*len(b) - j*len(a))})
			}
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.similarity, p.similarity), p.distance-q.distance, p.i-q.i, p.j-q.j)
	})
	for _, p := range pairs {
		if toB[p.i] < 0 && toA[p.j] < 0 {
			toB[p.i], toA[p.j] = p.j, p.i
		}
	}
}

func abs(n int) int { return max(n, -n) }

// posting says that a word stands so often in a unit.
type posting struct{ unit, times int }

type postings map[string][]posting

// indexOf lists, for each word, the units without a partner that have it.
func indexOf(list []words, partner []int) postings {
	index := postings{}
	for j, w := range list {
		if partner[j] >= 0 {
			continue
		}
		for _, c := range w.bag {
			index[c.word] = append(index[c.word], posting{j, c.times})
		}
	}
	return index
}

// candidates are the units of b that may be as similar to w as threshold, the
// likeliest first; of equals those near place expected. Shared is room to
// count in, all 0 before and after.
func (index postings) candidates(w words, b []words, shared []int, threshold float64, expected int) []int {
	var touched []int
	for _, c := range w.bag {
		weight := weightOf(c.word)
		for _, p := range index[c.word] {
			if shared[p.unit] == 0 {
				touched = append(touched, p.unit)
			}
			shared[p.unit] += min(c.times, p.times) * weight
		}
	}
	bound := make(map[int]float64, len(touched))
	var likely []int
	for _, j := range touched {
		if s := dice(shared[j], w.weight, b[j].weight); s >= threshold {
			bound[j] = s
			likely = append(likely, j)
		}
		shared[j] = 0
	}
	slices.SortFunc(likely, func(j, k int) int {
		return cmp.Or(cmp.Compare(bound[k], bound[j]), abs(j-expected)-abs(k-expected), j-k)
	})
	return likely[:min(len(likely), mostCandidates)]
}
