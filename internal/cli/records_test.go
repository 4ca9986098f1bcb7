package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
)

// sourceOf is a source over data, its first line read.
func sourceOf(t testing.TB, name, data string) *recordSource {
	t.Helper()
	streams, _, _, _ := TestStreams()
	streams.In = strings.NewReader(data)
	src, err := Reading{}.openRecords(context.Background(), streams, stdin)
	if err != nil {
		t.Fatal(err)
	}
	src.name = name
	return src
}

// savedLine is a saved extraction on one line.
var savedLine = strings.ReplaceAll(savedPier, "\n", "")

// TestHoldsRecords looks at what the first line makes of an input.
func TestHoldsRecords(t *testing.T) {
	for _, c := range []struct {
		name, first       string
		nameless, byNamed bool // without a name, and with that of a file of records
	}{
		{"record", `{"id": 1, "text": "Mend it."}`, true, true},
		{"mark before it", "\uFEFF" + `{"text": "Mend it."}`, true, true},
		{"blank lines before it", "\n \r\n" + `{"text": "Mend it."}` + "\r\n", true, true},
		{"extraction", savedLine, true, true},
		{"extraction of another time", `{"schema": "argmap/9"}`, true, true},
		{"text with a schema of its own", `{"schema": 3, "text": "Mend it."}`, true, true},
		{"no text", `{"id": 1, "body": "Mend it."}`, false, true},
		{"text of another kind", `{"text": 7}`, false, true},
		{"broken", `{"text": "Mend" "it."}`, false, true},
		{"too deep", `{"text": "x", "a": ` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}", false, true},
		{"extraction in several lines", "{\n" + `"schema": "argmap/1"}`, false, false},
		{"cut off", `{"text": "Mend`, false, false},
		{"array", `[{"text": "Mend it."}]`, false, false},
		{"map of others", `{"nodes": [], "links": [], "text": "Mend it."}`, false, false},
		{"xAIF", `{"AIF": {"nodes": []}, "text": "Mend it."}`, false, false},
		{"article", "Mend the pier.", false, false},
		{"nothing", "", false, false},
	} {
		if got := sourceOf(t, "-", c.first).holds(false); got != c.nameless {
			t.Errorf("%s: without a name %v", c.name, got)
		}
		if got := sourceOf(t, "a.jsonl", c.first).holds(true); got != c.byNamed {
			t.Errorf("%s: with a name %v", c.name, got)
		}
	}
}

// TestRecordLines checks that lines come out whole, with their numbers, and that
// what is too long does not hide what follows.
func TestRecordLines(t *testing.T) {
	streams, _, _, _ := TestStreams()
	long := io.LimitReader(endless('x'), maxLine+1)
	streams.In = io.MultiReader(strings.NewReader("{}\n\n a\r\n"), long, strings.NewReader("\nb"))
	src, err := Reading{}.openRecords(t.Context(), streams, stdin)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		line, number, err := src.next()
		if errors.Is(err, io.EOF) {
			break
		}
		got = append(got, fmt.Sprintf("%d %q %v", number, line, err))
	}
	want := []string{`1 "{}\n" <nil>`, `3 " a\r\n" <nil>`, `4 "" ` + errLongLine.Error(), `5 "b" <nil>`}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// extractLines runs argmap extract --format jsonl on standard input.
func extractLines(t *testing.T, data string, args ...string) (code int, lines []string, errOut string) {
	t.Helper()
	streams, in, out, stderr := TestStreams()
	in.WriteString(data)
	code = Main(t.Context(), append([]string{"extract", "--format", "jsonl"}, args...), streams)
	return code, strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n"), stderr.String()
}

// TestMixedLines has texts and extractions follow each other.
func TestMixedLines(t *testing.T) {
	const text = `{"id": "t", "text": "The pier must be mended."}` + "\n"
	bad := strings.Replace(savedLine, `"start": 15`, `"start": "15"`, 1)
	laidOut := "{\n" + strings.TrimPrefix(savedPier, "{") // over several lines, as --json does
	for _, c := range []struct {
		name, data string
		lines      int
		errOut     string // begins so
	}{
		{"both", text + savedLine + "\n" + text, 3, ""},
		{"one at the end that is laid out", savedLine + "\n" + text + laidOut, 3, ""},
		{"one in the middle that is none", savedLine + "\n" + bad + "\n" + savedLine, 2,
			"argmap: standard input:2: not a valid extraction: column "},
		{"a text at the end that is none", text + savedLine + "\n[1]\n", 2, "argmap: standard input:3: no JSON object\n"},
	} {
		code, lines, errOut := extractLines(t, c.data)
		if (code == ExitDone) != (c.errOut == "") || len(lines) != c.lines || !strings.HasPrefix(errOut, c.errOut) || strings.Count(errOut, "\n") > 1 {
			t.Errorf("%s: exit code %d, stderr %q, stdout\n%s", c.name, code, errOut, strings.Join(lines, "\n"))
		}
	}
}

// TestRecordHints checks that who has texts in another shape is told what to do.
func TestRecordHints(t *testing.T) {
	for data, want := range map[string]string{
		"[" + `{"text": "Mend it."}` + "]":         "hint: of an array make a text a line first: jq -c '.[]'\n",
		"{\n" + `"text": "Mend it."` + "\n}":       "hint: if it has a text a line: --as records\n",
		`{"id": 1, "text": null}`:                  "says argmap/1\n",
		"[" + `{"name": "left-pad"}` + "]":         "says argmap/1\n",
		"{\n" + `"schema": "argmap/9"` + "\n}":     "this program reads argmap/1\n",
		`{"nodes": "none", "links": 3, "text": 1}`: "standard input: not node-link JSON: ",
	} {
		code, _, errOut := extractLines(t, data)
		if code != ExitInput || !strings.Contains(errOut, want) {
			t.Errorf("%s: exit code %d, stderr %q, want %q", data, code, errOut, want)
		}
	}
	if code, _, errOut := extractLines(t, " \n", "--as", "records"); code != ExitInput || errOut != "argmap: standard input: no text in the input\n" {
		t.Errorf("nothing: exit code %d, stderr %q", code, errOut)
	}
}

// brokenPipe is what is left of a reader that has gone.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

// TestClosedPipeCodes checks that a reader that has seen enough ends the work
// with the exit code of what had been found until then.
func TestClosedPipeCodes(t *testing.T) {
	good, empty := `{"text": "The pier must be mended."}`+"\n", `{"text": "By A. Writer"}`+"\n"
	for _, c := range []struct {
		data string
		args []string
		code int
	}{
		{good + good, nil, ExitDone},
		{`{"txt": ""}` + "\n" + good, []string{"--as", "records"}, ExitInput},
		{empty + good, []string{"--fail-on-empty"}, ExitFindings},
	} {
		streams, in, _, _ := TestStreams()
		in.WriteString(c.data)
		streams.Out = brokenPipe{}
		if code := Main(t.Context(), append([]string{"extract", "--format", "jsonl"}, c.args...), streams); code != c.code {
			t.Errorf("%s: exit code %d, want %d", c.data, code, c.code)
		}
	}
}

// FuzzParseRecord checks that a line is a record or an error, whatever it holds,
// and that what is beyond doubt is no error.
func FuzzParseRecord(f *testing.F) {
	for _, line := range []string{
		`{"id": 1, "text": "x"}`, `{"id": "\ud800", "text": ""}`, `{"id": [], "text": "x"}`, savedLine, "\uFEFF{}", "null", `{"text": 1`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, id, err := parseRecord(line)
		switch {
		case err == nil && r.Text == nil && !r.isExtraction():
			t.Fatalf("neither a text nor an extraction: %q", line)
		case err == nil && id != "" && len(r.ID) == 0:
			t.Fatalf("an id out of nothing: %q", line)
		case err != nil && isRecord(line) && !bytes.Contains([]byte(err.Error()), []byte("id")):
			t.Fatalf("beyond doubt a record, but %v: %q", err, line)
		case err != nil && strings.Contains(err.Error(), "\n"):
			t.Fatalf("an error of several lines: %v", err)
		}
		src := &recordSource{lines: bufio.NewReaderSize(bytes.NewReader(line), 16)}
		var all []byte
		for {
			part, err := src.readLine()
			if all = append(all, part...); err != nil {
				break
			}
		}
		if !bytes.Equal(all, line) {
			t.Fatalf("lines add up to %q, not %q", all, line)
		}
	})
}

// TestTextsOf looks at the texts that are held against maps.
func TestTextsOf(t *testing.T) {
	data := `{"id": "a", "text": "One."}` + "\n\n" + `{"text": 7}` + "\n" + savedLine + "\r\n" + `{"text": "Two.", "uri": "b"}` + "\n" + `{"text": "Three."}`
	docs, err := textsOf(t.Context(), input{name: "c.jsonl", data: []byte(data)})
	var got []string
	for _, d := range docs {
		got = append(got, d.URI+" "+d.Text)
	}
	if want := "c.jsonl#a One.|b Two.|c.jsonl#6 Three."; err != nil || strings.Join(got, "|") != want {
		t.Errorf("%v, %v", got, err)
	}
}
