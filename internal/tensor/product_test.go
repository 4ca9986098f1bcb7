package tensor

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/raced"
)

// oneOf draws from some values.
func oneOf(values ...int16) func(*rand.Rand) int16 {
	return func(r *rand.Rand) int16 { return values[r.IntN(len(values))] }
}

// rows makes activations of integers that rounding might never give, packed for
// the kernel in use if they are in the range of int8.
func rows(r *rand.Rand, n, cols int, value func(*rand.Rand) int16) *Quantized {
	q := new(Quantized)
	q.resize(n, cols)
	bytes := true
	for i := range n {
		for c := range q.row(i) {
			v := value(r)
			q.row(i)[c] = v
			bytes = bytes && v == int16(int8(v))
		}
		q.scale[i] = float32(i+1) / 64
	}
	if bytes {
		q.pack()
	}
	return q
}

// TestExtremesAgree has activations and weights at the ends of their ranges, and
// as many rows as make all mixtures of tiles.
func TestExtremesAgree(t *testing.T) {
	raced.Skip(t)
	activations := map[string]func(*rand.Rand) int16{
		"any of 8 bits":   func(r *rand.Rand) int16 { return int16(int8(r.Uint32())) },
		"127":             oneOf(127),
		"-127":            oneOf(-127),
		"-128":            oneOf(-128),
		"ends of 8 bits":  oneOf(-128, -127, 127),
		"any of 16 bits":  func(r *rand.Rand) int16 { return int16(r.IntN(2*math.MaxInt16+1) - math.MaxInt16) },
		"ends of 16 bits": oneOf(-math.MaxInt16, math.MaxInt16),
	}
	weights := []struct {
		name   string
		values []int8
	}{{"-128", []int8{-128}}, {"127", []int8{127}}, {"ends", []int8{-128, -127, 127}}, {"small", []int8{-1, 0, 1}}}
	for _, k := range kernels() {
		for name, value := range activations {
			for _, w := range weights {
				t.Run(fmt.Sprintf("%s/%s by %s", k.name, name, w.name), func(t *testing.T) {
					use(t, k)
					r := rand.New(rand.NewPCG(11, 12))
					for n := 1; n < foursWorth+20; n++ {
						if n == 38 {
							n = foursWorth
						}
						in, out := 1+r.IntN(500), 1+r.IntN(40)
						packed := make([]int8, in*out)
						for i := range packed {
							packed[i] = w.values[r.IntN(len(w.values))]
						}
						m := Pack(packed, in, out, normals(r, out, 0.02), normals(r, out, 1))
						sameProduct(t, m, rows(r, n, in, value))
					}
				})
			}
		}
	}
}

// sameProduct compares Apply with what its documentation says.
func sameProduct(t failer, m *Matrix, q *Quantized) {
	t.Helper()
	got, want := make([]float32, q.Rows*m.Out), make([]float32, q.Rows*m.Out)
	m.Apply(got, q)
	naiveProduct(want, m, q)
	sameBits(t, fmt.Sprintf("%d rows of %d by %d", q.Rows, m.In, m.Out), got, want)
}

// TestDeepestProduct has sums that are nearly as large as int32 holds, while
// those of a kernel that moves weights or activations pass it on the way.
func TestDeepestProduct(t *testing.T) {
	const in, out = 130_000, 17
	for _, w := range []int8{-128, 127} {
		weights := make([]int8, in*out)
		for i := range weights {
			weights[i] = w
		}
		m := Pack(weights, in, out, make([]float32, out), nil)
		for o := range m.scale {
			m.scale[o] = 1
		}
		for _, k := range kernels() {
			for _, x := range []int16{-127, 127} {
				use(t, k)
				sameProduct(t, m, rows(nil, 3, in, func(*rand.Rand) int16 { return x }))
			}
		}
	}
}

// TestProductsOfAnything compares kernels on shapes and values that chance finds.
func TestProductsOfAnything(t *testing.T) {
	for _, k := range kernels() {
		t.Run(k.name, func(t *testing.T) {
			use(t, k)
			rapid.Check(t, func(t *rapid.T) {
				n, in, out := rapid.IntRange(1, foursWorth+20).Draw(t, "rows"), rapid.IntRange(1, 70).Draw(t, "in"), rapid.IntRange(1, 40).Draw(t, "out")
				r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
				width := rapid.SampledFrom([]int{2, 255, 1 << 16}).Draw(t, "values")
				value := func(r *rand.Rand) int16 { return int16(r.IntN(width) - width/2) }
				sameProduct(t, randomMatrix(r, in, out), rows(r, n, in, value))
			})
		})
	}
}

// TestRowsOfAnotherKernel has rows that one kernel made multiplied by another.
func TestRowsOfAnotherKernel(t *testing.T) {
	const n, in, out = foursWorth + 5, 50, 19
	for _, maker := range kernels() {
		for _, user := range kernels() {
			r := rand.New(rand.NewPCG(13, 14))
			var q Quantized
			use(t, maker)
			q.From(normals(r, n*in, 1), n, in)
			use(t, user)
			sameProduct(t, randomMatrix(r, in, out), &q)
		}
	}
}
