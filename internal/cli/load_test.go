package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLoadOrder checks that maps and messages come in the order of the names,
// whatever the number of workers.
func TestLoadOrder(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for i := range 40 {
		name := filepath.Join(dir, fmt.Sprintf("%02d.txt", i))
		names = append(names, name)
		if i%5 == 3 {
			continue // this one does not exist
		}
		text := fmt.Sprintf("The town should plant %d trees, because shade is cheap.\n", i)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, jobs := range []int{1, 3, 100} {
		streams, _, _, errOut := TestStreams()
		maps, err := loader{streams: streams, jobs: jobs}.load(t.Context(), names)
		var silent *silentError
		if !errors.As(err, &silent) || silent.code != ExitInput {
			t.Fatalf("jobs %d: error %v", jobs, err)
		}
		var uris []string
		for _, m := range maps {
			uris = append(uris, m.Document.URI)
		}
		var want []string
		wantErr := ""
		for i, name := range names {
			if i%5 == 3 {
				wantErr += "argmap: " + name + ": no such file\n"
			} else {
				want = append(want, name)
			}
		}
		if got := strings.Join(uris, " "); got != strings.Join(want, " ") {
			t.Errorf("jobs %d: maps of %s", jobs, got)
		}
		if errOut.String() != wantErr {
			t.Errorf("jobs %d: stderr\n%swant\n%s", jobs, errOut, wantErr)
		}
	}
}

// TestLoadText checks that the text is kept exactly if it was asked for.
func TestLoadText(t *testing.T) {
	const text = "Ferries are safer than bridges. They should be kept.\n"
	for _, keep := range []bool{true, false} {
		streams, in, _, _ := TestStreams()
		in.WriteString(text)
		maps, err := loader{streams: streams, text: keep}.load(t.Context(), []string{"-"})
		if err != nil {
			t.Fatal(err)
		}
		if got := maps[0].Document.Text; (got == text) != keep || (got == "") == keep {
			t.Errorf("text kept: %v, got %q", keep, got)
		}
	}
}

// TestInterruptedRead checks that a read that never ends does not hold up the
// end of the context.
func TestInterruptedRead(t *testing.T) {
	streams, _, _, errOut := TestStreams()
	r, w := io.Pipe()
	defer w.Close()
	streams.In = r
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(&signalError{syscall.SIGINT}) })
	if code := Main(ctx, []string{"extract"}, streams); code != ExitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if errOut.Len() > 0 {
		t.Errorf("stderr %q", errOut)
	}
}

// TestFailingRead checks that an error while reading names the input.
func TestFailingRead(t *testing.T) {
	streams, _, _, errOut := TestStreams()
	streams.In = io.MultiReader(strings.NewReader("A beginning"), failing{})
	if code := Main(t.Context(), []string{"extract"}, streams); code != ExitInput {
		t.Errorf("exit code %d", code)
	}
	if want := "argmap: standard input: the line went dead\n"; errOut.String() != want {
		t.Errorf("stderr %q, want %q", errOut, want)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line went dead") }
