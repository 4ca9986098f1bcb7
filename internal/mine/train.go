package mine

import (
	"context"
	"sort"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// The functions in this file turn annotated sentences into examples for fitting
// the weights of this package's models. They describe a decision just as the
// miner does when it makes it.

// CutExamples says of each place where a sentence could be cut whether an
// annotated unit begins there. Sentences that hold no unit teach nothing.
func CutExamples(s lang.Sentence, units []document.Span) []learn.Example {
	var out []learn.Example
	eachCut(s, units, func(from int, c cut, yes bool) {
		out = append(out, learn.Yes(cutCues(s.Tokens, from, c), yes))
	})
	return out
}

// eachCut goes through the places where a sentence that holds a unit could be cut:
// from is where the segment before the place begins, yes whether a unit begins
// behind it.
func eachCut(s lang.Sentence, units []document.Span, f func(from int, c cut, yes bool)) {
	begins := map[int]bool{}
	inside := false
	for _, u := range units {
		begins[u.Start] = true
		inside = inside || u.Overlaps(s.Span)
	}
	if !inside {
		return
	}
	from := 0
	for _, c := range cuts(s.Tokens) {
		yes := false
		for _, t := range s.Tokens[c.at : c.next+1] {
			yes = yes || begins[t.Start]
		}
		f(from, c, yes)
		if yes {
			from = c.next
		}
	}
}

// HeadExamples says of each word that could head a cue whether an annotated cue
// holds it.
func HeadExamples(sents []lang.Sentence, quotes []document.Span, cues []document.Span) []learn.Example {
	var out []learn.Example
	speech := speechShare(sents)
	for _, s := range sents {
		for i, t := range s.Tokens {
			if !canHead(s.Tokens, i) {
				continue
			}
			yes := false
			for _, c := range cues {
				yes = yes || c.Contains(t.Span)
			}
			out = append(out, learn.Yes(headCues(s, i, quotes, speech), yes))
		}
	}
	return out
}

// Quotations returns the passages of doc in quotation marks.
func Quotations(doc *document.Document) []document.Span { return quotations(doc) }

// Annotated is a unit of the gold: where it stands, and what it is.
type Annotated struct {
	document.Span
	Recommendation bool
	// Type is the index of a claim's type in [Types], or -1 where the corpus
	// does not say.
	Type int
}

// SegmentExamples says of each segment of doc whether it is a unit.
func SegmentExamples(doc *document.Document, sents []lang.Sentence, units []Annotated) []learn.Example {
	m := newMiner(doc, sents)
	var out []learn.Example
	for i, s := range sents {
		for _, g := range m.segments(s, i) {
			_, ok := matching(g.Span, units)
			out = append(out, learn.Yes(m.unitCues(g), ok))
		}
	}
	return out
}

// KindExamples and TypeExamples describe the segments of doc that match an
// annotated unit.
func KindExamples(doc *document.Document, sents []lang.Sentence, units []Annotated) []learn.Example {
	m := newMiner(doc, sents)
	var out []learn.Example
	for i, s := range sents {
		for _, g := range m.segments(s, i) {
			if u, ok := matching(g.Span, units); ok {
				cues, _ := m.kindCues(g)
				out = append(out, learn.Yes(cues, u.Recommendation))
			}
		}
	}
	return out
}

// TypeExamples describe the segments that match an annotated claim.
func TypeExamples(doc *document.Document, sents []lang.Sentence, units []Annotated) []learn.Example {
	m := newMiner(doc, sents)
	as := attributions(doc, sents, m.quotes)
	var out []learn.Example
	for i, s := range sents {
		for _, g := range m.segments(s, i) {
			u, ok := matching(g.Span, units)
			if !ok || u.Recommendation || u.Type < 0 {
				continue
			}
			probe := []Unit{{Span: g.Span}}
			attach(probe, as)
			out = append(out, learn.Example{Options: typeOptions(m.typeCues(g, len(probe[0].Attributions) > 0)), Gold: u.Type})
		}
	}
	return out
}

// matching finds the annotated unit that a segment shares at least half of the
// longer of the two with.
func matching(s document.Span, units []Annotated) (Annotated, bool) {
	for _, u := range units {
		if o := min(s.End, u.End) - max(s.Start, u.Start); o > 0 && 2*o >= max(s.Len(), u.Len()) {
			return u, true
		}
	}
	return Annotated{}, false
}

// newReader is a miner of a text that the encoder has read.
func newReader(doc *document.Document, sents []lang.Sentence, r *encoder.Reading) *miner {
	m := newMiner(doc, sents)
	m.reading = r
	return m
}

// CutChoices are like [CutExamples], for weighing the cues against the encoder.
func CutChoices(doc *document.Document, sents []lang.Sentence, r *encoder.Reading, units []document.Span) []learn.Choice {
	m := newReader(doc, sents, r)
	var out []learn.Choice
	for _, s := range sents {
		eachCut(s, units, func(from int, c cut, yes bool) {
			out = append(out, learn.Decide(m.cutEvidence(s.Tokens, from, c), yes))
		})
	}
	return out
}

// UnitChoices are like [SegmentExamples], for weighing the cues against the encoder.
func UnitChoices(doc *document.Document, sents []lang.Sentence, r *encoder.Reading, units []Annotated) []learn.Choice {
	m := newReader(doc, sents, r)
	var out []learn.Choice
	for i, s := range sents {
		for _, g := range m.segments(s, i) {
			_, ok := matching(g.Span, units)
			out = append(out, learn.Decide(m.unitEvidence(g), ok))
		}
	}
	return out
}

// KindChoices are like [KindExamples], and with types like [TypeExamples], for
// weighing the cues against the encoder.
func KindChoices(doc *document.Document, sents []lang.Sentence, r *encoder.Reading, units []Annotated, types bool) ([]learn.Choice, error) {
	found, err := Mine(context.Background(), doc, sents, r)
	if err != nil {
		return nil, err
	}
	m := newReader(doc, sents, r)
	m.judged = found.Judgement
	var out []learn.Choice
	for i, u := range found.Units {
		g := segment{Span: u.Span, sentence: u.Sentence, from: u.From, to: u.To, joinFrom: u.Join, fronted: u.Fronted}
		a, ok := matching(u.Span, units)
		switch {
		case !ok:
		case !types:
			cues, _ := m.kindCues(g)
			out = append(out, learn.Decide(m.kindEvidence(cues, i), a.Recommendation))
		case !a.Recommendation && a.Type >= 0:
			out = append(out, learn.Choice{Options: m.typeEvidences(m.typeCues(g, len(u.Attributions) > 0), i), Gold: a.Type})
		}
	}
	return out, nil
}

// Said is an annotated attribution: its source, cue and content, in one or more
// pieces each.
type Said struct{ Source, Cue, Content []document.Span }

// SpanLabels name what [SpanSequences] label.
var SpanLabels = spanLabels

// SpanSequences label the words of the paragraphs of doc as parts of annotated
// attributions. Of nested spans, the first given counts.
func SpanSequences(doc *document.Document, sents []lang.Sentence, r *encoder.Reading, said []Said) []learn.Sequence {
	quotes := quotations(doc)
	t := newTagger(sents, quotes, attributions(doc, sents, quotes), r)
	gold := newTagger(sents, quotes, nil, r)
	for _, a := range said {
		for k, spans := range [][]document.Span{a.Source, a.Cue, a.Content} {
			for _, s := range spans {
				if gold.free(s) {
					gold.mark(s, uint8(2*k+1))
				}
			}
		}
	}
	var out []learn.Sequence
	for i := 0; i < len(sents); {
		elements, next := t.paragraph(i)
		s := learn.Sequence{Elements: elements}
		for ; i < next; i++ {
			for _, y := range gold.cued[i] {
				s.Gold = append(s.Gold, int(y))
			}
		}
		out = append(out, s)
	}
	return out
}

// free tells that no token of a span has a label yet.
func (t *tagger) free(s document.Span) bool {
	i := sort.Search(len(t.sents), func(i int) bool { return t.sents[i].End > s.Start })
	for ; i < len(t.sents) && t.sents[i].Start < s.End; i++ {
		for k, x := range t.sents[i].Tokens {
			if s.Contains(x.Span) && t.cued[i][k] != encoder.Outside {
				return false
			}
		}
	}
	return true
}
