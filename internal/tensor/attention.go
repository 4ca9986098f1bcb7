package tensor

import (
	"fmt"
	"math"
)

// Scratch is the working memory of Attention. The zero value is ready for use;
// it grows to what is needed and serves one call at a time.
type Scratch struct {
	query   Quantized // of one head
	keys    Matrix    // of one head: an output a row of the window
	values  Matrix    // of one head: an input a row of the window
	weights Quantized // of a block of rows: what share of each value they take
	scores  []float32 // of a block of rows
	row     []int16   // one row of a head
	most    []float32 // largest magnitude in each column of the values
	factors []float32 // what values are multiplied by, and as many zeros
}

// attentionRows is how many rows of scores are worked on at a time, few enough
// that scores and weights stay in the first-level cache.
const attentionRows = 32

// Attention is the multi-head self-attention of one window: for each head
// softmax(q·kᵀ/√dim)·v. All matrices are rows × (heads × dim), the heads side by
// side; dst must not overlap the others.
//
// Queries and keys are quantised to 8 bits a row and head, values to 8 bits a
// column. The weights of the softmax are quantised to 15 bits, as 8 would lose
// the many small ones beside a large one, and divided by their exact sum.
func Attention(dst, q, k, v []float32, rows, heads int, s *Scratch) {
	if rows == 0 {
		return
	}
	width := len(q) / rows
	if n := rows * width; width == 0 || width%heads != 0 || len(q) != n || len(k) != n || len(v) != n || len(dst) != n {
		panic(fmt.Sprintf("tensor: attention of %d rows and %d heads over %d, %d and %d values into %d",
			rows, heads, len(q), len(k), len(v), len(dst)))
	}
	dim := width / heads
	s.most = zeros(s.most, width)
	for r := range rows {
		active.widen(s.most, v[r*width:(r+1)*width])
	}
	s.row = resized(s.row, dim)
	s.query.resize(rows, dim)
	s.weights.resize(min(rows, attentionRows), rows)
	for h := range heads {
		s.setQueries(q[h*dim:], rows, dim, width)
		s.setKeys(k[h*dim:], rows, dim, width)
		s.setValues(v[h*dim:], s.most[h*dim:], rows, dim, width)
		for first := 0; first < rows; first += attentionRows {
			n := min(attentionRows, rows-first)
			s.weigh(first, n)
			s.values.product(dst[first*width+h*dim:], width, dim, &s.weights, 0, n)
		}
	}
}

func (s *Scratch) setQueries(q []float32, rows, dim, width int) {
	for r := range rows {
		s.query.scale[r] = quantise(s.query.row(r), q[r*width:r*width+dim])
	}
	if active.regroup == nil { // keys have no fours
		s.query.pack()
	}
}

// setKeys packs the keys as a layer whose outputs are scores. The scores of the
// outputs that pad the last panel are -Inf, so that the softmax gives them
// nothing.
func (s *Scratch) setKeys(k []float32, rows, dim, width int) {
	s.keys.resize(dim, rows)
	root := float32(math.Sqrt(float64(dim)))
	for r := range rows {
		s.keys.scale[r] = quantise(s.row, k[r*width:r*width+dim]) / root
		to := s.keys.column(r)
		for i, x := range s.row {
			to[pairOffset(i)] = int8(x)
		}
	}
	for r := rows; r < len(s.keys.bias); r++ {
		s.keys.bias[r] = float32(math.Inf(-1))
	}
}

// setValues packs the values as a layer whose inputs are weights.
func (s *Scratch) setValues(v, most []float32, rows, dim, width int) {
	s.values.resize(rows, dim)
	s.factors = zeros(s.factors, 2*dim)
	inverse, none := s.factors[:dim], s.factors[dim:]
	for o := range dim {
		s.values.scale[o], inverse[o] = steps(most[o])
	}
	for o := 0; o < dim; o += panelWidth {
		end := min(o+panelWidth, dim)
		to := s.values.column(o)
		for r := 0; r < rows; r += 2 {
			second := none[o:end]
			if r+1 < rows {
				second = v[(r+1)*width+o : (r+1)*width+end]
			}
			active.pairs(to[pairOffset(r):][:2*(end-o)], v[r*width+o:r*width+end], second, inverse[o:end])
		}
	}
}

// weigh computes the weights of n rows of the window. The largest weight of a
// row becomes as large as int16 and the exactness of sums in int32 allow.
func (s *Scratch) weigh(first, n int) {
	padded := len(s.keys.scale)
	s.scores = resized(s.scores, n*padded)
	s.keys.product(s.scores, padded, padded, &s.query, first, n)
	top := float32(min(math.MaxInt16, 1<<24/s.keys.Out))
	for r := range n {
		scores := s.scores[r*padded : (r+1)*padded]
		weights := s.weights.values[r*s.weights.stride:][:padded]
		total := active.weigh(weights, scores, active.largest(scores), top)
		s.weights.scale[r] = 1 / float32(total)
	}
}
