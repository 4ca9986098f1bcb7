package learn

import "math"

// Exp and Log are written out here because those of package math differ between
// processors in the last bit, and the compiler may fuse a product and a sum on
// some of them: the explicit conversions forbid that. So a text gives the same
// map on every machine. Both are within 2e-15 of the true value, relatively.

const (
	ln2Hi = 6.93147180369123816490e-01 // ln 2 = ln2Hi + ln2Lo, ln2Hi with 20 zero bits at its end
	ln2Lo = 1.90821492927058770002e-10
)

// Exp returns e to the power of x.
func Exp(x float64) float64 {
	switch {
	case x < -708:
		return 0
	case x > 708:
		return math.Inf(1)
	}
	n := math.Floor(float64(x*math.Log2E) + 0.5)
	r := float64(x-float64(n*ln2Hi)) - float64(n*ln2Lo)
	// The Taylor series of e to the r, |r| <= ln 2 / 2, from its smallest term.
	sum := 1.0
	for k := 15; k >= 1; k-- {
		sum = 1 + float64(float64(r*sum)/float64(k))
	}
	return math.Ldexp(sum, int(n))
}

// Log returns the natural logarithm of x, which must be positive.
func Log(x float64) float64 {
	f, n := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		n--
	}
	// ln f = 2 artanh s, s = (f-1) / (f+1), |s| < 0.172.
	s := (f - 1) / (f + 1)
	s2 := float64(s * s)
	sum := 0.0
	for k := 21; k >= 1; k -= 2 {
		sum = 1/float64(k) + float64(s2*sum)
	}
	return float64(float64(n)*ln2Hi) + float64(float64(float64(n)*ln2Lo)+float64(float64(2*s)*sum))
}
