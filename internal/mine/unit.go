package mine

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// unitCues describes a segment as something that could be a unit at all:
// headings that look like sentences, questions that only ask, greetings and
// scraps are none.
func (m *miner) unitCues(g segment) []string {
	s := m.sents[g.sentence]
	ts := s.Tokens[g.from:g.to]
	c := newSet()
	c.add("bias")
	n := words(ts)
	finite := "nofin"
	if hasFinite(ts) {
		finite = "fin"
	}
	end := m.endMark(g)
	size := bucket(n)
	c.add(finite)
	c.add(end)
	c.add("len", size)
	c.add(finite, end)
	c.add(finite, "len", size)
	c.add(end, "len", size)
	c.add(finite, end, "len", size)
	kind := m.doc.Blocks[s.Block].Kind
	c.add("block", kind.String())
	if m.alone(g.sentence) {
		c.add("alone")
		c.add("alone", end)
		c.add("alone", finite)
		if kind == document.Paragraph {
			c.add("alone paragraph", end, finite)
		}
	}
	if titleCase(ts) {
		c.add("title case")
		c.add("title case", end)
	}
	first := ts[0]
	c.add("first tag", first.Tag)
	if functionWord(first) || first.IsVerb() {
		c.add("first", first.Lower, end)
	}
	if end == "?" {
		m.questionCues(c, ts)
	}
	for _, w := range []string{"thank", "thanks", "dear", "sincerely", "hello", "welcome", "image", "photo", "read", "follow", "copyright", "licensed", "reported", "contributed"} {
		if count(ts, w) > 0 {
			c.add("word", w)
		}
	}
	if g.joinFrom < g.from {
		c.add("joined")
	}
	if g.sentence == 0 {
		c.add("opens")
	}
	if g.sentence == len(m.sents)-1 {
		c.add("closes")
	}
	if strings.Contains(m.doc.At(g.Span), "http") || strings.Contains(m.doc.At(g.Span), "@") {
		c.add("address")
	}
	return c.names
}

// questionCues tell a question that asserts from one that asks.
func (m *miner) questionCues(c *set, ts []lang.Token) {
	for i, t := range ts {
		switch {
		case i == 0:
			c.add("question first", t.Lower)
		case t.Lower == "n't" && i < 3:
			c.add("question negated")
		case t.Lower == "really" || t.Lower == "any" || t.Lower == "ever" || t.Lower == "anyone" || t.Lower == "supposed" || t.Lower == "such":
			c.add("question word", t.Lower)
		}
	}
	c.add("question len", bucket(words(ts)))
}

// endMark is the mark that ends the segment's sentence, "," inside it, or "none".
func (m *miner) endMark(g segment) string {
	ts := m.sents[g.sentence].Tokens
	for _, t := range ts[g.to:] {
		switch t.Lower {
		case ".", "!", "?", ":", ";", "...", "…":
			return strings.Replace(t.Lower, "…", "...", 1)
		case `"`, "'", ")", "]":
			continue
		}
		return ","
	}
	for i := g.to - 1; i >= max(g.from, g.to-3); i-- {
		switch ts[i].Lower {
		case ".", "!", "?":
			return ts[i].Lower
		}
	}
	return "none"
}

// alone tells that a sentence is all there is in its block.
func (m *miner) alone(i int) bool {
	b := m.sents[i].Block
	return (i == 0 || m.sents[i-1].Block != b) && (i == len(m.sents)-1 || m.sents[i+1].Block != b)
}

func words(ts []lang.Token) int {
	n := 0
	for _, t := range ts {
		if t.IsWord() {
			n++
		}
	}
	return n
}

// titleCase tells that most longer words begin with a capital, as in headlines.
func titleCase(ts []lang.Token) bool {
	long, capital := 0, 0
	for i, t := range ts {
		if i > 0 && len(t.Lower) > 3 && t.IsWord() {
			long++
			if t.IsCapital() {
				capital++
			}
		}
	}
	return long >= 2 && capital*4 >= long*3
}
