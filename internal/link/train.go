package link

import (
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/mine"
)

// Gold is the annotated structure of a text over its units: Parent is the index
// of the unit that each bears on, -1 for none; Thesis the index of the thesis,
// -1 for none.
type Gold struct {
	Parent []int
	Attack []bool
	Thesis int
}

// ThesisExample ranks the units of a text as its thesis.
func ThesisExample(doc *document.Document, sents []lang.Sentence, found mine.Result, g Gold) (learn.Example, bool) {
	if g.Thesis < 0 || len(found.Units) < 2 {
		return learn.Example{}, false
	}
	s := newScene(doc, sents, found)
	e := learn.Example{Gold: g.Thesis}
	for i := range s.units {
		e.Options = append(e.Options, s.thesisCues(i))
	}
	return e, true
}

// ParentExamples ranks the ways to link each unit. The theses are ranked by m,
// which should not have seen the text.
func ParentExamples(doc *document.Document, sents []lang.Sentence, found mine.Result, g Gold, m *learn.Model) []learn.Example {
	if len(found.Units) == 0 {
		return nil
	}
	s := newScene(doc, sents, found)
	th := s.rankTheses(m)
	var out []learn.Example
	for i := range s.units {
		if i == g.Thesis {
			continue
		}
		e := learn.Example{Gold: -1}
		for k, o := range s.options(i, th) {
			e.Options = append(e.Options, o.cues)
			if o.parent == g.Parent[i] && (o.parent < 0 || o.attack == g.Attack[i]) {
				e.Gold = k
			}
		}
		if e.Gold >= 0 {
			out = append(out, e)
		}
	}
	return out
}

// ThesisChoice is like [ThesisExample], for weighing the cues against the encoder.
func ThesisChoice(doc *document.Document, sents []lang.Sentence, found mine.Result, g Gold) (learn.Choice, bool) {
	e, ok := ThesisExample(doc, sents, found, g)
	if !ok {
		return learn.Choice{}, false
	}
	s := newScene(doc, sents, found)
	scores := make([]float64, len(e.Options))
	for i, o := range e.Options {
		scores[i] = thesisModel().Score(o)
	}
	return learn.Choice{Options: s.thesisEvidence(scores), Gold: g.Thesis}, true
}

// ParentChoices are like [ParentExamples], for weighing the cues against the
// encoder.
func ParentChoices(doc *document.Document, sents []lang.Sentence, found mine.Result, g Gold) []learn.Choice {
	if len(found.Units) == 0 {
		return nil
	}
	s := newScene(doc, sents, found)
	th := s.rankTheses(thesisModel())
	var out []learn.Choice
	for i := range s.units {
		if i == g.Thesis {
			continue
		}
		opts := s.options(i, th)
		c := learn.Choice{Options: s.evidence(i, opts, s.cueScores(i, opts), th.order[0]), Gold: -1}
		for k, o := range opts {
			if o.parent == g.Parent[i] && (o.parent < 0 || o.attack == g.Attack[i]) {
				c.Gold = k
			}
		}
		if c.Gold >= 0 {
			out = append(out, c)
		}
	}
	return out
}
