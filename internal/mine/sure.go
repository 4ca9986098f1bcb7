package mine

import (
	_ "embed"
	"sync"

	"github.com/argmap/argmap/internal/learn"
)

// This file turns what decisions rest on into confidence: how often such a unit
// or attribution is right as a whole, fitted on the development texts
// (weights/*sure.txt).

//go:embed weights/unitsure.txt
var unitSureWeights string

//go:embed weights/attributionsure.txt
var attributionSureWeights string

var (
	unitSure        = sync.OnceValue(func() *learn.Model { return learn.MustParse(unitSureWeights) })
	attributionSure = sync.OnceValue(func() *learn.Model { return learn.MustParse(attributionSureWeights) })
)

// Grounds are the numbers that the confidence of a unit rests on: that it is
// there, is of its kind, and a claim of its type.
func (u Unit) Grounds() []learn.Number {
	out := []learn.Number{{Name: "bias", Value: 1}, {Name: "odds", Value: odds(u.sure)}}
	if u.Recommendation {
		out = append(out, learn.Number{Name: "recommendation", Value: 1})
	}
	return out
}

// Grounds are the numbers that the confidence of an attribution rests on.
func (a Attribution) Grounds() []learn.Number {
	out := []learn.Number{{Name: "bias", Value: 1}, {Name: "cue", Value: odds(a.cueSure)}, {Name: "content", Value: odds(a.contentSure)}}
	if a.HasSource() {
		out = append(out, learn.Number{Name: "source", Value: odds(a.sourceSure)}, learn.Number{Name: "words of source", Value: odds(a.sourceWords)})
	}
	return out
}

// settle fills in the confidences, which without a reading are left as they are.
func (r *Result) settle() {
	for i := range r.Units {
		r.Units[i].Confidence = learn.Sigmoid(unitSure().Sum(r.Units[i].Grounds()))
	}
	for i := range r.Attributions {
		r.Attributions[i].Confidence = learn.Sigmoid(attributionSure().Sum(r.Attributions[i].Grounds()))
	}
}
