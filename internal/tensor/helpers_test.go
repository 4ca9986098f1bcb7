package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// use makes a kernel the active one for the rest of a test.
func use(t testing.TB, k *kernel) {
	before := active
	active = k
	t.Cleanup(func() { active = before })
}

// normals returns n values of a normal distribution.
func normals(r *rand.Rand, n int, deviation float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64() * deviation)
	}
	return x
}

func randomWeights(r *rand.Rand, n int) []int8 {
	w := make([]int8, n)
	for i := range w {
		w[i] = int8(r.IntN(256) - 128)
	}
	return w
}

func randomMatrix(r *rand.Rand, in, out int) *Matrix {
	return Pack(randomWeights(r, in*out), in, out, normals(r, out, 0.01), normals(r, out, 1))
}

// failer is a test of package testing or of package rapid.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// sameBits fails the test at the first value that differs by a bit.
func sameBits(t failer, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: value %d is %v (%08x), want %v (%08x)", what, i,
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}
