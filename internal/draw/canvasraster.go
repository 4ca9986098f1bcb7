package draw

import (
	"cmp"
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
func paint(ctx context.Context, w io.Writer, d *drawing, th *theme, opt Options) error {
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
	walk(steps, r.at, r.dc.MoveTo, r.dc.LineTo, r.dc.CubicTo, r.dc.ClosePath)
	filled := k.fill.A > 0
	if filled {
		r.dc.SetColor(k.fill)
		r.dc.FillPreserve()
	}
	r.dc.SetColor(k.pen)
	r.dc.SetLineWidth(cmp.Or(k.width*r.scale, 1))
	r.dc.SetDash(k.dashes(r.scale)...)
	if r.dc.SetLineCapButt(); filled && len(k.dash) == 0 {
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
