package format

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// What programs refuse a file for, where no program is needed to see it.
// TestConsumers asks the programs themselves.

// TestBratAccepts: brat refuses a whole file if the trigger of an event is of
// another type than the event, or if anything but an event and its notes names
// a trigger; a line, if its last cell is not what stands in the text.
func TestBratAccepts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMap(t)
		var b strings.Builder
		if err := writeBrat(&b, []*argument.Map{m}, Options{}); err != nil {
			t.Fatal(err)
		}
		types, triggers := map[string]string{}, map[string]string{}
		var named []string // by attributes, relations and notes
		for line := range strings.Lines(b.String()) {
			cells := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
			words := strings.Fields(cells[1])
			switch line[0] {
			case 'T':
				types[cells[0]] = words[0]
				if got := passageOf(t, m, strings.TrimPrefix(cells[1], words[0]+" ")); strings.TrimSpace(got) != "" && got != cells[2] {
					t.Fatalf("%q stands for %q", cells[2], got)
				}
			case 'E':
				kind, trigger, _ := strings.Cut(words[0], ":")
				triggers[trigger] = kind
			case 'R':
				named = append(named, strings.TrimPrefix(words[1], "Arg1:"), strings.TrimPrefix(words[2], "Arg2:"))
			default:
				named = append(named, words[1])
			}
		}
		for trigger, kind := range triggers {
			if types[trigger] != kind || slices.Contains(named, trigger) {
				t.Fatalf("%s triggers an event of type %s:\n%s", trigger, kind, b.String())
			}
		}
		if len(triggers) != len(m.Attributions) {
			t.Fatalf("%d triggers of %d attributions", len(triggers), len(m.Attributions))
		}
	})
}

// passageOf is what stands at places such as "3 5;6 9", as brat has it.
func passageOf(t *rapid.T, m *argument.Map, places string) string {
	var pieces []string
	for place := range strings.SplitSeq(places, ";") {
		var start, end int
		if _, err := fmt.Sscan(place, &start, &end); err != nil {
			t.Fatalf("%q: %v", places, err)
		}
		pieces = append(pieces, string([]rune(m.Document.Text)[start:end]))
	}
	return strings.Join(pieces, " ")
}

// TestOldBrat: files in which a Content was the trigger and had the manner are
// read as before.
func TestOldBrat(t *testing.T) {
	const old = "T1\tClaim 0 4\tOily\nT2\tContent 0 4\tOily\nA1\tManner T2 direct\nE1\tAttribution:T2 Unit:T1\n"
	f, _ := Find("brat")
	ms, lost, err := f.Read(Input{Name: "a.ann", Data: []byte(old), Text: "Oily."})
	if err != nil || len(lost) > 0 || len(ms[0].Attributions) != 1 || ms[0].Attributions[0].Manner != argument.Direct ||
		ms[0].Attributions[0].Content[0] != (argument.Span{Start: 0, End: 4}) {
		t.Errorf("%+v, lost %v, %v", ms, lost, err)
	}
}

// TestAddresses: the source of a Web Annotation is a URI reference, and leads to
// the file.
func TestAddresses(t *testing.T) {
	for path, want := range map[string]string{
		"pool.txt":                      "pool.txt",
		"towns/a canal.txt":             "towns/a%20canal.txt",
		"c:d.txt":                       "./c:d.txt",
		"/x/é#1?.txt":                   "/x/%C3%A9%231%3F.txt",
		"50%.txt":                       "50%25.txt",
		"https://example.org/a b?c=d#e": "https://example.org/a%20b?c=d#e",
	} {
		m := dispute()
		m.Document.URI = path
		var page struct {
			Items []struct{ Target json.RawMessage }
		}
		if err := json.Unmarshal(write(t, "web-annotation", Options{}, m), &page); err != nil {
			t.Fatal(err)
		}
		got := plainOf(membersOf(page.Items[0].Target), "source")
		if _, err := url.Parse(got); err != nil || got != want {
			t.Errorf("%s: %s, want %s, %v", path, got, want, err)
		}
	}
}

// TestBibTeXKeepsSigns: what TeX makes one sign of stays two.
func TestBibTeXKeepsSigns(t *testing.T) {
	for name, want := range map[string]string{
		"the Lyon--Turin line": "the Lyon-{}-{}Turin line",
		"a --- b":              "a -{}-{}- b",
		"``so''":               "`{}`{}so'{}'{}",
		"north-south":          "north-south",
	} {
		if got := bibText(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestAIFIsWellFormed: what AIFdb and OVA3 take for granted. Propositions are
// joined through S-nodes alone, an S-node has one conclusion, a locution asserts
// propositions through YA nodes, and all that is named is there.
func TestAIFIsWellFormed(t *testing.T) {
	// steps are the types of nodes that an edge may join.
	steps := map[string]bool{
		"I RA": true, "I CA": true, "RA I": true, "CA I": true, "CA RA": true, "CA CA": true, "L YA": true, "YA I": true,
	}
	schemes := map[string]string{"RA": "Default Inference 72", "CA": "Default Conflict 71", "YA": "Asserting ", "I": " ", "L": " "}
	rapid.Check(t, func(t *rapid.T) {
		m := anyMap(t)
		var b strings.Builder
		if err := writeXAIF(&b, []*argument.Map{m}, Options{WithText: true}); err != nil {
			t.Fatal(err)
		}
		var x struct {
			AIF struct {
				Nodes        []struct{ NodeID, Text, Type, Scheme, SchemeID string }
				Edges        []struct{ EdgeID, FromID, ToID string }
				Locutions    []struct{ NodeID, PersonID string }
				Participants []struct{ ParticipantID, Firstname, Surname string }
			}
			Text struct{ Txt string }
			OVA  struct {
				Nodes []struct{ NodeID string }
				Edges []struct{ FromID, ToID string }
			}
		}
		if err := json.Unmarshal([]byte(b.String()), &x); err != nil { // numbers for ids would fail here
			t.Fatal(err)
		}
		types := map[string]string{}
		for _, n := range x.AIF.Nodes {
			if n.NodeID == "" || types[n.NodeID] != "" || n.Scheme+" "+n.SchemeID != schemes[n.Type] {
				t.Fatalf("node %+v", n)
			}
			types[n.NodeID] = n.Type
			marks := strings.Count(x.Text.Txt, `<span class="highlighted" id="`+n.NodeID+`">`)
			if want := map[bool]int{true: 1}[n.Type == "I"]; marks != want {
				t.Fatalf("node %+v is marked %d times", n, marks)
			}
		}
		in, out, edges := map[string]int{}, map[string]int{}, map[string]bool{}
		for _, e := range x.AIF.Edges {
			if !steps[types[e.FromID]+" "+types[e.ToID]] || edges[e.EdgeID] {
				t.Fatalf("edge %+v from %s to %s", e, types[e.FromID], types[e.ToID])
			}
			edges[e.EdgeID] = true
			in[e.ToID]++
			out[e.FromID]++
		}
		for id, kind := range types {
			if strings.HasSuffix(kind, "A") && (in[id] == 0 || out[id] != 1) {
				t.Fatalf("%s node %s has %d edges in and %d out", kind, id, in[id], out[id])
			}
		}
		people := map[string]bool{}
		for _, p := range x.AIF.Participants {
			people[p.ParticipantID] = p.Firstname != "" || p.Surname != ""
		}
		for _, l := range x.AIF.Locutions {
			if types[l.NodeID] != "L" || !people[l.PersonID] {
				t.Fatalf("locution %+v", l)
			}
		}
		if len(x.OVA.Nodes) != len(x.AIF.Nodes) || len(x.OVA.Edges) != len(x.AIF.Edges) || len(people) != len(m.Sources) {
			t.Fatalf("%d places of %d nodes, %d of %d edges", len(x.OVA.Nodes), len(x.AIF.Nodes), len(x.OVA.Edges), len(x.AIF.Edges))
		}
	})
}
