package link

import (
	"strconv"

	"github.com/argmap/argmap/internal/document"
)

// reach is how many units before and after a unit are looked at as its parent;
// nine links in ten are shorter, or lead to the thesis.
const reach = 9

// option is one way to link a unit: to a parent, as support or attack, or to
// nothing (parent -1).
type option struct {
	parent int
	attack bool
	cues   []string
}

// ranked are the units most likely to be the thesis, best first.
type ranked struct {
	order []int // at most three
	prob  []float64
}

func (r ranked) rank(i int) int {
	for k, u := range r.order {
		if u == i {
			return k
		}
	}
	return -1
}

// options lists the ways to link unit i.
func (s *scene) options(i int, th ranked) []option {
	out := []option{{parent: -1, cues: s.noneCues(i, th)}}
	seen := map[int]bool{i: true}
	try := func(j int) {
		if j < 0 || j >= len(s.units) || seen[j] {
			return
		}
		seen[j] = true
		base, signed := s.pairCues(i, j, th)
		for _, attack := range [2]bool{false, true} {
			label := "support "
			if attack {
				label = "attack "
			}
			cues := append([]string(nil), base...)
			for _, c := range signed {
				cues = append(cues, label+c)
			}
			out = append(out, option{j, attack, cues})
		}
	}
	if lead := s.leadIn(i); lead >= 0 {
		try(lead)
		return out[1:]
	}
	for j := i - reach; j <= i+reach; j++ {
		if !s.siblings(i, j) {
			try(j)
		}
	}
	for _, j := range th.order {
		if !s.siblings(i, j) {
			try(j)
		}
	}
	for j := i - reach - 1; j >= 0 && j > i-40; j-- { // the lead of this paragraph or list, however far
		if s.units[j].block == s.units[i].block && s.units[j].first || s.units[j].block == s.units[i].leadIn && s.units[j].last {
			try(j)
		}
	}
	return out
}

// leadIn returns the unit that introduces the list of which unit i heads an item,
// or -1: what an item bears on is plain.
func (s *scene) leadIn(i int) int {
	v := s.units[i]
	if v.leadIn < 0 || !v.first {
		return -1
	}
	for j := i - 1; j >= 0 && s.units[j].block >= v.leadIn; j-- {
		if s.units[j].block == v.leadIn && s.units[j].Sentence == s.units[i].leadSentence {
			return j
		}
	}
	return -1
}

// siblings tells that two units stand in different items of one list: items bear
// on what introduces them, not on each other.
func (s *scene) siblings(i, j int) bool {
	if j < 0 || j >= len(s.units) {
		return false
	}
	a, b := s.units[i], s.units[j]
	return a.leadIn >= 0 && a.leadIn == b.leadIn && a.block != b.block
}

func (s *scene) noneCues(i int, th ranked) []string {
	v := s.units[i]
	c := []string{"none", "none type " + v.typ, "none block " + v.blockKind.String(), "none position " + position(i, len(s.units))}
	if v.attributed {
		c = append(c, "none attributed")
	}
	if v.first {
		c = append(c, "none first")
	}
	if v.first && v.last {
		c = append(c, "none alone")
	}
	if i == 0 {
		c = append(c, "none opens")
	}
	c = append(c, "none thesis rank "+strconv.Itoa(th.rank(i)), "none units "+step(len(s.units), 3, 6, 12, 25, 50), "none words "+step(v.words, 5, 9, 14, 20, 30))
	for _, m := range v.marks {
		c = append(c, "none marker "+m)
	}
	return c
}

func position(i, n int) string {
	switch {
	case i == 0:
		return "first"
	case i < n/6:
		return "start"
	case i < n*5/6:
		return "middle"
	}
	return "end"
}

// pairCues describes unit i as a child of unit j: first the cues that count for
// any link, then those whose weight differs between support and attack.
func (s *scene) pairCues(i, j int, th ranked) (base, signed []string) {
	c, p := s.units[i], s.units[j]
	dist := distance(i, j)
	place := s.place(i, j)
	like := s.likeness(c.stems, p.stems)
	rank := th.rank(j)
	rel := dist
	if rank == 0 {
		rel = "thesis"
	}
	where := place + " " + dist
	base = append(make([]string, 0, 64),
		"dist "+dist, "rel "+rel, "place "+place, "where "+where, "like "+like, "like "+like+" rel "+rel, "like "+like+" place "+place,
		"types "+c.typ+" "+p.typ, "types "+c.typ+" "+p.typ+" rel "+near(i, j, rank), "child "+c.typ+" rel "+rel, "parent "+p.typ+" rel "+rel,
		"parent words "+step(p.words, 5, 9, 14, 20, 30), "parent block "+p.blockKind.String(),
		"child thesis "+strconv.Itoa(th.rank(i)))
	add := func(on bool, name string) {
		if on {
			base = append(base, name, name+" rel "+near(i, j, rank))
		}
	}
	if rank >= 0 {
		sure := step(int(100*th.prob[j]), 5, 10, 20, 40, 60)
		base = append(base, "thesis rank "+strconv.Itoa(rank), "thesis rank "+strconv.Itoa(rank)+" sure "+sure,
			"to thesis child "+c.typ, "to thesis position "+position(i, len(s.units)), "to thesis sure "+sure, "to thesis units "+step(len(s.units), 3, 6, 12, 25, 50))
		add(c.first, "to thesis first")
		add(c.last, "to thesis last")
		add(c.attributed, "to thesis attributed")
		add(c.firstBlock, "to thesis first block")
		add(c.leadIn >= 0, "to thesis item")
		add(c.words < 8, "to thesis short")
		for _, m := range c.marks {
			base = append(base, "to thesis marker "+m)
		}
	}
	add(c.first, "child first")
	add(p.first, "parent first")
	add(c.last, "child last")
	add(p.last, "parent last")
	add(c.attributed, "child attributed")
	add(p.attributed, "parent attributed")
	add(c.attributed && p.attributed && sameSpeech(c, p), "same speech")
	add(c.quoted, "child quoted")
	add(p.quoted, "parent quoted")
	add(p.firstBlock && p.first, "parent opens section")
	add(c.leadIn >= 0 && c.leadIn == p.block, "parent is lead-in")
	add(c.leadIn >= 0 && c.leadIn == p.leadIn, "siblings of a list")
	add(c.fronted() && c.Sentence == p.Sentence && j == i+1, "fronted "+c.Fronted)
	add(p.fronted() && c.Sentence == p.Sentence && i == j+1, "after fronted "+p.Fronted)
	for _, m := range c.marks {
		base = append(base, "marker "+m+" rel "+rel, "marker "+m+" where "+where)
	}
	if i+1 < len(s.units) && i < j {
		for _, m := range s.units[i+1].marks {
			base = append(base, "next marker "+m+" rel "+rel)
		}
	}
	for _, m := range p.marks {
		base = append(base, "parent marker "+m+" rel "+near(i, j, rank))
	}
	return base, s.signCues(i, j, rank, rel, like)
}

// signCues tell support from attack.
func (s *scene) signCues(i, j, rank int, rel, like string) []string {
	c, p := s.units[i], s.units[j]
	out := append(make([]string, 0, 32), "link", "rel "+rel, "types "+c.typ+" "+p.typ, "like "+like)
	add := func(on bool, name string) {
		if on {
			out = append(out, name, name+" rel "+near(i, j, rank))
		}
	}
	add(c.objects(), "objects")
	add(c.opposes, "opposes")
	add(c.rebuts() && p.attributed && !c.attributed && j < i, "rebuts what was said")
	add(c.attributed && !p.attributed && j == i+1 && p.rebuts(), "said and rebutted")
	add(c.opposes && p.kind == "recommendation", "opposes a recommendation")
	add(p.opposes && j < i && !c.opposes, "after what opposes")
	add(p.opposes && j < i && c.negated, "denies what opposes")
	add(c.rebuts() && p.objects() && j < i, "rebuts an objection")
	add(c.objects() && j > i && s.units[j].rebuts(), "rebutted")
	add(c.negated != p.negated, "one negated")
	add(c.hedged, "child hedged")
	add(c.attributed, "child attributed")
	add(p.attributed, "parent attributed")
	add(c.fronted() && c.Sentence == p.Sentence && i < j, "fronted "+c.Fronted)
	add(p.fronted() && c.Sentence == p.Sentence && i > j, "after fronted "+p.Fronted)
	return append(out, s.markerCues(i, j, rank, rel)...)
}

// markerCues are the discourse markers of child, parent, and what stands between.
func (s *scene) markerCues(i, j, rank int, rel string) []string {
	var out []string
	for _, m := range s.units[i].marks {
		out = append(out, "marker "+m, "marker "+m+" rel "+rel)
	}
	for _, m := range s.units[j].marks {
		out = append(out, "parent marker "+m+" rel "+near(i, j, rank))
	}
	if i+1 < len(s.units) && i < j {
		for _, m := range s.units[i+1].marks {
			out = append(out, "next marker "+m)
		}
	}
	return out
}

// distance names how far before (negative) or after the child its parent stands.
func distance(i, j int) string {
	d := j - i
	switch {
	case d < -reach:
		return "far before"
	case d > reach:
		return "far after"
	}
	return strconv.Itoa(d)
}

func near(i, j, rank int) string {
	switch {
	case rank == 0:
		return "thesis"
	case j == i-1:
		return "previous"
	case j == i+1:
		return "next"
	case j < i:
		return "before"
	}
	return "after"
}

// place names where the parent stands by the structure of the text.
func (s *scene) place(i, j int) string {
	c, p := s.units[i], s.units[j]
	switch {
	case c.Sentence == p.Sentence:
		return "same sentence"
	case c.block == p.block:
		return "same block"
	case c.leadIn >= 0 && c.leadIn == p.block:
		return "lead-in"
	case c.section == p.section && s.blocksBetween(c.block, p.block) == 0:
		return "next block"
	case c.section == p.section:
		return "same section"
	}
	return "other section"
}

func (s *scene) blocksBetween(a, b int) int {
	n := 0
	for i := min(a, b) + 1; i < max(a, b); i++ {
		if k := s.doc.Blocks[i].Kind; k.Argues() || k == document.Heading {
			n++
		}
	}
	return n
}

func sameSpeech(a, b view) bool {
	for _, x := range a.Attributions {
		for _, y := range b.Attributions {
			if x == y {
				return true
			}
		}
	}
	return false
}
