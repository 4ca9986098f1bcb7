package gold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

// write makes a file of these lines and returns its path.
func write(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestReadFile reads offsets in code points, of which those before them take one
// to four bytes.
func TestReadFile(t *testing.T) {
	path := write(t,
		`{"id": "a", "corpus": "c", "text": "É😀 “Go,” Zoë says – now.", "units": [
			{"id": "u1", "start": 3, "end": 23, "label": "claim", "kind": "recommendation", "type": "judgement", "role": "thesis"},
			{"id": "u2", "start": 0, "end": 2, "label": "x"}],
			"relations": [{"from": "u2", "to": "u1", "label": "supports"}],
			"attributions": [{"source": [[9, 12]], "cue": [[13, 17]], "content": [[3, 8], [20, 23]]}]}`,
		`{"id": "b", "text": "Plain."}`)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// A line is an object: the breaks above are for the eye.
	path = write(t, strings.ReplaceAll(string(data), "\n\t\t\t", " "), "")
	got, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const text = "É😀 “Go,” Zoë says – now."
	at := func(s string) document.Span {
		i := strings.Index(text, s)
		return document.Span{Start: i, End: i + len(s)}
	}
	want := []Text{{
		ID: "a", Corpus: "c", Text: text,
		Units: []Unit{
			{at("“Go,” Zoë says – now"), "u1", "claim", "recommendation", "judgement", "thesis"},
			{at("É😀"), "u2", "x", "", "", ""},
		},
		Relations: []Relation{{"u2", "u1", "supports"}},
		Attributions: []Attribution{{
			Source:  []document.Span{at("Zoë")},
			Cue:     []document.Span{at("says")},
			Content: []document.Span{at("“Go,”"), at("now")},
		}},
	}, {ID: "b", Text: "Plain."}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- want, + got:\n%s", diff)
	}
}

func TestReadFileErrors(t *testing.T) {
	const (
		good = `{"id": "a", "text": "x"}`
		want = "expected a gold record, a JSON object on one line, found "
	)
	for _, c := range []struct {
		name  string
		lines []string
		line  string
	}{
		{"broken", []string{good, good, "{", good}, ":3: " + want + "broken JSON: unexpected end of JSON input"},
		{"broken from the first line on", []string{"{", good}, ":1: " + want + "broken JSON: invalid character '{' looking for beginning of object key string"},
		{"prose", []string{"The quay leaks.", good}, ":1: " + want + "no JSON"},
		{"an empty line", []string{good, "", good}, ":2: " + want + "an empty line"},
		{"an array", []string{"[1, 2]"}, ":1: " + want + "an array"},
		{"nothing", []string{good, "null"}, ":2: " + want + "other JSON"},
		{"a number", []string{"5"}, ":1: " + want + "other JSON"},
		{"laid out", []string{"{", `"text": "x"`, "}"}, ":1: " + want + "an object of several lines"},
		{"a saved map", []string{`{"schema": "argmap/1", "document": {}}`}, ":1: " + want + "a saved map"},
		{"with other fields", []string{good, `{"schema": "argmap/1", "attributions": [{"content": [{"start": 1, "end": 2}]}]}`}, ":2: " + want + "a saved map"},
		{"a saved map laid out", []string{"{", `  "document": {},`, `  "schema": "argmap/1"`, "}"}, ":1: " + want + "a saved map"},
		{"saved maps", []string{"[", `  {"schema": "argmap/1"}`, "]"}, ":1: " + want + "saved maps"},
		{"text", []string{`{"text": 5}`}, `:1: expected a string in "text" of a gold record, found a number`},
		{"units", []string{`{"units": {}}`}, `:1: expected an array in "units" of a gold record, found an object`},
		{"a unit", []string{`{"units": [true]}`}, `:1: expected an object in "units" of a gold record, found a bool`},
		{"an offset", []string{`{"units": [{"start": 1.5}]}`}, `:1: expected a whole number in "units.start" of a gold record, found the number 1.5`},
		{"spans that are no pairs", []string{good, `{"text": "x", "attributions": [{"source": [1]}]}`}, `:2: expected a pair of offsets in "attributions.source" of a gold record, found a number`},
		{"a long line", []string{good, strings.Repeat("x", maxLine)}, ":2: expected a gold record, found a line of more than 64 MiB"},
	} {
		path := write(t, c.lines...)
		texts, err := ReadFile(path)
		if err == nil || err.Error() != "reading gold: "+path+c.line || texts != nil {
			t.Errorf("%s: got %v and %v, want the error %s%s", c.name, texts, err, path, c.line)
		}
	}
	missing := filepath.Join(t.TempDir(), "none.jsonl")
	if _, err := ReadFile(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("a file that is not there: got %v, want an error that names it", err)
	}
	if texts, err := ReadFile(write(t)); err != nil || texts != nil {
		t.Errorf("an empty file: got %v and %v", texts, err)
	}
}
