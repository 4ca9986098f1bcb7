package encoder

import (
	"context"

	"github.com/argmap/argmap/internal/document"
)

// Masked returns what the network makes of the text when it may not see the words
// between two bytes: how much its scores change tells how much those words
// mattered. Only the window in which they stand is read again. It fails only when
// ctx ends.
func (r *Reading) Masked(ctx context.Context, s document.Span) (*Reading, error) {
	hide := r.within(s.Start, s.End)
	l := *r.layout
	l.pieces = append([]piece(nil), r.pieces...)
	for i := hide.from; i < hide.to; i++ {
		l.pieces[i].id = r.net.mask
	}
	out := &Reading{layout: &l, net: r.net,
		hidden: append([]int8(nil), r.hidden...), scale: append([]float32(nil), r.scale...),
		unit: append([]float32(nil), r.unit...), spans: append([]float32(nil), r.spans...)}
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	for _, window := range r.windows() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if window.from < hide.to && hide.from < window.to {
			out.window(w, window)
		}
	}
	return out, nil
}
