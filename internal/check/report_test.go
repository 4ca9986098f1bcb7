package check

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

func TestLines(t *testing.T) {
	text := "Žofie\r\nsays 😀 no\n\nend"
	l := NewLines(text)
	runes := []rune(text)
	for _, c := range []struct {
		word string
		want Place
	}{
		{"Žofie", Place{1, 1, 1, 6}},
		{"says", Place{2, 1, 2, 5}},
		{"no", Place{2, 8, 2, 10}},
		{"no\n\nend", Place{2, 8, 4, 4}},
		{"\n\nend", Place{2, 10, 4, 4}},
		{"end", Place{4, 1, 4, 4}},
	} {
		before, _, _ := strings.Cut(text, c.word)
		start := len([]rune(before))
		got, ok := l.Place(argument.Span{Start: start, End: start + len([]rune(c.word))})
		if got != c.want || !ok {
			t.Errorf("%q: %+v, want %+v", c.word, got, c.want)
		}
	}
	if got, _ := l.Place(argument.Span{Start: len(runes), End: len(runes)}); got != (Place{4, 4, 4, 4}) {
		t.Errorf("the end: %+v", got)
	}
	if _, ok := (*Lines)(nil).Place(argument.Span{}); ok {
		t.Error("no lines, and yet a place")
	}
	if got, _ := NewLines("").Place(argument.Span{}); got != (Place{1, 1, 1, 1}) {
		t.Errorf("an empty text: %+v", got)
	}
}

// results are findings in a file with lines and in one without, whose name
// needs escaping everywhere.
func results(t *testing.T) []Result {
	m := build(t, `
		u1 recommendation thesis @: Mend the pier: 100%, "now".
		u2 judgement premise !u1: It is dear.`)
	m.Units[0].Text, m.Units[0].End = m.Units[0].Text+"\n"+m.Units[1].Text, m.Units[1].End // one that spans two lines
	rules := Rules()
	return []Result{
		{URI: "docs/a.txt", Lines: NewLines(m.Document.Text), Findings: Run(m, rules, 0)},
		{URI: "b, c:d%\n.md", Findings: Run(build(t, `u1 fact claim "officials/unnamed": It closes.`), rules, 0)},
	}
}

func TestText(t *testing.T) {
	out, err := writeText(results(t), Options{})
	want := `docs/a.txt:1:1: warning: nothing in the text supports this recommendation [recommendation-without-support]
    u1  Mend the pier: 100%, "now". It is dear.
docs/a.txt:2:1: warning: nothing answers this objection to the thesis (u1) [unanswered-objection]
    u2  It is dear.
    see u1  Mend the pier: 100%, "now". It is dear.
b, c:d% .md: warning: no claim or recommendation is the one that the whole text argues for [missing-thesis]
b, c:d% .md: warning: only “officials”, a source without a name, vouches for this [claim-on-unnamed-sources]
    u1  It closes.
4 warnings
`
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
	colored, _ := writeText(results(t), Options{Color: true})
	if plain := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(string(colored), ""); plain != want || string(colored) == want {
		t.Errorf("in colour:\n%q", colored)
	}
	for _, c := range []struct {
		levels []Level
		want   string
	}{
		{nil, "no findings\n"},
		{[]Level{Error, Note, Note}, "1 error, 2 notes\n"},
	} {
		var r Result
		for _, l := range c.levels {
			r.Findings = append(r.Findings, Finding{Level: l})
		}
		if out, _ := writeText([]Result{r}, Options{}); !strings.HasSuffix(string(out), c.want) {
			t.Errorf("%v: %q", c.levels, out)
		}
	}
}

func TestGitHub(t *testing.T) {
	out, err := writeGitHub(results(t), Options{Rules: Rules()})
	want := []string{
		`::warning file=docs/a.txt,line=1,col=1,title=a recommendation has no reason [recommendation-without-support]` +
			`::nothing in the text supports this recommendation: “Mend the pier: 100%25, "now". It is dear.”`,
		`::warning file=docs/a.txt,line=2,col=1,endLine=2,endColumn=12,title=an objection to a main point has no answer [unanswered-objection]` +
			`::nothing answers this objection to the thesis (u1): “It is dear.”`,
		`::warning file=b%2C c%3Ad%25%0A.md,title=no claim is what the whole text argues for [missing-thesis]` +
			`::no claim or recommendation is the one that the whole text argues for`,
		`::warning file=b%2C c%3Ad%25%0A.md,title=a claim rests only on sources without a name [claim-on-unnamed-sources]` +
			`::only “officials”, a source without a name, vouches for this: “It closes.”`,
	}
	if got := string(out); err != nil || got != strings.Join(want, "\n")+"\n" {
		t.Errorf("%v\n%s", err, got)
	}
	note := []Result{{URI: "-", Findings: []Finding{{Rule: "stray-claim", Level: Note, Message: "x"}}}}
	if out, _ := writeGitHub(note, Options{}); string(out) != "::notice title= [stray-claim]::x\n" {
		t.Errorf("%s", out)
	}
}

func TestJSON(t *testing.T) {
	out, err := writeJSON(results(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Schema   string
		Findings []struct {
			Document, Rule, Level, Message string
			Confidence                     float64
			Passage                        map[string]any
			Related                        []map[string]any
		}
		Counts map[string]int
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	if report.Schema != "argmap-check/1" || len(report.Findings) != 4 || report.Counts["warning"] != 4 || report.Counts["note"] != 0 {
		t.Errorf("%s", out)
	}
	objection := report.Findings[1]
	if p := objection.Passage; p["unit"] != "u2" || p["line"] != 2.0 || p["column"] != 1.0 || p["end_column"] != 12.0 ||
		p["text"] != "It is dear." || objection.Related[0]["unit"] != "u1" {
		t.Errorf("%+v", objection)
	}
	if f := report.Findings[2]; f.Passage != nil {
		t.Errorf("a finding about the whole text has the passage %v", f.Passage)
	}
	if _, ok := report.Findings[3].Passage["line"]; ok {
		t.Errorf("a line in a file of unknown lines: %v", report.Findings[3].Passage)
	}
	if out, _ := writeJSON(nil, Options{}); !strings.Contains(string(out), `"findings": []`) {
		t.Errorf("no findings: %s", out)
	}
}

// TestSARIF checks what the schema of SARIF 2.1.0 and its prose demand of the
// parts that are used.
func TestSARIF(t *testing.T) {
	out, err := writeSARIF(results(t), Options{Rules: Rules()})
	if err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "/sarif-2.1.0.json") || len(log.Runs) != 1 {
		t.Fatalf("%.200s", out)
	}
	run := log.Runs[0]
	if run.ColumnKind != "unicodeCodePoints" || len(run.Tool.Driver.Rules) != len(Rules()) || len(run.Results) != 4 {
		t.Errorf("columns in %s, %d rules, %d results", run.ColumnKind, len(run.Tool.Driver.Rules), len(run.Results))
	}
	for _, r := range run.Tool.Driver.Rules {
		if r.Help.Text == "" || strings.Contains(r.FullDescription.Text, "\n") || r.DefaultConfiguration.Level == "" {
			t.Errorf("%+v", r)
		}
	}
	prints := map[string]bool{}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || len(r.Locations) != 1 || r.Rank < 0 || r.Rank > 100 || r.Message.Text == "" {
			t.Errorf("%+v", r)
		}
		prints[r.Fingerprints["passage/v1"]] = true
		for i, l := range r.RelatedLocations {
			if l.ID == nil || *l.ID != i || l.Message == nil {
				t.Errorf("%s: related location %+v", r.RuleID, l)
			}
		}
	}
	if len(prints) != 4 {
		t.Errorf("%d fingerprints of 4 findings", len(prints))
	}
	at := run.Results[1].Locations[0]
	if at.Physical.Artifact.URI != "docs/a.txt" || *at.Physical.Region != (sarifRegion{2, 1, 2, 12, at.Physical.Region.Snippet}) ||
		at.Physical.Region.Snippet.Text != "It is dear." || at.Logical[0].Name != "u2" {
		t.Errorf("%+v", at)
	}
	if r := run.Results[3].Locations[0].Physical.Region; r != nil {
		t.Errorf("a region in a file of unknown lines: %+v", r)
	}
	if out, _ := writeSARIF(nil, Options{}); !strings.Contains(string(out), `"results": []`) || !strings.Contains(string(out), `"rules": []`) {
		t.Errorf("no findings:\n%s", out)
	}
}

// TestSARIFNames compares a result with what the standard calls its parts: the
// types of the test above are those of the writer, and would agree with it in
// any name. Whether the standard's own schema and Microsoft's reader take the
// file is for TestConsumers of package format to say.
func TestSARIFNames(t *testing.T) {
	out, err := writeSARIF(results(t), Options{Rules: Rules()})
	if err != nil {
		t.Fatal(err)
	}
	var log map[string]any
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	run := log["runs"].([]any)[0].(map[string]any)
	rules := run["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any)
	rule := slices.IndexFunc(rules, func(r any) bool { return r.(map[string]any)["id"] == "unanswered-objection" })
	got, _ := json.MarshalIndent(run["results"].([]any)[1], "", "  ")
	want := fmt.Sprintf(`{
  "level": "warning",
  "locations": [
    {
      "logicalLocations": [
        {
          "kind": "element",
          "name": "u2"
        }
      ],
      "physicalLocation": {
        "artifactLocation": {
          "uri": "docs/a.txt"
        },
        "region": {
          "endColumn": 12,
          "endLine": 2,
          "snippet": {
            "text": "It is dear."
          },
          "startColumn": 1,
          "startLine": 2
        }
      }
    }
  ],
  "message": {
    "text": "nothing answers this objection to the thesis (u1): “It is dear.”"
  },
  "partialFingerprints": {
    "passage/v1": "PRINT"
  },
  "rank": 80,
  "relatedLocations": [
    {
      "id": 0,
      "logicalLocations": [
        {
          "kind": "element",
          "name": "u1"
        }
      ],
      "message": {
        "text": "Mend the pier: 100%%, \"now\". It is dear."
      },
      "physicalLocation": {
        "artifactLocation": {
          "uri": "docs/a.txt"
        },
        "region": {
          "endColumn": 12,
          "endLine": 2,
          "snippet": {
            "text": "Mend the pier: 100%%, \"now\".\nIt is dear."
          },
          "startColumn": 1,
          "startLine": 1
        }
      }
    }
  ],
  "ruleId": "unanswered-objection",
  "ruleIndex": %d
}`, rule)
	digest := regexp.MustCompile(`"[0-9a-f]{32}"`)
	if got := digest.ReplaceAllString(string(got), `"PRINT"`); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for _, name := range []string{"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"} {
		if _, ok := rules[rule].(map[string]any)[name]; !ok {
			t.Errorf("a rule has no %s: %v", name, rules[rule])
		}
	}
	if log["$schema"] == nil || log["version"] != "2.1.0" || run["columnKind"] != "unicodeCodePoints" {
		t.Errorf("%.300s", out)
	}
}

func TestSARIFURI(t *testing.T) {
	for path, want := range map[string]string{
		"docs/a b.txt":                  "docs/a%20b.txt",
		"c:d.txt":                       "./c:d.txt",
		"/x/é#1.txt":                    "file:///x/%C3%A9%231.txt",
		"50%.txt":                       "50%25.txt",
		"-":                             "-",
		"https://example.org/a%20b?c=d": "https://example.org/a%20b?c=d",
	} {
		if got := sarifURI(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestFingerprint checks that a finding is known again when lines and ids have
// changed and its passage has not.
func TestFingerprint(t *testing.T) {
	f := Finding{Rule: "stray-claim", Passage: Passage{Unit: "u1", Span: argument.Span{Start: 1, End: 5}, Text: "It is\nso"}}
	moved := Finding{Rule: "stray-claim", Passage: Passage{Unit: "u9", Span: argument.Span{Start: 8, End: 12}, Text: "It  is so"}}
	other := Finding{Rule: "one-source", Passage: f.Passage}
	if fingerprint(f) != fingerprint(moved) || fingerprint(f) == fingerprint(other) {
		t.Error("moved or other findings")
	}
}

// TestPages looks for the page of a finding where there are no lines.
func TestPages(t *testing.T) {
	m := build(t, `u1 fact claim "officials/unnamed": It closes.`)
	m.Units[0].Page = 12
	found := []Result{{URI: "a.pdf", Findings: Run(m, Rules(), 0)}}
	if out, err := writeText(found, Options{}); err != nil || !strings.Contains(string(out), "a.pdf: page 12: warning: ") {
		t.Errorf("text: %v\n%s", err, out)
	}
	if out, err := writeJSON(found, Options{}); err != nil || !strings.Contains(string(out), `"page": 12`) {
		t.Errorf("JSON: %v\n%s", err, out)
	}
	found[0].Lines = NewLines(m.Document.Text)
	if out, err := writeText(found, Options{}); err != nil || strings.Contains(string(out), "page") {
		t.Errorf("with lines: %v\n%s", err, out)
	}
}

// TestWithin names the file of an article that stands in one with others, which
// is what editors and build servers can open.
func TestWithin(t *testing.T) {
	m := build(t, `u1 fact claim "officials/unnamed": It closes.`)
	found := []Result{{URI: "all.jsonl#7", Within: "all.jsonl", Lines: NewLines(m.Document.Text), Findings: Run(m, Rules(), 0)}}
	github, err := writeGitHub(found, Options{Rules: Rules()})
	if err != nil || !strings.Contains(string(github), "file=all.jsonl,title=") || !strings.Contains(string(github), "(all.jsonl#7)") {
		t.Errorf("GitHub: %v\n%s", err, github)
	}
	sarif, err := writeSARIF(found, Options{Rules: Rules()})
	if err != nil || !strings.Contains(string(sarif), `"uri": "all.jsonl"`) || strings.Contains(string(sarif), "startLine") {
		t.Errorf("SARIF: %v\n%s", err, sarif)
	}
	text, err := writeText(found, Options{})
	if err != nil || !strings.Contains(string(text), "all.jsonl#7:1:1: ") {
		t.Errorf("text: %v\n%s", err, text)
	}
}
