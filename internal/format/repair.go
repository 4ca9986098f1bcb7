package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// repaired is a valid map of whatever the file says: see draft.
func (d *draft) repaired() *argument.Map {
	d.toUTF8()
	kept := d.settleText()
	r := &repair{
		draft: d, m: &argument.Map{Schema: argument.Schema, Document: d.doc}, text: []rune(d.doc.Text),
		people: map[string]string{}, sectionIDs: map[string]string{}, place: map[string]int{},
	}
	if !kept {
		d.sections = d.headed()
	}
	r.sections()
	r.units(kept)
	r.relations(kept)
	r.roles()
	r.sources(kept)
	r.attributions(kept)
	return r.m
}

// toUTF8 replaces bytes that are no text, which would change in JSON.
func (d *draft) toUTF8() {
	d.doc.Text = strings.ToValidUTF8(d.doc.Text, "\uFFFD")
	for i := range d.units {
		d.units[i].it.Text = strings.ToValidUTF8(d.units[i].it.Text, "\uFFFD")
	}
}

type repair struct {
	*draft
	m          *argument.Map
	text       []rune
	people     map[string]string // key of a source to its new id
	sectionIDs map[string]string // id of a section to its new one
	place      map[string]int    // key of a unit to its place in the map
}

func (r *repair) fits(s argument.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(r.text)
}

func (r *repair) sections() {
	for _, s := range r.draft.sections {
		if r.fits(s.Span) && s.Level > 0 {
			r.m.Sections = append(r.m.Sections, s)
		}
	}
	slices.SortStableFunc(r.m.Sections, func(a, b argument.Section) int { return cmp.Compare(a.Start, b.Start) })
	for i := range r.m.Sections {
		id := fmt.Sprintf("s%d", i+1)
		r.sectionIDs[r.m.Sections[i].ID], r.m.Sections[i].ID = id, id
	}
}

// headed is the headings that stand over units: each goes from its first unit
// to the last before a heading that is no lower.
func (d *draft) headed() []argument.Section {
	own := map[string]argument.Span{}
	for _, u := range d.units {
		s, ok := own[u.it.Section]
		if !ok {
			s = u.it.Span
		}
		own[u.it.Section] = argument.Span{Start: s.Start, End: max(s.End, u.it.End)}
	}
	var open []int // headings that the next may stand beneath
	var list []argument.Section
	for _, h := range d.headings {
		for len(open) > 0 && list[open[len(open)-1]].Level >= h.Level {
			open = open[:len(open)-1]
		}
		open = append(open, len(list))
		h.Span = argument.Span{Start: -1}
		list = append(list, h)
		s, ok := own[h.ID]
		if !ok {
			continue
		}
		for _, i := range open {
			if list[i].Start < 0 {
				list[i].Start = s.Start
			}
			list[i].End = s.End
		}
	}
	left := keep(list, func(s *argument.Section) bool { return s.Start >= 0 })
	d.lost.add(len(list)-len(left), "heading without a statement")
	return left
}

func (r *repair) units(kept bool) {
	sections := map[string]argument.Section{}
	for _, s := range r.m.Sections {
		sections[s.ID] = s
	}
	for i, ku := range r.draft.units {
		u := ku.it
		section := r.sectionIDs[u.Section]
		u.ID = fmt.Sprintf("u%d", i+1)
		u.Section = ""
		if s, ok := sections[section]; ok && s.Contains(u.Span) {
			u.Section = section
		}
		normalize(&u)
		u.Addressee, u.LeadIn = r.phrase(u.Addressee, kept), r.phrase(u.LeadIn, kept)
		if u.Kind == argument.Claim {
			u.Addressee = nil
		}
		u.Cues = r.cues(u.Cues, kept)
		r.m.Units = append(r.m.Units, u)
		if _, twice := r.place[ku.key]; !twice {
			r.place[ku.key] = i
		}
	}
}

// normalize gives a unit values that the contract knows.
func normalize(u *argument.Unit) {
	u.Confidence = probability(u.Confidence)
	u.Page = max(u.Page, 0)
	if u.Kind != argument.Recommendation {
		u.Kind, u.Strength = argument.Claim, ""
		u.Type = known(u.Type, argument.Judgement, argument.Statistic, argument.Anecdote, argument.Fact, argument.Prediction)
		return
	}
	u.Type = ""
	u.Strength = known(u.Strength, "", argument.Must, argument.Should, argument.Could)
}

// known is v if it is one of the values, and else the first of them.
func known[T comparable](v T, values ...T) T {
	if slices.Contains(values, v) {
		return v
	}
	return values[0]
}

func probability(c float64) float64 {
	if !(c >= 0 && c <= 1) { // NaN too
		return 1
	}
	return c
}

func (r *repair) phrase(p *argument.Phrase, kept bool) *argument.Phrase {
	if p == nil || !kept || !r.fits(p.Span) {
		return nil
	}
	return &argument.Phrase{Span: p.Span, Text: string(r.text[p.Start:p.End])}
}

func (r *repair) cues(list []argument.Cue, kept bool) []argument.Cue {
	if !kept {
		return nil
	}
	list = keep(list, func(c *argument.Cue) bool { return r.fits(c.Span) && c.Rule != "" })
	slices.SortStableFunc(list, func(a, b argument.Cue) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// relations takes the relations in the order of the file, one for each unit.
func (r *repair) relations(kept bool) {
	given := map[string]bool{}
	for _, kr := range r.draft.relations {
		given[kr.key] = true
	}
	leaving := map[string]int{}
	var steps []keyed[argument.Relation]
	for _, kr := range r.draft.relations {
		it := kr.it
		_, fromUnit := r.place[it.From]
		_, toUnit := r.place[it.To]
		if it.Type == argument.Undercuts {
			toUnit = given[it.To]
		}
		_, taken := leaving[it.From]
		switch {
		case !fromUnit || !toUnit:
			r.lost.add(1, "relation without a unit at both ends")
		case taken:
			r.lost.add(1, "further relation from a unit")
		default:
			leaving[it.From] = len(steps)
			steps = append(steps, kr)
		}
	}
	steps = r.withoutCircles(steps, leaving)
	slices.SortStableFunc(steps, func(a, b keyed[argument.Relation]) int {
		return cmp.Compare(r.place[a.it.From], r.place[b.it.From])
	})
	ids := map[string]string{}
	for i, s := range steps {
		ids[s.key] = fmt.Sprintf("r%d", i+1)
	}
	for _, s := range steps {
		it := s.it
		it.ID, it.Confidence, it.Cues = ids[s.key], probability(it.Confidence), r.cues(it.Cues, kept)
		it.From = r.m.Units[r.place[it.From]].ID
		if it.Type == argument.Undercuts {
			it.To = ids[it.To]
		} else {
			it.To = r.m.Units[r.place[it.To]].ID
		}
		r.m.Relations = append(r.m.Relations, it)
	}
}

// withoutCircles drops relations that close a circle, and undercuts of what is
// dropped.
func (r *repair) withoutCircles(steps []keyed[argument.Relation], leaving map[string]int) []keyed[argument.Relation] {
	origin := map[string]string{} // of a relation, the unit that it leaves
	for _, s := range steps {
		origin[s.key] = s.it.From
	}
	next := func(s keyed[argument.Relation]) (string, bool) {
		if s.it.Type != argument.Undercuts {
			return s.it.To, true
		}
		to, ok := origin[s.it.To]
		return to, ok
	}
	const unseen, onPath, done = 0, 1, 2
	state, dropped := map[string]int{}, map[string]bool{}
	for _, first := range steps {
		var path []string
		for unit := first.it.From; state[unit] != done; {
			state[unit] = onPath
			path = append(path, unit)
			i, leaves := leaving[unit]
			if !leaves {
				break
			}
			to, ok := next(steps[i])
			if !ok || state[to] == onPath {
				dropped[steps[i].key] = true
				break
			}
			unit = to
		}
		for _, unit := range path {
			state[unit] = done
		}
	}
	return r.withoutOrphans(steps, dropped)
}

// withoutOrphans drops the relations named, and undercuts of dropped ones.
func (r *repair) withoutOrphans(steps []keyed[argument.Relation], dropped map[string]bool) []keyed[argument.Relation] {
	undercuts := map[string][]string{} // of a relation, those that question it
	for _, s := range steps {
		if s.it.Type == argument.Undercuts {
			undercuts[s.it.To] = append(undercuts[s.it.To], s.key)
		}
	}
	var queue []string
	for _, s := range steps {
		if dropped[s.key] {
			queue = append(queue, s.key)
		}
	}
	for len(queue) > 0 {
		for _, key := range undercuts[queue[0]] {
			if !dropped[key] {
				dropped[key] = true
				queue = append(queue, key)
			}
		}
		queue = queue[1:]
	}
	left := keep(steps, func(s *keyed[argument.Relation]) bool { return !dropped[s.key] })
	r.lost.add(len(steps)-len(left), "relation in a circle")
	return left
}

// roles settles the roles. Those of the file stay where they can.
func (r *repair) roles() {
	leaves, reached := map[string]bool{}, map[string]bool{}
	for _, rel := range r.m.Relations {
		leaves[rel.From] = true
		reached[rel.To] = true
	}
	main, given := -1, false
	if i, ok := r.place[r.mainClaim]; ok && r.mainClaim != "" && !leaves[r.m.Units[i].ID] {
		main, given = i, true
	}
	tops := 0
	for i := range r.m.Units {
		u := &r.m.Units[i]
		if leaves[u.ID] || given {
			continue
		}
		if u.Role == argument.Thesis {
			main, given = i, true
		} else if reached[u.ID] {
			main = i
			tops++
		}
	}
	for i := range r.m.Units {
		u := &r.m.Units[i]
		switch {
		case i == main && (given || tops == 1):
			u.Role = argument.Thesis
		case u.Role == argument.RoleClaim || u.Role == argument.Premise:
		case leaves[u.ID]:
			u.Role = argument.Premise
		default:
			u.Role = argument.RoleClaim
		}
	}
}

func (r *repair) sources(kept bool) {
	list := slices.Clone(r.draft.sources)
	for i := range list {
		p := &list[i].it
		if strings.TrimSpace(p.Name) == "" {
			p.Name = "unnamed"
		}
		p.Kind = known(p.Kind, argument.Person, argument.Organization, argument.DocumentKind, argument.Place,
			argument.Group, argument.Unnamed, argument.Author)
		if !kept {
			p.Mentions = nil
		}
		p.Mentions = r.spans(p.Mentions)
	}
	slices.SortStableFunc(list, func(a, b keyed[argument.Source]) int {
		return cmp.Compare(firstOf(a.it.Mentions, len(r.text)), firstOf(b.it.Mentions, len(r.text)))
	})
	for i, p := range list {
		p.it.ID = fmt.Sprintf("p%d", i+1)
		if _, twice := r.people[p.key]; !twice {
			r.people[p.key] = p.it.ID
		}
		r.m.Sources = append(r.m.Sources, p.it)
	}
}

func firstOf(spans []argument.Span, none int) int {
	if len(spans) == 0 {
		return none
	}
	return spans[0].Start
}

func (r *repair) spans(list []argument.Span) []argument.Span {
	list = keep(list, func(s *argument.Span) bool { return r.fits(*s) })
	slices.SortStableFunc(list, func(a, b argument.Span) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// attributions gives each the passages of the file, or those of its units.
func (r *repair) attributions(kept bool) {
	for _, a := range r.draft.attributions {
		var places []int
		for _, key := range a.Units {
			if i, ok := r.place[key]; ok {
				places = append(places, i)
			}
		}
		slices.Sort(places)
		a.Units = nil
		var whole []argument.Span
		for _, i := range slices.Compact(places) {
			a.Units = append(a.Units, r.m.Units[i].ID)
			whole = append(whole, r.m.Units[i].Span)
		}
		if !kept {
			a.Content, a.Source, a.Cue = nil, nil, nil
		}
		if a.Content = r.spans(a.Content); len(a.Content) == 0 {
			a.Content = whole
		}
		if len(a.Content) == 0 {
			r.lost.add(1, "attribution without words")
			continue
		}
		a.Source, a.Cue = r.optional(a.Source), r.optional(a.Cue)
		a.SourceID = r.people[a.SourceID]
		a.Manner = known(a.Manner, argument.Indirect, argument.Direct, argument.Mixed)
		a.Confidence, a.Cues = probability(a.Confidence), r.cues(a.Cues, kept)
		r.m.Attributions = append(r.m.Attributions, a)
	}
	slices.SortStableFunc(r.m.Attributions, byStart)
	for i := range r.m.Attributions {
		r.m.Attributions[i].ID = fmt.Sprintf("a%d", i+1)
	}
}

func (r *repair) optional(s *argument.Span) *argument.Span {
	if s == nil || !r.fits(*s) {
		return nil
	}
	return s
}
