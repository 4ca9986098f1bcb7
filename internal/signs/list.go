package signs

import (
	"iter"
	"strings"
)

// List is a list of words and phrases in lower case, of which some stand for
// whatever begins or ends like them.
type List struct {
	whole        map[string]bool
	starts, ends []string
}

// ParseList reads a list: one entry a line, "#" begins a comment, "…" at one
// end of an entry stands for whatever else the line has.
func ParseList(data string) *List {
	l := &List{whole: make(map[string]bool)}
	for entry := range entries(data) {
		entry = strings.ToLower(entry)
		if start, ok := strings.CutSuffix(entry, "…"); ok {
			l.starts = append(l.starts, start)
		} else if end, ok := strings.CutPrefix(entry, "…"); ok {
			l.ends = append(l.ends, end)
		} else {
			l.whole[entry] = true
		}
	}
	return l
}

// Has reports whether s, in lower case, is an entry.
func (l *List) Has(s string) bool { return l.whole[s] }

// Matches reports whether s, in lower case, is an entry or has one of the
// beginnings or ends listed.
func (l *List) Matches(s string) bool { return l.Has(s) || l.fits(s) }

// fits reports whether s begins or ends like an entry.
func (l *List) fits(s string) bool {
	for _, start := range l.starts {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	for _, end := range l.ends {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// entries yields the entries of an embedded list, one a line, without comments.
func entries(list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for l := range strings.Lines(list) {
			if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") && !yield(l) {
				return
			}
		}
	}
}
