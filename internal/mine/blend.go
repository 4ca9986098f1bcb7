package mine

import (
	"context"
	_ "embed"
	"sync"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// This file weighs what the cues say against what the encoder says, decision by
// decision. Both are logarithms of odds or probabilities; how much each counts is
// fitted on the development texts, which neither has seen (weights/*blend.txt).

//go:embed weights/cutblend.txt
var cutBlendWeights string

//go:embed weights/unitblend.txt
var unitBlendWeights string

//go:embed weights/kindblend.txt
var kindBlendWeights string

//go:embed weights/typeblend.txt
var typeBlendWeights string

var (
	cutBlend  = sync.OnceValue(func() *learn.Model { return learn.MustParse(cutBlendWeights) })
	unitBlend = sync.OnceValue(func() *learn.Model { return learn.MustParse(unitBlendWeights) })
	kindBlend = sync.OnceValue(func() *learn.Model { return learn.MustParse(kindBlendWeights) })
	typeBlend = sync.OnceValue(func() *learn.Model { return learn.MustParse(typeBlendWeights) })
)

// evidence are the numbers that a decision rests on, by name.
type evidence = []learn.Number

// odds turns a probability into the logarithm of its odds.
func odds(p float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return learn.Log(p / (1 - p))
}

// cutEvidence says whether a sentence is cut at c. The encoder wants a cut where
// it would leave out what joins the two halves, and begin a unit rather than go on
// with one.
func (m *miner) cutEvidence(ts []lang.Token, from int, c cut) evidence {
	cues := cutModel().Score(cutCues(ts, from, c))
	inside := m.unitLabel(ts[c.next].Start, encoder.Inside)
	begin := m.unitLabel(ts[c.next].Start, encoder.Begin)
	e := evidence{{Name: "bias", Value: 1}, {Name: "cues", Value: cues}, {Name: "not inside", Value: -odds(inside)}, {Name: "begin", Value: odds(begin)}}
	if c.at < c.next {
		joint := 0.0
		for _, t := range ts[c.at:c.next] {
			joint += odds(m.unitLabel(t.Start, encoder.Outside))
		}
		e = append(e, learn.Number{Name: "joint outside", Value: joint / float64(c.next-c.at)}, learn.Number{Name: "joint", Value: 1})
	}
	return e
}

func (m *miner) unitLabel(at, label int) float64 {
	if p := m.reading.Unit(at); p != nil {
		return learn.Exp(float64(p[label]))
	}
	return 0.5
}

func (m *miner) cutProbability(ts []lang.Token, from int, c cut) float64 {
	if m.reading == nil {
		return cutModel().Probability(cutCues(ts, from, c))
	}
	return learn.Sigmoid(cutBlend().Sum(m.cutEvidence(ts, from, c)))
}

// unitEvidence says whether a segment is a unit at all. The encoder's part is how
// sure it is on average that the words are in no unit.
func (m *miner) unitEvidence(g segment) evidence {
	sum, n := 0.0, 0
	for _, t := range m.sents[g.sentence].Tokens[g.from:g.to] {
		if t.IsWord() {
			sum -= odds(m.unitLabel(t.Start, encoder.Outside))
			n++
		}
	}
	first := -odds(m.unitLabel(g.Start, encoder.Outside))
	return evidence{{Name: "bias", Value: 1}, {Name: "cues", Value: unitModel().Score(m.unitCues(g))}, {Name: "words", Value: sum / float64(max(1, n))}, {Name: "first word", Value: first}}
}

func (m *miner) unitProbability(g segment) float64 {
	if m.reading == nil {
		return unitModel().Probability(m.unitCues(g))
	}
	return learn.Sigmoid(unitBlend().Sum(m.unitEvidence(g)))
}

// judge lets the encoder look at the units.
func (m *miner) judge(ctx context.Context, r *Result) error {
	if m.reading == nil {
		return nil
	}
	spans := make([]document.Span, len(r.Units))
	for i, u := range r.Units {
		spans[i] = u.Span
	}
	j, err := m.reading.Judge(ctx, spans)
	m.judged, r.Judgement = j, j
	return err
}

// kindEvidence says whether unit i is a recommendation.
func (m *miner) kindEvidence(cues []string, i int) evidence {
	p := learn.Exp(float64(m.judged.Kind(i)[encoder.Recommendation]))
	return evidence{{Name: "bias", Value: 1}, {Name: "cues", Value: kindModel().Score(cues)}, {Name: "encoder", Value: odds(p)}}
}

func (m *miner) kindProbability(cues []string, i int) float64 {
	if m.judged == nil {
		return kindModel().Probability(cues)
	}
	return learn.Sigmoid(kindBlend().Sum(m.kindEvidence(cues, i)))
}

// typeInEncoder gives for each of [Types] the kind that the encoder calls it.
var typeInEncoder = [...]int{encoder.ClaimStatistic, encoder.ClaimAnecdote, encoder.ClaimFact, encoder.ClaimPrediction, encoder.ClaimJudgement}

// typeEvidences gives what speaks for each type of claim i.
func (m *miner) typeEvidences(cues []string, i int) []evidence {
	out := make([]evidence, len(Types))
	for k, o := range typeOptions(cues) {
		out[k] = evidence{{Name: Types[k], Value: 1}, {Name: "cues", Value: typeModel().Score(o)}}
		if m.judged != nil {
			out[k] = append(out[k], learn.Number{Name: "encoder", Value: float64(m.judged.Kind(i)[typeInEncoder[k]])})
		}
	}
	return out
}

// chooseType returns the most probable type of claim i and its probability.
func (m *miner) chooseType(cues []string, i int) (int, float64) {
	scores := make([]float64, len(Types))
	for k, e := range m.typeEvidences(cues, i) {
		if m.judged == nil {
			scores[k] = e[1].Value
		} else {
			scores[k] = typeBlend().Sum(e)
		}
	}
	p := learn.Softmax(scores)
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	return best, p[best]
}
