package format

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
)

func TestReadMapsReadsWhatIsWritten(t *testing.T) {
	none := build("none.txt", "", "Nothing.").m
	for _, ms := range [][]*argument.Map{{rich()}, {none}, {small(), rich(), none}} {
		var want []*argument.Map
		for _, m := range ms {
			want = append(want, canonical(m, true))
		}
		compact := write(t, "jsonl", Options{WithText: true}, ms...)
		indented := write(t, "json", Options{WithText: true}, ms...)
		for name, data := range map[string][]byte{
			"json": indented, "jsonl": compact,
			"with a byte-order mark": append([]byte("\uFEFF"), indented...),
			"after white space":      append([]byte(" \r\n\t"), indented...),
			"lines with gaps":        bytes.ReplaceAll(compact, []byte("}\n{"), []byte("}\r\n\r\n{")),
			"no last line break":     bytes.TrimSpace(compact),
			"array of one line each": []byte("[" + strings.ReplaceAll(strings.TrimSpace(string(compact)), "\n", ",\n") + "]"),
		} {
			if !LooksLikeJSON(data) {
				t.Errorf("%s: does not look like JSON", name)
			}
			got, err := ReadMaps(data)
			if err != nil {
				t.Errorf("%s of %d: %v", name, len(ms), err)
				continue
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s of %d (-written +read):\n%s", name, len(ms), diff)
			}
		}
	}
}

func TestReadMapsOfNoDocuments(t *testing.T) {
	if ms, err := ReadMaps([]byte(" [ ] ")); err != nil || len(ms) != 0 {
		t.Errorf("got %d maps, %v", len(ms), err)
	}
}

func TestReadMapsIgnoresNewFields(t *testing.T) {
	data := write(t, "jsonl", Options{}, small())
	data = bytes.Replace(data, []byte(`"units":[{`), []byte(`"later":{"a":[null]},"units":[{"mood":"calm",`), 1)
	ms, err := ReadMaps(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(canonical(small(), false), ms[0]); diff != "" {
		t.Error(diff)
	}
}

func TestReadMapsFaults(t *testing.T) {
	line := strings.TrimSpace(string(write(t, "jsonl", Options{}, small())))
	indented := string(write(t, "json", Options{}, small()))
	without := func(s, old, by string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("%q is not there to be replaced", old)
		}
		return strings.Replace(s, old, by, 1)
	}
	for _, c := range []struct {
		name, data, want string
		kind             error
		line, column     int
		document         int
	}{
		{"nothing", "", "no saved extraction: it is empty", ErrNotExtraction, 0, 0, 0},
		{"white space", "\uFEFF \n", "no saved extraction: it is empty", ErrNotExtraction, 0, 0, 0},
		{"prose", "The town", "broken JSON at line 1, column 1: invalid character 'T' looking for beginning of value", ErrSyntax, 1, 1, 0},
		{"stray comma", "{\n  \"ü\": 1,,\n}", "broken JSON at line 2, column 10: invalid character ',' looking for beginning of object key string", ErrSyntax, 2, 10, 0},
		{"cut off", "{\"schema\":\n\"arg", "broken JSON at line 2, column 5: unexpected end of JSON input", ErrSyntax, 2, 5, 0},
		{"second line broken", line + "\n{\"schema\" \"argmap/1\"}\n", "broken JSON at line 2, column 11: invalid character '\"' after object key", ErrSyntax, 2, 11, 0},
		{"words after it", line + "\nend", "broken JSON at line 2, column 1: invalid character 'e' looking for beginning of value", ErrSyntax, 2, 1, 0},
		{"broken array", "[" + line + ",\n]", "broken JSON at line 2, column 1: invalid character ']' looking for beginning of value", ErrSyntax, 2, 1, 0},
		{"later version", `{"schema":"argmap/9","units":7}`, "schema is argmap/9; this program reads argmap/1", ErrVersion, 0, 0, 0},
		{"second of another version", line + "\n" + `{"schema":"argmap/0.2"}`, "document 2: schema is argmap/0.2; this program reads argmap/1", ErrVersion, 0, 0, 2},
		{"other JSON", `{"name":"left-pad","version":"1.0.0"}`, "JSON, but no saved extraction: it has no schema field that says argmap/1", ErrNotExtraction, 0, 0, 0},
		{"schema of another kind", `{"schema":1}`, "JSON, but no saved extraction: it has no schema field that says argmap/1", ErrNotExtraction, 0, 0, 0},
		{"schema of another program", `{"schema":"openapi/3"}`, `JSON, but no saved extraction: its schema is "openapi/3"`, ErrNotExtraction, 0, 0, 0},
		{"escape sequence as version", `{"schema":"argmap/\u001b[2J"}`, `JSON, but no saved extraction: its schema is "argmap/\x1b[2J"`, ErrNotExtraction, 0, 0, 0},
		{"numbers", "[1, 2]", "document 1: JSON, but no saved extraction: not an object", ErrNotExtraction, 0, 0, 1},
		{"array in an array", "[[" + line + "]]", "JSON, but no saved extraction: not an object", ErrNotExtraction, 0, 0, 0},
		{"wrong type", without(indented, `"start": 0`, `"start": "0"`), "not a valid extraction: line 18, column 20: units.addressee.start holds a string", ErrInvalid, 18, 20, 0},
		{"one fault", without(line, `"to":"u1"`, `"to":"u8"`), `not a valid extraction: r1: to "u8" is no unit`, ErrInvalid, 0, 0, 0},
		{"several faults", strings.ReplaceAll(line, `"to":"u1"`, `"to":"u8"`), `not a valid extraction: r1: to "u8" is no unit (and 1 more fault)`, ErrInvalid, 0, 0, 0},
		{"bare schema", `{"schema":"argmap/1"}`, `not a valid extraction: document: id "" is not sha256: and 64 hexadecimal digits`, ErrInvalid, 0, 0, 0},
	} {
		ms, err := ReadMaps([]byte(c.data))
		var read *ReadError
		if !errors.As(err, &read) {
			t.Errorf("%s: got %d maps and %v, want a ReadError", c.name, len(ms), err)
			continue
		}
		if err.Error() != c.want || !errors.Is(err, c.kind) || read.Document != c.document {
			t.Errorf("%s: document %d: %v\nwant document %d: %s (%v)", c.name, read.Document, err, c.document, c.want, c.kind)
		}
		if read.Line != c.line || read.Column != c.column {
			t.Errorf("%s: at %d:%d, want %d:%d", c.name, read.Line, read.Column, c.line, c.column)
		}
	}
}

func TestLooksLikeJSON(t *testing.T) {
	for data, want := range map[string]bool{
		`{"schema":"argmap/1"}`:           true,
		"\uFEFF\r\n { \n \"schema\" ":     true,
		"{}":                              true,
		"[]":                              true,
		"[ {":                             true,
		"":                                false,
		"[":                               false,
		"{":                               false,
		"The town {":                      false,
		"[Updated] The town":              false,
		"[1, 2]":                          false,
		"[] is how a list begins":         false,
		"{{template}} text":               false,
		"{ see the editor's note } Today": false,
		"\"Never,\" she said.":            false,
	} {
		if got := LooksLikeJSON([]byte(data)); got != want {
			t.Errorf("LooksLikeJSON(%q) = %v", data, got)
		}
	}
}

// FuzzReadMaps: no input makes it panic; what it accepts is valid, and reading
// what is written of it gives the same again.
func FuzzReadMaps(f *testing.F) {
	none := build("none.txt", "", "Nothing.").m
	for _, ms := range [][]*argument.Map{{small()}, {rich()}, {none}, {small(), none}} {
		var b bytes.Buffer
		if err := writeJSONLines(&b, ms, Options{}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add([]byte("[" + strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", ",") + "]"))
	}
	f.Add([]byte(`{"schema":"argmap/9"}`))
	f.Add([]byte("{\n\"a\":1,,}"))
	f.Add([]byte("[[]] [] 1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ms, err := ReadMaps(data)
		if err != nil {
			var read *ReadError
			if !errors.As(err, &read) || strings.ContainsAny(err.Error(), "\n") && read.Kind != ErrInvalid {
				t.Fatalf("not a ReadError on one line: %q", err)
			}
			return
		}
		for _, m := range ms {
			if err := m.Validate(""); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := writeJSON(&b, ms, Options{WithText: true}); err != nil {
			t.Fatal(err)
		}
		again, err := ReadMaps(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ms, again); diff != "" {
			t.Fatal(diff)
		}
		for _, format := range table {
			if err := format.Write(&b, ms, Options{}); err != nil && !errors.Is(err, ErrSingle) {
				t.Fatalf("%s: %v", format.Name, err)
			}
		}
	})
}
