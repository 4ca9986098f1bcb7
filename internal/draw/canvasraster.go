package draw

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"github.com/fogleman/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// maxPixels caps a PNG: 50 megapixels take 200 MB to paint.
const maxPixels = 50e6

// paint draws Graphviz's operations as a PNG. Graphviz's own PNG lacks the
// edges on this build, and its fonts are those of the machine.
func paint(ctx context.Context, w io.Writer, ops []byte, th *theme, opt Options) error {
	d, err := readDrawing(ops)
	if err != nil {
		return err
	}
	extent, err := d.extent()
	if err != nil {
		return err
	}
	width, height := extent.w()+2*pageMargin, extent.h()+2*pageMargin
	scale, capped := fit(width, height, opt.Scale)
	if capped && opt.Note != nil {
		opt.Note(fmt.Sprintf("The image is scaled to %.2f, or it would have more than %.0f million pixels.", scale, maxPixels/1e6))
	}
	img := image.NewRGBA(image.Rect(0, 0, max(1, int(width*scale)), max(1, int(height*scale))))
	r := &raster{img: img, dc: gg.NewContextForRGBA(img), scale: scale, faces: map[typeset]font.Face{}}
	r.dc.SetColor(parseColor(th.page))
	r.dc.Clear()
	p := &painter{on: r, left: extent.Min.X, top: extent.Max.Y, window: everything}
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

// raster is the canvas of a PNG.
type raster struct {
	img   *image.RGBA
	dc    *gg.Context
	scale float64 // pixels to a point
	faces map[typeset]font.Face
}

// at turns points of the drawing into pixels.
func (r *raster) at(p point) (x, y float64) {
	return (p.X + pageMargin) * r.scale, (p.Y + pageMargin) * r.scale
}

func (r *raster) path(steps []step, k ink) {
	for i := range steps {
		s := &steps[i]
		x, y := r.at(s.to)
		switch s.verb {
		case moveTo:
			r.dc.MoveTo(x, y)
		case lineTo:
			r.dc.LineTo(x, y)
		case curveTo:
			x1, y1 := r.at(s.c1)
			x2, y2 := r.at(s.c2)
			r.dc.CubicTo(x1, y1, x2, y2, x, y)
		case closePath:
			r.dc.ClosePath()
		}
	}
	filled := k.fill.A > 0
	if filled {
		r.dc.SetColor(k.fill)
		r.dc.FillPreserve()
	}
	width := k.width * r.scale
	if width == 0 {
		width = 1
	}
	dash := make([]float64, len(k.dash))
	for i, d := range k.dash {
		dash[i] = d * r.scale
	}
	r.dc.SetColor(k.pen)
	r.dc.SetLineWidth(width)
	r.dc.SetDash(dash...)
	if r.dc.SetLineCapButt(); filled {
		r.dc.SetLineCapSquare() // gg leaves the corner open at which an outline ends
	}
	r.dc.Stroke()
}

func (r *raster) text(s string, at point, t typeset, c color.NRGBA) {
	x, y := r.at(at)
	d := &font.Drawer{Dst: r.img, Src: image.NewUniform(c), Face: r.face(t)}
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.Int26_6(y * 64)}
	for _, one := range s {
		d.DrawString(string(one)) // one by one: text is measured without kerning
	}
}

// standIn paints: pixels have no text.
func (r *raster) standIn(_ string, paint func()) { paint() }

// face is the typeface at the size in pixels; text is measured without hinting,
// so it is painted without.
func (r *raster) face(t typeset) font.Face {
	f, ok := r.faces[t]
	if !ok {
		var err error
		opt := &opentype.FaceOptions{Size: t.size * r.scale, DPI: 72, Hinting: font.HintingNone}
		if f, err = opentype.NewFace(face(t.bold).font, opt); err != nil {
			panic("draw: embedded font: " + err.Error())
		}
		r.faces[t] = f
	}
	return f
}
