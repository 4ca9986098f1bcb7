package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerifyFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    VerifyOptions
		wantErr string
	}{
		{"m.json", VerifyOptions{File: "m.json", Format: "text"}, ""},
		{"m.json a.txt", VerifyOptions{File: "m.json", Article: "a.txt", Format: "text"}, ""},
		{"- a.txt --json", VerifyOptions{File: "-", Article: "a.txt", Format: "json"}, ""},
		{"m.json -", VerifyOptions{File: "m.json", Article: "-", Format: "text"}, ""},
		{"m.json -o v.JSON", VerifyOptions{File: "m.json", Format: "json", Output: "v.JSON"}, ""},
		{"m.json -o v.json -f TEXT", VerifyOptions{File: "m.json", Format: "text", Output: "v.json"}, ""},

		{"", VerifyOptions{}, "verify takes a saved extraction and, if you like, its article; got 0 arguments"},
		{"a b c", VerifyOptions{}, "got 3 arguments"},
		{"- -", VerifyOptions{}, "standard input (-) can be read only once"},
		{"m.json -f csv", VerifyOptions{}, `unknown format "csv"; known: text, json`},
		{"m.json --json -f text", VerifyOptions{}, "--json and --format text contradict each other"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdVerify, c.args)
			check(t, got, err, c.want, c.wantErr, "IO")
		})
	}
}

// savedPier is a valid extraction of pierText.
const (
	pierText  = "Mend the pier. It sinks.\n"
	savedPier = `{"schema": "argmap/1", "document": {"id": "sha256:5e5378acdf7fa022660839dae870dd766abd750f2c5cc543ffe95c91e4411053", "uri": "a.txt",
 "media_type": "text/plain", "language": "en", "characters": 25}, "sections": [],
 "units": [{"id": "u1", "kind": "recommendation", "role": "thesis", "start": 0, "end": 13, "text": "Mend the pier", "confidence": 0.9},
  {"id": "u2", "kind": "claim", "type": "fact", "role": "premise", "start": 15, "end": 23, "text": "It sinks", "confidence": 0.8}],
 "sources": [], "attributions": [],
 "relations": [{"id": "r1", "type": "supports", "from": "u2", "to": "u1", "confidence": 0.7}]}
`
)

// verify runs argmap verify in a folder with these files.
func verify(t *testing.T, files map[string]string, args string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	streams, _, stdout, stderr := TestStreams()
	code = Main(t.Context(), append([]string{"verify"}, strings.Fields(args)...), streams)
	return code, stdout.String(), stderr.String()
}

// TestVerify spoils a good extraction in one way at a time.
func TestVerify(t *testing.T) {
	withText := func(saved, text string) string {
		quoted, _ := json.Marshal(text)
		return strings.Replace(saved, `"characters": 25`, `"characters": 25, "text": `+string(quoted), 1)
	}
	for _, c := range []struct {
		name, old, new string // what is replaced in the extraction
		args           string
		out            string // "" if all is well
	}{
		{"good", "", "", "m.json a.txt", ""},
		{"alone", "", "", "m.json", ""},
		{"passage", "It sinks", "It stank", "m.json a.txt", `u2: text is "It stank", the passage at 15 to 23 is "It sinks"`},
		{"passage that nobody can see", "It sinks", "It stank", "m.json", ""},
		{"length", "It sinks", "It sank", "m.json", "u2: text has 7 characters, its span 15 to 23 has 8"},
		{"span", `"end": 23`, `"end": 99`, "m.json", "u2: text 15 to 99 lies outside the document of 25 characters"},
		{"id", `"u2", "kind"`, `"x2", "kind"`, "m.json", "\"x2\": is no id: want u1, u2, …\nm.json: r1: from \"u2\" is no unit"},
		{"relation", `"to": "u1"`, `"to": "u7"`, "m.json", `r1: to "u7" is no unit`},
		{"two at once", `"to": "u1", "confidence": 0.7`, `"to": "u7", "confidence": 7`, "m.json",
			"r1: to \"u7\" is no unit\nm.json: r1: confidence is 7, want 0 to 1"},
		{"characters", `"characters": 25`, `"characters": 24`, "m.json a.txt", "document: says 24 characters, its text has 25"},
		{"digest", "5e537", "00000", "m.json a.txt", "document: id sha256:00000"},
		{"type", `"start": 15`, `"start": "15"`, "m.json", "units.start holds a string"},
		{"media type", "text/plain", "text/html", "m.json a.txt", "document: is text/html, the article was read as text/plain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			saved := savedPier
			if c.old != "" && !strings.Contains(saved, c.old) {
				t.Fatalf("no %q in it", c.old)
			}
			saved = strings.Replace(saved, c.old, c.new, 1)
			code, out, errOut := verify(t, map[string]string{"m.json": saved, "a.txt": pierText}, c.args)
			wantCode, want := ExitFindings, "m.json: "+c.out
			if c.out == "" {
				wantCode, want = ExitDone, "ok: 2 units, 0 sources, 0 attributions, 1 relation; passages "
			}
			if code != wantCode || errOut != "" || !strings.HasPrefix(out, want) || strings.Count(out, "\n") != strings.Count(c.out, "\n")+1 {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
	for text, want := range map[string]string{pierText: "", "Mend the pier. It smells\n": "m.json: "} {
		code, out, _ := verify(t, map[string]string{"m.json": withText(savedPier, text)}, "m.json")
		if want == "" && (code != ExitDone || !strings.HasSuffix(out, "; passages compared with the text\n")) ||
			want != "" && (code != ExitFindings || !strings.Contains(out, `u2: text is "It sinks"`)) {
			t.Errorf("carrying %q: exit code %d, %s", text, code, out)
		}
	}
}

func TestVerifySeveral(t *testing.T) {
	good := strings.ReplaceAll(savedPier, "\n", "") + "\n"
	bad := strings.Replace(good, `"to": "u1"`, `"to": "u7"`, 1)
	broken := strings.Replace(good, `"confidence": 0.7`, `"confidence": "high"`, 1)
	other := strings.Replace(strings.Replace(good, "5e5378acdf7fa022660839dae870dd766abd750f2c5cc543ffe95c91e4411053", strings.Repeat("0", 64), 1), "a.txt", "b.txt", 1)
	for _, c := range []struct {
		name, data, args string
		code             int
		out              string
	}{
		{"all good", good + good, "m.json", ExitDone, "ok: 2 documents, 4 units, 0 sources, 0 attributions, 2 relations; passages measured only"},
		{"the second", good + bad + good, "m.json", ExitFindings, "m.json: document 2: r1: to \"u7\" is no unit\n"},
		{"one unreadable", good + broken + bad, "m.json", ExitFindings,
			"m.json: document 2: relations.confidence holds a string\nm.json: document 3: r1: to \"u7\" is no unit\n"},
		{"an array", "[" + good + "," + bad + "]", "m.json", ExitFindings, "m.json: document 2: r1"},
		{"the article of one", other + good, "m.json a.txt", ExitDone, "ok: 2 documents"},
		{"the article of none", other + other, "m.json a.txt", ExitFindings, "m.json: no document in it is a.txt\n"},
		{"two versions", strings.Replace(other, "b.txt", "a.txt", 1) + good, "m.json a.txt", ExitDone, "ok: 2 documents"},
		{"by name", other + strings.Replace(good, "5e5378acdf7fa022660839dae870dd766abd750f2c5cc543ffe95c91e4411053", strings.Repeat("0", 64), 1), "m.json a.txt", ExitFindings,
			"m.json: document 2: document: id sha256:0000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errOut := verify(t, map[string]string{"m.json": c.data, "a.txt": pierText}, c.args)
			if code != c.code || errOut != "" || !strings.HasPrefix(out, c.out) {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
}

// TestVerifyRecords holds maps against the texts by the line that they were made of.
func TestVerifyRecords(t *testing.T) {
	quoted, _ := json.Marshal(pierText)
	corpus := `{"id": "p", "text": ` + string(quoted) + "}\n" + `{"id": "none"}` + "\n" + `{"id": "q", "text": "Close the pool."}` + "\n"
	const digest = "5e5378acdf7fa022660839dae870dd766abd750f2c5cc543ffe95c91e4411053"
	pier := strings.ReplaceAll(savedPier, "\n", "") + "\n"
	pool := strings.Replace(strings.Replace(pier, digest, strings.Repeat("0", 64), 1), "a.txt", "c.jsonl#q", 1)
	strange := strings.Replace(pool, "c.jsonl#q", "b.txt", 1)
	for _, c := range []struct {
		name, maps, args string
		code             int
		out              string
	}{
		{"by digest", pier + pier, "m.jsonl c.jsonl", ExitDone,
			"ok: 2 documents, 4 units, 0 sources, 0 attributions, 2 relations; passages compared with c.jsonl\n"},
		{"under the name of another", strings.Replace(pier, "a.txt", "c.jsonl#q", 1), "m.jsonl c.jsonl", ExitDone, "ok: 2 units"},
		{"told", pier, "m.jsonl --as records c.jsonl", ExitDone, "ok: 2 units"},
		{"by name", pier + pool, "m.jsonl c.jsonl", ExitFindings, "m.jsonl: document 2: document: says 25 characters, its text has 15\n"},
		{"of others", pier + strange, "m.jsonl c.jsonl", ExitDone,
			"ok: 2 documents, 4 units, 0 sources, 0 attributions, 2 relations; passages compared with the text, but for 1 document without one\n"},
		{"none", strange + strange, "m.jsonl c.jsonl", ExitFindings, "m.jsonl: no document in it is c.jsonl\n"},
	} {
		code, out, errOut := verify(t, map[string]string{"m.jsonl": c.maps, "c.jsonl": corpus}, c.args)
		if code != c.code || errOut != "" || !strings.HasPrefix(out, c.out) {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q", c.name, code, out, errOut)
		}
	}
}

func TestVerifyErrors(t *testing.T) {
	files := map[string]string{
		"m.json": savedPier, "a.txt": pierText, "broken.json": `{"schema": "argmap/1", `, "empty.json": "[]",
		"old.json": `{"schema": "argmap/0"}`, "other.json": `{"a": 1}`, "nul.txt": "\x00\x01\x02\x00",
	}
	for _, c := range []struct {
		args   string
		code   int
		errOut string
	}{
		{"a.txt m.json", ExitInput, "argmap: a.txt: no JSON in it, so no saved extraction\nhint: the extraction comes first: argmap verify m.json a.txt\n"},
		{"m.json m.json", ExitInput, "argmap: m.json: is JSON and no article\n"},
		{"broken.json", ExitInput, "argmap: broken.json: broken JSON at line 1, column "},
		{"empty.json", ExitInput, "argmap: empty.json: "},
		{"old.json", ExitInput, "argmap: old.json: schema is argmap/0; this program reads argmap/1\n"},
		{"other.json", ExitInput, "argmap: other.json: JSON, but no saved extraction: "},
		{"missing.json", ExitInput, "argmap: missing.json: no such file\n"},
		{"m.json missing.txt", ExitInput, "argmap: missing.txt: no such file\n"},
		{"m.json nul.txt", ExitInput, "argmap: nul.txt: "},
		{"m.json -o m.json", ExitUsage, "argmap: m.json is both input and output\n"},
		{"m.json a.txt -o a.txt", ExitUsage, "argmap: a.txt is both input and output\n"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, out, errOut := verify(t, files, c.args)
			if code != c.code || out != "" || !strings.HasPrefix(errOut, c.errOut) {
				t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
}

func TestVerifyJSON(t *testing.T) {
	bad := strings.Replace(savedPier, `"to": "u1"`, `"to": "u7"`, 1)
	code, out, _ := verify(t, map[string]string{"m.json": bad, "a.txt": pierText}, "m.json a.txt --json")
	var v verdict
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatal(err)
	}
	if code != ExitFindings || v.OK || v.Schema != verdictSchema || v.Article != "a.txt" || len(v.Documents) != 1 ||
		v.Documents[0].Text != "article" || v.Documents[0].Problems[0] != (problem{"r1", `to "u7" is no unit`}) {
		t.Errorf("exit code %d\n%s", code, out)
	}
	code, out, _ = verify(t, map[string]string{"m.json": savedPier}, "m.json --json")
	if code != ExitDone || !strings.Contains(out, `"ok": true`) || !strings.Contains(out, `"problems": []`) {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
