package cli

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSuggest(t *testing.T) {
	commands := []string{"extract", "graph", "schema", "version", "completion"}
	for _, c := range []struct{ got, want string }{
		{"extrct", "extract"},
		{"exrtact", "extract"},
		{"Grpah", "graph"},
		{"ver", "version"},
		{"schemas", "schema"},
		{"export", ""},
		{"x", ""},
		{"", ""},
		{"article.txt", ""},
	} {
		if got := suggest(c.got, commands); got != c.want {
			t.Errorf("suggest(%q) = %q, want %q", c.got, got, c.want)
		}
	}
}

// TestDistance checks what any edit distance must satisfy.
func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d]{0,6}`)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b)
		if d != distance(b, a) {
			t.Fatalf("distance(%q, %q) depends on the order", a, b)
		}
		if (d == 0) != (a == b) {
			t.Fatalf("distance(%q, %q) = %d", a, b, d)
		}
		if d > max(len(a), len(b)) || d < max(len(a), len(b))-min(len(a), len(b)) {
			t.Fatalf("distance(%q, %q) = %d is out of bounds", a, b, d)
		}
	})
}
