package mine

import (
	"fmt"
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// Decision is a choice taken apart into what it rested on. Margins and
// contributions are natural logarithms of odds.
type Decision struct {
	// Span is what was decided about, empty where it is the whole unit.
	document.Span
	Choice, RunnerUp Option
	// Margin is how far the numbers put the choice before the runner-up; it is
	// below 0 where a rule overruled them.
	Margin float64
	// For names the option that the evidence speaks for: the choice, or in a
	// decision between yes and no the yes.
	For      string
	Evidence []Evidence
	// Rules say, a sentence each, where a rule had the last word.
	Rules []string
}

// Option is one way that a decision could go; without a name it is none.
type Option struct {
	Name string
	// Unit is the index of the unit that the option means, or -1.
	Unit        int
	Probability float64
}

// Evidence is a number that a decision rested on: Value times Weight speaks for
// one option, Against for the other.
type Evidence struct {
	Name                   string
	Value, Weight, Against float64
	// Cues are what the number is made of, strongest first.
	Cues []CueWeight
}

// Lead is what the number adds to the lead of one option over the other.
func (e Evidence) Lead() float64 { return float64(e.Value*e.Weight) - e.Against }

// CueWeight is a cue, the passage where it was seen if there is one, and its
// share in what speaks for one option and for the other.
type CueWeight struct {
	Cue
	Contribution, Against float64
}

// Compare pairs what speaks for two options, number by number.
func Compare(m *learn.Model, option, other []learn.Number) []Evidence {
	var out []Evidence
	at := map[string]int{}
	for _, n := range option {
		at[n.Name] = len(out)
		out = append(out, Evidence{Name: n.Name, Value: n.Value, Weight: m.Weight(n.Name)})
	}
	for _, n := range other {
		k, ok := at[n.Name]
		if !ok {
			k = len(out)
			out = append(out, Evidence{Name: n.Name, Weight: m.Weight(n.Name)})
		}
		out[k].Against += float64(m.Weight(n.Name) * n.Value)
	}
	return out
}

// shownCues is how many cues of a number are worth showing.
const shownCues = 5

// CompareCues weighs the cues of two options of which option and other give the
// weight, and keeps those that make the most difference. place gives the
// passage of a cue or an empty span.
func CompareCues(names []string, option, other func(string) float64, place func(string) document.Span) []CueWeight {
	var out []CueWeight
	seen := map[string]bool{}
	for _, name := range names {
		w := CueWeight{Contribution: option(name), Against: other(name)}
		if !seen[name] && w.lead() != 0 {
			w.Cue = Cue{place(name), name}
			out = append(out, w)
		}
		seen[name] = true
	}
	sort.SliceStable(out, func(i, j int) bool { return size(out[i].lead()) > size(out[j].lead()) })
	return out[:min(len(out), shownCues)]
}

func (w CueWeight) lead() float64 { return w.Contribution - w.Against }

func size(x float64) float64 { return max(x, -x) }

func nothing(string) float64 { return 0 }

// Explainer takes apart what [Mine] decided about a text.
type Explainer struct {
	m     *miner
	found Result
}

// NewExplainer explains what Mine found in doc, given the same sentences and
// reading.
func NewExplainer(doc *document.Document, sents []lang.Sentence, reading *encoder.Reading, found Result) *Explainer {
	m := newMiner(doc, sents)
	m.reading, m.judged = reading, found.Judgement
	return &Explainer{m, found}
}

func (e *Explainer) unit(i int) (u Unit, g segment, ts []lang.Token) {
	u = e.found.Units[i]
	g = segment{Span: u.Span, sentence: u.Sentence, from: u.From, to: u.To, joinFrom: u.Join, fronted: u.Fronted}
	return u, g, e.m.sents[u.Sentence].Tokens[u.From:u.To]
}

// YesNo is a decision between yes and no, of which p is the probability of yes,
// for which the numbers speak.
func YesNo(yes, no string, is bool, p float64, numbers []learn.Number, m *learn.Model) Decision {
	d := Decision{Choice: Option{yes, -1, p}, RunnerUp: Option{no, -1, 1 - p}, For: yes, Margin: m.Sum(numbers), Evidence: Compare(m, numbers, nil)}
	if !is {
		d.Choice, d.RunnerUp, d.Margin = d.RunnerUp, d.Choice, -d.Margin
	}
	return d
}

// explainCues shows which cues the number "cues" is made of.
func (d *Decision) explainCues(names []string, option, other func(string) float64, place func(string) document.Span) {
	for i := range d.Evidence {
		x := &d.Evidence[i]
		if x.Name == "cues" {
			scaled := func(weight func(string) float64) func(string) float64 {
				return func(name string) float64 { return float64(x.Weight * weight(name)) }
			}
			x.Cues = CompareCues(names, scaled(option), scaled(other), place)
		}
	}
}

// Boundary says why unit i was cut from what stands before it in its sentence;
// ok is false where it begins its sentence.
func (e *Explainer) Boundary(i int) (d Decision, ok bool) {
	u := e.found.Units[i]
	ts := e.m.sents[u.Sentence].Tokens
	from := 0
	for _, c := range cuts(ts) {
		if c.at < from {
			continue
		}
		p := e.m.cutProbability(ts, from, c)
		byRule := parts(ts, from, c)
		if byRule {
			p = max(p, frontedProbability)
		}
		switch {
		case p < cutThreshold:
			continue
		case c.at < u.Join:
			from = c.next
			continue
		case c.at > u.Join:
			return Decision{}, false
		}
		d = YesNo("cut", "no cut", true, p, e.m.cutEvidence(ts, from, c), cutBlend())
		d.Span = spanOf(ts[c.at:c.next])
		d.explainCues(cutCues(ts, from, c), cutModel().Weight, nothing, func(name string) document.Span {
			if strings.HasPrefix(name, "word ") || strings.HasPrefix(name, "next ") {
				return ts[c.next].Span
			}
			return document.Span{}
		})
		if byRule {
			d.Rules = append(d.Rules, fmt.Sprintf("a clause with a verb of its own that stands in front is cut off: at least %.0f %%", 100*frontedProbability))
		}
		return d, true
	}
	return Decision{}, false
}

// Unit says why unit i is a unit at all.
func (e *Explainer) Unit(i int) Decision {
	_, g, ts := e.unit(i)
	d := YesNo("unit", "no unit", true, e.m.unitProbability(g), e.m.unitEvidence(g), unitBlend())
	d.explainCues(e.m.unitCues(g), unitModel().Weight, nothing, func(name string) document.Span {
		fields := strings.Fields(name)
		switch {
		case strings.HasPrefix(name, "first ") || strings.HasPrefix(name, "question first "):
			return ts[0].Span
		case strings.HasPrefix(name, "word ") || strings.HasPrefix(name, "question word "):
			for _, t := range ts {
				if t.Lower == fields[len(fields)-1] {
					return t.Span
				}
			}
		}
		return document.Span{}
	})
	return d
}

// Kind says why unit i is a claim or a recommendation.
func (e *Explainer) Kind(i int) Decision {
	u, g, ts := e.unit(i)
	cues, matches := e.m.kindCues(g)
	p := e.m.kindProbability(cues, i)
	var rules []string
	if e.m.inherits(g) && p < inheritedProbability {
		p = inheritedProbability
		rules = append(rules, fmt.Sprintf("an item of a list whose lead-in says what should be done: at least %.0f %%", 100*p))
	}
	for _, x := range matches {
		words := e.m.doc.At(spanOf(ts[x.From:x.To]))
		switch {
		case x.Rule == "certain" && e.m.endMark(g) != "?" && p < certainProbability:
			p = certainProbability
			rules = append(rules, fmt.Sprintf("“%s” makes a recommendation by definition: at least %.0f %%", words, 100*p))
		case ruledOut[x.Rule] && p > ruledOutProbability:
			p = ruledOutProbability
			rules = append(rules, fmt.Sprintf("“%s” makes no recommendation by definition: at most %.0f %%", words, 100*p))
		}
	}
	switch {
	case u.Recommendation && p < 0.5:
		rules = append(rules, fmt.Sprintf("recommendations are rare, so %.0f %% are enough for one", 100*kindThreshold))
	case !u.Recommendation && p >= kindThreshold:
		rules = append(rules, "an item of a list whose lead-in asks for nothing is no recommendation")
	}
	d := YesNo("recommendation", "claim", u.Recommendation, p, e.m.kindEvidence(cues, i), kindBlend())
	d.Rules = rules
	d.explainCues(cues, kindModel().Weight, nothing, whereMatched(ts, matches))
	return d
}

// whereMatched gives the passage of a cue that is named after the rule that
// fired there, as in "modal.should in question".
func whereMatched(ts []lang.Token, matches []lang.Match) func(string) document.Span {
	return func(name string) document.Span {
		for _, x := range matches {
			if name == x.Rule || strings.HasPrefix(name, x.Rule+" ") {
				return spanOf(ts[x.From:x.To])
			}
		}
		return document.Span{}
	}
}

// Type says why claim i is of its type; ok is false for a recommendation.
func (e *Explainer) Type(i int) (d Decision, ok bool) {
	u, g, ts := e.unit(i)
	if u.Recommendation {
		return Decision{}, false
	}
	cues := e.m.typeCues(g, len(u.Attributions) > 0)
	options := e.m.typeEvidences(cues, i)
	scores := make([]float64, len(options))
	for k, o := range options {
		scores[k] = typeBlend().Sum(o)
	}
	next := runnerUp(scores, u.Type)
	d.Margin = scores[u.Type] - scores[next]
	p := learn.Softmax(scores)
	d.Choice, d.RunnerUp, d.For = Option{Types[u.Type], -1, p[u.Type]}, Option{Types[next], -1, p[next]}, Types[u.Type]
	d.Evidence = Compare(typeBlend(), onTheWhole(options[u.Type]), onTheWhole(options[next]))
	whole := &d.Evidence[0]
	whole.Weight, whole.Against = typeBlend().Weight(Types[u.Type]), typeBlend().Weight(Types[next])
	weight := func(k int) func(string) float64 {
		return func(name string) float64 { return typeModel().Weight(Types[k] + " " + name) }
	}
	d.explainCues(cues, weight(u.Type), weight(next), whereMatched(ts, typePatterns().Find(ts)))
	return d, true
}

// Confidence says how sure it is that all that was decided of unit i is right.
func (e *Explainer) Confidence(i int) Decision {
	u := e.found.Units[i]
	return YesNo("right", "wrong", true, u.Confidence, u.Grounds(), unitSure())
}

// onTheWhole names what speaks for a type whatever the words, which bears the
// name of the type, alike for all types.
func onTheWhole(e evidence) evidence {
	out := append(evidence(nil), e...)
	out[0].Name = "bias"
	return out
}

// runnerUp is the option with the highest score but for one.
func runnerUp(scores []float64, but int) int {
	best := -1
	for k, s := range scores {
		if k != but && (best < 0 || s > scores[best]) {
			best = k
		}
	}
	return best
}
