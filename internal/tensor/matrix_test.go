package tensor

import (
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestApply(t *testing.T) {
	m := Pack([]int8{1, 2, 3, -4, 5, -6}, 3, 2, []float32{0.5, 2}, []float32{10, 0})
	var q Quantized
	q.From([]float32{127, 0, -127, 0, 0, 0, 63.5, 127, 1}, 3, 3)
	got := make([]float32, 6)
	m.Apply(got, &q)
	// 63.5 is half-way between two steps and goes to the even one.
	sameBits(t, "Apply", got, []float32{
		(127*1-127*3)*0.5 + 10, (127*-4 + 127*6) * 2,
		10, 0,
		(64*1+127*2+1*3)*0.5 + 10, (64*-4 + 127*5 - 6) * 2,
	})
}

func TestPackWithoutBias(t *testing.T) {
	m := Pack([]int8{3}, 1, 1, []float32{2}, nil)
	var q Quantized
	q.From([]float32{-127}, 1, 1)
	got := make([]float32, 1)
	m.Apply(got, &q)
	sameBits(t, "Apply", got, []float32{-762})
}

func TestShapesAreChecked(t *testing.T) {
	m := Pack(make([]int8, 6), 3, 2, make([]float32, 2), nil)
	var wrong, right Quantized
	wrong.From(make([]float32, 8), 2, 4)
	right.From(make([]float32, 3), 1, 3)
	for name, f := range map[string]func(){
		"too few weights":     func() { Pack(make([]int8, 5), 3, 2, make([]float32, 2), nil) },
		"too few biases":      func() { Pack(make([]int8, 6), 3, 2, make([]float32, 2), make([]float32, 1)) },
		"rows of other width": func() { m.Apply(make([]float32, 4), &wrong) },
		"short result":        func() { m.Apply(make([]float32, 1), &right) },
		"uneven heads":        func() { Attention(nil, make([]float32, 10), nil, nil, 2, 2, new(Scratch)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

// TestQuantizedIsClose checks that no value moves by more than half a step.
func TestQuantizedIsClose(t *testing.T) {
	var q Quantized // kept, so that its memory is used again
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 40).Draw(t, "cols")
		x := rapid.SliceOfN(rapid.Float32Range(-1e6, 1e6), rows*cols, rows*cols).Draw(t, "x")
		q.From(x, rows, cols)
		for r := range rows {
			for i, v := range q.row(r) {
				if v < -127 || v > 127 {
					t.Fatalf("%d is beyond 127", v)
				}
				want, step := float64(x[r*cols+i]), float64(q.scale[r])
				if math.Abs(float64(v)*step-want) > step*0.5001+1e-30 {
					t.Fatalf("%v became %d × %v", want, v, step)
				}
			}
			for _, v := range q.values[r*q.stride+cols : (r+1)*q.stride] {
				if v != 0 {
					t.Fatalf("padding holds %d", v)
				}
			}
		}
	})
}

func TestNothingIsAllocated(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const rows, width = 37, 96
	x, y := normals(r, rows*width, 1), make([]float32, rows*width)
	m := randomMatrix(r, width, width)
	narrow := randomMatrix(r, width, 3)
	var q Quantized
	var s Scratch
	for _, k := range kernels() {
		use(t, k)
		allocations := testing.AllocsPerRun(3, func() {
			q.From(x, rows, width)
			m.Apply(y, &q)
			m.ApplyGELU(y, &q)
			narrow.Apply(y[:rows*3], &q)
			Attention(y, x, x, x, rows, 3, &s)
			Attention(y[:5*width], x[:5*width], x[:5*width], x[:5*width], 5, 3, &s)
			LayerNorm(y, rows, width, x[:width], x[:width], 1e-12)
			Add(y, x)
			GELU(y)
			Softmax(y)
		})
		if allocations != 0 {
			t.Errorf("%s: %v allocations", k.name, allocations)
		}
	}
}

// TestConcurrentUse shares a matrix and inputs between goroutines.
func TestConcurrentUse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const rows, width = 20, 64
	x := normals(r, rows*width, 1)
	m := randomMatrix(r, width, width)
	results := make([][]float32, 4)
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() {
			var q Quantized
			var s Scratch
			y := make([]float32, rows*width)
			q.From(x, rows, width)
			m.ApplyGELU(y, &q)
			results[i] = make([]float32, rows*width)
			Attention(results[i], y, x, y, rows, 2, &s)
		})
	}
	wait.Wait()
	for _, y := range results[1:] {
		sameBits(t, "result", y, results[0])
	}
}
