package cli

import (
	"encoding/json"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestConfigFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    ConfigOptions
		wantErr string
	}{
		{"", ConfigOptions{Format: "text"}, ""},
		{"config --json", ConfigOptions{Command: "config", Format: "json"}, ""},
		{"-o a.json", ConfigOptions{Format: "json", Output: "a.json"}, ""},
		{"conf", ConfigOptions{}, `unknown command "conf"; known: config`},
		{"config config", ConfigOptions{}, "config takes one command at most, got 2"},
		{"--format csv", ConfigOptions{}, `unknown format "csv"; known: text, json`},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdConfig, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Cmd")
		})
	}
}

// TestConfig checks both ways to print what is set.
func TestConfig(t *testing.T) {
	const (
		file = "top: 3\nstats:\n  format: csv\ngraph:\n  svg: true\n  title: The night ferry\ncheck:\n  disable: [one-source, stray-claim]\n"
		env  = "ARGMAP_GRAPH_THEME=dark ARGMAP_STATS_TOP=0x7 ARGMAP_MIN_CONFIDENCE=.5"
	)
	inProject(t, file)
	printed := func(args string) string {
		streams, _, out, errOut := TestStreams()
		environ(streams, env)
		if code := Main(t.Context(), strings.Fields(args), streams); code != ExitDone || errOut.Len() > 0 {
			t.Fatalf("exit code %d, stderr %q", code, errOut)
		}
		return out.String()
	}
	const want = `project file: .argmap.yaml
extract --min-confidence=.5             ARGMAP_MIN_CONFIDENCE
graph --svg=true                        .argmap.yaml:5:3
graph --theme=dark                      ARGMAP_GRAPH_THEME
graph --min-confidence=.5               ARGMAP_MIN_CONFIDENCE
graph --title="The night ferry"         .argmap.yaml:6:3
view --min-confidence=.5                ARGMAP_MIN_CONFIDENCE
check --disable=one-source,stray-claim  .argmap.yaml:8:3
check --min-confidence=.5               ARGMAP_MIN_CONFIDENCE
stats --format=csv                      .argmap.yaml:3:3
stats --top=0x7                         ARGMAP_STATS_TOP
stats --min-confidence=.5               ARGMAP_MIN_CONFIDENCE
diff --min-confidence=.5                ARGMAP_MIN_CONFIDENCE
`
	if diff := gocmp.Diff(want, printed("config")); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	type row struct {
		Command, Flag string
		Value         any
		Origin        string
	}
	var got struct {
		Schema   string
		File     *string
		Settings []row
	}
	for command, want := range map[string][]row{
		"graph": {
			{"graph", "svg", true, ".argmap.yaml:5:3"}, {"graph", "theme", "dark", "ARGMAP_GRAPH_THEME"},
			{"graph", "min-confidence", 0.5, "ARGMAP_MIN_CONFIDENCE"}, {"graph", "title", "The night ferry", ".argmap.yaml:6:3"},
		},
		"check": {
			{"check", "disable", []any{"one-source", "stray-claim"}, ".argmap.yaml:8:3"},
			{"check", "min-confidence", 0.5, "ARGMAP_MIN_CONFIDENCE"},
		},
		"stats": {
			{"stats", "format", "csv", ".argmap.yaml:3:3"}, {"stats", "top", 7.0, "ARGMAP_STATS_TOP"},
			{"stats", "min-confidence", 0.5, "ARGMAP_MIN_CONFIDENCE"},
		},
		"schema": {},
	} {
		got.File = nil
		if err := json.Unmarshal([]byte(printed("config --json "+command)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Schema != "argmap-config/1" || got.File == nil || *got.File != ".argmap.yaml" {
			t.Errorf("%s: schema %q, file %v", command, got.Schema, got.File)
		}
		if diff := gocmp.Diff(want, got.Settings); diff != "" {
			t.Errorf("%s (-want +got):\n%s", command, diff)
		}
	}
	if got := printed("config --no-config schema"); got != "no project file\n" {
		t.Errorf("without a file: %q", got)
	}
	if got := printed("config --no-config schema --json"); !strings.Contains(got, `"file": null`) || !strings.Contains(got, `"settings": []`) {
		t.Errorf("without a file: %s", got)
	}
}
