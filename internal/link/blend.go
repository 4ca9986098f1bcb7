package link

import (
	_ "embed"
	"sync"

	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/learn"
)

// This file weighs what the cues say against what the encoder says. Both are
// logarithms of probabilities; how much each counts is fitted on the development
// texts, which neither has seen.

//go:embed weights/thesisblend.txt
var thesisBlendWeights string

//go:embed weights/parentblend.txt
var parentBlendWeights string

var (
	thesisBlend = sync.OnceValue(func() *learn.Model { return learn.MustParse(thesisBlendWeights) })
	parentBlend = sync.OnceValue(func() *learn.Model { return learn.MustParse(parentBlendWeights) })
)

// thesisEvidence gives what speaks for each unit as the thesis: the cues, what the
// encoder makes of it as the thesis and of its role, how probable it is that it
// bears on nothing, and how many units are expected to bear on it.
func (s *scene) thesisEvidence(cues []float64) [][]learn.Number {
	n := len(s.units)
	read := make([]float64, n)
	for i := range read {
		read[i] = s.judged.Thesis(i)
	}
	learn.LogProbabilities(read)
	learn.LogProbabilities(cues)
	none, borne := s.expectedLinks()
	out := make([][]learn.Number, n)
	for i := range out {
		out[i] = []learn.Number{{Name: "cues", Value: cues[i]}, {Name: "encoder", Value: read[i]}, {Name: "role", Value: float64(s.judged.Role(i)[encoder.RoleThesis])},
			{Name: "bears on nothing", Value: none[i]}, {Name: "borne on", Value: learn.Log(0.1 + borne[i])}}
	}
	return out
}

// expectedReach bounds how far apart two units are looked at by expectedLinks.
const expectedReach = 150

// expectedLinks sums up what the encoder makes of all links: for each unit the
// logarithm of the probability that it bears on nothing, and how many units it
// expects to bear on it.
func (s *scene) expectedLinks() (none, borne []float64) {
	n := len(s.units)
	none, borne = make([]float64, n), make([]float64, n)
	for i := range n {
		from, to := max(0, i-expectedReach), min(n, i+expectedReach+1)
		scores := []float64{s.judged.Parent(i, -1)}
		for j := from; j < to; j++ {
			if j != i {
				scores = append(scores, s.judged.Parent(i, j))
			}
		}
		learn.LogProbabilities(scores)
		none[i] = scores[0]
		for k, j := 1, from; j < to; j++ {
			if j != i {
				borne[j] += learn.Exp(scores[k])
				k++
			}
		}
	}
	return none, borne
}

// evidence gives what speaks for each way to link unit i, of which cues has the
// logarithms of the probabilities by the cues.
func (s *scene) evidence(i int, opts []option, cues []float64, thesis int) [][]learn.Number {
	read := make([]float64, len(opts))
	for k, o := range opts {
		read[k] = s.judged.Parent(i, o.parent)
		if o.parent >= 0 {
			read[k] -= learn.Log(2) // a parent stands among the options twice
		}
	}
	learn.LogProbabilities(read)
	role := s.judged.Role(i)
	out := make([][]learn.Number, len(opts))
	for k, o := range opts {
		e := []learn.Number{{Name: "cues", Value: cues[k]}, {Name: "encoder", Value: read[k]}}
		if o.parent < 0 {
			out[k] = append(e, learn.Number{Name: "none", Value: 1})
			continue
		}
		against := s.judged.Attack(i, o.parent)
		if !o.attack {
			against = -against
		} else {
			e = append(e, learn.Number{Name: "attack", Value: 1})
		}
		e = append(e, learn.Number{Name: "label", Value: learn.Log(learn.Sigmoid(against))})
		r := encoder.RolePremise
		if o.parent == thesis {
			r = encoder.RoleClaim
			e = append(e, learn.Number{Name: "thesis", Value: 1})
		}
		out[k] = append(e, learn.Number{Name: "role", Value: float64(role[r])})
	}
	return out
}
