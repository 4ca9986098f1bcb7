package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// TestReport checks the exit code and every byte of the message for each sort
// of error.
func TestReport(t *testing.T) {
	interrupt := &signalError{syscall.SIGINT}
	for _, c := range []struct {
		name string
		err  error
		code int
		want string
	}{
		{"none", nil, 0, ""},
		{"findings", ErrFindings, 1, ""},
		{"usage", usagef("no %s", "way"), 2, "argmap: no way\n"},
		{"usage with a hint", usagef("no way").withHint("try %d", 7), 2, "argmap: no way\nhint: try 7\n"},
		{"silent", &silentError{3}, 3, ""},
		{"missing file", &fileError{name: "a.txt", cause: &fs.PathError{Op: "open", Path: "a.txt", Err: syscall.ENOENT}}, 3,
			"argmap: a.txt: no such file\n"},
		{"standard input", &fileError{name: "-", cause: errors.New("torn")}, 3, "argmap: standard input: torn\n"},
		{"permission", &fileError{name: "a.txt", cause: &fs.PathError{Op: "open", Path: "a.txt", Err: syscall.EACCES}}, 3,
			"argmap: a.txt: permission denied\n"},
		{"other system error", &fileError{name: "a.txt", cause: &fs.PathError{Op: "open", Path: "a.txt", Err: syscall.ENOTDIR}}, 3,
			"argmap: a.txt: not a directory\n"},
		{"one line", &fileError{name: "a\nb", cause: errors.New("bad\nworse")}, 3, "argmap: \"a\\nb\": bad\n"},
		{"escape sequence", &fileError{name: "a\x1b[31m", cause: errors.New("bad")}, 3, "argmap: \"a\\x1b[31m\": bad\n"},
		{"unforeseen", errors.New("the sky fell"), 4, "argmap: internal error: the sky fell; please report\n"},
		{"panic", protect(func() error { panic("oh") }), 4, "argmap: internal error: oh; please report\n"},
		{"panic on an input", &fileError{name: "a.txt", cause: protect(func() error { panic("oh") })}, 4,
			"argmap: a.txt: internal error: oh; please report\n"},
		{"closed pipe", fmt.Errorf("writing: %w", &fs.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}), 0, ""},
		{"cancelled", context.Canceled, 130, ""},
		{"interrupted", fmt.Errorf("reading: %w", interrupt), 130, ""},
		{"interrupted and worse", errors.Join(interrupt, &silentError{3}), 130, ""},
		{"terminated", &signalError{syscall.SIGTERM}, 143, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			streams, _, out, errOut := TestStreams()
			if code := report(streams, c.err); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if errOut.String() != c.want || out.Len() > 0 {
				t.Errorf("stderr %q, want %q; stdout %q", errOut, c.want, out)
			}
		})
	}
}

// TestPanic checks that a panic in a command, or in the part of one that runs
// beside it, ends in one line, and in a stack if that is asked for.
func TestPanic(t *testing.T) {
	for name, runE := range map[string]func(*cobra.Command, []string) error{
		"command": func(*cobra.Command, []string) error { panic("broken stage") },
		"beside": func(cmd *cobra.Command, _ []string) error {
			_, err := await(cmd.Context(), func() (int, error) { panic("broken stage") })
			return err
		},
	} {
		for debug, lines := range map[string]int{"": 1, "1": 5} {
			streams, _, _, errOut := TestStreams()
			streams.Getenv = func(key string) string {
				return map[string]string{"ARGMAP_DEBUG": debug}[key]
			}
			root := &cobra.Command{Use: "argmap", SilenceErrors: true, SilenceUsage: true, RunE: runE}
			code := run(t.Context(), root, nil, streams)
			got := errOut.String()
			if code != ExitInternal || !strings.HasPrefix(got, "argmap: internal error: broken stage; please report\n") {
				t.Errorf("%s: exit code %d, stderr:\n%s", name, code, got)
			}
			if n := strings.Count(got, "\n"); (debug == "" && n != lines) || n < lines {
				t.Errorf("%s: ARGMAP_DEBUG=%q printed %d lines", name, debug, n)
			}
		}
	}
}

// TestExitCodesDocumented keeps the table that users read complete.
func TestExitCodesDocumented(t *testing.T) {
	want := []int{ExitDone, ExitFindings, ExitUsage, ExitInput, ExitInternal, ExitInterrupted}
	if len(exitCodes) != len(want) {
		t.Fatalf("%d exit codes explained, want %d", len(exitCodes), len(want))
	}
	for i, c := range exitCodes {
		if c.code != want[i] || c.meaning == "" {
			t.Errorf("row %d explains %d as %q, want %d", i, c.code, c.meaning, want[i])
		}
	}
}
