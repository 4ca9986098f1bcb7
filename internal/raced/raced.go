// Package raced tells tests whether the race detector is on.
package raced

import "testing"

// Skip skips a test that the race detector makes ten times as slow and that has
// no threads of its own to race. It stands first in its test, as "raced.Skip(t)":
// by that line "make test" finds what to run without the detector.
func Skip(t testing.TB) {
	t.Helper()
	if On {
		t.Skip("too slow under the race detector")
	}
}
