package tally

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// sketch is a map of so many units with these relations, "2+1" for a support of
// u1 by u2, "3-1" for an attack, "4~r1" for an undercut of r1.
func sketch(units int, relations ...string) *argument.Map {
	m := &argument.Map{}
	for i := range units {
		m.Units = append(m.Units, argument.Unit{ID: fmt.Sprintf("u%d", i+1), Kind: argument.Claim, Type: argument.Fact, Role: argument.Premise})
	}
	for i, text := range relations {
		at := strings.IndexAny(text, "+-~")
		r := argument.Relation{ID: fmt.Sprintf("r%d", i+1), From: "u" + text[:at], To: "u" + text[at+1:]}
		switch text[at] {
		case '+':
			r.Type = argument.Supports
		case '-':
			r.Type = argument.Attacks
		default:
			r.Type, r.To = argument.Undercuts, text[at+1:]
		}
		m.Relations = append(m.Relations, r)
	}
	return m
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		units     int
		relations string
		want      []int
	}{
		{0, "", nil},
		{3, "", []int{3}},
		{3, "2+1 3+1", []int{1, 2}},
		{3, "1+2 2+3", []int{1, 1, 1}},
		{4, "3+2 2+1 4-1", []int{1, 2, 1}},
		{3, "2+1 3~r1", []int{1, 1, 1}}, // below u2, whose step it questions
		{5, "1+5 2+1 3+1 4+1", []int{1, 1, 3}},
	} {
		if got := levelsOf(sketch(c.units, strings.Fields(c.relations)...)); !slices.Equal(got, c.want) {
			t.Errorf("%d units, %s: %v, want %v", c.units, c.relations, got, c.want)
		}
	}
}

func TestTally(t *testing.T) {
	m := sketch(4, "2+1", "3+1", "4-1")
	m.Document = argument.Document{URI: "a.txt", Text: "Words — that count: 4, not 3-2!", Characters: 31}
	m.Units[0] = argument.Unit{ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Must}
	m.Sources = []argument.Source{{ID: "p1", Name: "Bo", Kind: argument.Person}, {ID: "p2", Name: "Ada", Kind: argument.Person}, {ID: "p3", Name: "Kiel", Kind: argument.Place}}
	m.Attributions = []argument.Attribution{
		{ID: "a1", SourceID: "p2", Units: []string{"u2", "u3"}}, {ID: "a2", SourceID: "p2", Units: []string{"u2"}},
		{ID: "a3", SourceID: "p1", Units: []string{"u4"}}, {ID: "a4"},
	}
	got := Of(m, 5)
	if *got.Words != 6 || got.Units != 4 || got.Supported != 1 || got.SupportedShare != .25 || got.Attributed != 3 || got.AttributedShare != .75 ||
		got.Relations != 3 || got.Depth != 2 || got.Breadth != 3 || got.Statements != 4 || got.Unsourced != 1 || got.Sources != 3 {
		t.Errorf("%+v, %d words", got, *got.Words)
	}
	for what, want := range map[string]int{
		"kind claim": 3, "kind recommendation": 1, "type fact": 3, "type statistic": 0, "role thesis": 1, "role premise": 3,
		"strength must": 1, "relation supports": 2, "relation attacks": 1, "source person": 2, "source place": 1,
	} {
		division, value, _ := strings.Cut(what, " ")
		if n, ok := got.By[division][value]; n != want || !ok {
			t.Errorf("%s: %d", what, n)
		}
	}
	cited := []CitedSource{{"Ada", argument.Person, 2}, {"Bo", argument.Person, 1}}
	if !slices.Equal(got.MostCited, cited) {
		t.Errorf("most cited: %v", got.MostCited)
	}
	if got := Of(m, 1).MostCited; !slices.Equal(got, cited[:1]) {
		t.Errorf("the most cited: %v", got)
	}

	silent := sketch(1)
	silent.Sources = []argument.Source{{ID: "p1", Name: "ada", Kind: argument.Person}, {ID: "p2", Name: "Ada", Kind: argument.Group}}
	silent.Attributions = []argument.Attribution{{SourceID: "p1"}, {SourceID: "p2"}}
	total := Total([]*Tally{got, Of(silent, 5)}, 5)
	if total.Words != nil || total.Units != 5 || total.Sources != 4 || total.By["source"]["person"] != 2 || total.Depth != 2 || total.Breadth != 3 ||
		total.SupportedShare != .2 || total.Documents != 2 || !slices.Equal(total.MostCited[:1], []CitedSource{{"Ada", argument.Person, 3}}) {
		t.Errorf("total %+v", total)
	}
	if empty := Total([]*Tally{Of(sketch(0), 5)}, 5); empty.SupportedShare != 0 || empty.Depth != 0 || empty.Breadth != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
