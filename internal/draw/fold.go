package draw

import (
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// tally is what was folded into a unit.
type tally struct {
	reasons, objections, recommendations int
	ids                                  []string
}

func (t *tally) add(u *argument.Unit, via argument.RelationType) {
	switch {
	case u.Kind == argument.Recommendation:
		t.recommendations++
	case via == argument.Attacks, via == argument.Undercuts:
		t.objections++
	default:
		t.reasons++
	}
	t.ids = append(t.ids, clean(u.ID))
}

func (t *tally) total() int { return t.reasons + t.objections + t.recommendations }

// String is the line in the unit's box, or "".
func (t *tally) String() string {
	parts := quantities(count{t.reasons, "reason"}, count{t.objections, "objection"}, count{t.recommendations, "recommendation"})
	if len(parts) == 0 {
		return ""
	}
	return "+ " + strings.Join(parts, ", ")
}

// quantity is "1 reason", "2 reasons".
func quantity(n int, singular string) string {
	if n == 1 {
		return "1 " + singular
	}
	return strconv.Itoa(n) + " " + singular + "s"
}

// count is how many there are of something.
type count struct {
	n        int
	singular string
}

// quantities are the counts in words, but for those of nothing.
func quantities(counts ...count) []string {
	var parts []string
	for _, c := range counts {
		if c.n > 0 {
			parts = append(parts, quantity(c.n, c.singular))
		}
	}
	return parts
}

// listed is "a, b and c".
func listed(parts []string) string {
	last := len(parts) - 1
	if last < 1 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// ranks say which units are folded first where a map is too large: those that
// only the last row fits, and so up. Thesis and focus stay.
var ranks = []func(f *forest, i int) bool{
	func(f *forest, i int) bool { return f.m.Units[i].Role == argument.RoleClaim },
	func(f *forest, i int) bool { return f.m.Units[i].Kind == argument.Recommendation },
	func(f *forest, i int) bool { return f.via[i] == argument.Attacks || f.via[i] == argument.Undercuts },
	func(f *forest, i int) bool { return f.up[i] < 0 }, // there is nothing to fold it into
	func(f *forest, i int) bool { return f.said[i] },
	func(*forest, int) bool { return true },
}

// minor is the rank for folding of unit i, or -1.
func (f *forest) minor(i int, focus string) int {
	if u := &f.m.Units[i]; u.Role == argument.Thesis || u.ID == focus && focus != "" {
		return -1
	}
	for n, fits := range ranks {
		if fits(f, i) {
			return len(ranks) - 1 - n
		}
	}
	return 0
}

// premise is the rank for folding of all premises into what they bear on.
func (f *forest) premise(i int) int {
	if f.m.Units[i].Role == argument.Premise && f.up[i] >= 0 {
		return 0
	}
	return -1
}
