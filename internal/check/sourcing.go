package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// The rules about whose word a text rests on.

func unsupportedStatistic(v *view) []Finding {
	return unsupported(v, argument.Statistic, "this figure has neither a source nor a reason")
}

// claimOnUnnamedSources finds what only sources without a name vouch for: the
// units that they say, and the main points that rest on nothing but such
// units. An objection that they are made to raise is another rule's.
func claimOnUnnamedSources(v *view) []Finding {
	var list []Finding
	g := grounds{v: v, known: map[string]bool{}}
	for i := range v.m.Units {
		u := &v.m.Units[i]
		if r, ok := v.leaving[u.ID]; ok && r.Type == argument.Attacks || !g.nameless(u) {
			continue
		}
		said, least := v.said[u.ID], []float64{}
		for _, a := range said {
			least = append(least, a.Confidence)
		}
		if len(said) > 0 {
			message := fmt.Sprintf("only %s, a source without a name, vouches for this", v.namesOf(said))
			list = append(list, about(u, message, least...))
			continue
		}
		if u.Role == argument.Premise && u.Kind == argument.Claim {
			continue // the main point above it, if any, is reported
		}
		var reasons []*argument.Unit
		for _, r := range v.supports[u.ID] {
			reasons = append(reasons, v.units[r.From])
			least = append(least, r.Confidence, v.units[r.From].Confidence)
		}
		list = append(list, about(u, nameOf(u)+" rests only on what sources without a name say", least...).see(reasons...))
	}
	return list
}

// namesOf lists the sources of attributions as the ledger calls them, each once.
func (v *view) namesOf(list []*argument.Attribution) string {
	var names []string
	for _, a := range list {
		if p, ok := v.sources[a.SourceID]; ok && !slices.Contains(names, "“"+p.Name+"”") {
			names = append(names, "“"+p.Name+"”")
		}
	}
	return strings.Join(names, ", ")
}

// grounds finds out what units rest on in the end.
type grounds struct {
	v     *view
	known map[string]bool // also guards against circles
}

// nameless reports whether all that vouches for u, its sources and its
// reasons, comes down to sources without a name. What has neither is its
// author's word, who has a name.
func (g *grounds) nameless(u *argument.Unit) bool {
	if answer, ok := g.known[u.ID]; ok {
		return answer
	}
	g.known[u.ID] = false
	for _, a := range g.v.said[u.ID] {
		if !g.v.unnamed(a) {
			return false
		}
	}
	for _, r := range g.v.supports[u.ID] {
		if from := g.v.units[r.From]; from == nil || !g.nameless(from) {
			return false
		}
	}
	g.known[u.ID] = len(g.v.said[u.ID])+len(g.v.supports[u.ID]) > 0
	return g.known[u.ID]
}

// unnamedOpponent finds objections of "critics" or "some": whether anybody
// holds them, a reader cannot tell.
func unnamedOpponent(v *view) []Finding {
	var list []Finding
	for i := range v.m.Relations {
		r := &v.m.Relations[i]
		from, target := v.units[r.From], v.units[r.To]
		if r.Type != argument.Attacks || from == nil || target == nil || len(v.said[from.ID]) == 0 {
			continue
		}
		least, named := []float64{r.Confidence}, false
		for _, a := range v.said[from.ID] {
			least = append(least, a.Confidence)
			named = named || !v.unnamed(a)
		}
		if named {
			continue
		}
		message := fmt.Sprintf("only %s, a source without a name, raises this objection", v.namesOf(v.said[from.ID]))
		list = append(list, about(from, message, least...).see(target))
	}
	return list
}

// quotationWithoutSpeaker looks at whole quotations. Words in quotation marks
// within a sentence of the author's may be an ironical use or a term.
func quotationWithoutSpeaker(v *view) []Finding {
	var list []Finding
	for i := range v.m.Attributions {
		a := &v.m.Attributions[i]
		if a.SourceID != "" || a.Manner != argument.Direct || len(a.Units) == 0 {
			continue
		}
		if u, ok := v.units[a.Units[0]]; ok && len(v.said[u.ID]) == 1 {
			list = append(list, about(u, "this quotation has no speaker", a.Confidence))
		}
	}
	return list
}

// severalStatements is how much a text must report before it can be said to
// rest on one source.
const severalStatements = 3

// oneSource finds texts that report a good deal and all of it from one source
// other than their author.
func oneSource(v *view) []Finding {
	var (
		only  *argument.Source
		least []float64
	)
	for i := range v.m.Attributions {
		a := &v.m.Attributions[i]
		p, ok := v.sources[a.SourceID]
		switch {
		case !ok || p.Kind == argument.Author:
			continue
		case only != nil && only != p:
			return nil
		}
		only, least = p, append(least, a.Confidence)
	}
	if len(least) < severalStatements {
		return nil
	}
	f := Finding{
		Message:    fmt.Sprintf("all %d statements that the text reports come from %s", len(least), only.Name),
		Confidence: slices.Min(least),
	}
	if len(only.Mentions) > 0 {
		f.Passage = Passage{Span: only.Mentions[0], Text: v.textAt(only.Mentions[0])}
	}
	return []Finding{f}
}

// textAt is the passage at s as far as the map tells it: from its text, or
// from a unit that holds it.
func (v *view) textAt(s argument.Span) string {
	whole := Passage{Span: argument.Span{End: v.m.Document.Characters}, Text: v.m.Document.Text}
	if whole.Text == "" {
		for i := range v.m.Units {
			if v.m.Units[i].Contains(s) {
				whole = passageOf(&v.m.Units[i])
				break
			}
		}
	}
	runes := []rune(whole.Text)
	if !whole.Contains(s) || s.Start < 0 || s.End-whole.Start > len(runes) {
		return ""
	}
	return string(runes[s.Start-whole.Start : s.End-whole.Start])
}
