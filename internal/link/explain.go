package link

import (
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/mine"
)

// Explainer takes apart what [Link] decided about the units of a text.
type Explainer struct {
	s         *scene
	found     mine.Result
	structure Structure
	th        ranked
	// parents holds of each unit the one that it bears on, or -1; attacks tells
	// how.
	parents []int
	attacks []bool
}

// NewExplainer explains the structure that Link found, given the same text and
// units.
func NewExplainer(doc *document.Document, sents []lang.Sentence, found mine.Result, structure Structure) *Explainer {
	e := &Explainer{s: newScene(doc, sents, found), found: found, structure: structure, parents: make([]int, len(found.Units)), attacks: make([]bool, len(found.Units))}
	if len(e.parents) > 0 {
		e.th = e.s.rankTheses(thesisModel())
	}
	for i := range e.parents {
		e.parents[i] = -1
	}
	for _, r := range structure.Relations {
		e.parents[r.From], e.attacks[r.From] = r.To, r.Attack
	}
	return e
}

// The names of the options, which are those of the contract's relations.
const (
	bearsOnNothing = "nothing"
	supports       = "supports"
	attacks        = "attacks"
)

// Thesis says why unit i is the thesis, or if it is not why another unit is: the
// evidence is for the thesis against the unit that comes next, or against unit i.
func (e *Explainer) Thesis(i int) mine.Decision {
	thesis, other := e.th.order[0], i
	if i == thesis && len(e.th.order) > 1 {
		other = e.th.order[1]
	}
	d := mine.Decision{Choice: e.asThesis(thesis), For: "thesis"}
	if other == thesis {
		return d
	}
	d.RunnerUp = e.asThesis(other)
	s, p := e.s, e.th.prob
	d.Margin = learn.Log(max(p[thesis], 1e-300) / max(p[other], 1e-300))
	cues := [2][]string{s.thesisCues(thesis), s.thesisCues(other)}
	scores := make([]float64, len(s.units))
	for k := range s.units {
		scores[k] = thesisModel().Score(s.thesisCues(k))
	}
	numbers := s.thesisEvidence(scores)
	d.Evidence = mine.Compare(thesisBlend(), numbers[thesis], numbers[other])
	e.explainCues(&d, thesisModel(), cues, e.nowhere)
	sum := 0.0
	for _, x := range d.Evidence {
		sum += x.Lead()
	}
	if s.short() && size(d.Margin-sum) > 0.01 {
		bonus := mine.Evidence{Name: "opens a short text", Value: 1, Weight: shortFirst}
		if d.Margin < sum {
			bonus.Value, bonus.Against = 0, shortFirst
		}
		d.Evidence = append(d.Evidence, bonus)
	}
	return d
}

func size(x float64) float64 { return max(x, -x) }

func (e *Explainer) asThesis(i int) mine.Option {
	return mine.Option{Name: "thesis", Unit: i, Probability: e.th.prob[i]}
}

// Bearing says why unit i bears on what it bears on, or on nothing: the other
// option is the best one with another parent. If it bears on a unit, the second
// decision is whether it supports or attacks it.
func (e *Explainer) Bearing(i int) []mine.Decision {
	w := e.weigh(i)
	chosen := w.find(e.parents[i], e.attacks[i])
	if chosen < 0 { // all ways to link it would have made a circle
		return []mine.Decision{{Choice: mine.Option{Name: bearsOnNothing, Unit: -1}, For: bearsOnNothing, Rules: []string{noCircle}}}
	}
	next := w.best(func(o option) bool { return o.parent != e.parents[i] })
	parent := e.decide(i, w, chosen, next)
	if w.best(func(option) bool { return true }) != chosen {
		parent.Rules = append(parent.Rules, noCircle)
	}
	switch {
	case i == e.th.order[0]:
		parent.Rules = append(parent.Rules, "the thesis bears on nothing")
	case e.s.leadIn(i) >= 0:
		parent.Rules = append(parent.Rules, "the first unit of a list item bears on what introduces the list")
	}
	if e.parents[i] < 0 {
		return []mine.Decision{parent}
	}
	other := w.find(e.parents[i], !e.attacks[i])
	label := e.decide(i, w, chosen, other)
	p, q := label.Choice.Probability, label.RunnerUp.Probability
	label.Choice.Probability, label.RunnerUp.Probability = p/(p+q), q/(p+q)
	return []mine.Decision{parent, label}
}

// Confidence says how sure it is that relation k of the structure is right.
func (e *Explainer) Confidence(k int) mine.Decision {
	r := e.structure.Relations[k]
	return mine.YesNo("right", "wrong", true, r.Confidence, r.Grounds(e.found), relationSure())
}

const noCircle = "the relations of all units are chosen together, so that they run in no circle"

// weighed are the ways to link a unit with their scores, as [Link] has them, and
// what these are made of.
type weighed struct {
	options []option
	scores  []float64
	numbers [][]learn.Number
}

func (e *Explainer) weigh(i int) weighed {
	s, thesis := e.s, e.th.order[0]
	opts := s.options(i, e.th)
	if i == thesis {
		opts = []option{{parent: -1}}
	}
	w := weighed{opts, s.score(i, opts, thesis), s.evidence(i, opts, s.cueScores(i, opts), thesis)}
	for k, o := range opts {
		add := func(name string, value float64) {
			if value != 0 {
				w.numbers[k] = append(w.numbers[k], learn.Number{Name: name, Value: value})
			}
		}
		if o.attack && s.contradicts(i, o.parent) {
			add("contradiction", contradiction)
		}
		if s.short() {
			add("short text", s.shortBonus(i, o, thesis))
		}
		if o.parent < 0 {
			add("nothing", noneBonus)
		}
	}
	return w
}

func (w weighed) find(parent int, attack bool) int {
	return slices.IndexFunc(w.options, func(o option) bool { return o.parent == parent && o.attack == attack })
}

// best is the option with the highest score of those that fit, or -1.
func (w weighed) best(fits func(option) bool) int {
	best := -1
	for k, o := range w.options {
		if fits(o) && (best < 0 || w.scores[k] > w.scores[best]) {
			best = k
		}
	}
	return best
}

func (w weighed) option(k int) mine.Option {
	o := w.options[k]
	out := mine.Option{Name: supports, Unit: o.parent, Probability: learn.Exp(w.scores[k])}
	switch {
	case o.parent < 0:
		out.Name = bearsOnNothing
	case o.attack:
		out.Name = attacks
	}
	return out
}

// decide takes the choice of an option over another apart; with -1 for the other
// there was no choice.
func (e *Explainer) decide(i int, w weighed, chosen, other int) mine.Decision {
	d := mine.Decision{Choice: w.option(chosen)}
	d.For = d.Choice.Name
	if other < 0 {
		return d
	}
	d.RunnerUp, d.Margin = w.option(other), w.scores[chosen]-w.scores[other]
	against := w.numbers[other]
	cues := [2][]string{w.options[chosen].cues, w.options[other].cues}
	d.Evidence = mine.Compare(parentBlend(), w.numbers[chosen], against)
	for k := range d.Evidence {
		x := &d.Evidence[k]
		switch x.Name {
		case "contradiction", "short text", "nothing": // count in full
			x.Weight, x.Against = 1, valueOf(against, x.Name)
		}
	}
	e.explainCues(&d, parentModel(), cues, func(name string) document.Span {
		return e.marker(name, i, w.options[chosen].parent)
	})
	return d
}

func valueOf(numbers []learn.Number, name string) float64 {
	sum := 0.0
	for _, n := range numbers {
		if n.Name == name {
			sum += n.Value
		}
	}
	return sum
}

// explainCues shows which cues the number "cues" is made of, given those of the
// two options.
func (e *Explainer) explainCues(d *mine.Decision, m *learn.Model, cues [2][]string, place func(string) document.Span) {
	for k := range d.Evidence {
		x := &d.Evidence[k]
		if x.Name != "cues" {
			continue
		}
		weight := func(side int) func(string) float64 {
			return func(name string) float64 {
				if slices.Contains(cues[side], name) {
					return float64(x.Weight * m.Weight(name))
				}
				return 0
			}
		}
		x.Cues = mine.CompareCues(slices.Concat(cues[0], cues[1]), weight(0), weight(1), place)
	}
}

func (e *Explainer) nowhere(string) document.Span { return document.Span{} }

// marker is the passage of a cue that is named after a marker of the unit, of
// what it bears on, or of the unit behind it.
func (e *Explainer) marker(name string, i, parent int) document.Span {
	of, rest, ok := strings.Cut(name, "marker ")
	if !ok {
		return document.Span{}
	}
	switch {
	case strings.HasSuffix(of, "parent "):
		i = parent
	case strings.HasSuffix(of, "next "):
		i++
	}
	if i < 0 || i >= len(e.s.units) {
		return document.Span{}
	}
	rule, _, _ := strings.Cut(rest, " ")
	for _, m := range e.s.units[i].markers {
		if m.Rule == "marker."+rule {
			return m.Span
		}
	}
	return document.Span{}
}
