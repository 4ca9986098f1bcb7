package draw

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// smallMap is the number of units below which the thesis stands on top: so few
// boxes fit on a screen side by side.
const smallMap = 12

// compose makes a picture of the maps: it selects what is to be drawn, wraps
// and measures every text, and says what bears on what.
func compose(maps []*argument.Map, opt Options) *picture {
	pic := &picture{title: clean(opt.Title), rankdir: opt.Rankdir, wantsLegend: !opt.NoLegend}
	chosen, notes := choose(maps, opt)
	pic.notes = notes
	if pic.rankdir == "" {
		pic.rankdir = "RL"
		if units(chosen) < smallMap {
			pic.rankdir = "BT"
		}
	}
	n := total(chosen)
	pic.caption, pic.desc, pic.changed = n.caption(), n.describe(chosen), n.changed
	switch {
	case pic.title != "":
	case opt.Changes != nil:
		pic.title = opt.Changes.heading()
	default:
		pic.title = heading(mapsIn(chosen))
	}
	for i, s := range chosen {
		p := &composer{selection: s, pic: pic, changes: opt.Changes, ids: map[string]string{}, seen: map[string]bool{}}
		if len(chosen) > 1 {
			p.prefix = "d" + strconv.Itoa(i+1) + "_"
			p.part.id = "d" + strconv.Itoa(i+1)
			p.part.title = name(s.m)
		}
		p.compose()
		pic.parts = append(pic.parts, p.part)
	}
	arrange(pic)
	return pic
}

// mapsIn are the maps as they are drawn.
func mapsIn(chosen []selection) []*argument.Map {
	maps := make([]*argument.Map, len(chosen))
	for i, s := range chosen {
		maps[i] = s.m
	}
	return maps
}

// units is how many units are drawn.
func units(chosen []selection) int {
	n := 0
	for _, s := range chosen {
		n += len(s.m.Units)
	}
	return n
}

// heading is the title of a picture of the maps.
func heading(maps []*argument.Map) string {
	switch len(maps) {
	case 0:
		return "Argument map"
	case 1:
		return name(maps[0])
	}
	return strconv.Itoa(len(maps)) + " argument maps"
}

// name is what a document is called in a picture.
func name(m *argument.Map) string {
	if t := clean(m.Document.Title); t != "" {
		return t
	}
	if u := clean(path.Base(m.Document.URI)); u != "" && u != "." && u != "-" && u != "/" {
		return u
	}
	return "Argument map"
}

// composer makes the part of one map.
type composer struct {
	selection
	pic     *picture
	changes *Changes
	part    part
	prefix  string
	ids     map[string]string // id in the map → id in the picture
	seen    map[string]bool   // ids given in the picture
	group   map[string]int    // box id → index of its group
	bears   map[string]string // unit id → what it does to which other
}

func (c *composer) compose() {
	c.group = map[string]int{}
	c.addGroups()
	if len(c.m.Units) == 0 {
		c.add(0, notice(c.id("empty", "empty"), c.missing))
		return
	}
	c.bears = map[string]string{}
	for _, r := range c.m.Relations {
		c.bears[r.From] = c.changes.turn(r.ID) + clean(string(r.Type)) + " " + c.changes.nameOf(r.To)
	}
	for i := range c.m.Units {
		u := &c.m.Units[i]
		c.add(c.sectionOf(u), c.unitBox(u))
	}
	c.addRelations()
	c.addSources()
	c.dropEmptyGroups()
}

// id returns the id in the picture of the thing with that id in the map: made
// of letters, digits and ".-_" alone, so that it is safe in every format.
// Space keeps the ids of units, relations and sections apart.
func (c *composer) id(space, raw string) string {
	key := space + "\x00" + raw
	if id, ok := c.ids[key]; ok {
		return id
	}
	safe := strings.Map(func(r rune) rune {
		if r < 128 && (r == '_' || r == '-' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return r
		}
		return '_'
	}, raw)
	if safe == "" || strings.HasPrefix(safe, reserved) {
		safe = "x" + safe
	}
	safe = safe[:min(len(safe), maxWord)]
	id := c.prefix + safe
	for n := 2; c.seen[id]; n++ {
		id = c.prefix + safe + "_" + strconv.Itoa(n)
	}
	c.seen[id] = true
	c.ids[key] = id
	return id
}

// addGroups makes a group for what stands in no section and one per section.
func (c *composer) addGroups() {
	c.part.groups = append(c.part.groups, group{})
	for _, s := range c.m.Sections {
		c.part.groups = append(c.part.groups, group{id: c.id("section", s.ID), title: c.changes.section(&s)})
	}
}

// sectionOf returns the index of the group that the unit is drawn in. The
// thesis stands outside: it is what all sections lead to.
func (c *composer) sectionOf(u *argument.Unit) int {
	if u.Role == argument.Thesis || u.Section == "" {
		return 0
	}
	for i := range c.m.Sections {
		if c.m.Sections[i].ID == u.Section {
			return i + 1
		}
	}
	return 0
}

func (c *composer) add(g int, b *box) {
	c.part.groups[g].boxes = append(c.part.groups[g].boxes, b)
	c.group[b.id] = g
}

// addRelations links the units. A relation that is undercut runs through a knot
// at which the undercut aims.
func (c *composer) addRelations() {
	undercut := map[string]bool{}
	for _, r := range c.m.Relations {
		if r.Type == argument.Undercuts {
			undercut[r.To] = true
		}
	}
	knots := map[string]string{}
	for _, r := range c.m.Relations {
		if r.Type == argument.Undercuts {
			continue
		}
		l := c.relation(r)
		if !undercut[r.ID] {
			l.to = c.id("unit", r.To)
			c.part.links = append(c.part.links, l)
			continue
		}
		knot := c.id("knot", r.ID+"_knot")
		knots[r.ID] = knot
		c.add(c.group[l.from], &box{id: knot, look: lookKnot, w: 8, h: 8, class: "knot", tooltip: l.tooltip, tint: l.tint})
		head := l
		l.to, l.knot = knot, true
		head.id, head.from, head.to = c.id("knot", r.ID+"_head"), knot, c.id("unit", r.To)
		head.sign, head.label = false, nil
		c.part.links = append(c.part.links, l, head)
	}
	for _, r := range c.m.Relations {
		if r.Type != argument.Undercuts {
			continue
		}
		l := c.relation(r)
		if l.to = knots[r.To]; l.to == "" {
			continue // an undercut of an undercut has no knot to aim at
		}
		c.part.links = append(c.part.links, l)
	}
}

// relation returns the link of r, its target still open.
func (c *composer) relation(r argument.Relation) link {
	l := link{
		id: c.id("relation", r.ID), look: lookOf(r.Type), from: c.id("unit", r.From),
		class:      "relation " + word(string(r.Type)),
		confidence: r.Confidence,
		tooltip:    c.changes.nameOf(r.From) + " " + clean(string(r.Type)) + " " + c.changes.nameOf(r.To) + percent(", ", r.Confidence) + cueRules(r.Cues),
	}
	l.sign = l.look != lookUndercuts
	c.changes.relation(&l, r)
	return l
}

// lookOf is how a relation of that type looks.
func lookOf(t argument.RelationType) look {
	switch t {
	case argument.Attacks:
		return lookAttacks
	case argument.Undercuts:
		return lookUndercuts
	}
	return lookSupports
}

// addSources sets beside each unit a label that names who says it. One label a
// source with lines to all its units would tie the picture into a knot.
func (c *composer) addSources() {
	seen := map[[2]string]bool{}
	for _, a := range c.m.Attributions {
		src, ok := c.m.Source(a.SourceID)
		if !ok {
			continue
		}
		for _, u := range a.Units {
			if seen[[2]string{src.ID, u}] {
				continue
			}
			seen[[2]string{src.ID, u}] = true
			to := c.id("unit", u)
			b := sourceBox(c.id("source", src.ID+"_"+u), src, c.changes.sign(a.ID))
			c.add(c.group[to], b)
			l := link{
				id: c.id("attribution", a.ID+"_"+u), look: lookAttribution, from: b.id, to: to,
				class:      "attribution " + word(string(a.Manner)),
				confidence: a.Confidence,
				tooltip:    b.tooltip + ", " + clean(string(a.Manner)) + percent(", ", a.Confidence),
			}
			c.changes.attribution(a.ID, b, &l)
			c.part.links = append(c.part.links, l)
		}
	}
}

// dropEmptyGroups forgets the sections in which nothing is drawn.
func (c *composer) dropEmptyGroups() {
	kept := c.part.groups[:0]
	for _, g := range c.part.groups {
		if len(g.boxes) > 0 {
			kept = append(kept, g)
		}
	}
	c.part.groups = kept
}

// percent writes a confidence, or nothing where none is known.
func percent(before string, confidence float64) string {
	if confidence <= 0 {
		return ""
	}
	return before + fmt.Sprintf("%.0f %%", 100*min(confidence, 1))
}

// cueRules names the rules that fired, each once.
func cueRules(cues []argument.Cue) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, c := range cues {
		if rule := clean(c.Rule); rule != "" && !seen[rule] {
			seen[rule] = true
			if b.Len() == 0 {
				b.WriteString("; cues: ")
			} else {
				b.WriteString(", ")
			}
			b.WriteString(rule)
		}
	}
	return b.String()
}
