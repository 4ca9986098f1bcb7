package draw

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/fogleman/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// maxPixels caps a PNG: 50 megapixels take 200 MB to paint.
const maxPixels = 50e6

// op is one of Graphviz's drawing operations, as its "json" format has them.
type op struct {
	Op     string      `json:"op"`
	Points [][]float64 `json:"points"`
	Rect   []float64   `json:"rect"`
	Color  string      `json:"color"`
	Style  string      `json:"style"`
	Size   float64     `json:"size"`
	Pt     []float64   `json:"pt"`
	Align  string      `json:"align"`
	Width  float64     `json:"width"`
	Text   string      `json:"text"`
	Bits   int         `json:"fontchar"`
}

// thing is anything drawn: the graph, a cluster, a node or an edge.
type thing struct {
	Name  string `json:"name"`
	Nodes []int  `json:"nodes"` // clusters and subgraphs have some
	BB    string `json:"bb"`
	Draw  []op   `json:"_draw_"`
	LDraw []op   `json:"_ldraw_"`
	HDraw []op   `json:"_hdraw_"`
	TDraw []op   `json:"_tdraw_"`
	TL    []op   `json:"_tldraw_"`
	HL    []op   `json:"_hldraw_"`
}

// drawing is the whole.
type drawing struct {
	thing
	Objects []thing `json:"objects"`
	Edges   []thing `json:"edges"`
}

// backslash stands for a backslash on the way through Graphviz's "json", which
// doubles them and cuts as many characters from the end of the text. It is a
// code point that no text has.
const backslash = '\ufdd0'

// hideBackslashes readies DOT for that way. Only texts have doubled backslashes.
func hideBackslashes(dot []byte) []byte {
	return bytes.ReplaceAll(dot, []byte(`\\`), []byte(string(backslash)))
}

// readDrawing reads what Graphviz made of DOT without backslashes.
func readDrawing(ops []byte) (*drawing, error) {
	ops = bytes.ReplaceAll(ops, []byte(string(backslash)), []byte(`\\`))
	var d drawing
	if err := json.Unmarshal(ops, &d); err != nil {
		return nil, fmt.Errorf("read drawing operations: %w", err)
	}
	return &d, nil
}

// paint draws Graphviz's operations as a PNG. Graphviz's own PNG lacks the
// edges on this build, and its fonts are those of the machine.
func paint(ctx context.Context, w io.Writer, ops []byte, th *theme, opt Options) error {
	d, err := readDrawing(ops)
	if err != nil {
		return err
	}
	var x0, y0, x1, y1 float64
	if _, err := fmt.Sscanf(strings.ReplaceAll(d.BB, ",", " "), "%g %g %g %g", &x0, &y0, &x1, &y1); err != nil {
		return fmt.Errorf("read extent %q: %w", d.BB, err)
	}
	width, height := x1-x0+2*pageMargin, y1-y0+2*pageMargin
	scale, capped := fit(width, height, opt.Scale)
	if capped && opt.Note != nil {
		opt.Note(fmt.Sprintf("The image is scaled to %.2f, or it would have more than %.0f million pixels.", scale, maxPixels/1e6))
	}
	img := image.NewRGBA(image.Rect(0, 0, max(1, int(width*scale)), max(1, int(height*scale))))
	p := &painter{
		img: img, dc: gg.NewContextForRGBA(img), scale: scale,
		left: x0 - pageMargin, top: y1 + pageMargin, faces: map[faceKey]font.Face{},
	}
	p.dc.SetColor(parseColor(th.page))
	p.dc.Clear()
	p.all(d)
	if err := ctx.Err(); err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	return enc.Encode(w, img)
}

// fit is the scale at which a picture of that size in points is painted: the one
// asked for, or the largest that keeps it below maxPixels.
func fit(width, height, scale float64) (fitting float64, capped bool) {
	if !(scale > 0) || math.IsInf(scale, 0) {
		scale = DefaultScale
	}
	if limit := math.Sqrt(maxPixels / (width * height)); scale > limit {
		return limit, true
	}
	return scale, false
}

// painter holds the state that the operations change.
type painter struct {
	img       *image.RGBA
	dc        *gg.Context
	scale     float64
	left, top float64
	faces     map[faceKey]font.Face

	pen, fill color.Color
	lineWidth float64
	dash      []float64
	invisible bool
	size      float64
	bold      bool
}

type faceKey struct {
	size float64
	bold bool
}

// all paints clusters, then edges, then nodes, then the labels of edges.
func (p *painter) all(d *drawing) {
	for i := range d.Objects {
		if o := &d.Objects[i]; strings.HasPrefix(o.Name, "cluster") {
			p.run(o.Draw)
			p.run(o.LDraw)
		}
	}
	for i := range d.Edges {
		e := &d.Edges[i]
		for _, ops := range [][]op{e.Draw, e.HDraw, e.TDraw} {
			p.run(ops)
		}
	}
	for i := range d.Objects {
		if o := &d.Objects[i]; !strings.HasPrefix(o.Name, "cluster") {
			p.run(o.Draw)
			p.run(o.LDraw)
		}
	}
	for i := range d.Edges {
		e := &d.Edges[i]
		for _, ops := range [][]op{e.LDraw, e.TL, e.HL} {
			p.run(ops)
		}
	}
}

// run paints one list of operations; each list begins with fresh styles.
func (p *painter) run(ops []op) {
	p.pen, p.fill, p.lineWidth, p.dash, p.invisible, p.bold = color.Black, color.Black, 1, nil, false, false
	for i := range ops {
		o := &ops[i]
		switch o.Op {
		case "c":
			p.pen = parseColor(o.Color)
		case "C":
			p.fill = parseColor(o.Color)
		case "S":
			p.style(o.Style)
		case "F":
			p.size = o.Size
		case "t":
			p.bold = o.Bits&1 != 0
		case "T":
			p.text(o)
		case "E", "e", "P", "p", "L", "B", "b":
			p.trace(o)
			p.ink(o.Op == "E" || o.Op == "P" || o.closed())
		}
	}
}

// style reads one of Graphviz's line styles.
func (p *painter) style(s string) {
	var w float64
	switch s {
	case "dashed":
		p.dash = []float64{5, 2}
	case "dotted":
		p.dash = []float64{1, 3}
	case "solid":
		p.dash = nil
	case "invis":
		p.invisible = true
	default:
		if _, err := fmt.Sscanf(s, "setlinewidth(%g)", &w); err == nil {
			p.lineWidth = w
		}
	}
}

// trace lays the operation's path.
func (p *painter) trace(o *op) {
	if o.Op == "E" || o.Op == "e" {
		if len(o.Rect) == 4 {
			x, y := p.at(o.Rect)
			p.dc.DrawEllipse(x, y, o.Rect[2]*p.scale, o.Rect[3]*p.scale)
		}
		return
	}
	for i := 0; i < len(o.Points); i++ {
		x, y := p.at(o.Points[i])
		switch {
		case i == 0:
			p.dc.MoveTo(x, y)
		case (o.Op == "B" || o.Op == "b") && i+2 < len(o.Points):
			x2, y2 := p.at(o.Points[i+1])
			x3, y3 := p.at(o.Points[i+2])
			p.dc.CubicTo(x, y, x2, y2, x3, y3)
			i += 2
		default:
			p.dc.LineTo(x, y)
		}
	}
	if o.Op == "P" || o.Op == "p" {
		p.dc.ClosePath()
	}
}

// closed reports whether the operation is a curve that ends where it began: a
// rounded box, which is filled. Graphviz has two letters for filled and open
// curves but its "json" mixes them up.
func (o *op) closed() bool {
	n := len(o.Points)
	return (o.Op == "B" || o.Op == "b") && n > 3 && slices.Equal(o.Points[0], o.Points[n-1])
}

// ink strokes the path and, if it is to be filled, fills it first.
func (p *painter) ink(filled bool) {
	if p.invisible {
		p.dc.ClearPath()
		return
	}
	if filled {
		p.dc.SetColor(p.fill)
		p.dc.FillPreserve()
	}
	pen, width := p.pen, p.lineWidth*p.scale
	if _, _, _, alpha := pen.RGBA(); alpha == 0 && filled {
		pen, width = p.fill, 1 // no seams between cells of a table
	}
	p.dc.SetColor(pen)
	p.dc.SetLineWidth(width)
	dash := make([]float64, len(p.dash))
	for i, d := range p.dash {
		dash[i] = d * p.scale
	}
	p.dc.SetDash(dash...)
	if p.dc.SetLineCapButt(); filled {
		p.dc.SetLineCapSquare() // gg leaves the corner open at which an outline ends
	}
	p.dc.Stroke()
}

// at turns Graphviz's points, Y up, into pixels.
func (p *painter) at(pt []float64) (x, y float64) {
	if len(pt) < 2 {
		return 0, 0
	}
	return (pt[0] - p.left) * p.scale, (p.top - pt[1]) * p.scale
}

// text paints one line of text.
func (p *painter) text(o *op) {
	t := face(p.bold)
	x, y := p.at(o.Pt)
	w := t.width(o.Text, p.size) * p.scale
	switch o.Align {
	case "c":
		x -= w / 2
	case "r":
		x -= w
	}
	d := &font.Drawer{Dst: p.img, Src: image.NewUniform(p.pen), Face: p.face()}
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
	for _, r := range o.Text {
		if t.has(r) {
			d.DrawString(string(r))
		} else if wd := missing(r) * p.size * p.scale; !zeroWidth(r) {
			p.code(r, float64(d.Dot.X)/64, y, wd)
			d.Dot.X += fixed.Int26_6(wd * 64)
		}
	}
}

// face is the typeface at the size in pixels; text is measured without hinting,
// so it is painted without.
func (p *painter) face() font.Face {
	key := faceKey{p.size * p.scale, p.bold}
	f, ok := p.faces[key]
	if !ok {
		var err error
		f, err = opentype.NewFace(face(p.bold).font, &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			panic("draw: embedded font: " + err.Error())
		}
		p.faces[key] = f
	}
	return f
}

// code paints a character that the font lacks as a cell with its code point, so
// that nothing vanishes.
func (p *painter) code(r rune, x, y, w float64) {
	h := p.size * p.scale * 0.86
	p.dc.SetDash()
	p.dc.SetColor(p.pen)
	p.dc.SetLineWidth(max(0.5, p.scale*0.5))
	p.dc.DrawRectangle(x+w*0.06, y-h*0.86, w*0.88, h)
	p.dc.Stroke()
	digits := fmt.Sprintf("%04X", r)
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	half := len(digits) / 2
	size := h / 2.1
	f, err := opentype.NewFace(face(false).font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return
	}
	d := &font.Drawer{Dst: p.img, Src: image.NewUniform(p.pen), Face: f}
	for i, row := range []string{digits[:half], digits[half:]} {
		rw := face(false).width(row, size)
		if rw > w*0.84 { // three digits in a narrow cell
			continue
		}
		d.Dot = fixed.Point26_6{X: fixed.Int26_6((x + (w-rw)/2) * 64), Y: fixed.Int26_6((y - h*0.86 + h*(0.44+0.48*float64(i))) * 64)}
		d.DrawString(row)
	}
}

// parseColor reads "#rrggbb" or "#rrggbbaa"; anything else is black.
func parseColor(s string) color.Color {
	c := color.NRGBA{A: 255}
	switch len(s) {
	case 7:
		_, _ = fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B)
	case 9:
		_, _ = fmt.Sscanf(s, "#%02x%02x%02x%02x", &c.R, &c.G, &c.B, &c.A)
	}
	return c
}
