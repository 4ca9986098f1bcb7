package tensor

import (
	"fmt"
	"slices"
	"sync"
)

// Packing of a matrix: outputs stand in panels of panelWidth, so that a panel's
// sums fill vectors, and the depth is padded with zeros to a multiple of
// depthStep, so that kernels can take several inputs at a time.
const (
	panelWidth = 16
	depthStep  = 4
)

// Matrix is the int8 weights of a linear layer, packed for the kernels, with one
// scale and bias an output. It is not changed by use.
type Matrix struct {
	In, Out int

	// panels holds for each panel of 16 outputs, for each pair of inputs, the two
	// weights of the first output, of the second, and so on.
	panels []int8
	depth  int // In, padded
	// scale and bias hold one value an output, padded to whole panels.
	scale, bias []float32

	// fours holds the weights of a layer once more for kernels that want them so,
	// from its first use on; fixed tells a layer from a matrix that changes.
	fours *fours
	once  sync.Once
	fixed bool
}

// Pack packs row-major weights as PyTorch keeps them: out rows of in values.
// The weight of output o is weights[o*in+i] × scale[o]; bias may be nil. Sums of
// products are exact for in up to 130,000.
func Pack(weights []int8, in, out int, scale, bias []float32) *Matrix {
	if in <= 0 || out <= 0 || len(weights) != in*out || len(scale) != out || bias != nil && len(bias) != out {
		panic(fmt.Sprintf("tensor: %d weights, %d scales, %d biases for a layer of %d inputs and %d outputs",
			len(weights), len(scale), len(bias), in, out))
	}
	m := &Matrix{fixed: true}
	m.resize(in, out)
	copy(m.scale, scale)
	copy(m.bias, bias)
	for o := range out {
		to := m.column(o)
		for i, w := range weights[o*in : (o+1)*in] {
			to[pairOffset(i)] = w
		}
	}
	return m
}

// resize makes a matrix of zeros, in the memory it has if that is enough.
func (m *Matrix) resize(in, out int) {
	wide := roundUp(out, panelWidth)
	m.In, m.Out, m.depth = in, out, roundUp(in, depthStep)
	m.panels = zeros(m.panels, wide*m.depth)
	m.scale = zeros(m.scale, wide)
	m.bias = zeros(m.bias, wide)
}

// column returns the weights from the first of output o on; that of input i
// stands at pairOffset(i).
func (m *Matrix) column(o int) []int8 {
	return m.panels[o/panelWidth*panelWidth*m.depth+2*(o%panelWidth):]
}

func pairOffset(i int) int { return i/2*(2*panelWidth) + i%2 }

// Apply computes the layer for every row of q, whose Cols must be m.In: dst is
// q.Rows × m.Out, each value float32(sum) × scale of the row × scale of the
// output + bias.
func (m *Matrix) Apply(dst []float32, q *Quantized) { m.layer(dst, q, nil) }

// ApplyGELU is Apply followed by GELU.
func (m *Matrix) ApplyGELU(dst []float32, q *Quantized) { m.layer(dst, q, active.gelu) }

// blockBytes of activations are taken through all panels at a time, so that they
// stay in the second-level cache (512 KiB on the machine this was measured on).
const blockBytes = 128 << 10

// layer computes the product block by block, and then each block's values while
// they are still in the cache.
func (m *Matrix) layer(dst []float32, q *Quantized, then func([]float32)) {
	if q.Cols != m.In {
		panic(fmt.Sprintf("tensor: rows of %d values for a layer of %d inputs", q.Cols, m.In))
	}
	step := max(blockBytes/(2*m.depth), 2*quadRows) &^ (quadRows - 1)
	for first := 0; first < q.Rows; first += step {
		rows := min(step, q.Rows-first)
		part := dst[first*m.Out : (first+rows)*m.Out]
		m.product(part, m.Out, m.Out, q, first, rows)
		if then != nil {
			then(part)
		}
	}
}

// product writes the first cols outputs for some rows of q, each row stride
// after the one before. The first row must be one that quadRows divides.
func (m *Matrix) product(dst []float32, stride, cols int, q *Quantized, first, rows int) {
	b := block{stride: stride, x: q.values[first*q.stride:], xStride: q.stride, rows: rows,
		rowScale: q.scale[first : first+rows], depth: m.depth}
	var f *fours
	if len(q.quads) > 0 && q.packer == active {
		b.quads = q.quads[first*q.stride:]
		if active.regroup == nil {
			b.offset = q.offset[first:]
		} else if m.fixed && q.Rows >= foursWorth {
			f = m.inFours()
		}
	}
	for o := 0; o < cols; o += panelWidth {
		b.dst = dst[o:]
		b.cols = min(panelWidth, cols-o)
		b.weights = m.panels[o*m.depth : (o+panelWidth)*m.depth]
		b.scale = m.scale[o : o+panelWidth]
		b.bias = m.bias[o : o+panelWidth]
		if f != nil {
			b.fours = f.panel(o/panelWidth, m.depth)
		}
		active.panel(b)
	}
}

// inFours returns the fours of a layer.
func (m *Matrix) inFours() *fours {
	m.once.Do(func() { m.fours = newFours(m) })
	return m.fours
}

// block is one panel of a product: some rows by up to 16 outputs.
type block struct {
	dst          []float32 // rows, stride apart, of which cols values are written
	stride, cols int
	x            []int16 // rows, xStride apart, of depth values
	xStride      int
	quads        []int8  // the same rows as Quantized has them if this kernel packed them, or nil
	offset       []int32 // one a row, with quads
	rows, depth  int
	rowScale     []float32 // one a row
	weights      []int8    // one panel
	fours        fours     // the same panel, or nothing
	scale, bias  []float32 // one an output
}

// Sizes in bytes, in which kernels count strides.
const (
	int16Bytes = 2
	floatBytes = 4
)

// wide is n rows of a block from row r on with all 16 outputs, which go into
// tile.
func (b block) wide(r, n int, tile []float32) block {
	b.dst, b.stride, b.cols = tile, panelWidth, panelWidth
	b.x, b.rowScale, b.rows = b.x[r*b.xStride:], b.rowScale[r:r+n], n
	return b
}

// from is a block from row r on.
func (b block) from(r int) block {
	b.dst, b.x, b.rowScale, b.rows = b.dst[r*b.stride:], b.x[r*b.xStride:], b.rowScale[r:], b.rows-r
	return b
}

// take copies from rows that wide computed the outputs that are wanted.
func (b block) take(r int, wide block) {
	for i := range wide.rows {
		copy(b.dst[(r+i)*b.stride:][:b.cols], wide.dst[i*panelWidth:])
	}
}

// roundUp returns the first multiple of step that is not below n.
func roundUp(n, step int) int { return (n + step - 1) / step * step }

// resized returns a slice of n values, whatever they are, in the memory of s if
// that is enough.
func resized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// zeros is resized, with all values 0.
func zeros[T any](s []T, n int) []T {
	s = resized(s, n)
	clear(s)
	return s
}
