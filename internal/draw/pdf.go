package draw

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image/color"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"

	"github.com/argmap/argmap/internal/argument"
)

// maxSide is the longest side of a page that readers of PDF agree on.
const maxSide = 14400.0

// PDF writes the maps as a PDF file of lines, areas and text that can be
// searched and copied. Without Options.Page it has one page as large as the
// picture; otherwise pages of that size of paper, to print and paste together
// if one will not do.
func PDF(ctx context.Context, w io.Writer, maps []*argument.Map, opt Options) error {
	dot, pic, th, err := prepare(maps, opt)
	if err != nil {
		return err
	}
	d, err := operations(ctx, dot)
	if err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	extent, err := d.extent()
	if err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	b := &booklet{pic: pic, th: th, d: d, lang: language(maps), left: extent.Min.X, top: extent.Max.Y}
	if i := slices.Index(Pages(), opt.Page); i >= 0 {
		b.onPaper(papers[i], opt.Note)
	} else {
		b.onePage(extent, opt.Note)
	}
	b.f.SetPage(len(b.pages)) // fpdf writes the pages up to the current one
	var out bytes.Buffer
	if err := b.f.Output(&out); err != nil {
		return fmt.Errorf("draw pdf: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err = w.Write(hideDates(out.Bytes()))
	return err
}

// booklet is a PDF file in the making.
type booklet struct {
	f         *fpdf.Fpdf
	pic       *picture
	th        *theme
	d         *drawing
	lang      string
	left, top float64 // the drawing's corner in Graphviz's plane
	pages     []*pdfPage
}

// onePage makes a page as large as the picture.
func (b *booklet) onePage(extent rect, note func(string)) {
	w, h := extent.w()+2*pageMargin, extent.h()+2*pageMargin
	scale := min(1, maxSide/w, maxSide/h)
	if scale < 1 && note != nil {
		note(fmt.Sprintf("The picture is scaled to %.2f, or it would be larger than a page of PDF can be.", scale))
	}
	b.open(w*scale, h*scale)
	b.paint(&pdfPage{
		scale: scale, area: rect{point{}, point{w * scale, h * scale}},
		window: rect{point{-pageMargin, -pageMargin}, point{w - pageMargin, h - pageMargin}},
	})
	b.outline()
}

// onPaper makes pages of a size of paper.
func (b *booklet) onPaper(size paper, note func(string)) {
	extent, boxes := b.content()
	p, squeezed := spread(extent, boxes, size)
	if squeezed && note != nil {
		note(fmt.Sprintf("The picture fits on %d pages of %s only with text of %.1f points.",
			p.sheets(), size.name, p.scale*bodySize))
	}
	b.open(p.sheetW, p.sheetH)
	area := p.area()
	if p.sheets() == 1 { // in the middle
		w, h := extent.w()*p.scale, extent.h()*p.scale
		at := point{(p.sheetW - w) / 2, (p.sheetH - h) / 2}
		b.paint(&pdfPage{scale: p.scale, area: rect{at, point{at.X + w, at.Y + h}}, window: extent})
		b.outline()
		return
	}
	for row := range p.rows {
		for column := range p.columns {
			b.paint(&pdfPage{scale: p.scale, area: area, window: p.window(column, row), column: column, row: row})
		}
	}
	for i, page := range b.pages {
		b.f.SetPage(i + 1)
		b.marks(&p, page)
		b.foot(page, fmt.Sprintf("page %d of %d · column %d, row %d · %s",
			i+1, len(b.pages), page.column+1, page.row+1, b.pic.title))
	}
	b.outline()
}

// bleed is how far lines and arrowheads may reach beyond what they belong to.
const bleed = 4.0

// content is the extent of what is drawn, and the rectangles that a cut should
// spare: boxes, titles, the legend.
func (b *booklet) content() (extent rect, whole []rect) {
	extent = b.place(rect{point{}, b.pic.size}).grown(bleed)
	add := func(r rect) { whole = append(whole, b.place(r).grown(2)) }
	for i := range b.pic.labels {
		add(b.pic.labels[i].frame)
	}
	for i := range b.pic.parts {
		for j := range b.pic.parts[i].groups {
			for _, box := range b.pic.parts[i].groups[j].boxes {
				add(box.rect())
			}
		}
	}
	if b.pic.legend != nil {
		add(b.pic.legend.frame)
	}
	return extent, whole
}

// place turns places in the picture into the painter's, whose corner is that of
// the extent which Graphviz found.
func (b *booklet) place(r rect) rect {
	by := point{-b.left, b.top - b.pic.size.Y}
	return rect{point{r.Min.X + by.X, r.Min.Y + by.Y}, point{r.Max.X + by.X, r.Max.Y + by.Y}}
}

// open begins the file.
func (b *booklet) open(w, h float64) {
	f := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: w, Ht: h}})
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true) // or objects come in the order of a Go map
	f.SetLineJoinStyle("round")
	f.AddUTF8FontFromBytes(pdfFamily, "", liberationsansregular.TTF)
	f.AddUTF8FontFromBytes(pdfFamily, "B", liberationsansbold.TTF)
	f.SetProducer("argmap", true)
	f.SetTitle(surrogates(b.pic.title), true)
	f.SetLang(b.lang)
	b.f = f
}

// paint paints what shows in the page's window. A page on which nothing shows is
// left out.
func (b *booklet) paint(page *pdfPage) {
	page.f = b.f
	page.begin = func() {
		b.pages = append(b.pages, page)
		b.f.AddPage()
		if ground := parseColor(b.th.page); ground != (color.NRGBA{255, 255, 255, 255}) {
			w, h := b.f.GetPageSize()
			b.f.SetFillColor(int(ground.R), int(ground.G), int(ground.B))
			b.f.Rect(0, 0, w, h, "F")
		}
		b.f.ClipRect(page.area.Min.X, page.area.Min.Y, page.area.w(), page.area.h(), false)
	}
	p := &painter{on: page, left: b.left, top: b.top, window: page.window}
	p.all(b.d)
	if page.begin == nil {
		b.f.ClipEnd()
	}
}

// outline lists the thesis and the sections, of several documents under their
// titles.
func (b *booklet) outline() {
	level := 0
	mark := func(text string, at point) {
		at = b.place(rect{at, at}).Min
		for i, page := range b.pages {
			if r := page.window; at.X >= r.Min.X && at.X < r.Max.X && at.Y >= r.Min.Y && at.Y < r.Max.Y {
				b.f.SetPage(i + 1)
				_, y := page.at(at)
				b.f.Bookmark(surrogates(text), level, max(0, y-pageMargin))
				return
			}
		}
	}
	for i := range b.pic.parts {
		p := &b.pic.parts[i]
		if level = 0; p.id != "" {
			mark(p.title, p.frame.Min)
			level = 1
		}
		for j := range p.groups {
			g := &p.groups[j]
			if g.id != "" {
				mark(cmp.Or(g.title, "Section without a title"), g.frame.Min)
				continue
			}
			for _, box := range g.boxes {
				if box.look.thesis() {
					mark("Thesis: "+shorten(strings.Join(box.lines, " ")), box.at)
				}
			}
		}
	}
}

// longest is the number of characters of an entry in the outline.
const longest = 120

// shorten cuts s to at most longest characters, at a space if there is one.
func shorten(s string) string {
	rs := []rune(s)
	if len(rs) <= longest {
		return s
	}
	s = string(rs[:longest-1])
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return s + "…"
}

// languageTag is what a tag looks like (RFC 5646); the tag of a saved map may be
// anything, and fpdf writes it as it is.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)

// language is the language that all maps are in, or "".
func language(maps []*argument.Map) string {
	var tags []string
	for _, m := range maps {
		if !slices.Contains(tags, m.Document.Language) {
			tags = append(tags, m.Document.Language)
		}
	}
	if len(tags) == 1 && languageTag.MatchString(tags[0]) {
		return tags[0]
	}
	return ""
}

// surrogates readies a text for fpdf's way to UTF-16, which takes characters for
// at most three bytes long: those beyond become the two halves that stand for
// them in UTF-16, three bytes each.
func surrogates(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x10000 {
			b.WriteRune(r)
			continue
		}
		hi, lo := utf16.EncodeRune(r)
		for _, half := range []rune{hi, lo} {
			b.Write([]byte{0xe0 | byte(half>>12), 0x80 | byte(half>>6)&0x3f, 0x80 | byte(half)&0x3f})
		}
	}
	return b.String()
}

var pdfDate = regexp.MustCompile(`/(Creation|Mod)Date \(D:\d{14}\)`)

// hideDates blanks the dates that fpdf writes, always, after the producer: the
// same map makes the same file. The length stays, and with it every offset.
func hideDates(pdf []byte) []byte {
	if i := bytes.LastIndex(pdf, []byte("/Producer (")); i >= 0 {
		for _, at := range pdfDate.FindAllIndex(pdf[i:], 2) {
			copy(pdf[i+at[0]:i+at[1]], bytes.Repeat([]byte{' '}, at[1]-at[0]))
		}
	}
	return pdf
}
