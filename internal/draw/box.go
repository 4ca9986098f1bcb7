package draw

import (
	"math"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Sizes in points, and widths of text in columns.
const (
	bodySize   = 11.0
	thesisSize = 13.0
	headSize   = 9.0
	sourceSize = 10.0
	titleSize  = 18.0
	partSize   = 15.0
	groupSize  = 13.0

	textColumns   = 38 // a line of a unit
	thesisColumns = 36
	longColumns   = 60 // a line of a unit of more than longText characters
	longText      = 320
	sourceColumns = 24

	padX, padY   = 10.0, 7.0 // between text and border
	gap          = 4.0       // above and below the text
	unitWidth    = 222.0     // what 38 columns of prose take, so that columns of boxes align
	typicalWidth = 230.0     // what they mostly take, as some letters are wide
	typicalFill  = 0.93      // how full lines mostly are
	// What says what became of a unit: its height, and what is above, in and beside it.
	chipLine, chipTop, chipPad, chipGap = 14.0, 8.0, 4.0, 6.0
	// leeway lets text be a little wider than measured, where a system has
	// none of the faces named.
	leeway = 1.03
)

// unitBox measures the unit and wraps its text.
func (c *composer) unitBox(u *argument.Unit) *box {
	text := clean(u.Text)
	change, tint := c.changes.unit(u.ID)
	shown := change.shown(text)
	columns := textColumns
	look := lookPremise
	switch {
	case u.Role == argument.Thesis && u.Kind == argument.Recommendation:
		look, columns = lookThesisRec, thesisColumns
	case u.Role == argument.Thesis:
		look, columns = lookThesis, thesisColumns
	case u.Kind == argument.Recommendation:
		look = lookRec
	case u.Role == argument.RoleClaim:
		look = lookClaim
	}
	if runeColumns(shown) > longText {
		columns = longColumns
	}
	b := &box{
		id: c.id("unit", u.ID), look: look, lines: wrap(shown, columns), head: c.unitHead(u, columns, change.chip(tint)),
		class:   unitClass(u),
		tooltip: c.unitTooltip(u, text),
	}
	if len(b.lines) == 0 {
		b.lines = []string{"(no text)"}
	}
	if tint != nil {
		b.mark(change, tint, columns)
		b.former = c.changes.former(u.ID, columns*5/4)
	}
	if t := c.folded[u.ID]; t.total() > 0 {
		foot := t.String()
		if tint != nil { // where a plus says that something is new
			foot = "folded: " + strings.TrimPrefix(foot, "+ ")
		}
		b.foot = wrap(foot, columns*5/4)
		b.class += " folded"
		b.tooltip += "; folded into it: " + strings.Join(t.ids, ", ")
	}
	if u.ID == c.focus {
		b.focus = true
		b.class += " focus"
	}
	b.measure(float64(runeColumns(shown)), float64(columns))
	return b
}

// measure finds how large the box of a unit is whose text is so many columns
// long and in lines of at most limit.
func (b *box) measure(text, limit float64) {
	st := styles[b.look]
	banded := st.banded && b.tint == nil
	w := max(widest(b.lines, st.size, st.bold), widest(b.head, headSize, banded), widest(b.former, headSize, false), widest(b.foot, headSize, true))
	if b.chip != "" {
		w = max(w, b.chipWidth()+chipGap+widest(b.head[:1], headSize, false))
	}
	b.w = ceil(max(unitWidth, w+2*padX))
	if len(b.foot) > 0 {
		b.footH = ceil(float64(len(b.foot))*headSize*lineSpacing + gap)
	}
	b.headH = ceil(float64(len(b.head))*headSize*lineSpacing + padY)
	if b.chip != "" {
		b.headH = chipTop + chipLine + ceil(float64(len(b.head)-1)*headSize*lineSpacing)
	}
	b.headH += ceil(float64(len(b.former)) * headSize * lineSpacing)
	b.h = b.headH + ceil(float64(len(b.lines))*st.size*lineSpacing) + 2*gap + b.footH
	b.typical = point{typicalWidth, b.headH + 2*gap + b.footH + st.size*lineSpacing*max(1, 0.5+text/(typicalFill*limit))}
	if limit > textColumns {
		b.typical.X *= limit / textColumns
	}
}

// unitHead is what stands over the text: what sort of unit it is, to whom a
// recommendation is put, how sure that is. Its first line stands beside the chip,
// if there is one.
func (c *composer) unitHead(u *argument.Unit, columns int, chip string) []string {
	var what []string
	if id := c.changes.nameOf(u.ID); id != "" && runeColumns(id) <= 8 {
		what = append(what, id)
	}
	if u.Role == argument.Thesis {
		what = append(what, "thesis")
	}
	if u.Kind == argument.Recommendation {
		what = append(what, "recommendation")
		if u.Strength != "" {
			what = append(what, clean(string(u.Strength)))
		}
	} else if u.Type != "" {
		what = append(what, clean(string(u.Type)))
	} else {
		what = append(what, "claim")
	}
	if p := percent("", u.Confidence); p != "" {
		what = append(what, p)
	}
	// Small text: a line holds more of it.
	limit := columns * 5 / 4
	var head []string
	if chip != "" {
		head, what = []string{what[0]}, what[1:]
		for len(what) > 0 && runeColumns(chip+head[0]+what[0])+6 <= limit {
			head[0] += " · " + what[0]
			what = what[1:]
		}
	}
	head = append(head, wrap(strings.Join(what, " · "), limit)...)
	if u.Kind == argument.Recommendation && u.Addressee != nil {
		if to := clean(u.Addressee.Text); to != "" {
			head = append(head, wrap("→ "+to, columns*5/4)...)
		}
	}
	return head
}

// unitClass names what the unit is, for style sheets and scripts.
func unitClass(u *argument.Unit) string {
	words := []string{"unit", word(string(u.Kind)), "role-" + word(string(u.Role))}
	if u.Type != "" {
		words = append(words, "type-"+word(string(u.Type)))
	}
	if u.Strength != "" {
		words = append(words, "strength-"+word(string(u.Strength)))
	}
	return strings.Join(words, " ")
}

// maxWord is how long names of classes and ids get.
const maxWord = 64

// word makes s one harmless word.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, strings.ToLower(s))
	if s == "" {
		return "none"
	}
	return s[:min(len(s), maxWord)]
}

// unitTooltip is the whole text of the unit with what else is known of it.
func (c *composer) unitTooltip(u *argument.Unit, text string) string {
	var b strings.Builder
	if u.LeadIn != nil {
		if lead := clean(u.LeadIn.Text); lead != "" {
			b.WriteString(lead + " … ")
		}
	}
	b.WriteString(text)
	b.WriteString(" (" + strings.Join(c.unitHead(u, 1<<20, ""), ", ") + ")")
	b.WriteString(c.changes.told(u.ID))
	if bears := c.bears[u.ID]; bears != "" {
		b.WriteString("; " + bears)
	}
	for _, a := range c.m.Attributions {
		for _, id := range a.Units {
			if src, ok := c.m.Source(a.SourceID); ok && id == u.ID {
				b.WriteString("; source: " + clean(src.Name))
			}
		}
	}
	b.WriteString(cueRules(u.Cues))
	return b.String()
}

// sourceBox is a small label with the name of a source and a sign before it, or
// "".
func sourceBox(id string, src *argument.Source, sign string) *box {
	name := clean(src.Name)
	if name == "" {
		name = "unnamed source"
	}
	tip := name
	if d := clean(src.Description); d != "" {
		tip += ": " + d
	}
	b := &box{
		id: id, look: lookSource, lines: wrap(strings.TrimSpace(sign+" "+name), sourceColumns),
		class:   "source source-" + word(src.ID) + " kind-" + word(string(src.Kind)),
		tooltip: tip,
	}
	w := widest(b.lines, sourceSize, false)
	// The text's box must fit into an ellipse: for one line a long flat one,
	// for more the ellipse of least area, √2 times as wide and as high.
	h := float64(len(b.lines)) * sourceSize * lineSpacing
	if len(b.lines) == 1 {
		b.w, b.h = ceil(w*1.12+14), ceil(h+12)
	} else {
		b.w, b.h = ceil(w*math.Sqrt2)+8, ceil(h*math.Sqrt2)+6
	}
	return b
}

// notice is a box that stands for a map with nothing to draw.
func notice(id, text string) *box {
	lines := wrap(text, textColumns)
	b := &box{id: id, look: lookNotice, lines: lines, class: "notice", tooltip: text}
	b.w = unitWidth
	b.h = ceil(float64(len(lines))*bodySize*lineSpacing + 2*padY)
	return b
}
