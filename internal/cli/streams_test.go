package cli

import "testing"

func TestTextWidth(t *testing.T) {
	for _, c := range []struct {
		columns  string
		terminal int
		want     int
	}{
		{"", 0, 80},
		{"", 100, 100},
		{"", 300, 120},
		{"", 5, 20},
		{"60", 100, 60},
		{"500", 0, 120},
		{"1", 0, 20},
		{"0", 90, 90},
		{"-4", 90, 90},
		{"wide", 90, 90},
	} {
		s, _, _, _ := TestStreams()
		s.Getenv = func(string) string { return c.columns }
		s.TerminalWidth = func() int { return c.terminal }
		if got := s.TextWidth(); got != c.want {
			t.Errorf("COLUMNS=%q, terminal %d: width %d, want %d", c.columns, c.terminal, got, c.want)
		}
	}
}

func TestColor(t *testing.T) {
	for _, c := range []struct {
		noColor, term string
		terminal      bool
		want          bool
	}{
		{"", "xterm-256color", true, true},
		{"", "", true, true},
		{"", "xterm", false, false},
		{"1", "xterm", true, false},
		{"", "dumb", true, false},
	} {
		s, _, _, _ := TestStreams()
		s.Getenv = func(key string) string {
			return map[string]string{"NO_COLOR": c.noColor, "TERM": c.term}[key]
		}
		s.OutTerminal = func() bool { return c.terminal }
		if got := s.Color(); got != c.want {
			t.Errorf("NO_COLOR=%q TERM=%q terminal=%v: %v, want %v", c.noColor, c.term, c.terminal, got, c.want)
		}
	}
}
