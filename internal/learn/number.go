package learn

import (
	"math"
)

// Number is a cue that holds to a degree.
type Number struct {
	Name  string
	Value float64
}

// Sum is the sum of numbers times their weights, added in their order.
func (m *Model) Sum(numbers []Number) float64 {
	var s float64
	for _, n := range numbers {
		s += float64(m.weights[n.Name] * n.Value)
	}
	return s
}

// Choice is a decision between options that numbers speak for, and the index of
// the right one.
type Choice struct {
	Options [][]Number
	Gold    int
}

// Decide makes the choice of a yes-or-no decision, whose numbers speak for yes.
func Decide(numbers []Number, yes bool) Choice {
	c := Choice{Options: [][]Number{numbers, nil}, Gold: 1}
	if yes {
		c.Gold = 0
	}
	return c
}

// FitNumbers finds the weights that make the right options most probable, like
// [Fit]; weights are rounded to three decimals.
func FitNumbers(choices []Choice, opt Options) *Model {
	m := &Model{weights: map[string]float64{}}
	first, second := map[string]float64{}, map[string]float64{}
	for _, c := range choices {
		for _, o := range c.Options {
			for _, n := range o {
				m.weights[n.Name] = 0
			}
		}
	}
	for k := range opt.Passes {
		grad := map[string]float64{}
		for name, w := range m.weights {
			grad[name] = opt.L2 * w
		}
		for _, c := range choices {
			scores := make([]float64, len(c.Options))
			for i, o := range c.Options {
				scores[i] = m.Sum(o)
			}
			for i, p := range Softmax(scores) {
				if i == c.Gold {
					p--
				}
				for _, n := range c.Options[i] {
					grad[n.Name] += p * n.Value
				}
			}
		}
		rate := chainRate * (1 - float64(k)/float64(opt.Passes))
		c1, c2 := 1-math.Pow(firstDecay, float64(k+1)), 1-math.Pow(secondDecay, float64(k+1))
		for name, g := range grad {
			first[name] = firstDecay*first[name] + (1-firstDecay)*g
			second[name] = secondDecay*second[name] + (1-secondDecay)*g*g
			m.weights[name] -= rate * first[name] / c1 / (math.Sqrt(second[name]/c2) + adamsEpsilon)
		}
	}
	for name, w := range m.weights {
		m.weights[name] = math.Round(w*1000) / 1000
	}
	return m
}

// Numbers is the text form of a model over numbers, which [Parse] reads.
func (m *Model) Numbers() string { return m.text(3) }
