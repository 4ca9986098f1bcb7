package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/compare"
	"github.com/argmap/argmap/internal/draw"
)

func TestDiffFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    DiffOptions
		wantErr string
	}{
		{"a.txt b.txt", DiffOptions{A: "a.txt", B: "b.txt", Format: "text", Similarity: .5, MaxUnits: 60}, ""},
		{"- b.json --json", DiffOptions{A: "-", B: "b.json", Format: "json", Similarity: .5, MaxUnits: 60}, ""},
		{"a b -o d.JSON", DiffOptions{A: "a", B: "b", Format: "json", Output: "d.JSON", Similarity: .5, MaxUnits: 60}, ""},
		{"a b -o d.json -f Text", DiffOptions{A: "a", B: "b", Format: "text", Output: "d.json", Similarity: .5, MaxUnits: 60}, ""},
		{"a b --similarity 0 --min-confidence 1", DiffOptions{A: "a", B: "b", Format: "text", MinConfidence: 1, MaxUnits: 60}, ""},
		{"a b -o d.svg --theme Dark --max-units 9", DiffOptions{A: "a", B: "b", Format: "svg", Output: "d.svg", Similarity: .5, Theme: "dark", MaxUnits: 9}, ""},
		{"a b -f png", DiffOptions{A: "a", B: "b", Format: "png", Similarity: .5, MaxUnits: 60}, ""},

		{"a", DiffOptions{}, "diff takes two arguments, the texts to compare; got 1"},
		{"a b c", DiffOptions{}, "diff takes two arguments, the texts to compare; got 3"},
		{"- -", DiffOptions{}, "standard input (-) can be read only once"},
		{"a b -f csv", DiffOptions{}, `unknown format "csv"; known: text, json, dot, svg, png, pdf`},
		{"a b --theme neon", DiffOptions{}, `unknown theme "neon"; known: light, dark, print, colorblind`},
		{"a b --max-units 0", DiffOptions{}, "--max-units: 0 is less than 1"},
		{"a b --theme dark", DiffOptions{}, "--theme does not go with text; it is for pictures: dot, svg, png, pdf"},
		{"a b --max-units 60", DiffOptions{}, "--max-units does not go with text; it is for pictures: dot, svg, png, pdf"},
		{"a b -o d.json --theme print", DiffOptions{}, "--theme does not go with json; it is for pictures: dot, svg, png, pdf"},
		{"a b --json --max-units 9", DiffOptions{}, "--max-units does not go with json; it is for pictures: dot, svg, png, pdf"},
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

// TestDiffPictureRefused: pixels are not for a terminal.
func TestDiffPictureRefused(t *testing.T) {
	for _, c := range []struct {
		args   string
		errOut string
	}{
		{"m.json n.json -f png", "argmap: a PNG picture cannot be shown on a terminal\nhint: write it to a file: argmap diff A B -o changes.png\n"},
		{"m.json n.json -f pdf", "argmap: a PDF picture cannot be shown on a terminal\nhint: write it to a file: argmap diff A B -o changes.pdf\n"},
	} {
		if code, out, errOut := diff(t, true, c.args); code != ExitUsage || out != "" || errOut != c.errOut {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q", c.args, code, out, errOut)
		}
	}
	if code, out, errOut := diff(t, true, "m.json n.json -f svg"); code != ExitFindings || !strings.HasPrefix(out, "<?xml") || errOut != "" {
		t.Errorf("exit code %d, stdout %.80q, stderr %q", code, out, errOut)
	}
}

// TestVersionNames: versions are called by what tells them apart.
func TestVersionNames(t *testing.T) {
	for _, c := range []struct{ uriA, uriB, argA, argB, a, b string }{
		{"old.txt", "new.txt", "old.txt", "new.txt", "old.txt", "new.txt"},
		{"drafts/old.txt", "final/new.txt", "x", "y", "old.txt", "new.txt"},
		{"v1/essay.md", "v2/essay.md", "v1/essay.md", "v2/essay.md", "v1/essay.md", "v2/essay.md"},
		{"-", "essay.md", "-", "essay.md", "standard input", "essay.md"},
		{"essay.md", "essay.md", "saved/old.json", "saved/new.json", "old.json", "new.json"},
		{"essay.md", "essay.md", "old/map.json", "new/map.json", "old/map.json", "new/map.json"},
		{"essay.md", "essay.md", "essay.md", "essay.md", "essay.md", "essay.md"},
		{"a\x1b.txt", "b.txt", "", "", `"a\x1b.txt"`, "b.txt"},
	} {
		o := &DiffOptions{A: c.argA, B: c.argB}
		d := &compare.Diff{A: &argument.Map{}, B: &argument.Map{}}
		d.A.Document.URI, d.B.Document.URI = c.uriA, c.uriB
		if a, b := o.versionNames(d); a != c.a || b != c.b {
			t.Errorf("%+v: %s and %s", c, a, b)
		}
	}
}

// TestChangesOf: what a picture is told of each sort of change.
func TestChangesOf(t *testing.T) {
	unit := func(id, text string) *argument.Unit { return &argument.Unit{ID: id, Text: text} }
	got := changesOf(&compare.Union{
		Units: map[string]compare.UnitChange{
			"u1": {A: unit("u1", "a"), B: unit("u1", "a"), AttackedBy: []string{"u2"}, Unsupported: true, Fields: []compare.Field{{Name: "role", A: "claim"}}},
			"u2": {B: unit("u2", "b")},
			"u3": {
				A: unit("u4", "c d"), B: unit("u3", "c e"), Reworded: true, Unattacked: true,
				Words: []compare.Piece{{Op: compare.Both, Text: "c"}, {Op: compare.OnlyA, Text: "d"}, {Op: compare.OnlyB, Text: "e"}},
			},
			"u9": {A: unit("u7", "f")},
		},
		Relations:    map[string]compare.Change{"r1": compare.Changed, "r2": compare.Dropped},
		Types:        map[string]argument.RelationType{"r1": argument.Supports},
		Sections:     map[string]compare.Change{"s1": compare.Added},
		Attributions: map[string]compare.Change{"a1": compare.Dropped},
		Former:       []argument.Relation{{ID: "r3"}},
	})
	want := &draw.Changes{
		Units: map[string]draw.Change{
			"u1": {Status: draw.Changed, Word: "newly attacked", Details: []string{"no longer supported", "role: claim → none"}},
			"u2": {Status: draw.Added},
			"u3": {
				Status: draw.Reworded, Details: []string{"no longer attacked"}, Was: "c d",
				Pieces: []draw.Piece{{Status: draw.Unchanged, Text: "c"}, {Status: draw.Dropped, Text: "d"}, {Status: draw.Added, Text: "e"}},
			},
			"u9": {Status: draw.Dropped, Name: "old u7"},
		},
		Relations:    map[string]draw.Change{"r1": {Status: draw.Changed, Details: []string{"was: supports"}}, "r2": {Status: draw.Dropped}},
		Sections:     map[string]draw.Status{"s1": draw.Added},
		Attributions: map[string]draw.Status{"a1": draw.Dropped},
		Former:       []argument.Relation{{ID: "r3"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
