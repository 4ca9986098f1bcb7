package argument

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The allowed values of the enumerated fields, in the order of the contract.
var (
	kinds         = []Kind{Claim, Recommendation}
	types         = []Type{Statistic, Anecdote, Fact, Prediction, Judgement}
	roles         = []Role{Thesis, RoleClaim, Premise}
	strengths     = []Strength{Must, Should, Could}
	sourceKinds   = []SourceKind{Person, Organization, DocumentKind, Place, Group, Unnamed, Author}
	manners       = []Manner{Direct, Mixed, Indirect}
	relationTypes = []RelationType{Supports, Attacks, Undercuts}
)

// Validate checks that m keeps the contract: ids are well formed and unique,
// references lead somewhere, spans lie in the document, lists are in text
// order, relations form a forest. Text is the document's text; where it is ""
// the text that the map carries is used, and where that is missing too only
// the lengths of passages are checked.
//
// The error joins every fault found (see [errors.Join]), each naming the id
// that it concerns; it is nil for a valid map.
func (m *Map) Validate(text string) error {
	v := &validator{m: m, limit: m.Document.Characters}
	v.document(text)
	v.collectIDs()
	for i := range m.Sections {
		v.section(i)
	}
	for i := range m.Units {
		v.unit(i)
	}
	for i := range m.Sources {
		v.source(i)
	}
	for i := range m.Attributions {
		v.attribution(i)
	}
	for i := range m.Relations {
		v.relation(i)
	}
	v.theses()
	v.cycles()
	return errors.Join(v.faults...)
}

// validator collects the faults of one map. The maps lead from an id to the
// place in its list.
type validator struct {
	m         *Map
	text      []rune // nil when unknown
	limit     int    // length of the document in code points
	faults    []error
	sections  map[string]int
	units     map[string]int
	sources   map[string]int
	relations map[string]int
	leaving   map[string]int // unit id to the first relation that leaves it
}

func (v *validator) fault(id, format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf("%s: %s", id, fmt.Sprintf(format, args...)))
}

// document checks what is said of the whole text and settles which text the
// passages are compared with.
func (v *validator) document(text string) {
	d := v.m.Document
	if v.m.Schema != Schema {
		v.fault("schema", "is %q, want %q", v.m.Schema, Schema)
	}
	if d.Offsets != CodePoints {
		v.fault("document", "has offsets that count %s; they must be turned into code points first", d.Offsets)
	}
	if d.Characters < 0 {
		v.fault("document", "has %d characters", d.Characters)
	}
	if !digestFormed(d.ID) {
		v.fault("document", "id %q is not sha256: and 64 hexadecimal digits", d.ID)
	}
	if text == "" {
		text = d.Text
	} else if d.Text != "" && d.Text != text {
		v.fault("document", "carries another text than the one it is checked against")
	}
	if text == "" {
		return
	}
	v.text = []rune(text)
	v.limit = len(v.text)
	if d.Characters != len(v.text) {
		v.fault("document", "says %d characters, its text has %d", d.Characters, len(v.text))
	}
	if digest := Digest(text); digestFormed(d.ID) && d.ID != digest {
		v.fault("document", "id %s is not the digest of its text, %s", d.ID, digest)
	}
}

// collectIDs checks the form and uniqueness of every id. Each list has a
// letter of its own, so ids that are unique in their list are unique in the map.
func (v *validator) collectIDs() {
	m := v.m
	v.sections = collect(v, "s", len(m.Sections), func(i int) string { return m.Sections[i].ID })
	v.units = collect(v, "u", len(m.Units), func(i int) string { return m.Units[i].ID })
	v.sources = collect(v, "p", len(m.Sources), func(i int) string { return m.Sources[i].ID })
	collect(v, "a", len(m.Attributions), func(i int) string { return m.Attributions[i].ID })
	v.relations = collect(v, "r", len(m.Relations), func(i int) string { return m.Relations[i].ID })
	v.leaving = make(map[string]int, len(m.Relations))
}

func collect(v *validator, letter string, n int, id func(int) string) map[string]int {
	ids := make(map[string]int, n)
	for i := range n {
		s := id(i)
		if !idFormed(s, letter) {
			v.fault(strconv.Quote(s), "is no id: want %s1, %s2, …", letter, letter)
		}
		if _, twice := ids[s]; twice {
			v.fault(s, "is used twice")
			continue
		}
		ids[s] = i
	}
	return ids
}

// idFormed reports whether id is the letter and a number from 1 on.
func idFormed(id, letter string) bool {
	digits, ok := strings.CutPrefix(id, letter)
	return ok && digits != "" && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}

func (v *validator) section(i int) {
	s := &v.m.Sections[i]
	if s.Level < 1 {
		v.fault(s.ID, "level is %d, want 1 or more", s.Level)
	}
	v.span(s.ID, "span", s.Span)
	if i > 0 {
		v.order(s.ID, v.m.Sections[i-1].ID, v.m.Sections[i-1].Span, s.Span)
	}
}

func (v *validator) unit(i int) {
	u := &v.m.Units[i]
	v.phrase(u.ID, "text", Phrase{u.Span, u.Text})
	oneOf(v, u.ID, "kind", u.Kind, kinds)
	oneOf(v, u.ID, "role", u.Role, roles)
	v.kindFields(u)
	if u.Addressee != nil {
		v.phrase(u.ID, "addressee", *u.Addressee)
	}
	if u.LeadIn != nil {
		v.phrase(u.ID, "lead_in", *u.LeadIn)
	}
	if u.Section != "" {
		if s, ok := v.sections[u.Section]; !ok {
			v.fault(u.ID, "section %q does not exist", u.Section)
		} else if sec := v.m.Sections[s]; !sec.Contains(u.Span) {
			v.fault(u.ID, "lies outside its section %s", u.Section)
		}
	}
	if u.Page < 0 {
		v.fault(u.ID, "page is %d, want 1 or more", u.Page)
	}
	v.confidence(u.ID, u.Confidence)
	v.cues(u.ID, u.Cues)
	if i > 0 {
		v.order(u.ID, v.m.Units[i-1].ID, v.m.Units[i-1].Span, u.Span)
	}
}

// kindFields checks the fields that only a claim or only a recommendation has.
func (v *validator) kindFields(u *Unit) {
	switch u.Kind {
	case Claim:
		oneOf(v, u.ID, "type", u.Type, types)
		if u.Strength != "" || u.Addressee != nil {
			v.fault(u.ID, "is a claim but has a strength or an addressee")
		}
	case Recommendation:
		if u.Type != "" {
			v.fault(u.ID, "is a recommendation but has type %q", u.Type)
		}
		if u.Strength != "" {
			oneOf(v, u.ID, "strength", u.Strength, strengths)
		}
	}
}

// source checks one entry of the ledger. Entries stand in the order of their
// first mentions; one without a mention, such as the author, stands anywhere.
func (v *validator) source(i int) {
	p := &v.m.Sources[i]
	if strings.TrimSpace(p.Name) == "" {
		v.fault(p.ID, "has no name")
	}
	oneOf(v, p.ID, "kind", p.Kind, sourceKinds)
	v.spans(p.ID, "mention", p.Mentions)
	if len(p.Mentions) == 0 {
		return
	}
	for j := i - 1; j >= 0; j-- {
		if before := v.m.Sources[j]; len(before.Mentions) > 0 {
			v.order(p.ID, before.ID, before.Mentions[0], p.Mentions[0])
			return
		}
	}
}

func (v *validator) attribution(i int) {
	a := &v.m.Attributions[i]
	if _, ok := v.sources[a.SourceID]; !ok && a.SourceID != "" {
		v.fault(a.ID, "source %q does not exist", a.SourceID)
	}
	if a.Source != nil {
		v.span(a.ID, "source", *a.Source)
	}
	if a.Cue != nil {
		v.span(a.ID, "cue", *a.Cue)
	}
	if len(a.Content) == 0 {
		v.fault(a.ID, "has no content")
	}
	v.spans(a.ID, "content", a.Content)
	v.attributed(a)
	oneOf(v, a.ID, "manner", a.Manner, manners)
	v.confidence(a.ID, a.Confidence)
	v.cues(a.ID, a.Cues)
	if i > 0 && a.Extent().Start < v.m.Attributions[i-1].Extent().Start {
		v.fault(a.ID, "stands after %s but comes before it in the text", v.m.Attributions[i-1].ID)
	}
}

// attributed checks the units that an attribution names.
func (v *validator) attributed(a *Attribution) {
	last := -1
	for _, id := range a.Units {
		u, ok := v.units[id]
		switch {
		case !ok:
			v.fault(a.ID, "unit %q does not exist", id)
			continue
		case u == last:
			v.fault(a.ID, "names unit %s twice", id)
		case u < last:
			v.fault(a.ID, "names unit %s out of text order", id)
		}
		last = max(last, u)
	}
}

// Extent is the stretch from the first to the last character of an
// attribution's source, cue and content. Attributions are listed in the order
// of its start.
func (a *Attribution) Extent() Span {
	var e Span
	grow := func(s Span) {
		if e == (Span{}) {
			e = s
			return
		}
		e = Span{min(e.Start, s.Start), max(e.End, s.End)}
	}
	for _, s := range a.Content {
		grow(s)
	}
	if a.Source != nil {
		grow(*a.Source)
	}
	if a.Cue != nil {
		grow(*a.Cue)
	}
	return e
}

func (v *validator) relation(i int) {
	r := &v.m.Relations[i]
	oneOf(v, r.ID, "type", r.Type, relationTypes)
	from, ok := v.units[r.From]
	if !ok {
		v.fault(r.ID, "from %q is no unit", r.From)
	} else if first, twice := v.leaving[r.From]; twice {
		v.fault(r.ID, "is a second relation from %s, which %s leaves already", r.From, v.m.Relations[first].ID)
	} else {
		v.leaving[r.From] = i
	}
	if ok && i > 0 {
		if before, known := v.units[v.m.Relations[i-1].From]; known && from < before {
			v.fault(r.ID, "stands after %s but its unit %s comes before %s", v.m.Relations[i-1].ID, r.From, v.m.Relations[i-1].From)
		}
	}
	targets, what := v.units, "unit"
	if r.Type == Undercuts {
		targets, what = v.relations, "relation"
	}
	if _, ok := targets[r.To]; !ok {
		v.fault(r.ID, "to %q is no %s", r.To, what)
	}
	v.confidence(r.ID, r.Confidence)
	v.cues(r.ID, r.Cues)
}

// theses checks that at most one unit is the thesis, and that it is where the
// argument ends.
func (v *validator) theses() {
	first := ""
	for _, u := range v.m.Units {
		if u.Role != Thesis {
			continue
		}
		if first != "" {
			v.fault(u.ID, "is a second thesis beside %s", first)
			continue
		}
		first = u.ID
		if r, ok := v.leaving[u.ID]; ok {
			v.fault(u.ID, "is the thesis, but %s leads on from it", v.m.Relations[r].ID)
		}
	}
}

// cycles checks that following relations from any unit comes to an end. An
// undercut leads to the unit whose step it questions.
func (v *validator) cycles() {
	done := make(map[string]bool, len(v.m.Units))
	for _, u := range v.m.Units {
		path := map[string]bool{}
		for id := u.ID; id != "" && !done[id]; id = v.next(id) {
			if path[id] {
				v.fault(id, "bears on itself through a circle of relations")
				break
			}
			path[id] = true
		}
		for id := range path {
			done[id] = true
		}
	}
}

// next is the unit that the relation from unit id leads to, or "".
func (v *validator) next(id string) string {
	i, ok := v.leaving[id]
	if !ok {
		return ""
	}
	r := v.m.Relations[i]
	if r.Type != Undercuts {
		return r.To
	}
	if t, ok := v.relations[r.To]; ok {
		return v.m.Relations[t].From
	}
	return ""
}

// phrase checks a passage that is quoted: its span and its words.
func (v *validator) phrase(id, what string, p Phrase) {
	if !v.span(id, what, p.Span) {
		return
	}
	if v.text != nil {
		if passage := string(v.text[p.Start:p.End]); passage != p.Text {
			v.fault(id, "%s is %q, the passage at %d to %d is %q", what, p.Text, p.Start, p.End, passage)
		}
		return
	}
	if n := utf8.RuneCountInString(p.Text); n != p.End-p.Start {
		v.fault(id, "%s has %d characters, its span %d to %d has %d", what, n, p.Start, p.End, p.End-p.Start)
	}
}

// span checks that s is a stretch of the document of at least one character.
func (v *validator) span(id, what string, s Span) bool {
	switch {
	case s.Start < 0 || s.End > v.limit:
		v.fault(id, "%s %d to %d lies outside the document of %d characters", what, s.Start, s.End, v.limit)
	case s.Start >= s.End:
		v.fault(id, "%s %d to %d is empty", what, s.Start, s.End)
	default:
		return true
	}
	return false
}

// spans checks a list of spans and its order.
func (v *validator) spans(id, what string, list []Span) {
	for i, s := range list {
		v.span(id, what, s)
		if i > 0 && s.Start < list[i-1].Start {
			v.fault(id, "%s %d to %d stands out of text order", what, s.Start, s.End)
		}
	}
}

func (v *validator) cues(id string, list []Cue) {
	spans := make([]Span, len(list))
	for i, c := range list {
		spans[i] = c.Span
		if c.Rule == "" {
			v.fault(id, "cue %d to %d names no rule", c.Start, c.End)
		}
	}
	v.spans(id, "cue", spans)
}

// order checks that two neighbours of a list stand in text order.
func (v *validator) order(id, beforeID string, before, s Span) {
	if s.Start < before.Start {
		v.fault(id, "stands after %s but comes before it in the text", beforeID)
	}
}

// confidence checks a probability; written so that NaN fails.
func (v *validator) confidence(id string, c float64) {
	if !(c >= 0 && c <= 1) {
		v.fault(id, "confidence is %v, want 0 to 1", c)
	}
}

func oneOf[T ~string](v *validator, id, what string, got T, allowed []T) {
	if slices.Contains(allowed, got) {
		return
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	v.fault(id, "%s is %q, want one of %s", what, got, strings.Join(names, ", "))
}
