package learn

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testLabels = []string{"O", "B-x", "I-x", "B-y", "I-y"}

// drawChain draws a chain over a few cues, and a sequence of elements.
func drawChain(t *rapid.T) (*Chain, []Element) {
	c := NewChain(testLabels...)
	weight := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(-300, 300).Draw(t, "w")) / 100 })
	for i := range c.step {
		c.step[i] = weight.Draw(t, "step")
	}
	for _, cue := range []string{"a", "b", "c"} {
		row := make([]float64, len(testLabels))
		for y := range row {
			row[y] = weight.Draw(t, cue)
		}
		c.weights[cue] = row
	}
	elements := make([]Element, rapid.IntRange(1, 4).Draw(t, "n"))
	for i := range elements {
		elements[i].Cues = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "unknown"}), 0, 3).Draw(t, "cues")
		elements[i].Given = []float64{weight.Draw(t, "g"), weight.Draw(t, "g"), weight.Draw(t, "g"), weight.Draw(t, "g"), weight.Draw(t, "g")}
	}
	return c, elements
}

// allowed tells whether no label goes on with what did not begin.
func allowed(labels []int) bool {
	for i, y := range labels {
		inside := y == 2 || y == 4
		if inside && (i == 0 || labels[i-1] != y && labels[i-1] != y-1) {
			return false
		}
	}
	return true
}

// everyLabelling calls f with each allowed labelling of n elements and its score.
func everyLabelling(c *Chain, elements []Element, f func(labels []int, score float64)) {
	n := len(testLabels)
	em := c.emissions(elements)
	labels := make([]int, len(elements))
	var try func(i int, score float64)
	try = func(i int, score float64) {
		if i == len(elements) {
			if allowed(labels) {
				f(labels, score)
			}
			return
		}
		before := n
		if i > 0 {
			before = labels[i-1]
		}
		for y := range n {
			labels[i] = y
			try(i+1, score+c.step[before*n+y]+em[i*n+y])
		}
	}
	try(0, 0)
}

// The best labelling and the marginals are those found by trying everything.
func TestChainAgainstEveryLabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, elements := drawChain(t)
		n := len(testLabels)
		top, sum := math.Inf(-1), 0.0
		shares := make([]float64, len(elements)*n)
		everyLabelling(c, elements, func(labels []int, score float64) {
			top = max(top, score)
			w := math.Exp(score)
			sum += w
			for i, y := range labels {
				shares[i*n+y] += w
			}
		})
		got := c.Best(elements)
		if !allowed(got) {
			t.Fatalf("labels %v", got)
		}
		everyLabelling(c, elements, func(labels []int, score float64) {
			if reflect.DeepEqual(labels, got) && math.Abs(score-top) > 1e-9 {
				t.Fatalf("labels %v score %v, the best %v", got, score, top)
			}
		})
		for i, p := range c.Marginals(elements) {
			if math.Abs(p-shares[i]/sum) > 1e-9 {
				t.Fatalf("element %d, label %d: %v, want %v", i/n, i%n, p, shares[i]/sum)
			}
		}
	})
}

func TestChainText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := drawChain(t)
		again, err := ParseChain("# a comment\n\n" + c.Format())
		if err != nil || !reflect.DeepEqual(c, again) {
			t.Fatalf("%v\n%s", err, c.Format())
		}
	})
	for _, text := range []string{"", "a\t1", "labels\tO B-x\na\t1", "labels\tO\nstep\tx", "labels\tO\nstep\t1\nstep\t1\nstep\t1", "labels\tO\nno tab"} {
		if _, err := ParseChain(text); err == nil {
			t.Errorf("%q: accepted", text)
		}
	}
}

// A chain learns from which label follows which as well as from cues: "dr" opens
// a name, what follows it goes on, and "said" never does.
func TestFitChain(t *testing.T) {
	labels := []string{"O", "B-x", "I-x"}
	sequence := func(text string) Sequence {
		var s Sequence
		for _, w := range strings.Fields(text) {
			word, y, _ := strings.Cut(w, "/")
			s.Elements = append(s.Elements, Element{Cues: []string{"word " + word}})
			s.Gold = append(s.Gold, map[string]int{"": 0, "b": 1, "i": 2}[y])
		}
		return s
	}
	train := []Sequence{sequence("dr/b lee/i said so"), sequence("then dr/b fox/i said no"), sequence("so said dr/b lee/i"), sequence("no dr/b may/i said"), sequence("may no")}
	c := FitChain(labels, train, Options{MinCount: 1, L2: 0.1, Passes: 100})
	for _, s := range append(train, sequence("then dr/b other/i said no")) {
		if got := c.Best(s.Elements); !reflect.DeepEqual(got, s.Gold) {
			t.Errorf("%v, want %v", got, s.Gold)
		}
	}
	if again := FitChain(labels, train, Options{MinCount: 1, L2: 0.1, Passes: 100}); again.Format() != c.Format() {
		t.Error("a second fit gives other weights")
	}
	if got := c.Best(nil); got != nil {
		t.Errorf("labels of nothing: %v", got)
	}
}

// What is given beforehand counts in full.
func TestGivenScores(t *testing.T) {
	c := NewChain(testLabels...)
	e := []Element{{Given: []float64{0, 2, 9, 1, 0}}, {Given: []float64{0, 0, 3, 9, 8}}}
	if got, want := fmt.Sprint(c.Best(e)), "[1 3]"; got != want { // I-x cannot begin
		t.Errorf("%v, want %v", got, want)
	}
}

func TestFitNumbers(t *testing.T) {
	var choices []Choice
	for i := range 200 {
		x := float64(i%20) - 9.5
		choices = append(choices, Decide([]Number{{"bias", 1}, {"x", x}, {"noise", float64(i % 7)}}, x+float64(i%3-1) > 2))
	}
	m := FitNumbers(choices, Options{L2: 0.1, Passes: 400})
	for _, c := range []struct {
		x    float64
		over bool
	}{{-5, false}, {0, false}, {5, true}} {
		if p := Sigmoid(m.Sum([]Number{{"bias", 1}, {"x", c.x}})); (p > 0.5) != c.over {
			t.Errorf("x %v: %v", c.x, p)
		}
	}
	again, err := Parse(m.Numbers())
	if err != nil || !reflect.DeepEqual(m, again) {
		t.Errorf("%v: %s", err, m.Numbers())
	}
	if FitNumbers(choices, Options{L2: 0.1, Passes: 400}).Numbers() != m.Numbers() {
		t.Error("a second fit gives other weights")
	}
}
