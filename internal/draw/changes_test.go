package draw

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// The map of two versions in the golden files: something of every status, an
// undercut among them, a section that is new and one that is gone.
var (
	fixtureChanges = mapOf("Open the old lock", `
		# s1 Why
		u1 thesis must>the canal board: The board must open the old lock to boats again
		u2 claim judgement: Boats bring trade to the upper town
		u3 premise statistic: Eleven boats a day turned back there last summer
		u4 premise fact: The gates still turn
		u5 premise judgement: The gates leak at every flood
		u6 premise fact: A diver measured the leak in May
		u2 + u1
		u3 + u2
		u4 + u2
		u5 ! u4
		u6 - u5
		# s2 What it costs
		u7 claim statistic: The lock costs nine thousand crowns a year
		u8 premise judgement: A keeper would have to be paid
		u9 premise fact: The keeper of the lower lock has little to do
		u7 - u1
		u8 + u7
		u9 - u8
		# s3 What else there is
		u10 claim should>the town: The town should lengthen the quay instead
		u10 - u1
		p1 = Ada Lund: u3
		p2 = Canal Board: u7
		p3 = Jo Vik: u3 u9`)

	changesOfFixture = &Changes{
		From: "draft.txt", To: "final.txt",
		Units: map[string]Change{
			"u1": {Status: Changed, Word: "newly attacked", Details: []string{"strength: should → must"}},
			"u3": {
				Status: Reworded, Was: "Seven boats a day turned back last summer",
				Pieces: []Piece{{Dropped, "Seven"}, {Added, "Eleven"}, {Unchanged, "boats a day turned back"}, {Added, "there"}, {Unchanged, "last summer"}},
			},
			"u5":  {Status: Added},
			"u6":  {Status: Dropped, Name: "old u7"},
			"u8":  {Status: Dropped, Name: "old u8"},
			"u9":  {Status: Changed, Details: []string{"type: judgement → fact"}},
			"u10": {Status: Added},
		},
		Relations: map[string]Change{
			"r4": {Status: Added}, "r5": {Status: Dropped}, "r6": {Status: Changed, Details: []string{"was: supports"}},
			"r7": {Status: Dropped}, "r8": {Status: Dropped}, "r9": {Status: Added},
		},
		Sections:     map[string]Status{"s2": Dropped, "s3": Added},
		Attributions: map[string]Status{"a2": Added, "a3": Dropped},
		Former: []argument.Relation{
			{ID: "r90", Type: argument.Supports, From: "u3", To: "u8"},
			{ID: "r91", Type: argument.Undercuts, From: "u4", To: "r7"},
		},
	}
)

// changed gives everything in the map a status, by chance but the same for the
// same seed.
func changed(m *argument.Map, seed uint64) *Changes {
	r := rand.New(rand.NewPCG(seed, 9))
	c := &Changes{
		From: "old.txt", To: "new.txt", Units: map[string]Change{}, Relations: map[string]Change{},
		Sections: map[string]Status{}, Attributions: map[string]Status{},
	}
	status := func(all ...Status) Status {
		if r.IntN(2) == 0 {
			return Unchanged
		}
		return all[r.IntN(len(all))]
	}
	for _, u := range m.Units {
		change := Change{Status: status(Added, Dropped, Reworded, Changed)}
		switch change.Status {
		case Dropped:
			change.Name = "old " + u.ID
		case Reworded:
			words := strings.Fields(u.Text)
			half := len(words) / 2
			change.Pieces = []Piece{
				{Unchanged, strings.Join(words[:half], " ")}, {Dropped, "what once stood here"}, {Added, strings.Join(words[half:], " ")},
			}
		case Changed:
			change.Word, change.Details = "no longer supported", []string{"role: claim → premise"}
		}
		c.Units[u.ID] = change
	}
	for _, rel := range m.Relations {
		c.Relations[rel.ID] = Change{Status: status(Added, Dropped, Changed)}
		if r.IntN(6) == 0 {
			c.Former = append(c.Former, argument.Relation{ID: "f" + rel.ID, Type: argument.Attacks, From: rel.From, To: m.Units[r.IntN(len(m.Units))].ID})
		}
	}
	for _, s := range m.Sections {
		c.Sections[s.ID] = status(Added, Dropped)
	}
	for _, a := range m.Attributions {
		c.Attributions[a.ID] = status(Added, Dropped)
	}
	return c
}

// TestLayoutOfChanges: pictures of changes keep the rules of all pictures, and the
// words beside lines stand clear.
func TestLayoutOfChanges(t *testing.T) {
	seeds := uint64(5)
	if testing.Short() {
		seeds = 1
	}
	for _, n := range []int{1, 2, 5, 11, 25, 60, 110} {
		for seed := range seeds {
			for _, dir := range append(rankdirs, "") {
				t.Run(fmt.Sprintf("%d-%d-%s", n, seed, dir), func(t *testing.T) {
					m := genMap(n, seed)
					pic := compose(mapsOf(m), Options{Rankdir: dir, Changes: changed(m, seed)})
					checkLayout(t, pic)
					checkApart(t, pic.parts[0].links)
					for _, b := range allBoxes(pic) {
						checkText(t, b)
					}
				})
			}
		}
	}
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			m := s.shape(genMap(60, 7))
			pic := compose(mapsOf(m), Options{Changes: changed(m, 3)})
			checkLayout(t, pic)
			for _, b := range allBoxes(pic) {
				checkText(t, b)
			}
		})
	}
}

// TestLinesOfChangesApart: also across sections, what is new, what is gone and
// what is as before do not run in one line.
func TestLinesOfChangesApart(t *testing.T) {
	for seed := range uint64(20) {
		for _, dir := range rankdirs {
			c := changed(fixtureAcross, seed)
			pic := compose(mapsOf(fixtureAcross), Options{Rankdir: dir, Changes: c})
			checkLayout(t, pic)
			checkApart(t, pic.parts[0].links)
		}
	}
}

// TestLanesOfChanges: nor do supports of one unit from another section.
func TestLanesOfChanges(t *testing.T) {
	m := mapOf("", `
		# s1 Why
		u1 thesis judgement: Mend the pier
		u2 claim judgement: It is needed
		u2 + u1
		# s2 How
		u3 claim fact: Boats wait
		u4 claim fact: People wait
		u5 claim fact: Gulls wait
		u3 + u2
		u4 + u2
		u5 + u2`)
	c := &Changes{Relations: map[string]Change{"r3": {Status: Dropped}, "r4": {Status: Added}}}
	for _, dir := range rankdirs {
		pic := compose(mapsOf(m), Options{Rankdir: dir, Changes: c})
		checkLayout(t, pic)
		checkApart(t, pic.parts[0].links)
	}
}

// TestEntriesOfChanges: lines that come to a small thesis meet it apart.
func TestEntriesOfChanges(t *testing.T) {
	m := mapOf("", `
		u1 thesis judgement: Mend it
		u2 claim fact: Boats wait
		u3 claim fact: People wait
		u4 claim fact: Gulls wait
		u5 claim fact: It is dear
		u6 claim fact: It is old
		u2 + u1
		u3 + u1
		u4 + u1
		u5 - u1
		u6 - u1`)
	c := &Changes{Relations: map[string]Change{"r2": {Status: Dropped}, "r3": {Status: Added}}}
	pic := compose(mapsOf(m), Options{Rankdir: "RL", Changes: c})
	checkLayout(t, pic)
	var ends []float64
	for _, l := range pic.parts[0].links {
		ends = append(ends, l.path[len(l.path)-1].Y)
	}
	slices.Sort(ends)
	for i := 1; i < len(ends); i++ {
		if ends[i]-ends[i-1] < 9.9 {
			t.Errorf("lines meet the thesis at %v, want 10 points between each two", ends)
		}
	}
}

// TestJoin: dashed lines that share a way are drawn on it once.
func TestJoin(t *testing.T) {
	path := func(xy ...float64) []point {
		var p []point
		for i := 0; i < len(xy); i += 2 {
			p = append(p, point{xy[i], xy[i+1]})
		}
		return p
	}
	main := path(100, 50, 60, 50, 60, 20, 0, 20)
	for _, c := range []struct {
		name       string
		path, want []point
	}{
		{"into the upright", path(100, 40, 60, 40, 60, 20, 0, 20), path(100, 40, 60, 40)},
		{"along the upright", path(100, 90, 60, 90, 60, 20, 0, 20), path(100, 90, 60, 90, 60, 50)},
		{"from the other side", path(100, 5, 60, 5, 60, 20, 0, 20), path(100, 5, 60, 5, 60, 20)},
		{"straight ahead", path(100, 20, 0, 20), path(100, 20, 60, 20)},
		{"across", path(100, 30, 30, 30, 30, 20, 0, 20), path(100, 30, 60, 30)},
		{"elsewhere", path(100, 10, 0, 10), nil},
	} {
		k := link{path: slices.Clone(c.path)}
		k.cut(main)
		want := c.want
		if want == nil {
			want = c.path
		}
		if !slices.Equal(k.path, want) || k.joins != (c.want != nil) {
			t.Errorf("%s: %v (joins: %v), want %v", c.name, k.path, k.joins, want)
		}
	}
	gone := &Changes{Relations: map[string]Change{"r2": {Status: Dropped}, "r3": {Status: Dropped}}}
	pic := compose(mapsOf(fixtureSections), Options{Rankdir: "RL", Changes: gone})
	var whole, joined int
	for _, l := range pic.parts[0].links {
		switch {
		case l.tint != &tints[Dropped]:
		case l.joins:
			joined++
		default:
			whole++
		}
	}
	if whole != 1 || joined != 1 {
		t.Errorf("of two supports that are gone %d are drawn whole and %d joined to others", whole, joined)
	}
	checkLayout(t, pic)
}

// TestFoldKeepsChanges: under any limit, what has changed is drawn, and what is
// folded is counted.
func TestFoldKeepsChanges(t *testing.T) {
	for _, limit := range []int{1, 10, 60} {
		for seed := range uint64(4) {
			m := genMap(90, seed)
			c := changed(m, seed)
			for _, u := range m.Units { // few changes, or nothing would be folded
				if len(u.ID) != 2 {
					delete(c.Units, u.ID)
				}
			}
			for i, r := range m.Relations {
				if i%5 > 0 {
					delete(c.Relations, r.ID)
				}
			}
			for i, a := range m.Attributions {
				if i%5 > 0 {
					delete(c.Attributions, a.ID)
				}
			}
			c.Former = c.Former[:min(2, len(c.Former))]
			for _, collapse := range []bool{false, true} {
				opt := Options{MaxUnits: limit, Changes: c, Collapse: collapse}
				chosen, _ := choose(mapsOf(m), opt)
				checkSum(t, m, chosen[0], true)
				checkChangesDrawn(t, m, chosen[0].m, c)
				if n := len(chosen[0].m.Units); limit < 60 && n > 75 {
					t.Errorf("at most %d: %d of %d units are drawn", limit, n, len(m.Units))
				}
			}
		}
	}
}

// checkChangesDrawn: drawn has all of whole that changed.
func checkChangesDrawn(t *testing.T, whole, drawn *argument.Map, c *Changes) {
	t.Helper()
	want := func(id, why string) {
		if _, ok := drawn.Unit(id); !ok {
			t.Errorf("%s is hidden: %s", id, why)
		}
	}
	for id, change := range c.Units {
		if change.Status != Unchanged {
			want(id, tints[change.Status].word)
		}
	}
	for _, r := range c.Former {
		want(r.From, "had another relation")
		want(r.To, "had another relation")
	}
	for _, r := range whole.Relations {
		shown := slices.ContainsFunc(drawn.Relations, func(d argument.Relation) bool { return d.ID == r.ID })
		if c.Relations[r.ID].Status != Unchanged && !shown {
			t.Errorf("%s is hidden", r.ID)
		}
	}
	for _, a := range whole.Attributions {
		for _, id := range a.Units {
			if c.Attributions[a.ID] != Unchanged {
				want(id, "has another source")
			}
		}
	}
}

// TestManySourcesKeepChanges: where sources are too many, those that changed stay.
func TestManySourcesKeepChanges(t *testing.T) {
	m := genMap(900, 1)
	m.Attributions = nil
	for i, u := range m.Units {
		m.Attributions = append(m.Attributions, argument.Attribution{ID: "a" + itoa(i), SourceID: "p1", Units: []string{u.ID}})
	}
	c := &Changes{Attributions: map[string]Status{"a5": Added, "a7": Dropped}}
	chosen, _ := choose(mapsOf(m), Options{MaxUnits: 900, Changes: c})
	if n := len(chosen[0].m.Attributions); n != 900 {
		t.Fatalf("%d attributions drawn of 900, which are not too many", n)
	}
	opt := Options{Changes: c}
	big := genMap(900, 1)
	big.Attributions = m.Attributions
	c.Units = map[string]Change{}
	for _, u := range big.Units {
		c.Units[u.ID] = Change{Status: Added}
	}
	chosen, notes := choose(mapsOf(big), opt)
	if n := len(chosen[0].m.Attributions); n != 2 || len(chosen[0].m.Units) != 900 || !slices.Contains(notes, "Too many to draw: sources that are as before are left out.") {
		t.Errorf("%d attributions, %d units, notes %q", n, len(chosen[0].m.Units), notes)
	}
}

// TestChangesAreSaid: the title, the summary, the legend, the boxes and what is
// read aloud say what changed.
func TestChangesAreSaid(t *testing.T) {
	opt := Options{Changes: changesOfFixture}
	root := parseSVG(t, svgOf(t, mapsOf(fixtureChanges), opt))
	var texts, titles []string
	class := map[string]string{}
	root.walk(func(e *svgElement) {
		class[e.attr("id")] = e.attr("class")
		if e.XMLName.Local == "text" {
			texts = append(texts, strings.TrimSpace(strings.ReplaceAll(e.Text, "\u00a0", " ")))
		}
		if title := e.kid("title"); title != "" {
			titles = append(titles, title)
		}
	})
	for _, want := range []string{
		"Changes from draft.txt to final.txt",
		"10 units: 2 added, 2 dropped, 1 reworded, 2 changed, 3 unchanged",
		"+ added", "− dropped", "~ reworded", "~ newly attacked", "~ changed", "type: judgement → fact",
		"− no longer supports old u8", "− no longer undercuts a relation",
		"no longer", "supports", "now", "undercuts",
		"+ Canal Board", "− Jo Vik", "− What it costs (section dropped)", "+ What else there is (section added)",
		"+ added: 2 units", "− dropped: 2 units", "~ reworded: 1 unit", "(struck out: old, underlined: new)", "~ changed: 2 units", "unchanged: 3 units",
		"new relation: 2", "relation no longer there: 5", "relation of another type: 1", "source newly named: 1", "source no longer named: 2",
	} {
		if !slices.Contains(texts, want) {
			t.Errorf("the picture does not say %q", want)
		}
	}
	for _, want := range []string{
		"; reworded, was: Seven boats a day turned back last summer; no longer supports old u8; supports u2",
		"; dropped; no longer attacks u5", "; added; now attacks u1", "; newly attacked, strength: should → must",
		"u7 attacks u1, 70 %; changed, was: supports", "old u8 supports u7, 70 %; dropped", "Jo Vik; dropped",
	} {
		if !slices.ContainsFunc(titles, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("no title says %q", want)
		}
	}
	for id, want := range map[string]string{"u2": "change-unchanged", "u5": "change-added", "u6": "change-dropped", "u3": "change-reworded", "r6": "change-changed"} {
		if !strings.Contains(class[id], want) {
			t.Errorf("%s has the classes %q, want %s among them", id, class[id], want)
		}
	}
}
