package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/draw"
)

// parse runs the command that build makes on args, with a runF that keeps the
// options instead of working.
func parse[O any](t *testing.T, build func(*IOStreams, func(context.Context, *O) error) *cobra.Command, args string) (*O, error) {
	t.Helper()
	streams, _, _, _ := TestStreams()
	var got *O
	cmd := build(streams, func(_ context.Context, o *O) error { got = o; return nil })
	root := &cobra.Command{Use: "argmap", SilenceErrors: true, SilenceUsage: true}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(cmd)
	root.SetArgs(append([]string{cmd.Name()}, strings.Fields(args)...))
	err := root.Execute()
	return got, err
}

// check compares options or, if wantErr is set, the message of the usage error.
func check[O any](t *testing.T, got *O, err error, want O, wantErr string, ignore ...string) {
	t.Helper()
	if wantErr != "" {
		var usage *usageError
		if !errors.As(err, &usage) || !strings.Contains(usage.message, wantErr) {
			t.Fatalf("error %v, want a usage error with %q", err, wantErr)
		}
		if got != nil {
			t.Error("the command ran all the same")
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&want, got, cmpopts.IgnoreFields(want, ignore...), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
}

func TestExtractFlags(t *testing.T) {
	a := []string{"a.txt"}
	for _, c := range []struct {
		args    string
		want    ExtractOptions
		wantErr string
	}{
		{"", ExtractOptions{Files: []string{"-"}, Format: "text"}, ""},
		{"a.txt", ExtractOptions{Files: a, Format: "text"}, ""},
		{"a.txt - b.txt", ExtractOptions{Files: []string{"a.txt", "-", "b.txt"}, Format: "text"}, ""},
		{"a.txt --json", ExtractOptions{Files: a, Format: "json"}, ""},
		{"--json --format json a.txt", ExtractOptions{Files: a, Format: "json"}, ""},
		{"a.txt -f CSV", ExtractOptions{Files: a, Format: "csv"}, ""},
		{"a.txt -o out.json", ExtractOptions{Files: a, Format: "json", Output: "out.json"}, ""},
		{"a.txt -o out.JSON", ExtractOptions{Files: a, Format: "json", Output: "out.JSON"}, ""},
		{"a.txt -o out.json -f csv", ExtractOptions{Files: a, Format: "csv", Output: "out.json"}, ""},
		{"a.txt -o out", ExtractOptions{Files: a, Format: "text", Output: "out"}, ""},
		{"a.txt -o -", ExtractOptions{Files: a, Format: "text", Output: "-"}, ""},
		{"a.txt --only claims,Sources --only relations",
			ExtractOptions{Files: a, Format: "text", Only: []string{"claims", "sources", "relations"}}, ""},
		{"a.txt --min-confidence .5 --with-text",
			ExtractOptions{Files: a, Format: "text", MinConfidence: .5, WithText: true}, ""},
		{"-- -x", ExtractOptions{Files: []string{"-x"}, Format: "text"}, ""},

		{"a.txt --format yaml", ExtractOptions{}, `unknown format "yaml"; known: `},
		{"a.txt --json -f csv", ExtractOptions{}, "--json and --format csv contradict each other"},
		{"a.txt -o out.xyz", ExtractOptions{}, `no format has the extension ".xyz"`},
		{"a.txt -o out.svg", ExtractOptions{}, `no format has the extension ".svg"`},
		{"a.txt --only thesis", ExtractOptions{}, `unknown part "thesis"; known: claims,`},
		{"a.txt --min-confidence 1.5", ExtractOptions{}, "--min-confidence: 1.5 is not between 0 and 1"},
		{"a.txt --min-confidence -1", ExtractOptions{}, "--min-confidence: -1 is not between 0 and 1"},
		{"a.txt --min-confidence NaN", ExtractOptions{}, "--min-confidence: NaN is not between 0 and 1"},
		{"a.txt --min-confidence high", ExtractOptions{}, `--min-confidence: "high" is not a number`},
		{"a.txt --jobs 0", ExtractOptions{}, "--jobs: 0 is less than 1"},
		{"a.txt --jobs many", ExtractOptions{}, `--jobs: "many" is not a whole number`},
		{"a.txt --json=maybe", ExtractOptions{}, `--json: "maybe" is not true or false`},
		{"a.txt --output", ExtractOptions{}, "--output needs a value"},
		{"a.txt --frmat csv", ExtractOptions{}, "unknown flag --frmat"},
		{"a.txt -z", ExtractOptions{}, "unknown flag -z"},
		{"- -", ExtractOptions{}, "standard input (-) can be read only once"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdExtract, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs")
		})
	}
}

func TestGraphFlags(t *testing.T) {
	a := []string{"a.txt"}
	for _, c := range []struct {
		args    string
		want    GraphOptions
		wantErr string
	}{
		{"", GraphOptions{Files: []string{"-"}, Drawing: "dot", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt --svg", GraphOptions{Files: a, Drawing: "svg", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt -o m.png", GraphOptions{Files: a, Drawing: "png", Output: "m.png", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt -o m.gv", GraphOptions{Files: a, Drawing: "dot", Output: "m.gv", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt -o m.png --svg", GraphOptions{Files: a, Drawing: "svg", Output: "m.png", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt --json b.json", GraphOptions{Files: []string{"a.txt", "b.json"}, Drawing: "json", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt --rankdir lr --theme DARK --no-sources --min-confidence 1 --scale 2.5",
			GraphOptions{Files: a, Drawing: "dot", Rankdir: "LR", Theme: "dark", NoSources: true, MinConfidence: 1, Scale: 2.5, Depth: draw.DefaultDepth, MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt --title Bees --no-legend --limit 9",
			GraphOptions{Files: a, Drawing: "dot", Title: "Bees", NoLegend: true, Scale: draw.DefaultScale, Depth: draw.DefaultDepth, MaxUnits: 9}, ""},
		{"a.txt --focus u3 --depth 1 --max-units 200",
			GraphOptions{Files: a, Drawing: "dot", Scale: draw.DefaultScale, Focus: "u3", Depth: 1, MaxUnits: 200}, ""},
		{"a.txt --only RECOMMENDATIONS",
			GraphOptions{Files: a, Drawing: "dot", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, Only: "recommendations", MaxUnits: draw.DefaultMaxUnits}, ""},
		{"a.txt --collapse",
			GraphOptions{Files: a, Drawing: "dot", Scale: draw.DefaultScale, Depth: draw.DefaultDepth, Collapse: true, MaxUnits: draw.DefaultMaxUnits}, ""},

		{"a.txt --svg --png", GraphOptions{}, "--svg and --png contradict each other"},
		{"a.txt -o m.bmp", GraphOptions{}, `cannot draw ".bmp" files; known extensions: .dot, .svg, .png, .pdf, .html, .json`},
		{"a.txt --rankdir up", GraphOptions{}, `unknown rankdir "up"; known: LR, RL, TB, BT`},
		{"a.txt --theme drak", GraphOptions{}, `unknown theme "drak"; known: `},
		{"a.txt --scale 0", GraphOptions{}, "--scale: 0 is not between"},
		{"a.txt --scale Inf", GraphOptions{}, "--scale: +Inf is not between"},
		{"a.txt --scale NaN", GraphOptions{}, "--scale: NaN is not between"},
		{"a.txt --min-confidence 2", GraphOptions{}, "--min-confidence: 2 is not between 0 and 1"},
		{"a.txt --jobs -3", GraphOptions{}, "--jobs: -3 is less than 1"},
		{"a.txt --max-units 0", GraphOptions{}, "--max-units: 0 is less than 1"},
		{"a.txt --limit 0", GraphOptions{}, "--max-units: 0 is less than 1"},
		{"a.txt --focus u1 --depth 0", GraphOptions{}, "--depth: 0 is less than 1"},
		{"a.txt --depth 3", GraphOptions{}, "--depth says how far around the unit of --focus, which is missing"},
		{"a.txt --only claim", GraphOptions{}, `unknown part "claim"; known: recommendations`},
		{"a.txt --focus u1 --only recommendations", GraphOptions{}, "--focus and --only contradict each other"},
		{"a.txt --focus u1 --collapse", GraphOptions{}, "--focus and --collapse contradict each other"},
		{"a.txt --only recommendations --collapse", GraphOptions{}, "--only and --collapse contradict each other"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdGraph, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs")
		})
	}
}

func TestSmallCommandFlags(t *testing.T) {
	schema, err := parse(t, NewCmdSchema, "-o s.json")
	check(t, schema, err, SchemaOptions{Output: "s.json"}, "", "IO")
	schema, err = parse(t, NewCmdSchema, "x")
	check(t, schema, err, SchemaOptions{}, `schema takes no arguments, got "x"`)

	version, err := parse(t, NewCmdVersion, "")
	check(t, version, err, VersionOptions{}, "", "IO")
	version, err = parse(t, NewCmdVersion, "1")
	check(t, version, err, VersionOptions{}, "version takes no arguments")

	completion, err := parse(t, NewCmdCompletion, "Fish")
	check(t, completion, err, CompletionOptions{Shell: "fish"}, "", "IO", "Root")
	completion, err = parse(t, NewCmdCompletion, "tcsh")
	check(t, completion, err, CompletionOptions{}, `unknown shell "tcsh"; known: bash, zsh, fish, powershell`)
	completion, err = parse(t, NewCmdCompletion, "")
	check(t, completion, err, CompletionOptions{}, "completion takes one argument")

	man, err := parse(t, NewCmdMan, "folder")
	check(t, man, err, ManOptions{Folder: "folder"}, "", "IO", "Root")
	man, err = parse(t, NewCmdMan, "a b")
	check(t, man, err, ManOptions{}, "man takes one argument, the folder; got 2")
}

func TestTerminals(t *testing.T) {
	yes := func() bool { return true }
	for _, c := range []struct {
		args            string
		in, out         bool
		message, hinted string // "" means that no usage error may come
	}{
		{"extract", true, false, "standard input is a terminal", "argmap extract FILE"},
		{"extract -", true, false, "standard input is a terminal", "argmap extract FILE"},
		{"graph", true, true, "standard input is a terminal", "argmap graph FILE"},
		{"graph --png a.txt", false, true, "a PNG picture cannot be shown on a terminal", "argmap graph -o map.png"},
		{"graph --png a.txt -o -", false, true, "a PNG picture cannot be shown on a terminal", "argmap graph -o map.png"},
		{"graph --svg no-such-file.txt", true, true, "", ""},
	} {
		t.Run(c.args, func(t *testing.T) {
			streams, _, _, errOut := TestStreams()
			if c.in {
				streams.InTerminal = yes
			}
			if c.out {
				streams.OutTerminal = yes
			}
			code := Main(t.Context(), strings.Fields(c.args), streams)
			if (code == ExitUsage) != (c.message != "") {
				t.Errorf("exit code %d", code)
			}
			message, hint, _ := strings.Cut(errOut.String(), "\nhint: ")
			if !strings.Contains(message, c.message) || !strings.Contains(hint, c.hinted) {
				t.Errorf("stderr:\n%s", errOut)
			}
		})
	}
}
