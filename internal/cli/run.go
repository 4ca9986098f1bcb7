package cli

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
)

// signalError is the cause of a context that a signal ended.
type signalError struct{ signal os.Signal }

func (e *signalError) Error() string { return e.signal.String() }

// Is makes a signalError match context.Canceled, which it stands for.
func (e *signalError) Is(target error) bool { return target == context.Canceled }

// code is what a shell reports for a program that died of the signal.
func (e *signalError) code() int {
	if s, ok := e.signal.(syscall.Signal); ok {
		return 128 + int(s)
	}
	return ExitInterrupted
}

// WithSignals returns a context that ends at the first SIGINT or SIGTERM; a
// second one ends the process. It also makes a write to a closed pipe return an
// error where the Go runtime would have the process die of SIGPIPE, so that
// nothing is left half done. The caller calls stop when it has finished.
func WithSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	ending := make(chan os.Signal, 1)
	signal.Notify(ending, os.Interrupt, syscall.SIGTERM)
	// Notify and not Ignore, which child processes would inherit.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		select {
		case s := <-ending:
			signal.Stop(ending)
			cancel(&signalError{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(ending)
		cancel(nil)
	}
}

// await calls f and returns what it returns, or the cause of ctx's end as soon
// as that comes: a blocked read, a long drawing cannot hold up Ctrl-C. What f
// does after that goes unheard. A panic in f comes back as an error.
func await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.err = protect(func() (err error) {
			r.value, err = f()
			return err
		})
		done <- r
	}()
	select {
	case r := <-done:
		if r.err != nil && ctx.Err() != nil {
			r.err = context.Cause(ctx)
		}
		return r.value, r.err
	case <-ctx.Done():
		var zero T
		return zero, context.Cause(ctx)
	}
}

// inParallel calls f for 0 to n-1 with so many jobs at a time, and returns when
// all have returned. Once ctx ends it begins no more.
func inParallel(ctx context.Context, jobs, n int, f func(i int)) {
	var (
		next    atomic.Int64
		workers sync.WaitGroup
	)
	for range min(max(jobs, 1), n) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				f(i)
			}
		})
	}
	workers.Wait()
}
