package tensor

// avx512 is the kernel for x86 processors with the 8-bit products of AVX-512
// VNNI (Intel since 2019, AMD since 2022). Float steps are those of avx2.
var avx512 = withProducts(avx2, "avx512", avx512Panel, avx512Pack)

const (
	avx512Rows  = 4 // of a small tile; a large one has quadRows
	avx512Words = 8 // of a tile of rows that need 16 bits
)

func avx512Panel(b block) {
	if b.quads == nil {
		avx512WordPanel(b)
		return
	}
	dst := b.dst[:(b.rows-1)*b.stride+b.cols]
	quads := b.quads[:roundUp(b.rows, quadRows)*b.xStride]
	offset := b.offset[:roundUp(b.rows, avx512Rows)]
	weights := b.weights[:b.depth*panelWidth]
	mask := uint16(1<<b.cols - 1)
	whole := b.rows &^ (quadRows - 1)
	if whole > 0 {
		tiles16AVX512(&dst[0], floatBytes*b.stride, &quads[0], quadRows*b.xStride, &offset[0], &b.rowScale[0], whole,
			&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0], mask)
	}
	if whole < b.rows {
		tiles4AVX512(&dst[whole*b.stride], floatBytes*b.stride, &quads[whole*b.xStride], avx512Rows*depthStep,
			&offset[whole], &b.rowScale[whole], b.rows-whole,
			&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0], mask)
	}
}

// avx512WordPanel computes a panel of rows of 16 bits.
func avx512WordPanel(b block) {
	if b.rows < avx512Words {
		avx2Words(b)
		return
	}
	tiles := func(from, to int) {
		dst := b.dst[from*b.stride : (to-1)*b.stride+b.cols]
		x := b.x[from*b.xStride : (to-1)*b.xStride+b.depth]
		scale, weights := b.rowScale[from:to], b.weights[:b.depth*panelWidth]
		words8AVX512(&dst[0], floatBytes*b.stride, &x[0], int16Bytes*b.xStride, &scale[0], to-from,
			&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0], uint16(1<<b.cols-1))
	}
	whole := b.rows &^ (avx512Words - 1)
	tiles(0, whole)
	if whole < b.rows { // some of the last eight a second time
		tiles(b.rows-avx512Words, b.rows)
	}
}

func avx512Pack(q *Quantized) {
	q.offset = resized(q.offset, roundUp(q.Rows, quadRows))
	packRows(q, func(quads *int8, r int, x [packedRows]*int16) {
		packAVX512(quads, &q.offset[r], x[0], x[1], x[2], x[3], q.stride)
	})
}
