package gold

import (
	"math"

	"github.com/argmap/argmap/internal/argument"
)

// bins is the number of equal parts that confidence is told apart in.
const bins = 10

// Reliability says how far confidences can be taken for probabilities. Error is
// the expected calibration error, the mean distance between confidence and
// share of right over the bins, weighed by their counts (Naeini, Cooper and
// Hauskrecht 2015: Obtaining well calibrated probabilities using Bayesian
// binning).
type Reliability struct {
	Of    string    `json:"of"`
	Count int       `json:"count"`
	Error float64   `json:"error"`
	Bins  [bins]Bin `json:"bins"`
}

// Bin is what has a confidence from From up to To, which belongs to the next
// bin but for 1. Mean is the mean confidence and Right the share that is right,
// both 0 where Count is.
type Bin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Count int     `json:"count"`
	Mean  float64 `json:"mean"`
	Right float64 `json:"right"`
}

// Verdict is what the gold of a text says of one thing in its map.
type Verdict uint8

// The verdicts. Untold are attributions without a source, which the figures do
// not count either.
const (
	Untold Verdict = iota
	Wrong
	Right
)

// Outcome holds the verdicts on a map's units, attributions and relations, in its
// order. A unit is right if it is there and of the right kind and type, as far as
// the gold tells these. What the gold tells nothing of is nil.
type Outcome struct{ Units, Attributions, Relations []Verdict }

// OutcomeOf judges the map of a text by its gold. It fails for a corpus that
// [CheckCorpus] does not know.
func OutcomeOf(text Text, m *argument.Map) (Outcome, error) {
	t, err := taskOf(text.Corpus)
	if err != nil {
		return Outcome{}, err
	}
	return t.outcome(newDoc(text, m, t)), nil
}

func (t task) outcome(d *doc) Outcome {
	var o Outcome
	if t.isUnit != nil {
		o.Units = t.unitVerdicts(d)
	}
	if t.attributions {
		o.Attributions = make([]Verdict, len(d.pred.Attributions))
		for i, j := range d.pairAttributions() {
			if d.said[i].complete() {
				o.Attributions[i] = verdict(j >= 0)
			}
		}
	}
	if t.fold != nil {
		gold := map[edge]bool{}
		for _, e := range d.goldEdges(t.fold) {
			gold[e] = true
		}
		o.Relations = make([]Verdict, len(d.pred.Relations))
		for _, p := range d.predictedEdges(t.fold) {
			o.Relations[p.relation] = verdict(p.known && gold[p.edge])
		}
	}
	return o
}

func verdict(right bool) Verdict {
	if right {
		return Right
	}
	return Wrong
}

func (t task) unitVerdicts(d *doc) []Verdict {
	out := make([]Verdict, len(d.toGold))
	for i, j := range d.toGold {
		right := j >= 0
		for _, a := range t.aspects {
			if right && (a.class == "kinds" || a.class == "types") {
				right = a.pred(d, i) == a.gold(d, j)
			}
		}
		out[i] = verdict(right)
	}
	return out
}

// reliability has a table for each sort of thing whose confidence can be judged.
func (t task) reliability(docs []*doc) []Reliability {
	outcomes := make([]Outcome, len(docs))
	for i, d := range docs {
		outcomes[i] = t.outcome(d)
	}
	out := []Reliability{}
	add := func(of string, told bool, verdicts func(Outcome) []Verdict, confidence func(*doc, int) float64) {
		if !told {
			return
		}
		var sum tally
		for k, d := range docs {
			for i, v := range verdicts(outcomes[k]) {
				if v != Untold {
					sum.add(confidence(d, i), v == Right)
				}
			}
		}
		out = append(out, sum.reliability(of))
	}
	add("units", t.isUnit != nil, func(o Outcome) []Verdict { return o.Units }, func(d *doc, i int) float64 { return d.pred.Units[i].Confidence })
	add("attributions", t.attributions, func(o Outcome) []Verdict { return o.Attributions }, func(d *doc, i int) float64 { return d.pred.Attributions[i].Confidence })
	add("relations", t.fold != nil, func(o Outcome) []Verdict { return o.Relations }, func(d *doc, i int) float64 { return d.pred.Relations[i].Confidence })
	return out
}

// tally sums up confidences and what came of them.
type tally [bins]struct {
	count, right int
	confidence   float64
}

func (t *tally) add(confidence float64, right bool) {
	b := &t[min(max(int(confidence*bins), 0), bins-1)]
	b.count++
	b.confidence += confidence
	if right {
		b.right++
	}
}

func (t *tally) reliability(of string) Reliability {
	r := Reliability{Of: of}
	distance := 0.0
	for i, b := range t {
		r.Bins[i] = Bin{From: float64(i) / bins, To: float64(i+1) / bins, Count: b.count}
		if b.count == 0 {
			continue
		}
		r.Count += b.count
		r.Bins[i].Mean = b.confidence / float64(b.count)
		r.Bins[i].Right = float64(b.right) / float64(b.count)
		distance += math.Abs(b.confidence - float64(b.right))
	}
	if r.Count > 0 {
		r.Error = distance / float64(r.Count)
	}
	return r
}
