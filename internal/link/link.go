// Package link finds how the units of a text bear on each other: which one the
// text argues for, what supports or attacks what, and so the role of each.
//
// Two decisions are made, each by a model over named cues and the encoder's word,
// weighed by weights that cmd/argmap-train fits: which unit is the thesis, and for
// every unit how to link it. The links chosen are those that are most probable
// together and form a forest.
package link

import (
	"context"
	"sort"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/mine"
)

// Role is the place of a unit in the argument.
type Role uint8

// The roles.
const (
	Premise Role = iota
	Claim
	Thesis
)

// Relation leads from a unit to the unit that it bears on; both are indices into
// the units that were linked.
type Relation struct {
	From, To   int
	Attack     bool
	Confidence float64
	Cues       []mine.Cue
	// probability is that of the link, given that the units are right.
	probability float64
}

// Structure is the argument of a text: its relations in the order of the units
// they leave, and the role of each unit.
type Structure struct {
	Relations []Relation
	Roles     []Role
}

// Link finds the structure of the units that were found in doc.
func Link(ctx context.Context, doc *document.Document, sents []lang.Sentence, found mine.Result) (Structure, error) {
	out := Structure{Roles: make([]Role, len(found.Units))}
	if len(found.Units) == 0 {
		return out, ctx.Err()
	}
	s := newScene(doc, sents, found)
	th := s.rankTheses(thesisModel())
	options, arcs := s.arcs(ctx, th)
	if err := ctx.Err(); err != nil {
		return Structure{}, err
	}
	thesis := th.order[0]
	for node, a := range learn.Arborescence(len(s.units)+1, arcs.list) {
		if node == 0 || a < 0 {
			continue
		}
		o := options[node-1][arcs.option[a]]
		if o.parent < 0 {
			continue
		}
		r := Relation{From: node - 1, To: o.parent, Attack: o.attack, Cues: s.cues(node-1, o), probability: learn.Exp(arcs.list[a].Score)}
		r.settle(found)
		out.Relations = append(out.Relations, r)
	}
	sort.SliceStable(out.Relations, func(i, j int) bool { return out.Relations[i].From < out.Relations[j].From })
	out.Roles[thesis] = Thesis
	for _, r := range out.Relations {
		if r.To == thesis {
			out.Roles[r.From] = Claim
		}
	}
	return out, nil
}

// rankTheses returns the three units most likely to be the thesis.
func (s *scene) rankTheses(m *learn.Model) ranked {
	p := s.thesisProbabilities(m)
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return p[order[i]] > p[order[j]] })
	return ranked{order[:min(3, len(order))], p}
}

// arcSet is the graph to choose a forest from: node i+1 is unit i, node 0 stands
// for "bears on nothing". option gives for each arc which option it stands for.
type arcSet struct {
	list   []learn.Arc
	option []int
}

func (s *scene) arcs(ctx context.Context, th ranked) ([][]option, arcSet) {
	var arcs arcSet
	options := make([][]option, len(s.units))
	for i := range s.units {
		if ctx.Err() != nil {
			return nil, arcs
		}
		opts := s.options(i, th)
		if i == th.order[0] {
			opts = []option{{parent: -1}} // the thesis bears on nothing
		}
		scores := s.score(i, opts, th.order[0])
		for k, o := range opts {
			arcs.list = append(arcs.list, learn.Arc{From: i + 1, To: o.parent + 1, Score: scores[k]})
			arcs.option = append(arcs.option, k)
			opts[k].cues = nil // they make up most of the memory
		}
		options[i] = opts
	}
	return options, arcs
}

// score gives the logarithm of the probability of each way to link unit i.
func (s *scene) score(i int, opts []option, thesis int) []float64 {
	scores := s.cueScores(i, opts)
	if s.judged != nil {
		for k, e := range s.evidence(i, opts, scores, thesis) {
			scores[k] = parentBlend().Sum(e)
			if opts[k].parent < 0 {
				scores[k] += noneBonus
			}
		}
	}
	for k, o := range opts {
		if o.attack && s.contradicts(i, o.parent) {
			scores[k] += contradiction
		}
		if s.short() {
			scores[k] += s.shortBonus(i, o, thesis)
		}
	}
	learn.LogProbabilities(scores)
	return scores
}

// cueScores are the logarithms of the probabilities by the cues alone.
func (s *scene) cueScores(i int, opts []option) []float64 {
	scores := make([]float64, len(opts))
	for k, o := range opts {
		scores[k] = parentModel().Score(o.cues)
	}
	learn.LogProbabilities(scores)
	return scores
}

// noneBonus is added to the score of bearing on nothing: a link that is not
// there costs half as much as a wrong one. Tuned on the development files.
const noneBonus = 0.5

// cues says why: the markers of the child, or what else tied it to its parent.
func (s *scene) cues(i int, o option) []mine.Cue {
	c, p := s.units[i], s.units[o.parent]
	var out []mine.Cue
	for _, m := range c.markers {
		if len(out) < 2 && m.Rule != "marker.name" && m.Rule != "marker.number" && m.Rule != "marker.quote" {
			out = append(out, m)
		}
	}
	if c.leadIn >= 0 && c.leadIn == p.block {
		out = append(out, mine.Cue{Span: p.Span, Rule: "structure.lead-in"})
	}
	return out
}
