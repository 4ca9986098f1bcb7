package draw

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/goccy/go-graphviz"

	"github.com/argmap/argmap/internal/draw/tmpdir"
)

// By now go-graphviz is initialised and has read where its cache is.
func init() { tmpdir.Restore() }

// engine guards Graphviz: the library holds one machine, which is not safe for
// concurrent use.
var engine sync.Mutex

// layout has Graphviz place the graph and returns it as "svg" or as "json", the
// list of drawing operations. It cannot be interrupted once it runs, so the
// number of boxes is limited before.
func layout(ctx context.Context, dot []byte, format graphviz.Format) (out []byte, err error) {
	engine.Lock()
	defer engine.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// Inside Graphviz an error is a Go panic.
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("graphviz: %v", r)
		}
	}()
	g, err := graphviz.ParseBytes(dot)
	if err != nil {
		return nil, fmt.Errorf("graphviz: read graph: %w", err)
	}
	defer func() { _ = g.Close() }()
	// The context goes no further: a call cut off half way would leave the
	// machine in disorder.
	bg := context.WithoutCancel(ctx)
	gv, err := graphviz.New(bg)
	if err != nil {
		return nil, fmt.Errorf("graphviz: %w", err)
	}
	defer func() { _ = gv.Close() }()
	var b bytes.Buffer
	if err := gv.Render(bg, g, format, &b); err != nil {
		return nil, fmt.Errorf("graphviz: lay out: %w", err)
	}
	if b.Len() == 0 {
		return nil, errors.New("graphviz: lay out: no output")
	}
	return b.Bytes(), ctx.Err()
}
