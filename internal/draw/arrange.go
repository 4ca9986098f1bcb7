package draw

import (
	"cmp"
	"math"
)

// Distances between the larger pieces of a picture, in points.
const (
	pageGap    = 22.0 // between the title, the maps and the legend
	sectionGap = 14.0
	sectionPad = 14.0
	entryPad   = 28.0 // of a section on the side of the thesis, where signs stand, at least
	partPad    = 18.0
	titleRoom  = 8.0 // below a title
)

// Ratios of height to width that are aimed at: near a page that is read down,
// near a screen that is seen at once.
const (
	pageRatio   = 1.15
	screenRatio = 0.6
	mostRatio   = 1.9 // beyond that, either way, a picture is a strip
)

// arrange gives everything in the picture its place. As hardly more than one
// relation leaves a unit, relations make a forest, and that can be laid out so
// that nothing overlaps and no line runs through a box, in time proportional to
// its size. A general layout of graphs can do neither.
func arrange(pic *picture) {
	f := &frame{rankdir: pic.rankdir}
	maps := make([]*layouter, len(pic.parts))
	for i := range pic.parts {
		maps[i] = newLayouter(&pic.parts[i], f)
	}
	b := bestBudget(pic, maps, f)
	var end spot
	for _, l := range maps {
		l.settle(b)
		end.m = max(end.m, l.ext.m)
	}
	for _, l := range maps {
		l.ext.m = end.m
		l.place(spot{0, end.c})
		end.c += l.ext.c + pageGap
	}
	end.c = max(end.c-pageGap, 0)
	f.depth = end.m
	furnish(pic, f, maps, end)
}

// budget is how far a section may reach along the main axis, and into how many
// columns sections are set, as in a newspaper.
type budget struct {
	room    float64
	columns int
}

// bestBudget finds the budget that gives a small picture near the ratio aimed at.
func bestBudget(pic *picture, maps []*layouter, f *frame) budget {
	aim := math.Log(pageRatio)
	if f.vertical() {
		aim = math.Log(screenRatio)
	}
	samples := pic.samples()
	var best budget
	bestCost := math.Inf(1)
	first := 520.0 // a main point and its reasons side by side
	if f.vertical() {
		first = 150
	}
	for room, wide := first, false; room < 1e5 && !wide; room *= 1.1 {
		for columns := 1; columns <= 8; columns++ {
			b := budget{room, columns}
			end := extent(maps, b, columns == 1)
			if columns == 1 {
				wide = end.m < room/1.5 // more room would change nothing
			}
			size := furnished(f.size(end), f, samples)
			ratio := math.Log(size.Y / size.X)
			cost := math.Abs(ratio-aim) + math.Log(size.X*size.Y)/2 + 10*max(0, math.Abs(ratio)-math.Log(mostRatio))
			if f.vertical() { // where a chain that goes on beside itself reads as another
				cost += turnedShare(maps)
			}
			if cost < bestCost-1e-3 {
				best, bestCost = b, cost
			}
		}
	}
	return best
}

// extent is how large the maps are by the budget; again tells that its room is
// another than before.
func extent(maps []*layouter, b budget, again bool) spot {
	var end spot
	for _, l := range maps {
		if again {
			l.flow(b.room)
		}
		l.measure(b)
		end.m = max(end.m, l.ext.m)
		end.c += l.ext.c + pageGap
	}
	return end
}

// turnedShare is the share of units that begin a new line of a chain.
func turnedShare(maps []*layouter) float64 {
	turned, items := 0, 1
	for _, l := range maps {
		turned += l.turned()
		items += len(l.items)
	}
	return float64(turned) / float64(items)
}

// titleExtent is the room that the title of a frame takes.
func titleExtent(title string, size float64) (w, h float64) {
	if title == "" {
		return 0, 0
	}
	return textExtent(wrapTitle(title), size, true)
}

// wrapTitle breaks the title of a frame into lines.
func wrapTitle(title string) []string { return wrap(title, 60) }

// layouter lays out one map.
type layouter struct {
	part     *part
	title    spot // the extent of the part's title
	f        *frame
	items    map[string]*item
	thesis   *item
	sections []*section
	cross    []*link // links that do not lead up the layout
	// Each has a lane; all supports of one unit share theirs, if they have one tint.
	crossLane  []int
	crossLanes int
	knots      map[string]*knot
	columns    []column
	lanes      float64 // c at which the sections begin; lanes run above it
	ext        spot
	at         spot
}

// column is a stack of sections with a gutter before it, in which the lines of
// their units run.
type column struct {
	sections []*section
	gutter   float64 // its width
	left     float64 // m of the sections
	width    float64
	height   float64
	mains    []*item // the units that bear on the thesis
	attacks  int     // of these, those that attack it
}

// section is a group with its main points.
type section struct {
	group *group
	roots []*item
	title spot // its extent, turned into the layout's frame
	ext   spot
	at    spot
	// head and tail are the room that the frame takes before and behind it, and entry
	// that on the side of the thesis.
	head, tail, entry float64
}

// knot is the point on the relation of an item at which undercuts aim.
type knot struct {
	box *box
	it  *item
	to  string
	at  spot
	// above tells that an undercut comes from above, from another section.
	above bool
}

func newLayouter(p *part, f *frame) *layouter {
	l := &layouter{part: p, f: f, items: map[string]*item{}, knots: map[string]*knot{}}
	l.title = f.turn(titleExtent(p.title, partSize))
	for i := range p.groups {
		s := &section{group: &p.groups[i]}
		if s.group.id != "" && s.group.title != "" {
			w, h := titleExtent(continued(s.group.title), groupSize)
			s.title = f.turn(w, h)
		}
		l.sections = append(l.sections, s)
		for _, b := range p.groups[i].boxes {
			switch b.look {
			case lookSource:
			case lookKnot:
				l.knots[b.id] = &knot{box: b}
			default:
				it := &item{box: b, size: f.turn(cmp.Or(b.typical.X, b.w), cmp.Or(b.typical.Y, b.h))}
				l.items[b.id] = it
				if l.thesis == nil && b.look.thesis() {
					l.thesis = it
				} else {
					s.roots = append(s.roots, it)
				}
			}
		}
	}
	l.attach()
	l.shareLanes()
	l.tag()
	l.adopt()
	l.loosen()
	l.widenThesis()
	return l
}

// widenThesis gives every line that comes to the thesis a place on its side.
func (l *layouter) widenThesis() {
	if l.thesis == nil {
		return
	}
	b := l.thesis.box
	c := laneStep * float64(3+attacks(l.mains())+moreSupports(l.mains()))
	l.thesis.size.c = max(l.thesis.size.c, c)
	if l.f.vertical() {
		b.w = max(b.w, c)
	} else {
		b.h = max(b.h, c)
	}
	l.thesis.tagUnder(exitAt + 10)
}

// attach reads off the links which unit stands beyond which: it sets via and up.
// A link that a forest has no place for, or that leads to another section, is
// drawn across.
func (l *layouter) attach() {
	home := map[*item]*section{}
	for _, s := range l.sections {
		for _, it := range s.roots {
			home[it] = s
		}
	}
	for i := range l.part.links {
		k := &l.part.links[i]
		from := l.items[k.from]
		if k.look == lookAttribution || from == nil {
			continue // sources hang below, and second halves start at knots
		}
		l.makeRoom(k, from)
		to := l.items[k.to]
		if kn := l.knots[k.to]; kn != nil && k.knot {
			kn.it = from
			if head := l.head(k.to); head != nil {
				kn.to, to = head.to, l.items[head.to]
			}
			from.alone, from.fresh = true, true
		}
		if k.look == lookUndercuts {
			l.attachUndercut(k, from, home)
			continue
		}
		if from.via != nil || from == l.thesis || to == nil || to.under(from) ||
			to != l.thesis && home[to] != home[from] {
			l.cross = append(l.cross, k)
			continue
		}
		from.via, from.up = k, to
	}
}

// makeRoom gives the words beside a link that leaves the item room, which there is
// where the item begins a line and is so large that they do not jut out.
func (l *layouter) makeRoom(k *link, from *item) {
	if len(k.label) == 0 {
		return
	}
	w, h := textExtent(k.label, labelSize, true)
	from.label = l.f.turn(w, h)
	from.alone, from.fresh = true, true
	c := 2*from.label.c + labelGap
	from.size.c = max(from.size.c, c)
	if l.f.vertical() {
		from.box.w = max(from.box.w, c)
	} else {
		from.box.h = max(from.box.h, c)
	}
}

// shareLanes gives the links across their lanes.
func (l *layouter) shareLanes() {
	shared := map[linkEnd]int{} // lanes of the supports
	for _, k := range l.cross {
		lane, ok := shared[k.end()]
		if !ok || k.look != lookSupports {
			lane = l.crossLanes
			l.crossLanes++
		}
		if k.look == lookSupports {
			shared[k.end()] = lane
		}
		l.crossLane = append(l.crossLane, lane)
	}
}

// head is the second half of the relation that runs through the knot.
func (l *layouter) head(knot string) *link {
	for i := range l.part.links {
		if k := &l.part.links[i]; k.from == knot {
			return k
		}
	}
	return nil
}

// attachUndercut sets a unit that undercuts beside the one whose relation it
// undercuts, where that is possible.
func (l *layouter) attachUndercut(k *link, from *item, home map[*item]*section) {
	kn := l.knots[k.to]
	if kn == nil || kn.it == nil || from.via != nil || from == l.thesis ||
		kn.it.under(from) || home[kn.it] != home[from] || kn.it.via == nil {
		if kn != nil {
			kn.above = true
		}
		l.cross = append(l.cross, k)
		return
	}
	from.via, from.up, from.fresh, from.alone = k, kn.it.up, true, true
}

// under reports whether the way up from it leads to root.
func (it *item) under(root *item) bool {
	for ; it != nil; it = it.up {
		if it == root {
			return true
		}
	}
	return false
}

// tag hangs the sources below what they say.
func (l *layouter) tag() {
	boxes := map[string]*box{}
	for i := range l.part.groups {
		for _, b := range l.part.groups[i].boxes {
			boxes[b.id] = b
		}
	}
	for i := range l.part.links {
		k := &l.part.links[i]
		if it := l.items[k.to]; it != nil && k.look == lookAttribution {
			b := boxes[k.from]
			it.tags = append(it.tags, &tag{box: b, link: k, size: l.f.turn(b.w, b.h)})
		}
	}
}

// adopt moves what bears on a unit other than the thesis from the roots of the
// section to the unit, and undercutting units behind what they undercut.
func (l *layouter) adopt() {
	after := map[*item][]*item{} // undercut unit → those that undercut it
	for _, s := range l.sections {
		for _, it := range s.roots {
			if it.via != nil && it.via.look == lookUndercuts {
				u := l.knots[it.via.to].it
				after[u] = append(after[u], it)
			}
		}
	}
	for _, s := range l.sections {
		var roots []*item
		var add func(it *item)
		add = func(it *item) {
			if it.up == nil || it.up == l.thesis {
				roots = append(roots, it)
			} else {
				it.up.kids = append(it.up.kids, it)
			}
			for _, u := range after[it] {
				add(u)
			}
		}
		for _, it := range s.roots {
			if it.via == nil || it.via.look != lookUndercuts {
				add(it)
			}
		}
		s.roots = roots
	}
}

// breakable is how many units a section has at least that may be set in several
// columns; it must also hold more than half of all.
const breakable = 20

// loosen makes many sections of what stands in none, so that it too can be set
// in columns: one of each main point, and one of each run of units on which
// nothing bears. It does so with a section that holds most of the map, too.
func (l *layouter) loosen() {
	var sections []*section
	for _, s := range l.sections {
		n := 0
		for _, b := range s.group.boxes {
			if l.items[b.id] != nil {
				n++
			}
		}
		if s.group.id != "" && (n < breakable || 2*n <= len(l.items)) {
			sections = append(sections, s)
			continue
		}
		var last *section
		for i, it := range s.roots {
			undercuts := it.via != nil && it.via.look == lookUndercuts // stays beside what it undercuts
			if i == 0 || !undercuts && len(it.kids)+len(s.roots[i-1].kids) > 0 {
				last = &section{group: s.group, title: s.title}
				sections = append(sections, last)
			}
			last.roots = append(last.roots, it)
		}
	}
	l.sections = sections
}
