package draw

import (
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// mapOf reads a map from lines, one a section, unit, relation or source:
//
//	# s1 Title of a section, to which the units below belong
//	u1 thesis judgement: text            (or claim, premise)
//	u2 claim must>the council: text      a recommendation with its addressee
//	u2 + u1                              supports; - attacks
//	u3 ! u2                              undercuts the relation that leaves u2
//	p1 = Name: u2 u3                     says u2 and u3
func mapOf(title, lines string) *argument.Map {
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{ID: "sha256:0", URI: "fixture.txt", Title: title, Language: "en"}}
	section := ""
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0:
		case f[0] == "#":
			section = f[1]
			m.Sections = append(m.Sections, argument.Section{ID: section, Title: strings.Join(f[2:], " "), Level: 1})
		case len(f) == 3 && (f[1] == "+" || f[1] == "-" || f[1] == "!"):
			m.Relations = append(m.Relations, relationOf(m, f))
		case f[1] == "=":
			name, units, _ := strings.Cut(strings.Join(f[2:], " "), ": ")
			m.Sources = append(m.Sources, argument.Source{ID: f[0], Name: name, Kind: argument.Person})
			m.Attributions = append(m.Attributions, argument.Attribution{
				ID: fmt.Sprintf("a%d", len(m.Attributions)+1), SourceID: f[0], Units: strings.Fields(units),
				Manner: argument.Indirect, Confidence: 0.8,
			})
		default:
			m.Units = append(m.Units, unitOf(strings.TrimSpace(line), section))
		}
	}
	return m
}

func relationOf(m *argument.Map, f []string) argument.Relation {
	r := argument.Relation{ID: fmt.Sprintf("r%d", len(m.Relations)+1), From: f[0], To: f[2], Confidence: 0.7}
	switch f[1] {
	case "+":
		r.Type = argument.Supports
	case "-":
		r.Type = argument.Attacks
	default:
		r.Type = argument.Undercuts
		for _, other := range m.Relations {
			if other.From == f[2] {
				r.To = other.ID
			}
		}
	}
	return r
}

func unitOf(line, section string) argument.Unit {
	head, text, _ := strings.Cut(line, ": ")
	f := strings.Fields(head)
	u := argument.Unit{ID: f[0], Kind: argument.Claim, Role: argument.Role(f[1]), Section: section, Text: text, Confidence: 0.75}
	kind := strings.Join(f[2:], " ")
	if strength, to, ok := strings.Cut(kind, ">"); ok {
		u.Kind, u.Strength = argument.Recommendation, argument.Strength(strength)
		u.Addressee = &argument.Phrase{Text: to}
	} else {
		u.Type = argument.Type(kind)
	}
	return u
}

// The maps of the golden files: what they show is in their names.
var fixtures = []struct {
	name string
	maps []*argument.Map
	opt  Options
}{
	{"small", mapsOf(fixtureSmall), Options{}},
	{"small-left-right", mapsOf(fixtureSmall), Options{Rankdir: "LR", Theme: "print"}},
	{"small-top-bottom", mapsOf(fixtureSmall), Options{Rankdir: "TB", Theme: "dark"}},
	{"sections", mapsOf(fixtureSections), Options{Rankdir: "RL"}},
	{"sections-bare", mapsOf(fixtureSections), Options{NoSources: true, NoLegend: true, Title: "Another title"}},
	{"undercut", mapsOf(fixtureUndercut), Options{}},
	{"undercut-right-left", mapsOf(fixtureUndercut), Options{Rankdir: "RL"}},
	{"across", mapsOf(fixtureAcross), Options{Rankdir: "RL"}},
	{"no-thesis", mapsOf(fixtureNoThesis), Options{}},
	{"empty", mapsOf(mapOf("", "")), Options{}},
	{"several", mapsOf(fixtureSmall, fixtureUndercut, mapOf("Nothing in here", "")), Options{Rankdir: "RL"}},
	{"hostile", mapsOf(fixtureHostile), Options{}},
	{"changes", mapsOf(fixtureChanges), Options{Changes: changesOfFixture}},
	{"changes-right-left", mapsOf(fixtureChanges), Options{Changes: changesOfFixture, Rankdir: "RL", Theme: "print"}},
}

var (
	fixtureSmall = mapOf("Keep the night bus", `
		u1 thesis must>the council: The council must keep the night bus
		u2 claim judgement: Without it the late shift at the bakery cannot get home
		u3 premise statistic: Forty-one people boarded it on an average night in March
		u4 claim judgement: It costs more than any other line
		u5 premise fact: Half of that is the depot, which stays open anyway
		u2 + u1
		u3 + u2
		u4 - u1
		u5 - u4
		p1 = Oda Brekke, night manager: u2 u3`)

	fixtureSections = mapOf("Let the river meadow flood", `
		# s1 A cheap defence
		u1 thesis judgement: Letting the meadow flood protects the lower town better than a higher dam
		u2 claim judgement: A meadow takes up water that a dam only passes on to the next village downstream
		u3 premise statistic: In the wet spring it held back two hundred thousand cubic metres
		u4 premise fact: The dam has no overflow
		u2 + u1
		u3 + u2
		u4 + u2
		# s2 What farmers lose
		u5 claim judgement: Three farms would lose their best hay
		u6 premise anecdote: One of them sold its cows after the last flood
		u7 claim should>the province: The province should pay for the hay in every year with a flood
		u5 - u1
		u6 + u5
		u7 - u5
		p1 = Henk Aalders: u5 u6
		p2 = Water Board: u3
		# s3
		u8 claim prediction: Storks will come back
		u9 premise fact: Nobody has asked the mill`)

	fixtureUndercut = mapOf("Rent caps", `
		# s1 The case
		u1 thesis judgement: The city was right to cap rents
		u2 claim statistic: Rents in the old quarter fell by four per cent within a year
		u3 premise judgement: Rents fell everywhere that year, so the fall says nothing about the cap
		u4 premise fact: The regional index lists the same fall for towns without a cap
		u5 claim judgement: Fewer families moved away
		u2 + u1
		u5 + u1
		u4 + u3
		u3 ! u2`)

	fixtureAcross = mapOf("A longer school day", `
		# s1 Why
		u1 thesis judgement: Schools should close an hour later
		u2 claim judgement: Parents could work a full day
		u3 premise fact: Most offices close at five
		u2 + u1
		u3 + u2
		# s2 Doubts
		u4 premise statistic: A third of parents in the valley work nights
		u5 premise judgement: Shops, not offices, employ most people here
		u6 claim judgement: Children are tired by three
		u4 - u2
		u5 - u3
		u6 - u1
		# s3 Answers
		u7 premise judgement: The last hour would be sport
		u8 premise judgement: A tired child does not learn, but does play
		u7 - u6
		u8 ! u4`)

	fixtureNoThesis = mapOf("", `
		# s1 Notes
		u1 claim fact: The pier was closed in May
		u2 premise fact: A storm had torn out eleven planks
		u3 premise judgement: Nobody missed it
		u2 + u1`)

	fixtureHostile = mapOf(`A "title" \N with <b>marks</b> & entities &amp; ]]>`, "") // filled by init
)

func init() {
	texts := []string{
		`<script>alert("x")</script> & 'quotes' \l \N \\ ]]> &lt; <!-- -->`,
		"line one\nline two\r\n\ttabbed\x00\x01\x1b[31mred\u202e\u2066hidden\u2069 \ufffe\xff end",
		strings.Repeat("Donaudampfschifffahrt", 500),
		"emoji 🌊🌊 and 漢字かな交じり文がとても長く続くので行を折り返す必要がある and \u05e9\u05dc\u05d5\u05dd",
		strings.TrimSpace(strings.Repeat("A very long unit goes on and on and says little that is new. ", 12)),
		"",
		"https://example.org/a/very/long/path/that-has-many-parts/and_underscores/index.html?query=one&other=two#fragment",
	}
	m := fixtureHostile
	m.Sections = []argument.Section{{ID: `s"1`, Title: `<i>Section</i> "one" \`}}
	for i, text := range texts {
		m.Units = append(m.Units, argument.Unit{
			ID: fmt.Sprintf(`u"%d\<&>`, i), Kind: argument.Claim, Role: argument.Premise, Section: `s"1`, Text: text,
			Type: `fact" onclick="x`, Cues: []argument.Cue{{Rule: `"<rule>\`}},
		})
		if i > 0 {
			m.Relations = append(m.Relations, argument.Relation{
				ID: fmt.Sprintf(`r"%d\`, i), Type: argument.Supports, From: m.Units[i].ID, To: m.Units[0].ID,
			})
		}
	}
	m.Units[0].Role = argument.Thesis
	m.Units[1].Kind, m.Units[1].Addressee = argument.Recommendation, &argument.Phrase{Text: `the <"council">` + "\n\x07"}
	m.Sources = []argument.Source{{ID: `p"1`, Name: `O'Brien <ceo@example.org> \G "Bob"`, Description: "]]>", Mentions: nil}}
	m.Attributions = []argument.Attribution{{ID: `a"1`, SourceID: `p"1`, Units: []string{m.Units[1].ID, m.Units[2].ID}}}
}
