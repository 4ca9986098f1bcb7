package signs

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed nontitles.txt
var nontitleList string

var nontitles = sync.OnceValue(func() *List { return ParseList(nontitleList) })

// MadeUp reports whether s, one line from the properties of a file, is what a
// program puts there or the name of a file, and not a title that a person gave.
func MadeUp(s string) bool {
	s = strings.ToLower(s)
	if !strings.Contains(s, " ") && (strings.Contains(s, "_") || isPath(s)) {
		return true
	}
	return nontitles().Has(strings.TrimRight(strings.TrimLeft(s, "("), "0123456789 -_()")) || nontitles().fits(s)
}

// isPath tells "/home/ann/brief" from "TCP/IP".
func isPath(s string) bool {
	return strings.Count(s, "/") > 1 || strings.Contains(s, `\`)
}
