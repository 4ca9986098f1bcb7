package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/clipperhouse/displaywidth"
)

// progress shows on a terminal what long work is at, in one line that is wiped
// out before anything else is written.
type progress struct {
	streams *IOStreams
	names   []string
	// seen says that results are printed where they are seen to come: then the
	// line is for the silence between them, else it stands there all along.
	seen  bool
	began time.Time
	done  int // texts
	at    int // input that is waited for
	shown bool
	ticks *time.Ticker // nil if nobody looks
}

// patience is how long work may take before it is said what it is at.
const patience = time.Second

// newProgress begins to show, unless the details of each text do, or nobody is
// there or wants to see it.
func newProgress(s *IOStreams, names []string, seen bool) *progress {
	p := &progress{streams: s, names: names, seen: seen, began: time.Now()}
	if !s.Quiet && !s.Verbose && s.ErrTerminal != nil && s.ErrTerminal() {
		p.ticks = time.NewTicker(patience)
	}
	return p
}

// await returns the next result, and false after the last. It ends with ctx.
func (p *progress) await(ctx context.Context, q *queue) (r loaded, more bool, err error) {
	var ticks <-chan time.Time
	if p.ticks != nil {
		ticks = p.ticks.C
	}
	waiting, result := q.waiting, (chan loaded)(nil)
	for {
		select {
		case next, more := <-waiting:
			if !more {
				return loaded{}, false, context.Cause(ctx)
			}
			p.at = next.input
			waiting, result = nil, next.result
		case r := <-result:
			p.done++
			return r, true, context.Cause(ctx)
		case <-ticks:
			p.show()
		case <-ctx.Done():
			return loaded{}, false, context.Cause(ctx)
		}
	}
}

// aside has use called with the line out of its way.
func (p *progress) aside(use func() error) error {
	shown := p.shown
	p.clear()
	err := use()
	switch {
	case p.seen && p.ticks != nil:
		p.ticks.Reset(patience)
	case shown && err == nil:
		p.show()
	}
	return err
}

// show writes the line anew.
func (p *progress) show() {
	line := fmt.Sprintf("argmap: %.0f s, %s done, at %s", time.Since(p.began).Seconds(), plural(p.done, "text"), printable(p.names[p.at]))
	if len(p.names) > 1 {
		line += fmt.Sprintf(" (%d of %d)", p.at+1, len(p.names))
	}
	width := p.streams.ErrWidth()
	if width <= 0 {
		width = defaultWidth
	}
	// In the last column some terminals break the line already.
	line = displaywidth.TruncateString(line, min(width, maxWidth)-1, "…")
	fmt.Fprintf(p.streams.Err, "\r%s\x1b[K", line)
	p.shown = true
}

// clear wipes the line out.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.streams.Err, "\r\x1b[K")
		p.shown = false
	}
}

// stop ends the showing.
func (p *progress) stop() {
	p.clear()
	if p.ticks != nil {
		p.ticks.Stop()
	}
}

// detail says what came of an input or a text in it, and how long that took.
func (s *IOStreams) detail(name string, r loaded) {
	for _, m := range r.maps {
		d := m.Document
		s.Detail("%s: %s, %s, %s, %s, %s, %.2f s", printable(d.URI), d.MediaType, plural(d.Characters, "character"),
			plural(len(m.Units), "unit"), plural(len(m.Relations), "relation"), plural(len(m.Sources), "source"), r.took.Seconds())
	}
	if len(r.maps) == 0 {
		var bad *fileError // which knows the line
		if errors.As(r.err, &bad) {
			name = bad.name
		}
		s.Detail("%s: nothing, %.2f s", printable(name), r.took.Seconds())
	}
}
