package tensor

import "math"

// plain is the reference kernel, which every processor has.
var plain = kernel{
	name:      "plain",
	panel:     plainPanel,
	maxAbs:    plainMaxAbs,
	round:     plainRound,
	pairs:     plainPairs,
	largest:   plainLargest,
	weigh:     plainWeigh,
	expSum:    plainExpSum,
	scale:     plainScale,
	sum:       plainSum,
	squares:   plainSquares,
	normalise: plainNormalise,
	gelu:      plainGELU,
	add:       plainAdd,
	widen:     plainWiden,
}

// Blocks of the plain product, which stand on the stack.
const (
	plainRows  = 32
	plainDepth = 64
)

// plainPanel computes two sums with one multiplication of 64 bits: the weights
// of outputs j and j+8 stand 32 bits apart in one number, whose product with an
// activation holds both products. This is exact, because each sum fits in 32
// bits, and measured more than twice as fast as multiplying one by one.
func plainPanel(b block) {
	var pairs [plainDepth][panelWidth / 2]int64
	for first := 0; first < b.rows; first += plainRows {
		rows := min(plainRows, b.rows-first)
		var sums [plainRows][panelWidth / 2]int64
		for from := 0; from < b.depth; from += plainDepth {
			depth := min(plainDepth, b.depth-from)
			pairWeights(&pairs, b.weights[from*panelWidth:(from+depth)*panelWidth])
			for r := range rows {
				x := b.x[(first+r)*b.xStride+from:]
				plainDot(&sums[r], x[:depth], &pairs)
			}
		}
		for r := range rows {
			dst := b.dst[(first+r)*b.stride:]
			plainFinish(dst[:b.cols], &sums[r], b.rowScale[first+r], b.scale, b.bias)
		}
	}
}

// pairWeights puts the weights of two outputs into one number each.
func pairWeights(pairs *[plainDepth][panelWidth / 2]int64, weights []int8) {
	for i := range len(weights) / panelWidth {
		w := weights[pairOffset(i):]
		for j := range pairs[i] {
			pairs[i][j] = int64(w[2*j]) + int64(w[2*j+panelWidth])<<32
		}
	}
}

// plainDot adds the products of one row to its sums.
func plainDot(sums *[panelWidth / 2]int64, x []int16, pairs *[plainDepth][panelWidth / 2]int64) {
	s0, s1, s2, s3 := sums[0], sums[1], sums[2], sums[3]
	s4, s5, s6, s7 := sums[4], sums[5], sums[6], sums[7]
	for i, v := range x[:min(len(x), plainDepth)] {
		a, w := int64(v), &pairs[i]
		s0 += a * w[0]
		s1 += a * w[1]
		s2 += a * w[2]
		s3 += a * w[3]
		s4 += a * w[4]
		s5 += a * w[5]
		s6 += a * w[6]
		s7 += a * w[7]
	}
	*sums = [panelWidth / 2]int64{s0, s1, s2, s3, s4, s5, s6, s7}
}

// plainFinish makes floats of the sums of one row.
func plainFinish(dst []float32, sums *[panelWidth / 2]int64, rowScale float32, scale, bias []float32) {
	for o := range dst {
		s := sums[o%(panelWidth/2)]
		sum := int32(s)
		if o >= panelWidth/2 {
			sum = int32((s - int64(sum)) >> 32)
		}
		dst[o] = float32(float32(float32(sum)*rowScale)*scale[o]) + bias[o]
	}
}

func plainMaxAbs(x []float32) float32 {
	var most float32
	for _, v := range x {
		if a := abs(v); a > most {
			most = a
		}
	}
	return most
}

// abs clears the sign, as vectors do.
func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

func plainRound(dst []int16, x []float32, by float32) {
	for i, v := range x {
		dst[i] = int16(roundEven(float32(v * by)))
	}
}

func plainPairs(dst []int8, x, y, by []float32) {
	for i, v := range x {
		dst[2*i] = int8(roundEven(float32(v * by[i])))
		dst[2*i+1] = int8(roundEven(float32(y[i] * by[i])))
	}
}

// roundEven rounds half to even, |x| below 2^22.
func roundEven(x float32) int32 { return int32(x + magic - magic) }

func plainLargest(x []float32) float32 {
	most := float32(math.Inf(-1))
	for _, v := range x {
		if v > most {
			most = v
		}
	}
	return most
}

func plainWeigh(dst []int16, x []float32, most, top float32) int32 {
	var total int32
	for i, v := range x {
		w := roundEven(float32(Exp(v-most) * top))
		dst[i] = int16(w)
		total += w
	}
	return total
}

func plainExpSum(x []float32, most float32) float32 {
	var l [lanes]float32
	expLanes(&l, x, most)
	return fold(&l)
}

// expLanes is plainExpSum up to the folding of the lanes.
func expLanes(l *[lanes]float32, x []float32, most float32) {
	for i, v := range x {
		e := Exp(v - most)
		x[i] = e
		l[i%lanes] += e
	}
}

func plainScale(x []float32, by float32) {
	for i := range x {
		x[i] *= by
	}
}

func plainSum(x []float32) float32 {
	var l [lanes]float32
	sumLanes(&l, x)
	return fold(&l)
}

func sumLanes(l *[lanes]float32, x []float32) {
	for i, v := range x {
		l[i%lanes] += v
	}
}

func plainSquares(x []float32, mean float32) float32 {
	var l [lanes]float32
	squareLanes(&l, x, mean)
	return fold(&l)
}

func squareLanes(l *[lanes]float32, x []float32, mean float32) {
	for i, v := range x {
		d := v - mean
		l[i%lanes] += float32(d * d)
	}
}

func plainNormalise(x, gain, bias []float32, mean, inverse float32) {
	for i, v := range x {
		x[i] = float32(float32((v-mean)*inverse)*gain[i]) + bias[i]
	}
}

func plainGELU(x []float32) {
	for i, v := range x {
		x[i] = gelu1(v)
	}
}

func plainAdd(dst, x []float32) {
	for i, v := range x {
		dst[i] += v
	}
}

func plainWiden(dst, x []float32) {
	for i, v := range x {
		dst[i] = max(dst[i], abs(v))
	}
}
