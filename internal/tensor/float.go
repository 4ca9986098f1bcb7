package tensor

import "math"

// Constants of Exp. The logarithm of 2 is in two parts, the first with so few
// bits that its product with a whole number is exact (Cody and Waite 1980). The
// coefficients are a least-maximum fit of (exp(r)-1-r)/r² to half a step of
// ln 2 on either side of 0, with a relative error of exp below 1e-8.
const (
	log2e   = 1.44269504
	ln2High = 0.693359375
	ln2Low  = -2.12194440e-4
	expLow  = -87.33 // exp of less is 0; of this it is still a normal number
	expHigh = 88.37  // exp of more is that of this
	exp0    = 0.4999999955
	exp1    = 0.1666657696
	exp2    = 0.0416668542
	exp3    = 0.008363200041
	exp4    = 0.001390130061

	// magic added to a number below 2^22 leaves it rounded half to even in the
	// lowest bits.
	magic = 3 << 22
)

// Exp returns e to the power of x with a relative error below 2e-7; 0 below
// -87.33, and Exp(88.37) above 88.37.
func Exp(x float32) float32 {
	if x < expLow {
		return 0
	}
	x = min(x, expHigh)
	z := float32(x*log2e) + magic
	n := z - magic
	r := x - float32(n*ln2High)
	r -= float32(n * ln2Low)
	p := float32(exp4*r) + exp3
	p = float32(p*r) + exp2
	p = float32(p*r) + exp1
	p = float32(p*r) + exp0
	p = float32(float32(p*r)*r) + r + 1
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(z)<<23)
}

// Coefficients of Erf: erf(x)/x as a quotient of polynomials in x², a
// least-maximum fit for |x| up to 3.92 with a relative error of 2e-8. At erfEnd the
// quotient has passed 1, so that it is cut to exactly 1 from there on.
const (
	erfEnd = 4
	erfP0  = 1.128379146
	erfP1  = 0.1904023169
	erfP2  = 0.05274815552
	erfP3  = 0.003765431997
	erfP4  = 0.0002848774111
	erfP5  = 2.050104901e-6
	erfQ1  = 0.5020724017
	erfQ2  = 0.1141073788
	erfQ3  = 0.01496884962
	erfQ4  = 0.001162488372
	erfQ5  = 3.809161807e-5
)

// Erf returns the error function of x with a relative error below 5e-7, never
// beyond ±1.
func Erf(x float32) float32 {
	x = max(min(x, erfEnd), -erfEnd)
	u := float32(x * x)
	p := float32(erfP5*u) + erfP4
	p = float32(p*u) + erfP3
	p = float32(p*u) + erfP2
	p = float32(p*u) + erfP1
	p = float32(p*u) + erfP0
	q := float32(erfQ5*u) + erfQ4
	q = float32(q*u) + erfQ3
	q = float32(q*u) + erfQ2
	q = float32(q*u) + erfQ1
	q = float32(q*u) + 1
	return max(min(float32(x*p)/q, 1), -1)
}

// halfRoot is √½, which GELU scales by.
const halfRoot = math.Sqrt2 / 2

// GELU replaces every x by x × Φ(x), the exact form with Erf (Hendrycks and
// Gimpel 2016).
func GELU(x []float32) { active.gelu(x) }

// gelu1 is GELU of one value.
func gelu1(x float32) float32 {
	return float32(0.5*x) * (1 + Erf(float32(x*halfRoot)))
}

// Softmax makes of a row of scores their softmax, in place.
func Softmax(row []float32) {
	if len(row) == 0 {
		return
	}
	sum := active.expSum(row, active.largest(row))
	active.scale(row, 1/sum)
}

// LayerNorm normalises each of rows × width values in place to mean 0 and
// variance 1, then multiplies by gain and adds bias, both of width values.
func LayerNorm(x []float32, rows, width int, gain, bias []float32, eps float32) {
	gain, bias = gain[:width], bias[:width]
	for r := range rows {
		row := x[r*width : (r+1)*width]
		mean := active.sum(row) / float32(width)
		variance := active.squares(row, mean) / float32(width)
		// A square root in float64 rounded to float32 is the correctly rounded one.
		inverse := 1 / float32(math.Sqrt(float64(variance+eps)))
		active.normalise(row, gain, bias, mean, inverse)
	}
}

// Add adds x to dst, which is of the same length.
func Add(dst, x []float32) { active.add(dst, x[:len(dst)]) }
