package encoder

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/tensor"
)

// Labels of words in [Reading.Unit] and [Reading.Span].
const (
	Outside = 0
	Begin   = 1 // of a unit
	Inside  = 2

	BeginSource  = 1
	InSource     = 2
	BeginCue     = 3
	InCue        = 4
	BeginContent = 5
	InContent    = 6

	UnitLabels = 3
	SpanLabels = 7
)

// Reading is what the network makes of the words of a text. It is safe for
// concurrent use.
type Reading struct {
	*layout
	net    *network
	hidden []int8 // a row of width values a piece
	scale  []float32
	unit   []float32 // UnitLabels log probabilities a piece
	spans  []float32 // SpanLabels log probabilities a piece
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// Read runs the network over a text. Windows of the text run side by side, one
// a processor; the scores do not depend on how many. It fails only when ctx ends.
func Read(ctx context.Context, text string) (*Reading, error) {
	n := load()
	r := &Reading{layout: newLayout(n.tokens, text), net: n}
	size := len(r.pieces)
	r.hidden, r.scale = make([]int8, size*width), make([]float32, size)
	r.unit, r.spans = make([]float32, size*UnitLabels), make([]float32, size*SpanLabels)
	windows := r.windows()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(windows), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			w := workspaces.Get().(*workspace)
			defer workspaces.Put(w)
			for ctx.Err() == nil {
				k := int(next.Add(1)) - 1
				if k >= len(windows) {
					return
				}
				r.window(w, windows[k])
			}
		})
	}
	wg.Wait()
	return r, ctx.Err()
}

// window fills in all that is known of the pieces of one window.
func (r *Reading) window(w *workspace, s span) {
	r.net.encode(w, r.pieces[s.from:s.to])
	rows := s.to - s.from
	w.in.From(w.x[width:(rows+1)*width], rows, width)
	for i := range rows {
		values, scale := w.in.Row(i)
		r.scale[s.from+i] = scale
		out := r.hidden[(s.from+i)*width : (s.from+i+1)*width]
		for k, v := range values {
			out[k] = int8(v)
		}
	}
	r.net.segment.Apply(r.unit[s.from*UnitLabels:s.to*UnitLabels], &w.in)
	r.net.span.Apply(r.spans[s.from*SpanLabels:s.to*SpanLabels], &w.in)
	for i := s.from; i < s.to; i++ {
		logSoftmax(r.unit[i*UnitLabels : (i+1)*UnitLabels])
		logSoftmax(r.spans[i*SpanLabels : (i+1)*SpanLabels])
	}
}

func logSoftmax(x []float32) {
	top := x[0]
	for _, v := range x[1:] {
		top = max(top, v)
	}
	sum := 0.0
	for _, v := range x {
		sum += learn.Exp(float64(v - top))
	}
	log := float32(learn.Log(sum))
	for i := range x {
		x[i] = x[i] - top - log
	}
}

// Unit returns the log probabilities that the word at byte i stands outside of
// all units, begins one, or is inside of one. It returns nil where there is no
// word from byte i on.
func (r *Reading) Unit(i int) []float32 { return row(r.unit, r.at(i), UnitLabels) }

// Span returns the log probabilities of the labels from [Outside] to [InContent]
// for the word at byte i, or nil.
func (r *Reading) Span(i int) []float32 { return row(r.spans, r.at(i), SpanLabels) }

func row(x []float32, i, n int) []float32 {
	if (i+1)*n > len(x) {
		return nil
	}
	return x[i*n : (i+1)*n]
}

// vector writes the vector of a piece to dst.
func (r *Reading) vector(dst []float32, i int) {
	scale := r.scale[i]
	for k, v := range r.hidden[i*width : (i+1)*width] {
		dst[k] = float32(v) * scale
	}
}

// project applies a layer to vectors that rows, each of a layer's width, holds.
func project(m *tensor.Matrix, rows []float32, n int) []float32 {
	var in tensor.Quantized
	in.From(rows, n, m.In)
	out := make([]float32, n*m.Out)
	m.Apply(out, &in)
	return out
}
