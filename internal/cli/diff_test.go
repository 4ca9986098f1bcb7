package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestDiffFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    DiffOptions
		wantErr string
	}{
		{"a.txt b.txt", DiffOptions{A: "a.txt", B: "b.txt", Format: "text", Similarity: .5}, ""},
		{"- b.json --json", DiffOptions{A: "-", B: "b.json", Format: "json", Similarity: .5}, ""},
		{"a b -o d.JSON", DiffOptions{A: "a", B: "b", Format: "json", Output: "d.JSON", Similarity: .5}, ""},
		{"a b -o d.json -f Text", DiffOptions{A: "a", B: "b", Format: "text", Output: "d.json", Similarity: .5}, ""},
		{"a b --similarity 0 --min-confidence 1", DiffOptions{A: "a", B: "b", Format: "text", MinConfidence: 1}, ""},

		{"a", DiffOptions{}, "diff takes two arguments, the texts to compare; got 1"},
		{"a b c", DiffOptions{}, "diff takes two arguments, the texts to compare; got 3"},
		{"- -", DiffOptions{}, "standard input (-) can be read only once"},
		{"a b -f csv", DiffOptions{}, `unknown format "csv"; known: text, json`},
		{"a b --json -f text", DiffOptions{}, "--json and --format text contradict each other"},
		{"a b --similarity 2", DiffOptions{}, "--similarity: 2 is not between 0 and 1"},
		{"a b --min-confidence NaN", DiffOptions{}, "--min-confidence: NaN is not between 0 and 1"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdDiff, c.args)
			check(t, got, err, c.want, c.wantErr, "IO")
		})
	}
}

// diff runs argmap diff in a folder with extractions.
func diff(t *testing.T, color bool, args string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	line := strings.ReplaceAll(savedPier, "\n", "") + "\n"
	for name, data := range map[string]string{
		"m.json": savedPier, "two.jsonl": line + line, "broken.json": "{\"schema\": 1",
		"n.json": strings.ReplaceAll(strings.Replace(savedPier, `"type": "supports"`, `"type": "attacks"`, 1), "It sinks", "It sings"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	streams, in, stdout, stderr := TestStreams()
	in.WriteString(savedPier)
	streams.OutTerminal = func() bool { return color }
	code = Main(t.Context(), append([]string{"diff"}, strings.Fields(args)...), streams)
	return code, stdout.String(), stderr.String()
}

func TestDiff(t *testing.T) {
	for _, c := range []struct {
		args        string
		code        int
		out, errOut string // begin so
	}{
		{"m.json m.json", ExitDone, "no differences\n", ""},
		{"m.json -", ExitDone, "no differences\n", ""},
		{"m.json n.json", ExitFindings, "--- a.txt\n+++ a.txt\n\nRECOMMENDATIONS\n~ u1  Mend the pier\n    newly attacked by u2\n", ""},
		{"m.json n.json --min-confidence 0.85", ExitDone, "no differences\n", ""},
		{"m.json two.jsonl", ExitInput, "", "argmap: two.jsonl: holds 2 documents, and diff compares one with one\n"},
		{"broken.json missing.json", ExitInput, "", "argmap: broken.json: broken JSON at line 1, column 13: unexpected end of JSON input\nargmap: missing.json: no such file\n"},
		{"m.json n.json -o n.json", ExitUsage, "", "argmap: n.json is both input and output\n"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, out, errOut := diff(t, false, c.args)
			if code != c.code || !strings.HasPrefix(out, c.out) || (c.out == "") != (out == "") || errOut != c.errOut {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
	_, plain, _ := diff(t, false, "m.json n.json")
	_, colored, _ := diff(t, true, "m.json n.json")
	if stripped := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colored, ""); stripped != plain || stripped == colored {
		t.Errorf("on a terminal:\n%q", colored)
	}
	if code, out, _ := diff(t, true, "m.json n.json -o d.txt"); code != ExitFindings || out != "" {
		t.Errorf("exit code %d, stdout %q", code, out)
	}
	if written, err := os.ReadFile("d.txt"); err != nil || string(written) != plain {
		t.Errorf("%v\n%s", err, written)
	}
}
