// Package learn holds small linear models over named cues and fits them. A
// model chooses one of several options; each option is described by the names
// of the cues that hold for it, and its score is the sum of their weights. With
// one option left empty this is logistic regression; with one option a class,
// multinomial regression; with one option a candidate, ranking.
//
// The package knows nothing of arguments. Weights live in text files, one cue a
// line, so that a reader can see what a decision rests on.
package learn

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
)

// Model holds the weight of each cue. The zero Model gives every option the
// score 0. It is safe for concurrent use.
type Model struct {
	weights map[string]float64
}

// Weight returns the weight of one cue, 0 for a cue that the model lacks.
func (m *Model) Weight(cue string) float64 { return m.weights[cue] }

// Len is the number of cues that the model knows.
func (m *Model) Len() int { return len(m.weights) }

// Score is the sum of the weights of cues, added in their order.
func (m *Model) Score(cues []string) float64 {
	var s float64
	for _, c := range cues {
		s += m.weights[c]
	}
	return s
}

// Probability is the model's probability of cues against an empty option.
func (m *Model) Probability(cues []string) float64 { return Sigmoid(m.Score(cues)) }

// Sigmoid is the logistic function.
func Sigmoid(x float64) float64 { return 1 / (1 + Exp(-x)) }

// Softmax turns scores into probabilities, in place, and returns them.
func Softmax(scores []float64) []float64 {
	top := math.Inf(-1)
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float64
	for i, s := range scores {
		scores[i] = Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
	return scores
}

// Parse reads the text form of a model: lines "weight<tab>cue"; blank lines and
// lines that begin with "#" are comments.
func Parse(text string) (*Model, error) {
	m := &Model{weights: map[string]float64{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		weight, cue, ok := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(weight, 64)
		if !ok || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("reading weights: line %d is not a weight, a tab and a cue: %q", n, line)
		}
		m.weights[cue] = w
	}
	return m, nil
}

// MustParse is Parse for weights that are part of the program.
func MustParse(text string) *Model {
	m, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return m
}

// Format is the text form that Parse reads, sorted by cue.
func (m *Model) Format() string { return m.text(2) }

func (m *Model) text(decimals int) string {
	cues := make([]string, 0, len(m.weights))
	for c := range m.weights {
		cues = append(cues, c)
	}
	sort.Strings(cues)
	var b strings.Builder
	for _, c := range cues {
		fmt.Fprintf(&b, "%.*f\t%s\n", decimals, m.weights[c], c)
	}
	return b.String()
}
