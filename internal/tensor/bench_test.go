package tensor

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkProduct measures the layers of the encoder by kernel.
func BenchmarkProduct(b *testing.B) {
	for _, shape := range []struct{ rows, in, out int }{{256, 384, 1536}, {256, 1536, 384}, {256, 384, 384}, {20, 1163, 384}} {
		r := rand.New(rand.NewPCG(1, 1))
		m := Pack(normalWeights(r, shape.in*shape.out), shape.in, shape.out, normals(r, shape.out, 0.01), nil)
		var q Quantized
		dst := make([]float32, shape.rows*shape.out)
		for _, k := range kernels() {
			b.Run(fmt.Sprintf("%s/%dx%dx%d", k.name, shape.rows, shape.in, shape.out), func(b *testing.B) {
				use(b, k)
				q.From(normals(r, shape.rows*shape.in, 1), shape.rows, shape.in)
				m.Apply(dst, &q) // which may arrange the weights
				b.ResetTimer()
				for range b.N {
					m.Apply(dst, &q)
				}
				macs := float64(shape.rows*shape.in*shape.out) * float64(b.N)
				b.ReportMetric(macs/b.Elapsed().Seconds()/1e9, "Gmac/s")
			})
		}
	}
}

// normalWeights has weights as large as those of the encoder are, for kernels
// whose speed depends on it.
func normalWeights(r *rand.Rand, n int) []int8 {
	w := make([]int8, n)
	for i, x := range normals(r, n, 37) {
		w[i] = int8(max(min(x, 127), -127))
	}
	return w
}

// BenchmarkPack measures what loading a layer takes.
func BenchmarkPack(b *testing.B) {
	const in, out = 384, 1536
	weights := randomWeights(rand.New(rand.NewPCG(1, 1)), in*out)
	scale := make([]float32, out)
	b.SetBytes(in * out)
	for range b.N {
		Pack(weights, in, out, scale, nil)
	}
}

// BenchmarkFours measures what the first use of a layer takes on top of that.
func BenchmarkFours(b *testing.B) {
	const in, out = 384, 1536
	m := Pack(normalWeights(rand.New(rand.NewPCG(1, 1)), in*out), in, out, make([]float32, out), nil)
	b.SetBytes(in * out)
	for _, k := range kernels() {
		if k.regroup != nil {
			b.Run(k.name, func(b *testing.B) {
				use(b, k)
				for range b.N {
					newFours(m)
				}
			})
		}
	}
}

// BenchmarkSteps measures the other steps on a full window.
func BenchmarkSteps(b *testing.B) {
	const rows, width, heads = 254, 384, 12
	r := rand.New(rand.NewPCG(1, 1))
	q, k, v := normals(r, rows*width, 1), normals(r, rows*width, 1), normals(r, rows*width, 1)
	x, dst := normals(r, rows*width, 1), make([]float32, rows*width)
	hidden := normals(r, rows*4*width, 1)
	work := make([]float32, len(hidden))
	var s Scratch
	var quantized Quantized
	steps := []struct {
		name string
		run  func()
	}{
		{"Attention", func() { Attention(dst, q, k, v, rows, heads, &s) }},
		{"GELU", func() { copy(work, hidden); GELU(work) }},
		{"LayerNorm", func() { copy(dst, x); LayerNorm(dst, rows, width, q[:width], k[:width], 1e-12) }},
		{"Softmax", func() { copy(dst, x); Softmax(dst[:rows]) }},
		{"Quantize", func() { quantized.From(x, rows, width) }},
		{"Add", func() { Add(dst, x) }},
	}
	for _, kernel := range kernels() {
		for _, step := range steps {
			b.Run(kernel.name+"/"+step.name, func(b *testing.B) {
				use(b, kernel)
				for range b.N {
					step.run()
				}
			})
		}
	}
}
