package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// wording is a stretch of a line that is written in one way: what both versions of a
// text have, old words (Dropped), struck out, or new ones (Added), underlined.
type wording struct {
	status Status
	text   string
}

// markedLines breaks pieces, a space between each two, into lines of at most
// limit columns. The lines are those that wrap makes of the words.
func markedLines(pieces []Piece, limit int) [][]wording {
	var status []Status // of each character but spaces
	for _, p := range pieces {
		for _, word := range wordsOf([]Piece{p}) {
			status = append(status, slices.Repeat([]Status{p.Status}, len([]rune(word)))...)
		}
	}
	var lines [][]wording
	for _, line := range wrap(strings.Join(wordsOf(pieces), " "), limit) {
		var runs []wording
		for _, r := range line {
			n := len(runs) - 1
			switch {
			case r == ' ':
				runs[n].text += " " // no line begins with one
				continue
			case n < 0 || runs[n].status != status[0]:
				runs = append(runs, wording{status: status[0]})
				n++
			}
			runs[n].text += string(r)
			status = status[1:]
		}
		lines = append(lines, runs)
	}
	return lines
}

// wordsOf are the words of the pieces, old and new, but for those that take no
// room, which wrap leaves out.
func wordsOf(pieces []Piece) []string {
	var words []string
	for _, p := range pieces {
		for word := range strings.SplitSeq(clean(p.Text), " ") {
			if runeColumns(word) > 0 {
				words = append(words, word)
			}
		}
	}
	return words
}

// markedText is a table of the lines that fills width and height. Each wording
// has a cell of its own: Graphviz would place them by its own guess of their
// widths.
func (w *dotWriter) markedText(lines [][]wording, size float64, colour string, bold bool, width, height float64) string {
	var b strings.Builder
	space := func(h float64) {
		if h > 0 { // or all cells grow into what is left
			fmt.Fprintf(&b, `<TR><TD FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s"></TD></TR>`, number(width), number(h))
		}
	}
	b.WriteString(tableOpen)
	text := size * lineSpacing * float64(len(lines))
	above := math.Floor((height - text) / 2)
	at := above
	space(above)
	for i, line := range lines {
		end := above + math.Round(text*float64(i+1)/float64(len(lines)))
		b.WriteString("<TR><TD>" + tableOpen + "<TR>")
		w.markedLine(&b, line, size, colour, bold, point{width, end - at})
		b.WriteString("</TR></TABLE></TD></TR>")
		at = end
	}
	space(height - at)
	b.WriteString("</TABLE>")
	return b.String()
}

// markedLine writes the cells of a line.
func (w *dotWriter) markedLine(b *strings.Builder, line []wording, size float64, colour string, bold bool, cell point) {
	before, at := "", 0.0
	for i, r := range line {
		before += r.text
		end := math.Round(face(bold).width(before, size))
		if i == len(line)-1 {
			end = cell.X
		}
		fmt.Fprintf(b, `<TD FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s" ALIGN="LEFT">%s</TD>`,
			number(max(end-at, 1)), number(cell.Y), w.wording(r, size, colour, bold))
		at = end
	}
}

// wording is the text of a cell. The space behind it is the cell's; without the
// bold one Graphviz would set what has no mark a point lower than what has.
func (w *dotWriter) wording(r wording, size float64, colour string, bold bool) string {
	open, end := "", "<B> </B>"
	switch r.status {
	case Dropped:
		colour, open, end = w.th.goneSign, "<S>", "</S>"
	case Added:
		colour, open, end = w.th.came, "<U>", "</U>"
	}
	if bold {
		open, end = "<B>"+open, strings.TrimSuffix(end, "<B> </B>")+"</B>"
	}
	return fmt.Sprintf(`<FONT POINT-SIZE="%s" COLOR="%s">%s%s%s</FONT>`,
		number(size), colour, open, escape(strings.TrimRight(r.text, " ")), end)
}

// changedHead is the head of a box where two versions are compared: the chip with
// the first line of the head beside it, then the other lines.
func (w *dotWriter) changedHead(b *box, c palette) string {
	former := styled(headSize, w.th.goneSign, false, b.former)
	if b.chip == "" {
		return under(styled(headSize, c.small, false, b.head), former)
	}
	room := b.w - padX
	cell := func(bg string, width, height float64, content string) string {
		if bg != "" {
			bg = fmt.Sprintf(` BGCOLOR="%s"`, bg)
		}
		return fmt.Sprintf(`<TD%s FIXEDSIZE="TRUE" WIDTH="%s" HEIGHT="%s" ALIGN="LEFT" BALIGN="LEFT">%s</TD>`,
			bg, number(width), number(height), content)
	}
	chip := b.chipWidth()
	word := tableOpen + "<TR>" + cell("", chipPad, chipLine, "") +
		cell("", chip-chipPad, chipLine, styled(headSize, c.bandText, true, []string{b.chip})) + "</TR></TABLE>"
	first := cell(c.band, chip, chipLine, word) +
		cell("", chipGap, chipLine, "") +
		cell("", room-chip-chipGap, chipLine, styled(headSize, c.small, false, b.head[:1]))
	table := tableOpen + "<TR>" + cell("", room, chipTop, "") + "</TR><TR><TD>" + tableOpen + "<TR>" + first + "</TR></TABLE></TD></TR>"
	if rest := b.headH - chipTop - chipLine; rest > 0 {
		table += "<TR>" + cell("", room, rest, under(styled(headSize, c.small, false, b.head[1:]), former)) + "</TR>"
	}
	return table + "</TABLE>"
}

// under is one content under another, if there are both.
func under(above, below string) string {
	if above == "" || below == "" {
		return above + below
	}
	return above + "<BR/>" + below
}
