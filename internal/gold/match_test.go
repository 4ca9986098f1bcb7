package gold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
)

// inBytes is the first place of s in text, for gold.
func inBytes(text, s string) document.Span {
	i := strings.Index(text, s)
	if i < 0 {
		panic("no " + s + " in " + text)
	}
	return document.Span{Start: i, End: i + len(s)}
}

// inRunes is the same for maps.
func inRunes(text, s string) argument.Span {
	b := inBytes(text, s)
	start := len([]rune(text[:b.Start]))
	return argument.Span{Start: start, End: start + len([]rune(s))}
}

// span is a span of code points.
func span(start, end int) argument.Span { return argument.Span{Start: start, End: end} }

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name       string
		pred, gold []argument.Span
		want       []int
	}{
		{"none", nil, nil, []int{}},
		{"the same", []argument.Span{span(0, 9)}, []argument.Span{span(0, 9)}, []int{0}},
		{"half of the longer one", []argument.Span{span(0, 10)}, []argument.Span{span(5, 15)}, []int{0}},
		{"less than half", []argument.Span{span(0, 10)}, []argument.Span{span(6, 15)}, []int{-1}},
		{"half of the shorter one only", []argument.Span{span(0, 4)}, []argument.Span{span(0, 9)}, []int{-1}},
		{"half of an odd length rounds up", []argument.Span{span(0, 5)}, []argument.Span{span(0, 2)}, []int{-1}},
		{"touching", []argument.Span{span(0, 4)}, []argument.Span{span(4, 8)}, []int{-1}},
		{"empty", []argument.Span{span(3, 3)}, []argument.Span{span(3, 3)}, []int{-1}},
		{"best first", []argument.Span{span(0, 10), span(2, 10)}, []argument.Span{span(2, 11)}, []int{-1, 0}},
		// The second gold unit would do for the first, but is taken by a better one.
		{"one to one", []argument.Span{span(0, 6), span(6, 12)}, []argument.Span{span(0, 12), span(6, 12)}, []int{0, 1}},
		{"a tie goes to the earlier predicted", []argument.Span{span(0, 5), span(5, 10)}, []argument.Span{span(0, 10)}, []int{0, -1}},
		{"a tie goes to the earlier gold", []argument.Span{span(0, 10)}, []argument.Span{span(5, 10), span(0, 5)}, []int{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var gold []goldUnit
			for _, s := range c.gold {
				gold = append(gold, goldUnit{at: s})
			}
			toGold, toPred := match(c.pred, gold)
			if diff := cmp.Diff(c.want, append([]int{}, toGold...)); diff != "" {
				t.Errorf("- want, + got:\n%s", diff)
			}
			for j, i := range toPred {
				if i >= 0 && toGold[i] != j {
					t.Errorf("unit %d has %d as its match, which has %d", j, i, toGold[i])
				}
			}
		})
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		"— …":                 "",
		"It's 3.5 % (ca.).":   "It s 3 5 ca",
		"snake_case élan":     "snake_case élan",
		"x² ½ Ⅷ 漢字 ٣":         "x² ½ Ⅷ 漢字 ٣",
		"cafe\u0301 au":       "cafe au", // a combining mark parts words
		"a\u200bb c\u00a0d😀e": "a b c d e",
	} {
		d := &doc{text: []rune(text)}
		var got []string
		for _, w := range d.words() {
			got = append(got, string(d.text[w.Start:w.End]))
		}
		if diff := cmp.Diff(strings.Fields(want), got); diff != "" && strings.Join(got, " ") != want {
			t.Errorf("%q: - want, + got:\n%s", text, diff)
		}
	}
}

func TestTrim(t *testing.T) {
	for in, want := range map[string]string{
		"“Go,” ":    "Go",
		"(½)":       "½",
		"_a_":       "a", // an underscore is part of a word, but not of a trimmed span
		"a b":       "a b",
		"–!":        "",
		"😀 é\u0301": "é",
	} {
		d := &doc{text: []rune("xx" + in + "xx")}
		s := d.trim(span(2, 2+len([]rune(in))))
		if got := string(d.text[s.Start:s.End]); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	d := &doc{text: []rune("a –– b")}
	if got := d.trim(span(2, 4)); got != span(4, 4) {
		t.Errorf("a span of dashes became %v, want its empty end", got)
	}
}

func TestCountWords(t *testing.T) {
	for text, want := range map[string]int{"": 0, " \n": 0, "a – b": 3, "a\u00a0b\u2003c": 3, "a\x1cb\x1fc": 3, "a\u200bb": 1} {
		if got := countWords(text); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}

// TestAddRelations counts relations between three units, of which the map has
// the first two in the right place, and a third elsewhere.
func TestAddRelations(t *testing.T) {
	d := &doc{
		units: []goldUnit{{Unit: Unit{ID: "a"}}, {Unit: Unit{ID: "b"}}, {Unit: Unit{ID: "c"}}},
		relations: []Relation{{"a", "b", "attacks"}, {"a", "b", "undercuts"}, {"c", "b", "supports"},
			{"b", "c", "supports"}, {"c", "nowhere", "supports"}},
		pred: &argument.Map{Units: []argument.Unit{{ID: "u1"}, {ID: "u2"}, {ID: "u3"}}, Relations: []argument.Relation{
			{ID: "r1", Type: argument.Attacks, From: "u1", To: "u2"},
			{ID: "r2", Type: argument.Attacks, From: "u3", To: "u2"},
			{ID: "r3", Type: argument.Undercuts, From: "u3", To: "r1"},
			{ID: "r4", Type: argument.Attacks, From: "u2", To: "u1"},
		}},
		toGold: []int{0, 1, -1},
	}
	for _, c := range []struct {
		name string
		fold fold
		want count
	}{
		// Gold: a→b (twice, the same once folded), c→b, b→c. Map: r1, r2, r4.
		{"undercuts attack", undercutsAttack, count{1, 3, 3}},
		{"all support", allSupport, count{1, 3, 3}},
		{"labels as they are", func(s string) string { return s }, count{1, 3, 4}},
	} {
		var got count
		got.addRelations(d, c.fold)
		if got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
