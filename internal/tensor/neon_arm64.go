package tensor

// neon is the kernel for ARM processors of 64 bits, all of which have NEON. Only
// products are in vectors.
var neon = withProducts(plain, "neon", neonPanel, nil)

const neonRows = 4 // of a tile

// tilesNEON multiplies rows by one panel of weights, four at a time. Strides are
// in bytes, quads is a quarter of the depth; all counts are above 0.
//
//go:noescape
func tilesNEON(dst *float32, stride int, x *int16, xStride int, rowScale *float32, rows int, weights *int8, quads int, scale *float32, bias *float32)

func neonPanel(b block) {
	if b.cols == panelWidth {
		neonTiles(b)
		return
	}
	var tile [neonRows * panelWidth]float32
	for r := 0; r < b.rows; r += neonRows {
		part := b.wide(r, min(neonRows, b.rows-r), tile[:])
		neonTiles(part)
		b.take(r, part)
	}
}

func neonTiles(b block) {
	dst := b.dst[:(b.rows-1)*b.stride+panelWidth]
	x := b.x[:(b.rows-1)*b.xStride+b.depth]
	weights := b.weights[:b.depth*panelWidth]
	tilesNEON(&dst[0], floatBytes*b.stride, &x[0], int16Bytes*b.xStride, &b.rowScale[0], b.rows,
		&weights[0], b.depth/depthStep, &b.scale[0], &b.bias[0])
}
