package reader

import (
	"strings"

	"github.com/argmap/argmap/internal/signs"
)

// isTableRow reports whether s looks like a row of a table: cells between bars,
// or columns set apart by tabs or wide gaps.
func isTableRow(s string) bool {
	if len(s) > 400 || signs.EndOf(s).Stops() && !strings.Contains(s, "|") {
		return false
	}
	if strings.Count(s, "|") >= 2 && strings.HasPrefix(s, "|") {
		return true
	}
	gaps := 0
	for rest := s; ; gaps++ {
		i := strings.IndexByte(rest, '\t')
		if j := strings.Index(rest, "   "); i < 0 || j >= 0 && j < i {
			i = j
		}
		if i < 0 {
			return gaps >= 2
		}
		rest = strings.TrimLeft(rest[i:], " \t")
	}
}
