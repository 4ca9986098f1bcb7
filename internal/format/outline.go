package format

import (
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// outline is a map arranged for reading: the thesis, then its main points
// chapter by chapter, each with what bears on it beneath. Every unit stands in
// it once.
type outline struct {
	m        *argument.Map
	units    map[string]*argument.Unit
	thesis   *node // nil if the map has none
	chapters []chapter
	leaving  map[string]argument.Relation // unit id to the relation that leaves it
	said     map[string][]string          // unit id to the names of the sources it is attributed to
	sections map[string]string            // section id to title
}

// chapter is a section's share of the main points, which are the units that
// bear on no other unit or on the thesis.
type chapter struct {
	section string // id, or "" before the first heading
	nodes   []*node
}

// node is a unit with the units that bear on it, in text order.
type node struct {
	unit    *argument.Unit
	link    argument.RelationType // how it bears on the node above; "" if it bears on none
	reasons []*node
}

// unarranged is an outline of m for its title and its contents alone.
func unarranged(m *argument.Map) *outline {
	o := &outline{m: m, units: make(map[string]*argument.Unit, len(m.Units))}
	for i := range m.Units {
		o.units[m.Units[i].ID] = &m.Units[i]
	}
	return o
}

// newOutline arranges m. Should relations run in a circle, the first unit of
// the circle is taken as a main point.
func newOutline(m *argument.Map) *outline {
	o := unarranged(m)
	o.leaving, o.said, o.sections = map[string]argument.Relation{}, map[string][]string{}, map[string]string{}
	for _, r := range m.Relations {
		o.leaving[r.From] = r
	}
	for _, s := range m.Sections {
		o.sections[s.ID] = s.Title
	}
	o.collectSaid()
	o.arrange()
	return o
}

func (o *outline) collectSaid() {
	names := sourceNames(o.m)
	for _, a := range o.m.Attributions {
		name, ok := names[a.SourceID]
		if !ok {
			continue
		}
		for _, id := range a.Units {
			if !slices.Contains(o.said[id], name) {
				o.said[id] = append(o.said[id], name)
			}
		}
	}
}

// speakers names the sources of a unit, each once, in text order.
func (o *outline) speakers(unit string) []string { return o.said[unit] }

// arrange builds the tree.
func (o *outline) arrange() {
	nodes := make(map[string]*node, len(o.m.Units))
	for i := range o.m.Units {
		u := &o.m.Units[i]
		nodes[u.ID] = &node{unit: u}
		if u.Role == argument.Thesis && o.thesis == nil {
			o.thesis = nodes[u.ID]
		}
	}
	above := o.parents(nodes)
	for i := range o.m.Units {
		n := nodes[o.m.Units[i].ID]
		parent := above[n]
		if parent != nil {
			n.link = o.leaving[n.unit.ID].Type
		}
		switch {
		case n == o.thesis:
		case parent == nil || parent == o.thesis:
			o.addPoint(n)
		default:
			parent.reasons = append(parent.reasons, n)
		}
	}
}

// parents finds the node above each node, and none for the thesis and where a
// circle must be cut.
func (o *outline) parents(nodes map[string]*node) map[*node]*node {
	relations := make(map[string]argument.Relation, len(o.m.Relations))
	for _, r := range o.m.Relations {
		relations[r.ID] = r
	}
	above := make(map[*node]*node, len(nodes))
	for i := range o.m.Units {
		n := nodes[o.m.Units[i].ID]
		r, ok := o.leaving[n.unit.ID]
		if !ok || n == o.thesis {
			continue
		}
		to := r.To
		if r.Type == argument.Undercuts {
			// What questions a step is shown beneath the unit that takes it.
			to = relations[r.To].From
		}
		parent := nodes[to]
		top := parent
		for top != nil && top != n {
			top = above[top]
		}
		if top != n {
			above[n] = parent
		}
	}
	return above
}

// addPoint adds a main point to its section's chapter. Points come in text
// order, so a chapter is complete when another section begins.
func (o *outline) addPoint(n *node) {
	last := len(o.chapters) - 1
	if last < 0 || o.chapters[last].section != n.unit.Section {
		o.chapters = append(o.chapters, chapter{section: n.unit.Section})
		last++
	}
	o.chapters[last].nodes = append(o.chapters[last].nodes, n)
}

// argued returns the chapters without the main points that the list of
// recommendations tells in full: recommendations that nothing bears on.
func (o *outline) argued() []chapter {
	var kept []chapter
	for _, c := range o.chapters {
		c.nodes = slices.DeleteFunc(slices.Clone(c.nodes), func(n *node) bool {
			return n.unit.Kind == argument.Recommendation && len(n.reasons) == 0
		})
		if len(c.nodes) > 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// recommendations returns the recommendations in text order.
func (o *outline) recommendations() []*argument.Unit {
	var list []*argument.Unit
	for i := range o.m.Units {
		if o.m.Units[i].Kind == argument.Recommendation {
			list = append(list, &o.m.Units[i])
		}
	}
	return list
}

// statements returns the attributions to a source, "" for those to none.
func (o *outline) statements(source string) []*argument.Attribution {
	var list []*argument.Attribution
	for i := range o.m.Attributions {
		if o.m.Attributions[i].SourceID == source {
			list = append(list, &o.m.Attributions[i])
		}
	}
	return list
}

// content is what an attribution attributes, as far as its units tell; where
// it has none, the document's text if the map carries it. Parts are joined by
// an ellipsis.
func (o *outline) content(a *argument.Attribution) string {
	var passages []argument.Phrase
	for _, id := range a.Units {
		if u, ok := o.units[id]; ok {
			passages = append(passages, argument.Phrase{Span: u.Span, Text: u.Text})
		}
	}
	if d := o.m.Document; len(passages) == 0 && d.Text != "" {
		passages = []argument.Phrase{{Span: argument.Span{End: d.Characters}, Text: d.Text}}
	}
	var parts []string
	for _, p := range passages {
		for _, s := range a.Content {
			if s.Overlaps(p.Span) {
				parts = append(parts, cut(p, s))
			}
		}
	}
	return strings.Join(parts, " … ")
}

// cut returns the part of a phrase that lies in s.
func cut(p argument.Phrase, s argument.Span) string {
	runes := []rune(p.Text)
	start := min(max(s.Start-p.Start, 0), len(runes))
	end := min(max(s.End-p.Start, start), len(runes))
	return string(runes[start:end])
}

// title is what to call the document.
func (o *outline) title() string {
	if o.m.Document.Title != "" {
		return o.m.Document.Title
	}
	return o.origin()
}

// origin is where the document came from, in words.
func (o *outline) origin() string {
	if o.m.Document.URI == "-" {
		return "standard input"
	}
	return o.m.Document.URI
}

// summary counts what the map holds: "12 claims, 1 recommendation, 4 sources".
func (o *outline) summary() string {
	recommendations := len(o.recommendations())
	var counts []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{len(o.m.Units) - recommendations, "claim"},
		{recommendations, "recommendation"},
		{len(o.m.Sources), "source"},
	} {
		if c.n > 0 {
			counts = append(counts, count(c.n, c.what))
		}
	}
	if len(counts) == 0 {
		return "no claims, recommendations or sources"
	}
	return strings.Join(counts, ", ")
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// A mark shows in one character how a unit bears on the one above it.
type mark struct {
	link argument.RelationType
	sign string
	verb string
}

var marks = []mark{
	{argument.Supports, "+", "supports"},
	{argument.Attacks, "−", "attacks"},
	{argument.Undercuts, "~", "questions the step"},
}

// signOf returns the mark's sign for a link, or "" for none.
func signOf(link argument.RelationType) string {
	for _, k := range marks {
		if k.link == link {
			return k.sign
		}
	}
	return ""
}

// legend explains the marks that the chapters use, or is "" if they use none.
func legend(chapters []chapter) string {
	used := map[argument.RelationType]bool{}
	unsure := false
	var walk func([]*node)
	walk = func(list []*node) {
		for _, n := range list {
			used[n.link] = true
			unsure = unsure || n.unit.Confidence < doubtful
			walk(n.reasons)
		}
	}
	for _, c := range chapters {
		walk(c.nodes)
	}
	var keys []string
	for _, k := range marks {
		if used[k.link] {
			keys = append(keys, k.sign+" "+k.verb)
		}
	}
	if unsure {
		keys = append(keys, "? doubtful")
	}
	return strings.Join(keys, ", ")
}

// doubtful is the confidence below which a unit is marked as uncertain.
const doubtful = 0.5

// tagOf names a claim's type, or says that the unit is a recommendation; a
// question mark follows where the unit is less than half sure.
func tagOf(u *argument.Unit) string {
	tag := string(u.Type)
	if u.Kind == argument.Recommendation {
		tag = string(argument.Recommendation)
	}
	if u.Confidence < doubtful {
		tag += "?"
	}
	if u.Page > 0 {
		tag += ", p. " + pageOf(u)
	}
	return tag
}
