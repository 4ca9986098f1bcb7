package format

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/raced"
)

const disputeText = `Keep the pool open

The pool must stay open, for it is the only one in the valley.

Costs
Heating costs “too much” & rises, says Inês Duarte: 40 % in a year. But that figure
counts the sauna [closed since May] // see {annex_2}. 🏊 שלום. “Nobody swims there.”
`

// dispute is a small map with something of each sort: a section, an undercut,
// a source, a quotation of nobody, an attribution of no unit, and characters
// that mean something to one format or another.
func dispute() *argument.Map {
	b := build("pool.txt", "Keep the pool open", disputeText)
	b.section("s1", "Costs", "swims there.”", 1)
	b.unit(argument.Unit{
		ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Must, Confidence: 0.9,
		Addressee: b.phrase("The pool"), Cues: []argument.Cue{b.cue("must", "modal.must")},
	}, "The pool must stay open")
	claim := func(id string, typ argument.Type, role argument.Role, section string, confidence float64, passage string) {
		b.unit(argument.Unit{ID: id, Kind: argument.Claim, Type: typ, Role: role, Section: section, Confidence: confidence}, passage)
	}
	claim("u2", argument.Fact, argument.Premise, "", 0.8, "it is the only one in the valley")
	claim("u3", argument.Statistic, argument.Premise, "s1", 0.75, "Heating costs “too much” & rises, says Inês Duarte: 40 % in a year")
	claim("u4", argument.Fact, argument.Premise, "s1", 1, "that figure\ncounts the sauna [closed since May] // see {annex_2}. 🏊 שלום")
	claim("u5", argument.Judgement, argument.RoleClaim, "s1", 0.5, "Nobody swims there")
	b.m.Units[2].Page, b.m.Units[3].Page = 2, 13
	b.source(argument.Source{ID: "p1", Name: "Inês Duarte", Kind: argument.Person, Description: "treasurer"}, "Inês Duarte")
	b.source(argument.Source{ID: "p2", Name: "critics", Kind: argument.Unnamed}, "Nobody")
	b.m.Attributions = []argument.Attribution{
		{ID: "a1", SourceID: "p1", Source: span(b.at("Inês Duarte")), Cue: span(b.at("says")),
			Content: []argument.Span{b.at("Heating costs “too much” & rises"), b.at("40 % in a year")}, Units: []string{"u3"},
			Manner: argument.Mixed, Confidence: 0.95, Cues: []argument.Cue{b.cue("says", "verb.say")}},
		{ID: "a2", Content: []argument.Span{b.at("“Nobody swims there.”")}, Units: []string{"u5"}, Manner: argument.Direct, Confidence: 0.4},
	}
	b.relation("r1", argument.Supports, "u2", "u1", 0.85, b.cue("for", "marker.for"))
	b.relation("r2", argument.Attacks, "u3", "u1", 0.6)
	b.relation("r3", argument.Undercuts, "u4", "r2", 0.55, b.cue("But", "marker.but"))
	return b.m
}

// exchange are the formats of which there is one golden file each.
var exchange = []string{
	"graphml", "aif", "argdown", "mermaid", "xaif", "brat", "node-link", "cytoscape", "arguebuf", "gexf",
	"web-annotation", "csv-relations", "csv-sources", "csv-attributions", "csl", "bibtex",
}

func TestExchangeGolden(t *testing.T) {
	if err := dispute().Validate(""); err != nil {
		t.Fatal(err)
	}
	for _, name := range exchange {
		t.Run(name, func(t *testing.T) {
			f, err := Find(name)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "dispute"+f.Extensions[0], write(t, name, Options{WithText: true}, dispute()))
		})
	}
}

func TestFormatsOfOneDocument(t *testing.T) {
	for _, f := range All() {
		var b strings.Builder
		err := f.Write(&b, []*argument.Map{small(), dispute()}, Options{})
		if f.Single != errors.Is(err, ErrSingle) || !f.Single && err != nil {
			t.Errorf("%s: single %v, error %v", f.Name, f.Single, err)
		}
	}
}

// TestSeveralDocumentsInOneGraph: ids stay apart.
func TestSeveralDocumentsInOneGraph(t *testing.T) {
	got := string(write(t, "node-link", Options{}, small(), dispute()))
	for _, want := range []string{`"id": "d1-u1"`, `"id": "d2-u1"`, `"source": "d2-u4"`, `"target": "d2-r2-step"`, `"document": "pool.txt"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestLosses(t *testing.T) {
	for _, c := range []struct{ format, want string }{
		{"json", ""},
		{"aif", ""},
		{"graphml", ""},
		{"brat", "1 document description has no place in brat; 1 document text has no place in brat; 1 section has no place in brat"},
		{"gexf", "1 document description has no place in GEXF; 1 document text has no place in GEXF; 1 section has no place in GEXF"},
		{"csl", "1 document description has no place in CSL-JSON; 1 document text has no place in CSL-JSON; 1 section has no place in CSL-JSON; " +
			"5 units have no place in CSL-JSON; 2 relations have no place in CSL-JSON; 1 undercut has no place in CSL-JSON; " +
			"1 source that cannot be cited has no place in CSL-JSON; 2 mentions have no place in CSL-JSON; 2 attributions have no place in CSL-JSON"},
	} {
		f, err := Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, l := range Losses(f, []*argument.Map{dispute()}, Options{WithText: true}) {
			lines = append(lines, l.String())
		}
		if got := strings.Join(lines, "; "); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.format, got, c.want)
		}
	}
}

// TestXMLControls: what XML cannot hold is counted.
func TestXMLControls(t *testing.T) {
	b := build("bell.txt", "", "The bell \a rings \x00.")
	b.unit(argument.Unit{ID: "u1", Kind: argument.Claim, Type: argument.Fact, Role: argument.RoleClaim, Confidence: 1}, "The bell \a rings \x00")
	f, _ := Find("graphml")
	got := Losses(f, []*argument.Map{b.m}, Options{})
	if len(got) != 1 || got[0].String() != "2 control characters have no place in GraphML" {
		t.Errorf("got %v", got)
	}
}

// long is a map of n units in chains of the length given.
func long(n, chain int) *argument.Map {
	var text strings.Builder
	var spans []argument.Span
	for i := range n {
		passage := fmt.Sprintf("Point %d stands because of what was said", i+1)
		spans = append(spans, argument.Span{Start: text.Len(), End: text.Len() + len(passage)})
		text.WriteString(passage + ".\n")
	}
	b := build("long.txt", "", text.String())
	for i, s := range spans {
		id := fmt.Sprintf("u%d", i+1)
		b.m.Units = append(b.m.Units, argument.Unit{
			ID: id, Kind: argument.Claim, Type: argument.Fact, Role: argument.Premise, Span: s, Text: text.String()[s.Start:s.End], Confidence: 0.5,
		})
		if i%chain > 0 {
			b.relation(fmt.Sprintf("r%d", i), argument.Supports, id, fmt.Sprintf("u%d", i), 0.5)
		}
		b.m.Sources = append(b.m.Sources, argument.Source{ID: fmt.Sprintf("p%d", i+1), Name: "someone", Kind: argument.Person})
		b.m.Attributions = append(b.m.Attributions, argument.Attribution{
			ID: fmt.Sprintf("a%d", i+1), SourceID: fmt.Sprintf("p%d", i+1), Content: []argument.Span{s}, Units: []string{id}, Manner: argument.Indirect,
		})
	}
	return b.m
}

// TestManyUnits writes 10,000 units, in one chain or in short ones, and reads
// them where the format can be read. The time is several times what a slow
// machine takes, and far from quadratic.
func TestManyUnits(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	one, many := long(10000, 10000), long(10000, 7)
	for i, name := range append([]string{"json"}, exchange...) {
		m := one
		if i%2 > 0 && name != "argdown" {
			m = many
		}
		begin := time.Now()
		data := write(t, name, Options{WithText: true}, m)
		if len(data) > 40<<20 {
			t.Errorf("%s is %d MiB", name, len(data)>>20)
		}
		if f, _ := Find(name); f.Read != nil {
			ms, lost, err := f.Read(Input{Name: "long.txt", Data: data, Text: m.Document.Text})
			if err != nil || len(lost) > 0 || len(ms) != 1 || len(ms[0].Units) != 10000 || len(ms[0].Relations) != len(m.Relations) {
				t.Errorf("%s: %d maps, lost %v, %v", name, len(ms), lost, err)
			}
		}
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}
