package format

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// draft is what a reader found in a file of another format: parts of a map
// under the ids of the file, complete or not.
//
// What argmap wrote itself is complete, and becomes the map that it was. To
// anything else draft gives what a map needs and the file does not say:
//
//   - A text. Units that are found in the text of the file, in its order, are
//     passages of it. Where there is no text but every unit has a span, the
//     text is spaces with the units in their places; where they have no spans,
//     or spans that do not fit, it is the units, a line each.
//   - Ids: u1, u2, … in text order, and so for the other lists.
//   - A forest: of several relations that leave a unit the first stays, and of
//     those in a circle none that closes it.
//   - Roles: the one unit that others bear on and that bears on none is the
//     thesis, other such units are main points, the rest are premises.
//   - Values: who drew a map by hand was sure (1); a claim of no sort is a judgement.
type draft struct {
	doc      argument.Document
	sections []argument.Section
	units    []keyed[argument.Unit]
	// From, To, SourceID and Units are keys.
	relations    []keyed[argument.Relation]
	sources      []keyed[argument.Source]
	attributions []argument.Attribution
	// headings are sections whose spans are those of their units, in the order of
	// the file.
	headings []argument.Section
	// mainClaim is the key of the unit that the file names as its thesis, or "".
	mainClaim string
	lost      ledger
}

// keyed is a part and its id in the file; the id that argmap gave it once is
// in the part itself.
type keyed[T any] struct {
	key string
	it  T
}

// ledger counts what of a file has no place in a map.
type ledger []Loss

func (l *ledger) add(n int, what string) {
	for i := range *l {
		if (*l)[i].What == what {
			(*l)[i].Count += n
			return
		}
	}
	if n > 0 {
		*l = append(*l, Loss{n, what, "argmap"})
	}
}

// build makes the map.
func (d *draft) build() (*argument.Map, error) {
	d.doc.Offsets = argument.CodePoints // which every format of others counts
	if m := d.exact(); m != nil {
		return m, nil
	}
	m := d.repaired()
	if err := m.Validate(""); err != nil {
		return nil, &ReadError{Kind: ErrInvalid, Message: "no argument map can be made of it: " + firstFault(err)}
	}
	return canonical(m, true), nil
}

// exact is the map that argmap once wrote, or nil if this is none or has been
// changed so that it is none any more.
func (d *draft) exact() *argument.Map {
	if d.doc.ID == "" {
		return nil
	}
	m := &argument.Map{Schema: argument.Schema, Document: d.doc, Sections: slices.Clone(d.sections)}
	ids, people := map[string]string{}, map[string]string{}
	place := map[string]int{}
	for _, u := range d.units {
		m.Units = append(m.Units, u.it)
		ids[u.key] = u.it.ID
	}
	slices.SortStableFunc(m.Units, func(a, b argument.Unit) int { return cmp.Compare(a.Start, b.Start) })
	for i, u := range m.Units {
		place[u.ID] = i
	}
	steps := map[string]string{}
	for _, r := range d.relations {
		steps[r.key] = r.it.ID
	}
	for _, r := range d.relations {
		to := ids
		if r.it.Type == argument.Undercuts {
			to = steps
		}
		r.it.From, r.it.To = ids[r.it.From], to[r.it.To]
		m.Relations = append(m.Relations, r.it)
	}
	slices.SortStableFunc(m.Relations, func(a, b argument.Relation) int { return cmp.Compare(place[a.From], place[b.From]) })
	for _, p := range d.sources {
		m.Sources = append(m.Sources, p.it)
		people[p.key] = p.it.ID
	}
	for _, a := range d.attributions {
		a.SourceID, a.Units = people[a.SourceID], renamed(a.Units, ids)
		m.Attributions = append(m.Attributions, a)
	}
	slices.SortStableFunc(m.Attributions, byStart)
	if m.Validate("") != nil {
		return nil
	}
	return canonical(m, true)
}

// byStart is the order of attributions in a map.
func byStart(a, b argument.Attribution) int { return cmp.Compare(a.Extent().Start, b.Extent().Start) }

// undercutSteps makes the undercuts, which a file of this format lets lead to a
// unit, lead to the step that the unit takes: the first relation that leaves
// it. It returns these steps by their units.
func (d *draft) undercutSteps() map[string]string {
	leaving := map[string]string{}
	for _, r := range d.relations {
		if leaving[r.it.From] == "" {
			leaving[r.it.From] = r.key
		}
	}
	for i := range d.relations {
		if r := &d.relations[i].it; r.Type == argument.Undercuts {
			if r.To = leaving[r.To]; r.To == "" {
				d.lost.add(1, "undercut of no step")
			}
		}
	}
	return leaving
}

func renamed(keys []string, ids map[string]string) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = ids[k]
	}
	return list
}

// filler stands between units that a made text has at their places. A file
// that says a unit stands far behind all words must not fill the memory.
const maxFiller = 1 << 22

// settleText finds the text and places the units in it. It reports whether the
// spans of the file still mean what they did.
func (d *draft) settleText() (kept bool) {
	d.units = slices.DeleteFunc(d.units, func(u keyed[argument.Unit]) bool {
		if u.it.Text == "" {
			d.lost.add(1, "unit without words")
		}
		return u.it.Text == ""
	})
	switch {
	case d.doc.Text != "" && d.spansFit([]rune(d.doc.Text)):
		kept = true
	case d.doc.Text != "" && d.search():
	case d.filled():
		kept = true
	default:
		d.join()
	}
	d.describe()
	slices.SortStableFunc(d.units, func(a, b keyed[argument.Unit]) int { return cmp.Compare(a.it.Start, b.it.Start) })
	return kept
}

// describe gives the document what follows from its text, and what a map must
// say of it even if the file does not.
func (d *draft) describe() {
	d.doc.ID, d.doc.Characters = argument.Digest(d.doc.Text), utf8.RuneCountInString(d.doc.Text)
	if d.doc.MediaType == "" {
		d.doc.MediaType = "text/plain"
	}
	if d.doc.Language == "" {
		d.doc.Language = "und" // BCP 47 for a language that is not known
	}
}

func (d *draft) spansFit(text []rune) bool {
	for _, u := range d.units {
		s := u.it.Span
		if s.Start < 0 || s.End <= s.Start || s.End > len(text) || string(text[s.Start:s.End]) != u.it.Text {
			return false
		}
	}
	return true
}

// search finds the units in the text: each behind the one before it, or else
// where it stands first. If one is not there none is moved.
func (d *draft) search() bool {
	text, behind := d.doc.Text, 0
	runes := utf8.RuneCountInString
	spans := make([]argument.Span, len(d.units))
	at, count := 0, 0 // so many code points stand before byte at
	for i, u := range d.units {
		found := strings.Index(text[behind:], u.it.Text)
		if found >= 0 {
			found += behind
		} else if found = strings.Index(text, u.it.Text); found < 0 {
			return false
		}
		if found < at {
			at, count = 0, 0
		}
		count, at = count+runes(text[at:found]), found
		spans[i] = argument.Span{Start: count, End: count + runes(u.it.Text)}
		behind = found + len(u.it.Text)
	}
	for i := range d.units {
		d.units[i].it.Span = spans[i]
	}
	return true
}

// filled makes a text of spaces with the units in their places, if they have
// places that agree.
func (d *draft) filled() bool {
	end, words := d.extent(), 0
	for _, u := range d.units {
		n := utf8.RuneCountInString(u.it.Text)
		if u.it.Start < 0 || u.it.End-u.it.Start != n {
			return false
		}
		end, words = max(end, u.it.End), words+n
	}
	if len(d.units) == 0 || end > words+maxFiller {
		return false
	}
	text := make([]rune, end)
	for i := range text {
		text[i] = ' '
	}
	for _, u := range d.units {
		copy(text[u.it.Start:u.it.End], []rune(u.it.Text))
	}
	if !d.spansFit(text) {
		return false
	}
	d.doc.Text = string(text)
	return true
}

// extent is where the last passage ends.
func (d *draft) extent() int {
	end := 0
	for _, p := range d.sources {
		for _, s := range p.it.Mentions {
			end = max(end, s.End)
		}
	}
	for i := range d.attributions {
		end = max(end, d.attributions[i].Extent().End)
	}
	return end
}

// join makes a text of the units, a line each, those of a heading together.
func (d *draft) join() {
	order := map[string]int{}
	for i, h := range d.headings {
		order[h.ID] = i + 1
	}
	slices.SortStableFunc(d.units, func(a, b keyed[argument.Unit]) int {
		return cmp.Compare(order[a.it.Section], order[b.it.Section])
	})
	var b strings.Builder
	at := 0
	for i := range d.units {
		u := &d.units[i].it
		u.Span = argument.Span{Start: at, End: at + utf8.RuneCountInString(u.Text)}
		at = u.End + 1
		b.WriteString(u.Text + "\n")
	}
	d.doc.Text = b.String()
}
