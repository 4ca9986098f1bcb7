package tensor

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing"
)

// Hashes here are the same numbers on every processor. They show where a
// compiler fuses a multiplication with an addition, as Go's does on arm64 unless
// the product is converted: a kernel could not be told from the plain one by its
// own processor alone. Inputs are made of whole numbers, as the functions that
// make normal distributions differ by processor themselves.

// bitsOf returns the hash of numbers.
func bitsOf(values ...any) uint64 {
	sum := fnv.New64a()
	for _, v := range values {
		if err := binary.Write(sum, binary.LittleEndian, v); err != nil {
			panic(err)
		}
	}
	return sum.Sum64()
}

// fractions returns n numbers of 24 bits between -limit and limit, a power of 2.
func fractions(r *rand.Rand, n int, limit float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.IntN(1<<24)-1<<23) / (1 << 23) * limit
	}
	return x
}

// nearHalves returns numbers that are, in steps of scale, about half-way between
// two whole ones.
func nearHalves(r *rand.Rand, n int, scale float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = (float32(r.IntN(253)-127) + 0.5) * scale
	}
	return x
}

// TestStepsHaveTheSameBitsEverywhere runs each float step over so many values
// that a rounding more or less shows.
func TestStepsHaveTheSameBitsEverywhere(t *testing.T) {
	const n = 1 << 16
	each := func(f func(float32) float32, x []float32) any {
		for i, v := range x {
			x[i] = f(v)
		}
		return x
	}
	steps := []struct {
		name string
		want uint64
		run  func(k *kernel, r *rand.Rand) uint64
	}{
		{"Exp", 0x31b27c2186ece82a, func(_ *kernel, r *rand.Rand) uint64 { return bitsOf(each(Exp, fractions(r, 16*n, 64))) }},
		{"Erf", 0x4cdca5b2f133790e, func(_ *kernel, r *rand.Rand) uint64 { return bitsOf(each(Erf, fractions(r, n, 4))) }},
		{"expSum", 0x585e253c3341b89a, func(k *kernel, r *rand.Rand) uint64 {
			x := fractions(r, n, 32)
			return bitsOf(k.expSum(x, 32), x)
		}},
		{"weigh", 0x5141bf70b2bd811a, func(k *kernel, r *rand.Rand) uint64 {
			weights := make([]int16, n)
			return bitsOf(k.weigh(weights, fractions(r, n, 4), 4, 32767), weights)
		}},
		{"round", 0x1336ce70af3e2770, func(k *kernel, r *rand.Rand) uint64 {
			rounded := make([]int16, n)
			k.round(rounded, nearHalves(r, n, 0.0123), 1/float32(0.0123))
			return bitsOf(rounded)
		}},
		{"gelu", 0xc9d983cbf069d7c3, func(k *kernel, r *rand.Rand) uint64 {
			x := fractions(r, n, 8)
			k.gelu(x)
			return bitsOf(x)
		}},
		{"sums", 0xe1a6147218b9a629, func(k *kernel, r *rand.Rand) uint64 {
			x := fractions(r, n, 1)
			return bitsOf(k.sum(x), k.squares(x, 0.1), k.maxAbs(x), k.largest(x))
		}},
		{"normalise", 0xc12e6c711f79ee2c, func(k *kernel, r *rand.Rand) uint64 {
			x := fractions(r, n, 4)
			k.normalise(x, fractions(r, n, 2), fractions(r, n, 1), 0.1, 0.7)
			return bitsOf(x)
		}},
	}
	for _, k := range kernels() {
		for _, step := range steps {
			if got := step.run(k, rand.New(rand.NewPCG(15, 16))); got != step.want {
				t.Errorf("%s: results of %s have the hash %#x, want %#x", k.name, step.name, got, step.want)
			}
		}
	}
}

// TestSameBitsEverywhere takes rows through the layers of an encoder.
func TestSameBitsEverywhere(t *testing.T) {
	const rows, width, heads = 45, 96, 3
	const want = uint64(0x2b7e4f9373af2f17)
	r := rand.New(rand.NewPCG(9, 10))
	x := make([]float32, rows*width)
	for i := range x {
		x[i] = float32(r.IntN(1<<16)-1<<15) / float32(int(1)<<(12+i%5))
	}
	weights := randomWeights(r, width*width)
	for _, k := range kernels() {
		use(t, k)
		var q Quantized
		var s Scratch
		y, z := make([]float32, len(x)), slices.Clone(x)
		m := Pack(weights, width, width, x[:width], x[width:2*width])
		q.From(x, rows, width)
		m.Apply(y, &q)
		LayerNorm(y, rows, width, x[:width], x[width:2*width], 1e-12)
		q.From(y, rows, width)
		m.ApplyGELU(y, &q)
		Attention(z, x, y, x, rows, heads, &s)
		Add(z, y)
		Softmax(y)
		if got := bitsOf(z, y); got != want {
			t.Errorf("%s: results have the hash %#x, want %#x", k.name, got, want)
		}
	}
}
