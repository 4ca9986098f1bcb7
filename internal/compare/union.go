package compare

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// Union is the two maps of a Diff as one, to be drawn: all that either has, and
// what became of it.
type Union struct {
	// Map is a valid map. It has what B has, under its ids, and what A alone has,
	// under new ones, each such unit behind the nearest one before it that B has
	// too. Its text is made of the passages of both, one a line, and its spans lead
	// into that. Each attribution says one unit; those of no source or no unit are
	// left out, and so are the mentions of sources.
	Map *argument.Map
	// Former are relations of A, between units of Map, that have no place in a valid
	// map beside those of B: the unit that they leave has another by now or is the
	// thesis, or what it bore on has come to bear on it. Their ids are no other's.
	Former []argument.Relation
	// Units is what became of units, by their ids in Map. What has no entry here or
	// in the next is as it was.
	Units map[string]UnitChange
	// Sections, Attributions and Relations are what became of those, former relations
	// among them. A relation that has another type is Changed; of one that has another
	// target the old one is Dropped and the new one Added.
	Sections, Attributions, Relations map[string]Change
	// Types are the types that the changed relations had.
	Types map[string]argument.RelationType
}

// Union makes one map of the two that were compared.
func (d *Diff) Union() *Union {
	m := argument.Map{Schema: argument.Schema, Document: d.B.Document}
	u := &uniter{
		Diff: d,
		out: &Union{
			Map: &m, Units: map[string]UnitChange{}, Sections: map[string]Change{}, Attributions: map[string]Change{},
			Relations: map[string]Change{}, Types: map[string]argument.RelationType{},
		},
		unit: map[string]string{}, source: map[string]string{}, relation: map[string]string{}, span: map[string]argument.Span{},
	}
	u.name()
	u.passages()
	u.ledger()
	u.attribute()
	u.relate()
	return u.out
}

// uniter is the work on one union.
type uniter struct {
	*Diff
	out *Union
	// What the things of A are called in the union.
	unit, source, relation map[string]string
	span                   map[string]argument.Span // of the union's units, by id
	text                   strings.Builder          // of the union
	length                 int                      // of the text, in code points
}

// name gives the units of A their ids in the union.
func (u *uniter) name() {
	n := lastOf(u.B.Units, func(x *argument.Unit) string { return x.ID })
	for i := range u.A.Units {
		if j := u.units.toB[i]; j >= 0 {
			u.unit[u.A.Units[i].ID] = u.B.Units[j].ID
			continue
		}
		n++
		id := "u" + strconv.Itoa(n)
		u.unit[u.A.Units[i].ID] = id
		u.out.Units[id] = UnitChange{A: &u.A.Units[i]}
	}
	for _, c := range u.Units {
		if c.B != nil {
			u.out.Units[c.B.ID] = c
		}
	}
}

// lastOf is the highest of the numbers in which the ids of the list end, 0 for
// none. Numbers that counting on from the others cannot come to do not matter.
func lastOf[T any](list []T, id func(*T) string) int {
	last := 0
	for i := range list {
		s := id(&list[i])
		if n, err := strconv.Atoi(s[min(len(s), 1):]); err == nil && n < math.MaxInt32 {
			last = max(last, n)
		}
	}
	return last
}

// passage is a heading or a unit by its place in its list.
type passage struct {
	heading bool
	i       int
}

// passagesOf are the headings and units of a map in the order of the text.
func passagesOf(m *argument.Map) []passage {
	list := make([]passage, 0, len(m.Sections)+len(m.Units))
	s := 0
	for i := range m.Units {
		for ; s < len(m.Sections) && m.Sections[s].Start <= m.Units[i].Start; s++ {
			list = append(list, passage{true, s})
		}
		list = append(list, passage{false, i})
	}
	for ; s < len(m.Sections); s++ {
		list = append(list, passage{true, s})
	}
	return list
}

// passages lists the sections and units of both, and makes the text. What A
// alone has comes behind the match of the last passage before it that has one.
func (u *uniter) passages() {
	sections := matchSections(u.A.Sections, u.B.Sections, u.threshold)
	ofA, ofB := passagesOf(u.A), passagesOf(u.B)
	at := make(map[passage]int, len(ofB)) // place in ofB, from 1
	for n, p := range ofB {
		at[p] = n + 1
	}
	gone := make([][]passage, len(ofB)+1)
	last := 0
	for _, p := range ofA {
		j := u.units.toB
		if p.heading {
			j = sections.toB
		}
		if j[p.i] < 0 {
			gone[last] = append(gone[last], p)
		} else {
			last = at[passage{p.heading, j[p.i]}]
		}
	}
	w := &sectioner{uniter: u, place: map[string]int{}, toA: sections.toA}
	w.last = lastOf(u.B.Sections, func(s *argument.Section) string { return s.ID })
	for n, list := range gone {
		if n > 0 {
			w.present(ofB[n-1])
		}
		for _, p := range list {
			w.past(p)
		}
	}
	u.document()
}

// matchSections pairs sections by their titles, and those without words in them,
// the first with the first.
func matchSections(a, b []argument.Section, threshold float64) matching {
	titles := func(sections []argument.Section) []string {
		list := make([]string, len(sections))
		for i := range sections {
			list[i] = sections[i].Title
		}
		return list
	}
	toB, toA := matchTexts(titles(a), titles(b), threshold)
	untitled := func(sections []argument.Section) func(int) string {
		return func(i int) string {
			if plain(sections[i].Title) != "" {
				return ""
			}
			return "untitled"
		}
	}
	pairEqual(len(a), len(b), toB, toA, untitled(a), untitled(b))
	return matching{toB, toA}
}

// sectioner adds passages, each to the section in which it stands.
type sectioner struct {
	*uniter
	place map[string]int // section id to its place in the union
	toA   []int          // of B's sections
	last  int            // number of the last section id
	now   string         // the section in which a passage of A comes to stand, or ""
}

// present adds a passage of B.
func (w *sectioner) present(p passage) {
	if !p.heading {
		x := w.B.Units[p.i]
		w.now = x.Section
		w.addUnit(x)
		return
	}
	s := w.B.Sections[p.i]
	if w.toA[p.i] < 0 {
		w.out.Sections[s.ID] = Added
	}
	w.addSection(s)
}

// past adds a passage that A alone has.
func (w *sectioner) past(p passage) {
	if p.heading {
		s := w.A.Sections[p.i]
		w.last++
		s.ID = "s" + strconv.Itoa(w.last)
		w.out.Sections[s.ID] = Dropped
		w.addSection(s)
		return
	}
	x := w.A.Units[p.i]
	x.ID, x.Section = w.unit[x.ID], w.now
	if _, has := w.B.Thesis(); x.Role == argument.Thesis && has {
		x.Role = argument.RoleClaim // a map has one thesis
	}
	w.addUnit(x)
}

func (w *sectioner) addSection(s argument.Section) {
	s.Span = w.say(s.Title)
	s.End = w.length // with the end of the line: a title may be empty
	w.now, w.place[s.ID] = s.ID, len(w.out.Map.Sections)
	w.out.Map.Sections = append(w.out.Map.Sections, s)
}

func (w *sectioner) addUnit(x argument.Unit) {
	x.LeadIn = w.phrase(x.LeadIn)
	x.Span = w.say(x.Text)
	x.Addressee = w.phrase(x.Addressee)
	x.Cues = cuesAt(x.Cues, x.Span)
	w.span[x.ID] = x.Span
	if s, ok := w.place[x.Section]; ok {
		section := &w.out.Map.Sections[s]
		section.End = max(section.End, x.End)
	} else {
		x.Section = ""
	}
	w.out.Map.Units = append(w.out.Map.Units, x)
}

// say writes a line and says where it stands.
func (u *uniter) say(text string) argument.Span {
	start := u.length
	u.text.WriteString(text + "\n")
	u.length += utf8.RuneCountInString(text) + 1
	return argument.Span{Start: start, End: u.length - 1}
}

func (u *uniter) phrase(p *argument.Phrase) *argument.Phrase {
	if p == nil {
		return nil
	}
	return &argument.Phrase{Span: u.say(p.Text), Text: p.Text}
}

// cuesAt are the cues as those of the passage at s.
func cuesAt(cues []argument.Cue, s argument.Span) []argument.Cue {
	list := slices.Clone(cues)
	for i := range list {
		list[i].Span = s
	}
	return list
}

// document closes the text.
func (u *uniter) document() {
	doc := &u.out.Map.Document
	doc.Text, doc.Characters = u.text.String(), u.length
	doc.ID = argument.Digest(doc.Text)
	doc.Title = cmp.Or(doc.Title, u.A.Document.Title)
}
