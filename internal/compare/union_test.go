package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// TestUnion unites sketches. A want has a line a unit: the sign of what became of
// it, its id, its id in the old version, its relation with what became of that,
// and former relations, marked with a cross.
func TestUnion(t *testing.T) {
	const pier = `
		must thesis: The pier must be mended
		fact +1: It sinks by a centimetre every year
		judgement -1: A new one is dear`
	for _, c := range []struct{ name, a, b, want string }{
		{"same", pier, pier, `
			  u1
			  u2  supports u1
			  u3  attacks u1`},
		{"added", pier, pier + `
			judgement -3: An old one is dearer`, `
			  u1
			  u2  supports u1
			~ u3 (u3)  attacks u1
			+ u4  + attacks u3`},
		{"dropped between others, under an id that is free", pier, `
			must thesis: The pier must be mended
			judgement -1: A new one is dear`, `
			~ u1 (u1)
			- u3 (u2)  - supports u1
			  u2  attacks u1`},
		{"dropped before all and behind all", `
			fact: Gulls shriek
			fact: Nets rot
			fact: Boats go`, `
			fact: Nets rot`, `
			- u2 (u1)
			  u1
			- u3 (u3)`},
		{"reworded", pier, strings.Replace(pier, "by a centimetre", "by a whole centimetre", 1), `
			  u1
			~ u2 (u2)  supports u1
			  u3  attacks u1`},
		{"another target, another type, none, one at last", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +2: The sea rises
			fact +1: The wind blows
			fact: The tide turns`, `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises
			fact -1: The wind blows
			fact +2: The tide turns`, `
			~ u1 (u1)
			  u2  supports u1
			  u3  + supports u1  × supports u2
			  u4  ~ attacks u1
			  u5  + supports u2`},
		{"no relation any more", `
			fact thesis: The pier sinks
			fact +1: The quay leaks`, `
			fact thesis: The pier sinks
			fact: The quay leaks`, `
			~ u1 (u1)
			  u2  - supports u1`},
		{"another thesis, which bore on the old one", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises`, `
			fact thesis: The quay leaks
			fact +1: The sea rises`, `
			- u3 (u1)
			~ u1 (u2)  × supports u3
			  u2  + supports u1  × supports u3`},
		{"no thesis any more", `
			fact thesis: The pier sinks
			fact +1: The quay leaks`, `
			fact: The quay leaks`, `
			- u2 (u1)
			  u1  - supports u2`},
		{"turned round", `
			fact: The pier sinks
			fact +1: The quay leaks`, `
			fact +2: The pier sinks
			fact: The quay leaks`, `
			~ u1 (u1)  + supports u2
			~ u2 (u2)  × supports u1`},
		{"undercuts", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact ~1: Quays always leak
			fact ~2: Not in May`, `
			fact thesis: The pier sinks
			fact -1: The quay leaks`, `
			~ u1 (u1)
			  u2  ~ attacks u1
			- u3 (u3)  - undercuts r1
			- u4 (u4)  - undercuts r2`},
		{"an undercut of what is a former relation", `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +2: The sea rises
			fact ~2: It does not`, `
			fact thesis: The pier sinks
			fact +1: The quay leaks
			fact +1: The sea rises`, `
			  u1
			~ u2 (u2)  supports u1
			  u3  + supports u1  × supports u2
			- u4 (u4)  × undercuts r3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := placed(build(t, c.a)), placed(build(t, c.b))
			for _, m := range []*argument.Map{a, b} {
				if err := m.Validate(""); err != nil {
					t.Fatalf("not a valid map to begin with: %v", err)
				}
			}
			u := Compare(a, b, DefaultThreshold).Union()
			checkUnion(t, u, a, b)
			want := strings.ReplaceAll(strings.Trim(c.want, "\n\t"), "\n\t\t\t", "\n")
			if diff := cmp.Diff(want, sketch(u)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// placed makes a sketch a valid map, of a text that has a unit a line.
func placed(m *argument.Map) *argument.Map {
	m.Document.ID = "sha256:" + strings.Repeat("0", 64)
	at := 0
	for i := range m.Units {
		u := &m.Units[i]
		u.Span = argument.Span{Start: at, End: at + len([]rune(u.Text))}
		at = u.End + 1
	}
	m.Document.Characters = at
	place := map[string]argument.Span{}
	for _, u := range m.Units {
		place[u.ID] = u.Span
	}
	for i := range m.Attributions {
		a := &m.Attributions[i]
		a.ID, a.Manner, a.Content = fmt.Sprintf("a%d", i+1), argument.Direct, []argument.Span{place[a.Units[0]]}
	}
	return m
}

var signOf = map[Change]string{Added: "+", Dropped: "-", Reworded: "~", Changed: "~"}

// sketch writes a union as TestUnion wants it.
func sketch(u *Union) string {
	var lines []string
	for _, x := range u.Map.Units {
		sign, old := " ", ""
		if c, ok := u.Units[x.ID]; ok {
			sign = signOf[c.Change()]
			if c.A != nil {
				old = " (" + c.A.ID + ")"
			}
		}
		line := sign + " " + x.ID + old
		for _, r := range u.Map.Relations {
			if r.From == x.ID {
				line += "  " + strings.TrimSpace(signOf[u.Relations[r.ID]]+" "+string(r.Type)+" "+r.To)
			}
		}
		for _, r := range u.Former {
			if r.From == x.ID {
				line += "  × " + string(r.Type) + " " + r.To
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// checkUnion: the union is a valid map with all that either has, and says of
// everything what became of it.
func checkUnion(t interface {
	Helper()
	Fatalf(string, ...any)
}, u *Union, a, b *argument.Map) {
	t.Helper()
	if err := u.Map.Validate(""); err != nil {
		t.Fatalf("the union is no valid map: %v", err)
	}
	texts := func(units []argument.Unit, leave func(id string) bool) []string {
		var list []string
		for _, x := range units {
			if !leave(x.ID) {
				list = append(list, x.Text)
			}
		}
		slices.Sort(list)
		return list
	}
	none := func(string) bool { return false }
	gone := func(id string) bool { return u.Units[id].B == nil && u.Units[id].A != nil }
	if got, want := texts(u.Map.Units, gone), texts(b.Units, none); !slices.Equal(got, want) {
		t.Fatalf("units of the new version: %q, want %q", got, want)
	}
	dropped := 0
	for _, c := range u.Units {
		if c.B == nil {
			dropped++
		}
	}
	if got, want := len(u.Map.Units), len(b.Units)+dropped; got != want {
		t.Fatalf("%d units, want %d", got, want)
	}
	count := map[Change]int{}
	for _, r := range slices.Concat(u.Map.Relations, u.Former) {
		count[u.Relations[r.ID]]++
	}
	if got, want := count[""]+count[Changed]+count[Dropped], len(a.Relations); got != want {
		t.Fatalf("%d relations of the old version, want %d", got, want)
	}
	if got, want := count[""]+count[Changed]+count[Added], len(b.Relations); got != want {
		t.Fatalf("%d relations of the new version, want %d", got, want)
	}
	for _, r := range slices.Concat(u.Map.Relations, u.Former) {
		x, _ := u.Map.Unit(r.From)
		for _, c := range slices.Concat(x.Cues, r.Cues) {
			if c.Span != x.Span {
				t.Fatalf("a cue of %s or %s at %v, the unit at %v", x.ID, r.ID, c.Span, x.Span)
			}
		}
	}
	for _, r := range u.Former {
		if _, ok := u.Map.Unit(r.From); !ok || u.Relations[r.ID] != Dropped {
			t.Fatalf("former relation %+v is %q", r, u.Relations[r.ID])
		}
	}
	if got, want := len(u.Types), count[Changed]; got != want {
		t.Fatalf("%d former types of %d changed relations", got, want)
	}
}

// version draws a valid map: sections, units in them, relations that make a
// forest, with undercuts, and sources.
func version(t *rapid.T, label string) *argument.Map {
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{
		ID: "sha256:" + strings.Repeat("0", 64), URI: label, MediaType: "text/plain", Language: "en",
	}}
	at := 0
	title := rapid.SampledFrom([]string{"", "Why", "What it costs", "What it really costs", "What else"})
	word := rapid.SampledFrom(strings.Fields("the old new pier quay sinks leaks fast not gulls 3 4"))
	for i := range rapid.IntRange(0, 12).Draw(t, label) {
		if rapid.IntRange(0, 3).Draw(t, "heading") == 0 {
			s := argument.Section{ID: fmt.Sprintf("s%d", len(m.Sections)+1), Title: title.Draw(t, "title"), Level: 1, Span: argument.Span{Start: at, End: at + 1}}
			m.Sections = append(m.Sections, s)
			at += 2
		}
		text := strings.Join(rapid.SliceOfN(word, 1, 6).Draw(t, "words"), " ")
		u := argument.Unit{
			ID: fmt.Sprintf("u%d", i+1), Kind: argument.Claim, Type: argument.Fact, Role: argument.Premise, Text: text,
			Span: argument.Span{Start: at, End: at + len(text)}, Cues: []argument.Cue{{Span: argument.Span{Start: at, End: at + 1}, Rule: "x"}},
		}
		first := &argument.Phrase{Span: argument.Span{Start: at, End: at + 1}, Text: text[:1]}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			u.Kind, u.Type, u.Addressee = argument.Recommendation, "", first
		case 1:
			u.LeadIn = first
		}
		at = u.End + 1
		if n := len(m.Sections); n > 0 {
			u.Section, m.Sections[n-1].End = m.Sections[n-1].ID, u.End
		}
		m.Units = append(m.Units, u)
	}
	m.Document.Characters = at
	if len(m.Units) == 0 {
		return m
	}
	thesis := rapid.IntRange(-1, len(m.Units)-1).Draw(t, "thesis")
	if thesis >= 0 {
		m.Units[thesis].Role = argument.Thesis
	}
	// Relations lead from the later to the earlier in an order of their own.
	rank := rapid.Permutation(indices(len(m.Units))).Draw(t, "rank")
	leaving := map[int]string{}
	for i := range m.Units {
		to := rapid.IntRange(-1, len(m.Units)-1).Draw(t, "to")
		if i == thesis || to < 0 || rank[to] >= rank[i] {
			continue
		}
		r := argument.Relation{
			ID: fmt.Sprintf("r%d", len(m.Relations)+1), From: m.Units[i].ID, To: m.Units[to].ID,
			Type: rapid.SampledFrom([]argument.RelationType{argument.Supports, argument.Attacks}).Draw(t, "type"),
			Cues: m.Units[i].Cues,
		}
		if undercut := leaving[to]; undercut != "" && rapid.Bool().Draw(t, "undercuts") {
			r.Type, r.To = argument.Undercuts, undercut
		}
		leaving[i] = r.ID
		m.Relations = append(m.Relations, r)
	}
	for i, name := range []string{"Ada Lund", "Jo Vik", "the board"} {
		if rapid.Bool().Draw(t, "source") {
			m.Sources = append(m.Sources, argument.Source{ID: fmt.Sprintf("p%d", i+1), Name: name, Kind: argument.Person})
		}
	}
	for _, u := range m.Units {
		if n := rapid.IntRange(-3, len(m.Sources)-1).Draw(t, "said"); n >= 0 {
			m.Attributions = append(m.Attributions, argument.Attribution{
				ID: fmt.Sprintf("a%d", len(m.Attributions)+1), SourceID: m.Sources[n].ID, Units: []string{u.ID},
				Content: []argument.Span{u.Span}, Manner: argument.Indirect,
			})
		}
	}
	return m
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// TestUnionIsValid: of any two maps, and of the same bytes each time.
func TestUnionIsValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := version(t, "a"), version(t, "b")
		for _, m := range []*argument.Map{a, b} {
			if err := m.Validate(""); err != nil {
				t.Fatalf("not a valid map to begin with: %v", err)
			}
		}
		u := Compare(a, b, DefaultThreshold).Union()
		checkUnion(t, u, a, b)
		if diff := cmp.Diff(u, Compare(a, b, DefaultThreshold).Union()); diff != "" {
			t.Fatalf("two unions differ (-first +second)\n%s", diff)
		}
	})
}

// TestUnionWithItself: nothing has changed, and the map is the same but for its
// text.
func TestUnionWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := version(t, "m")
		u := Compare(m, m, DefaultThreshold).Union()
		if n := len(u.Units) + len(u.Sections) + len(u.Attributions) + len(u.Relations) + len(u.Former); n > 0 {
			t.Fatalf("%d changes: %+v", n, u)
		}
		if len(u.Map.Units) != len(m.Units) || len(u.Map.Sections) != len(m.Sections) || len(u.Map.Attributions) != len(m.Attributions) {
			t.Fatalf("the union of a map with itself is %+v", u.Map)
		}
		for i, x := range u.Map.Units {
			if x.ID != m.Units[i].ID || x.Section != m.Units[i].Section || x.Role != m.Units[i].Role {
				t.Fatalf("%s has become %+v", m.Units[i].ID, x)
			}
		}
	})
}

// TestUnionSwapped: the other way round, what was added has gone, and the rest is
// as it was.
func TestUnionSwapped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := version(t, "a"), version(t, "b")
		there, back := Compare(a, b, DefaultThreshold).Union(), Compare(b, a, DefaultThreshold).Union()
		swap := map[Change]Change{Added: Dropped, Dropped: Added, Reworded: Reworded, Changed: Changed}
		for what, of := range map[string]func(*Union) map[Change]int{
			"units": func(u *Union) map[Change]int {
				n := map[Change]int{}
				for _, c := range u.Units {
					n[c.Change()]++
				}
				return n
			},
			"sections":     func(u *Union) map[Change]int { return counted(u.Sections) },
			"attributions": func(u *Union) map[Change]int { return counted(u.Attributions) },
			"relations":    func(u *Union) map[Change]int { return counted(u.Relations) },
		} {
			want := map[Change]int{}
			for change, n := range of(there) {
				want[swap[change]] = n
			}
			if diff := cmp.Diff(want, of(back)); diff != "" {
				t.Fatalf("%s the other way round (-want +got)\n%s", what, diff)
			}
		}
	})
}

func counted(m map[string]Change) map[Change]int {
	n := map[Change]int{}
	for _, c := range m {
		n[c]++
	}
	return n
}

// TestUnionOfSections: a section of another title is the same if the titles are
// similar; one that A alone has stands where it stood, with its units in it.
func TestUnionOfSections(t *testing.T) {
	a := placed(build(t, "fact: One stood first\nfact: Two came then\nfact: Three was gone later\nfact: Four goes on"))
	b := placed(build(t, "fact: One stood first\nfact: Two came then\nfact: Four goes on\nfact: Five is quite new"))
	section := func(m *argument.Map, first, last int, title string) {
		id := fmt.Sprintf("s%d", len(m.Sections)+1)
		m.Sections = append(m.Sections, argument.Section{
			ID: id, Title: title, Level: 2, Span: argument.Span{Start: m.Units[first].Start, End: m.Units[last].End},
		})
		for i := first; i <= last; i++ {
			m.Units[i].Section = id
		}
	}
	section(a, 1, 1, "What the pier costs")
	section(a, 2, 2, "What is left out")
	section(a, 3, 3, "The rest")
	section(b, 1, 1, "What the old pier costs")
	section(b, 2, 2, "The rest")
	section(b, 3, 3, "A new part")
	u := Compare(a, b, DefaultThreshold).Union()
	checkUnion(t, u, a, b)
	var got []string
	for _, x := range u.Map.Units {
		title := ""
		for _, s := range u.Map.Sections {
			if s.ID == x.Section {
				title = strings.TrimSpace(s.Title + " " + string(u.Sections[s.ID]))
			}
		}
		got = append(got, x.Text+": "+title)
	}
	want := []string{
		"One stood first: ", "Two came then: What the old pier costs", "Three was gone later: What is left out dropped",
		"Four goes on: The rest", "Five is quite new: A new part added",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestUnionOfSources: who says what now, and who said it.
func TestUnionOfSources(t *testing.T) {
	a := placed(build(t, "fact @Holm: The pier sinks\nfact @Bo: The quay leaks\nfact @Bo: Gulls shriek"))
	b := placed(build(t, "fact @Ada_Holm: The pier sinks\nfact @Eve: The quay leaks\nfact @Eve: Boats go"))
	for i := range b.Sources {
		b.Sources[i].Name = strings.ReplaceAll(b.Sources[i].Name, "_", " ")
	}
	u := Compare(a, b, DefaultThreshold).Union()
	checkUnion(t, u, a, b)
	var got []string
	for _, at := range u.Map.Attributions {
		p, _ := u.Map.Source(at.SourceID)
		x, _ := u.Map.Unit(at.Units[0])
		got = append(got, strings.TrimSpace(string(u.Attributions[at.ID])+" "+p.Name+": "+x.Text))
	}
	want := []string{
		"Ada Holm: The pier sinks", "added Eve: The quay leaks", "dropped Bo: The quay leaks",
		"dropped Bo: Gulls shriek", "added Eve: Boats go",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestLastOf gives ids numbers that no counting comes to.
func TestLastOf(t *testing.T) {
	ids := []string{"u3", "u99999999999999999999", "u7", "u9223372036854775807"}
	if got := lastOf(ids, func(s *string) string { return *s }); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	if got := lastOf(nil, func(s *string) string { return *s }); got != 0 {
		t.Errorf("of none %d", got)
	}
}
