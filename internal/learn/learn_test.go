package learn

import (
	"math"
	"strings"
	"testing"
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
	for _, bad := range []string{"x\ty\n", "1.0 cue\n"} {
		if _, err := Parse(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("Parse(%q) gave error %v, want one that names line 1", bad, err)
		}
	}
}
