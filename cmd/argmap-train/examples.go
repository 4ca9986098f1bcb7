package main

import (
	"context"
	"slices"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// each makes the examples of a corpus from those of its texts.
func each(f func(text) []learn.Example) func([]text) ([]learn.Example, error) {
	return func(ts []text) ([]learn.Example, error) {
		var out []learn.Example
		for _, t := range ts {
			out = append(out, f(t)...)
		}
		return out, nil
	}
}

func cutExamples(t text) []learn.Example {
	var units []document.Span
	for _, u := range t.Units {
		units = append(units, u.Span)
	}
	var out []learn.Example
	for _, s := range t.sents {
		out = append(out, mine.CutExamples(s, units)...)
	}
	return out
}

func headExamples(t text) []learn.Example {
	var cues []document.Span
	for _, a := range t.Attributions {
		cues = append(cues, a.Cue...)
	}
	return mine.HeadExamples(t.sents, mine.Quotations(t.doc), cues)
}

func segmentExamples(t text) []learn.Example {
	return mine.SegmentExamples(t.doc, t.sents, annotated(t))
}

func kindExamples(t text) []learn.Example {
	return mine.KindExamples(t.doc, t.sents, annotated(t))
}

func typeExamples(t text) []learn.Example {
	return mine.TypeExamples(t.doc, t.sents, annotated(t))
}

func annotated(t text) []mine.Annotated {
	var out []mine.Annotated
	for _, u := range t.Units {
		out = append(out, mine.Annotated{
			Span: u.Span, Recommendation: u.Kind == "recommendation" || u.Label == "policy", Type: slices.Index(mine.Types, u.Type)})
	}
	return out
}

// folds is how many parts the texts are split into, so that the thesis that a
// parent example sees was ranked by a model that has not seen its text.
const folds = 5

var thesisOptions = learn.Options{MinCount: 3, L2: 3, Passes: 200}

func thesisExamples(ts []text) ([]learn.Example, error) {
	var out []learn.Example
	for _, t := range ts {
		found, g, err := structure(t)
		if err != nil {
			return nil, err
		}
		if e, ok := link.ThesisExample(t.doc, t.sents, found, g); ok {
			out = append(out, e)
		}
	}
	return out, nil
}

func parentExamples(ts []text) ([]learn.Example, error) {
	var out []learn.Example
	for k := range folds {
		var seen, held []text
		for i, t := range ts {
			if i%folds == k {
				held = append(held, t)
			} else {
				seen = append(seen, t)
			}
		}
		ex, err := thesisExamples(seen)
		if err != nil {
			return nil, err
		}
		m := learn.Fit(ex, thesisOptions)
		for _, t := range held {
			found, g, err := structure(t)
			if err != nil {
				return nil, err
			}
			out = append(out, link.ParentExamples(t.doc, t.sents, found, g, m)...)
		}
	}
	return out, nil
}

// unknown marks a unit whose annotated parent was not found.
const unknown = -2

// structure mines a text and carries its annotated relations over to the units
// that were found.
func structure(t text) (mine.Result, link.Gold, error) {
	found, err := mine.Mine(context.Background(), t.doc, t.sents, t.reading)
	if err != nil {
		return found, link.Gold{}, err
	}
	g := link.Gold{Thesis: -1, Parent: make([]int, len(found.Units)), Attack: make([]bool, len(found.Units))}
	at := map[string]int{} // annotated unit's id to the unit found for it
	ids := make([]string, len(found.Units))
	for i, u := range found.Units {
		g.Parent[i] = unknown
		if x, ok := match(u.Span, t.Units); ok {
			if _, taken := at[x.ID]; !taken {
				at[x.ID], ids[i] = i, x.ID
				if x.Role == "thesis" {
					g.Thesis = i
				}
			}
		}
	}
	links := map[string]gold.Relation{}
	for _, r := range t.Relations {
		links[r.From] = r
	}
	for i, id := range ids {
		if id == "" {
			continue
		}
		r, ok := links[id]
		if !ok {
			g.Parent[i] = -1
		} else if p, ok := at[r.To]; ok {
			g.Parent[i], g.Attack[i] = p, r.Label != "supports"
		}
	}
	return found, g, nil
}

func match(s document.Span, units []gold.Unit) (gold.Unit, bool) {
	for _, u := range units {
		if o := min(s.End, u.End) - max(s.Start, u.Start); o > 0 && 2*o >= max(s.Len(), u.Len()) {
			return u, true
		}
	}
	return gold.Unit{}, false
}
