package gold

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
)

// figures are the figures of a report as lines: name, value, precision, recall
// and counts.
func figures(r *Report) string {
	var b strings.Builder
	for _, f := range r.Figures {
		fmt.Fprintf(&b, "%s %.1f", f.Name, f.Value)
		if f.Counts != nil {
			fmt.Fprintf(&b, " P %.1f R %.1f %d/%d/%d", f.Precision, f.Recall, f.Right, f.Predicted, f.Gold)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func score(t *testing.T, text Text, m *argument.Map, opt Options) *Report {
	t.Helper()
	r, err := Score([]Text{text}, []*argument.Map{m}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines compares text with what is wanted, both without white space at the
// ends of lines.
func lines(t *testing.T, got, want string) {
	t.Helper()
	trim := func(s string) []string {
		var out []string
		for line := range strings.Lines(strings.TrimSpace(s)) {
			out = append(out, strings.TrimSpace(line))
		}
		return out
	}
	if diff := cmp.Diff(trim(want), trim(got)); diff != "" {
		t.Errorf("- want, + got:\n%s", diff)
	}
}

const town = "Größe zählt 😀. The town must build the dam, Ann Lee told us. Floods rose by 40 %. Critics say “it costs too much”. They lie."

// townText has five units and three attributions.
func townText() Text {
	u := func(id, s, kind, typ, role string) Unit {
		return Unit{inBytes(town, s), id, kind, kind, typ, role}
	}
	s := func(texts ...string) []document.Span {
		var out []document.Span
		for _, x := range texts {
			out = append(out, inBytes(town, x))
		}
		return out
	}
	return Text{
		ID: "town", Corpus: "argmap-gold", Text: town,
		Units: []Unit{
			u("g1", "Größe zählt", "claim", "judgement", "premise"),
			u("g2", "The town must build the dam", "recommendation", "", "thesis"),
			u("g3", "Floods rose by 40 %", "claim", "statistic", "premise"),
			u("g4", "it costs too much", "claim", "judgement", "premise"),
			u("g5", "They lie", "claim", "judgement", "premise"),
		},
		Relations: []Relation{{"g3", "g2", "supports"}, {"g4", "g2", "attacks"}, {"g5", "g4", "attacks"}, {"g1", "g2", "supports"}},
		Attributions: []Attribution{
			{s("Ann Lee"), s("told us"), s("The town must build the dam")},
			{s("Critics"), s("say"), s("“it costs too much”")},
			{nil, nil, s("They lie")},
		},
	}
}

// townMap misses "They lie", makes a unit of "Ann Lee told us" and takes the
// statistic for a recommendation.
func townMap() *argument.Map {
	u := func(id, s string, kind argument.Kind, typ argument.Type, role argument.Role, c float64) argument.Unit {
		return argument.Unit{ID: id, Kind: kind, Type: typ, Role: role, Span: inRunes(town, s), Text: s, Confidence: c}
	}
	p := func(s string) *argument.Span { x := inRunes(town, s); return &x }
	return &argument.Map{
		Units: []argument.Unit{
			u("u1", "Größe zählt 😀.", argument.Claim, argument.Fact, argument.Premise, .95),
			u("u2", "The town must build the dam", argument.Recommendation, "", argument.RoleClaim, 1),
			u("u3", "Ann Lee told us", argument.Claim, argument.Fact, argument.Premise, .1),
			u("u4", "Floods rose by 40 %.", argument.Recommendation, "", argument.Thesis, .55),
			u("u5", "“it costs too much”", argument.Claim, argument.Judgement, argument.Premise, .55),
		},
		Attributions: []argument.Attribution{
			{Source: p("Lee"), Cue: p("told"), Content: []argument.Span{inRunes(town, "The town must build the dam")}, Confidence: .8},
			{Source: p("They"), Cue: p("say"), Content: []argument.Span{inRunes(town, "it costs too much")}, Confidence: .7},
			{Cue: p("lie"), Content: []argument.Span{inRunes(town, "They")}, Confidence: .7},
		},
		Relations: []argument.Relation{
			{ID: "r1", Type: argument.Supports, From: "u4", To: "u2", Confidence: .3},
			{ID: "r2", Type: argument.Supports, From: "u5", To: "u2", Confidence: .35},
			{ID: "r3", Type: argument.Supports, From: "u3", To: "u2", Confidence: 0},
		},
	}
}

func TestWhole(t *testing.T) {
	r := score(t, townText(), townMap(), Options{Worst: 3, Misses: Classes()})
	lines(t, figures(r), `
		units 80.0 P 80.0 R 80.0 4/5/5
		recommendations 66.7 P 50.0 R 100.0 1/2/1
		claim types 28.6 P 33.3 R 25.0 1/3/4
		roles 40.0 P 40.0 R 40.0 2/5/5
		relations 28.6 P 33.3 R 25.0 1/3/4
		links (no label) 57.1 P 66.7 R 50.0 2/3/4
		source exact 0.0 P 0.0 R 0.0 0/2/2
		source words 40.0 P 50.0 R 33.3 1/2/3
		cue exact 40.0 P 33.3 R 50.0 1/3/2
		content words 95.7 P 100.0 R 91.7 11/11/12
		who said what 50.0 P 50.0 R 50.0 1/2/2`)
	lines(t, r.Text(), `
		corpus argmap-gold, 1 texts, 26 words
		                    F1      P      R  right  predicted  gold
		units             80.0   80.0   80.0      4          5     5
		recommendations   66.7   50.0  100.0      1          2     1
		claim types       28.6   33.3   25.0      1          3     4
		roles             40.0   40.0   40.0      2          5     5
		relations         28.6   33.3   25.0      1          3     4
		links (no label)  57.1   66.7   50.0      2          3     4
		source exact       0.0    0.0    0.0      0          2     2
		source words      40.0   50.0   33.3      1          2     3
		cue exact         40.0   33.3   50.0      1          3     2
		content words     95.7  100.0   91.7     11         11    12
		who said what     50.0   50.0   50.0      1          2     2

		Units by what they are (rows) and what they were taken for (columns)
		                recommendation  fact  judgement  missed
		recommendation               1     0          0       0
		statistic                    1     0          0       0
		judgement                    0     1          1       1
		extra                        0     1          0

		Confidence and how much of it is right
		            units               attributions               relations
		confidence  count  mean  right         count  mean  right      count  mean  right
		0.0 to 0.1                                                         1   0.0    0.0
		0.1 to 0.2      1  10.0    0.0
		0.3 to 0.4                                                         2  32.5   50.0
		0.5 to 0.6      2  55.0   50.0
		0.7 to 0.8                                 1  70.0    0.0
		0.8 to 0.9                                 1  80.0  100.0
		0.9 to 1.0      2  97.5   50.0
		all, error      5         23.0             2         45.0          3         11.7

		Lowest means of the main figures
		 49.0  town  units 80.0, recommendations 66.7, claim types 28.6, roles 40.0, relations 28.6, who said what 50.0

		Misses
		town
		  units         extra         44-59  fact  “Ann Lee told us”
		  units         missed      115-123  judgement  “They lie”
		  kinds         wrong         61-81  recommendation for claim  “Floods rose by 40 %.”
		  types         wrong          0-14  fact for judgement  “Größe zählt 😀.”
		  roles         wrong         15-42  claim for thesis  “The town must build the dam”
		  roles         wrong         61-81  thesis for premise  “Floods rose by 40 %.”
		  relations     missed         0-11  supports  “Größe zählt” -> “The town must build the dam”
		  relations     extra         44-59  supports  “Ann Lee told us” -> “The town must build the dam”
		  relations     wrong        94-113  supports for attacks  ““it costs too much”” -> “The town must build the dam”
		  relations     missed      115-123  attacks  “They lie” -> “it costs too much”
		  attributions  missed       94-113  “Critics”  say  ““it costs too much””
		  attributions  extra        95-112  “They”  say  “it costs too much”
		  thesis        wrong         61-81  “Floods rose by 40 %.” for “The town must build the dam”`)
}

// TestMissesChosen lists the classes asked for, and no others.
func TestMissesChosen(t *testing.T) {
	r := score(t, townText(), townMap(), Options{Misses: []string{"thesis", "kinds"}})
	var got []string
	for _, m := range r.Misses {
		got = append(got, m.Class)
	}
	if diff := cmp.Diff([]string{"kinds", "thesis"}, got); diff != "" || len(r.Worst) > 0 {
		t.Errorf("- want, + got:\n%s%v", diff, r.Worst)
	}
	m := townMap()
	m.Units[3].Role = argument.Premise
	r = score(t, townText(), m, Options{Misses: []string{"thesis"}})
	want := []Miss{{Document: "town", Class: "thesis", What: "missed", Span: span(15, 42), Text: "The town must build the dam"}}
	if diff := cmp.Diff(want, r.Misses); diff != "" {
		t.Errorf("no thesis: - want, + got:\n%s", diff)
	}
}

// TestPerfect scores a map that says what the gold says.
func TestPerfect(t *testing.T) {
	text, m := townText(), &argument.Map{}
	text.Attributions = text.Attributions[:2]
	for _, u := range text.Units {
		m.Units = append(m.Units, argument.Unit{ID: u.ID, Kind: argument.Kind(u.Kind), Type: argument.Type(u.Type), Role: argument.Role(u.Role),
			Span: inRunes(town, town[u.Start:u.End]), Confidence: 1})
	}
	for _, r := range text.Relations {
		m.Relations = append(m.Relations, argument.Relation{Type: argument.RelationType(r.Label), From: r.From, To: r.To, Confidence: 1})
	}
	for _, a := range text.Attributions {
		d := newDoc(Text{Text: town, Attributions: []Attribution{a}}, &argument.Map{}, task{})
		m.Attributions = append(m.Attributions, argument.Attribution{
			Source: &d.gold[0][source][0], Cue: &d.gold[0][cue][0], Content: d.gold[0][content], Confidence: 1})
	}
	r := score(t, text, m, Options{Misses: Classes()})
	for _, f := range r.Figures {
		if f.Value != 100 {
			t.Errorf("%s is %v", f.Name, f.Value)
		}
	}
	for _, x := range r.Reliability {
		if x.Error != 0 || x.Count == 0 {
			t.Errorf("%s: %d counted, error %v", x.Of, x.Count, x.Error)
		}
	}
	if len(r.Misses) > 0 {
		t.Errorf("misses: %v", r.Misses)
	}
}

func TestAttributions(t *testing.T) {
	const text = "Zoë said “we win – maybe”, and Bo, too, doubts that. Kim agrees it works."
	s := func(x string) document.Span { return inBytes(text, x) }
	p := func(x string) *argument.Span { y := inRunes(text, x); return &y }
	g := Text{Corpus: "polnear", Text: text, Attributions: []Attribution{
		{[]document.Span{s("Zoë")}, []document.Span{s("said")}, []document.Span{s("“we win"), s("maybe”")}},
		{[]document.Span{s("Bo, too")}, []document.Span{s("doubts")}, []document.Span{s("that")}},
		{[]document.Span{s("Kim")}, nil, []document.Span{s("it works")}},
	}}
	m := &argument.Map{Attributions: []argument.Attribution{
		// One stretch where the gold has two: 16 characters against 7 + 6, 13 shared.
		{Source: p("Zoë"), Cue: p("said "), Content: []argument.Span{inRunes(text, "“we win – maybe”")}, Confidence: .5},
		// Its content is found in the second gold attribution, but another speaks.
		{Source: p("Kim"), Cue: p("doubts"), Content: []argument.Span{inRunes(text, "that")}, Confidence: .5},
		// Half of the content will do.
		{Source: p("Kim"), Cue: p("agrees"), Content: []argument.Span{inRunes(text, "works")}, Confidence: .5},
		// That is taken.
		{Source: p("Kim"), Content: []argument.Span{inRunes(text, "it works")}, Confidence: .5},
	}}
	r := score(t, g, m, Options{})
	lines(t, figures(r), `
		source exact 80.0 P 100.0 R 66.7 2/2/3
		source words 66.7 P 100.0 R 50.0 2/2/4
		cue exact 80.0 P 66.7 R 100.0 2/3/2
		cue words 80.0 P 66.7 R 100.0 2/3/2
		content exact 50.0 P 50.0 R 50.0 2/4/4
		content words 100.0 P 100.0 R 100.0 6/6/6
		who said what 57.1 P 50.0 R 66.7 2/4/3`)
	if r.Confusion != nil || len(r.Reliability) != 1 || r.Reliability[0].Of != "attributions" {
		t.Errorf("tables of units where there are none: %v, %v", r.Confusion, r.Reliability)
	}
}

func TestEditorials(t *testing.T) {
	const text = "One in two fails. I saw it. He said it was bad luck. We think so too. Title."
	g := func(s, label string) Unit { return Unit{Span: inBytes(text, s), Label: label} }
	p := func(s string, typ argument.Type) argument.Unit {
		return argument.Unit{Kind: argument.Claim, Type: typ, Span: inRunes(text, s)}
	}
	r := score(t,
		Text{Corpus: "webis-editorials-16", Text: text, Units: []Unit{
			g("One in two fails", "statistics"), g("I saw it", "anecdote"), g("it was bad luck", "testimony"),
			g("We think so too", "common-ground"), g("Title", "title"), g("He said", "no-unit")}},
		&argument.Map{
			Units: []argument.Unit{p("One in two fails", argument.Statistic), p("I saw it", argument.Anecdote),
				p("it was bad luck", argument.Anecdote), p("We think so too", argument.Fact), p("Title", argument.Fact)},
			Attributions: []argument.Attribution{
				// All of a unit, then half of one, which is not enough.
				{Content: []argument.Span{inRunes(text, "it was bad luck")}},
				{Content: []argument.Span{inRunes(text, "I sa")}},
				{Content: []argument.Span{inRunes(text, "One in two fails")}},
			}}, Options{})
	lines(t, figures(r), `
		units 88.9 P 80.0 R 100.0 4/5/4
		assumption 0.0 P 0.0 R 0.0 0/2/0
		testimony 100.0 P 100.0 R 100.0 1/1/1
		statistics 100.0 P 100.0 R 100.0 1/1/1
		anecdote 100.0 P 100.0 R 100.0 1/1/1
		types macro F1 75.0`)
	lines(t, table(r.Confusion.rows()), `
		               assumption  testimony  statistics  anecdote  missed
		testimony               0          1           0         0       0
		statistics              0          0           1         0       0
		anecdote                0          0           0         1       0
		common-ground           1          0           0         0       0
		extra                   1          0           0         0`)
}

func TestPolicy(t *testing.T) {
	const text = "Ban it. It harms. I was called. No."
	g := func(id, s, label string) Unit { return Unit{Span: inBytes(text, s), ID: id, Label: label} }
	p := func(id, s string, kind argument.Kind) argument.Unit {
		return argument.Unit{ID: id, Kind: kind, Span: inRunes(text, s)}
	}
	r := score(t,
		Text{Corpus: "cdcp", Text: text, Units: []Unit{g("a", "Ban it.", "policy"), g("b", "It harms.", "value"), g("c", "I was called.", "testimony")},
			Relations: []Relation{{"b", "a", "reason"}, {"c", "b", "evidence"}}},
		&argument.Map{
			Units: []argument.Unit{p("u1", "Ban it", argument.Recommendation), p("u2", "It harms", argument.Recommendation), p("u3", "No", argument.Claim)},
			// Which way a relation is labelled is not told apart.
			Relations: []argument.Relation{{Type: argument.Attacks, From: "u2", To: "u1"}, {Type: argument.Supports, From: "u3", To: "u1"}},
		}, Options{Misses: []string{"kinds"}})
	lines(t, figures(r), `
		units 66.7 P 66.7 R 66.7 2/3/3
		recommendations 66.7 P 50.0 R 100.0 1/2/1
		relations 50.0 P 50.0 R 50.0 1/2/2`)
	if len(r.Misses) != 1 || r.Misses[0].Predicted != "recommendation" || r.Misses[0].Gold != "claim" {
		t.Errorf("misses: %v", r.Misses)
	}
}

func TestStructure(t *testing.T) {
	const text = "We gain. We lose. It is so. Or not."
	g := func(id, s, label string) Unit { return Unit{Span: inBytes(text, s), ID: id, Label: label} }
	p := func(id, s string, role argument.Role) argument.Unit {
		return argument.Unit{ID: id, Kind: argument.Claim, Role: role, Span: inRunes(text, s)}
	}
	predicted := &argument.Map{
		Units: []argument.Unit{p("u1", "We gain", argument.Premise), p("u2", "We lose", argument.Thesis), p("u3", "It is so", argument.RoleClaim)},
		Relations: []argument.Relation{{ID: "r1", Type: argument.Attacks, From: "u1", To: "u2"},
			{ID: "r2", Type: argument.Undercuts, From: "u3", To: "r1"}},
	}
	relations := []Relation{{"a", "b", "undercuts"}, {"c", "b", "supports"}}
	for _, c := range []struct {
		name  string
		gold  Text
		want  string
		wrong string // the class of misses in aspects, if any
	}{
		{"a short text, whose roots no relation leaves", Text{Corpus: "microtexts1", Text: text, Relations: relations,
			Units: []Unit{g("a", "We gain", "opp"), g("b", "We lose", "pro"), g("c", "It is so", "pro")}}, `
			components 100.0 P 100.0 R 100.0 3/3/3
			relations 66.7 P 100.0 R 50.0 1/1/2
			thesis found % 100.0 P 100.0 R 100.0 1/1/1`, ""},
		{"an essay, whose roots are major claims", Text{Corpus: "aae2", Text: text, Relations: relations,
			Units: []Unit{g("a", "We gain", "MajorClaim"), g("b", "We lose", "Claim"), g("c", "It is so", "Claim"), g("d", "Or not", "Premise")}}, `
			components 85.7 P 100.0 R 75.0 3/3/4
			relations 66.7 P 100.0 R 50.0 1/1/2
			thesis found % 0.0 P 0.0 R 0.0 0/1/1
			typed components 28.6 P 33.3 R 25.0 1/3/4`, "roles"},
		{"a text without units has no thesis to find", Text{Corpus: "microtexts2", Text: text}, `
			components 0.0 P 0.0 R 0.0 0/3/0
			relations 0.0 P 0.0 R 0.0 0/1/0
			thesis found % 0.0 P 0.0 R 0.0 0/0/0`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := score(t, c.gold, predicted, Options{Misses: []string{"kinds", "types", "roles"}})
			lines(t, figures(r), c.want)
			for _, m := range r.Misses {
				if m.Class != c.wrong {
					t.Errorf("miss %v", m)
				}
			}
			if c.wrong != "" && len(r.Misses) != 2 {
				t.Errorf("misses: %v", r.Misses)
			}
		})
	}
}

// TestSums checks that counts are summed up over texts before they are divided,
// and that the worst texts come first.
func TestSums(t *testing.T) {
	one := Text{ID: "one", Corpus: "cdcp", Text: "Ban it.", Units: []Unit{{Span: document.Span{Start: 0, End: 7}, ID: "a", Label: "policy"}}}
	two := Text{ID: "two", Corpus: "cdcp", Text: "It is so.", Units: []Unit{{Span: document.Span{Start: 0, End: 9}, ID: "a", Label: "fact"}}}
	nothing := Text{Corpus: "cdcp", Text: "…"}
	hit := &argument.Map{Units: []argument.Unit{{ID: "u1", Kind: argument.Claim, Span: span(0, 9)}}}
	r, err := Score([]Text{two, nothing, one, two}, []*argument.Map{hit, {}, {}, hit}, Options{Worst: 9})
	if err != nil {
		t.Fatal(err)
	}
	lines(t, figures(r), `
		units 80.0 P 100.0 R 66.7 2/2/3
		recommendations 0.0 P 0.0 R 0.0 0/0/1
		relations 0.0 P 0.0 R 0.0 0/0/0`)
	var ids []string
	for _, s := range r.Worst {
		ids = append(ids, fmt.Sprint(s.Text, " ", s.Mean, " ", len(s.Figures)))
	}
	if diff := cmp.Diff([]string{"one 0 2", "two 100 1", "two 100 1"}, ids); diff != "" {
		t.Errorf("worst: - want, + got:\n%s", diff)
	}
}

func TestScoreErrors(t *testing.T) {
	if _, err := Score(nil, nil, Options{}); err == nil {
		t.Error("no texts: no error")
	}
	if _, err := Score([]Text{{Corpus: "cdcp"}}, nil, Options{}); err == nil {
		t.Error("no map: no error")
	}
	_, err := Score([]Text{{Corpus: "diaries"}}, []*argument.Map{{}}, Options{})
	if err == nil || !strings.Contains(err.Error(), `"diaries"; known: argmap-gold, `) || CheckCorpus("diaries") == nil {
		t.Errorf("an unknown corpus: %v", err)
	}
	for _, k := range tasks {
		for _, corpus := range k.corpora {
			if err := CheckCorpus(corpus); err != nil {
				t.Error(err)
			}
		}
	}
}
