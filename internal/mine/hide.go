package mine

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// Word is a word of a passage, and by how much hiding it from the network lowers
// what was measured: the logarithms of probabilities.
type Word struct {
	document.Span
	Effects []float64
}

// maxWords is how many words of a passage are hidden at most, one after another:
// the network reads the text anew for each.
const maxWords = 60

// UnitWords hides each word of unit i and measures the kind that it was given,
// and as the second effect the unit parent as what it bears on, -1 for none. It
// fails only when ctx ends.
func (e *Explainer) UnitWords(ctx context.Context, i, parent int) ([]Word, error) {
	u, _, ts := e.unit(i)
	spans := make([]document.Span, len(e.found.Units))
	for k, x := range e.found.Units {
		spans[k] = x.Span
	}
	kind := encoder.Recommendation
	if !u.Recommendation {
		kind = typeInEncoder[u.Type]
	}
	measure := func(j *encoder.Judgement) []float64 {
		return []float64{float64(j.Kind(i)[kind]), parentProbability(j, i, parent)}
	}
	return hideEach(ctx, ts, measure(e.m.judged), func(s document.Span) ([]float64, error) {
		r, err := e.m.reading.Masked(ctx, s)
		if err != nil {
			return nil, err
		}
		j, err := r.Judge(ctx, spans)
		if err != nil {
			return nil, err
		}
		return measure(j), nil
	})
}

// parentProbability is the logarithm of the probability of a parent by the
// network alone; the unit's own place among the parents stands for none.
func parentProbability(j *encoder.Judgement, child, parent int) float64 {
	scores := make([]float64, j.Len())
	for k := range scores {
		scores[k] = j.Parent(child, k)
	}
	scores[child] = j.Parent(child, -1)
	if parent < 0 {
		parent = child
	}
	return learn.LogProbabilities(scores)[parent]
}

// CueWords hides each word around the cue of attribution k, the nearest first,
// and measures the probability that the cue begins where it does.
func (e *Explainer) CueWords(ctx context.Context, k int) ([]Word, error) {
	a := e.found.Attributions[k]
	ts := around(e.m.sents[a.sentence].Tokens, a.Cue)
	measure := func(r *encoder.Reading) []float64 {
		p := r.Span(a.Cue.Start)
		return []float64{learn.Log(max(learn.Exp(float64(p[encoder.BeginCue]))+learn.Exp(float64(p[encoder.InCue])), 1e-9))}
	}
	return hideEach(ctx, ts, measure(e.m.reading), func(s document.Span) ([]float64, error) {
		r, err := e.m.reading.Masked(ctx, s)
		if err != nil {
			return nil, err
		}
		return measure(r), nil
	})
}

// around keeps the stretch of tokens that has the cue in its middle and as many
// words as are hidden at most.
func around(ts []lang.Token, cue document.Span) []lang.Token {
	at := 0
	for at < len(ts)-1 && ts[at].Start < cue.Start {
		at++
	}
	from := max(0, min(at-maxWords/2, len(ts)-maxWords))
	return ts[from:]
}

// hideEach measures what the network makes of a text without each of the first
// words among tokens, several at a time.
func hideEach(ctx context.Context, ts []lang.Token, whole []float64, without func(document.Span) ([]float64, error)) ([]Word, error) {
	var out []Word
	for _, t := range ts {
		if t.IsWord() && len(out) < maxWords {
			out = append(out, Word{Span: t.Span})
		}
	}
	errs := make([]error, len(out))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(out), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(out) || ctx.Err() != nil {
					return
				}
				values, err := without(out[i].Span)
				errs[i] = err
				for k, v := range values {
					out[i].Effects = append(out[i].Effects, whole[k]-v)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}
