package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// exactAttention is Attention in float64.
func exactAttention(q, k, v []float32, rows, heads int) []float64 {
	width := len(q) / rows
	dim := width / heads
	out := make([]float64, len(q))
	weights := make([]float64, rows)
	for h := range heads {
		for r := range rows {
			most := math.Inf(-1)
			for s := range rows {
				weights[s] = 0
				for i := h * dim; i < (h+1)*dim; i++ {
					weights[s] += float64(q[r*width+i]) * float64(k[s*width+i]) / math.Sqrt(float64(dim))
				}
				most = max(most, weights[s])
			}
			sum := 0.0
			for s := range rows {
				weights[s] = math.Exp(weights[s] - most)
				sum += weights[s]
			}
			for s := range rows {
				for i := h * dim; i < (h+1)*dim; i++ {
					out[r*width+i] += weights[s] / sum * float64(v[s*width+i])
				}
			}
		}
	}
	return out
}

// cosine returns the likeness of two vectors.
func cosine(a []float32, b []float64) float64 {
	var ab, aa, bb float64
	for i, x := range a {
		ab += float64(x) * b[i]
		aa += float64(x) * float64(x)
		bb += b[i] * b[i]
	}
	return ab / math.Sqrt(aa*bb)
}

// TestAttentionIsAccurate uses what trained encoders show: a few columns much
// larger than the rest, and rows that all others attend to.
func TestAttentionIsAccurate(t *testing.T) {
	tests := []struct {
		name                   string
		rows, heads, dim       int
		deviation, large, sink float64
	}{
		{"plain", 100, 2, 32, 1, 1, 0},
		{"full window", 254, 2, 32, 1, 1, 0},
		{"sharp", 254, 2, 32, 1.5, 1, 0},
		{"large columns", 254, 2, 32, 1, 4, 0},
		{"sink", 254, 2, 32, 0.5, 1, 8},
		{"units", 600, 1, 64, 1, 2, 0},
		{"one row", 1, 12, 32, 1, 5, 0},
		{"odd", 19, 3, 10, 1, 3, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 8))
			width := test.heads * test.dim
			n := test.rows * width
			q, k, v := normals(r, n, test.deviation), normals(r, n, test.deviation), normals(r, n, 1)
			for i := range n {
				switch i % test.dim {
				case 0: // a column large in all three
					k[i] *= float32(test.large)
					v[i] *= float32(test.large)
				case 1: // the column by which all rows find the sink
					q[i] = float32(math.Sqrt(float64(test.dim)) * test.sink / 4)
					if i < width {
						k[i] = 4
					}
				}
			}
			got := make([]float32, n)
			Attention(got, q, k, v, test.rows, test.heads, new(Scratch))
			want := exactAttention(q, k, v, test.rows, test.heads)
			likeness, worst := cosine(got, want), 1.0
			for row := range test.rows {
				from, to := row*width, (row+1)*width
				worst = min(worst, cosine(got[from:to], want[from:to]))
			}
			t.Logf("cosine %.6f, of the worst row %.6f", likeness, worst)
			if likeness < 0.999 {
				t.Errorf("cosine %v, want at least 0.999", likeness)
			}
		})
	}
}

// TestAttentionDoesNotOverflow has all rows take all of the largest values, so
// that sums are as large as can be.
func TestAttentionDoesNotOverflow(t *testing.T) {
	for _, rows := range []int{1, 256, 511, 512, 513, 1500} {
		q, v := make([]float32, rows*4), make([]float32, rows*4)
		for i := range v {
			v[i] = -3
		}
		got := make([]float32, rows*4)
		Attention(got, q, q, v, rows, 1, new(Scratch))
		for i, x := range got {
			if math.Abs(float64(x)+3) > 1e-5 {
				t.Fatalf("%d rows: value %d is %v, want -3", rows, i, x)
			}
		}
	}
}

func TestAttentionOfNothing(_ *testing.T) {
	Attention(nil, nil, nil, nil, 0, 12, new(Scratch))
}
