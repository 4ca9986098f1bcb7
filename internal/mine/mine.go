// Package mine finds what a text says: its units (claims and recommendations),
// who is said to have said what, and the sources behind all names and pronouns.
//
// Two readers are heard on every decision: the encoder, and cues. Tables of phrases
// (lexicon/) name what is seen in the text; weights fitted on annotated texts
// (weights/, by cmd/argmap-train) say what each cue is worth, and how much cues and
// encoder count beside each other. What the definitions settle is a rule on top.
// Offsets are bytes into the document's text, end exclusive.
package mine

import (
	"context"
	"sort"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
)

// Unit is a claim or a recommendation.
type Unit struct {
	document.Span
	// Sentence is the index of the sentence that the unit stands in, From and To
	// its tokens in it; Join are the tokens that join it to what comes before.
	Sentence, From, To, Join int
	// Fronted is the word that opens the unit where the clause it depends on
	// follows: "although" in "Although X, Y".
	Fronted        string
	Recommendation bool
	// Type is the index of a claim's type in [Types].
	Type      int
	Strength  Strength
	Addressee document.Span
	// LeadIn is the passage that introduces the list of which the unit is an
	// item, or empty.
	LeadIn     document.Span
	Confidence float64
	Cues       []Cue
	// Attributions are indices of the attributions that the unit reports.
	Attributions []int
	// sure is the probability of all that was decided of the unit.
	sure float64
}

// Result is what a text says, in text order.
type Result struct {
	Units        []Unit
	Attributions []Attribution
	Sources      []Source
	// Quotations are the passages in quotation marks.
	Quotations []document.Span
	// Judgement is what the encoder makes of the units, nil without a reading.
	Judgement *encoder.Judgement
}

// miner holds one text while it is mined.
type miner struct {
	doc      *document.Document
	sents    []lang.Sentence
	quotes   []document.Span
	youShare float64
	past     string
	reading  *encoder.Reading
	judged   *encoder.Judgement
	lastOf   []int // the last sentence of each block, or -1
}

// Mine finds what doc says in its sentences, given what the encoder makes of its
// text. Without a reading the cues decide alone: that is how the weights of the
// cues are fitted.
func Mine(ctx context.Context, doc *document.Document, sents []lang.Sentence, reading *encoder.Reading) (Result, error) {
	m := newMiner(doc, sents)
	m.reading = reading
	r := Result{Quotations: m.quotes}
	var bounds []document.Span
	for i := range sents {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		for _, g := range m.segments(sents[i], i) {
			bounds = append(bounds, g.Span)
			if p := m.unitProbability(g); p >= unitThreshold {
				r.Units = append(r.Units, m.unit(g, p))
			}
		}
	}
	r.Attributions = attributions(doc, sents, m.quotes)
	if reading != nil {
		r.Attributions = newTagger(sents, m.quotes, r.Attributions, reading).attributions(doc)
		within(r.Attributions, bounds)
	}
	attach(r.Units, r.Attributions)
	if err := m.judge(ctx, &r); err != nil {
		return Result{}, err
	}
	for i := range r.Units {
		m.classify(&r.Units[i], i)
	}
	if reading != nil {
		r.settle()
	}
	r.Sources = ledger(doc, sents, m.quotes, r.Attributions)
	return r, nil
}

// within ends each source where the segment ends that it begins in: a name does
// not run on into the next clause.
func within(as []Attribution, segments []document.Span) {
	for i := range as {
		a := &as[i]
		k := sort.Search(len(segments), func(k int) bool { return segments[k].End > a.Source.Start })
		if a.HasSource() && k < len(segments) && segments[k].Start <= a.Source.Start && segments[k].End < a.Source.End {
			a.Source.End = segments[k].End
		}
	}
}

func newMiner(doc *document.Document, sents []lang.Sentence) *miner {
	m := &miner{doc: doc, sents: sents, quotes: quotations(doc)}
	m.lastOf = make([]int, len(doc.Blocks))
	for i := range m.lastOf {
		m.lastOf[i] = -1
	}
	all, you := 0, 0
	for i, s := range sents {
		m.lastOf[s.Block] = i
		for _, t := range s.Tokens {
			all++
			if t.Lower == "you" || t.Lower == "your" {
				you++
			}
		}
	}
	m.youShare = float64(you) / float64(max(1, all))
	return m
}

// pastShare names how much of the text is told in the past tense.
func (m *miner) pastShare() string {
	if m.past != "" {
		return m.past
	}
	past, all := 0, 0
	for _, s := range m.sents {
		for _, t := range s.Tokens {
			if t.IsFinite() {
				all++
				if t.Tag == "VBD" {
					past++
				}
			}
		}
	}
	switch share := float64(past) / float64(max(1, all)); {
	case share < 0.2:
		m.past = "low"
	case share < 0.45:
		m.past = "middle"
	default:
		m.past = "high"
	}
	return m.past
}

func (m *miner) unit(g segment, p float64) Unit {
	u := Unit{Span: g.Span, Sentence: g.sentence, From: g.from, To: g.to, Join: g.joinFrom, Fronted: g.fronted, sure: p * g.confidence}
	if b := m.doc.Blocks[m.sents[g.sentence].Block]; b.LeadIn >= 0 && m.lastOf[b.LeadIn] >= 0 {
		u.LeadIn = m.sents[m.lastOf[b.LeadIn]].Span
	}
	return u
}

// classify fills the kind of a unit, and what goes with its kind.
func (m *miner) classify(u *Unit, i int) {
	g := segment{Span: u.Span, sentence: u.Sentence, from: u.From, to: u.To, joinFrom: u.Join, fronted: u.Fronted}
	ts := m.sents[u.Sentence].Tokens[u.From:u.To]
	cues, matches := m.kindCues(g)
	p := m.kindProbability(cues, i)
	if m.inherits(g) {
		p = max(p, inheritedProbability)
	}
	for _, x := range matches {
		switch {
		case x.Rule == "certain" && m.endMark(g) != "?":
			p = max(p, certainProbability)
		case ruledOut[x.Rule]:
			p = min(p, ruledOutProbability)
		}
	}
	if p >= kindThreshold && !m.bound(g, matches) {
		u.Recommendation = true
		u.Strength = strengthOf(matches)
		u.Addressee = m.addressee(g, matches)
		u.sure *= p
		u.Confidence = u.sure
		u.Cues = decisive(ts, matches)
		return
	}
	var q float64
	u.Type, q = m.chooseType(m.typeCues(g, len(u.Attributions) > 0), i)
	u.sure *= (1 - p) * q
	u.Confidence = u.sure
	u.Cues = typeEvidence(ts, u.Type)
}

// inheritedProbability is set by hand: the definition makes an item of "someone
// should:" a recommendation, but lists can be misread.
const inheritedProbability = 0.85

// certainProbability is set by hand, for phrases that the definition of a
// recommendation names. It changes no figure on the development texts.
const certainProbability = 0.6

// ruledOut are the phrases that the definition names as no recommendations:
// criticism of the past, likelihood and turns of speech. The probability is set
// by hand.
var ruledOut = map[string]bool{"not.past.should": true, "not.must.be": true, "not.must.say": true}

const ruledOutProbability = 0.1

// unitThreshold is below one half because most segments are units, and what is
// not found cannot be linked. F1 on the development files is flat from 0.3 to 0.4.
const unitThreshold = 0.35

// kindThreshold is below one half because recommendations are rare. On the
// development articles F1 is within a point between 0.2 and 0.35.
const kindThreshold = 0.3

// decisive returns the cues that spoke most strongly for a recommendation.
func decisive(ts []lang.Token, matches []lang.Match) []Cue {
	var out []Cue
	for _, x := range matches {
		if kindModel().Weight(x.Rule) > 0.2 {
			out = append(out, Cue{spanOf(ts[x.From:x.To]), x.Rule})
		}
	}
	return strongest(out, func(c Cue) float64 { return kindModel().Weight(c.Rule) })
}

// typeEvidence returns the cues that spoke most strongly for a type.
func typeEvidence(ts []lang.Token, t int) []Cue {
	weight := func(rule string) float64 { return typeModel().Weight(Types[t] + " " + rule) }
	var out []Cue
	for _, x := range typePatterns().Find(ts) {
		if weight(x.Rule) > 0.2 {
			out = append(out, Cue{spanOf(ts[x.From:x.To]), x.Rule})
		}
	}
	return strongest(out, func(c Cue) float64 { return weight(c.Rule) })
}

// maxCues bounds the cues of one decision: enough to see why.
const maxCues = 3

// strongest keeps the cues that weigh most, in text order, one a rule.
func strongest(cues []Cue, weight func(Cue) float64) []Cue {
	seen := map[string]bool{}
	var out []Cue
	for _, c := range cues {
		if !seen[c.Rule] {
			seen[c.Rule] = true
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return weight(out[i]) > weight(out[j]) })
	out = out[:min(len(out), maxCues)]
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// attach tells each unit which attributions it reports: those whose content
// covers half of it, or whose cue stands in it.
func attach(units []Unit, as []Attribution) {
	extents := make([]document.Span, len(as))
	for k, a := range as {
		extents[k] = a.extent()
	}
	first := 0 // the first attribution that a unit can still overlap
	for i := range units {
		u := &units[i]
		for first < len(as) && extents[first].End <= u.Start {
			first++
		}
		for k := first; k < len(as) && extents[k].Start < u.End; k++ {
			if extents[k].Overlaps(u.Span) && reports(as[k], u.Span) {
				u.Attributions = append(u.Attributions, k)
			}
		}
	}
}

// reports tells that a unit puts forward what a attributes.
func reports(a Attribution, unit document.Span) bool {
	covered := 0
	for _, c := range a.Content {
		if c.Overlaps(unit) {
			covered += min(c.End, unit.End) - max(c.Start, unit.Start)
		}
	}
	return covered*2 >= unit.Len() || covered > 0 && unit.Overlaps(a.Cue)
}
