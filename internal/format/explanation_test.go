package format

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
)

// told is an explanation with everything that one can have, more than any has.
func told() *argument.Explanation {
	at := func(part, text string, line int) argument.Passage {
		return argument.Passage{Part: part, Phrase: argument.Phrase{Text: text}, Line: line}
	}
	long := "The council must keep the night ferry, whatever it costs, until somebody has shown how a nurse gets home"
	return &argument.Explanation{
		Schema: argument.ExplanationSchema, ID: "u2", Of: argument.OfUnit,
		Document:   argument.Document{URI: "ferry.md", MediaType: "text/markdown"},
		Unit:       &argument.Unit{ID: "u2", Kind: argument.Recommendation, Role: argument.Premise, Strength: argument.Must, Confidence: 0.61, Text: long},
		Relation:   &argument.Relation{ID: "r1", Type: argument.Attacks, From: "u2", To: "u1"},
		Source:     &argument.Source{ID: "p1", Name: "Ada Holm", Kind: argument.Person, Description: "engineer"},
		Passages:   []argument.Passage{at("unit", long, 3), at("lead-in", "Steps <b> & more:", 2), at("source", "Holm", 12345)},
		RoleReason: "bears on u1, which is not the thesis",
		Resolution: &argument.Resolution{How: argument.ByPartOfName, Before: &argument.Passage{Part: "mention", Phrase: argument.Phrase{Text: "Ada Holm"}, Line: 1}},
		Decisions: []argument.Decision{
			{About: argument.AboutKind, Choice: argument.Choice{Name: "recommendation", Probability: 0.3}, RunnerUp: &argument.Choice{Name: "claim", Probability: 0.7},
				Margin: -0.85, For: "recommendation", Rules: []string{"so it is"},
				Evidence: []argument.Evidence{{Name: "encoder", Value: -2.4, Weight: 0.5, Contribution: -1.2}, {Name: "cues", Value: 0.7, Weight: 0.5, Contribution: 0.35,
					Cues: []argument.CueWeight{{Name: "modal.must", Contribution: 0.71, Passage: &argument.Phrase{Text: "must"}}, {Name: "end .", Contribution: -0.36}}}, {Name: "trifle"}},
				Words: []argument.Word{{Phrase: argument.Phrase{Text: "must"}, Effect: 1.25}, {Phrase: argument.Phrase{Text: "the"}, Effect: -0.4}, {Phrase: argument.Phrase{Text: "a"}}}, WordsTried: 9},
			{About: argument.AboutParent, Choice: argument.Choice{Name: "attacks", Unit: "u1", Text: long, Probability: 0.999}, RunnerUp: &argument.Choice{Name: "nothing", Probability: 0.001},
				Margin: 0.5, For: "attacks", Evidence: []argument.Evidence{{Name: "cues", Value: -1, Weight: 0.5, Contribution: -0.5, Against: -1}}},
			{About: argument.AboutThesis, Choice: argument.Choice{Name: "thesis", Unit: "u1", Text: long, Probability: 0.6}, RunnerUp: &argument.Choice{Name: "thesis", Unit: "u2", Text: long, Probability: 0.1},
				For: "thesis", Evidence: []argument.Evidence{{Name: "cues", Contribution: 1, Value: 2, Weight: 0.5, Cues: []argument.CueWeight{{Name: "in full", Contribution: 1}}}}},
		},
		Mentions:   []argument.Mention{{Passage: at("mention", "Holm", 4), Attribution: "a1", How: argument.ByPartOfName}},
		Statements: []argument.Statement{{Attribution: "a1", Source: "Ada Holm", Manner: argument.Direct, Units: []string{"u2"}, Content: []argument.Passage{at("content", "“"+long+".”", 3)}}},
	}
}

func tell(t *testing.T, x *argument.Explanation, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteExplanation(&b, x, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExplanation(t *testing.T) {
	out := tell(t, told(), Options{Width: 80})
	for _, want := range []string{
		"u2 · recommendation · must · premise · confidence 0.61\nferry.md (lines are those of its text without the markup)\n",
		"\n  premise: bears on u1, which is not the thesis\n",
		"\n  source   line 12345  Holm\n",
		"\n  “Holm” is a shorter form of the name of Ada Holm · p1 · person · engineer\n",
		"natural logarithms of odds",
		"\nKIND (what is, or what should be done)\n  recommendation, 30 %\n  next: claim, 70 %, ahead by 0.85\n  rule: so it is\n" +
			"   −1.20  network                    −2.40 × 0.50\n   +0.35  cues                       0.70 × 0.50\n" +
			"             +0.71  modal.must “must”\n             −0.36  end .\n" +
			"  words that matter most to the network, of 9 (+ for, − against): “must” +1.25\n  “the” −0.40\n",
		"  attacks u1, over 99 %\n",
		"  next: nothing, under 1 %, behind by 0.50\n   +0.50  cues                       −1.00 × 0.50 = −0.50, next −1.00\n",
		"  next: u2 (this one), 10 %,",
		"\nREPORTED AS SAID\n  a1 · direct · Ada Holm\n",
		"(a1: part of name)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "trifle") || strings.Contains(out, "in full") {
		t.Errorf("trifles in\n%s", out)
	}
}

// TestExplanationFits wraps at every width, and cuts no passage.
func TestExplanationFits(t *testing.T) {
	x := told()
	for width := minWidth; width <= 130; width++ {
		out := tell(t, x, Options{Width: width})
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if n := columnsOf.String(line); n > width || strings.TrimRight(line, " ") != line {
				t.Errorf("width %d: %d columns: %q", width, n, line)
			}
		}
		for _, p := range x.Passages {
			if !strings.Contains(squeeze(out), squeeze(p.Text)) {
				t.Errorf("width %d: %s is cut", width, p.Part)
			}
		}
	}
}

func TestExplanationColor(t *testing.T) {
	colored := tell(t, told(), Options{Width: 80, Color: true})
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	if bare := escapes.ReplaceAllString(colored, ""); bare != tell(t, told(), Options{Width: 80}) || bare == colored {
		t.Errorf("colour changes more than colour:\n%s", colored)
	}
}

func TestExplanationJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteExplanationJSON(&b, told()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"Steps <b> & more:"`) || !strings.HasSuffix(b.String(), "\n}\n") {
		t.Errorf("%s", b.String())
	}
	var back argument.Explanation
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(told(), &back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
