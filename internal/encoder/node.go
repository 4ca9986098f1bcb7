package encoder

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// node is what the upper layers see: a unit, or a line between units (a title, a
// heading, a question, a lead-in) of two words or more.
type node struct {
	span
	unit bool
	// paragraph counts the lines before the node that hold a node; fresh tells
	// that a sentence begins with it.
	paragraph int
	fresh     bool
}

// nodes returns the nodes of a text whose units are given, in text order.
func (l *layout) nodes(units []span) []node {
	var out []node
	last := 0
	for _, u := range units {
		if u.from == u.to {
			continue
		}
		out = l.lines(out, last, u.from)
		out = append(out, node{span: u, unit: true})
		last = u.to
	}
	out = l.lines(out, last, len(l.pieces))
	l.place(out)
	return out
}

// lines appends the lines from piece from to piece to.
func (l *layout) lines(out []node, from, to int) []node {
	start := from
	for i := from; i <= to && from < to; i++ {
		if i < to && (i == from || !strings.Contains(l.gap(i), "\n")) {
			continue
		}
		words := 0
		for k := start; k < i; k++ {
			if l.first[k] && alnumAt(l.text, int(l.pieces[k].start)) {
				words++
			}
		}
		if words >= 2 {
			out = append(out, node{span: span{start, i}})
		}
		start = i
	}
	return out
}

var sentenceEnd = regexp.MustCompile(`[.?!…]["”’')\]]*\s`)

func (l *layout) place(nodes []node) {
	for k := range nodes {
		if k == 0 {
			nodes[k].fresh = true
			continue
		}
		before, start := l.pieces[nodes[k-1].to-1], l.pieces[nodes[k].from].start
		between := l.between(before.end, start)
		newline := strings.Contains(between, "\n")
		nodes[k].paragraph = nodes[k-1].paragraph
		if newline {
			nodes[k].paragraph++
		}
		nodes[k].fresh = newline || sentenceEnd.MatchString(l.between(before.start, start))
	}
}

// nodeFeatures is how many numbers describe a node beside its vectors.
const nodeFeatures = 11

// describe fills in the numbers that say where node k stands and how it looks;
// train/corpus.py has the same.
func (l *layout) describe(dst []float32, nodes []node, k int) {
	n, last := nodes[k], nodes[len(nodes)-1]
	start := int(l.pieces[n.from].start)
	first, _ := utf8.DecodeRuneInString(l.text[start:])
	before, _ := utf8.DecodeLastRuneInString(l.text[:start])
	flag := func(b bool) float32 {
		if b {
			return 1
		}
		return 0
	}
	dst[0] = float32(k) / float32(len(nodes))
	dst[1] = float32(n.paragraph) / float32(max(1, last.paragraph))
	dst[2] = flag(k == 0 || nodes[k-1].paragraph != n.paragraph)
	dst[3] = flag(k == len(nodes)-1 || nodes[k+1].paragraph != n.paragraph)
	dst[4] = float32(min(n.to-n.from, 60)) / 60
	dst[5] = flag(unicode.IsUpper(first))
	dst[6] = flag(n.unit)
	dst[7] = flag(n.fresh)
	dst[8] = flag(n.paragraph == 0)
	dst[9] = flag(n.paragraph == last.paragraph)
	dst[10] = flag(openQuote(first) || start > 0 && openQuote(before))
}

func openQuote(r rune) bool { return strings.ContainsRune("\"“‘«„", r) }
