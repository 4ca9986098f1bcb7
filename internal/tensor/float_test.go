package tensor

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// relative returns the difference of two numbers as a part of the second.
func relative(got float32, want float64) float64 {
	if want == 0 {
		return math.Abs(float64(got))
	}
	return math.Abs(float64(got)-want) / math.Abs(want)
}

func TestExpAndErfAreAccurate(t *testing.T) {
	tests := []struct {
		name     string
		f        func(float32) float32
		exact    func(float64) float64
		from, to float32
		error    float64
	}{
		{"Exp", Exp, math.Exp, expLow, expHigh, 2e-7},
		{"Exp near 0", Exp, math.Exp, -1, 1, 2e-7},
		{"Erf", Erf, math.Erf, -6, 6, 5e-7},
		{"Erf near 0", Erf, math.Erf, -1e-3, 1e-3, 5e-7},
	}
	const steps = 200_000
	for _, test := range tests {
		worst, at := 0.0, float32(0)
		for i := range steps {
			x := test.from + (test.to-test.from)*float32(i)/steps
			if e := relative(test.f(x), test.exact(float64(x))); e > worst {
				worst, at = e, x
			}
		}
		t.Logf("%s: error at most %.2g, at %v", test.name, worst, at)
		if worst > test.error {
			t.Errorf("%s(%v): error %v, want at most %v", test.name, at, worst, test.error)
		}
	}
}

func TestExpAndErfAtTheirEnds(t *testing.T) {
	infinity := float32(math.Inf(1))
	tests := []struct {
		name      string
		got, want float32
	}{
		{"Exp(0)", Exp(0), 1},
		{"Exp(-88)", Exp(-88), 0},
		{"Exp(-Inf)", Exp(-infinity), 0},
		{"Exp(100)", Exp(100), Exp(expHigh)},
		{"Erf(0)", Erf(0), 0},
		{"Erf(9)", Erf(9), 1},
		{"Erf(-9)", Erf(-9), -1},
		{"Erf(1e30)", Erf(1e30), 1},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s is %v, want %v", test.name, test.got, test.want)
		}
	}
}

func TestGELUIsAccurate(t *testing.T) {
	x := make([]float32, 200_000)
	for i := range x {
		x[i] = -10 + 20*float32(i)/float32(len(x))
	}
	got := slices.Clone(x)
	GELU(got)
	worst := 0.0
	for i, v := range x {
		want := float64(v) / 2 * math.Erfc(-float64(v)/math.Sqrt2)
		worst = max(worst, math.Abs(float64(got[i])-want)/max(1, math.Abs(float64(v))))
	}
	t.Logf("error at most %.2g", worst)
	if worst > 2e-7 {
		t.Errorf("error %v of the larger of 1 and |x|", worst)
	}
}

func TestSoftmax(t *testing.T) {
	Softmax(nil)
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 5, 254} {
		for _, deviation := range []float64{0, 1, 30} {
			x := normals(r, n, deviation)
			want, sum := make([]float64, n), 0.0
			most := slices.Max(x)
			for i, v := range x {
				want[i] = math.Exp(float64(v - most))
				sum += want[i]
			}
			Softmax(x)
			for i, v := range x {
				if e := relative(v, want[i]/sum); e > 1e-6 && want[i] > 1e-37 {
					t.Fatalf("value %d of %d is %v, want %v", i, n, v, want[i]/sum)
				}
			}
		}
	}
}

func TestLayerNorm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const rows, width, eps = 7, 384, 1e-12
	x := normals(r, rows*width, 3)
	for i := range x {
		x[i] += 2
	}
	gain, bias := normals(r, width, 1), normals(r, width, 1)
	want := make([]float64, len(x))
	for row := range rows {
		part := x[row*width : (row+1)*width]
		var mean, variance float64
		for _, v := range part {
			mean += float64(v) / width
		}
		for _, v := range part {
			variance += (float64(v) - mean) * (float64(v) - mean) / width
		}
		for i, v := range part {
			want[row*width+i] = (float64(v)-mean)/math.Sqrt(variance+eps)*float64(gain[i]) + float64(bias[i])
		}
	}
	LayerNorm(x, rows, width, gain, bias, eps)
	for i, v := range x {
		if math.Abs(float64(v)-want[i]) > 3e-6 {
			t.Fatalf("value %d is %v, want %v", i, v, want[i])
		}
	}
}
