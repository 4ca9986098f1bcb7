package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

func TestStatsFlags(t *testing.T) {
	a := []string{"a.txt"}
	for _, c := range []struct {
		args    string
		want    StatsOptions
		wantErr string
	}{
		{"", StatsOptions{Files: []string{"-"}, Format: "text", Top: 5}, ""},
		{"a.txt b.json", StatsOptions{Files: []string{"a.txt", "b.json"}, Format: "text", Top: 5}, ""},
		{"a.txt --json --top 0 --min-confidence .5", StatsOptions{Files: a, Format: "json", MinConfidence: .5}, ""},
		{"a.txt -o t.CSV", StatsOptions{Files: a, Format: "csv", Output: "t.CSV", Top: 5}, ""},
		{"a.txt -o t.json", StatsOptions{Files: a, Format: "json", Output: "t.json", Top: 5}, ""},
		{"a.txt -o t.csv -f text", StatsOptions{Files: a, Format: "text", Output: "t.csv", Top: 5}, ""},

		{"a.txt -f xml", StatsOptions{}, `unknown format "xml"; known: text, json, csv`},
		{"a.txt --json -f csv", StatsOptions{}, "--json and --format csv contradict each other"},
		{"a.txt --top -1", StatsOptions{}, "--top: -1 is less than 0"},
		{"a.txt --min-confidence 7", StatsOptions{}, "--min-confidence: 7 is not between 0 and 1"},
		{"a.txt --jobs 0", StatsOptions{}, "--jobs: 0 is less than 1"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdStats, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs")
		})
	}
}

// sketch is a map of so many units with these relations, "2+1" for a support of
// u1 by u2, "3-1" for an attack, "4~r1" for an undercut of r1.
func sketch(units int, relations ...string) *argument.Map {
	m := &argument.Map{}
	for i := range units {
		m.Units = append(m.Units, argument.Unit{ID: fmt.Sprintf("u%d", i+1), Kind: argument.Claim, Type: argument.Fact, Role: argument.Premise})
	}
	for i, text := range relations {
		at := strings.IndexAny(text, "+-~")
		r := argument.Relation{ID: fmt.Sprintf("r%d", i+1), From: "u" + text[:at], To: "u" + text[at+1:]}
		switch text[at] {
		case '+':
			r.Type = argument.Supports
		case '-':
			r.Type = argument.Attacks
		default:
			r.Type, r.To = argument.Undercuts, text[at+1:]
		}
		m.Relations = append(m.Relations, r)
	}
	return m
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		units     int
		relations string
		want      []int
	}{
		{0, "", nil},
		{3, "", []int{3}},
		{3, "2+1 3+1", []int{1, 2}},
		{3, "1+2 2+3", []int{1, 1, 1}},
		{4, "3+2 2+1 4-1", []int{1, 2, 1}},
		{3, "2+1 3~r1", []int{1, 1, 1}}, // below u2, whose step it questions
		{5, "1+5 2+1 3+1 4+1", []int{1, 1, 3}},
	} {
		if got := levelsOf(sketch(c.units, strings.Fields(c.relations)...)); !slices.Equal(got, c.want) {
			t.Errorf("%d units, %s: %v, want %v", c.units, c.relations, got, c.want)
		}
	}
}

func TestTally(t *testing.T) {
	m := sketch(4, "2+1", "3+1", "4-1")
	m.Document = argument.Document{URI: "a.txt", Text: "Words — that count: 4, not 3-2!", Characters: 31}
	m.Units[0] = argument.Unit{ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Must}
	m.Sources = []argument.Source{{ID: "p1", Name: "Bo", Kind: argument.Person}, {ID: "p2", Name: "Ada", Kind: argument.Person}, {ID: "p3", Name: "Kiel", Kind: argument.Place}}
	m.Attributions = []argument.Attribution{
		{ID: "a1", SourceID: "p2", Units: []string{"u2", "u3"}}, {ID: "a2", SourceID: "p2", Units: []string{"u2"}},
		{ID: "a3", SourceID: "p1", Units: []string{"u4"}}, {ID: "a4"},
	}
	got := tallyOf(m, 5)
	if *got.Words != 6 || got.Units != 4 || got.Supported != 1 || got.SupportedShare != .25 || got.Attributed != 3 || got.AttributedShare != .75 ||
		got.Relations != 3 || got.Depth != 2 || got.Breadth != 3 || got.Statements != 4 || got.Unsourced != 1 || got.Sources != 3 {
		t.Errorf("%+v, %d words", got, *got.Words)
	}
	for what, want := range map[string]int{
		"kind claim": 3, "kind recommendation": 1, "type fact": 3, "type statistic": 0, "role thesis": 1, "role premise": 3,
		"strength must": 1, "relation supports": 2, "relation attacks": 1, "source person": 2, "source place": 1,
	} {
		division, value, _ := strings.Cut(what, " ")
		if n, ok := got.By[division][value]; n != want || !ok {
			t.Errorf("%s: %d", what, n)
		}
	}
	cited := []citedSource{{"Ada", argument.Person, 2}, {"Bo", argument.Person, 1}}
	if !slices.Equal(got.MostCited, cited) {
		t.Errorf("most cited: %v", got.MostCited)
	}
	if got := tallyOf(m, 1).MostCited; !slices.Equal(got, cited[:1]) {
		t.Errorf("the most cited: %v", got)
	}

	silent := sketch(1)
	silent.Sources = []argument.Source{{ID: "p1", Name: "ada", Kind: argument.Person}, {ID: "p2", Name: "Ada", Kind: argument.Group}}
	silent.Attributions = []argument.Attribution{{SourceID: "p1"}, {SourceID: "p2"}}
	total := totalOf([]*tally{got, tallyOf(silent, 5)}, 5)
	if total.Words != nil || total.Units != 5 || total.Sources != 4 || total.By["source"]["person"] != 2 || total.Depth != 2 || total.Breadth != 3 ||
		total.SupportedShare != .2 || total.Documents != 2 || !slices.Equal(total.MostCited[:1], []citedSource{{"Ada", argument.Person, 3}}) {
		t.Errorf("total %+v", total)
	}
	if empty := totalOf([]*tally{tallyOf(sketch(0), 5)}, 5); empty.SupportedShare != 0 || empty.Depth != 0 || empty.Breadth != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}

// stats runs argmap stats in a folder with two extractions.
func stats(t *testing.T, args string) (code int, out, errOut string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{"m.json": savedPier, "n.json": strings.Replace(savedPier, "a.txt", "b.txt", 1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	streams, _, stdout, stderr := TestStreams()
	code = Main(t.Context(), append([]string{"stats"}, strings.Fields(args)...), streams)
	return code, stdout.String(), stderr.String()
}

func TestStatsOutput(t *testing.T) {
	_, one, _ := stats(t, "m.json")
	if !strings.HasPrefix(one, "a.txt\n  words       ?\n  units       2\n") || strings.Contains(one, "total") {
		t.Errorf("one document:\n%s", one)
	}
	_, two, _ := stats(t, "m.json n.json")
	if !strings.Contains(two, "\ntotal of 2 documents\n") || !strings.Contains(two, "\n  supported   2, 50 % of the units\n") || strings.Index(two, "a.txt") > strings.Index(two, "b.txt") {
		t.Errorf("two documents:\n%s", two)
	}
	for line := range strings.Lines(two) {
		if n := len([]rune(line)); n > 81 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	_, out, _ := stats(t, "m.json n.json --json")
	var report struct {
		Schema    string
		Documents []struct{ Document string }
		Total     struct {
			Documents, Units int
			Words            *int
			By               map[string]map[string]int
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	if report.Schema != statsSchema || len(report.Documents) != 2 || report.Documents[1].Document != "b.txt" || report.Total.Units != 4 ||
		report.Total.By["kind"]["claim"] != 2 || report.Total.Words != nil || report.Total.Documents != 2 {
		t.Errorf("%s", out)
	}
	_, out, _ = stats(t, "m.json n.json -f csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != "a.txt" || rows[2][0] != "b.txt" || len(rows[1]) != len(rows[0]) ||
		rows[1][slices.Index(rows[0], "kind_claim")] != "1" || rows[1][slices.Index(rows[0], "words")] != "" || !strings.Contains(out, "\r\n") {
		t.Errorf("%v, %q", err, rows)
	}
	if code, out, errOut := stats(t, "m.json missing.json"); code != ExitInput || !strings.HasPrefix(out, "a.txt\n") || errOut != "argmap: missing.json: no such file\n" {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, out, errOut)
	}
}
