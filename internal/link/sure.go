package link

import (
	_ "embed"
	"sync"

	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/mine"
)

//go:embed weights/relationsure.txt
var relationSureWeights string

var relationSure = sync.OnceValue(func() *learn.Model { return learn.MustParse(relationSureWeights) })

// Grounds are the numbers that the confidence of a relation rests on: how
// probable the model finds it given the units, how sure the units are, and of
// what sort it is.
func (r Relation) Grounds(found mine.Result) []learn.Number {
	odds := func(p float64) float64 {
		p = min(max(p, 1e-4), 1-1e-4)
		return learn.Log(p / (1 - p))
	}
	out := []learn.Number{{Name: "bias", Value: 1}, {Name: "odds", Value: odds(r.probability)},
		{Name: "from", Value: odds(found.Units[r.From].Confidence)}, {Name: "to", Value: odds(found.Units[r.To].Confidence)}}
	if r.Attack {
		out = append(out, learn.Number{Name: "attack", Value: 1})
	}
	return out
}

// settle fills in the confidence of a relation. Without the encoder the units can
// be as wrong as they were when the figure was measured, on argmap.dev.
func (r *Relation) settle(found mine.Result) {
	if found.Judgement == nil {
		r.Confidence = 0.8 * min(1, r.probability)
		return
	}
	r.Confidence = learn.Sigmoid(relationSure().Sum(r.Grounds(found)))
}
