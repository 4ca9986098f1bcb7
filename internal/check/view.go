package check

import (
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// view is a map with what the rules ask of it made ready. Lists are in the
// order of the map, which is text order.
type view struct {
	m        *argument.Map
	units    map[string]*argument.Unit
	sources  map[string]*argument.Source
	leaving  map[string]*argument.Relation      // unit id to the relation that leaves it
	supports map[string][]*argument.Relation    // unit id to what supports it
	attacks  map[string][]*argument.Relation    // unit id to what attacks it
	cuts     map[string][]*argument.Relation    // relation id to what undercuts it
	said     map[string][]*argument.Attribution // unit id to who says it
	words    map[string]wording                 // unit id to its words
}

func newView(m *argument.Map) *view {
	v := &view{
		m:        m,
		units:    make(map[string]*argument.Unit, len(m.Units)),
		sources:  make(map[string]*argument.Source, len(m.Sources)),
		leaving:  make(map[string]*argument.Relation, len(m.Relations)),
		supports: map[string][]*argument.Relation{},
		attacks:  map[string][]*argument.Relation{},
		cuts:     map[string][]*argument.Relation{},
		said:     map[string][]*argument.Attribution{},
		words:    make(map[string]wording, len(m.Units)),
	}
	for i := range m.Units {
		u := &m.Units[i]
		v.units[u.ID] = u
		v.words[u.ID] = wordingOf(u.Text)
	}
	for i := range m.Sources {
		v.sources[m.Sources[i].ID] = &m.Sources[i]
	}
	into := map[argument.RelationType]map[string][]*argument.Relation{
		argument.Supports: v.supports, argument.Attacks: v.attacks, argument.Undercuts: v.cuts,
	}
	for i := range m.Relations {
		r := &m.Relations[i]
		v.leaving[r.From] = r
		if list, ok := into[r.Type]; ok {
			list[r.To] = append(list[r.To], r)
		}
	}
	v.collectSaid()
	return v
}

// collectSaid notes who says what. An item of a list is also said by whoever
// speaks in the passage that introduces the list: "The ministry says:".
func (v *view) collectSaid() {
	for i := range v.m.Attributions {
		a := &v.m.Attributions[i]
		for _, id := range a.Units {
			v.said[id] = append(v.said[id], a)
		}
	}
	for i := range v.m.Units {
		u := &v.m.Units[i]
		if u.LeadIn == nil {
			continue
		}
		for k := range v.m.Attributions {
			a := &v.m.Attributions[k]
			if a.Extent().Overlaps(u.LeadIn.Span) && !slices.Contains(v.said[u.ID], a) {
				v.said[u.ID] = append(v.said[u.ID], a)
			}
		}
	}
}

// reported reports whether the text puts u into the mouth of somebody other
// than its author.
func (v *view) reported(u *argument.Unit) bool {
	return slices.ContainsFunc(v.said[u.ID], func(a *argument.Attribution) bool {
		return v.kindOf(a) != argument.Author
	})
}

// kindOf is the kind of the source of a, or "" for a quotation without one.
func (v *view) kindOf(a *argument.Attribution) argument.SourceKind {
	if p, ok := v.sources[a.SourceID]; ok {
		return p.Kind
	}
	return ""
}

// unnamed reports whether the source of a is one that the text does not
// identify. The ledger also has groups and persons that are called by a word
// for anybody: "critics", "an official".
func (v *view) unnamed(a *argument.Attribution) bool {
	p, ok := v.sources[a.SourceID]
	return ok && (p.Kind == argument.Unnamed || (p.Kind == argument.Group || p.Kind == argument.Person) && isVague(p.Name))
}

// sourced reports whether u has a source, be it one without a name.
func (v *view) sourced(u *argument.Unit) bool {
	return slices.ContainsFunc(v.said[u.ID], func(a *argument.Attribution) bool { return v.kindOf(a) != "" })
}

// introducedBy is the unit that introduces the list of which u is an item, or nil.
func (v *view) introducedBy(u *argument.Unit) *argument.Unit {
	if u.LeadIn == nil {
		return nil
	}
	for i := range v.m.Units {
		if lead := &v.m.Units[i]; lead.ID != u.ID && lead.Overlaps(u.LeadIn.Span) {
			return lead
		}
	}
	return nil
}

// serves is the unit that u supports directly, or nil.
func (v *view) serves(u *argument.Unit) *argument.Unit {
	if r, ok := v.leaving[u.ID]; ok && r.Type == argument.Supports {
		return v.units[r.To]
	}
	return nil
}

// hasReason reports whether something supports u.
func (v *view) hasReason(u *argument.Unit) bool { return len(v.supports[u.ID]) > 0 }

// about makes a finding about u. It rests on u and on what else is given.
func about(u *argument.Unit, message string, rests ...float64) Finding {
	return Finding{
		Message: message, Passage: passageOf(u),
		Confidence: slices.Min(append([]float64{u.Confidence}, rests...)),
	}
}

// see adds the passages of units that the finding refers to.
func (f Finding) see(units ...*argument.Unit) Finding {
	for _, u := range units {
		if u != nil {
			f.Related = append(f.Related, passageOf(u))
		}
	}
	return f
}

func passageOf(u *argument.Unit) Passage {
	return Passage{Unit: u.ID, Span: u.Span, Text: u.Text, Page: u.Page}
}
