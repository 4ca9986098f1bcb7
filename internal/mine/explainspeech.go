package mine

import (
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/learn"
)

// Speech is an attribution taken apart: whether its cue is one, whose words they
// are, and why each piece of its content belongs to that cue.
type Speech struct {
	Cue, Source Decision
	Content     []Decision
}

// Speech takes attribution k apart. ok is false where the labels of the words
// alone do not account for it.
func (e *Explainer) Speech(k int) (s Speech, ok bool) {
	m, a := e.m, e.found.Attributions[k]
	t := newTagger(m.sents, m.quotes, attributions(m.doc, m.sents, m.quotes), m.reading)
	sources, cues, contents := t.stretches()
	at := indexOf(cues, a.Cue)
	if at < 0 {
		return Speech{}, false
	}
	ties := m.reading.Ties(spansOf(cues), spansOf(sources), spansOf(contents))
	s.Cue = e.cue(t, cues[at])
	name := func(xs []stretch) func(int) string {
		return func(i int) string {
			if i < 0 {
				return "nobody named"
			}
			return flat(m.doc.At(xs[i].Span))
		}
	}
	if i := indexOf(sources, a.Source); i >= 0 || !a.HasSource() {
		s.Source = tie(a.Source, i, neighbours(sources, cues[at]), true,
			func(i int) bool { return sources[i].sentence == cues[at].sentence }, name(sources), func(i int) float64 { return ties.Source(at, i) })
	}
	for _, c := range a.Content {
		if i := indexOf(contents, c); i >= 0 {
			s.Content = append(s.Content, tie(c, at, neighbours(cues, contents[i]), false,
				func(cue int) bool { return t.reaches(cues[cue], contents[i]) }, name(cues), func(cue int) float64 { return ties.Content(i, cue) }))
		}
	}
	return s, true
}

func indexOf(xs []stretch, s document.Span) int {
	for i, x := range xs {
		if x.Span == s && s.Len() > 0 {
			return i
		}
	}
	return -1
}

// tie is the choice of a partner for a span among the stretches of a range that
// fit, or where there may be none of no partner, -1.
func tie(of document.Span, chosen int, among [2]int, none bool, fits func(int) bool, name func(int) string, score func(int) float64) Decision {
	var options []int
	if none {
		options = append(options, -1)
	}
	for i := among[0]; i < among[1]; i++ {
		if fits(i) {
			options = append(options, i)
		}
	}
	var scores []float64
	at := -1
	for k, o := range options {
		scores = append(scores, score(o))
		if o == chosen {
			at = k
		}
	}
	d := Decision{Span: of}
	if at < 0 {
		return d
	}
	p := learn.Softmax(append([]float64(nil), scores...))
	d.Choice = Option{name(chosen), -1, p[at]}
	d.For = d.Choice.Name
	if next := runnerUp(scores, at); next >= 0 {
		d.RunnerUp = Option{name(options[next]), -1, p[next]}
		d.Margin = scores[at] - scores[next]
		d.Evidence = []Evidence{{Name: "encoder", Value: scores[at], Weight: 1, Against: scores[next]}}
	}
	return d
}

// partNames are what the labels of words make them a part of, in their order.
var partNames = []string{"none", "source", "cue", "content"}

// cue says why the first word of a stretch belongs to a cue. What the words
// around it call for is all that the network and the cues leave over.
func (e *Explainer) cue(t *tagger, c stretch) Decision {
	first := c.sentence
	for first > 0 && t.sents[first-1].Block == t.sents[c.sentence].Block {
		first--
	}
	elements, _ := t.paragraph(first)
	at := 0
	for i := first; i < c.sentence; i++ {
		at += len(t.sents[i].Tokens)
	}
	for _, x := range t.sents[c.sentence].Tokens {
		if x.Start < c.Start {
			at++
		}
	}
	n := len(spanLabels)
	p := spanChain().Marginals(elements)[at*n : (at+1)*n]
	shares, best := make([]float64, len(partNames)), make([]int, len(partNames))
	for y, q := range p {
		part := (y + 1) / 2
		if shares[part] == 0 || q > p[best[part]] {
			best[part] = y
		}
		shares[part] += q
	}
	const cue = 2
	next := runnerUp(shares, cue)
	y, z := best[cue], best[next]
	x := elements[at]
	d := Decision{Span: c.Span, Choice: Option{partNames[cue], -1, shares[cue]}, RunnerUp: Option{partNames[next], -1, shares[next]}, For: partNames[cue]}
	d.Margin = learn.Log(max(shares[cue], 1e-9) / max(shares[next], 1e-9))
	read := Evidence{Name: "encoder", Value: x.Given[y], Weight: 1, Against: x.Given[z]}
	cues := Evidence{Name: "cues", Weight: 1}
	for _, name := range x.Cues {
		cues.Value += spanChain().Weight(name, y)
		cues.Against += spanChain().Weight(name, z)
	}
	d.Evidence = []Evidence{read, cues, {Name: "neighbours", Value: d.Margin - read.Lead() - cues.Lead(), Weight: 1}}
	weight := func(label int) func(string) float64 {
		return func(name string) float64 { return spanChain().Weight(name, label) }
	}
	d.explainCues(x.Cues, weight(y), weight(z), func(string) document.Span { return document.Span{} })
	return d
}

// SpeechConfidence says how sure it is that attribution k is right.
func (e *Explainer) SpeechConfidence(k int) Decision {
	a := e.found.Attributions[k]
	return YesNo("right", "wrong", true, a.Confidence, a.Grounds(), attributionSure())
}

// Resolution says how attribution k was given its source, in the words of
// package argument, and which mention of the source stands before it.
func (e *Explainer) Resolution(k int) (how string, before document.Span) {
	a := e.found.Attributions[k]
	if !a.HasSource() {
		return argument.ByNoMention, before
	}
	if a.Speaker < 0 {
		return argument.ByNothing, before
	}
	entry := e.found.Sources[a.Speaker]
	for _, m := range entry.Mentions {
		if m.End <= a.Source.Start {
			before = m
		}
	}
	p := parsePhrase((&book{}).tokensAt(e.m.sents[a.sentence], a.Source), e.m.doc.Text)
	switch {
	case entry.Kind == string(argument.Author):
		return argument.ByFirstPerson, before
	case p.pronoun != "":
		return argument.ByPronoun, before
	case len(p.name) > 0:
		return byName(spaced(p.name), strings.ToLower(entry.Name)), before
	case before.Len() > 0:
		return argument.ByDescription, before
	}
	return argument.ByPhrase, before
}

// byName tells how a name as it stands compares with the ledger's.
func byName(name, full string) string {
	switch {
	case strings.ReplaceAll(name, " ", "") == strings.ReplaceAll(full, " ", ""):
		return argument.ByName
	case !strings.Contains(name, " ") && initials(strings.Fields(full)) == strings.ReplaceAll(name, ".", ""):
		return argument.ByInitials
	}
	return argument.ByPartOfName
}
