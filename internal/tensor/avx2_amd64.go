package tensor

// avx2 is the kernel for x86 processors with AVX2 (since 2013). Its loops take
// whole vectors of eight; what is left over goes the plain way, which gives the
// same bits value by value.
var avx2 = kernel{
	name:      "avx2",
	panel:     avx2Panel,
	maxAbs:    avx2MaxAbs,
	round:     avx2Round,
	largest:   avx2Largest,
	weigh:     avx2Weigh,
	expSum:    avx2ExpSum,
	scale:     avx2Scale,
	sum:       avx2Sum,
	squares:   avx2Squares,
	normalise: avx2Normalise,
	gelu:      avx2GELU,
	add:       avx2Add,
	widen:     avx2Widen,
}

const avx2Rows = 4 // of a tile

func avx2Panel(b block) {
	if b.cols < panelWidth {
		avx2Narrow(b)
		return
	}
	whole := b.rows &^ (avx2Rows - 1)
	avx2Tiles(b, 0, whole)
	avx2Tiles(b, whole, b.rows)
}

// avx2Narrow computes a panel of which not all outputs are wanted.
func avx2Narrow(b block) {
	var tile [avx2Rows * panelWidth]float32
	for r := 0; r < b.rows; r += avx2Rows {
		part := b.wide(r, min(avx2Rows, b.rows-r), tile[:])
		avx2Panel(part)
		b.take(r, part)
	}
}

// avx2Tiles computes rows from to to of whole panels: in tiles of four rows if
// their number is a multiple of four, else one by one.
func avx2Tiles(b block, from, to int) {
	if from == to {
		return
	}
	dst := b.dst[from*b.stride : (to-1)*b.stride+panelWidth]
	x := b.x[from*b.xStride : (to-1)*b.xStride+b.depth]
	scale, weights := b.rowScale[from:to], b.weights[:b.depth*panelWidth]
	if rows := to - from; rows%avx2Rows == 0 {
		tiles4AVX2(&dst[0], floatBytes*b.stride, &x[0], int16Bytes*b.xStride, &scale[0], rows/avx2Rows,
			&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0])
	} else {
		tiles1AVX2(&dst[0], floatBytes*b.stride, &x[0], int16Bytes*b.xStride, &scale[0], rows,
			&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0])
	}
}

// wholeVectors returns how many of n values whole vectors take.
func wholeVectors(n int) int { return n &^ (lanes - 1) }

func avx2MaxAbs(x []float32) float32 {
	var l [lanes]float32
	n := wholeVectors(len(x))
	if n > 0 {
		maxAbsAVX2(&l, &x[0], n)
	}
	return max(plainLargest(l[:]), plainMaxAbs(x[n:]))
}

func avx2Largest(x []float32) float32 {
	n := wholeVectors(len(x))
	if n == 0 {
		return plainLargest(x)
	}
	l := [lanes]float32(x)
	largestAVX2(&l, &x[0], n)
	return max(plainLargest(l[:]), plainLargest(x[n:]))
}

func avx2Round(dst []int16, x []float32, by float32) {
	dst = dst[:len(x)]
	n := wholeVectors(len(x))
	if n > 0 {
		roundAVX2(&dst[0], &x[0], n, by)
	}
	plainRound(dst[n:], x[n:], by)
}

func avx2Weigh(dst []int16, x []float32, most, top float32) int32 {
	dst = dst[:len(x)]
	var l [lanes]int32
	n := wholeVectors(len(x))
	if n > 0 {
		weighAVX2(&l, &dst[0], &x[0], n, most, top)
	}
	total := plainWeigh(dst[n:], x[n:], most, top)
	for _, t := range l {
		total += t
	}
	return total
}

func avx2ExpSum(x []float32, most float32) float32 {
	var l [lanes]float32
	n := wholeVectors(len(x))
	if n > 0 {
		expSumAVX2(&l, &x[0], n, most)
	}
	expLanes(&l, x[n:], most)
	return fold(&l)
}

func avx2Scale(x []float32, by float32) {
	n := wholeVectors(len(x))
	if n > 0 {
		scaleAVX2(&x[0], n, by)
	}
	plainScale(x[n:], by)
}

func avx2Sum(x []float32) float32 {
	var l [lanes]float32
	n := wholeVectors(len(x))
	if n > 0 {
		sumAVX2(&l, &x[0], n)
	}
	sumLanes(&l, x[n:])
	return fold(&l)
}

func avx2Squares(x []float32, mean float32) float32 {
	var l [lanes]float32
	n := wholeVectors(len(x))
	if n > 0 {
		squaresAVX2(&l, &x[0], n, mean)
	}
	squareLanes(&l, x[n:], mean)
	return fold(&l)
}

func avx2Normalise(x, gain, bias []float32, mean, inverse float32) {
	gain, bias = gain[:len(x)], bias[:len(x)]
	n := wholeVectors(len(x))
	if n > 0 {
		normaliseAVX2(&x[0], &gain[0], &bias[0], n, mean, inverse)
	}
	plainNormalise(x[n:], gain[n:], bias[n:], mean, inverse)
}

func avx2GELU(x []float32) {
	n := wholeVectors(len(x))
	if n > 0 {
		geluAVX2(&x[0], n)
	}
	plainGELU(x[n:])
}

func avx2Add(dst, x []float32) {
	dst = dst[:len(x)]
	n := wholeVectors(len(x))
	if n > 0 {
		addAVX2(&dst[0], &x[0], n)
	}
	plainAdd(dst[n:], x[n:])
}

func avx2Widen(dst, x []float32) {
	dst = dst[:len(x)]
	n := wholeVectors(len(x))
	if n > 0 {
		widenAVX2(&dst[0], &x[0], n)
	}
	plainWiden(dst[n:], x[n:])
}
