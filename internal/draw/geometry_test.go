package draw

import (
	"fmt"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// The shapes that a picture may have, width by height.
const leastAspect, mostAspect = 1.0 / 2, 2.5

// TestGeometryOfArticles draws every article whole and folded.
func TestGeometryOfArticles(t *testing.T) {
	for _, a := range articleMaps(t) {
		for name, opt := range map[string]Options{
			"whole": {MaxUnits: 10000}, "default": {}, "folded": {MaxUnits: 15}, "collapsed": {Collapse: true},
			"recommendations": {Only: "recommendations"}, "bare": {NoLegend: true, NoSources: true},
		} {
			t.Run(a.name+"-"+name, func(t *testing.T) {
				pic := compose(mapsOf(a.m), opt)
				checkGeometry(t, pic)
				checkApart(t, pic.parts[0].links)
			})
		}
		for i := 0; i < len(a.m.Units); i += 7 {
			id := a.m.Units[i].ID
			t.Run(a.name+"-"+id, func(t *testing.T) { checkGeometry(t, compose(mapsOf(a.m), Options{Focus: id})) })
		}
	}
}

// TestGeometryOfShapes draws maps of all sizes and of shapes that articles hardly
// have, all their units.
func TestGeometryOfShapes(t *testing.T) {
	sizes := []int{5, 13, 40, 100, 400}
	if testing.Short() {
		sizes = sizes[:3]
	}
	for _, s := range shapes {
		for _, n := range sizes {
			t.Run(fmt.Sprintf("%s-%d", s.name, n), func(t *testing.T) {
				m := s.shape(genMap(n, 7))
				checkGeometry(t, compose(mapsOf(m), Options{MaxUnits: 10000}))
				checkGeometry(t, compose(mapsOf(m), Options{}))
			})
		}
	}
}

// shapes turn a generated map into one of another form.
var shapes = []struct {
	name  string
	shape func(m *argument.Map) *argument.Map
}{
	{"article", func(m *argument.Map) *argument.Map { return m }},
	{"chain", func(m *argument.Map) *argument.Map {
		return link1(oneSection(m), func(i int) int { return i - 1 })
	}},
	{"chains in sections", func(m *argument.Map) *argument.Map {
		return link1(m, func(i int) int {
			if m.Units[i].Section != m.Units[i-1].Section {
				return 0
			}
			return i - 1
		})
	}},
	{"star", func(m *argument.Map) *argument.Map { return link1(oneSection(m), func(int) int { return 0 }) }},
	{"star of stars", func(m *argument.Map) *argument.Map {
		return link1(m, func(i int) int {
			if i%12 == 1 {
				return 0
			}
			return i - (i-1)%12
		})
	}},
	{"binary tree", func(m *argument.Map) *argument.Map {
		return link1(noSections(m), func(i int) int { return (i - 1) / 2 })
	}},
	{"caterpillar", func(m *argument.Map) *argument.Map {
		return link1(noSections(m), func(i int) int { return i - 1 - (i+1)%2 })
	}},
	{"many sections", func(m *argument.Map) *argument.Map {
		m.Sections = nil
		for i := range m.Units {
			id := fmt.Sprintf("s%d", i/3+1)
			if i%3 == 0 {
				m.Sections = append(m.Sections, argument.Section{ID: id, Title: genTitles[i%9], Level: 2})
			}
			m.Units[i].Section = id
		}
		return m
	}},
	{"one section", oneSection},
	{"no sections", noSections},
	{"nothing bears", func(m *argument.Map) *argument.Map { m.Relations = nil; return m }},
	{"across sections", func(m *argument.Map) *argument.Map {
		return link1(m, func(i int) int { return max(0, i-9) })
	}},
	{"long texts", func(m *argument.Map) *argument.Map {
		for i := range m.Units {
			m.Units[i].Text = strings.Repeat(m.Units[i].Text+"; ", 1+i%9)
		}
		return m
	}},
}

func noSections(m *argument.Map) *argument.Map {
	m.Sections = nil
	for i := range m.Units {
		m.Units[i].Section = ""
	}
	return m
}

func oneSection(m *argument.Map) *argument.Map {
	m.Sections = m.Sections[:1]
	for i := range m.Units {
		m.Units[i].Section = m.Sections[0].ID
	}
	return m
}

// link1 gives every unit but the first one relation, to the unit that parent
// names: every seventh attacks, the others support.
func link1(m *argument.Map, parent func(i int) int) *argument.Map {
	m.Relations = nil
	for i := 1; i < len(m.Units); i++ {
		kind := argument.Supports
		if i%7 == 3 {
			kind = argument.Attacks
		}
		m.Relations = append(m.Relations, argument.Relation{
			ID: fmt.Sprintf("r%d", i), Type: kind, From: m.Units[i].ID, To: m.Units[parent(i)].ID, Confidence: 0.5,
		})
	}
	return m
}

// checkGeometry: nothing overlaps, no line runs through a box, all text has room
// in its box, and the picture has the shape of a page or a screen.
func checkGeometry(t *testing.T, pic *picture) {
	t.Helper()
	checkLayout(t, pic)
	for _, b := range allBoxes(pic) {
		checkText(t, b)
	}
	if aspect := (pic.size.X + 2*pageMargin) / (pic.size.Y + 2*pageMargin); aspect < leastAspect || aspect > mostAspect {
		t.Errorf("%.0f × %.0f points: aspect %.2f, want %.2f to %.2f", pic.size.X, pic.size.Y, aspect, leastAspect, mostAspect)
	}
}

// crossings is how often lines of relations cross: those that end at one unit are
// one line.
func crossings(pic *picture) int {
	n := 0
	for i := range pic.parts {
		links := pic.parts[i].links
		for j := range links {
			for k := range links[:j] {
				if links[j].to != links[k].to {
					n += cuts(links[j].path, links[k].path)
				}
			}
		}
	}
	return n
}

// cuts is how often a piece of a runs across one of b.
func cuts(a, b []point) int {
	n := 0
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			if across(a[i-1], a[i], b[j-1], b[j]) || across(b[j-1], b[j], a[i-1], a[i]) {
				n++
			}
		}
	}
	return n
}

// across reports whether pq, which is level, crosses rs, which is upright.
func across(p, q, r, s point) bool {
	return p.Y == q.Y && r.X == s.X &&
		min(p.X, q.X) < r.X && r.X < max(p.X, q.X) && min(r.Y, s.Y) < p.Y && p.Y < max(r.Y, s.Y)
}

func TestCrossings(t *testing.T) {
	path := func(xy ...float64) []point {
		var p []point
		for i := 0; i < len(xy); i += 2 {
			p = append(p, point{xy[i], xy[i+1]})
		}
		return p
	}
	for _, c := range []struct {
		a, b []point
		want int
	}{
		{path(0, 0, 10, 0), path(5, -5, 5, 5), 1},
		{path(0, 0, 10, 0), path(0, 5, 10, 5), 0},
		{path(0, 0, 10, 0), path(10, 0, 10, 9), 0}, // they touch
		{path(0, 0, 10, 0, 10, 10, 0, 10), path(5, -5, 5, 15), 2},
	} {
		if got := cuts(c.a, c.b); got != c.want {
			t.Errorf("%v and %v cross %d times, want %d", c.a, c.b, got, c.want)
		}
	}
	// A chain has none, and a section that bears on an earlier one has some.
	if got := crossings(compose(mapsOf(link1(oneSection(genMap(30, 1)), func(i int) int { return i - 1 })), Options{})); got != 0 {
		t.Errorf("%d crossings in a chain", got)
	}
	if got := crossings(compose(mapsOf(link1(genMap(60, 1), func(i int) int { return max(0, i-9) })), Options{})); got < 10 {
		t.Errorf("%d crossings in a tangle", got)
	}
}

// BenchmarkLayout times the layout of real and of generated maps, and reports
// how many lines cross and how large the picture is, in square metres at 100 %.
func BenchmarkLayout(b *testing.B) {
	maps := articleMaps(b)
	for _, s := range shapes {
		maps = append(maps, mapCase{s.name, s.shape(genMap(100, 7))})
	}
	for _, a := range maps {
		b.Run(a.name, func(b *testing.B) {
			var pic *picture
			for range b.N {
				pic = compose(mapsOf(a.m), Options{MaxUnits: 10000})
			}
			const metre = 72 / 0.0254
			b.ReportMetric(float64(crossings(pic)), "crossings")
			b.ReportMetric(pic.size.X*pic.size.Y/metre/metre, "m²")
		})
	}
}
