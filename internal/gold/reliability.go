package gold

import (
	"math"
	"slices"
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

// reliability has a table for each sort of thing whose confidence can be judged.
func (t task) reliability(docs []*doc) []Reliability {
	out := []Reliability{}
	add := func(of string, judge func(*doc, *tally)) {
		var sum tally
		for _, d := range docs {
			judge(d, &sum)
		}
		out = append(out, sum.reliability(of))
	}
	if t.isUnit != nil {
		add("units", t.judgeUnits("kinds"))
	}
	if t.tellsTypes {
		add("units and types", t.judgeUnits("kinds", "types"))
	}
	if t.attributions {
		add("attributions", judgeAttributions)
	}
	if t.fold != nil {
		add("relations", t.judgeRelations)
	}
	return out
}

// judgeUnits takes a unit for right if it is there and the same in those of the
// aspects that the gold tells.
func (t task) judgeUnits(classes ...string) func(*doc, *tally) {
	return func(d *doc, sum *tally) {
		for i, j := range d.toGold {
			right := j >= 0
			for _, a := range t.aspects {
				if right && slices.Contains(classes, a.class) {
					right = a.pred(d, i) == a.gold(d, j)
				}
			}
			sum.add(d.pred.Units[i].Confidence, right)
		}
	}
}

// judgeAttributions judges those that have a source, as the figure does.
func judgeAttributions(d *doc, sum *tally) {
	for i, j := range d.pairAttributions() {
		if d.said[i].complete() {
			sum.add(d.pred.Attributions[i].Confidence, j >= 0)
		}
	}
}

func (t task) judgeRelations(d *doc, sum *tally) {
	gold := map[edge]bool{}
	for _, e := range d.goldEdges(t.fold) {
		gold[e] = true
	}
	for _, p := range d.predictedEdges(t.fold) {
		sum.add(d.pred.Relations[p.relation].Confidence, p.known && gold[p.edge])
	}
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
