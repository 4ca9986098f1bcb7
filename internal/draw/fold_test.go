package draw

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// fixtureTown has a unit of every rank: the thesis u1, main claims u2 and u8, a
// recommendation u5, an objection u6, one that bears on nothing u9, one with a
// source u4, and plain premises.
var fixtureTown = mapOf("The town well", `
	u1 thesis judgement: The well must stay open
	u2 claim judgement: It is the only water that never failed
	u3 premise statistic: It gave water on each of ninety dry days
	u4 premise fact: The old mayor measured it
	u5 premise must>the council: Mend the winch
	u6 premise judgement: The winch is beyond mending
	u7 premise fact: Its axle has rusted through
	u8 claim judgement: People meet there
	u9 premise fact: The square was paved in spring
	u10 premise anecdote: Two of them married
	u2 + u1
	u3 + u2
	u4 + u3
	u5 + u2
	u6 - u5
	u7 + u6
	u8 + u1
	u10 + u8
	p1 = Ada Lund: u4`)

// TestFold folds one unit after the other: the plain ones first, the thesis
// never, and what is folded is counted where it went.
func TestFold(t *testing.T) {
	for _, c := range []struct {
		limit int
		shown string
		notes string
	}{
		{10, "u1 u2 u3 u4 u5 u6 u7 u8 u9 u10", ""},
		{9, "u1 u2 u3 u4 u5 u6 u8 u9 u10", "1 minor premise is folded into the unit that it bears on."},
		{8, "u1 u2 u3 u4 u5 u6 u8 u9", "2 minor premises are folded into the units that they bear on."},
		{7, "u1 u2 u3 u5 u6 u8 u9", "3 minor premises are folded into the units that they bear on."},
		{6, "u1 u2 u5 u6 u8 u9", "4 minor premises are folded into the units that they bear on."},
		{5, "u1 u2 u5 u6 u8", "4 minor premises are folded into the units that they bear on. 1 unit that bears on nothing is left out."},
		{4, "u1 u2 u5 u8", "5 minor premises are folded into the units that they bear on. 1 unit that bears on nothing is left out."},
		{3, "u1 u2 u8", "5 minor premises and 1 recommendation are folded into the units that they bear on. 1 unit that bears on nothing is left out."},
		{2, "u1 u2", "5 minor premises, 1 recommendation and 1 main claim are folded into the units that they bear on. 1 unit that bears on nothing is left out."},
		{1, "u1", "5 minor premises, 1 recommendation and 2 main claims are folded into the units that they bear on. 1 unit that bears on nothing is left out."},
	} {
		chosen, notes := choose(mapsOf(fixtureTown), Options{MaxUnits: c.limit})
		if got := shownIn(chosen[0]); got != c.shown {
			t.Errorf("at most %d: %s, want %s", c.limit, got, c.shown)
		}
		if got := strings.Join(notes, " "); got != c.notes {
			t.Errorf("at most %d: %q, want %q", c.limit, got, c.notes)
		}
		checkSum(t, fixtureTown, chosen[0], len(c.shown) < 26)
	}
	chosen, _ := choose(mapsOf(fixtureTown), Options{MaxUnits: 3})
	u2 := chosen[0].folded["u2"]
	if got, want := u2.String(), "+ 3 reasons, 1 objection, 1 recommendation"; got != want {
		t.Errorf("u2 says %q, want %q", got, want)
	}
}

// shownIn is the ids of what is drawn.
func shownIn(s selection) string {
	var ids []string
	for i := range s.m.Units {
		ids = append(ids, s.m.Units[i].ID)
	}
	return strings.Join(ids, " ")
}

// checkSum: what is shown and what is folded are all units of the map, each once,
// but for those that may be lost as they bear on nothing.
func checkSum(t *testing.T, m *argument.Map, s selection, mayLose bool) {
	t.Helper()
	seen := map[string]int{}
	for i := range s.m.Units {
		seen[s.m.Units[i].ID]++
	}
	for host, tally := range s.folded {
		if _, ok := s.m.Unit(host); !ok {
			t.Errorf("%s holds folded units and is not drawn", host)
		}
		if tally.total() != len(tally.ids) {
			t.Errorf("%s counts %d units and names %v", host, tally.total(), tally.ids)
		}
		for _, id := range tally.ids {
			seen[id]++
		}
	}
	f := newForest(m)
	for i := range m.Units {
		id := m.Units[i].ID
		switch n := seen[id]; {
		case n > 1:
			t.Errorf("%s is drawn or counted %d times", id, n)
		case n == 0 && (!mayLose || f.up[i] >= 0):
			t.Errorf("%s is neither drawn nor counted", id)
		}
	}
}

// TestFoldAddsUp: in maps of any size and shape, under every limit.
func TestFoldAddsUp(t *testing.T) {
	for _, n := range []int{1, 5, 40, 150, 400} {
		for _, limit := range []int{1, 3, 10, 60, 100, 1000} {
			m := genMap(n, 4)
			chosen, _ := choose(mapsOf(m), Options{MaxUnits: limit})
			checkSum(t, m, chosen[0], true)
			if got := len(chosen[0].m.Units); got != min(n, limit) {
				t.Errorf("%d of %d units drawn, want %d", got, n, min(n, limit))
			}
			for i := range chosen[0].m.Relations {
				r := chosen[0].m.Relations[i]
				_, from := chosen[0].m.Unit(r.From)
				if _, to := chosen[0].m.Unit(r.To); !from || !to {
					t.Errorf("%s has lost an end", r.ID)
				}
			}
		}
	}
}

// TestFoldedIsWritten: the box says what was folded into it, as does its tooltip,
// and the picture says it as a whole.
func TestFoldedIsWritten(t *testing.T) {
	var notes []string
	dot := dotOf(t, mapsOf(fixtureTown), Options{MaxUnits: 5, Note: func(s string) { notes = append(notes, s) }})
	for _, want := range []string{"+ 2 reasons", "folded into it: u3, u4", "<B>+ 1 reason</B>", "folded into it: u10"} {
		if !strings.Contains(dot, want) {
			t.Errorf("DOT lacks %q", want)
		}
	}
	if len(notes) != 2 {
		t.Errorf("notes %q, want two", notes)
	}
	for _, note := range notes {
		if !strings.Contains(squeeze(strings.ReplaceAll(dot, "<BR/>", " ")), squeeze(note)) {
			t.Errorf("the picture does not say %q", note)
		}
	}
}

func TestCollapse(t *testing.T) {
	chosen, notes := choose(mapsOf(fixtureTown), Options{Collapse: true})
	if got, want := shownIn(chosen[0]), "u1 u2 u8 u9"; got != want {
		t.Errorf("drawn: %s, want %s", got, want)
	}
	if want := []string{"5 premises and 1 recommendation are folded into the units that they bear on."}; !slices.Equal(notes, want) {
		t.Errorf("notes %q, want %q", notes, want)
	}
	checkSum(t, fixtureTown, chosen[0], false)
	for _, n := range []int{30, 200} {
		m := genMap(n, 2)
		chosen, _ := choose(mapsOf(m), Options{Collapse: true, MaxUnits: 1000})
		checkSum(t, m, chosen[0], false)
		f := newForest(m)
		for i := range chosen[0].m.Units {
			u := &chosen[0].m.Units[i]
			if j := f.place[u.ID]; u.Role == argument.Premise && f.up[j] >= 0 && len(f.down[j]) == 0 {
				t.Errorf("%s is a premise that is not folded", u.ID)
			}
		}
	}
}

func TestFocus(t *testing.T) {
	for _, c := range []struct {
		id    string
		depth int
		shown string
	}{
		{"u5", 0, "u1 u2 u5 u6 u7"},
		{"u5", 1, "u2 u5 u6"},
		{"u6", 1, "u5 u6 u7"},
		{"u6", 9, "u1 u2 u5 u6 u7"},
		{"u9", 3, "u9"},
		{"u1", 1, "u1 u2 u8"},
	} {
		chosen, notes := choose(mapsOf(fixtureTown), Options{Focus: c.id, Depth: c.depth})
		if got := shownIn(chosen[0]); got != c.shown {
			t.Errorf("around %s, %d steps: %s, want %s", c.id, c.depth, got, c.shown)
		}
		want := fmt.Sprintf(": %d of 10 units are drawn.", len(strings.Fields(c.shown)))
		if len(notes) != 1 || !strings.HasSuffix(notes[0], want) {
			t.Errorf("around %s: notes %q, want one that ends in %q", c.id, notes, want)
		}
	}
	// Of several maps those are drawn that have the unit, and only it stands out.
	dot := dotOf(t, mapsOf(fixtureSmall, fixtureTown), Options{Focus: "u10", Depth: 1})
	for _, c := range []struct {
		part string
		want int
	}{{"class=\"unit", 2}, {" focus\"", 1}, {"married (", 1}, {"bakery", 0}} {
		if got := strings.Count(dot, c.part); got != c.want {
			t.Errorf("DOT has %q %d times, want %d:\n%s", c.part, got, c.want, dot)
		}
	}
}

func TestUnknownFocus(t *testing.T) {
	for _, c := range []struct {
		maps []*argument.Map
		id   string
		want string
	}{
		{mapsOf(fixtureTown), "u12", `no unit has the id "u12"; the nearest are u10, u9, u8`},
		{mapsOf(fixtureTown), "U2", `no unit has the id "U2"; the nearest are u2, u1, u3`},
		{mapsOf(fixtureTown), "", ""},
		{mapsOf(fixtureTown), "u10", ""},
		{mapsOf(mapOf("", "")), "u1", `no unit has the id "u1": there are no units`},
		{mapsOf(fixtureSmall, fixtureTown), "u99999999999999999999", `no unit has the id "u99999999999999999999"; the nearest are u10, u9, u8`},
	} {
		err := DOT(io.Discard, c.maps, Options{Focus: c.id})
		var unknown *UnknownUnitError
		if c.want == "" {
			if err != nil {
				t.Errorf("focus %q: %v", c.id, err)
			}
		} else if !errors.As(err, &unknown) || err.Error() != c.want {
			t.Errorf("focus %q: %v, want %s", c.id, err, c.want)
		}
	}
}

func TestOnlyRecommendations(t *testing.T) {
	chosen, notes := choose(mapsOf(fixtureTown), Options{Only: "recommendations"})
	if got, want := shownIn(chosen[0]), "u2 u5 u6"; got != want {
		t.Errorf("drawn: %s, want %s", got, want)
	}
	if len(notes) != 1 || !strings.HasSuffix(notes[0], ": 3 of 10 units are drawn.") {
		t.Errorf("notes %q, want one on 3 of 10 units", notes)
	}
	if u6 := chosen[0].folded["u6"]; u6.String() != "+ 1 reason" {
		t.Errorf("u6 says %q, want + 1 reason", u6.String())
	}
	dot := dotOf(t, mapsOf(fixtureNoThesis), Options{Only: "recommendations"})
	if !strings.Contains(dot, "No recommendations found in this text.") {
		t.Errorf("nothing is said of there being none:\n%s", dot)
	}
}

// TestManyMaps: a picture of many texts is bounded as a whole.
func TestManyMaps(t *testing.T) {
	var maps []*argument.Map
	for range 50 {
		maps = append(maps, genMap(60, 1))
	}
	for _, c := range []struct{ limit, want int }{{0, 50 * 20}, {5, 50 * 5}, {100, 50 * 60}} {
		chosen, _ := choose(maps, Options{MaxUnits: c.limit})
		if got := units(chosen); got != c.want {
			t.Errorf("limit %d: %d units of 50 texts, want %d", c.limit, got, c.want)
		}
	}
	// Sources go before the picture grows out of all bounds.
	_, notes := choose(maps, Options{})
	if len(notes) == 0 || notes[len(notes)-1] != "Too many to draw: sources are left out." {
		t.Errorf("notes %q, want one on sources", notes)
	}
}

// TestSourcesOfFoldedUnits: sources take room by the units that are drawn, not by
// those that are folded.
func TestSourcesOfFoldedUnits(t *testing.T) {
	m := genMap(1500, 1)
	m.Attributions = nil
	for i := range m.Units {
		m.Attributions = append(m.Attributions, argument.Attribution{SourceID: m.Sources[0].ID, Units: []string{m.Units[i].ID}})
	}
	chosen, notes := choose(mapsOf(m), Options{})
	if got, want := boxes(chosen), 2*DefaultMaxUnits; got != want {
		t.Errorf("%d boxes, want %d: each unit drawn and its source; notes %q", got, want, notes)
	}
}

// TestCircle: saved maps may hold circles, which have no end to fold from.
func TestCircle(t *testing.T) {
	m := mapOf("Round", `
		u1 premise fact: One
		u2 premise fact: Two
		u3 premise fact: Three
		u4 premise fact: Four
		u1 + u2
		u2 + u3
		u3 + u1
		u4 + u4`)
	for limit := 1; limit <= 4; limit++ {
		chosen, _ := choose(mapsOf(m), Options{MaxUnits: limit})
		if got := len(chosen[0].m.Units); got != limit {
			t.Errorf("at most %d: %d drawn", limit, got)
		}
		checkSum(t, m, chosen[0], true)
	}
}
