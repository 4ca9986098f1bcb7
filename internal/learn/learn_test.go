package learn

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFitFindsTheCue(t *testing.T) {
	var ex []Example
	for i := range 200 {
		yes := i%2 == 0
		cues := []string{"bias", "noise" + string(rune('a'+i%7))}
		if yes == (i%10 != 0) { // the cue is right nine times in ten
			cues = append(cues, "cue")
		}
		ex = append(ex, Yes(cues, yes))
	}
	m := Fit(ex, Options{MinCount: 2, L2: 0.1, Passes: 300})
	with, without := m.Probability([]string{"bias", "cue"}), m.Probability([]string{"bias"})
	if with < 0.8 || without > 0.25 {
		t.Errorf("P(yes) with the cue %.2f, without %.2f; want above 0.8 and below 0.25", with, without)
	}
	if again := Fit(ex, Options{MinCount: 2, L2: 0.1, Passes: 300}); again.Format() != m.Format() {
		t.Error("two fits of the same examples differ")
	}
}

func TestFitRanks(t *testing.T) {
	var ex []Example
	for i := range 60 {
		opts := [][]string{{"near"}, {"far"}, {"none"}}
		gold := 0
		if i%6 == 0 {
			gold = 2
		}
		ex = append(ex, Example{Options: opts, Gold: gold})
	}
	m := Fit(ex, Options{L2: 0.01, Passes: 300})
	p := Softmax([]float64{m.Weight("near"), m.Weight("far"), m.Weight("none")})
	if math.Abs(p[0]-50.0/60) > 0.03 || p[1] > 0.03 {
		t.Errorf("probabilities %.3f, want about 0.83, 0, 0.17", p)
	}
}

func TestTextForm(t *testing.T) {
	m := MustParse("# comment\n\n1.50\ta cue\n-0.25\tanother\n")
	if got, want := m.Format(), "1.50\ta cue\n-0.25\tanother\n"; got != want {
		t.Errorf("Format = %q, want %q", got, want)
	}
	if got := m.Score([]string{"a cue", "another", "unknown"}); got != 1.25 {
		t.Errorf("Score = %v, want 1.25", got)
	}
	for _, bad := range []string{"x\ty\n", "1.0 cue\n", "\tcue\n", "NaN\tcue\n", "-Inf\tcue\n", "1e999\tcue\n"} {
		if _, err := Parse(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("Parse(%q) gave error %v, want one that names line 1", bad, err)
		}
	}
}

func TestParseNamesTheLine(t *testing.T) {
	if _, err := Parse("# comment\n\n1.00\ta\nbad\n"); err == nil || !strings.Contains(err.Error(), `line 4`) || !strings.Contains(err.Error(), `"bad"`) {
		t.Errorf("got %v, want an error that names line 4 and quotes it", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("MustParse takes broken weights")
		}
	}()
	MustParse("bad")
}

func TestZeroModel(t *testing.T) {
	var m Model
	if m.Score([]string{"a"}) != 0 || m.Weight("a") != 0 || m.Len() != 0 || m.Probability([]string{"a"}) != 0.5 {
		t.Error("the zero model does not give every option the score 0")
	}
}

// TestFormatRoundTrip writes and reads models of weights as Fit rounds them.
func TestFormatRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cue := rapid.StringMatching(`[ -~é“\t]{0,8}[!-~]`)
		weights := rapid.MapOf(cue, rapid.Custom(func(t *rapid.T) float64 {
			return float64(rapid.IntRange(-9999, 9999).Draw(t, "hundredths")) / 100
		})).Draw(t, "weights")
		m := &Model{weights: weights}
		again, err := Parse(m.Format())
		if err != nil {
			t.Fatal(err)
		}
		if again.Len() != m.Len() {
			t.Fatalf("%d cues written, %d read:\n%s", m.Len(), again.Len(), m.Format())
		}
		for c, w := range weights {
			if again.Weight(c) != w {
				t.Fatalf("cue %q: wrote %v, read %v", c, w, again.Weight(c))
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("# comment\n\n1.50\ta cue\r\n-0.25\tanother\t\n")
	f.Add("NaN\ta\n0x1p-2\tb")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(m.Format())
		if err != nil {
			t.Fatalf("%q is not read again: %v", m.Format(), err)
		}
		if again.Format() != m.Format() || again.Len() != m.Len() {
			t.Fatalf("once %q, twice %q", m.Format(), again.Format())
		}
	})
}

func TestSoftmax(t *testing.T) {
	inf := math.Inf(-1)
	for _, c := range []struct{ scores, want []float64 }{
		{nil, nil},
		{[]float64{3}, []float64{1}},
		{[]float64{2, 2}, []float64{0.5, 0.5}},
		{[]float64{0, math.Log(3)}, []float64{0.25, 0.75}},
		{[]float64{1e300, 1e300}, []float64{0.5, 0.5}},
		{[]float64{-1e300, -1e300}, []float64{0.5, 0.5}},
		{[]float64{1e300, -1e300}, []float64{1, 0}},
		{[]float64{1000, 999, -1000}, []float64{1 / (1 + math.Exp(-1)), 1 / (1 + math.E), 0}},
		{[]float64{inf, 5}, []float64{0, 1}},
	} {
		got := Softmax(slices.Clone(c.scores))
		for i, p := range got {
			if math.IsNaN(p) || math.Abs(p-c.want[i]) > 1e-12 {
				t.Errorf("Softmax(%v) = %v, want %v", c.scores, got, c.want)
				break
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("Softmax(%v) = %v, want %v", c.scores, got, c.want)
		}
	}
	for _, c := range []struct{ x, want float64 }{{0, 0.5}, {-1e300, 0}, {1e300, 1}, {math.Log(3), 0.75}} {
		if got := Sigmoid(c.x); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) {
			t.Errorf("Sigmoid(%v) = %v, want %v", c.x, got, c.want)
		}
	}
}

func TestLogProbabilities(t *testing.T) {
	got := LogProbabilities([]float64{1e6, 0, math.Inf(-1)})
	if got[0] != 0 || got[1] != got[2] || math.IsInf(got[1], 0) || got[1] > -20 {
		t.Errorf("got %v, want 0 and twice the same finite low value", got)
	}
}

// TestFitLeavesOut tells rare cues, which MinCount leaves out, from weak ones,
// which Floor does.
func TestFitLeavesOut(t *testing.T) {
	var ex []Example
	for i := range 100 {
		yes := i%2 == 0
		var cues []string
		if yes {
			cues = append(cues, "strong")
		}
		if i%4 < 2 == (i%20 < 11) { // says less
			cues = append(cues, "weak")
		}
		if yes && i < 6 {
			cues = append(cues, "three", "three", "three") // in three examples, thrice in each
		}
		ex = append(ex, Yes(cues, yes))
	}
	fit := func(o Options) *Model { o.L2, o.Passes = 0.1, 200; return Fit(ex, o) }
	for _, c := range []struct {
		name string
		opt  Options
		want []string
	}{
		{"everything", Options{}, []string{"strong", "three", "weak"}},
		{"in three examples or more", Options{MinCount: 3}, []string{"strong", "three", "weak"}},
		{"in four", Options{MinCount: 4}, []string{"strong", "weak"}},
		{"far from 0", Options{Floor: 4}, []string{"strong"}},
		{"impossibly far", Options{Floor: 1000}, nil},
	} {
		m := fit(c.opt)
		var got []string
		for _, cue := range []string{"strong", "three", "weak"} {
			if m.Weight(cue) != 0 {
				got = append(got, cue)
			}
		}
		if !slices.Equal(got, c.want) || m.Len() != len(c.want) {
			t.Errorf("%s: the model keeps %v of %d cues, want %v:\n%s", c.name, got, m.Len(), c.want, m.Format())
		}
		for _, w := range m.weights {
			if math.Abs(w) < c.opt.Floor || w != math.Round(w*100)/100 {
				t.Errorf("%s: weight %v", c.name, w)
			}
		}
	}
}

func TestFitOfNothing(t *testing.T) {
	if m := Fit(nil, Options{Passes: 3}); m.Len() != 0 {
		t.Errorf("no examples give %d cues", m.Len())
	}
	ex := []Example{Yes([]string{"a"}, true)}
	if m := Fit(ex, Options{}); m.Len() != 0 {
		t.Errorf("no passes give %d cues", m.Len())
	}
}
