package encoder

import (
	"github.com/argmap/argmap/internal/tensor"
)

// workspace is the memory of one forward pass, reused from window to window.
type workspace struct {
	x, q, k, v, a, wide []float32
	in                  tensor.Quantized
	attention           tensor.Scratch
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}

func (w *workspace) size(rows, wide int) {
	n := rows * width
	w.x, w.q, w.k, w.v, w.a = grow(w.x, n), grow(w.q, n), grow(w.k, n), grow(w.v, n), grow(w.a, n)
	w.wide = grow(w.wide, rows*wide)
}

// encode computes the vectors of a window's pieces into w.x, a row a piece, the
// first and last of which belong to the marks that frame the window.
func (n *network) encode(w *workspace, ids []piece) {
	rows := len(ids) + 2
	w.size(rows, 4*width)
	n.embed(w.x, 0, n.cls)
	for i, p := range ids {
		n.embed(w.x, i+1, p.id)
	}
	n.embed(w.x, rows-1, n.sep)
	tensor.LayerNorm(w.x, rows, width, n.norm.gain, n.norm.bias, epsilon)
	for i := range n.layers {
		n.layers[i].after(w, rows)
	}
}

// embed fills a row with the sum of the vectors of a piece and of its position.
func (n *network) embed(x []float32, row int, id int32) {
	out := x[row*width : (row+1)*width]
	word := n.words[int(id)*width : (int(id)+1)*width]
	position := n.positions[row*width : (row+1)*width]
	scale := n.wordScale[id]
	for i := range out {
		out[i] = float32(float32(word[i])*scale) + position[i]
	}
}

// after is a layer as BERT has it: each half is added to its input, and the sum
// is normed.
func (b *block) after(w *workspace, rows int) {
	b.attend(w, w.x, rows, heads)
	tensor.Add(w.x, w.a)
	tensor.LayerNorm(w.x, rows, width, b.norm1.gain, b.norm1.bias, epsilon)
	b.feed(w, w.x, rows)
	tensor.Add(w.x, w.a)
	tensor.LayerNorm(w.x, rows, width, b.norm2.gain, b.norm2.bias, epsilon)
}

// before is a layer over nodes: what goes into each half is normed, what is
// added to is not.
func (b *block) before(w *workspace, rows int) {
	in := append([]float32(nil), w.x...)
	tensor.LayerNorm(in, rows, width, b.norm1.gain, b.norm1.bias, upperEps)
	b.attend(w, in, rows, upperHeads)
	tensor.Add(w.x, w.a)
	copy(in, w.x)
	tensor.LayerNorm(in, rows, width, b.norm2.gain, b.norm2.bias, upperEps)
	b.feed(w, in, rows)
	tensor.Add(w.x, w.a)
}

// attend leaves what the rows of x read from each other in w.a.
func (b *block) attend(w *workspace, x []float32, rows, heads int) {
	w.in.From(x, rows, width)
	b.query.Apply(w.q, &w.in)
	b.key.Apply(w.k, &w.in)
	b.value.Apply(w.v, &w.in)
	tensor.Attention(w.a, w.q, w.k, w.v, rows, heads, &w.attention)
	w.in.From(w.a, rows, width)
	b.out.Apply(w.a, &w.in)
}

// feed leaves the output of the feed-forward half in w.a.
func (b *block) feed(w *workspace, x []float32, rows int) {
	w.in.From(x, rows, width)
	wide := w.wide[:rows*b.up.Out]
	b.up.ApplyGELU(wide, &w.in)
	w.in.From(wide, rows, b.up.Out)
	b.down.Apply(w.a, &w.in)
}
