package tensor

import (
	"math/rand/v2"
	"testing"
)

// TestFours adds up what stands in fours and in their rest: no pair may make a
// sum too large, and together they must be the weights.
func TestFours(t *testing.T) {
	const in, out = 37, 40
	for _, k := range kernels() {
		if k.regroup == nil {
			continue
		}
		use(t, k)
		m := randomMatrix(rand.New(rand.NewPCG(17, 18)), in, out)
		f := newFours(m)
		sums := make([]int, len(f.weights))
		for i, w := range f.weights {
			sums[i] = int(w)
		}
		mildPairs(t, "weights", f.weights)
		next := f.rest
		for g, n := range f.counts {
			for _, r := range next[:n] {
				mildPairs(t, "rest", r.w[:])
				quad, output := int(r.quad)/(depthStep*quadRows), int(r.output)/(floatBytes*quadRows)
				for i, w := range r.w {
					sums[g*foursOutputs*m.depth+(quad*foursOutputs+output)*depthStep+i] += int(w)
				}
			}
			next = next[n:]
		}
		if len(f.rest) == 0 || len(next) != 0 {
			t.Errorf("%d of %d in rest are nobody's", len(next), len(f.rest))
		}
		for o := range out {
			total := 0
			for i := range in {
				g, at := o/foursOutputs, (i/depthStep*foursOutputs+o%foursOutputs)*depthStep+i%depthStep
				want := int(m.column(o)[pairOffset(i)])
				if got := sums[g*foursOutputs*m.depth+at]; got != want {
					t.Errorf("%s: weight %d of output %d is %d, want %d", k.name, i, o, got, want)
				}
				total += want
			}
			if want := int32(-128 * total); f.offset[o] != want {
				t.Errorf("%s: offset %d is %d, want %d", k.name, o, f.offset[o], want)
			}
		}
	}
}

// mildPairs fails the test if two weights add up to too much.
func mildPairs(t *testing.T, what string, w []int8) {
	t.Helper()
	for i := 0; i < len(w); i += 2 {
		if sum := int(w[i]) + int(w[i+1]); max(sum, -sum) > pairLimit {
			t.Errorf("%s: pair %d adds up to %d", what, i/2, sum)
		}
	}
}
