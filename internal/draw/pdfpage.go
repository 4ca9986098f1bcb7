package draw

import (
	"cmp"
	"fmt"
	"image/color"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// pdfFamily is the name of the embedded faces in the file.
const pdfFamily = "LiberationSans"

// pdfPage is the canvas of a page of PDF.
type pdfPage struct {
	f           *fpdf.Fpdf
	scale       float64
	window      rect    // what of the drawing it shows
	area        rect    // and where on the page, in points
	column, row int     // of a table of pages
	begin       func()  // begins the page before the first stroke; nil once it has
	face        typeset // in use
}

// at turns points of the drawing into those of the page.
func (p *pdfPage) at(pt point) (x, y float64) {
	return p.area.Min.X + (pt.X-p.window.Min.X)*p.scale, p.area.Min.Y + (pt.Y-p.window.Min.Y)*p.scale
}

// seam is how wide the line is that hides a seam, on the page.
const seam = 0.4

func (p *pdfPage) path(steps []step, k ink) {
	how := ""
	if k.fill.A > 0 {
		how = "F"
	}
	if k.pen.A > 0 {
		how += "D"
	}
	if how == "" || len(steps) == 0 {
		return
	}
	p.start()
	p.f.SetFillColor(int(k.fill.R), int(k.fill.G), int(k.fill.B))
	p.f.SetDrawColor(int(k.pen.R), int(k.pen.G), int(k.pen.B))
	p.f.SetLineWidth(cmp.Or(k.width*p.scale, seam))
	p.f.SetDashPattern(k.dashes(p.scale), 0)
	walk(steps, p.at, p.f.MoveTo, p.f.LineTo, p.f.CurveBezierCubicTo, p.f.ClosePath)
	p.f.DrawPath(how)
}

func (p *pdfPage) text(s string, at point, t typeset, c color.NRGBA) {
	p.start()
	if p.face != t {
		p.face = t
		style := ""
		if t.bold {
			style = "B"
		}
		p.f.SetFont(pdfFamily, style, t.size*p.scale)
	}
	// Of one colour with the areas, or fpdf wraps each text in two operators.
	p.f.SetFillColor(int(c.R), int(c.G), int(c.B))
	p.f.SetTextColor(int(c.R), int(c.G), int(c.B))
	x, y := p.at(at)
	p.f.Text(x, y, s)
}

// standIn marks what is painted so that readers copy and find s in its place.
func (p *pdfPage) standIn(s string, paint func()) {
	p.start()
	hex := ""
	for _, u := range utf16.Encode([]rune(s)) {
		hex += fmt.Sprintf("%04X", u)
	}
	p.f.RawWriteStr("/Span <</ActualText <FEFF" + hex + ">>> BDC")
	paint()
	p.f.RawWriteStr("EMC")
}

func (p *pdfPage) start() {
	if p.begin != nil {
		p.begin()
		p.begin = nil
	}
}

// Of the lines that help to paste pages together, in points.
const (
	tick     = 8.0 // length
	aside    = 3.0 // how far from the area
	hairline = 0.4 // width
	footSize = 6.5 // size of the text at the foot
)

// marks draws where a page is to be cut and where the next ones are to be laid:
// a dashed line along the sides that go over the page before, and ticks in the
// border at its corners and where the next page's cut comes to lie.
func (b *booklet) marks(p *poster, page *pdfPage) {
	c := parseColor(b.th.dim)
	b.f.SetDrawColor(int(c.R), int(c.G), int(c.B))
	b.f.SetLineWidth(hairline)
	b.f.SetDashPattern(nil, 0)
	a := page.area
	across, down := []float64{a.Min.X, a.Max.X}, []float64{a.Min.Y, a.Max.Y}
	if page.column+1 < p.columns {
		across = append(across, a.Min.X+(p.x[page.column+1]-page.window.Min.X)*p.scale)
	}
	if page.row+1 < p.rows {
		down = append(down, a.Min.Y+(p.y[page.row+1]-page.window.Min.Y)*p.scale)
	}
	for _, x := range across {
		b.f.Line(x, a.Min.Y-aside-tick, x, a.Min.Y-aside)
		b.f.Line(x, a.Max.Y+aside, x, a.Max.Y+aside+tick)
	}
	for _, y := range down {
		b.f.Line(a.Min.X-aside-tick, y, a.Min.X-aside, y)
		b.f.Line(a.Max.X+aside, y, a.Max.X+aside+tick, y)
	}
	c = parseColor(b.th.groupLine)
	b.f.SetDrawColor(int(c.R), int(c.G), int(c.B))
	b.f.SetDashPattern([]float64{4, 3}, 0)
	if page.column > 0 {
		b.f.Line(a.Min.X, a.Min.Y, a.Min.X, a.Max.Y)
	}
	if page.row > 0 {
		b.f.Line(a.Min.X, a.Min.Y, a.Max.X, a.Min.Y)
	}
}

// foot writes a line at the foot of a page, cut to its width.
func (b *booklet) foot(page *pdfPage, line string) {
	_, h := b.f.GetPageSize()
	foot := &pdfPage{f: b.f, scale: 1}
	line = visual(line)
	for rs := []rune(line); face(false).width(line, footSize) > page.area.w(); line = string(rs) + "…" {
		rs = rs[:len(rs)-1]
	}
	setText(foot, line, point{page.area.Min.X, h - edge + 6}, typeset{size: footSize}, parseColor(b.th.dim))
}
