package learn

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
)

// Chain labels the elements of a sequence together: a linear-chain conditional
// random field (Lafferty, McCallum and Pereira 2001). The score of a labelling is
// the sum of how well each label goes with its element and with the label before.
type Chain struct {
	labels []string
	// step[a*n+b] is what label b scores behind label a; row n is the start.
	step    []float64
	weights map[string][]float64 // of each cue, a value a label
}

// Element is what is known of one element of a sequence.
type Element struct {
	// Given scores the labels beforehand; the score of the network, say. They
	// count in full.
	Given []float64
	Cues  []string
}

// NewChain returns a chain that knows nothing yet.
func NewChain(labels ...string) *Chain {
	n := len(labels)
	return &Chain{labels: labels, step: make([]float64, (n+1)*n), weights: map[string][]float64{}}
}

// forbidden is the score of what the chain must never choose.
const forbidden = -1e9

// follows tells whether label b may stand behind label a, -1 for the start: an
// "I-x" only continues a "B-x" or "I-x".
func (c *Chain) follows(a, b int) bool {
	name, ok := strings.CutPrefix(c.labels[b], "I")
	if !ok {
		return true
	}
	return a >= 0 && c.labels[a] != "O" && c.labels[a][1:] == name
}

// emissions scores every label of every element.
func (c *Chain) emissions(elements []Element) []float64 {
	n := len(c.labels)
	out := make([]float64, len(elements)*n)
	for i, e := range elements {
		row := out[i*n : (i+1)*n]
		copy(row, e.Given)
		for _, cue := range e.Cues {
			for y, w := range c.weights[cue] {
				row[y] += w
			}
		}
	}
	return out
}

// transitions are the scores of steps with those forbidden that may not be.
func (c *Chain) transitions() []float64 {
	n := len(c.labels)
	out := append([]float64(nil), c.step...)
	for a := range n + 1 {
		for b := range n {
			if before := a; a == n && !c.follows(-1, b) || a < n && !c.follows(before, b) {
				out[a*n+b] = forbidden
			}
		}
	}
	return out
}

// Best returns the labelling with the highest score.
func (c *Chain) Best(elements []Element) []int {
	n := len(c.labels)
	if len(elements) == 0 {
		return nil
	}
	em, step := c.emissions(elements), c.transitions()
	back := make([]int, len(em))
	score := make([]float64, n)
	for y := range n {
		score[y] = step[n*n+y] + em[y]
	}
	for i := 1; i < len(elements); i++ {
		next := make([]float64, n)
		for y := range n {
			best, from := math.Inf(-1), 0
			for a := range n {
				if s := score[a] + step[a*n+y]; s > best {
					best, from = s, a
				}
			}
			next[y], back[i*n+y] = best+em[i*n+y], from
		}
		score = next
	}
	out := make([]int, len(elements))
	last := len(elements) - 1
	for y := range n {
		if score[y] > score[out[last]] {
			out[last] = y
		}
	}
	for i := last; i > 0; i-- {
		out[i-1] = back[i*n+out[i]]
	}
	return out
}

// Marginals returns for every element the probability of each of its labels.
func (c *Chain) Marginals(elements []Element) []float64 {
	if len(elements) == 0 {
		return nil
	}
	f := newForward(c.emissions(elements), c.transitions(), len(c.labels))
	return f.marginals(nil)
}

// forward holds the sums over all labellings, scaled at each element so that
// they stay within the range of a float.
type forward struct {
	n           int
	step, local []float64 // exponentials
	alpha       []float64
	scale       []float64
	log         float64 // of the sum over all labellings
}

func newForward(em, step []float64, n int) *forward {
	length := len(em) / n
	f := &forward{n: n, step: make([]float64, len(step)), local: make([]float64, len(em)), alpha: make([]float64, len(em)), scale: make([]float64, length)}
	for i, s := range step {
		f.step[i] = Exp(max(s, -700))
		if s <= forbidden {
			f.step[i] = 0
		}
	}
	for i := range length {
		top := em[i*n]
		for _, v := range em[i*n+1 : (i+1)*n] {
			top = max(top, v)
		}
		for y := range n {
			f.local[i*n+y] = Exp(em[i*n+y] - top)
		}
		f.log += top
		f.advance(i)
	}
	return f
}

func (f *forward) advance(i int) {
	n := f.n
	sum := 0.0
	for y := range n {
		in := f.step[n*n+y]
		if i > 0 {
			in = 0
			for a := range n {
				in += float64(f.alpha[(i-1)*n+a] * f.step[a*n+y])
			}
		}
		v := float64(in * f.local[i*n+y])
		f.alpha[i*n+y] = v
		sum += v
	}
	sum = max(sum, 1e-300)
	for y := range n {
		f.alpha[i*n+y] /= sum
	}
	f.scale[i] = sum
	f.log += Log(sum)
}

// marginals runs backward and returns the probabilities of labels; those of
// steps are added to steps where it is not nil.
func (f *forward) marginals(steps []float64) []float64 {
	n, length := f.n, len(f.scale)
	out := make([]float64, len(f.alpha))
	beta, next := make([]float64, n), make([]float64, n)
	for y := range n {
		beta[y] = 1
	}
	for i := length - 1; i >= 0; i-- {
		for y := range n {
			out[i*n+y] = float64(f.alpha[i*n+y] * beta[y])
		}
		if i == 0 {
			break
		}
		for a := range n {
			next[a] = 0
			for y := range n {
				v := float64(float64(f.step[a*n+y]*f.local[i*n+y])*beta[y]) / f.scale[i]
				next[a] += v
				if steps != nil {
					steps[a*n+y] += float64(f.alpha[(i-1)*n+a] * v)
				}
			}
		}
		beta, next = next, beta
	}
	if steps != nil {
		for y := range n {
			steps[n*n+y] += out[y]
		}
	}
	return out
}

// Format writes the chain as text that [ParseChain] reads: the labels, the steps,
// and a line for each cue, sorted.
func (c *Chain) Format() string {
	var b strings.Builder
	fmt.Fprintf(&b, "labels\t%s\n", strings.Join(c.labels, " "))
	n := len(c.labels)
	for a := range n + 1 {
		fmt.Fprintf(&b, "step\t%s\n", formatRow(c.step[a*n:(a+1)*n]))
	}
	names := make([]string, 0, len(c.weights))
	for name := range c.weights {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, "%s\t%s\n", name, formatRow(c.weights[name]))
	}
	return b.String()
}

func formatRow(x []float64) string {
	parts := make([]string, len(x))
	for i, v := range x {
		parts[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(parts, " ")
}

// ParseChain reads what [Chain.Format] wrote; lines that begin with # are comments.
func ParseChain(text string) (*Chain, error) {
	var c *Chain
	steps := 0
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, ok := strings.Cut(line, "\t")
		switch {
		case !ok || c == nil && name != "labels":
			return nil, fmt.Errorf("line %d: no chain", i+1)
		case name == "labels":
			c = NewChain(strings.Fields(rest)...)
			continue
		}
		row, err := parseRow(rest, len(c.labels))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if name == "step" {
			if steps > len(c.labels) {
				return nil, fmt.Errorf("line %d: a step too many", i+1)
			}
			copy(c.step[steps*len(c.labels):], row)
			steps++
			continue
		}
		c.weights[name] = row
	}
	if c == nil {
		return nil, fmt.Errorf("no chain")
	}
	return c, nil
}

// MustParseChain reads a chain that is part of the program.
func MustParseChain(text string) *Chain {
	c, err := ParseChain(text)
	if err != nil {
		panic("learn: " + err.Error())
	}
	return c
}

func parseRow(text string, n int) ([]float64, error) {
	parts := strings.Fields(text)
	if len(parts) != n {
		return nil, fmt.Errorf("%d values for %d labels", len(parts), n)
	}
	row := make([]float64, n)
	for i, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return nil, err
		}
		row[i] = v
	}
	return row, nil
}
