package cli

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

func TestExplainFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    ExplainOptions
		wantErr string
	}{
		{"a.txt u1", ExplainOptions{File: "a.txt", ID: "u1", Format: "text"}, ""},
		{"- p2", ExplainOptions{File: "-", ID: "p2", Format: "text"}, ""},
		{"a.txt u1 --json", ExplainOptions{File: "a.txt", ID: "u1", Format: "json"}, ""},
		{"-f JSON a.txt u1", ExplainOptions{File: "a.txt", ID: "u1", Format: "json"}, ""},
		{"a.txt u1 -o why.JSON", ExplainOptions{File: "a.txt", ID: "u1", Format: "json", Output: "why.JSON"}, ""},
		{"a.txt u1 -o why.md", ExplainOptions{File: "a.txt", ID: "u1", Format: "text", Output: "why.md"}, ""},
		{"a.txt u1 -o why.json -f text", ExplainOptions{File: "a.txt", ID: "u1", Format: "text", Output: "why.json"}, ""},

		{"", ExplainOptions{}, "explain takes two arguments, a file and an id; got 0"},
		{"a.txt", ExplainOptions{}, "explain takes two arguments, a file and an id; got 1"},
		{"a.txt u1 u2", ExplainOptions{}, "explain takes two arguments, a file and an id; got 3"},
		{"a.txt u1 -f csv", ExplainOptions{}, `unknown format "csv"; known: text, json`},
		{"a.txt u1 -f text --json", ExplainOptions{}, "--json and --format text contradict each other"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdExplain, c.args)
			check(t, got, err, c.want, c.wantErr, "IO")
		})
	}
}

// explained runs argmap explain in a folder with an article and a saved
// extraction.
func explained(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.txt":     "The pier must be mended. It sinks by a centimetre every year.\n",
		"map.json":  `{"schema": "argmap/1", "document": {"id": "x"}}`,
		"nul.txt":   "\x00\x01\x02\x00",
		"all.jsonl": `{"id": "a", "text": "The pier must be mended."}` + "\n",
		"none.txt":  "Contents\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	streams, in, stdout, stderr := TestStreams()
	in.WriteString("The pier must be mended. It sinks by a centimetre every year.\n")
	code = Main(t.Context(), append([]string{"explain"}, args...), streams)
	return code, stdout.String(), stderr.String()
}

func TestExplainErrors(t *testing.T) {
	for _, c := range []struct {
		args   string
		code   int
		errOut string // begins so
		hint   string
	}{
		{"a.txt u99", ExitInput, `argmap: a.txt: nothing has the id "u99"; units go from u1 to u`, "argmap extract --json lists what there is"},
		{"a.txt p1", ExitInput, `argmap: a.txt: nothing has the id "p1"; there are no sources`, "argmap extract --json lists what there is"},
		{"a.txt x", ExitInput, `argmap: a.txt: nothing has the id "x"; units go from u1 to u`, "argmap extract --json lists what there is"},
		{"none.txt u1", ExitInput, `argmap: none.txt: nothing has the id "u1"; there are no units`, "argmap extract --json lists what there is"},
		{"- a7", ExitInput, `argmap: standard input: nothing has the id "a7"; there are no attributions`, "argmap extract --json lists what there is"},
		{"b.txt u1", ExitInput, "argmap: b.txt: no such file", ""},
		{"u1 a.txt", ExitInput, "argmap: u1: no such file", "the file comes first: argmap explain a.txt u1"},
		{"map.json u1", ExitInput, "argmap: map.json: a saved extraction does not say why", "argmap explain ARTICLE u1"},
		{"all.jsonl u1", ExitInput, "argmap: all.jsonl: holds a text a line; explain takes one",
			`jq -r 'select(.id == "ID").text' all.jsonl | argmap explain - u1`},
		{"--as records all.jsonl u1", ExitUsage, `argmap: unknown type "records"; known: docx, `, ""},
		{"nul.txt u1", ExitInput, "argmap: nul.txt: ", ""},
		{"a.txt u1 -o a.txt", ExitUsage, "argmap: a.txt is both input and output", ""},
		{"a.txt u1 -o no/where.txt", ExitInput, "argmap: no/where.txt: no folder no to write it to", ""},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, out, errOut := explained(t, strings.Fields(c.args)...)
			message, hint, _ := strings.Cut(strings.TrimSuffix(errOut, "\n"), "\nhint: ")
			if code != c.code || out != "" || !strings.HasPrefix(message, c.errOut) || strings.Contains(message, "\n") || hint != c.hint {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
	if code, _, errOut := explained(t, "", "u1"); code != ExitUsage || errOut != "argmap: the name of an input is empty\n" {
		t.Errorf("exit code %d, stderr %q", code, errOut)
	}
	if code, _, errOut := explained(t, "a.txt", ""); code != ExitUsage || errOut != "argmap: the id is empty\n" {
		t.Errorf("exit code %d, stderr %q", code, errOut)
	}
}

func TestExplainTerminal(t *testing.T) {
	streams, _, _, errOut := TestStreams()
	streams.InTerminal = func() bool { return true }
	code := Main(t.Context(), []string{"explain", "-", "u1"}, streams)
	if code != ExitUsage || errOut.String() != "argmap: no input: standard input is a terminal\nhint: argmap explain FILE u1\n" {
		t.Errorf("exit code %d, stderr %q", code, errOut)
	}
}

func TestExplainInterrupted(t *testing.T) {
	streams, in, out, _ := TestStreams()
	in.WriteString("The pier must be mended.\n")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(&signalError{os.Interrupt})
	if code := Main(ctx, []string{"explain", "-", "u1"}, streams); code != ExitInterrupted || out.Len() > 0 {
		t.Errorf("exit code %d, stdout %q", code, out)
	}
}

// TestExplainOutput has both formats say the same of the same thing, to the
// screen and to a file.
func TestExplainOutput(t *testing.T) {
	code, text, errOut := explained(t, "a.txt", "u1")
	if code != ExitDone || errOut != "" || !strings.HasPrefix(text, "u1 · recommendation") || !strings.Contains(text, "\nKIND ") {
		t.Fatalf("exit code %d, stdout\n%s\nstderr %q", code, text, errOut)
	}
	_, out, _ := explained(t, "-", "u1", "--json")
	var x argument.Explanation
	if err := json.Unmarshal([]byte(out), &x); err != nil {
		t.Fatal(err)
	}
	if x.ID != "u1" || x.Of != argument.OfUnit || x.Document.URI != "-" || x.Unit == nil || len(x.Decisions) < 4 {
		t.Errorf("%+v", x)
	}
	if code, out, _ := explained(t, "a.txt", "u1", "-o", "why.txt"); code != ExitDone || out != "" {
		t.Errorf("exit code %d, stdout %q", code, out)
	}
	if written, err := os.ReadFile("why.txt"); err != nil || string(written) != text {
		t.Errorf("%v\n%s", errors.Join(err), written)
	}
}
