package format

import (
	"bufio"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// style is the parameters of an SGR escape sequence; "" is plain.
type style string

// The styles of the outline. Blue for support and red for attack can be told
// apart by the colour-blind, and a sign says the same.
const (
	plain     style = ""
	bold      style = "1"
	dim       style = "2"
	boldBlue  style = "1;34"
	boldRed   style = "1;31"
	magenta   style = "1;35"
	cyan      style = "36"
	underline style = "4"
)

var markStyles = map[argument.RelationType]style{
	argument.Supports: boldBlue, argument.Attacks: boldRed, argument.Undercuts: magenta,
}

const (
	defaultWidth = 80
	minWidth     = 40 // below it, columns of text would be a word wide
	margin       = 2  // before everything under a heading
	step         = 2  // how much further in a reason stands than what it bears on
	gap          = 2  // between two columns
)

// writeText writes the outline that a person reads in a terminal: what the text
// wants, who should do what, why, and on whose word.
func writeText(w io.Writer, ms []*argument.Map, opt Options) error {
	p := &printer{b: bufio.NewWriter(w), width: opt.Width, color: opt.Color}
	if p.width <= 0 {
		p.width = defaultWidth
	}
	p.width = max(p.width, minWidth)
	for i, m := range ms {
		if i > 0 {
			p.b.WriteString("\n" + strings.Repeat("─", p.width) + "\n\n")
		}
		p.document(newOutline(m))
	}
	return p.b.Flush()
}

// printer lays an outline out in columns. Errors are left to the buffer, which
// reports the first when it is flushed.
type printer struct {
	b     *bufio.Writer
	width int
	color bool
	ids   int            // columns of the widest unit id and the gap after it
	above *argument.Unit // the unit that the next one is read after
}

func (p *printer) document(o *outline) {
	p.ids = 0
	for i := range o.m.Units {
		p.ids = max(p.ids, len(o.m.Units[i].ID)+gap)
	}
	p.line(0, nil, run{text: o.title(), style: bold})
	about := o.summary()
	if o.m.Document.Title != "" {
		about = o.origin() + " · " + about
	}
	p.line(0, nil, run{text: about, style: dim})
	if o.thesis != nil {
		p.heading("THESIS", "")
		p.unit(o, o.thesis, margin)
	}
	p.recommendations(o)
	p.chapters(o)
	p.sources(o)
}

// heading begins a part. The capitals tell it where there is no colour.
func (p *printer) heading(name, legend string) {
	p.above = nil
	p.b.WriteByte('\n')
	if legend != "" {
		legend = "(" + legend + ")"
	}
	p.line(0, nil, run{text: name, style: bold}, run{text: legend, style: dim})
}

// recommendations lists who should do what and who asks for it.
func (p *printer) recommendations(o *outline) {
	list := o.recommendations()
	if len(list) == 0 {
		return
	}
	p.heading("RECOMMENDATIONS", "")
	const strengths = len(argument.Should) + gap
	for _, u := range list {
		p.leadIn(u, margin+strengths+p.ids)
		runs := []run{{text: u.Text}}
		if u.Confidence < doubtful {
			runs = append(runs, run{text: "[?]", style: dim})
		}
		p.line(margin, []label{{string(u.Strength), bold, strengths}, {u.ID, dim, p.ids}}, runs...)
		p.line(margin+strengths+p.ids, nil, who(o, u)...)
	}
}

// who says to whom a recommendation is put, unless the lead-in above it has
// said so, and by whom.
func who(o *outline, u *argument.Unit) []run {
	var runs []run
	if u.Addressee != nil && (u.LeadIn == nil || !u.LeadIn.Contains(u.Addressee.Span)) {
		runs = append(runs, run{text: "who:", style: dim}, run{text: u.Addressee.Text, style: underline})
	}
	if names := o.speakers(u.ID); len(names) > 0 {
		if len(runs) > 0 {
			runs = append(runs, run{text: "·", style: dim})
		}
		runs = append(runs, run{text: "asked by:", style: dim, whole: true}, run{text: strings.Join(names, ", "), style: cyan})
	}
	return runs
}

// chapters prints the main points section by section, reasons beneath them.
func (p *printer) chapters(o *outline) {
	chapters := o.argued()
	if len(chapters) == 0 {
		return
	}
	p.heading("CLAIMS AND REASONS", legend(chapters))
	for i, c := range chapters {
		p.above = nil
		title := o.sections[c.section]
		if i > 0 || title != "" {
			p.b.WriteByte('\n')
		}
		if title != "" {
			p.line(margin, []label{{"§", dim, 2}}, run{text: title, style: bold})
		}
		for _, n := range c.nodes {
			p.tree(o, n, margin)
		}
	}
}

func (p *printer) tree(o *outline, n *node, indent int) {
	p.unit(o, n, indent)
	for _, r := range n.reasons {
		p.tree(o, r, indent+step)
	}
}

// unit prints one unit of the tree, its sign and id to the left of its words.
// However deep it stands, about half of the width is left to the words.
func (p *printer) unit(o *outline, n *node, indent int) {
	const signs = len("+ ")
	u := n.unit
	indent = min(indent, p.width/2-signs-p.ids)
	p.leadIn(u, indent+signs+p.ids)
	runs := []run{{text: u.Text}, {text: "[" + tagOf(u) + "]", style: dim}}
	if names := o.speakers(u.ID); len(names) > 0 {
		first, rest, _ := strings.Cut(strings.Join(names, ", "), " ")
		runs = append(runs, run{"— " + first, cyan, true}, run{text: rest, style: cyan})
	}
	p.line(indent, []label{{signOf(n.link), markStyles[n.link], signs}, {u.ID, dim, p.ids}}, runs...)
}

// leadIn prints the passage that a unit is read with, unless it stands right
// above: as the lead-in of the unit before, or as that unit itself.
func (p *printer) leadIn(u *argument.Unit, indent int) {
	before := p.above
	p.above = u
	switch {
	case u.LeadIn == nil:
	case before != nil && u.LeadIn.Overlaps(before.Span):
	case before != nil && before.LeadIn != nil && before.LeadIn.Span == u.LeadIn.Span:
	default:
		p.line(indent, nil, run{text: u.LeadIn.Text, style: dim})
	}
}

// sources prints the ledger: who speaks, and under each name the units that
// report it with the beginning of what was said, a line each.
func (p *printer) sources(o *outline) {
	bare := o.statements("")
	if len(o.m.Sources) == 0 && len(bare) == 0 {
		return
	}
	p.heading("SOURCES", "")
	for i := range o.m.Sources {
		s := &o.m.Sources[i]
		about := "· " + string(s.Kind)
		if s.Description != "" {
			about += " · " + s.Description
		}
		p.line(margin, nil, run{text: s.Name, style: cyan}, run{text: about})
		p.statements(o, o.statements(s.ID))
	}
	if len(bare) > 0 {
		p.line(margin, nil, run{text: "no speaker named", style: dim})
		p.statements(o, bare)
	}
}

func (p *printer) statements(o *outline, list []*argument.Attribution) {
	const manners = len(argument.Indirect) + gap
	for _, a := range list {
		units := strings.Join(a.Units, ", ")
		labels := []label{{units, dim, max(p.ids, len(units)+gap)}, {string(a.Manner), dim, manners}}
		left := 2*margin + labels[0].width + manners
		p.line(2*margin, labels, run{text: preview(o.content(a), p.width-left), whole: true})
	}
}

// label is a cell to the left of a passage, filled up to its width in columns.
type label struct {
	text  string
	style style
	width int
}

// line prints labels and, to the right of them, runs wrapped to the width. It
// prints nothing where there are no runs.
func (p *printer) line(indent int, labels []label, runs ...run) {
	hang := indent
	for _, l := range labels {
		hang += l.width
	}
	for i, words := range wrap(runs, max(p.width-hang, 1)) {
		if i > 0 {
			p.b.WriteString(strings.Repeat(" ", hang))
		} else {
			p.b.WriteString(strings.Repeat(" ", indent))
			for _, l := range labels {
				p.styled(l.text, l.style)
				p.b.WriteString(strings.Repeat(" ", max(l.width-columnsOf.String(l.text), 0)))
			}
		}
		p.words(words)
		p.b.WriteByte('\n')
	}
}

// words prints one line of words, those of one style in one sequence.
func (p *printer) words(list []word) {
	for i := 0; i < len(list); {
		j := i + 1
		text := list[i].text
		for ; j < len(list) && list[j].style == list[i].style; j++ {
			text += " " + list[j].text
		}
		if i > 0 {
			p.b.WriteByte(' ')
		}
		p.styled(text, list[i].style)
		i = j
	}
}

func (p *printer) styled(text string, s style) {
	if p.color && s != plain && text != "" {
		text = "\x1b[" + string(s) + "m" + text + "\x1b[0m"
	}
	p.b.WriteString(text)
}
