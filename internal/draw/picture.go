package draw

// look is what a box or link is drawn as; style.go says how.
type look int

const (
	lookThesis look = iota
	lookClaim
	lookPremise
	lookRec
	lookThesisRec
	lookSource
	lookNotice // a remark in place of a map
	lookKnot   // the point on a relation at which an undercut aims

	lookSupports
	lookAttacks
	lookUndercuts
	lookAttribution

	looks // how many there are
)

// thesis reports whether a box of that look is a map's thesis.
func (k look) thesis() bool { return k == lookThesis || k == lookThesisRec }

// point is a place in the picture in points, from the top left corner, Y down.
type point struct{ X, Y float64 }

// rect is a rectangle by its top left and bottom right corners.
type rect struct{ Min, Max point }

func (r rect) w() float64 { return r.Max.X - r.Min.X }
func (r rect) h() float64 { return r.Max.Y - r.Min.Y }
func (r rect) mid() point { return point{(r.Min.X + r.Max.X) / 2, (r.Min.Y + r.Max.Y) / 2} }

// picture is what is to be drawn, all text clean and wrapped and everything in
// its place, nothing yet said of colours. Lists are in the order in which they
// are to be written.
type picture struct {
	title       string
	caption     string   // under the title: how much there is of what
	changed     *tallied // what has changed, or nil where nothing is compared
	desc        string   // a sentence for those who cannot see it
	notes       []string // sentences on what was left out
	rankdir     string
	parts       []part
	labels      []label
	wantsLegend bool
	legend      *legend
	size        point // from the origin to the bottom right corner
}

// part is the picture of one document. In a picture of several, each has a
// title and an id that prefixes the ids of its boxes.
type part struct {
	id, title string
	frame     rect
	groups    []group
	links     []link
}

// group is a section; one without an id has no border and holds what stands in
// no section.
type group struct {
	id    string
	title string
	frame rect
	boxes []*box
}

// box is a node. W and h are in points; lines are what is written in it.
type box struct {
	id    string
	look  look
	head  []string // the small lines on top: kind, addressee
	lines []string
	foot  []string // the small lines below: what was folded into the unit
	// Where two versions are compared: how it shows what became of the unit, what
	// says so before the head, and the lines with old words and new.
	tint   *tint
	chip   string
	former []string // lines on relations that the unit has no more, behind the head
	marked [][]wording
	w, h   float64
	headH  float64 // of that, the head
	footH  float64 // and the foot
	focus  bool    // the picture is about this one
	// typical is how wide and high a box with so much text mostly is: it hardly
	// changes with a word, where w and h may jump by a line.
	typical point
	at      point // top left
	class   string
	tooltip string
}

func (b *box) rect() rect { return rect{b.at, point{b.at.X + b.w, b.at.Y + b.h}} }

// link is an edge along the corners of path, from tail to tip.
type link struct {
	id       string
	look     look
	from, to string
	path     []point
	// confidence is how sure the link is, or 0 where that is not known.
	confidence float64
	sign       bool // the link carries its "+" or "−", centred at signAt
	signAt     point
	knot       bool // it ends at a knot, without an arrowhead
	// Where two versions are compared: how it shows what became of the relation, and
	// words that say so instead of the sign, centred at signAt.
	tint  *tint
	label []string
	// joins tells that it ends at another link that goes on to the same box.
	joins   bool
	class   string
	tooltip string
}

// linkEnd is where links end that look like one: in the same box, in one tint.
type linkEnd struct {
	to   string
	tint *tint
}

func (l *link) end() linkEnd { return linkEnd{l.to, l.tint} }

// weighted reports whether lines of relations differ in width.
func (p *picture) weighted() bool {
	first := -1
	for i := range p.parts {
		for j := range p.parts[i].links {
			l := &p.parts[i].links[j]
			if l.look == lookAttribution || l.tint != nil {
				continue
			}
			if w := weight(l.confidence); first < 0 {
				first = w
			} else if w != first {
				return true
			}
		}
	}
	return false
}

// explained are the looks in use that a legend explains.
func (p *picture) explained() []look {
	var u [looks]bool
	for i := range p.parts {
		for j := range p.parts[i].groups {
			for _, b := range p.parts[i].groups[j].boxes {
				u[b.look] = true
			}
		}
		for j := range p.parts[i].links {
			u[p.parts[i].links[j].look] = true
		}
	}
	var all []look
	for k := range u {
		if u[k] && styles[k].caption != "" {
			all = append(all, look(k))
		}
	}
	return all
}
