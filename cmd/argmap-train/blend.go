package main

import (
	"fmt"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// dev are the texts that neither the encoder nor the weights of the cues have
// seen, so that what each says can be weighed. A decision has half a dozen such
// weights at most.
var dev = []string{"argmap.dev"}

var blendOptions = learn.Options{L2: 1, Passes: 400}

// blend makes the fit of a model over numbers from a maker of choices.
func blend(choices func([]text) ([]learn.Choice, error)) func(task, []text, string) error {
	return func(t task, ts []text, out string) error {
		cs, err := choices(ts)
		if err != nil {
			return err
		}
		m := learn.FitNumbers(cs, t.options)
		share := accuracy(cs, func(c learn.Choice) ([][]learn.Number, int) { return c.Options, c.Gold }, m.Sum)
		fmt.Printf("%-28s %7d choices, right on %.3f of them\n", t.file, len(cs), share)
		return t.write(out, m.Numbers(), len(cs))
	}
}

func fitSpans(t task, ts []text, out string) error {
	var sequences []learn.Sequence
	for _, x := range ts {
		var said []mine.Said
		for _, a := range x.Attributions {
			said = append(said, mine.Said{Source: a.Source, Cue: a.Cue, Content: a.Content})
		}
		sequences = append(sequences, mine.SpanSequences(x.doc, x.sents, x.reading, said)...)
	}
	c := learn.FitChain(mine.SpanLabels, sequences, t.options)
	right, all := 0, 0
	for _, s := range sequences {
		for i, y := range c.Best(s.Elements) {
			if s.Gold[i] > 0 || y > 0 {
				all++
				if y == s.Gold[i] {
					right++
				}
			}
		}
	}
	fmt.Printf("%-28s %7d paragraphs, right on %.3f of the words that either marks\n", t.file, len(sequences), float64(right)/float64(max(1, all)))
	return t.write(out, c.Format(), len(sequences))
}

func cutChoices(ts []text) ([]learn.Choice, error) {
	var out []learn.Choice
	for _, t := range ts {
		var units []document.Span
		for _, u := range t.Units {
			units = append(units, u.Span)
		}
		out = append(out, mine.CutChoices(t.doc, t.sents, t.reading, units)...)
	}
	return out, nil
}

func unitChoices(ts []text) ([]learn.Choice, error) {
	var out []learn.Choice
	for _, t := range ts {
		out = append(out, mine.UnitChoices(t.doc, t.sents, t.reading, annotated(t))...)
	}
	return out, nil
}

func kindChoices(ts []text) ([]learn.Choice, error) { return unitKinds(ts, false) }

func typeChoices(ts []text) ([]learn.Choice, error) { return unitKinds(ts, true) }

func unitKinds(ts []text, types bool) ([]learn.Choice, error) {
	var out []learn.Choice
	for _, t := range ts {
		cs, err := mine.KindChoices(t.doc, t.sents, t.reading, annotated(t), types)
		if err != nil {
			return nil, err
		}
		out = append(out, cs...)
	}
	return out, nil
}

func thesisChoices(ts []text) ([]learn.Choice, error) {
	var out []learn.Choice
	for _, t := range ts {
		found, g, err := structure(t)
		if err != nil {
			return nil, err
		}
		if c, ok := link.ThesisChoice(t.doc, t.sents, found, g); ok {
			out = append(out, c)
		}
	}
	return out, nil
}

func parentChoices(ts []text) ([]learn.Choice, error) {
	var out []learn.Choice
	for _, t := range ts {
		found, g, err := structure(t)
		if err != nil {
			return nil, err
		}
		out = append(out, link.ParentChoices(t.doc, t.sents, found, g)...)
	}
	return out, nil
}
