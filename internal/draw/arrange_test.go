package draw

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// TestLayout checks pictures of many maps in all directions: no two boxes
// overlap, no line runs through a box, nothing lies outside, and the page has a
// handy shape.
func TestLayout(t *testing.T) {
	seeds := uint64(6)
	if testing.Short() {
		seeds = 2
	}
	for _, n := range []int{1, 2, 5, 9, 13, 30, 60, 90, 120} {
		for seed := range seeds {
			for _, dir := range append(rankdirs, "") {
				t.Run(fmt.Sprintf("%d-%d-%s", n, seed, dir), func(t *testing.T) {
					pic := compose(mapsOf(genMap(n, seed)), Options{Rankdir: dir})
					checkLayout(t, pic)
					checkApart(t, pic.parts[0].links)
					if ratio := pic.size.Y / pic.size.X; n >= 30 && dir == "" && (ratio < 0.6 || ratio > 1.9) {
						t.Errorf("%.0f × %.0f points: ratio %.2f", pic.size.X, pic.size.Y, ratio)
					}
				})
			}
		}
	}
}

func TestLayoutOfFixtures(t *testing.T) {
	for _, f := range fixtures {
		for _, dir := range rankdirs {
			t.Run(f.name+"-"+dir, func(t *testing.T) {
				opt := f.opt
				opt.Rankdir = dir
				pic := compose(f.maps, opt)
				checkLayout(t, pic)
				for i := range pic.parts {
					checkApart(t, pic.parts[i].links)
				}
			})
		}
	}
}

// TestLayoutOfShapes tries forests of extreme shapes, with undercuts and links
// across sections.
func TestLayoutOfShapes(t *testing.T) {
	shapes := map[string]func(i int) (to string, kind argument.RelationType){
		"wide fan":      func(i int) (string, argument.RelationType) { return "u1", argument.Supports },
		"attacks":       func(i int) (string, argument.RelationType) { return "u1", argument.Attacks },
		"chain":         func(i int) (string, argument.RelationType) { return id(i - 1), argument.Supports },
		"binary tree":   func(i int) (string, argument.RelationType) { return id(i / 2), argument.Supports },
		"across":        func(i int) (string, argument.RelationType) { return id(max(1, i-7)), argument.Attacks },
		"nothing bears": func(i int) (string, argument.RelationType) { return "", "" },
		"circle":        func(i int) (string, argument.RelationType) { return id(i%40 + 1), argument.Supports },
	}
	for name, parent := range shapes {
		m := genMap(40, 1)
		m.Relations, m.Attributions = nil, m.Attributions[:4]
		for i := 2; i <= 40; i++ {
			if to, kind := parent(i); to != "" {
				m.Relations = append(m.Relations, argument.Relation{ID: "r" + strconv.Itoa(i), Type: kind, From: id(i), To: to})
			}
		}
		for _, dir := range rankdirs {
			t.Run(name+"-"+dir, func(t *testing.T) { checkLayout(t, compose(mapsOf(m), Options{Rankdir: dir})) })
		}
	}
}

func id(i int) string { return "u" + strconv.Itoa(i) }

// TestGraphvizKeepsLayout: what Graphviz draws stands where we put it.
func TestGraphvizKeepsLayout(t *testing.T) {
	maps := mapsOf(genMap(30, 2))
	pic := compose(maps, Options{})
	out, err := layout(context.Background(), []byte(dotOf(t, maps, Options{})), "json")
	if err != nil {
		t.Fatal(err)
	}
	var drawn struct {
		Objects []struct{ Name, Pos, Width, Height string }
		Edges   []struct{ ID, Pos string }
	}
	if err := json.Unmarshal(out, &drawn); err != nil {
		t.Fatal(err)
	}
	got := map[string]rect{}
	for _, o := range drawn.Objects {
		var x, y, w, h float64
		if n, _ := fmt.Sscanf(o.Pos+" "+o.Width+" "+o.Height, "%f,%f %f %f", &x, &y, &w, &h); n == 4 {
			got[o.Name] = rect{point{x - 36*w, -y - 36*h}, point{x + 36*w, -y + 36*h}}
		}
	}
	boxes := allBoxes(pic)
	shift := point{}
	for i, b := range boxes {
		g, ok := got[b.id]
		if !ok {
			t.Fatalf("%s is not drawn", b.id)
		}
		if i == 0 {
			shift = point{g.Min.X - b.at.X, g.Min.Y - b.at.Y}
		}
		if math.Abs(g.Min.X-b.at.X-shift.X) > 0.5 || math.Abs(g.Min.Y-b.at.Y-shift.Y) > 0.5 ||
			math.Abs(g.w()-b.w) > 0.5 || math.Abs(g.h()-b.h) > 0.5 {
			t.Errorf("%s is drawn at %v, want %v moved by %v", b.id, g, b.rect(), shift)
		}
	}
	edges := 0
	for _, e := range drawn.Edges {
		if e.Pos != "" {
			edges++
		}
	}
	if want := len(pic.parts[0].links) + len(pic.legend.links); edges != want {
		t.Errorf("%d edges drawn, want %d", edges, want)
	}
}

func allBoxes(pic *picture) []*box {
	var boxes []*box
	for i := range pic.parts {
		for _, g := range pic.parts[i].groups {
			boxes = append(boxes, g.boxes...)
		}
	}
	return boxes
}

func checkLayout(t *testing.T, pic *picture) {
	t.Helper()
	boxes := allBoxes(pic)
	page := rect{point{-0.01, -0.01}, point{pic.size.X + 0.01, pic.size.Y + 0.01}}
	solid := map[string]rect{}
	for _, b := range boxes {
		if b.look == lookKnot {
			continue
		}
		solid[b.id] = b.rect()
		if !page.holds(b.at) || !page.holds(b.rect().Max) {
			t.Errorf("%s at %v lies outside the page %v", b.id, b.rect(), pic.size)
		}
		for _, other := range boxes {
			if other != b && other.look != lookKnot && b.rect().meets(other.rect(), 4) {
				t.Errorf("%s %v is too near to %s %v", b.id, b.rect(), other.id, other.rect())
			}
		}
	}
	if pic.legend != nil {
		solid[legendID] = pic.legend.frame
	}
	for _, l := range pic.labels {
		solid[l.id] = l.frame
	}
	checkLabels(t, pic, solid, page)
	for i := range pic.parts {
		p := &pic.parts[i]
		for _, g := range p.groups {
			for _, b := range g.boxes {
				if g.id != "" && (!g.frame.holds(b.at) || !g.frame.holds(b.rect().Max)) {
					t.Errorf("%s lies outside its section %s", b.id, g.id)
				}
			}
			for _, other := range p.groups {
				if g.id != "" && other.id != "" && g.id != other.id && g.frame.meets(other.frame, 4) {
					t.Errorf("sections %s and %s overlap", g.id, other.id)
				}
			}
		}
		for j := range p.links {
			checkLink(t, &p.links[j], solid, page)
			checkJoint(t, &p.links[j], p.links)
		}
	}
}

// checkLabels: the words beside links stand clear of boxes and of each other.
func checkLabels(t *testing.T, pic *picture, solid map[string]rect, page rect) {
	t.Helper()
	labels := map[string]rect{}
	for i := range pic.parts {
		home := map[string]group{}
		for _, g := range pic.parts[i].groups {
			for _, b := range g.boxes {
				home[b.id] = g
			}
		}
		for j := range pic.parts[i].links {
			l := &pic.parts[i].links[j]
			if len(l.label) == 0 {
				continue
			}
			w, h := textExtent(l.label, labelSize, true)
			r := rect{point{l.signAt.X - w/2, l.signAt.Y - h/2}, point{l.signAt.X + w/2, l.signAt.Y + h/2}}
			if !page.holds(r.Min) || !page.holds(r.Max) {
				t.Errorf("the words of %s at %v are off the page", l.id, r)
			}
			if g := home[l.from]; g.id != "" && (!g.frame.holds(r.Min) || !g.frame.holds(r.Max)) {
				t.Errorf("the words of %s at %v lie outside its section %v", l.id, r, g.frame)
			}
			for k := range pic.parts[i].links {
				o := &pic.parts[i].links[k]
				for n := 1; n < len(o.path); n++ {
					a, b := o.path[n-1], o.path[n]
					way := rect{point{min(a.X, b.X), min(a.Y, b.Y)}, point{max(a.X, b.X), max(a.Y, b.Y)}}
					if way.meets(r, -1) {
						t.Errorf("%s (%s → %s) runs through the words of %s at %v", o.id, o.from, o.to, l.id, r)
					}
				}
			}
			for name, s := range solid {
				if r.meets(s, -0.5) {
					t.Errorf("the words of %s at %v overlap %s %v", l.id, r, name, s)
				}
			}
			for name, s := range labels {
				if r.meets(s, 0) {
					t.Errorf("the words of %s at %v overlap those of %s", l.id, r, name)
				}
			}
			labels[l.id] = r
		}
	}
}

// checkApart: no two lines run one on the other, but for supports of one unit,
// which share theirs.
func checkApart(t *testing.T, links []link) {
	t.Helper()
	for i := range links {
		for j := range links[:i] {
			a, b := &links[i], &links[j]
			if a.look == b.look && a.look != lookAttacks && a.to == b.to && (a.tint == b.tint || a.look == lookAttribution) {
				continue
			}
			if d := together(a.path, b.path); d > 8 {
				t.Errorf("%s (%s → %s) and %s (%s → %s) run together for %.0f points", a.id, a.from, a.to, b.id, b.from, b.to, d)
			}
		}
	}
}

// together is the longest stretch that two paths have in common.
func together(a, b []point) float64 {
	longest := 0.0
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			p, q, r, s := a[i-1], a[i], b[j-1], b[j]
			if p.X == q.X && r.X == s.X && math.Abs(p.X-r.X) < 1 {
				longest = max(longest, min(max(p.Y, q.Y), max(r.Y, s.Y))-max(min(p.Y, q.Y), min(r.Y, s.Y)))
			}
			if p.Y == q.Y && r.Y == s.Y && math.Abs(p.Y-r.Y) < 1 {
				longest = max(longest, min(max(p.X, q.X), max(r.X, s.X))-max(min(p.X, q.X), min(r.X, s.X)))
			}
		}
	}
	return longest
}

// checkLink: the line has both ends on its boxes, stays on the page and runs
// through no box.
func checkLink(t *testing.T, l *link, solid map[string]rect, page rect) {
	t.Helper()
	if len(l.path) < 2 {
		t.Errorf("%s (%s → %s) is not drawn", l.id, l.from, l.to)
		return
	}
	for _, end := range []struct {
		name string
		at   point
	}{{l.from, l.path[0]}, {l.to, l.path[len(l.path)-1]}} {
		if end.name == l.to && l.joins {
			continue
		}
		if r, ok := solid[end.name]; ok && !r.touches(end.at) {
			t.Errorf("%s ends at %v, which is not on %s %v", l.id, end.at, end.name, r)
		}
	}
	for i := 1; i < len(l.path); i++ {
		a, b := l.path[i-1], l.path[i]
		if !page.holds(a) || !page.holds(b) {
			t.Errorf("%s runs off the page: %v to %v", l.id, a, b)
		}
		if a.X != b.X && a.Y != b.Y {
			t.Errorf("%s runs aslant: %v to %v", l.id, a, b)
		}
		way := rect{point{min(a.X, b.X), min(a.Y, b.Y)}, point{max(a.X, b.X), max(a.Y, b.Y)}}
		for name, r := range solid {
			if way.meets(r, -1) {
				t.Errorf("%s (%s → %s) runs through %s: %v to %v", l.id, l.from, l.to, name, a, b)
			}
		}
	}
}

// checkJoint: a line that does not reach its box ends on one of the same sort that
// does, or that ends so.
func checkJoint(t *testing.T, l *link, links []link) {
	t.Helper()
	if !l.joins {
		return
	}
	end := l.path[len(l.path)-1]
	for i := range links {
		o := &links[i]
		if o == l || o.to != l.to || o.look != l.look || o.tint != l.tint {
			continue
		}
		for j := 1; j < len(o.path); j++ {
			if _, on := meeting(end, end, o.path[j-1], o.path[j]); on {
				return
			}
		}
	}
	t.Errorf("%s (%s → %s) ends at %v, where nothing goes on", l.id, l.from, l.to, end)
}

func (r rect) holds(p point) bool {
	return p.X >= r.Min.X && p.X <= r.Max.X && p.Y >= r.Min.Y && p.Y <= r.Max.Y
}

// meets reports whether the two come nearer to each other than gap.
func (r rect) meets(s rect, gap float64) bool {
	return r.Min.X < s.Max.X+gap && s.Min.X < r.Max.X+gap && r.Min.Y < s.Max.Y+gap && s.Min.Y < r.Max.Y+gap
}

// touches reports whether p is on the border of r, or for an ellipse inside it.
func (r rect) touches(p point) bool {
	const e = 0.01
	return p.X > r.Min.X-e && p.X < r.Max.X+e && p.Y > r.Min.Y-e && p.Y < r.Max.Y+e
}
