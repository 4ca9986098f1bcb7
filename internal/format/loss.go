package format

import (
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Loss is a sort of thing that has no place in a format, and how many of them
// a conversion left behind.
type Loss struct {
	Count int
	What  string // one of them
	In    string // the format as a sentence names it
}

// String says it in a line: "3 undercuts have no place in Mermaid".
func (l Loss) String() string {
	verb := " have"
	if l.Count == 1 {
		verb = " has"
	}
	words := strings.Fields(l.What)
	end := 1
	for end < len(words) && !slices.Contains(qualifying, words[end]) {
		end++
	}
	what := append([]string{count(l.Count, strings.Join(words[:end], " "))}, words[end:]...)
	return strings.Join(what, " ") + verb + " no place in " + l.In
}

// qualifying are the words that end the part of a name which is put in the plural.
var qualifying = []string{"in", "of", "from", "that", "with", "within", "without"}

// feature is something that a map can hold and a format may have no place for.
type feature uint32

const (
	hasDocument feature = 1 << iota
	hasText
	hasSections
	hasUnits
	hasKinds
	hasTypes
	hasRoles
	hasStrengths
	hasAddressees
	hasLeadIns
	hasPositions
	hasPages
	hasConfidence
	hasCues
	hasRelations
	hasUndercuts
	hasSources
	hasSilent
	hasUncitable
	hasMentions
	hasAttributions
	hasAnonymous
	hasPassages
	hasControls

	// everything is what the contract holds.
	everything = hasControls<<1 - 1
)

// features says of each how it is counted. What is part of something is
// reported only where its whole has a place.
var features = []struct {
	is, part feature
	what     string
	count    func(*argument.Map) int
}{
	{hasDocument, 0, "document description", func(*argument.Map) int { return 1 }},
	{hasText, 0, "document text", func(m *argument.Map) int { return min(1, len(m.Document.Text)) }},
	{hasSections, 0, "section", func(m *argument.Map) int { return len(m.Sections) }},
	{hasUnits, 0, "unit", func(m *argument.Map) int { return len(m.Units) }},
	{hasKinds, hasUnits, "kind", func(m *argument.Map) int { return len(m.Units) }},
	{hasTypes, hasUnits, "type", countUnits(func(u *argument.Unit) bool { return u.Type != "" })},
	{hasRoles, hasUnits, "role", func(m *argument.Map) int { return len(m.Units) }},
	{hasStrengths, hasUnits, "strength", countUnits(func(u *argument.Unit) bool { return u.Strength != "" })},
	{hasAddressees, hasUnits, "addressee", countUnits(func(u *argument.Unit) bool { return u.Addressee != nil })},
	{hasLeadIns, hasUnits, "lead-in", countUnits(func(u *argument.Unit) bool { return u.LeadIn != nil })},
	{hasPositions, hasUnits, "position", func(m *argument.Map) int { return len(m.Units) }},
	{hasPages, hasUnits, "page number", countUnits(func(u *argument.Unit) bool { return u.Page > 0 })},
	{hasConfidence, hasUnits, "confidence value", func(m *argument.Map) int {
		return len(m.Units) + len(m.Relations) + len(m.Attributions)
	}},
	{hasCues, hasUnits, "cue", countCues},
	{hasControls, hasUnits, "control character", countControls},
	{hasRelations, 0, "relation", func(m *argument.Map) int { return len(m.Relations) - countUndercuts(m) }},
	{hasUndercuts, 0, "undercut", countUndercuts},
	{hasSources, 0, "source", func(m *argument.Map) int { return len(m.Sources) }},
	{hasSilent, hasSources, "source without a mention", countSilent},
	{hasUncitable, hasSources, "source that cannot be cited", countUncited},
	{hasMentions, hasSources, "mention", countMentions},
	{hasAttributions, 0, "attribution", func(m *argument.Map) int { return len(m.Attributions) }},
	{hasAnonymous, hasAttributions, "attribution without source or unit", countAnonymous},
	{hasPassages, hasAttributions, "attributed passage", func(m *argument.Map) int { return len(m.Attributions) }},
}

// Losses lists what of the maps has no place in format f when it is written
// with opt, in the order of the contract.
func Losses(f Format, ms []*argument.Map, opt Options) []Loss {
	keeps := f.keeps
	if !opt.WithText {
		keeps |= hasText // nobody asked for it
	}
	var list []Loss
	for _, ft := range features {
		if keeps&ft.is != 0 || f.keeps&ft.part != ft.part {
			continue
		}
		n := 0
		for _, m := range ms {
			n += ft.count(m)
		}
		if n > 0 {
			list = append(list, Loss{n, ft.what, f.Title})
		}
	}
	return list
}

func countUnits(is func(*argument.Unit) bool) func(*argument.Map) int {
	return func(m *argument.Map) int { return len(keep(m.Units, is)) }
}

// countUncited counts the sources that are no references.
func countUncited(m *argument.Map) int { return len(m.Sources) - len(referencesOf([]*argument.Map{m})) }

func countUndercuts(m *argument.Map) int {
	return len(keep(m.Relations, func(r *argument.Relation) bool { return r.Type == argument.Undercuts }))
}

func countCues(m *argument.Map) int {
	n := 0
	for _, u := range m.Units {
		n += len(u.Cues)
	}
	for _, r := range m.Relations {
		n += len(r.Cues)
	}
	for _, a := range m.Attributions {
		n += len(a.Cues)
	}
	return n
}

// countSilent counts the sources that are said to have said nothing and are
// mentioned nowhere.
func countSilent(m *argument.Map) int {
	spoke := speakers(m.Attributions)
	return len(keep(m.Sources, func(p *argument.Source) bool { return !spoke[p.ID] && len(p.Mentions) == 0 }))
}

func countMentions(m *argument.Map) int {
	n := 0
	for _, p := range m.Sources {
		n += len(p.Mentions)
	}
	return n
}

func countAnonymous(m *argument.Map) int {
	return len(keep(m.Attributions, func(a *argument.Attribution) bool { return a.SourceID == "" || len(a.Units) == 0 }))
}

// countControls counts the characters that XML cannot hold.
func countControls(m *argument.Map) int {
	n := 0
	for _, u := range m.Units {
		for _, r := range u.Text {
			if !inXML(r) {
				n++
			}
		}
	}
	return n
}

// inXML reports whether XML 1.0 can hold r.
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}
