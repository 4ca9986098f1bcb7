package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"argmap": main})
}

// TestScript runs the scripts in testdata/script, one behaviour a file. Beside
// testscript's own commands they have:
//
//	exits CODE PROGRAM ARG...        run it like exec and check its exit code
//	closedpipe CODE PROGRAM ARG...   the same, with nobody reading its output
//	interrupted CODE PROGRAM ARG...  the same, with SIGINT while it reads its input
//	oneline FILE MB                  write a file of that many MB in one line
//	lines STREAM N                   check the number of lines of stdout or stderr
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":       cmdExits,
			"closedpipe":  cmdClosedPipe,
			"interrupted": cmdInterrupted,
			"oneline":     cmdOneLine,
			"lines":       cmdLines,
		},
	})
}

// setup shares one cache folder among the scripts, that of the user, for what
// is kept there takes a second to make, and pins what depends on the terminal.
func setup(env *testscript.Env) error {
	cache := os.Getenv("ARGMAP_CACHE_DIR")
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			user = os.TempDir()
		}
		cache = filepath.Join(user, "argmap")
	}
	env.Setenv("ARGMAP_CACHE_DIR", cache)
	env.Setenv("COLUMNS", "")
	env.Setenv("NO_COLOR", "")
	env.Setenv("TERM", "xterm")
	env.Setenv("GORACE", "atexit_sleep_ms=10") // with -race each program would sleep a second
	return nil
}

func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	code, args := codeAndCommand(ts, neg, args)
	expectCode(ts, code, ts.Exec(args[0], args[1:]...))
}

func cmdClosedPipe(ts *testscript.TestScript, neg bool, args []string) {
	code, args := codeAndCommand(ts, neg, args)
	r, w, err := os.Pipe()
	ts.Check(err)
	ts.Check(r.Close())
	defer w.Close()
	cmd, errOut := command(ts, args)
	cmd.Stdout = w
	expectCode(ts, code, cmd.Run())
	if errOut.Len() > 0 {
		ts.Fatalf("a closed pipe made noise: %s", errOut)
	}
}

func cmdInterrupted(ts *testscript.TestScript, neg bool, args []string) {
	code, args := codeAndCommand(ts, neg, args)
	cmd, errOut := command(ts, args)
	stdin, err := cmd.StdinPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	// A pipe holds 64 KB: when twice that is written the program is reading,
	// and so ready for signals.
	_, err = stdin.Write(bytes.Repeat([]byte("It never ends. "), 128<<10/15))
	ts.Check(err)
	ts.Check(cmd.Process.Signal(os.Interrupt))
	hung := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer hung.Stop()
	expectCode(ts, code, cmd.Wait())
	if errOut.Len() > 0 {
		ts.Fatalf("an interrupt made noise: %s", errOut)
	}
}

func cmdOneLine(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: oneline FILE MB")
	}
	mb, err := strconv.Atoi(args[1])
	ts.Check(err)
	phrase := []byte("and the river rose and the bridge should be moved ")
	data := bytes.Repeat(phrase, mb*1_000_000/len(phrase))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

func cmdLines(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: lines STREAM N")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	if got := strings.Count(text, "\n"); (got == want) == neg {
		ts.Fatalf("%s has %d lines:\n%s", args[0], got, text)
	}
}

// codeAndCommand splits the arguments of a command into the exit code that is
// expected and the command line to run.
func codeAndCommand(ts *testscript.TestScript, neg bool, args []string) (int, []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: CODE PROGRAM ARG...")
	}
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	return code, args[1:]
}

// command prepares a program in the script's folder and environment.
func command(ts *testscript.TestScript, args []string) (*exec.Cmd, *bytes.Buffer) {
	path, err := args[0], exec.ErrNotFound
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path, err = exec.LookPath(filepath.Join(dir, args[0])); err == nil {
			break
		}
	}
	ts.Check(err)
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "ARGMAP_CACHE_DIR", "COLUMNS", "NO_COLOR", "TERM", "GORACE"} {
		cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%s", name, ts.Getenv(name)))
	}
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	return cmd, &errOut
}

func expectCode(ts *testscript.TestScript, want int, err error) {
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d (%v)", got, want, err)
	}
}
