package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	checks "github.com/argmap/argmap/internal/check"
)

func TestCheckFlags(t *testing.T) {
	a := []string{"a.txt"}
	for _, c := range []struct {
		args    string
		want    CheckOptions
		wantErr string
	}{
		{"", CheckOptions{Files: []string{"-"}, Format: "text", FailOn: "warning"}, ""},
		{"a.txt b.json", CheckOptions{Files: []string{"a.txt", "b.json"}, Format: "text", FailOn: "warning"}, ""},
		{"a.txt --json --fail-on NOTE", CheckOptions{Files: a, Format: "json", FailOn: "note"}, ""},
		{"a.txt -f GitHub", CheckOptions{Files: a, Format: "github", FailOn: "warning"}, ""},
		{"a.txt -o f.SARIF", CheckOptions{Files: a, Format: "sarif", Output: "f.SARIF", FailOn: "warning"}, ""},
		{"a.txt -o f.json", CheckOptions{Files: a, Format: "json", Output: "f.json", FailOn: "warning"}, ""},
		{"a.txt -o f.json -f text", CheckOptions{Files: a, Format: "text", Output: "f.json", FailOn: "warning"}, ""},
		{"a.txt --rules Stray-Claim,one-source --rules missing-thesis --min-confidence .5",
			CheckOptions{Files: a, Format: "text", FailOn: "warning", Rules: []string{"stray-claim", "one-source", "missing-thesis"}, MinConfidence: .5}, ""},
		{"a.txt --disable one-source", CheckOptions{Files: a, Format: "text", FailOn: "warning", Disable: []string{"one-source"}}, ""},
		{"--list", CheckOptions{List: true, Format: "text", FailOn: "warning"}, ""},
		{"--list --json", CheckOptions{List: true, Format: "json", FailOn: "warning"}, ""},
		{"--explain Stray-claim", CheckOptions{Explain: "stray-claim", Format: "text", FailOn: "warning"}, ""},

		{"a.txt --json -f text", CheckOptions{}, "--json and --format text contradict each other"},
		{"a.txt -f yaml", CheckOptions{}, `unknown format "yaml"; known: text, json, sarif, github`},
		{"a.txt --fail-on never", CheckOptions{}, `unknown level "never"; known: error, warning, note`},
		{"a.txt --rules thesis", CheckOptions{}, `unknown rule "thesis"; known: circular-support, `},
		{"a.txt --disable x", CheckOptions{}, `unknown rule "x"`},
		{"a.txt --rules one-source --disable one-source", CheckOptions{}, "--rules and --disable leave no rule to apply"},
		{"a.txt --min-confidence 2", CheckOptions{}, "--min-confidence: 2 is not between 0 and 1"},
		{"a.txt --jobs 0", CheckOptions{}, "--jobs: 0 is less than 1"},
		{"--explain thesis", CheckOptions{}, `unknown rule "thesis"`},
		{"--explain=", CheckOptions{}, `unknown rule ""`},
		{"--explain one-source a.txt", CheckOptions{}, "--explain reads no file, got a.txt"},
		{"--list a.txt", CheckOptions{}, "--list reads no file, got a.txt"},
		{"--list --explain one-source", CheckOptions{}, "--list and --explain contradict each other"},
		{"--list -f sarif", CheckOptions{}, "--list prints no sarif"},
		{"--explain one-source --json", CheckOptions{}, "--explain prints no json"},
		{"--explain", CheckOptions{}, "--explain needs a value"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdCheck, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs")
		})
	}
}

// checked runs argmap check in a folder with an article and files of other kinds.
func checked(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.txt":   "The pier must be mended. It sinks by a centimetre every year.\n",
		"nul.txt": "\x00\x01\x02\x00",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	streams, in, stdout, stderr := TestStreams()
	in.WriteString("The pier must be mended.\n")
	code = Main(t.Context(), append([]string{"check"}, args...), streams)
	return code, stdout.String(), stderr.String()
}

func TestCheckExplainsEveryRule(t *testing.T) {
	_, list, _ := checked(t, "--list")
	for _, r := range checks.Rules() {
		if !strings.Contains(list, r.ID+"  ") || !strings.Contains(list, "  "+r.Title+"\n") {
			t.Errorf("%s is not in the list", r.ID)
		}
		code, out, errOut := checked(t, "--explain", r.ID)
		if code != ExitDone || errOut != "" || !strings.HasPrefix(out, r.ID+" ("+string(r.Level)+"): "+r.Title+"\n\n") {
			t.Errorf("%s: exit code %d, stderr %q\n%s", r.ID, code, errOut, out)
		}
	}
	if n := strings.Count(list, "\n"); n != len(checks.Rules()) {
		t.Errorf("%d lines", n)
	}
}

func TestCheckErrors(t *testing.T) {
	for _, c := range []struct {
		args   string
		code   int
		errOut string
	}{
		{"missing.txt", ExitInput, "argmap: missing.txt: no such file\n"},
		{"nul.txt", ExitInput, "argmap: nul.txt: "},
		{"a.txt missing.txt", ExitInput, "argmap: missing.txt: no such file\n"},
		{"a.txt -o a.txt", ExitUsage, "argmap: a.txt is both input and output\n"},
		{"a.txt -o no/where.txt", ExitInput, "argmap: no/where.txt: no folder no to write it to\n"},
	} {
		t.Run(c.args, func(t *testing.T) {
			if code, _, errOut := checked(t, strings.Fields(c.args)...); code != c.code || !strings.HasPrefix(errOut, c.errOut) {
				t.Errorf("exit code %d, stderr %q", code, errOut)
			}
		})
	}
}
