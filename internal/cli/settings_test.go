package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/config"
)

// inProject makes a new folder with a project file of that text the working
// folder.
func inProject(t *testing.T, file string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, ".git"), 0o755); err != nil { // where the search ends
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, ".argmap.yaml"), []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
}

// environ makes streams see the variables of env, "A=b C=d".
func environ(streams *IOStreams, env string) {
	values := map[string]string{}
	for _, v := range strings.Fields(env) {
		name, value, _ := strings.Cut(v, "=")
		values[name] = value
	}
	streams.Getenv = func(name string) string { return values[name] }
}

// settled runs the command line args in the environment env, with commands that
// do nothing but tell the options that came of it.
func settled(env, args string) (options string, err error) {
	streams, _, _, _ := TestStreams()
	environ(streams, env)
	tell := func(format string, a ...any) error {
		options = fmt.Sprintf(format, a...)
		return nil
	}
	root := &cobra.Command{Use: "argmap", SilenceErrors: true, SilenceUsage: true}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		NewCmdExtract(streams, func(_ context.Context, o *ExtractOptions) error {
			return tell("%s only=%v min=%v text=%v offsets=%v", o.Format, o.Only, o.MinConfidence, o.WithText, o.Offsets)
		}),
		NewCmdGraph(streams, func(_ context.Context, o *GraphOptions) error {
			return tell("%s %s only=%s collapse=%v depth=%d page=%s", o.Drawing, o.Theme, o.Only, o.Collapse, o.Depth, o.Page)
		}),
		NewCmdView(streams, func(_ context.Context, o *ViewOptions) error { return tell("watch=%v", o.Watch) }),
		NewCmdConvert(streams, func(_ context.Context, o *ConvertOptions) error { return tell("%s text=%v", o.To, o.WithText) }),
		NewCmdCheck(streams, func(_ context.Context, o *CheckOptions) error {
			return tell("%s rules=%v disable=%v fail-on=%s", o.Format, o.Rules, o.Disable, o.FailOn)
		}),
		NewCmdStats(streams, func(_ context.Context, o *StatsOptions) error { return tell("%s top=%d", o.Format, o.Top) }),
	)
	useSettings(root, streams)
	root.SetArgs(strings.Fields(args))
	return options, root.Execute()
}

// TestPrecedence checks which of the places where a flag can be set decides.
func TestPrecedence(t *testing.T) {
	for _, c := range []struct {
		file, env, args string
		want            string // part of the options
	}{
		// One flag, from the weakest to the strongest.
		{"", "", "stats a.txt", "text top=5"},
		{"top: 1", "", "stats a.txt", "text top=1"},
		{"{top: 1, stats: {top: 2}}", "", "stats a.txt", "text top=2"},
		{"{top: 1, stats: {top: 2}}", "ARGMAP_TOP=3", "stats a.txt", "text top=3"},
		{"{top: 1, stats: {top: 2}}", "ARGMAP_TOP=3 ARGMAP_STATS_TOP=4", "stats a.txt", "text top=4"},
		{"{top: 1, stats: {top: 2}}", "ARGMAP_TOP=3 ARGMAP_STATS_TOP=4", "stats a.txt --top 6", "text top=6"},
		{"{top: 1, stats: {top: 2}}", "ARGMAP_TOP=3 ARGMAP_STATS_TOP=4", "stats a.txt --top 5", "text top=5"}, // as it is by itself
		{"{stats: {top: 2}, top: 1}", "ARGMAP_TOP= ARGMAP_EXTRACT_TOP=9", "stats a.txt", "text top=2"},

		// Kinds of values.
		{"{min-confidence: 0.5, with-text: true}", "", "extract a.txt", "text only=[] min=0.5 text=true"},
		{"extract: {only: [claims, Sources]}", "", "extract a.txt", "only=[claims sources]"},
		{"extract: {only: claims}", "", "extract a.txt", "only=[claims]"},
		{"extract: {only: 'claims, sources'}", "", "extract a.txt", "only=[claims sources]"},
		{"", "ARGMAP_ONLY=claims,sources", "extract a.txt", "only=[claims sources]"},
		{"extract: {only: [claims]}", "ARGMAP_ONLY=sources", "extract a.txt", "only=[sources]"}, // replaced, not added to
		{"extract: {only: [claims]}", "", "extract a.txt --only relations", "only=[relations]"},
		{"{only: [claims], extract: {only: []}}", "", "extract a.txt", "only=[]"},
		{"{theme: dark, graph: {theme: ''}}", "", "graph a.txt", "dot  only="},
		{"top: 0x10", "", "stats a.txt", "top=16"},
		{"top: 1\nview:\n  # nothing yet\n", "", "stats a.txt", "top=1"},

		// For all commands, where its value is one of the flag's.
		{"format: csv", "", "stats a.txt", "csv"},
		{"format: csv", "", "check a.txt", "text rules="},
		{"format: sarif", "", "check a.txt", "sarif"},
		{"format: sarif", "", "extract a.txt", "text only="},
		{"{format: json, check: {format: github}}", "ARGMAP_FORMAT=csv", "check a.txt", "github"},
		{"", "ARGMAP_FORMAT=csv", "extract a.txt", "csv"},
		{"only: recommendations", "", "graph a.txt", "only=recommendations"},
		{"only: recommendations", "", "extract a.txt", "only=[recommendations]"},
		{"only: [claims, sources]", "", "graph a.txt", "only= "},

		// What says in which form something is written.
		{"extract: {format: csv}", "", "extract a.txt --json", "json"},
		{"json: true", "", "extract a.txt --format csv", "csv"},
		{"json: true", "", "extract a.txt", "json"},
		{"{json: true, extract: {format: csv}}", "", "extract a.txt", "csv"},
		{"extract: {format: csv}", "ARGMAP_JSON=1", "extract a.txt", "json"},
		{"extract: {format: csv}", "ARGMAP_JSON=0", "extract a.txt", "csv"},
		{"extract: {format: csv}", "", "extract a.txt --json=false", "csv"},
		{"extract: {format: csv}", "", "extract a.txt -o a.json", "json"},
		{"extract: {format: csv}", "ARGMAP_JSON=1", "extract a.txt -o a.md", "markdown"},
		{"extract: {format: csv}", "", "extract a.txt -o a.json.gz", "json"},
		{"extract: {format: csv}", "", "extract a.txt -o a.log", "csv"},
		{"extract: {format: csv}", "", "extract a.txt -o a", "csv"},
		{"extract: {format: csv}", "", "extract a.txt -o -", "csv"},
		{"extract: {format: csv}", "", "extract a.txt -o a.json -f aif", "aif"},
		{"stats: {format: json}", "", "stats a.txt -o a.csv", "csv"},
		{"check: {format: github}", "", "check a.txt -o a.sarif", "sarif"},
		{"check: {format: github}", "", "check --list", "text"},
		{"check: {format: github}", "", "check --explain one-source", "text"},
		{"check: {json: true}", "", "check --explain one-source", "text"},
		{"convert: {to: aif}", "", "convert a.json", "aif"},
		{"convert: {to: aif}", "", "convert a.json -o a.graphml", "graphml"},
		{"convert: {to: aif}", "", "convert a.json -t gexf", "gexf"},
		{"svg: true", "", "graph a.txt", "svg"},
		{"svg: true", "", "graph a.txt --png -o a", "png"},
		{"svg: true", "", "graph a.txt --svg=false", "dot"},
		{"svg: true", "", "graph a.txt -o a.PDF", "pdf"},
		{"svg: true", "", "graph a.txt -o a.pdf --json", "json"},
		{"svg: true", "ARGMAP_GRAPH_HTML=true", "graph a.txt", "html"},
		{"graph: {svg: true}", "ARGMAP_JSON=true", "graph a.txt", "json"},
		{"{json: true, graph: {svg: true}}", "", "graph a.txt", "svg"},

		// What says which part of a map is drawn.
		{"graph: {collapse: true}", "", "graph a.txt", "collapse=true"},
		{"graph: {collapse: true}", "", "graph a.txt --focus u1", "collapse=false"},
		{"graph: {collapse: true}", "", "graph a.txt --only recommendations", "only=recommendations collapse=false"},
		{"graph: {only: recommendations}", "", "graph a.txt --collapse", "only= collapse=true"},
		{"graph: {only: recommendations}", "ARGMAP_COLLAPSE=1", "graph a.txt --focus u1", "only= collapse=false"},
		{"graph: {depth: 4}", "", "graph a.txt --focus u1", "depth=4"},
		{"graph: {depth: 4}", "", "graph a.txt", "depth=2"},
		{"graph: {page: a4}", "", "graph a.txt", "page="},
		{"graph: {page: a4}", "", "graph a.txt -o a.pdf", "pdf  only= collapse=false depth=2 page=a4"},
		{"graph: {page: a4, pdf: true}", "", "graph a.txt -o a.pdf", "page=a4"},
		{"graph: {page: a4}", "", "graph a.txt -o a.pdf --svg", "svg  only= collapse=false depth=2 page="},
		{"graph: {page: a4, pdf: true}", "", "graph a.txt -o a.svg", "svg  only= collapse=false depth=2 page="},

		// Others that do not go together.
		{"check: {disable: [one-source]}", "", "check a.txt", "rules=[] disable=[one-source]"},
		{"check: {disable: [one-source]}", "", "check a.txt --rules one-source", "rules=[one-source] disable=[]"},
		{"check: {rules: [one-source, stray-claim]}", "", "check a.txt --disable one-source", "rules=[one-source stray-claim] disable=[one-source]"},
		{"offsets: bytes", "", "extract a.txt", "text only=[] min=0 text=false offsets= "},
		{"offsets: bytes", "", "extract a.txt --json", "json only=[] min=0 text=false offsets=bytes "},
		{"offsets: bytes", "", "extract a.txt -o a.jsonl.gz", "jsonl only=[] min=0 text=false offsets=bytes "},
		{"with-text: true", "", "convert a.json", "json text=false"},
		{"with-text: true", "", "convert a.json -o a.ann", "brat text=true"},
		{"with-text: true", "", "convert a.json -t brat", "brat text=false"},
		{"view: {watch: true}", "", "view a.txt", "watch=true"},
		{"view: {watch: true}", "", "view", "watch=false"},
		{"view: {watch: true}", "", "view -", "watch=false"},
		{"view: {watch: true}", "", "view https://example.org/a", "watch=false"},

		// The file, named or not.
		{"top: 1", "", "stats a.txt --no-config", "top=5"},
		{"top: 1", "", "--no-config stats a.txt", "top=5"},
		{"top: 1", "ARGMAP_TOP=3", "stats a.txt --no-config", "top=3"},
		{"top: 1", "ARGMAP_NO_CONFIG=1", "stats a.txt", "top=5"},
		{"top: 1", "ARGMAP_NO_CONFIG=1", "stats a.txt --config .argmap.yaml", "top=1"},
		{"top: 1", "ARGMAP_NO_CONFIG=0", "stats a.txt", "top=1"},
		{"top: 1", "ARGMAP_CONFIG=" + os.DevNull, "stats a.txt", "top=5"},
		{"top: 1", "ARGMAP_CONFIG=" + os.DevNull, "stats a.txt --config .argmap.yaml", "top=1"},
		{"top: 1", "ARGMAP_CONFIG=missing.yaml", "--no-config stats a.txt", "top=5"},
	} {
		t.Run(fmt.Sprintf("%s|%s|%s", c.file, c.env, c.args), func(t *testing.T) {
			inProject(t, c.file)
			got, err := settled(c.env, c.args)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got+" ", c.want) {
				t.Errorf("options %q, want %q among them", got, c.want)
			}
		})
	}
}

// TestBadSettings checks exit code and message of what cannot be, whichever
// command runs.
func TestBadSettings(t *testing.T) {
	for _, c := range []struct {
		file, env, args string
		code            int
		want            string // how standard error begins, after "argmap: "
	}{
		{"jobs: 4\nthem: dark\n", "", "stats a.txt", 2, ".argmap.yaml:2:1: unknown setting \"them\"\nhint: did you mean theme?\n"},
		{"whatever: 1\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: unknown setting \"whatever\"\n"},
		{"extrat:\n  only: claims\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: unknown command \"extrat\"\nhint: did you mean extract?\n"},
		{"theme:\n  name: dark\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: theme: takes a value; settings belong below a command\n"},
		{"extract: json\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: extract: is a command; what is set for it stands below it, indented\n"},
		{"extract:\n  fromat: json\n", "", "stats a.txt", 2, ".argmap.yaml:2:3: extract has no flag \"fromat\"\nhint: did you mean format?\n"},
		{"extract:\n  theme: dark\n", "", "stats a.txt", 2, ".argmap.yaml:2:3: extract has no flag \"theme\"\nhint: graph has one\n"},
		{"graph:\n  limit: 9\n", "", "stats a.txt", 2, ".argmap.yaml:2:3: graph has no flag \"limit\"\nhint: eval has one\n"},
		{"config:\n  json: true\n", "", "stats a.txt", 2, ".argmap.yaml:2:3: config has no flag \"json\"\n"},
		{"output: a.json\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: output: can be given on the command line only\n"},
		{"version: true\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: version: is a command;"},
		{"graph:\n  focus: u1\n", "", "stats a.txt", 2, ".argmap.yaml:2:3: focus: can be given on the command line only\n"},
		{"check: {list: true}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: list: can be given on the command line only\n"},
		{"check: {explain: one-source}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: explain: can be given on the command line only\n"},
		{"no-config: true\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: no-config: can be given on the command line only\n"},
		{"jobs:\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: jobs: has no value\n"},
		{"check: {disable: ~}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: disable: has no value\n"},
		{"jobs: many\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: jobs: \"many\" is not a whole number\n"},
		{"graph: {svg: yes}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: svg: \"yes\" is not true or false\n"},
		{"jobs: [1, 2]\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: jobs: takes one value, not a list\n"},
		{"graph: {theme: drak}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: theme: unknown value \"drak\"; known: "},
		{"check: {disable: [one-source, stray]}\n", "", "stats a.txt", 2, ".argmap.yaml:1:9: disable: unknown value \"stray\"; known: "},
		{"format: yaml\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: format: unknown value \"yaml\"; known: "},

		// What the command itself refuses.
		{"jobs: 0\n", "", "stats a.txt", 2, ".argmap.yaml:1:1: jobs: 0 is less than 1\n"},
		{"min-confidence: 7\n", "", "check a.txt", 2, ".argmap.yaml:1:1: min-confidence: 7 is not between 0 and 1\n"},
		{"graph:\n  svg: true\n  png: true\n", "", "graph a.txt", 2, ".argmap.yaml:2:3: --svg and --png contradict each other\n"},
		{"extract:\n  json: true\n  format: csv\n", "", "extract a.txt", 2, ".argmap.yaml:2:3: --json and --format csv contradict each other\n"},
		{"check:\n  format: github\n", "", "check --explain=", 2, "unknown rule \"\"; known: "},
		{"extract:\n  format: csv\n", "", "extract a.txt -o a.svg", 2, "no format has the extension \".svg\"; known formats: "},
		{"jobs: 0\n", "", "stats a.txt --jobs 0", 2, "--jobs: 0 is less than 1\n"},
		{"jobs: 3\n", "", "stats a.txt --min-confidence 7", 2, "--min-confidence: 7 is not between 0 and 1\n"},

		// The environment. What has no flag, or is for another command, is left alone.
		{"", "ARGMAP_JOBS=many", "stats a.txt", 2, "ARGMAP_JOBS: \"many\" is not a whole number\n"},
		{"", "ARGMAP_JOBS=0", "stats a.txt", 2, "ARGMAP_JOBS: 0 is less than 1\n"},
		{"", "ARGMAP_STATS_FORMAT=sarif", "stats a.txt", 2, "ARGMAP_STATS_FORMAT: unknown value \"sarif\"; known: text, json, csv\n"},
		{"", "ARGMAP_FORMAT=jsn", "stats a.txt", 2, "ARGMAP_FORMAT: unknown value \"jsn\"; known: text, json, csv\nhint: did you mean json?\n"},
		{"", "ARGMAP_NO_CONFIG=yes", "stats a.txt", 2, "ARGMAP_NO_CONFIG: \"yes\" is not true or false\n"},
		{"", "ARGMAP_GRAPH_JOBS=many ARGMAP_BOGUS=1 ARGMAP_THEME=drak ARGMAP_OUTPUT=x ARGMAP_HELP=1", "stats a.txt", 3, "a.txt: no such file\n"},

		// The file.
		{"jobs: [1\n", "", "stats a.txt", 3, ".argmap.yaml:1: did not find expected ',' or ']'\n"},
		{"- 1\n", "", "stats a.txt", 3, ".argmap.yaml:1:1: not a list of settings"},
		{"jobs: 1\njobs: 2\n", "", "stats a.txt", 3, ".argmap.yaml:2:1: \"jobs\" stands there twice, first in line 1\n"},
		{"", "", "stats a.txt --config no.yaml", 3, "no.yaml: no such file\n"},
		{"", "ARGMAP_CONFIG=no.yaml", "stats a.txt", 3, "no.yaml: no such file\n"},
		{"", "", "stats a.txt --config .git", 3, ".git: is not a file\n"},
		{"", "", "stats a.txt --config=", 2, "--config needs the name of a file\nhint: --no-config takes none\n"},
		{"", "", "stats a.txt --config -", 2, "the project file cannot be standard input\n"},
		{"", "", "stats a.txt --config .argmap.yaml --no-config", 2, "--config and --no-config contradict each other\n"},

		// Commands that take no settings work all the same.
		{"jobs: [1\n", "", "version", 0, ""},
		{"them: dark\n", "ARGMAP_NO_CONFIG=yes", "--version", 0, ""},
		{"them: dark\n", "", "help stats", 0, ""},
		{"them: dark\n", "", "stats --help", 0, ""},
		{"them: dark\n", "", "completion bash", 0, ""},
		{"them: dark\n", "", "schema", 0, ""},
		{"them: dark\n", "", "__complete extract --format j", 0, ""},
		{"them: dark\n", "", "config", 2, ".argmap.yaml:1:1: unknown setting \"them\"\n"},
	} {
		t.Run(fmt.Sprintf("%s|%s|%s", c.file, c.env, c.args), func(t *testing.T) {
			inProject(t, c.file)
			streams, _, _, errOut := TestStreams()
			environ(streams, c.env)
			if code := Main(t.Context(), strings.Fields(c.args), streams); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			got, isError := strings.CutPrefix(errOut.String(), "argmap: ")
			if c.want == "" && isError || !strings.HasPrefix(got, c.want) {
				t.Errorf("stderr:\n%s\nwant:\n%s", errOut, c.want)
			}
		})
	}
}

// TestIgnoredFile checks that a file that anybody may write to has no say, and
// that this is said, unless quiet is wanted.
func TestIgnoredFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no mode bits")
	}
	inProject(t, "them: dark")
	if err := os.Chmod(".argmap.yaml", 0o666); err != nil {
		t.Fatal(err)
	}
	const want = "argmap: .argmap.yaml: ignored, for it may be written to by anyone; --config .argmap.yaml uses it all the same\n"
	for env, want := range map[string]string{"": want, "ARGMAP_QUIET=1": ""} {
		for _, command := range []string{"stats a.txt", "config"} {
			streams, _, _, errOut := TestStreams()
			environ(streams, env)
			Main(t.Context(), strings.Fields(command), streams)
			if command == "config" && env != "" {
				continue // which takes no settings
			}
			if got := strings.ReplaceAll(errOut.String(), "argmap: a.txt: no such file\n", ""); got != want {
				t.Errorf("%s %s: stderr %q, want %q", env, command, got, want)
			}
		}
	}
}

// TestQuietAndVerbose checks that a setting reaches what all commands share, and
// that the flag wins where the two contradict each other.
func TestQuietAndVerbose(t *testing.T) {
	inProject(t, "quiet: true")
	for args, want := range map[string][2]bool{"stats a.txt": {true, false}, "stats a.txt -v": {false, true}, "stats a.txt -q=false": {false, false}} {
		streams, _, _, _ := TestStreams()
		Main(t.Context(), strings.Fields(args), streams)
		if got := [2]bool{streams.Quiet, streams.Verbose}; got != want {
			t.Errorf("%s: quiet, verbose = %v, want %v", args, got, want)
		}
	}
}

// TestNoSettingIsInTheWay gives every flag, alone, each value that it takes, and
// checks that no command without flags is refused for that: there is nobody who
// asked for two things that do not go together.
func TestNoSettingIsInTheWay(t *testing.T) {
	streams, _, _, _ := TestStreams()
	args := map[string]string{"diff": "a.txt b.txt", "explain": "a.txt u1"}
	tried := 0
	for _, cmd := range NewCmdRoot(streams).Commands() {
		if strings.Contains(cmd.Use, "SHELL") || strings.Contains(cmd.Use, "FOLDER") || strings.Contains(cmd.Use, "COMMAND") {
			continue // without settings
		}
		for _, f := range settable(cmd) {
			for _, value := range values(cmd, f) {
				tried++
				inProject(t, fmt.Sprintf("%s:\n  %s: %s\n", cmd.Name(), f.Name, value))
				line := cmd.Name()
				if strings.Contains(cmd.Use, " ") {
					line += " " + cmp.Or(args[cmd.Name()], "a.txt")
				}
				streams, _, _, errOut := TestStreams()
				if code := Main(t.Context(), strings.Fields(line), streams); code == ExitUsage {
					t.Errorf("%s: %s: with %s: %s", cmd.Name(), f.Name, value, errOut)
				}
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d settings tried", tried)
	}
}

// values are those that a flag takes or, where there are many, one that is not
// what it is by itself.
func values(cmd *cobra.Command, f *pflag.Flag) []string {
	if known := knownValues(cmd, f.Name); known != nil {
		return known
	}
	switch f.Value.Type() {
	case "bool":
		return []string{"true", "false"}
	case "int", "float64":
		n, _ := strconv.ParseFloat(f.DefValue, 64)
		if f.Value.Type() == "int" {
			return []string{fmt.Sprint(n + 1)}
		}
		return []string{fmt.Sprint(n/2 + 0.25)}
	}
	return []string{"x"}
}

// TestSettableFlags checks that the flags that tables name are there, and that no
// variable that has a meaning of its own is also that of a flag.
func TestSettableFlags(t *testing.T) {
	streams, _, _, _ := TestStreams()
	root := NewCmdRoot(streams)
	flags := map[string]bool{}
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		for _, f := range settable(cmd) {
			variable := "ARGMAP_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			if slices.Contains([]string{"ARGMAP_CACHE_DIR", "ARGMAP_DEBUG", "ARGMAP_KERNEL", "ARGMAP_CONFIG", "ARGMAP_NO_CONFIG"}, variable) {
				t.Errorf("%s --%s: %s means something else", cmd.Name(), f.Name, variable)
			}
			for _, other := range root.Commands() { // ARGMAP_CHECK_X must not be of a flag check-x too
				if strings.HasPrefix(f.Name, other.Name()+"-") {
					t.Errorf("%s --%s begins as the flags of %s do", cmd.Name(), f.Name, other.Name())
				}
			}
		}
	}
	for _, row := range rivals {
		for _, name := range append(slices.Clone(row.strong), row.weak...) {
			if !flags[name] {
				t.Errorf("no command has --%s, which the table of rivals names", name)
			}
		}
	}
	for _, c := range conditions {
		if cmd := commandNamed(root, c.command); cmd == nil || settableFlag(cmd, c.flag) == nil {
			t.Errorf("%s has no --%s, which the table of conditions names", c.command, c.flag)
		}
	}
}

// FuzzSettings checks that whatever a project file holds is taken up or refused
// as a usage error that says where, and that no flag is changed by that.
func FuzzSettings(f *testing.F) {
	for _, text := range []string{
		"jobs: 4\nextract:\n  format: jsonl\n  only: [claims]\n", "check: {disable: [one-source], fail-on: error}",
		"graph: {svg: true, page: a4, scale: .nan, title: ''}", "only: ''\neval: {errors: [all]}", "quiet: true\nformat: [a]",
		"convert: {to: brat}\nview: {port: 0x10}", "{diff: {similarity: 1e3}, stats: 7}",
	} {
		f.Add(text)
	}
	streams, _, _, _ := TestStreams()
	root := NewCmdRoot(streams)
	values := func() string {
		var b strings.Builder
		for _, cmd := range root.Commands() {
			cmd.Flags().VisitAll(func(f *pflag.Flag) { fmt.Fprintf(&b, "%s --%s=%s %v\n", cmd.Name(), f.Name, f.Value, f.Changed) })
		}
		return b.String()
	}
	before := values()
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := config.Parse([]byte(text))
		if err != nil {
			return
		}
		all := &settings{root: root, getenv: streams.Getenv, file: "x", sections: map[string][]setting{}}
		err = all.add(entries)
		var usage *usageError
		if err != nil && (!errors.As(err, &usage) || !strings.HasPrefix(usage.message, "x:") || strings.ContainsAny(usage.message, "\n\x1b")) {
			t.Fatalf("error %q", err)
		}
		for _, cmd := range root.Commands() {
			list, err := all.of(cmd)
			if err != nil {
				t.Fatal(err)
			}
			undisputed(cmd, list)
		}
		if diff := gocmp.Diff(before, values()); diff != "" {
			t.Fatalf("flags (-before +after):\n%s", diff)
		}
	})
}
