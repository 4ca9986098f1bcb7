package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// UnknownUnitError says that no map has the unit to be drawn, and which units
// have ids that look like it.
type UnknownUnitError struct {
	ID   string
	Near []string // the likest first
}

func (e *UnknownUnitError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("no unit has the id %q: there are no units", e.ID)
	}
	return fmt.Sprintf("no unit has the id %q; the nearest are %s", e.ID, strings.Join(e.Near, ", "))
}

// near is how many ids an UnknownUnitError names.
const near = 3

// checkFocus returns an UnknownUnitError if no map has the unit.
func checkFocus(maps []*argument.Map, id string) error {
	if id == "" {
		return nil
	}
	var ids []string
	for _, m := range maps {
		for i := range m.Units {
			if m.Units[i].ID == id {
				return nil
			}
			ids = append(ids, m.Units[i].ID)
		}
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(apart(a, id), apart(b, id)), cmp.Compare(gapOf(a, id), gapOf(b, id)))
	})
	ids = slices.Compact(ids)
	return &UnknownUnitError{ID: id, Near: ids[:min(near, len(ids))]}
}

// apart is how many of the letters that begin the ids must be taken from both
// until the same are left, numbers apart: whoever mistypes an id mostly has its
// letters right.
func apart(a, b string) int {
	a, b = strings.TrimRight(a, digits), strings.TrimRight(b, digits)
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	return len(a) + len(b) - 2*same
}

const digits = "0123456789"

// gapOf is how far apart the numbers are in which the ids end.
func gapOf(a, b string) int {
	n := numberOf(a) - numberOf(b)
	return max(n, -n)
}

func numberOf(id string) int {
	n, _ := strconv.Atoi(id[len(strings.TrimRight(id, digits)):])
	return n
}
