package format

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/argmap/argmap/internal/argument"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/NAME.golden.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func write(t *testing.T, name string, opt Options, ms ...*argument.Map) []byte {
	t.Helper()
	f, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, ms, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMapsOfTheTestsAreValid(t *testing.T) {
	for _, m := range []*argument.Map{small(), rich()} {
		if err := m.Validate(m.Document.Text); err != nil {
			t.Error(err)
		}
	}
}

func TestGolden(t *testing.T) {
	one, two := []*argument.Map{rich()}, []*argument.Map{small(), rich()}
	for _, c := range []struct {
		file, format string
		opt          Options
		maps         []*argument.Map
	}{
		{"small.text", "text", Options{}, []*argument.Map{small()}},
		{"rich.text", "text", Options{Width: 80}, one},
		{"rich.width-120.text", "text", Options{Width: 120}, one},
		{"rich.width-40.text", "text", Options{Width: 40}, one},
		{"rich.color.text", "text", Options{Width: 80, Color: true}, one},
		{"rich.only-recommendations.text", "text", Options{Only: []string{"recommendations"}}, one},
		{"rich.only-sources-attributions.text", "text", Options{Only: []string{"sources", "attributions"}}, one},
		{"both.text", "text", Options{}, two},
		{"small.json", "json", Options{}, []*argument.Map{small()}},
		{"rich.with-text.json", "json", Options{WithText: true}, one},
		{"rich.min-confidence.json", "json", Options{MinConfidence: 0.6}, one},
		{"both.json", "json", Options{}, two},
		{"both.jsonl", "jsonl", Options{}, two},
		{"both.csv", "csv", Options{}, two},
		{"small.markdown", "markdown", Options{}, []*argument.Map{small()}},
		{"rich.markdown", "markdown", Options{}, one},
		{"both.markdown", "markdown", Options{}, two},
		{"none.text", "text", Options{}, []*argument.Map{build("none.txt", "", "Nothing.").m}},
		{"none.json", "json", Options{}, nil},
		{"none.csv", "csv", Options{}, nil},
	} {
		t.Run(c.file, func(t *testing.T) { golden(t, c.file, write(t, c.format, c.opt, c.maps...)) })
	}
}

// TestWritersLeaveMapsAlone writes with every option that could change a map.
func TestWritersLeaveMapsAlone(t *testing.T) {
	m, want := rich(), rich()
	for _, f := range All() {
		write(t, f.Name, Options{MinConfidence: 0.6}, m)
		write(t, f.Name, Options{Only: []string{"relations", "sources"}}, m)
		if diff := cmp.Diff(want, m); diff != "" {
			t.Fatalf("%s changed the map:\n%s", f.Name, diff)
		}
	}
}

func TestEveryFormatReportsAWriteError(t *testing.T) {
	broken := errors.New("disk full")
	for _, f := range All() {
		err := f.Write(failing{broken}, []*argument.Map{rich()}, Options{})
		if !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want %v", f.Name, err, broken)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestTable(t *testing.T) {
	taken := map[string]string{}
	for _, f := range All() {
		if got, err := Find(f.Name); err != nil || got.Name != f.Name {
			t.Errorf("Find(%q) = %q, %v", f.Name, got.Name, err)
		}
		if f.Help == "" || f.MediaType == "" || len(f.Extensions) == 0 || strings.Contains(f.Help, "\n") {
			t.Errorf("%s: incomplete row", f.Name)
		}
		for _, ext := range f.Extensions {
			if other, ok := taken[ext]; ok {
				t.Errorf("%s and %s both claim %s", other, f.Name, ext)
			}
			taken[ext] = f.Name
			if got, ok := ByExtension("dir.csv/out" + strings.ToUpper(ext)); !ok || got.Name != f.Name {
				t.Errorf("ByExtension(%s) = %q, %v", ext, got.Name, ok)
			}
		}
	}
	for _, path := range []string{"", "-", "out", "out.svg", "json", ".json/out"} {
		if f, ok := ByExtension(path); ok {
			t.Errorf("ByExtension(%q) = %s", path, f.Name)
		}
	}
	_, err := Find("jsn")
	if !errors.Is(err, ErrUnknown) || !strings.HasPrefix(err.Error(), `unknown format "jsn": the formats are text, json, jsonl, csv, `) {
		t.Errorf("Find(jsn): %v", err)
	}
}

func TestJSONKeepsToTheSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(argument.SchemaJSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("argmap-1.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("argmap-1.json")
	if err != nil {
		t.Fatal(err)
	}
	empty := build("none.txt", "", "Nothing.").m
	for _, m := range []*argument.Map{small(), rich(), empty} {
		for _, opt := range []Options{{}, {WithText: true}, {MinConfidence: 0.6}, {Only: []string{"attributions"}}} {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, "json", opt, m)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s with %+v: %v", m.Document.URI, opt, err)
			}
		}
	}
}

func TestJSONIsPlain(t *testing.T) {
	got := string(write(t, "jsonl", Options{}, rich()))
	for _, want := range []string{"<b>total</b>", "River & Rail", "東京", "🌉"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is escaped", want)
		}
	}
	if strings.Contains(got, "null") || strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "}\n") {
		t.Errorf("not one plain line:\n%s", got)
	}
	if strings.Contains(got, `"text":"Give`) {
		t.Error("the document's text is there unasked")
	}
}

// TestCSVReadsBack reads the table with the standard library and compares the
// cells with the maps.
func TestCSVReadsBack(t *testing.T) {
	ms := []*argument.Map{small(), rich()}
	data := write(t, "csv", Options{}, ms...)
	if n, crlf := bytes.Count(data, []byte("\n")), bytes.Count(data, []byte("\r\n")); n != crlf+1 {
		t.Errorf("%d line breaks, %d of them CR LF; one passage has a plain one", n, crlf)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var want [][]string
	for _, m := range ms {
		for _, u := range m.Units {
			want = append(want, []string{m.Document.URI, u.ID, string(u.Kind), string(u.Type), string(u.Role), u.Text})
		}
	}
	var got [][]string
	for _, row := range rows[1:] {
		got = append(got, []string{row[0], row[1], row[2], row[3], row[4], row[14]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-maps +table):\n%s", diff)
	}
	cells := map[string]string{}
	for i, name := range rows[0] {
		cells[name] = rows[13][i] // the tenth unit of the second document
	}
	for name, want := range map[string]string{
		"id": "u10", "section": "What people say", "confidence": "0.75", "sources": "the chamber",
		"relation": "attacks", "target": "u9", "strength": "", "lead_in": "",
	} {
		if cells[name] != want {
			t.Errorf("%s of u10 is %q, want %q", name, cells[name], want)
		}
	}
}

func TestJSONIsAnArrayOnlyForSeveral(t *testing.T) {
	var one map[string]any
	if err := json.Unmarshal(write(t, "json", Options{}, small()), &one); err != nil {
		t.Error(err)
	}
	var several []map[string]any
	if err := json.Unmarshal(write(t, "json", Options{}, small(), rich()), &several); err != nil || len(several) != 2 {
		t.Errorf("%d documents, %v", len(several), err)
	}
}
