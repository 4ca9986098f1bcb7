package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
