package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/gold"
)

func TestEvalFlags(t *testing.T) {
	a := []string{"a.jsonl"}
	for _, c := range []struct {
		args    string
		want    EvalOptions
		wantErr string
	}{
		{"", EvalOptions{Files: []string{"-"}, Format: "text", Worst: 5}, ""},
		{"a.jsonl b.jsonl", EvalOptions{Files: []string{"a.jsonl", "b.jsonl"}, Format: "text", Worst: 5}, ""},
		{"a.jsonl -f JSON --worst 0 --limit 7 --time", EvalOptions{Files: a, Format: "json", Limit: 7, Time: true}, ""},
		{"a.jsonl -o r.JSON", EvalOptions{Files: a, Format: "json", Output: "r.JSON", Worst: 5}, ""},
		{"a.jsonl -o r.txt", EvalOptions{Files: a, Format: "text", Output: "r.txt", Worst: 5}, ""},
		{"a.jsonl -o r.json -f text", EvalOptions{Files: a, Format: "text", Output: "r.json", Worst: 5}, ""},
		{"--errors a.jsonl", EvalOptions{Files: a, Format: "text", Worst: 5, Errors: gold.Classes()}, ""},
		{"--errors=all,thesis a.jsonl", EvalOptions{Files: a, Format: "text", Worst: 5, Errors: gold.Classes()}, ""},
		{"--errors=Thesis,units a.jsonl", EvalOptions{Files: a, Format: "text", Worst: 5, Errors: []string{"thesis", "units"}}, ""},

		{"a.jsonl --errors=unit", EvalOptions{}, `unknown class of errors "unit"; known: units, kinds, `},
		{"a.jsonl -f csv", EvalOptions{}, `unknown format "csv"; known: text, json`},
		{"a.jsonl --worst -1", EvalOptions{}, "--worst: -1 is less than 0"},
		{"a.jsonl --limit -1", EvalOptions{}, "--limit: -1 is less than 0"},
		{"a.jsonl --jobs 0", EvalOptions{}, "--jobs: 0 is less than 1"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdEval, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs")
		})
	}
}

// goldLines are two texts of a corpus.
const goldLines = `{"id": "a", "corpus": "cdcp", "text": "The ferry must run on Sundays.", "units": [{"id": "1", "start": 0, "end": 30, "label": "policy"}]}
{"id": "b", "corpus": "cdcp", "text": "Cars are loud, because their tyres are.", "units": [{"id": "1", "start": 0, "end": 13, "label": "fact"}]}
`

// eval runs argmap eval on files with these contents, named 0.jsonl and so on.
func eval(t *testing.T, flags string, contents ...string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{"eval"}, strings.Fields(flags)...)
	for i, c := range contents {
		path := filepath.Join(dir, string(rune('0'+i))+".jsonl")
		if err := os.WriteFile(path, []byte(c), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	streams, _, stdout, stderr := TestStreams()
	code = Main(t.Context(), args, streams)
	plain := func(s string) string { return strings.ReplaceAll(s, dir+string(filepath.Separator), "") }
	return code, plain(stdout.String()), plain(stderr.String())
}

func TestEvalErrors(t *testing.T) {
	const unknown = `nothing is scored for the corpus "diaries"; known: argmap-gold, argmap-train, polnear, vaccination, ` +
		"webis-editorials-16, cdcp, microtexts1, microtexts2, aae2\n"
	const expected = "expected a gold record, a JSON object on one line, found "
	for _, c := range []struct {
		name     string
		contents []string
		code     int
		scored   string // the files that are
		errOut   string
	}{
		{"broken line", []string{goldLines + "{"}, ExitInput, "", "argmap: 0.jsonl:3: " + expected + "broken JSON: unexpected end of JSON input\n"},
		{"saved map", []string{savedPier}, ExitInput, "", "argmap: 0.jsonl:1: " + expected + "a saved map\n"},
		{"prose", []string{"The ferry must run."}, ExitInput, "", "argmap: 0.jsonl:1: " + expected + "no JSON\n"},
		{"no corpus", []string{`{"text": "The ferry must run."}`}, ExitInput, "", "argmap: 0.jsonl: expected a gold record with a \"corpus\", found one without\n"},
		{"empty file", []string{""}, ExitInput, "", "argmap: 0.jsonl: no texts in it\n"},
		{"unknown corpus", []string{`{"corpus": "diaries", "text": "x"}`}, ExitInput, "", "argmap: 0.jsonl: " + unknown},
		{"one of three", []string{goldLines, `{"corpus": "diaries"}`, goldLines}, ExitInput, "0.jsonl 2.jsonl", "argmap: 1.jsonl: " + unknown},
		{"binary text", []string{goldLines + `{"id": "c", "text": "\u0000\u0001\u0000\u0002"}`}, ExitInput, "", "argmap: 0.jsonl:3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errOut := eval(t, "", c.contents...)
			if code != c.code || !strings.HasPrefix(errOut, c.errOut) || strings.Count(errOut, "\n") != 1 {
				t.Errorf("exit code %d, stderr %q, want %d and %q", code, errOut, c.code, c.errOut)
			}
			var scored []string
			for _, m := range regexp.MustCompile(`(?m)^== (.*)$`).FindAllStringSubmatch(out, -1) {
				scored = append(scored, m[1])
			}
			if got := strings.Join(scored, " "); got != c.scored {
				t.Errorf("scored %q, want %q", got, c.scored)
			}
		})
	}
}

// TestEvalOutput checks that the report depends on nothing but the texts, in
// both formats, and that the time goes to standard error.
func TestEvalOutput(t *testing.T) {
	_, want, _ := eval(t, "--jobs 1 --errors", goldLines, goldLines)
	code, got, errOut := eval(t, "--jobs 7 --errors --time", goldLines, goldLines)
	if code != ExitDone || got != want {
		t.Errorf("exit code %d; with more jobs\n%s\nwith one\n%s", code, got, want)
	}
	timing := regexp.MustCompile(`^(argmap: \d\.jsonl: 2 texts, 13 words, \d+\.\d\d s, \d+ words/s\n){2}$`)
	if !timing.MatchString(errOut) {
		t.Errorf("stderr %q", errOut)
	}
	_, out, _ := eval(t, "-f json --limit 1", goldLines)
	var reports []struct {
		File, Corpus string
		Texts        int
		Figures      []gold.Figure
	}
	if err := json.Unmarshal([]byte(out), &reports); err != nil {
		t.Fatal(err)
	}
	if r := reports[0]; r.File != "0.jsonl" || r.Corpus != "cdcp" || r.Texts != 1 || len(r.Figures) != 3 || r.Figures[0].Gold != 1 {
		t.Errorf("report %+v", r)
	}
}

// TestEvalStdin reads gold from standard input and says so.
func TestEvalStdin(t *testing.T) {
	streams, in, out, errOut := TestStreams()
	in.WriteString(goldLines)
	if code := Main(t.Context(), []string{"eval"}, streams); code != ExitDone || !strings.HasPrefix(out.String(), "== standard input\n") {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
	}
	in.WriteString("{")
	want := "argmap: standard input:1: expected a gold record, a JSON object on one line, found broken JSON: unexpected end of JSON input\n"
	if code := Main(t.Context(), []string{"eval", "-"}, streams); code != ExitInput || errOut.String() != want {
		t.Errorf("exit code %d, stderr %q, want %q", code, errOut, want)
	}
}
