package draw

import (
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Status is what became of something between two versions of a text.
type Status int

// What may become of a thing. Reworded and Changed are things that both versions
// have: the words of the one differ, and something else of the other.
const (
	Unchanged Status = iota
	Added
	Dropped
	Reworded
	Changed
)

// Changes say what became of what a map has between two versions of a text. Its
// picture then shows that instead of what is a claim and what a premise: what is
// new in one colour and with a plus, what is gone in another, dashed and with a
// minus, what was changed with a tilde, and the rest muted.
type Changes struct {
	From, To string // what the versions are called
	// By the ids of the map; what has no entry is unchanged.
	Units                  map[string]Change
	Relations              map[string]Change
	Sections, Attributions map[string]Status
	// Former are relations that are gone, from units that have another by now, or
	// to which what they bore on leads: they are told in words, as the map would be a
	// tangle with them.
	Former []argument.Relation
}

// Change is what became of a unit or relation.
type Change struct {
	Status Status
	Name   string // what to call it; "" is its id
	Word   string // what became of it in a word or two; "" is the status's, as is more
	// Details are lines on what else is otherwise than before.
	Details []string
	// Pieces are the text of a reworded unit, old words and new; without them the
	// text of the map is drawn alone. Was is the old text.
	Pieces []Piece
	Was    string
}

// Piece is a stretch of words that a text has, had (Dropped) or has now (Added).
type Piece struct {
	Status Status
	Text   string
}

// tint is how it shows what became of something.
type tint struct {
	name, sign, word string
	relation, source string // what the legend says of lines and sources of it
	dashed           bool
	wider            float64 // than the border of a box is otherwise, in points
	width            float64 // of a line
	colours          func(*theme) palette
	pen              func(*theme) (line, label string)
}

// palette is the colours of a box. Only what has changed has a band.
type palette struct{ fill, line, text, small, band, bandText string }

// tints has a row a status.
var tints = [...]tint{
	Unchanged: {
		name: "unchanged", word: "unchanged", width: 1,
		colours: func(t *theme) palette {
			return palette{fill: t.page, line: t.muted, text: t.mutedText, small: t.mutedText}
		},
		pen: func(t *theme) (string, string) { return t.muted, t.mutedText },
	},
	Added: {
		name: "added", sign: "+", word: "added", relation: "new relation", source: "source newly named", wider: 0.8, width: 2.2,
		colours: func(t *theme) palette { return palette{t.cameFill, t.came, t.text, t.dim, t.came, t.cameText} },
		pen:     func(t *theme) (string, string) { return t.came, t.came },
	},
	Dropped: {
		name: "dropped", sign: "−", word: "dropped", relation: "relation no longer there", source: "source no longer named", dashed: true, wider: 0.8, width: 2.2,
		colours: func(t *theme) palette { return palette{t.goneFill, t.gone, t.text, t.dim, t.gone, t.goneText} },
		pen:     func(t *theme) (string, string) { return t.gone, t.goneSign },
	},
	Reworded: {
		name: "reworded", sign: "~", word: "reworded", wider: 0.8, width: 2.2,
		colours: alteredColours,
		pen:     func(t *theme) (string, string) { return t.came, t.came },
	},
	Changed: {
		name: "changed", sign: "~", word: "changed", relation: "relation of another type", wider: 0.8, width: 2.2,
		colours: alteredColours,
		pen:     func(t *theme) (string, string) { return t.came, t.came },
	},
}

func alteredColours(t *theme) palette {
	return palette{t.page, t.text, t.text, t.dim, t.altered, t.alteredText}
}

// unit is what became of a unit, and how its box shows that: nil where nothing
// is compared.
func (c *Changes) unit(id string) (Change, *tint) {
	if c == nil {
		return Change{}, nil
	}
	u := c.Units[id]
	return u, &tints[u.Status]
}

// nameOf is what a unit is called.
func (c *Changes) nameOf(id string) string {
	if c != nil && c.Units[id].Name != "" {
		return clean(c.Units[id].Name)
	}
	return clean(id)
}

// section is the title of a section with what became of it.
func (c *Changes) section(s *argument.Section) string {
	title := clean(s.Title)
	if c == nil || c.Sections[s.ID] == Unchanged {
		return title
	}
	t := &tints[c.Sections[s.ID]]
	return strings.TrimSpace(t.sign + " " + title + " (section " + t.word + ")")
}

// mark writes into the box of a unit what became of it.
func (b *box) mark(u Change, t *tint, columns int) {
	b.tint = t
	b.class += " change-" + t.name
	if t.sign == "" {
		return
	}
	b.chip = u.chip(t)
	for _, d := range u.Details {
		b.head = append(b.head, wrap(clean(d), columns*5/4)...)
	}
	if len(u.Pieces) > 0 {
		b.marked = markedLines(u.Pieces, columns)
	}
}

// former is what a unit has stopped doing, in lines of at most that many columns.
func (c *Changes) former(id string, columns int) []string {
	if c == nil {
		return nil
	}
	var lines []string
	for _, r := range c.Former {
		if r.From == id {
			to := c.nameOf(r.To)
			if r.Type == argument.Undercuts {
				to = "a relation" // whose name nobody sees
			}
			lines = append(lines, wrap(tints[Dropped].sign+" no longer "+styles[lookOf(r.Type)].name+" "+to, columns)...)
		}
	}
	return lines
}

// chip is a sign and a word or two that say what became of a unit, "" if nothing.
func (u Change) chip(t *tint) string {
	if t == nil || t.sign == "" {
		return ""
	}
	word := clean(u.Word)
	if word == "" || runeColumns(word) > maxChip {
		word = t.word
	}
	return t.sign + " " + word
}

// maxChip is how many columns of a chip are a word or two.
const maxChip = 24

// chipWidth is the width of the chip with its ground.
func (b *box) chipWidth() float64 {
	return ceil(face(true).width(b.chip, headSize)*leeway) + 2*chipPad
}

// shown is what is written in the box of a unit that has that text.
func (u Change) shown(text string) string {
	if len(u.Pieces) == 0 {
		return text
	}
	return strings.Join(wordsOf(u.Pieces), " ")
}

// told is what the tooltip of a unit says of what became of it.
func (c *Changes) told(id string) string {
	change, t := c.unit(id)
	told := change.told(t)
	for _, line := range c.former(id, 1<<20) {
		told += "; " + strings.TrimPrefix(line, tints[Dropped].sign+" ")
	}
	return told
}

func (u Change) told(t *tint) string {
	if t == nil || t.sign == "" {
		return ""
	}
	words := []string{strings.TrimPrefix(u.chip(t), t.sign+" ")}
	for _, d := range u.Details {
		words = append(words, clean(d))
	}
	told := "; " + strings.Join(words, ", ")
	if was := clean(u.Was); was != "" {
		told += ", was: " + was
	}
	return told
}

// turn comes before the verb of a relation that has changed.
func (c *Changes) turn(relation string) string {
	if c == nil {
		return ""
	}
	switch c.Relations[relation].Status {
	case Unchanged:
		return ""
	case Dropped:
		return "no longer "
	}
	return "now "
}

// relation shows in a link what became of the relation, in words as well.
func (c *Changes) relation(l *link, r argument.Relation) {
	if c == nil {
		return
	}
	change := c.Relations[r.ID]
	t := &tints[change.Status]
	l.tint, l.sign = t, false
	l.class += " change-" + t.name
	l.tooltip += change.told(t)
	verb := styles[l.look].name
	if turn := c.turn(r.ID); turn != "" {
		l.label = []string{strings.TrimSpace(turn), verb}
	} else if l.look != lookSupports {
		l.label = []string{verb}
	}
}

// attribution shows in the label of a source, and in the line from it, what
// became of it that the source says the unit.
func (c *Changes) attribution(id string, b *box, l *link) {
	if c == nil {
		return
	}
	t := &tints[c.Attributions[id]]
	b.tint, l.tint = t, t
	b.class, l.class = b.class+" change-"+t.name, l.class+" change-"+t.name
	if t.sign != "" {
		b.tooltip += "; " + t.word
		l.tooltip += "; " + t.word
	}
}

// sign stands before the name of a source whose attribution changed.
func (c *Changes) sign(attribution string) string {
	if c == nil {
		return ""
	}
	return tints[c.Attributions[attribution]].sign
}

// keeps says which units of the forest's map must be drawn: those that changed,
// those between which a relation did, and those that somebody else says by now.
func (c *Changes) keeps(f *forest) []bool {
	kept := make([]bool, len(f.up))
	if c == nil {
		return kept
	}
	keep := func(id string) {
		if i, ok := f.place[id]; ok {
			kept[i] = true
		}
	}
	for i := range f.m.Units {
		kept[i] = c.Units[f.m.Units[i].ID].Status != Unchanged
	}
	for _, r := range f.m.Relations {
		if c.Relations[r.ID].Status != Unchanged {
			keep(r.From) // and so what it bears on
		}
	}
	for _, r := range c.Former {
		keep(r.From)
		keep(r.To)
	}
	for _, a := range f.m.Attributions {
		if c.Attributions[a.ID] != Unchanged {
			for _, id := range a.Units {
				keep(id)
			}
		}
	}
	return kept
}

// changedOf are the attributions that changed.
func (c *Changes) changedOf(all []argument.Attribution) []argument.Attribution {
	var changed []argument.Attribution
	for _, a := range all {
		if c != nil && c.Attributions[a.ID] != Unchanged {
			changed = append(changed, a)
		}
	}
	return changed
}

// heading is the title of a picture of changes.
func (c *Changes) heading() string {
	return "Changes from " + clean(c.From) + " to " + clean(c.To)
}
