package signs

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
)

//go:embed nontitles.txt
var nontitleList string

// nontitles are the entries of the list: whole titles, beginnings and ends.
var nontitles = sync.OnceValue(func() (out struct{ whole, starts, ends []string }) {
	for entry := range entries(nontitleList) {
		if end, ok := strings.CutPrefix(entry, "…"); ok {
			out.ends = append(out.ends, end)
		} else if start, ok := strings.CutSuffix(entry, "…"); ok {
			out.starts = append(out.starts, start)
		} else {
			out.whole = append(out.whole, entry)
		}
	}
	return out
})

// MadeUp reports whether s, one line from the properties of a file, is what a
// program puts there or the name of a file, and not a title that a person gave.
func MadeUp(s string) bool {
	s = strings.ToLower(s)
	if !strings.Contains(s, " ") && (strings.Contains(s, "_") || isPath(s)) {
		return true
	}
	list := nontitles()
	whole := strings.TrimRight(strings.TrimLeft(s, "("), "0123456789 -_()")
	return slices.Contains(list.whole, whole) ||
		slices.ContainsFunc(list.starts, func(e string) bool { return strings.HasPrefix(s, e) }) ||
		slices.ContainsFunc(list.ends, func(e string) bool { return strings.HasSuffix(s, e) })
}

// isPath tells "/home/ann/brief" from "TCP/IP".
func isPath(s string) bool {
	return strings.Count(s, "/") > 1 || strings.Contains(s, `\`)
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
