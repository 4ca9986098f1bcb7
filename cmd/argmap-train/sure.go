package main

import (
	"context"

	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// The functions in this file make choices between right and wrong of what the
// whole program finds, for fitting confidences.

func unitSureness(ts []text) ([]learn.Choice, error) {
	return sureness(ts, func(o gold.Outcome) []gold.Verdict { return o.Units },
		func(found mine.Result, _ link.Structure, i int) []learn.Number { return found.Units[i].Grounds() })
}

func attributionSureness(ts []text) ([]learn.Choice, error) {
	return sureness(ts, func(o gold.Outcome) []gold.Verdict { return o.Attributions },
		func(found mine.Result, _ link.Structure, i int) []learn.Number {
			return found.Attributions[i].Grounds()
		})
}

func relationSureness(ts []text) ([]learn.Choice, error) {
	return sureness(ts, func(o gold.Outcome) []gold.Verdict { return o.Relations },
		func(found mine.Result, s link.Structure, i int) []learn.Number { return s.Relations[i].Grounds(found) })
}

func sureness(ts []text, of func(gold.Outcome) []gold.Verdict, grounds func(mine.Result, link.Structure, int) []learn.Number) ([]learn.Choice, error) {
	ctx := context.Background()
	var out []learn.Choice
	for _, t := range ts {
		m, err := engine.Analyze(ctx, t.doc)
		if err != nil {
			return nil, err
		}
		outcome, err := gold.OutcomeOf(t.Text, m)
		if err != nil {
			return nil, err
		}
		found, err := mine.Mine(ctx, t.doc, t.sents, t.reading)
		if err != nil {
			return nil, err
		}
		structure, err := link.Link(ctx, t.doc, t.sents, found)
		if err != nil {
			return nil, err
		}
		for i, v := range of(outcome) {
			if v != gold.Untold {
				out = append(out, learn.Decide(grounds(found, structure, i), v == gold.Right))
			}
		}
	}
	return out, nil
}
