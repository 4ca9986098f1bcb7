package tensor

// avx2 is the kernel for x86 processors with AVX2 (since 2013). Layers of many
// rows are multiplied in 8 bits (see fours), all else in 16. Its loops over floats
// take whole vectors of eight; what is left over goes the plain way, which gives
// the same bits value by value.
var avx2 = kernel{
	name:      "avx2",
	panel:     avx2Panel,
	pack:      avx2Pack,
	regroup:   avx2Regroup,
	maxAbs:    avx2MaxAbs,
	round:     avx2Round,
	pairs:     avx2Pairs,
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

const (
	avx2Rows = 4 // of a tile, but for tiles of fours, which have quadRows
	// foursLeast is how many rows are worth a tile of fours, filled up.
	foursLeast = 10
)

func avx2Panel(b block) {
	r := 0
	if b.fours.weights != nil {
		for ; b.rows-r >= foursLeast; r += min(quadRows, b.rows-r) {
			avx2Fours(b, r)
		}
	}
	if r < b.rows {
		avx2Words(b.from(r))
	}
}

// avx2Fours computes a tile of up to 16 rows from row r on.
func avx2Fours(b block, r int) {
	rows := min(quadRows, b.rows-r)
	if rows == quadRows && b.cols == panelWidth {
		avx2FoursTile(b, b.dst[r*b.stride:], b.stride, r, b.rowScale[r:])
		return
	}
	var part [quadRows * panelWidth]float32
	var scale [quadRows]float32
	copy(scale[:], b.rowScale[r:r+rows])
	avx2FoursTile(b, part[:], panelWidth, r, scale[:])
	b.take(r, b.wide(r, rows, part[:]))
}

// avx2FoursTile computes a tile of 16 rows from row r on with all 16 outputs.
func avx2FoursTile(b block, dst []float32, stride, r int, rowScale []float32) {
	f, x := b.fours, b.quads[r*b.xStride:][:quadRows*b.depth]
	dst, rowScale = dst[:(quadRows-1)*stride+panelWidth], rowScale[:quadRows]
	var list *int32
	if len(f.rest) > 0 {
		list = &f.rest[0].quad
	}
	foursAVX2(&dst[0], floatBytes*stride, &x[0], b.depth/depthStep, &rowScale[0],
		&f.weights[0], foursGroups, &f.offset[0], &f.counts[0], list, &b.scale[0], &b.bias[0])
}

func avx2Regroup(to, panel []int8, offset *[panelWidth]int32, beyond []uint32) {
	to, panel = to[:len(beyond)*panelWidth*depthStep], panel[:len(beyond)*panelWidth*depthStep]
	regroupAVX2(&to[0], len(to)/foursGroups, &panel[0], len(beyond), &offset[0], &beyond[0])
}

func avx2Pack(q *Quantized) {
	packRows(q, func(quads *int8, _ int, x [packedRows]*int16) {
		packFoursAVX2(quads, x[0], x[1], x[2], x[3], q.stride)
	})
}

const packedRows = 4 // at a time

// packRows makes room for the quads of q and has them packed from some rows at a
// time, the first of them r. Where fewer are left the last one stands for those
// that are missing.
func packRows(q *Quantized, pack func(quads *int8, r int, x [packedRows]*int16)) {
	q.quads = resized(q.quads, roundUp(q.Rows, quadRows)*q.stride)
	if q.stride == 0 {
		return
	}
	var x [packedRows]*int16
	for r := 0; r < q.Rows; r += packedRows {
		for i := range x {
			x[i] = &q.values[min(r+i, q.Rows-1)*q.stride]
		}
		tile, within := r&^(quadRows-1), r%quadRows
		pack(&q.quads[tile*q.stride+within*depthStep], r, x)
	}
}

// avx2Words computes a panel of rows of 16 bits.
func avx2Words(b block) {
	if b.cols < panelWidth {
		avx2Narrow(b)
		return
	}
	if b.rows < avx2Rows {
		avx2Tiles(b, 0, b.rows)
		return
	}
	whole := b.rows &^ (avx2Rows - 1)
	avx2Tiles(b, 0, whole)
	if whole < b.rows { // some of the last four a second time
		avx2Tiles(b, b.rows-avx2Rows, b.rows)
	}
}

// avx2Narrow computes a panel of which not all outputs are wanted.
func avx2Narrow(b block) {
	var tile [avx2Rows * panelWidth]float32
	for r := 0; r < b.rows; r += avx2Rows {
		part := b.wide(r, min(avx2Rows, b.rows-r), tile[:])
		avx2Words(part)
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
	n := wholeVectors(len(x))
	most := plainMaxAbs(x[n:])
	if n > 0 {
		most = max(most, maxAbsAVX2(&x[0], n))
	}
	return most
}

func avx2Largest(x []float32) float32 {
	n := wholeVectors(len(x))
	most := plainLargest(x[n:])
	if n > 0 {
		most = max(most, largestAVX2(&x[0], n))
	}
	return most
}

func avx2Round(dst []int16, x []float32, by float32) {
	dst = dst[:len(x)]
	n := wholeVectors(len(x))
	if n > 0 {
		roundAVX2(&dst[0], &x[0], n, by)
	}
	plainRound(dst[n:], x[n:], by)
}

func avx2Pairs(dst []int8, x, y, by []float32) {
	n := wholeVectors(len(x))
	dst, y, by = dst[:2*len(x)], y[:len(x)], by[:len(x)]
	if n > 0 {
		pairsAVX2(&dst[0], &x[0], &y[0], &by[0], n)
	}
	plainPairs(dst[2*n:], x[n:], y[n:], by[n:])
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
