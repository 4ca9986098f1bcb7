package cli

import (
	"context"
	"time"

	"github.com/argmap/argmap/internal/argument"
)

// queue keeps results in order while their makers work side by side.
type queue struct {
	ctx     context.Context
	waiting chan pending  // the results to come, in order
	slots   chan struct{} // taken by those who work
}

// pending is a result to come.
type pending struct {
	input  int // its place among the names
	result chan loaded
}

// maxJobs is how many texts are worked on at a time at most: far more than there
// are processors, and not so many that keeping their places takes memory.
const maxJobs = 1 << 10

// newQueue returns a queue for so many workers. What they do ends with ctx.
func newQueue(ctx context.Context, jobs int) *queue {
	jobs = min(max(jobs, 1), maxJobs)
	return &queue{ctx: ctx, waiting: make(chan pending, jobs), slots: make(chan struct{}, jobs)}
}

// add has work done as soon as there is a free hand, and puts its result in line.
// It reports whether there is any use in adding more.
func (q *queue) add(input int, work func() ([]*argument.Map, error)) bool {
	select {
	case q.slots <- struct{}{}:
	case <-q.ctx.Done():
		return false
	}
	next := pending{input, make(chan loaded, 1)}
	go func() {
		began := time.Now()
		maps, err := await(q.ctx, work)
		next.result <- loaded{input, maps, err, time.Since(began)}
		<-q.slots
	}()
	select {
	case q.waiting <- next:
		return true
	case <-q.ctx.Done():
		return false
	}
}
