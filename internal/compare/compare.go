// Package compare says how the argument of one text differs from that of
// another, most often of two versions of one article: which claims,
// recommendations, sources and relations came and went, which were reworded,
// and what became of the role, the support and the attacks of the rest.
//
// Units are matched one to one in three steps, each over what the steps before
// it have left (match.go):
//
//  1. units of the same text;
//  2. units of the same words, whatever their case, punctuation and white space;
//  3. the most similar pairs first, down to a threshold. Similarity is the share
//     of words, function words counting a quarter, that the two have in common
//     in the same order ([Similarity]).
//
// Among equals the order of the texts decides: in steps 1 and 2 the first goes
// with the first, in step 3 those that stand at about the same place in their
// texts. What is left over was added or dropped.
//
// [Diff.Union] makes one map of both, for a picture of what changed.
//
// The result depends on the maps alone. Offsets, ids, cues and confidence are
// not compared.
package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// DefaultThreshold is the similarity from which a unit is taken for a
// rewording of another.
const DefaultThreshold = 0.5

// Diff is how map B differs from map A. Its lists hold differences only. Those
// of units are in the order of B, what A alone has standing where it stood; of
// sources and relations, what A alone has comes first.
type Diff struct {
	A, B      *argument.Map
	Units     []UnitChange
	Sources   []SourceChange
	Relations []RelationChange
	// What of A goes with what of B, and how similar it must be.
	units, sources matching
	threshold      float64
}

// matching leads from the things of A to their partners in B and back, both by
// place in the list, -1 for none.
type matching struct{ toB, toA []int }

// Same reports whether there is no difference.
func (d *Diff) Same() bool { return len(d.Units)+len(d.Sources)+len(d.Relations) == 0 }

// Field is a field that has another value than before; "" is none.
type Field struct {
	Name string `json:"field"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// Tell says how the field changed, its values as show writes them: for people,
// or for a picture. What is none is called so.
func (f Field) Tell(show func(op Op, value string) string) string {
	value := func(op Op, v string) string {
		if v == "" {
			return "none"
		}
		return show(op, v)
	}
	return fmt.Sprintf("%s: %s → %s", f.Name, value(OnlyA, f.A), value(OnlyB, f.B))
}

// UnitChange is a unit that is not what it was: A is nil if it was added, B if
// it was dropped.
type UnitChange struct {
	A, B *argument.Unit
	// Reworded says that the words differ; Words then tells how.
	Reworded   bool
	Similarity float64 // of the words: 1 unless they differ, 0 without a match
	Words      []Piece
	// Fields that changed: kind, type, role, strength, addressee, sources.
	Fields []Field
	// AttackedBy and SupportedBy are the ids, in B, of what attacks or supports
	// a unit that nothing attacked or supported before.
	AttackedBy, SupportedBy []string
	// Unattacked and Unsupported say that nothing does any more.
	Unattacked, Unsupported bool
}

// Turn is that something bears on a unit that did not, or does not any more.
type Turn struct {
	Text string
	By   []string // the ids, in B, of what bears on it now
}

// Turns are the turns of a unit, attacks first.
func (u UnitChange) Turns() []Turn {
	var turns []Turn
	for _, t := range []struct {
		is bool
		Turn
	}{
		{len(u.AttackedBy) > 0, Turn{"newly attacked", u.AttackedBy}},
		{u.Unattacked, Turn{Text: "no longer attacked"}},
		{len(u.SupportedBy) > 0, Turn{"newly supported", u.SupportedBy}},
		{u.Unsupported, Turn{Text: "no longer supported"}},
	} {
		if t.is {
			turns = append(turns, t.Turn)
		}
	}
	return turns
}

// SourceChange is an entry of the ledger that is not what it was: A is nil if
// it was added, B if it was dropped.
type SourceChange struct {
	A, B   *argument.Source
	Fields []Field // name, kind, description
}

// RelationChange is a relation that is not what it was: A is nil if it was
// added, B if it was dropped. If it has both, what left the unit has changed
// its type or its target. At most one relation leaves a unit, so it is known
// by that.
type RelationChange struct {
	A, B *argument.Relation
}

// Compare finds how b differs from a, which are valid maps. Units at least as
// similar as threshold are taken for rewordings.
func Compare(a, b *argument.Map, threshold float64) *Diff {
	c := &comparison{
		a: newSide(a), b: newSide(b), d: &Diff{A: a, B: b},
	}
	c.toB, c.toA = matchUnits(a.Units, b.Units, threshold)
	c.d.units, c.d.threshold = c.matching, threshold
	c.units()
	c.sources()
	c.relations()
	return c.d
}

// comparison is the work on one pair of maps, whose units match as given.
type comparison struct {
	matching
	a, b side
	d    *Diff
}

// side is one of the maps with what is asked of it made ready.
type side struct {
	m        *argument.Map
	place    map[string]int                // unit id to its place
	leaving  map[string]*argument.Relation // unit id to the relation that leaves it
	from     map[string]string             // relation id to the unit that it leaves
	attacks  map[string][]string           // unit id to the ids of what attacks it
	supports map[string][]string
	said     map[string][]string // unit id to the names of its sources
}

func newSide(m *argument.Map) side {
	s := side{
		m: m, place: make(map[string]int, len(m.Units)), leaving: map[string]*argument.Relation{}, from: map[string]string{},
		attacks: map[string][]string{}, supports: map[string][]string{}, said: map[string][]string{},
	}
	for i, u := range m.Units {
		s.place[u.ID] = i
	}
	for i := range m.Relations {
		r := &m.Relations[i]
		s.leaving[r.From], s.from[r.ID] = r, r.From
		switch r.Type {
		case argument.Attacks:
			s.attacks[r.To] = append(s.attacks[r.To], r.From)
		case argument.Supports:
			s.supports[r.To] = append(s.supports[r.To], r.From)
		}
	}
	names := map[string]string{"": "somebody"}
	for _, p := range m.Sources {
		names[p.ID] = p.Name
	}
	for _, at := range m.Attributions {
		for _, id := range at.Units {
			if name := names[at.SourceID]; !slices.Contains(s.said[id], name) {
				s.said[id] = append(s.said[id], name)
			}
		}
	}
	return s
}

// units lists the changes in the order of b. What only a has comes behind the
// match of the last unit before it that has one.
func (c *comparison) units() {
	dropped := make([][]int, len(c.b.m.Units)+1) // by the unit of b that they come behind, from 1
	last := 0
	for i, j := range c.toB {
		if j >= 0 {
			last = j + 1
		} else {
			dropped[last] = append(dropped[last], i)
		}
	}
	for k, list := range dropped {
		if k > 0 {
			c.unit(k - 1)
		}
		for _, i := range list {
			c.d.Units = append(c.d.Units, UnitChange{A: &c.a.m.Units[i]})
		}
	}
}

// unit notes what is new about unit j of b.
func (c *comparison) unit(j int) {
	if i := c.toA[j]; i < 0 {
		c.d.Units = append(c.d.Units, UnitChange{B: &c.b.m.Units[j]})
	} else if change, differs := c.pair(&c.a.m.Units[i], &c.b.m.Units[j]); differs {
		c.d.Units = append(c.d.Units, change)
	}
}

// pair compares two units that match.
func (c *comparison) pair(a, b *argument.Unit) (UnitChange, bool) {
	u := UnitChange{A: a, B: b, Similarity: 1}
	if plain(a.Text) != plain(b.Text) {
		u.Reworded, u.Similarity, u.Words = true, Similarity(a.Text, b.Text), Words(a.Text, b.Text)
	}
	for _, f := range []Field{
		{"kind", string(a.Kind), string(b.Kind)},
		{"type", string(a.Type), string(b.Type)},
		{"role", string(a.Role), string(b.Role)},
		{"strength", string(a.Strength), string(b.Strength)},
		{"addressee", textOf(a.Addressee), textOf(b.Addressee)},
		{"sources", strings.Join(c.a.said[a.ID], ", "), strings.Join(c.b.said[b.ID], ", ")},
	} {
		if plain(f.A) != plain(f.B) {
			u.Fields = append(u.Fields, f)
		}
	}
	u.AttackedBy, u.Unattacked = turned(c.a.attacks[a.ID], c.b.attacks[b.ID])
	u.SupportedBy, u.Unsupported = turned(c.a.supports[a.ID], c.b.supports[b.ID])
	differs := u.Reworded || len(u.Fields)+len(u.AttackedBy)+len(u.SupportedBy) > 0 || u.Unattacked || u.Unsupported
	return u, differs
}

func textOf(p *argument.Phrase) string {
	if p == nil {
		return ""
	}
	return p.Text
}

// turned says what bears on a unit on which nothing bore before, or that
// nothing does any more.
func turned(before, now []string) (by []string, gone bool) {
	if len(before) == 0 {
		return now, false
	}
	return nil, len(now) == 0
}

// relations compares what leaves each unit of either map.
func (c *comparison) relations() {
	for i := range c.a.m.Relations {
		r := &c.a.m.Relations[i]
		j := c.toB[c.a.place[r.From]]
		if j < 0 || c.b.leaving[c.b.m.Units[j].ID] == nil {
			c.d.Relations = append(c.d.Relations, RelationChange{A: r})
		}
	}
	for i := range c.b.m.Relations {
		r := &c.b.m.Relations[i]
		j := c.toA[c.b.place[r.From]]
		if j < 0 {
			c.d.Relations = append(c.d.Relations, RelationChange{B: r})
			continue
		}
		before := c.a.leaving[c.a.m.Units[j].ID]
		if before == nil || before.Type != r.Type || !c.sameTarget(before, r) {
			c.d.Relations = append(c.d.Relations, RelationChange{A: before, B: r})
		}
	}
}

// sameTarget reports whether two relations of one type lead to units that
// match, or undercut what leaves units that match.
func (c *comparison) sameTarget(a, b *argument.Relation) bool {
	from, to := a.To, b.To
	if a.Type == argument.Undercuts {
		from, to = c.a.from[a.To], c.b.from[b.To]
	}
	return c.toB[c.a.place[from]] == c.b.place[to]
}
