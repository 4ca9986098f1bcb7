package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand calls f with the root and every command below it.
func everyCommand(f func(*cobra.Command)) {
	streams, _, _, _ := TestStreams()
	root := NewCmdRoot(streams)
	f(root)
	for _, c := range root.Commands() {
		f(c)
	}
}

// TestHelpPages checks that each command explains itself: with examples before
// anything else, every flag, and lines that fit on a terminal.
func TestHelpPages(t *testing.T) {
	everyCommand(func(cmd *cobra.Command) {
		page := helpPage(cmd)
		if cmd.Short == "" || cmd.Example == "" {
			t.Errorf("%s: no short description or no example", cmd.Name())
		}
		if examples, usage := strings.Index(page, "\nExamples:\n"), strings.Index(page, "\nUsage:\n"); examples < 0 || examples > usage {
			t.Errorf("%s: examples at %d, usage at %d", cmd.Name(), examples, usage)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(page, "--"+f.Name) || f.Usage == "" {
				t.Errorf("%s: --%s is not explained", cmd.Name(), f.Name)
			}
		})
		for line := range strings.Lines(page) {
			if n := len(strings.TrimRight(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", cmd.Name(), n, line)
			}
		}
	})
}

// TestManPages checks that a page has every section, every flag, and no line
// that troff would take for a command of its own.
func TestManPages(t *testing.T) {
	known := map[string]bool{".TH": true, ".SH": true, ".TP": true, ".br": true, ".nf": true, ".fi": true}
	everyCommand(func(cmd *cobra.Command) {
		page := manPage(cmd)
		for _, section := range []string{"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO"} {
			if !strings.Contains(page, ".SH "+section+"\n") {
				t.Errorf("%s: no section %s", cmd.Name(), section)
			}
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(page, bold("--"+f.Name)) {
				t.Errorf("%s: no --%s", cmd.Name(), f.Name)
			}
		})
		for line := range strings.Lines(page) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !known[word] {
				t.Errorf("%s: troff would not print %q", cmd.Name(), line)
			}
		}
	})
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		"plain":           "plain",
		"--flag":          `\-\-flag`,
		`a\b`:             `a\eb`,
		"the user's":      `the user\(aqs`,
		"and so on, …":    `and so on, \[u2026]`,
		".hidden\n'quote": "\\&.hidden\n\\(aqquote",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
}
