package mine

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

func TestCompare(t *testing.T) {
	m := learn.MustParse("0.5\tcues\n2\tencoder\n-1\tnone\n")
	got := Compare(m, []learn.Number{{Name: "cues", Value: 3}, {Name: "encoder", Value: -1}},
		[]learn.Number{{Name: "encoder", Value: -2}, {Name: "none", Value: 1}})
	want := []Evidence{{Name: "cues", Value: 3, Weight: 0.5}, {Name: "encoder", Value: -1, Weight: 2, Against: -4}, {Name: "none", Weight: -1, Against: -1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	leads := []float64{got[0].Lead(), got[1].Lead(), got[2].Lead()}
	if diff := cmp.Diff([]float64{1.5, 2, 1}, leads); diff != "" {
		t.Error(diff)
	}
}

// Cues that make no difference are left out, and of the others the strongest
// are kept, each once.
func TestCompareCues(t *testing.T) {
	option := map[string]float64{"a": 1, "b": -3, "c": 2, "d": 0.5, "e": 0.4, "f": 0.3, "g": 0.2}
	other := map[string]float64{"c": 2, "a": 0.5}
	weight := func(m map[string]float64) func(string) float64 { return func(n string) float64 { return m[n] } }
	got := CompareCues([]string{"a", "b", "c", "b", "d", "e", "f", "g", "unknown"}, weight(option), weight(other),
		func(string) document.Span { return document.Span{} })
	var names []string
	for _, c := range got {
		names = append(names, c.Rule)
	}
	if diff := cmp.Diff([]string{"b", "a", "d", "e", "f"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestByName(t *testing.T) {
	for _, c := range []struct{ name, full, want string }{
		{"maria lund", "maria lund", argument.ByName},
		{"jean - paul roy", "jean-paul roy", argument.ByName},
		{"lund", "maria lund", argument.ByPartOfName},
		{"who", "world health organization", argument.ByInitials},
		{"w.h.o.", "world health organization", argument.ByInitials},
		{"health organization", "world health organization", argument.ByPartOfName},
	} {
		if got := byName(c.name, c.full); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.name, c.full, got, c.want)
		}
	}
}

// Every word is hidden once, at most so many, and what went wrong is told.
func TestHideEach(t *testing.T) {
	var ts []lang.Token
	for i := range 2 * maxWords {
		ts = append(ts, lang.Token{Span: document.Span{Start: i, End: i + 1}, Lower: [2]string{"x", ","}[i%2]})
	}
	effect := func(s document.Span) ([]float64, error) { return []float64{float64(-s.Start)}, nil }
	words, err := hideEach(context.Background(), ts, []float64{1}, effect)
	if err != nil || len(words) != maxWords {
		t.Fatalf("%d words, %v", len(words), err)
	}
	for i, w := range words {
		if w.Start != 2*i || len(w.Effects) != 1 || w.Effects[0] != float64(1+2*i) {
			t.Errorf("word %d: %+v", i, w)
		}
	}
	broken := errors.New("broken")
	if _, err := hideEach(context.Background(), ts, nil, func(document.Span) ([]float64, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := hideEach(ctx, ts, nil, effect); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// What stands around a cue has it in its middle, as far as the sentence goes.
func TestAround(t *testing.T) {
	ts := make([]lang.Token, 200)
	for i := range ts {
		ts[i].Span = document.Span{Start: i, End: i + 1}
	}
	for cue, want := range map[int]int{0: 0, 10: 0, 100: 70, 199: 140} {
		if got := around(ts, document.Span{Start: cue, End: cue + 1})[0].Start; got != want {
			t.Errorf("around %d from %d, want %d", cue, got, want)
		}
	}
	if got := around(ts[:5], document.Span{Start: 3, End: 4}); len(got) != 5 {
		t.Errorf("%d words", len(got))
	}
}
