package learn

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestExpAndLogAgreeWithMath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-700, 700).Draw(t, "x")
		if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 2e-14*want {
			t.Fatalf("Exp(%v) = %v, want %v", x, got, want)
		}
		y := math.Exp(x)
		if got, want := Log(y), math.Log(y); math.Abs(got-want) > 2e-15*max(1, math.Abs(want)) {
			t.Fatalf("Log(%v) = %v, want %v", y, got, want)
		}
	})
}

func TestExpAtTheEnds(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{{0, 1}, {-1e9, 0}, {1e9, math.Inf(1)}} {
		if got := Exp(c.x); got != c.want {
			t.Errorf("Exp(%v) = %v, want %v", c.x, got, c.want)
		}
	}
	if got := Log(1); got != 0 {
		t.Errorf("Log(1) = %v, want 0", got)
	}
}
