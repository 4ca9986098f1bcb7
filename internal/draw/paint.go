package draw

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
)

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
	Text   string      `json:"text"`
	Bits   int         `json:"fontchar"`
}

// thing is anything drawn: the graph, a cluster, a node or an edge.
type thing struct {
	Name  string `json:"name"`
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

// operations has Graphviz turn DOT into drawing operations.
func operations(ctx context.Context, dot []byte) (*drawing, error) {
	ops, err := layout(ctx, hideBackslashes(dot), "json")
	if err != nil {
		return nil, err
	}
	return readDrawing(ops)
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

// extent is where in Graphviz's plane, Y up, the drawing lies.
func (d *drawing) extent() (r rect, err error) {
	bb := strings.ReplaceAll(d.BB, ",", " ")
	if _, err := fmt.Sscanf(bb, "%g %g %g %g", &r.Min.X, &r.Min.Y, &r.Max.X, &r.Max.Y); err != nil {
		return rect{}, fmt.Errorf("read extent %q: %w", d.BB, err)
	}
	return r, nil
}

// painter carries the drawing's operations out on a canvas, those of them that
// show in a window of it. It holds the state that operations change.
type painter struct {
	on        canvas
	left, top float64 // the corner of the drawing in Graphviz's plane
	window    rect

	pen, fill color.NRGBA
	lineWidth float64
	dash      []float64
	invisible bool
	face      typeset
	marks     int // of the bits of letters, those that are lines
}

// Bits of Graphviz's "fontchar", which says how letters are written.
const (
	boldLetters = 1
	underlined  = 4
	struckOut   = 32
)

// everything is the window in which all operations show.
var everything = rect{point{math.Inf(-1), math.Inf(-1)}, point{math.Inf(1), math.Inf(1)}}

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
	black := color.NRGBA{A: 255}
	p.pen, p.fill, p.lineWidth, p.dash, p.invisible, p.face.bold, p.marks = black, black, 1, nil, false, false, 0
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
			p.face.size = o.Size
		case "t":
			p.face.bold, p.marks = o.Bits&boldLetters != 0, o.Bits&(underlined|struckOut)
		case "T":
			p.text(o)
		case "E", "e", "P", "p", "L", "B", "b":
			p.shape(o)
		}
	}
}

// style reads one of Graphviz's line styles.
func (p *painter) style(s string) {
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
		width := strings.TrimSuffix(strings.TrimPrefix(s, "setlinewidth("), ")")
		if w, err := strconv.ParseFloat(width, 64); err == nil {
			p.lineWidth = w
		}
	}
}

// shape paints the operation's path in the colours of now.
func (p *painter) shape(o *op) {
	steps := p.trace(o)
	if p.invisible || !p.window.grown(p.lineWidth).overlaps(bounds(steps)) {
		return
	}
	k := ink{pen: p.pen, width: p.lineWidth, dash: p.dash}
	if o.Op == "E" || o.Op == "P" || o.closed() {
		k.fill = p.fill
		if k.pen.A == 0 {
			k.pen, k.width = p.fill, 0 // no seams between cells of a table
		}
	}
	p.on.path(steps, k)
}

// trace is the operation's path.
func (p *painter) trace(o *op) []step {
	if o.Op == "E" || o.Op == "e" {
		if len(o.Rect) != 4 {
			return nil
		}
		return ellipse(p.at(o.Rect), o.Rect[2], o.Rect[3])
	}
	steps := make([]step, 0, len(o.Points)+1)
	for i := 0; i < len(o.Points); i++ {
		to := p.at(o.Points[i])
		switch {
		case i == 0:
			steps = append(steps, step{verb: moveTo, to: to})
		case (o.Op == "B" || o.Op == "b") && i+2 < len(o.Points):
			steps = append(steps, step{verb: curveTo, c1: to, c2: p.at(o.Points[i+1]), to: p.at(o.Points[i+2])})
			i += 2
		default:
			steps = append(steps, step{verb: lineTo, to: to})
		}
	}
	if o.Op == "P" || o.Op == "p" || o.closed() {
		steps = append(steps, step{verb: closePath})
	}
	return steps
}

// closed reports whether the operation is a curve that ends where it began: a
// rounded box, which is filled. Graphviz has two letters for filled and open
// curves but its "json" mixes them up.
func (o *op) closed() bool {
	n := len(o.Points)
	return (o.Op == "B" || o.Op == "b") && n > 3 && slices.Equal(o.Points[0], o.Points[n-1])
}

// at turns Graphviz's points, Y up, into the canvas's.
func (p *painter) at(pt []float64) point {
	if len(pt) < 2 {
		return point{}
	}
	return point{pt[0] - p.left, p.top - pt[1]}
}

// text paints one line of text.
func (p *painter) text(o *op) {
	at, reach := p.at(o.Pt), p.face.size
	if at.Y-reach > p.window.Max.Y || at.Y+reach/2 < p.window.Min.Y {
		return // before it is measured: a poster asks this often
	}
	line := visual(o.Text)
	w := face(p.face.bold).width(line, p.face.size)
	switch o.Align {
	case "c":
		at.X -= w / 2
	case "r":
		at.X -= w
	}
	if p.window.overlaps(rect{point{at.X, at.Y - reach}, point{at.X + w, at.Y + reach/2}}) {
		setText(p.on, line, at, p.face, p.pen)
		p.mark(at, w)
	}
}

// mark draws the lines under and through a text of that width at a place.
func (p *painter) mark(at point, width float64) {
	for _, m := range []struct {
		bit  int
		rise float64 // above the base line, in font sizes
	}{{underlined, -0.12}, {struckOut, 0.25}} {
		if p.marks&m.bit == 0 {
			continue
		}
		y := at.Y - m.rise*p.face.size
		p.on.path([]step{{verb: moveTo, to: point{at.X, y}}, {verb: lineTo, to: point{at.X + width, y}}},
			ink{pen: p.pen, width: p.face.size / 14})
	}
}

// parseColor reads "#rrggbb" or "#rrggbbaa"; anything else is black.
func parseColor(s string) color.NRGBA {
	if len(s) == 7 || len(s) == 9 {
		if b, err := hex.DecodeString(s[1:] + "ff"); err == nil {
			return color.NRGBA{b[0], b[1], b[2], b[3]}
		}
	}
	return color.NRGBA{A: 255}
}
