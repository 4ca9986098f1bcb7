package learn

import "math"

// Sequence is a labelled sequence to fit a chain on.
type Sequence struct {
	Elements []Element
	Gold     []int // a label each
}

// FitChain finds the chain under which the labels of sequences are most probable,
// as [Fit] does for single decisions: full-batch gradient descent with Adam's
// step sizes, no randomness, weights rounded to two decimals.
func FitChain(labels []string, sequences []Sequence, opt Options) *Chain {
	f := newChainFitter(labels, sequences, opt)
	for k := range opt.Passes {
		f.pass(k, opt.Passes)
	}
	c := NewChain(labels...)
	n := len(labels)
	for i := range c.step {
		c.step[i] = math.Round(f.w[i]*100) / 100
	}
	for i, name := range f.names {
		row := make([]float64, n)
		some := false
		for y := range row {
			if w := math.Round(f.w[f.base+i*n+y]*100) / 100; math.Abs(w) >= opt.Floor {
				row[y] = w + 0 // no -0
				some = some || w != 0
			}
		}
		if some {
			c.weights[name] = row
		}
	}
	return c
}

type chainFitter struct {
	chain     *Chain
	names     []string
	base      int       // where the weights of cues begin, behind those of steps
	w, m, v   []float64 // weights and Adam's averages
	sequences []codedSequence
	elements  int
	l2        float64
}

type codedSequence struct {
	given []float64
	cues  [][]int32
	gold  []int
}

func newChainFitter(labels []string, sequences []Sequence, opt Options) *chainFitter {
	f := &chainFitter{chain: NewChain(labels...), base: (len(labels) + 1) * len(labels), l2: opt.L2}
	count := map[string]int{}
	for _, s := range sequences {
		for _, e := range s.Elements {
			for _, c := range e.Cues {
				count[c]++
			}
		}
	}
	id := map[string]int32{}
	for _, s := range sequences {
		coded := codedSequence{gold: s.Gold}
		for _, e := range s.Elements {
			var cues []int32
			for _, c := range e.Cues {
				if count[c] < opt.MinCount {
					continue
				}
				k, ok := id[c]
				if !ok {
					k = int32(len(f.names))
					id[c] = k
					f.names = append(f.names, c)
				}
				cues = append(cues, k)
			}
			coded.cues = append(coded.cues, cues)
			given := e.Given
			if given == nil {
				given = make([]float64, len(labels))
			}
			coded.given = append(coded.given, given...)
		}
		f.sequences = append(f.sequences, coded)
		f.elements += len(s.Elements)
	}
	size := f.base + len(f.names)*len(labels)
	f.w, f.m, f.v = make([]float64, size), make([]float64, size), make([]float64, size)
	return f
}

// pass takes one step down the gradient.
func (f *chainFitter) pass(k, of int) {
	n := len(f.chain.labels)
	grad := make([]float64, len(f.w))
	copy(f.chain.step, f.w[:f.base])
	step := f.chain.transitions()
	for _, s := range f.sequences {
		if len(s.gold) == 0 {
			continue
		}
		em := append([]float64(nil), s.given...)
		for i, cues := range s.cues {
			for _, c := range cues {
				w := f.w[f.base+int(c)*n : f.base+(int(c)+1)*n]
				for y, v := range w {
					em[i*n+y] += v
				}
			}
		}
		p := newForward(em, step, n).marginals(grad[:f.base])
		before := n
		for i, y := range s.gold {
			p[i*n+y]--
			grad[before*n+y]--
			before = y
		}
		for i, cues := range s.cues {
			for _, c := range cues {
				g := grad[f.base+int(c)*n : f.base+(int(c)+1)*n]
				for y := range g {
					g[y] += p[i*n+y]
				}
			}
		}
	}
	f.descend(grad, k, of)
}

// Adam's settings; the step shrinks to nothing over the passes.
const (
	chainRate    = 0.1
	firstDecay   = 0.9
	secondDecay  = 0.999
	adamsEpsilon = 1e-8
)

func (f *chainFitter) descend(grad []float64, k, of int) {
	rate := chainRate * (1 - float64(k)/float64(of))
	c1, c2 := 1-math.Pow(firstDecay, float64(k+1)), 1-math.Pow(secondDecay, float64(k+1))
	for i, g := range grad {
		g += f.l2 * f.w[i]
		f.m[i] = firstDecay*f.m[i] + (1-firstDecay)*g
		f.v[i] = secondDecay*f.v[i] + (1-secondDecay)*g*g
		f.w[i] -= rate * f.m[i] / c1 / (math.Sqrt(f.v[i]/c2) + adamsEpsilon*float64(f.elements))
	}
}
