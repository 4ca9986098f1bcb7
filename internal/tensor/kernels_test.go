package tensor

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// inputs are rows of floats that kernels must treat alike to the last bit.
var inputs = []struct {
	name string
	make func(r *rand.Rand, n int) []float32
}{
	{"normal", func(r *rand.Rand, n int) []float32 { return normals(r, n, 1) }},
	{"wide", func(r *rand.Rand, n int) []float32 { return normals(r, n, 60) }},
	{"zeros", func(_ *rand.Rand, n int) []float32 { return make([]float32, n) }},
	{"outliers", func(r *rand.Rand, n int) []float32 {
		x := normals(r, n, 1)
		for i := range x {
			if r.IntN(20) == 0 {
				x[i] *= 100
			}
		}
		return x
	}},
	{"huge", func(r *rand.Rand, n int) []float32 { return normals(r, n, 1e15) }},
	{"tiny", func(r *rand.Rand, n int) []float32 { return normals(r, n, 1e-39) }},
	{"limits", func(r *rand.Rand, n int) []float32 {
		some := []float32{0, float32(math.Copysign(0, -1)), 1, -1, 0.5, -0.5, expLow, -expLow, expHigh, erfEnd, -erfEnd,
			127, -127, 1e18, -1e18, math.SmallestNonzeroFloat32}
		x := make([]float32, n)
		for i := range x {
			x[i] = some[r.IntN(len(some))]
		}
		return x
	}},
	{"halves", func(r *rand.Rand, n int) []float32 { // that rounding must send to even
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.IntN(254)-127) + 0.5
		}
		if n > 0 {
			x[0] = 127
		}
		return x
	}},
}

var lengths = []int{0, 1, 2, 7, 8, 9, 15, 16, 17, 32, 63, 254, 384, 1163}

// TestKernelsAgree compares every step of every kernel with the plain one.
func TestKernelsAgree(t *testing.T) {
	for _, k := range kernels() {
		for _, in := range inputs {
			t.Run(k.name+"/"+in.name, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				for _, n := range lengths {
					agreeOnSums(t, k, in.make(r, n))
					agreeOnMaps(t, k, in.make(r, n), in.make(r, n), in.make(r, n))
				}
			})
		}
	}
}

func agreeOnSums(t *testing.T, k *kernel, x []float32) {
	// The larger of two zeros may be either.
	if got, want := k.largest(x), plain.largest(x); got != want {
		t.Fatalf("largest of %d is %v, want %v", len(x), got, want)
	}
	mean := plain.sum(x) / float32(max(len(x), 1))
	sameBits(t, "maxAbs, sum, squares",
		[]float32{k.maxAbs(x), k.sum(x), k.squares(x, mean)},
		[]float32{plain.maxAbs(x), plain.sum(x), plain.squares(x, mean)})

	a, b := slices.Clone(x), slices.Clone(x)
	most := plain.largest(x)
	sameBits(t, "expSum", []float32{k.expSum(a, most)}, []float32{plain.expSum(b, most)})
	sameBits(t, "exp", a, b)
}

func agreeOnMaps(t *testing.T, k *kernel, x, y, z []float32) {
	_, inverse := steps(plain.maxAbs(x))
	got, want := make([]int16, len(x)), make([]int16, len(x))
	k.round(got, x, inverse)
	plain.round(want, x, inverse)
	if !slices.Equal(got, want) {
		t.Fatalf("round: %v, want %v", got, want)
	}
	for _, top := range []float32{127, 32767} {
		most := plain.largest(x)
		if g, w := k.weigh(got, x, most, top), plain.weigh(want, x, most, top); g != w || !slices.Equal(got, want) {
			t.Fatalf("weigh: %v sum %d, want %v sum %d", got, g, want, w)
		}
	}
	agreeOnPairs(t, k, x, y)
	for name, step := range map[string]func(k *kernel, x []float32){
		"scale":     func(k *kernel, x []float32) { k.scale(x, 0.3) },
		"gelu":      func(k *kernel, x []float32) { k.gelu(x) },
		"add":       func(k *kernel, x []float32) { k.add(x, y) },
		"widen":     func(k *kernel, x []float32) { clear(x); k.widen(x, z); k.widen(x, y) },
		"normalise": func(k *kernel, x []float32) { k.normalise(x, y, z, 0.1, 1.7) },
	} {
		a, b := slices.Clone(x), slices.Clone(x)
		step(k, a)
		step(&plain, b)
		sameBits(t, name, a, b)
	}
}

func agreeOnPairs(t *testing.T, k *kernel, x, y []float32) {
	_, inverse := steps(max(plain.maxAbs(x), plain.maxAbs(y)))
	by := make([]float32, len(x))
	for i := range by {
		by[i] = inverse / float32(1+i%3)
	}
	got, want := make([]int8, 2*len(x)), make([]int8, 2*len(x))
	k.pairs(got, x, y, by)
	plain.pairs(want, x, y, by)
	if !slices.Equal(got, want) {
		t.Fatalf("pairs: %v, want %v", got, want)
	}
}

// TestProductsAgree compares products of all shapes of tiles and edges, with
// weights and activations as large as can be.
func TestProductsAgree(t *testing.T) {
	shapes := []struct{ rows, in, out int }{
		{1, 1, 1}, {1, 384, 3}, {2, 3, 5}, {3, 5, 16}, {4, 4, 17}, {5, 7, 31}, {6, 64, 32}, {7, 65, 33},
		{9, 130, 47}, {33, 63, 15}, {70, 384, 48}, {3, 1163, 384}, {130, 1536, 20},
	}
	weights := map[string]func(r *rand.Rand, n int) []int8{
		"random": randomWeights,
		"-128":   func(_ *rand.Rand, n int) []int8 { return slices.Repeat([]int8{-128}, n) },
		"127":    func(_ *rand.Rand, n int) []int8 { return slices.Repeat([]int8{127}, n) },
		"zero":   func(_ *rand.Rand, n int) []int8 { return make([]int8, n) },
	}
	for _, k := range kernels() {
		for _, s := range shapes {
			for name, w := range weights {
				t.Run(fmt.Sprintf("%s/%dx%dx%d/%s", k.name, s.rows, s.in, s.out, name), func(t *testing.T) {
					r := rand.New(rand.NewPCG(3, 4))
					m := Pack(w(r, s.in*s.out), s.in, s.out, normals(r, s.out, 0.02), normals(r, s.out, 1))
					for _, in := range inputs {
						got, want := make([]float32, s.rows*s.out), make([]float32, s.rows*s.out)
						var q Quantized
						x := in.make(r, s.rows*s.in)
						use(t, k)
						q.From(x, s.rows, s.in)
						m.Apply(got, &q)
						naiveProduct(want, m, &q)
						sameBits(t, in.name, got, want)

						m.ApplyGELU(got, &q)
						plain.gelu(want)
						sameBits(t, in.name+" with GELU", got, want)
					}
				})
			}
		}
	}
}

// naiveProduct is Apply as its documentation says it, one weight after the other.
func naiveProduct(dst []float32, m *Matrix, q *Quantized) {
	for r := range q.Rows {
		for o := range m.Out {
			var sum int32
			weights := m.column(o)
			for i, x := range q.row(r) {
				sum += int32(x) * int32(weights[pairOffset(i)])
			}
			dst[r*m.Out+o] = float32(float32(float32(sum)*q.scale[r])*m.scale[o]) + m.bias[o]
		}
	}
}

// TestWholeStepsAgree compares what users of the package call.
func TestWholeStepsAgree(t *testing.T) {
	shapes := []struct{ rows, heads, dim int }{{1, 1, 1}, {2, 3, 5}, {17, 2, 24}, {33, 12, 32}, {254, 2, 32}, {70, 6, 64}, {530, 1, 8}}
	run := func(t *testing.T, k *kernel, q, key, v []float32, rows, heads int) []float32 {
		use(t, k)
		var s Scratch
		out := make([]float32, len(q))
		Attention(out, q, key, v, rows, heads, &s)
		width := len(q) / rows
		normal := slices.Clone(q)
		LayerNorm(normal, rows, width, key[:width], v[:width], 1e-12)
		soft := slices.Clone(q)
		Softmax(soft)
		return slices.Concat(out, normal, soft)
	}
	for _, k := range kernels() {
		for _, s := range shapes {
			for _, in := range inputs {
				t.Run(fmt.Sprintf("%s/%dx%dx%d/%s", k.name, s.rows, s.heads, s.dim, in.name), func(t *testing.T) {
					r := rand.New(rand.NewPCG(5, 6))
					n := s.rows * s.heads * s.dim
					q, key, v := in.make(r, n), in.make(r, n), in.make(r, n)
					sameBits(t, "all", run(t, k, q, key, v, s.rows, s.heads), run(t, &plain, q, key, v, s.rows, s.heads))
				})
			}
		}
	}
}

func TestChoose(t *testing.T) {
	best := kernels()[0].name
	names := map[string]string{"": best, "unknown": best}
	for _, k := range kernels() {
		names[k.name] = k.name
	}
	if names["plain"] == "" {
		t.Error("no kernel is the reference")
	}
	for name, want := range names {
		if got := choose(name).name; got != want {
			t.Errorf("choose(%q) is %q, want %q", name, got, want)
		}
	}
	if got := Kernel(); got != active.name {
		t.Errorf("Kernel is %q, want %q", got, active.name)
	}
}
