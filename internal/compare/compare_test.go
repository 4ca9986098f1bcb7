package compare

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// build makes a map of the lines of a sketch, one unit a line, numbered from
// u1: the type or "must" (a recommendation), the target of the relation that
// leaves it (+1 supports u1, -1 attacks u1, ~1 undercuts r1), the source as
// @NAME, a colon, the text. Further lines "NAME/KIND/DESCRIPTION" describe
// sources, which are persons otherwise.
func build(t testing.TB, sketch string) *argument.Map {
	t.Helper()
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{URI: "a.txt"}}
	source := func(name string) *argument.Source {
		for i := range m.Sources {
			if m.Sources[i].Name == name {
				return &m.Sources[i]
			}
		}
		m.Sources = append(m.Sources, argument.Source{ID: fmt.Sprintf("p%d", len(m.Sources)+1), Name: name, Kind: argument.Person})
		return &m.Sources[len(m.Sources)-1]
	}
	for line := range strings.Lines(sketch) {
		line = strings.TrimSpace(line)
		head, text, isUnit := strings.Cut(line, ": ")
		if parts := strings.Split(line, "/"); !isUnit && len(parts) == 3 {
			p := source(parts[0])
			p.Kind, p.Description = argument.SourceKind(parts[1]), parts[2]
		}
		if !isUnit {
			continue
		}
		u := argument.Unit{ID: fmt.Sprintf("u%d", len(m.Units)+1), Kind: argument.Claim, Role: argument.Premise, Text: text}
		for _, f := range strings.Fields(head) {
			r := argument.Relation{ID: fmt.Sprintf("r%d", len(m.Relations)+1), From: u.ID, To: "u" + f[1:]}
			switch {
			case f[0] == '@':
				m.Attributions = append(m.Attributions, argument.Attribution{SourceID: source(f[1:]).ID, Units: []string{u.ID}})
				continue
			case f == "must":
				u.Kind, u.Strength = argument.Recommendation, argument.Must
				continue
			case f == "thesis":
				u.Role = argument.Thesis
				continue
			case f[0] == '+':
				r.Type = argument.Supports
			case f[0] == '-':
				r.Type = argument.Attacks
			case f[0] == '~':
				r.Type, r.To = argument.Undercuts, "r"+f[1:]
			default:
				u.Type = argument.Type(f)
				continue
			}
			m.Relations = append(m.Relations, r)
		}
		m.Units = append(m.Units, u)
	}
	return m
}

// TestCompare compares sketches. A want is the report without its first and
// last lines.
func TestCompare(t *testing.T) {
	const pier = `
		must thesis: The pier must be mended
		fact +1: It sinks by a centimetre every year
		judgement -1: A new one is dear`
	for _, c := range []struct{ name, a, b, want string }{
		{"same", pier, pier, ""},
		{"case, punctuation and typography", "fact: It's 3.5 % — “so” they say", "fact: it’s 3.5% so they SAY.", ""},
		{"added", pier, pier + `
			judgement -3: An old one is dearer`, `
			CLAIMS
			~ u3  A new one is dear
			    newly attacked by u4
			+ u4  An old one is dearer [judgement, premise]
			RELATIONS
			+ u4 attacks u3`},
		{"dropped between others", pier, `
			must thesis: The pier must be mended
			judgement -1: A new one is dear`, `
			RECOMMENDATIONS
			~ u1  The pier must be mended
			    no longer supported
			CLAIMS
			- u2  It sinks by a centimetre every year [fact, premise]
			RELATIONS
			- u2 supports u1`},
		{"reworded", pier, strings.Replace(pier, "by a centimetre every", "by two centimetres each", 1), `
			CLAIMS
			~ u2  It sinks by [-a centimetre every-] {+two centimetres each+} year`},
		{"another number", "statistic: It sinks by 3.5 cm", "statistic: It sinks by 3.6 cm", `
			CLAIMS
			~ u1  It sinks by [-3.5-] {+3.6+} cm`},
		{"another sign", "statistic: It grew by 3 %", "statistic: It grew by -3 %", `
			CLAIMS
			~ u1  It grew by [-3-] {+-3+} %`},
		{"too little in common", "fact: The pier must be mended", "fact: The boat must be painted", `
			CLAIMS
			- u1  The pier must be mended [fact, premise]
			+ u1  The boat must be painted [fact, premise]`},
		{"role, kind, type, strength, source", `
			fact @Bo: The pier sinks
			must thesis: Mend it`, `
			statistic thesis: The pier sinks
			fact: Mend it`, `
			CLAIMS
			~ u1  The pier sinks
			    type: fact → statistic
			    role: premise → thesis
			    sources: Bo → none
			~ u2  Mend it
			    kind: recommendation → claim
			    type: none → fact
			    role: thesis → premise
			    strength: must → none
			SOURCES
			- p1  Bo (person)`},
		{"moved", `
			fact: The pier sinks
			fact: The quay leaks`, `
			fact: The quay leaks
			fact: The pier sinks`, ``},
		{"relations turned", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises`, `
			fact thesis: The pier sinks
			fact -1: The quay leaks
			fact +2: The sea rises`, `
			CLAIMS
			~ u1  The pier sinks
			    newly attacked by u2
			    no longer supported
			~ u2  The quay leaks
			    newly supported by u3
			RELATIONS
			~ u2 supports u1 → u2 attacks u1
			~ u3 supports u1 → u3 supports u2`},
		{"ids moved, undercut the same", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact ~1: Quays always leak`, `
			fact: Gulls shriek
			fact thesis: The pier sinks
			fact +2: The quay leaks
			fact ~1: Quays always leak`, `
			CLAIMS
			+ u1  Gulls shriek [fact, premise]`},
		{"undercut elsewhere", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises
			fact ~1: Quays always leak`, `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises
			fact ~2: Quays always leak`, `
			RELATIONS
			~ u4 undercuts r1 → u4 undercuts r2`},
		{"twins in order", `
			fact: It is so
			judgement: It is so`, `
			fact: It is so
			judgement: It is so
			fact: It is so`, `
			CLAIMS
			+ u3  It is so [fact, premise]`},
		{"nearest of equals", `
			fact: Gulls shriek
			fact: Nets rot
			fact: Boats go
			fact: The old pier sinks fast`, `
			fact: The big pier sinks fast
			fact: Gulls shriek
			fact: Nets rot
			fact: The new pier sinks fast`, `
			CLAIMS
			+ u1  The big pier sinks fast [fact, premise]
			- u3  Boats go [fact, premise]
			~ u4  The [-old-] {+new+} pier sinks fast`},
		{"nothing but signs", "fact: —", "fact: …", `
			CLAIMS
			- u1  — [fact, premise]
			+ u1  … [fact, premise]`},
		{"the more similar before the nearer", `
			fact: The old pier sinks`, `
			fact: The old quay sinks
			fact: Gulls shriek
			fact: The old pier sinks fast`, `
			CLAIMS
			+ u1  The old quay sinks [fact, premise]
			+ u2  Gulls shriek [fact, premise]
			~ u1→u3  The old pier sinks {+fast+}`},
		{"sources", `
			Ida Berg/person/engineer
			the board/group/
			Kiel/place/
			Holm/person/`, `
			Ida Berg/person/chief engineer
			Kiel/organization/
			Ada Holm/person/
			the union/organization/`, `
			SOURCES
			- p2  the board (group)
			~ p1  Ida Berg
			    description: engineer → chief engineer
			~ p3→p2  Kiel
			    kind: place → organization
			~ p4→p3  Ada Holm
			    name: Holm → Ada Holm
			+ p4  the union (organization)`},
		{"a name that fits two", `
			Berg/person/`, `
			Ida Berg/person/
			Jo Berg/person/`, `
			SOURCES
			- p1  Berg (person)
			+ p1  Ida Berg (person)
			+ p2  Jo Berg (person)`},
		{"a name of another kind", `
			Berg/person/`, `
			Berg Line/organization/`, `
			SOURCES
			- p1  Berg (person)
			+ p1  Berg Line (organization)`},
		{"from nothing", "", "fact: The pier sinks", `
			CLAIMS
			+ u1  The pier sinks [fact, premise]`},
		{"to nothing", "must: Mend it", "", `
			RECOMMENDATIONS
			- u1  Mend it [must, premise]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Compare(build(t, c.a), build(t, c.b), DefaultThreshold)
			lines := strings.Split(strings.TrimSpace(d.Text(Options{})), "\n")
			if d.Same() {
				if c.want != "" || !slices.Equal(lines, []string{"no differences"}) {
					t.Errorf("no difference: %q", lines)
				}
				return
			}
			lines = slices.DeleteFunc(lines[2:len(lines)-1], func(s string) bool { return s == "" })
			got := strings.Join(lines, "\n")
			want := strings.ReplaceAll(strings.TrimSpace(c.want), "\n\t\t\t", "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if back := Compare(build(t, c.b), build(t, c.a), DefaultThreshold); back.Same() {
				t.Error("the other way round there is no difference")
			}
		})
	}
}

func TestThreshold(t *testing.T) {
	a, b := build(t, "fact: The old pier sinks"), build(t, "fact: The old quay sinks")
	s := Similarity(a.Units[0].Text, b.Units[0].Text)
	if want := 2. * 9 / 26; s != want {
		t.Errorf("similarity %v, want %v", s, want)
	}
	for threshold, want := range map[float64]int{0: 1, s: 1, s + .001: 2, 1: 2} {
		if n := len(Compare(a, b, threshold).Units); n != want {
			t.Errorf("at %v: %d changes, want %d", threshold, n, want)
		}
	}
	// With nothing in common units do not match, whatever the threshold.
	if n := len(Compare(a, build(t, "fact: Gulls shriek"), 0).Units); n != 2 {
		t.Errorf("nothing in common: %d changes", n)
	}
}

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 0},
		{"pier", "", 0},
		{"The pier", "the PIER!", 1},
		{"pier sinks", "sinks pier", .5},     // not in the same order
		{"the of and", "of the and", 4. / 6}, // function words alone
		{"the pier", "a pier", 8. / 10},
	} {
		if got := Similarity(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"It’s 3,000.5 km² – or −5 % (1–2)?":     "it's|3,000.5|km2|or|-|5|%|1|2",
		"well-known U.S. “dogs’ café”, $5+":     "well|known|u|s|dogs|café|$|5|+",
		"e\u0301lan, ﬁne, co-op; 'quoted' end.": "élan|fine|co|op|quoted|end",
		"—": "",
	} {
		if got := strings.Join(split(text), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestWords checks that the pieces of either text, and nothing else, make it
// up, whatever the texts.
func TestWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"the", "The", "pier", "pier,", "sinks", "—", "fast", "3"})
		a := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "a"), " ")
		b := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "b"), " ")
		var ofA, ofB, both []string
		var last Op
		for _, p := range Words(a, b) {
			if p.Op == last || p.Text == "" {
				t.Fatalf("two pieces where one would do: %v", Words(a, b))
			}
			last = p.Op
			if p.Op != OnlyB {
				ofA = append(ofA, p.Text)
			}
			if p.Op != OnlyA {
				ofB = append(ofB, p.Text)
			}
			if p.Op == Both {
				both = append(both, p.Text)
			}
		}
		if got := strings.Join(ofB, " "); got != b {
			t.Fatalf("b is %q, its pieces are %q", b, got)
		}
		keys := func(s string) []string {
			var list []string
			for _, f := range strings.Fields(s) {
				list = append(list, keyOf(f))
			}
			return list
		}
		if got := keys(strings.Join(ofA, " ")); !slices.Equal(got, keys(a)) {
			t.Fatalf("a is %q, its pieces are %q", a, got)
		}
		weight := 0
		for _, w := range keys(strings.Join(both, " ")) {
			weight += weightOf(w)
		}
		if want := commonWeight(keys(a), keys(b)); weight != want {
			t.Fatalf("%q and %q share a weight of %d, want %d: %v", a, b, weight, want, Words(a, b))
		}
	})
}

func TestColor(t *testing.T) {
	a := build(t, "must: Mend the old pier\nfact @Bo +1: It sinks\nfact: It is old")
	b := build(t, "must: Mend the big pier\nfact +1: It sinks\nfact thesis: Gulls shriek")
	d := Compare(a, b, DefaultThreshold)
	plain, colored := d.Text(Options{}), d.Text(Options{Color: true})
	if stripped := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colored, ""); stripped != plain || colored == plain {
		t.Errorf("in colour:\n%s\nplain:\n%s", colored, plain)
	}
	if !strings.Contains(colored, "\x1b[31m[-old-]\x1b[0m \x1b[34m{+big+}\x1b[0m") {
		t.Errorf("%q", colored)
	}
}

func TestTextIsSafe(t *testing.T) {
	a, b := build(t, ""), build(t, "fact: It\x1b[2J is\u202e so")
	b.Document.URI = "b\x1b.txt"
	if text := Compare(a, b, DefaultThreshold).Text(Options{}); strings.ContainsAny(text, "\x1b\u202e") || !strings.Contains(text, "It�[2J is� so") {
		t.Errorf("%q", text)
	}
}

func TestJSON(t *testing.T) {
	a := build(t, "must thesis: Mend the old pier\nfact +1: It sinks\nHolm/person/")
	b := build(t, "must thesis: Mend the big pier\nfact: It sinks\nfact -1: It is dear\nAda Holm/person/")
	b.Document = argument.Document{URI: "b.txt", Text: "secret"}
	out, err := Compare(a, b, DefaultThreshold).JSON()
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Schema string
		Same   bool
		B      map[string]any
		Counts map[string]Counts
		Units  []struct {
			Change     string
			A, B       *struct{ ID, Text string }
			Similarity float64
			Words      []Piece
			Attacked   []string `json:"newly_attacked_by"`
			Unsupp     bool     `json:"no_longer_supported"`
		}
		Sources   []struct{ Fields []Field }
		Relations []struct{ Change string }
	}
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	if r.Schema != ReportSchema || r.Same || r.B["uri"] != "b.txt" || r.B["text"] != nil ||
		r.Counts["units"] != (Counts{Added: 1, Reworded: 1}) || r.Counts["relations"] != (Counts{Added: 1, Dropped: 1}) {
		t.Errorf("%s", out)
	}
	u := r.Units[0]
	words := []Piece{{Both, "Mend the"}, {OnlyA, "old"}, {OnlyB, "big"}, {Both, "pier"}}
	if u.Change != "reworded" || u.A.Text != "Mend the old pier" || u.B.ID != "u1" || u.Similarity != .6923 ||
		!slices.Equal(u.Words, words) || !slices.Equal(u.Attacked, []string{"u3"}) || !u.Unsupp {
		t.Errorf("%+v", u)
	}
	if r.Units[1].Change != "added" || r.Units[1].A != nil || r.Sources[0].Fields[0] != (Field{"name", "Holm", "Ada Holm"}) {
		t.Errorf("%s", out)
	}
	same, _ := Compare(a, a, DefaultThreshold).JSON()
	if !strings.Contains(string(same), `"same": true`) || !strings.Contains(string(same), `"units": []`) {
		t.Errorf("%s", same)
	}
}
