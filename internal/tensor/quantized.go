package tensor

// quantizedStep is what rows of activations are padded to, with zeros. It is a
// multiple of depthStep.
const quantizedStep = 16

// quadRows is how many rows stand side by side where rows are packed for kernels
// with 8-bit products.
const quadRows = 16

// Quantized holds rows of int8 activations with one scale a row: value × scale
// is about what the row held. The zero value is ready for use.
type Quantized struct {
	Rows, Cols int

	// values are in the range of int8 but kept as int16, as kernels without 8-bit
	// products multiply them.
	values []int16
	stride int // from row to row
	scale  []float32

	// quads hold the values in 8 bits if the kernel packs them (see pack), else
	// nothing: for each 16 rows, for each four inputs, the four values of the first
	// row, of the second, and so on. avx2 adds 128 to each; offset, which it has no
	// use for, is -128 × the sum of each row.
	quads  []int8
	offset []int32
	packer *kernel // whose quads they are
}

// From quantises rows of cols values. The largest magnitude of a row becomes
// 127, everything is rounded half to even; a row of zeros, or of values below
// 1e-30, has scale 0.
func (q *Quantized) From(x []float32, rows, cols int) {
	q.resize(rows, cols)
	for r := range rows {
		q.scale[r] = quantise(q.row(r), x[r*cols:(r+1)*cols])
	}
	q.pack()
}

// pack readies rows whose values are in the range of int8 for the kernel.
func (q *Quantized) pack() {
	if active.pack != nil {
		active.pack(q)
		q.packer = active
	}
}

// resize makes room for rows × cols values in the memory there is, if that is
// enough, and leaves all but the padding undefined. The rows are not packed.
func (q *Quantized) resize(rows, cols int) {
	q.Rows, q.Cols, q.stride = rows, cols, roundUp(cols, quantizedStep)
	q.values = resized(q.values, rows*q.stride)
	q.scale = resized(q.scale, rows)
	q.quads, q.offset = q.quads[:0], q.offset[:0]
	for r := range rows {
		clear(q.values[r*q.stride+cols : (r+1)*q.stride])
	}
}

func (q *Quantized) row(r int) []int16 { return q.values[r*q.stride : r*q.stride+q.Cols] }

// quantise sets dst to x in steps of the scale it returns.
func quantise(dst []int16, x []float32) (scale float32) {
	scale, inverse := steps(active.maxAbs(x))
	active.round(dst, x, inverse)
	return scale
}

// steps returns the scale by which int8 values reach most, and its inverse.
// Where the inverse would overflow both are 0.
func steps(most float32) (scale, inverse float32) {
	if most < 1e-30 {
		return 0, 0
	}
	return most / 127, 127 / most
}
