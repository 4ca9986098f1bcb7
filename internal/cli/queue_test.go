package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/argmap/argmap/internal/argument"
)

// TestQueue has much work done by few, and looks at how it is handed over.
func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const jobs, n = 3, 50
		q := newQueue(t.Context(), jobs)
		var working, most, ahead atomic.Int64
		go func() {
			defer close(q.waiting)
			for i := range n {
				more := q.add(i, func() ([]*argument.Map, error) {
					most.Store(max(most.Load(), working.Add(1)))
					time.Sleep(time.Duration((i*7)%5) * time.Millisecond)
					working.Add(-1)
					ahead.Add(1)
					return nil, fmt.Errorf("%d", i)
				})
				if !more {
					t.Error("no more was wanted")
				}
			}
		}()
		streams, _, _, _ := TestStreams()
		p := newProgress(streams, make([]string, n), false)
		for i := range n {
			r, more, err := p.await(t.Context(), q)
			if err != nil || !more || r.input != i || r.err.Error() != fmt.Sprint(i) {
				t.Fatalf("at %d: %+v, %v, %v", i, r, more, err)
			}
			time.Sleep(20 * time.Millisecond)
			synctest.Wait()
			if held := ahead.Load() - int64(i) - 1; held > 2*jobs+1 {
				t.Fatalf("%d results are held for %d workers", held, jobs)
			}
		}
		if _, more, err := p.await(t.Context(), q); more || err != nil {
			t.Errorf("after the last: %v, %v", more, err)
		}
		if most.Load() != jobs {
			t.Errorf("%d worked at a time, want %d", most.Load(), jobs)
		}
	})
}

func TestQueueEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		q := newQueue(ctx, 1)
		forever := func() ([]*argument.Map, error) { <-ctx.Done(); return nil, nil }
		q.add(0, forever)
		cause := errors.New("enough")
		time.AfterFunc(time.Second, func() { cancel(cause) })
		streams, _, _, _ := TestStreams()
		if _, _, err := newProgress(streams, []string{"a"}, false).await(ctx, q); !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
		if q.add(1, forever) && q.add(2, forever) {
			t.Error("a queue that has ended takes on work")
		}
	})
}

// TestQueueOfMany checks that a queue for more workers than anybody has takes no
// memory for them.
func TestQueueOfMany(t *testing.T) {
	if q := newQueue(t.Context(), 1<<40); cap(q.waiting) > maxJobs || cap(q.slots) > maxJobs {
		t.Errorf("room for %d results and %d workers", cap(q.waiting), cap(q.slots))
	}
}

// TestProgress looks at the line that a terminal shows during long work.
func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name            string
		terminal, quiet bool
		width           int
		names           []string
		want            string
	}{
		{"terminal", true, false, 0, []string{"a.txt"}, "\rargmap: 3 s, 0 texts done, at a.txt\x1b[K\r\x1b[K"},
		{"several", true, false, 200, []string{"a.txt", "b.txt"}, "\rargmap: 3 s, 0 texts done, at a.txt (1 of 2)\x1b[K\r\x1b[K"},
		{"long name", true, false, 0, []string{strings.Repeat("é", 99)}, "\rargmap: 3 s, 0 texts done, at " + strings.Repeat("é", 48) + "…\x1b[K\r\x1b[K"},
		{"narrow", true, false, 20, []string{"a.txt"}, "\rargmap: 3 s, 0 tex…\x1b[K\r\x1b[K"},
		{"wide letters", true, false, 42, []string{"港港港港.txt"}, "\rargmap: 3 s, 0 texts done, at 港港港港.t…\x1b[K\r\x1b[K"},
		{"no terminal", false, false, 0, []string{"a.txt"}, ""},
		{"quiet", true, true, 0, []string{"a.txt"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				streams, _, _, errOut := TestStreams()
				streams.ErrTerminal = func() bool { return c.terminal }
				streams.ErrWidth = func() int { return c.width }
				streams.Quiet = c.quiet
				q := newQueue(t.Context(), 1)
				q.add(0, func() ([]*argument.Map, error) {
					time.Sleep(3500 * time.Millisecond)
					return nil, nil
				})
				p := newProgress(streams, c.names, false)
				if _, _, err := p.await(t.Context(), q); err != nil {
					t.Fatal(err)
				}
				p.stop()
				got := errOut.String()
				if at := strings.LastIndex(got, "\rargmap"); at > 0 {
					got = got[at:] // the last of the lines written one over the other
				}
				if got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		})
	}
}

// TestProgressAside checks what becomes of the line while results come: where
// they are seen it is for the silence between them, else it stands.
func TestProgressAside(t *testing.T) {
	const line = "\rargmap: 3 s, 1 text done, at a.txt\x1b[K"
	for _, seen := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			streams, _, _, errOut := TestStreams()
			streams.ErrTerminal = func() bool { return true }
			q := newQueue(t.Context(), 1)
			p := newProgress(streams, []string{"a.txt"}, seen)
			defer p.stop()
			next := func(after time.Duration) string {
				errOut.Reset()
				q.add(0, func() ([]*argument.Map, error) { time.Sleep(after); return nil, nil })
				if _, _, err := p.await(t.Context(), q); err != nil {
					t.Fatal(err)
				}
				if err := p.aside(func() error { fmt.Fprint(errOut, "|"); return nil }); err != nil {
					t.Fatal(err)
				}
				return errOut.String()
			}
			first := next(3200 * time.Millisecond)
			_, came, _ := strings.Cut(first, "|")
			soon := next(900 * time.Millisecond)
			want, wantSoon := line, "\r\x1b[K|\rargmap: 4 s, 2 texts done, at a.txt\x1b[K"
			if seen {
				want, wantSoon = "", "|"
			}
			if came != want || !strings.HasSuffix(soon, wantSoon) || seen && soon != wantSoon {
				t.Errorf("seen %v: after the first %q, want %q; with the second %q, want %q", seen, came, want, soon, wantSoon)
			}
		})
	}
}

// TestNoProgress checks that the details of each text take the line's place.
func TestNoProgress(t *testing.T) {
	streams, _, _, _ := TestStreams()
	streams.ErrTerminal, streams.Verbose = func() bool { return true }, true
	if newProgress(streams, nil, false).ticks != nil {
		t.Error("a line is shown among details")
	}
}
