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
