package draw

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pageMargin is the empty border of a picture, in points.
const pageMargin = 16.0

// write puts the picture in the theme's colours as DOT. Everything has its size
// and place, so "dot" draws it as it is; without the line that names the layout
// Graphviz makes one of its own.
func write(b *bytes.Buffer, pic *picture, th *theme) {
	w := &dotWriter{b: b, pic: pic, th: th}
	w.printf("// Everything has its place: dot draws this graph as it stands.\n")
	w.printf("// Without \"layout=nop2\" Graphviz makes a layout of its own.\n")
	w.printf("digraph argument_map {\n")
	w.printf("  graph [layout=nop2,\n")
	w.printf("    rankdir=%s, newrank=true, ranksep=0.6, splines=true, outputorder=edgesfirst, pad=%s, bb=\"0,0,%s,%s\",\n",
		pic.rankdir, inches(pageMargin), number(pic.size.X), number(pic.size.Y))
	w.printf("    bgcolor=%s, fontname=%s, class=\"argument-map\"];\n", quote(th.page), quote(fontFamily))
	w.printf("  node [fontname=%s, fixedsize=true, margin=0, label=\" \"];\n", quote(fontFamily))
	w.printf("  edge [fontname=%s, arrowsize=%s];\n", quote(fontFamily), number(arrowSize))
	for i := range pic.labels {
		w.label(&pic.labels[i])
	}
	for i := range pic.parts {
		w.part(&pic.parts[i])
	}
	if pic.legend != nil {
		w.legend(pic.legend)
	}
	w.printf("}\n")
}

type dotWriter struct {
	b   *bytes.Buffer
	pic *picture
	th  *theme
}

func (w *dotWriter) printf(format string, args ...any) { fmt.Fprintf(w.b, format, args...) }

func (w *dotWriter) part(p *part) {
	if p.id != "" {
		w.cluster(p.id, "document", p.title, partSize, w.th.page, p.frame)
	}
	for i := range p.groups {
		g := &p.groups[i]
		if g.id != "" {
			w.cluster(g.id, "section", g.title, groupSize, w.th.group, g.frame)
		}
		for _, b := range g.boxes {
			w.box(b)
		}
		if g.id != "" {
			w.printf("  }\n")
		}
	}
	for i := range p.links {
		w.link(&p.links[i])
	}
	if p.id != "" {
		w.printf("  }\n")
	}
}

// cluster opens a bordered group.
func (w *dotWriter) cluster(id, class, title string, size float64, fill string, r rect) {
	w.printf("  subgraph %s {\n", quote("cluster_"+id))
	w.printf("    graph [id=%s, class=%s, style=\"rounded,filled\", fillcolor=%s, color=%s, bb=\"%s,%s\",\n",
		quote(id), quote(class), quote(fill), quote(w.th.groupLine),
		w.xy(point{r.Min.X, r.Max.Y}), w.xy(point{r.Max.X, r.Min.Y}))
	if title == "" {
		w.printf("      label=\"\"];\n")
		return
	}
	lines := wrapTitle(title)
	tw, th := textExtent(lines, size, true)
	y := r.Min.Y + sectionPad*0.7
	if w.pic.rankdir == "BT" {
		y = r.Max.Y - sectionPad*0.7 - th // lines to the thesis leave on top
	}
	at := point{r.Min.X + sectionPad + tw/2, y + th/2}
	w.printf("      tooltip=%s, lp=\"%s\", label=<%s>];\n", quote(title), w.xy(at), w.fixed(tw, th, styled(size, w.th.text, true, lines)))
}

func (w *dotWriter) box(b *box) {
	st := styles[b.look]
	c := b.palette(w.th)
	style := "filled"
	if st.rounded {
		style = "rounded,filled"
	}
	if b.tint != nil && b.tint.dashed {
		style = "dashed," + style
	}
	w.printf("    %s [id=%s, class=%s, shape=%s, style=%s, fillcolor=%s, color=%s, penwidth=%s,\n",
		quote(b.id), quote(b.id), quote(b.class), st.shape, quote(style), quote(c.fill), quote(c.line), number(b.penWidth()))
	w.printf("      pos=\"%s\", width=%s, height=%s, tooltip=%s", w.xy(b.rect().mid()), inches(b.w), inches(b.h), quote(b.tooltip))
	switch {
	case b.headH > 0 && (len(b.lines) > 0 || st.banded):
		w.printf(",\n      label=<%s>", w.unitLabel(b, c))
	case len(b.lines) > 0:
		// An HTML-like label would centre each line by Graphviz's guess of its width.
		w.printf(",\n      fontsize=%s, fontcolor=%s, label=%s", number(st.size), quote(c.text),
			strings.ReplaceAll(quote(strings.Join(b.lines, "\x00")), "\x00", `\n`))
	case st.shape != "point":
		w.printf(", label=\" \"") // go-graphviz puts the name where there is none
	}
	w.printf("];\n")
}

// penWidth is the width of the box's border, in points.
func (b *box) penWidth() float64 {
	width := styles[b.look].width
	if b.focus {
		width += 2
	}
	if b.tint != nil {
		width += b.tint.wider
	}
	return width
}

// palette is the colours of the box. The band is that of its head, or of its chip.
func (b *box) palette(th *theme) palette {
	var c palette
	if b.tint != nil {
		if c = b.tint.colours(th); b.look == lookKnot {
			c.fill, _ = b.tint.pen(th)
			c.line = c.fill
		}
		return c
	}
	c.fill, c.line, c.text, c.small = styles[b.look].colours(th)
	if styles[b.look].banded {
		c.band, c.bandText = th.band, c.small
	}
	return c
}

const tableOpen = `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">`

// unitLabel is the table that fills the box of a unit: the small lines on top,
// then the text, then what was folded into it, all from the left.
func (w *dotWriter) unitLabel(b *box, c palette) string {
	st := styles[b.look]
	row := func(bg string, h float64, content string) string {
		if bg != "" {
			bg = fmt.Sprintf(` BGCOLOR="%s"`, bg)
		}
		return fmt.Sprintf(`<TR><TD%s FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s"></TD>`+
			`<TD%s FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s" ALIGN="LEFT" BALIGN="LEFT">%s</TD></TR>`,
			bg, number(padX), number(h), bg, number(b.w-padX), number(h), content)
	}
	foot := ""
	if b.footH > 0 {
		foot = row("", b.footH, styled(headSize, w.th.dim, true, b.foot))
	}
	bodyH := b.h - b.headH - b.footH
	body := styled(st.size, c.text, st.bold, b.lines)
	if b.marked != nil {
		body = w.markedText(b.marked, st.size, c.text, st.bold, b.w-padX, bodyH)
	}
	if b.tint != nil {
		return tableOpen + row("", b.headH, w.changedHead(b, c)) + row("", bodyH, body) + foot + `</TABLE>`
	}
	return tableOpen + row(c.band, b.headH, styled(headSize, c.small, st.banded, b.head)) + row("", bodyH, body) + foot + `</TABLE>`
}

// label writes free text.
func (w *dotWriter) label(l *label) {
	colour := w.th.text
	if l.dim {
		colour = w.th.dim
	}
	r := l.frame
	w.printf("    %s [id=%s, class=%s, shape=none, pos=\"%s\", width=%s, height=%s,\n      label=<%s>];\n",
		quote(l.id), quote(l.id), quote(l.class), w.xy(r.mid()), inches(r.w()), inches(r.h()),
		w.fixed(r.w(), r.h(), styled(l.size, colour, l.bold, l.lines)))
}

// fixed is content in a cell of that size, from the left.
func (w *dotWriter) fixed(width, height float64, content string) string {
	return fmt.Sprintf(tableOpen+`<TR>`+
		`<TD FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s" ALIGN="LEFT" BALIGN="LEFT">%s</TD></TR></TABLE>`,
		number(width), number(height), content)
}

func (w *dotWriter) link(l *link) {
	if len(l.path) < 2 {
		return // its other end is not drawn
	}
	st := styles[l.look]
	line, sign, dash := l.pen(w.th)
	arrow, room := st.arrow, st.arrowLength
	if l.knot || l.joins {
		arrow, room = "none", 0
	}
	w.printf("  %s -> %s [id=%s, class=%s, style=%s, color=%s, penwidth=%s, arrowhead=%s, pos=\"%s\"",
		quote(l.from), quote(l.to), quote(l.id), quote(l.class), dash, quote(line), number(l.penWidth()), arrow, w.spline(l.path, room))
	w.printf(",\n      tooltip=%s", quote(l.tooltip))
	if len(l.label) > 0 {
		w.printf(", tailtooltip=%s, tail_lp=\"%s\", taillabel=<%s>",
			quote(l.tooltip), w.xy(l.signAt), styled(labelSize, sign, l.tint.sign != "", l.label))
	}
	if l.sign {
		w.printf(", tailtooltip=%s, tail_lp=\"%s\", taillabel=<%s>",
			quote(l.tooltip), w.xy(l.signAt), styled(signSize, sign, true, []string{st.mark}))
	}
	w.printf("];\n")
}

// bend is the radius of rounded corners, in points.
const bend = 7.0

// spline is the path as Graphviz writes one, its corners rounded. The last room
// points of it are the arrowhead's.
func (w *dotWriter) spline(path []point, room float64) string {
	var b strings.Builder
	tip := path[len(path)-1]
	pts := append([]point(nil), path...)
	if room > 0 {
		b.WriteString("e," + w.xy(tip) + " ")
		pts[len(pts)-1] = toward(tip, pts[len(pts)-2], room)
	}
	b.WriteString(w.xy(pts[0]))
	curve := func(p, q, r point) { b.WriteString(" " + w.xy(p) + " " + w.xy(q) + " " + w.xy(r)) }
	at := pts[0]
	line := func(to point) {
		curve(toward(at, to, distance(at, to)/3), toward(at, to, distance(at, to)*2/3), to)
		at = to
	}
	for i := 1; i < len(pts)-1; i++ {
		r := min(bend, distance(pts[i-1], pts[i])/2, distance(pts[i], pts[i+1])/2)
		in, out := toward(pts[i], pts[i-1], r), toward(pts[i], pts[i+1], r)
		line(in)
		curve(toward(pts[i], in, r*0.45), toward(pts[i], out, r*0.45), out)
		at = out
	}
	line(pts[len(pts)-1])
	return b.String()
}

// toward is the point that lies d from p on the way to q.
func toward(p, q point, d float64) point {
	n := distance(p, q)
	if n == 0 {
		return p
	}
	return point{p.X + (q.X-p.X)*d/n, p.Y + (q.Y-p.Y)*d/n}
}

func distance(p, q point) float64 { return math.Hypot(p.X-q.X, p.Y-q.Y) }

// legend writes the samples and what they stand for.
func (w *dotWriter) legend(l *legend) {
	w.cluster(legendID, "legend", "", groupSize, w.th.page, l.frame)
	for _, b := range l.boxes {
		w.box(b)
	}
	for i := range l.captions {
		w.label(&l.captions[i])
	}
	for i := range l.links {
		k := &l.links[i]
		for j, end := range []string{k.from, k.to} {
			w.printf("    %s [shape=point, style=invis, width=0.01, height=0.01, pos=\"%s\"];\n",
				quote(end), w.xy(k.path[j*(len(k.path)-1)]))
		}
		w.link(k)
	}
	w.printf("  }\n")
}

// xy writes a point as Graphviz wants it, Y up.
func (w *dotWriter) xy(p point) string { return number(p.X) + "," + number(w.pic.size.Y-p.Y) }

// styled is the lines in an HTML-like label.
func styled(size float64, colour string, bold bool, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<FONT POINT-SIZE="%s" COLOR="%s">`, number(size), colour)
	if bold {
		b.WriteString("<B>")
	}
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<BR/>")
		}
		b.WriteString(escape(line))
	}
	if bold {
		b.WriteString("</B>")
	}
	b.WriteString("</FONT>")
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", `\`, `\\`)

// escape makes s text in an HTML-like label. There too Graphviz reads
// backslashes: \N is the node's name.
func escape(s string) string { return escaper.Replace(s) }

var quoter = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "\n", " ")

// quote makes s a DOT string that stands for s in every attribute: names, and
// texts in which Graphviz reads backslashes and entities.
func quote(s string) string {
	var b strings.Builder
	for {
		n := len(s)
		if n > maxQuoted {
			for n = maxQuoted; !utf8.RuneStart(s[n]); n-- {
			}
		}
		b.WriteString(`"` + quoter.Replace(s[:n]) + `"`)
		if s = s[n:]; s == "" {
			return b.String()
		}
		b.WriteString(" + ")
	}
}

// maxQuoted is how many bytes stand in one pair of quotation marks: Graphviz
// reads 16384 at most, and an escape may take five.
const maxQuoted = 3000

// inches is a length in points as Graphviz wants sizes of nodes.
func inches(points float64) string { return number(points / 72) }

// number writes f with up to four decimals.
func number(f float64) string {
	s := strconv.FormatFloat(f, 'f', 4, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
