package draw

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// TestStable changes one word of one unit at a time: boxes keep their order, and
// hardly any picture is laid out anew.
func TestStable(t *testing.T) {
	cases := articleMaps(t)
	for _, n := range []int{8, 30, 60} {
		cases = append(cases, mapCase{"generated-" + itoa(n), genMap(n, 5)})
	}
	changes, turned := 0, 0
	for _, c := range cases {
		before := placesIn(compose(mapsOf(c.m), Options{}))
		for i := range c.m.Units {
			after := placesIn(compose(mapsOf(reworded(c.m, i)), Options{}))
			changes++
			if len(after) != len(before) {
				t.Fatalf("%s: %d boxes, with %s reworded %d", c.name, len(before), c.m.Units[i].ID, len(after))
			}
			if got, want := readingOrder(after), readingOrder(before); sameColumns(before, after) && !slices.Equal(got, want) {
				t.Errorf("%s: order with %s reworded: %v, want %v", c.name, c.m.Units[i].ID, got, want)
			}
			if moved := moved(before, after); moved > len(before)/10 {
				turned++
				t.Logf("%s: %s reworded moves %d of %d boxes", c.name, c.m.Units[i].ID, moved, len(before))
			}
		}
	}
	t.Logf("%d of %d changes move more than a tenth of the boxes", turned, changes)
	if turned > changes/50 {
		t.Errorf("%d of %d changes move more than a tenth of the boxes", turned, changes)
	}
}

// reworded is m with the longest word of unit i replaced by one that is two
// characters longer.
func reworded(m *argument.Map, i int) *argument.Map {
	c := *m
	c.Units = slices.Clone(m.Units)
	words := strings.Fields(c.Units[i].Text)
	if len(words) == 0 {
		return &c
	}
	longest := 0
	for j, w := range words {
		if len(w) > len(words[longest]) {
			longest = j
		}
	}
	words[longest] = strings.Repeat("reason", 20)[:runeColumns(words[longest])+2]
	c.Units[i].Text = strings.Join(words, " ")
	return &c
}

// placesIn is where the units are.
func placesIn(pic *picture) map[string]point {
	at := map[string]point{}
	for _, b := range allBoxes(pic) {
		if strings.HasPrefix(b.class, "unit") {
			at[b.id] = b.at
		}
	}
	return at
}

// readingOrder is the units column by column from left to right, each from above.
func readingOrder(at map[string]point) []string {
	return slices.SortedFunc(maps.Keys(at), func(a, b string) int {
		return cmp.Or(cmp.Compare(at[a].X, at[b].X), cmp.Compare(at[a].Y, at[b].Y), cmp.Compare(a, b))
	})
}

// sameColumns reports whether all boxes stand as far to the right as before.
func sameColumns(before, after map[string]point) bool {
	for id := range before {
		if before[id].X != after[id].X {
			return false
		}
	}
	return true
}

// moved is how many boxes stand elsewhere than before, but for a line or two of
// text by which those above may have grown.
func moved(before, after map[string]point) int {
	n := 0
	for id := range before {
		if dx, dy := after[id].X-before[id].X, after[id].Y-before[id].Y; dx > 30 || dx < -30 || dy > 45 || dy < -45 {
			n++
		}
	}
	return n
}
