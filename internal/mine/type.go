package mine

import (
	"strings"

	"github.com/argmap/argmap/internal/lang"
)

// Types of a claim, in the order of their index in this package.
var Types = []string{"statistic", "anecdote", "fact", "prediction", "judgement"}

// typeCues describes a claim by the rules of lexicon/type.cues, its tenses and
// its text.
func (m *miner) typeCues(g segment, attributed bool) []string {
	ts := m.sents[g.sentence].Tokens[g.from:g.to]
	c := newSet()
	c.add("bias")
	for _, x := range typePatterns().Find(ts) {
		c.add(x.Rule)
	}
	rules := len(c.names)
	past, present, digits, names, adjectives := 0, 0, 0, 0, 0
	for i, t := range ts {
		switch {
		case t.Tag == "VBD":
			past++
		case t.Tag == "VBZ" || t.Tag == "VBP":
			present++
		case t.Tag == "CD" && strings.ContainsAny(t.Lower, "0123456789"):
			digits++
		case t.IsName() && i > 0:
			names++
		case strings.HasPrefix(t.Tag, "JJ"):
			adjectives++
		}
	}
	for _, f := range [...]struct {
		name string
		n    int
	}{{"past", past}, {"present", present}, {"digits", digits}, {"names", names}, {"adjectives", adjectives}} {
		c.add(f.name, bucket(min(f.n, 5)))
	}
	c.add("past", bucket(min(past, 3)), "present", bucket(min(present, 3)))
	c.add("past", bucket(min(past, 2)), "names", bucket(min(names, 2)))
	c.add("past", bucket(min(past, 2)), "digits", bucket(min(digits, 2)))
	for i := 1; i < rules; i++ {
		c.add(c.names[i], "past", bucket(min(past, 1)))
		c.add(c.names[i], "digits", bucket(min(digits, 1)))
	}
	c.add("len", bucket(words(ts)))
	c.add("text past", m.pastShare())
	c.add("text past", m.pastShare(), "past", bucket(min(past, 2)))
	c.add("fronted", g.fronted)
	first := firstVerb(ts)
	c.add("verb", first.Tag)
	if functionWord(ts[0]) {
		c.add("first", ts[0].Lower)
	}
	if attributed {
		c.add("attributed")
		c.add("attributed", "past", bucket(min(past, 2)))
	}
	if m.endMark(g) == "?" {
		c.add("question")
	}
	return c.names
}

func firstVerb(ts []lang.Token) lang.Token {
	for _, t := range ts {
		if t.IsFinite() {
			return t
		}
	}
	return lang.Token{Tag: "none"}
}

// typeOptions gives the cues of each type: the unit's cues with the type's name
// before them.
func typeOptions(cues []string) [][]string {
	out := make([][]string, len(Types))
	for i, t := range Types {
		out[i] = make([]string, len(cues))
		for j, c := range cues {
			out[i][j] = t + " " + c
		}
	}
	return out
}
