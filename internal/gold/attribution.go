package gold

import (
	"github.com/argmap/argmap/internal/argument"
)

// attributionFigures are those for who said what, where, in which words: spans
// but for punctuation at their edges, words inside spans, whole attributions.
func attributionFigures(docs []*doc) []Figure {
	var out []Figure
	for role, name := range roleNames {
		var exact, words count
		for _, d := range docs {
			g, p := d.trimmed(d.gold, role), d.trimmed(d.said, role)
			exact.add(countCommon(g, p), len(p), len(g))
			gw, pw := d.wordsIn(g), d.wordsIn(p)
			words.add(countCommon(gw, pw), len(pw), len(gw))
		}
		out = append(out, exact.f1(name+" exact"), words.f1(name+" words"))
	}
	var whole count
	for _, d := range docs {
		right := 0
		for _, j := range d.pairAttributions() {
			if j >= 0 {
				right++
			}
		}
		whole.add(right, countComplete(d.said), countComplete(d.gold))
	}
	return append(out, whole.f1("who said what"))
}

// spanSet is a set of spans.
type spanSet map[argument.Span]bool

// trimmed are the spans of a role, trimmed, each once.
func (d *doc) trimmed(list []attribution, role int) spanSet {
	set := spanSet{}
	for _, a := range list {
		for _, s := range a[role] {
			set[d.trim(s)] = true
		}
	}
	return set
}

// wordsIn are the words that lie wholly inside one of the spans.
func (d *doc) wordsIn(spans spanSet) spanSet {
	set := spanSet{}
	for _, w := range d.words() {
		for s := range spans {
			if s.Contains(w) {
				set[w] = true
				break
			}
		}
	}
	return set
}

func countCommon(a, b spanSet) int {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return n
}

// complete reports whether an attribution has both a content and a source; the
// others are not compared as a whole.
func (a attribution) complete() bool { return len(a[content]) > 0 && len(a[source]) > 0 }

func countComplete(list []attribution) int {
	n := 0
	for _, a := range list {
		if a.complete() {
			n++
		}
	}
	return n
}

// pairAttributions gives for each predicted attribution the index of the gold
// one that it is, or -1: the first not yet taken whose content shares at least
// half of the longer one's characters and whose source overlaps.
func (d *doc) pairAttributions() []int {
	out := unmatched(len(d.said))
	used := make([]bool, len(d.gold))
	for i, p := range d.said {
		if !p.complete() {
			continue
		}
		for j, g := range d.gold {
			if used[j] || !g.complete() {
				continue
			}
			if 2*overlap(p[content], g[content]) >= max(size(p[content]), size(g[content])) && overlap(p[source], g[source]) > 0 {
				out[i], used[j] = j, true
				break
			}
		}
	}
	return out
}

func size(spans []argument.Span) int {
	n := 0
	for _, s := range spans {
		n += s.End - s.Start
	}
	return n
}

// overlap is the sum of what each span of a shares with each of b.
func overlap(a, b []argument.Span) int {
	n := 0
	for _, s := range a {
		for _, t := range b {
			n += max(0, common(s, t))
		}
	}
	return n
}
