package learn

import (
	"math"
	"sort"
)

// Example is one decision with its right answer: the cues of each option, and
// the index of the option to choose.
type Example struct {
	Options [][]string
	Gold    int
}

// Yes makes the example of a yes-or-no decision, whose cues speak for yes.
func Yes(cues []string, yes bool) Example {
	e := Example{Options: [][]string{cues, nil}, Gold: 1}
	if yes {
		e.Gold = 0
	}
	return e
}

// Options of fitting.
type Options struct {
	// MinCount leaves out cues that hold in fewer examples.
	MinCount int
	// L2 is the strength of the pull of every weight towards 0.
	L2 float64
	// Passes over the examples.
	Passes int
	// Floor drops cues whose weight is closer to 0.
	Floor float64
}

// Fit finds the weights that make the right options most probable. It takes the
// examples in their order and uses no randomness: the same examples give the
// same model. Weights are rounded to two decimals, as they are stored; cues
// whose weight rounds to 0 are dropped.
func Fit(examples []Example, opt Options) *Model {
	f := newFitter(examples, opt)
	for range opt.Passes {
		f.pass()
	}
	m := &Model{weights: map[string]float64{}}
	for i, name := range f.names {
		if w := math.Round(f.w[i]*100) / 100; w != 0 && math.Abs(w) >= opt.Floor {
			m.weights[name] = w
		}
	}
	return m
}

// fitter runs full-batch gradient descent with Adam's step sizes (Kingma and Ba
// 2015): the number of cues is small, so a pass is cheap and the order of the
// examples has no effect on what is found.
type fitter struct {
	names    []string
	examples []coded
	l2       float64
	w, m, v  []float64
	steps    int
}

type coded struct {
	options [][]int32
	gold    int
}

func newFitter(examples []Example, opt Options) *fitter {
	count := map[string]int{}
	for _, e := range examples {
		seen := map[string]bool{}
		for _, o := range e.Options {
			for _, c := range o {
				if !seen[c] {
					seen[c] = true
					count[c]++
				}
			}
		}
	}
	f := &fitter{l2: opt.L2}
	for c, n := range count {
		if n >= opt.MinCount {
			f.names = append(f.names, c)
		}
	}
	sort.Strings(f.names)
	id := make(map[string]int32, len(f.names))
	for i, n := range f.names {
		id[n] = int32(i)
	}
	for _, e := range examples {
		c := coded{gold: e.Gold}
		for _, o := range e.Options {
			ids := make([]int32, 0, len(o))
			for _, name := range o {
				if i, ok := id[name]; ok {
					ids = append(ids, i)
				}
			}
			c.options = append(c.options, ids)
		}
		f.examples = append(f.examples, c)
	}
	n := len(f.names)
	f.w, f.m, f.v = make([]float64, n), make([]float64, n), make([]float64, n)
	return f
}

func (f *fitter) pass() {
	const rate, b1, b2, eps = 0.05, 0.9, 0.999, 1e-8
	grad := make([]float64, len(f.w))
	var scores []float64
	for _, e := range f.examples {
		scores = scores[:0]
		for _, o := range e.options {
			var s float64
			for _, i := range o {
				s += f.w[i]
			}
			scores = append(scores, s)
		}
		Softmax(scores)
		for k, o := range e.options {
			d := scores[k]
			if k == e.gold {
				d--
			}
			for _, i := range o {
				grad[i] += d
			}
		}
	}
	f.steps++
	c1, c2 := 1-math.Pow(b1, float64(f.steps)), 1-math.Pow(b2, float64(f.steps))
	for i := range f.w {
		g := grad[i] + f.l2*f.w[i]
		f.m[i] = b1*f.m[i] + (1-b1)*g
		f.v[i] = b2*f.v[i] + (1-b2)*g*g
		f.w[i] -= rate * (f.m[i] / c1) / (math.Sqrt(f.v[i]/c2) + eps)
	}
}
