package format

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// ids names everything that a map lists, in order.
func ids(m *argument.Map) string {
	var list []string
	for _, u := range m.Units {
		list = append(list, u.ID)
	}
	for _, s := range m.Sources {
		list = append(list, s.ID)
	}
	for _, a := range m.Attributions {
		list = append(list, a.ID)
	}
	for _, r := range m.Relations {
		list = append(list, r.ID)
	}
	return strings.Join(list, " ")
}

func TestFilter(t *testing.T) {
	for _, c := range []struct {
		only  string
		least float64
		want  string
	}{
		{"", 0, ids(rich())},
		{"claims,recommendations,sources,attributions,relations", 0,
			"u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 p1 p2 p3 p4 p5 p6 a1 a2 a3 a4 a5 a6 a7 a8 r1 r2 r3 r4 r5 r6 r7 r8 r9"},
		{"claims", 0, "u2 u3 u4 u5 u6 u7 u8 u9 u10 u11"},
		{"recommendations", 0, "u1 u12 u13 u14 u15 u16"},
		{"recommendations,sources", 0, "u1 u12 u13 u14 u15 u16 p6"},
		{"recommendations,attributions", 0, "u1 u12 u13 u14 u15 u16 p6 a8"},
		{"claims,relations", 0, "u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 r3 r4 r5 r8"},
		{"sources", 0, "p1 p2 p3 p4 p5 p6 p7"},
		{"sources", 0.85, "p1 p2 p6 p7"},
		{"attributions", 0.8, "u3 u6 u7 u9 u15 p1 p2 p4 p6 a1 a2 a3 a5 a8"},
		{"relations", 0.75, "u1 u3 u6 u7 u8 u9 r2 r5 r6 r7"},
		{"", 0.8, "u1 u2 u3 u6 u7 u9 u12 u13 u14 u15 p1 p2 p4 p6 p7 a1 a2 a3 a5 a8 r2 r5 r7"},
		{"", 1, "p7"},
	} {
		var only []string
		if c.only != "" {
			only = strings.Split(c.only, ",")
		}
		got := Filter(rich(), only, c.least)
		if ids(got) != c.want {
			t.Errorf("only %q, %v and more:\n got %s\nwant %s", c.only, c.least, ids(got), c.want)
		}
	}
}

// TestFilterDropsUndercutsInTurn: a chain of undercuts falls from its root,
// whatever the order of the list.
func TestFilterDropsUndercutsInTurn(t *testing.T) {
	m := small()
	m.Relations = []argument.Relation{
		{ID: "r1", Type: argument.Undercuts, From: "u1", To: "r2", Confidence: 1},
		{ID: "r2", Type: argument.Undercuts, From: "u2", To: "r3", Confidence: 1},
		{ID: "r3", Type: argument.Supports, From: "u3", To: "u1", Confidence: 0.2},
	}
	if got := Filter(m, nil, 0.3); len(got.Relations) != 0 {
		t.Errorf("kept %v", got.Relations)
	}
}

func TestFilterKeepsValidity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rich()
		only := rapid.SliceOf(rapid.SampledFrom(Parts())).Draw(t, "only")
		least := rapid.SampledFrom([]float64{0, 0.35, 0.4, 0.5, 0.7, 0.8, 0.9, 0.95, 1}).Draw(t, "least")
		for i := range m.Units {
			m.Units[i].Confidence = rapid.Float64Range(0, 1).Draw(t, "unit")
		}
		for i := range m.Relations {
			m.Relations[i].Confidence = rapid.Float64Range(0, 1).Draw(t, "relation")
		}
		got := Filter(m, only, least)
		if err := got.Validate(m.Document.Text); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, Filter(got, only, least)); diff != "" {
			t.Fatalf("filtering again changes it:\n%s", diff)
		}
		kept := strings.Fields(ids(got))
		for _, id := range kept {
			if !slices.Contains(strings.Fields(ids(m)), id) {
				t.Fatalf("%s is new", id)
			}
		}
	})
}
