package link

import (
	"testing"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/mine"
)

// A text can have sources to explain and no units.
func TestExplainerWithoutUnits(t *testing.T) {
	e := NewExplainer(&document.Document{}, nil, mine.Result{}, Structure{})
	if len(e.parents) != 0 {
		t.Errorf("parents %v", e.parents)
	}
}

// The best option is the first of the best ones that fit.
func TestWeighedBest(t *testing.T) {
	w := weighed{
		options: []option{{parent: -1}, {parent: 2}, {parent: 2, attack: true}, {parent: 5}},
		scores:  []float64{-3, -1, -0.5, -1},
	}
	for _, c := range []struct {
		name string
		fits func(option) bool
		want int
	}{
		{"any", func(option) bool { return true }, 2},
		{"support", func(o option) bool { return !o.attack }, 1},
		{"other parent", func(o option) bool { return o.parent != 2 }, 3},
		{"none", func(option) bool { return false }, -1},
	} {
		if got := w.best(c.fits); got != c.want {
			t.Errorf("%s: option %d, want %d", c.name, got, c.want)
		}
	}
	if got := w.find(2, true); got != 2 {
		t.Errorf("found option %d", got)
	}
}
