package pdf

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// file is a document that pdfium has opened.
type file struct {
	*engine
	doc   uint64
	pages int
	fonts map[fontKey]font // as looked up so far
	taken int              // how many bytes of text have been taken out so far
}

// The kinds of object on a page, and the render mode of text that is not seen,
// as pdfium counts them.
const (
	pathObject  = 2
	imageObject = 3
	formObject  = 5
	unseenMode  = 3
)

// maxObjects is how many drawn objects of a page are looked at for rules, frames
// and pictures. A page of text has some hundred; a map has a million paths.
const maxObjects = 5000

// maxDots is how many small shapes of a page are taken for bullets.
const maxDots = 200

// maxChars is how many characters one page may hold; of one that holds more a part
// would pass for the whole. A page of a newspaper has 30,000.
const maxChars = 500_000

// open has pdfium read the structure of data.
func (e *engine) open(data []byte) (*file, error) {
	at := e.alloc(data)
	f := &file{engine: e, fonts: make(map[fontKey]font)}
	f.doc = e.call("FPDF_LoadMemDocument64", at, uint64(len(data)), 0)
	if f.doc == 0 && e.err == nil {
		const password, security = 4, 5
		switch e.whole("FPDF_GetLastError") {
		case password, security:
			return nil, ErrEncrypted
		}
		return nil, ErrDamaged
	}
	f.pages = e.whole("FPDF_GetPageCount", f.doc)
	if e.err != nil {
		return nil, e.err
	}
	if f.pages > MaxPages {
		return nil, fmt.Errorf("%w: %d pages, the limit is %d", ErrTooLarge, f.pages, MaxPages)
	}
	if f.pages <= 0 {
		return nil, fmt.Errorf("%w: it has no pages", ErrDamaged)
	}
	return f, nil
}

// info returns an entry of the document information, or "".
func (f *file) info(key string) string {
	tag := f.alloc(append([]byte(key), 0))
	n := f.whole("FPDF_GetMetaText", f.doc, tag, f.out, outSize)
	if n < 2 || n > outSize {
		return ""
	}
	raw := f.bytes(n)
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < n; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(raw[i:]))
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// page takes page i, counted from 0, out of the file. A page that pdfium cannot
// load is empty.
func (f *file) page(i int) (*page, error) {
	handle := f.call("FPDF_LoadPage", f.doc, uint64(i))
	text := uint64(0)
	if handle != 0 {
		text = f.call("FPDFText_LoadPage", handle)
	}
	p := &page{number: i + 1}
	if text != 0 {
		if n := f.whole("FPDFText_CountChars", text); n > maxChars {
			return nil, fmt.Errorf("%w: %d characters on page %d, the limit is %d", ErrTooLarge, n, p.number, maxChars)
		}
		s := f.sheet(handle)
		glyphs := f.glyphs(text, s)
		s.turn(glyphs)
		p.width, p.height = s.size()
		p.words = gather(glyphs, s)
		f.graphics(handle, s, p)
		f.call("FPDFText_ClosePage", text)
	}
	if handle != 0 {
		f.call("FPDF_ClosePage", handle)
	}
	if f.err != nil {
		return nil, f.err
	}
	for i := range p.words {
		f.taken += len(p.words[i].text) + 1
	}
	if f.taken > MaxText {
		return nil, fmt.Errorf("%w: more than %d MiB of text", ErrTooLarge, MaxText>>20)
	}
	return p, nil
}

// sheet is the paper: the visible part of the page in the file's coordinates,
// which run upwards, and the way to ours.
type sheet struct {
	visible  rect // y0 is the lower edge here
	cos, sin float64
	lines    []stroke
}

// stroke is a text object: what one drawing operation wrote, in one font, size
// and direction.
type stroke struct {
	x, y             float64 // where its baseline begins, in the file's coordinates
	size             float64
	angle            float64 // of the baseline, in radians
	font             font
	unseen, artifact bool
}

// glyph is a character in the file's coordinates. A space has no stroke.
type glyph struct {
	r      rune
	stroke int32 // index into sheet.lines, or -1
	rect
	// raised is set for a digit of the font's own raised digits: its size and
	// baseline are those of the text around.
	raised bool
}

// sheet measures the page.
func (f *file) sheet(handle uint64) *sheet {
	f.call("FPDF_GetPageBoundingBox", handle, f.out)
	return &sheet{visible: rect{f.f32(0), f.f32(3), f.f32(2), f.f32(1)}, cos: 1}
}

// glyphs takes the characters out of a text page, and notes their strokes in s.
func (f *file) glyphs(text uint64, s *sheet) []glyph {
	n := f.whole("FPDFText_CountChars", text)
	if n <= 0 {
		return nil
	}
	known := make(map[uint64]int32) // stroke by text object
	out := make([]glyph, 0, n)
	object, until := uint64(0), 0 // the object of all characters before until
	for i := 0; i < n && f.err == nil; i++ {
		at := uint64(i)
		r := rune(uint32(f.call("FPDFText_GetUnicode", text, at)))
		if i >= until {
			object, until = f.object(text, i, n)
		}
		if r == ' ' || r == '\n' || object == 0 {
			out = append(out, glyph{r: ' ', stroke: -1})
			continue
		}
		k, found := known[object]
		if !found {
			k = int32(len(s.lines))
			known[object] = k
			s.lines = append(s.lines, f.stroke(text, object, at))
		}
		if r == '\r' && !s.lines[k].font.unnamed {
			out = append(out, glyph{r: ' ', stroke: -1})
			continue
		}
		g := glyph{r: r, stroke: k}
		if f.call("FPDFText_GetLooseCharBox", text, at, f.out) != 0 {
			g.rect = rect{f.f32(0), f.f32(3), f.f32(2), f.f32(1)}
		}
		if l := &s.lines[k]; r >= '0' && r <= '9' && near(l.angle, 0, .01) && f.call("FPDFText_GetCharBox", text, at, f.out, f.out+8, f.out+16, f.out+24) != 0 {
			g.raised = f.f64(2)-l.y > .2*l.size
		}
		out = append(out, g)
	}
	spellBitmaps(out, s)
	return out
}

// object returns the text object of character i of n and the first character
// after it for which the object must be asked for again: objects are contiguous,
// so where two characters have the same, so have those between them, except for
// the spaces that pdfium puts in.
func (f *file) object(text uint64, i, n int) (object uint64, until int) {
	const ahead = 8
	object = f.call("FPDFText_GetTextObject", text, uint64(i))
	if j := i + ahead; object != 0 && j < n && f.call("FPDFText_GetTextObject", text, uint64(j)) == object {
		return object, j + 1
	}
	return object, i + 1
}

// stroke describes a text object by its character at.
func (f *file) stroke(text, object, at uint64) stroke {
	s := stroke{size: f.real("FPDFText_GetFontSize", text, at)}
	if f.call("FPDFText_GetMatrix", text, at, f.out) != 0 {
		a, b, c, d := f.f32(0), f.f32(1), f.f32(2), f.f32(3)
		s.angle = math.Atan2(b, a)
		if along := math.Hypot(a, b); along > 0 {
			s.size *= math.Abs(a*d-b*c) / along
		}
	}
	s.size = math.Abs(s.size)
	if f.call("FPDFText_GetCharOrigin", text, at, f.out, f.out+8) != 0 {
		s.x, s.y = f.f64(0), f.f64(1)
	}
	s.font = f.font(text, at)
	s.unseen = f.whole("FPDFTextObj_GetTextRenderMode", object) == unseenMode
	s.artifact = f.marked(object, "Artifact")
	return s
}

// font describes the font of character at: by its weight, its flags and, since
// many files give neither, by its name.
func (f *file) font(text, at uint64) font {
	const room = outSize - 8
	n := f.whole("FPDFText_GetFontInfo", text, at, f.out+8, room, f.out)
	flags, name := f.i32(0), ""
	if n > 0 && n <= room {
		name = strings.TrimRight(string(f.bytes(8 + n)[8:]), "\x00")
	}
	weight := f.whole("FPDFText_GetFontWeight", text, at)
	key := fontKey{name, flags, weight}
	known, found := f.fonts[key]
	if !found {
		known = key.looks()
		f.fonts[key] = known
	}
	return known
}

// marked reports whether the file marks the object as name.
func (f *file) marked(object uint64, name string) bool {
	for i := range f.whole("FPDFPageObj_CountMarks", object) {
		mark := f.call("FPDFPageObj_GetMark", object, uint64(i))
		if f.call("FPDFPageObjMark_GetName", mark, f.out+8, outSize-8, f.out) == 0 {
			continue
		}
		n := f.i32(0)
		if n != 2*len(name)+2 {
			continue
		}
		raw, same := f.bytes(8 + n)[8:], true
		for j := range len(name) {
			same = same && raw[2*j] == name[j] && raw[2*j+1] == 0
		}
		if same {
			return true
		}
	}
	return false
}

// graphics finds the rules, frames and pictures of a page, and bullets that are
// drawn.
func (f *file) graphics(handle uint64, s *sheet, p *page) {
	n := min(f.whole("FPDFPage_CountObjects", handle), maxObjects)
	var dots []rect
	for i := 0; i < n && f.err == nil; i++ {
		object := f.call("FPDFPage_GetObject", handle, uint64(i))
		kind := f.whole("FPDFPageObj_GetType", object)
		if kind != pathObject && kind != imageObject && kind != formObject {
			continue
		}
		if f.call("FPDFPageObj_GetBounds", object, f.out, f.out+4, f.out+8, f.out+12) == 0 {
			continue
		}
		r := s.place(rect{f.f32(0), f.f32(1), f.f32(2), f.f32(3)})
		const thin, long, low, narrow, dot = 3, 18, 24, 60, 9 // points
		switch {
		case kind != pathObject:
			if r.width() > low && r.height() > low && r.width()*r.height() < .8*p.width*p.height { // else a ground, or the page in one piece
				p.pictures = append(p.pictures, r)
			}
		case r.height() < thin && r.width() > long:
			if f.inked(object) {
				p.rules = append(p.rules, r)
			}
		case r.height() > low && r.width() > narrow:
			if f.inked(object) {
				p.boxes = append(p.boxes, r)
			}
		case r.height() < dot && r.width() > .7*r.height() && r.width() < 1.4*r.height() && len(dots) < maxDots:
			if f.inked(object) {
				dots = append(dots, r)
			}
		}
	}
	addBullets(p, dots)
}

// inked reports whether a path leaves a visible trace: it is stroked, or filled
// with something else than white.
func (f *file) inked(object uint64) bool {
	if f.call("FPDFPath_GetDrawMode", object, f.out, f.out+4) == 0 {
		return false
	}
	filled, stroked := f.i32(0) != 0, f.i32(1) != 0
	visible := func(color string) bool {
		if f.call(color, object, f.out, f.out+4, f.out+8, f.out+12) == 0 {
			return false
		}
		r, g, b, a := f.i32(0), f.i32(1), f.i32(2), f.i32(3)
		return a > 0 && r+g+b < 3*253
	}
	return filled && visible("FPDFPageObj_GetFillColor") || stroked && visible("FPDFPageObj_GetStrokeColor")
}

// turn finds the direction in which most of the text runs.
func (s *sheet) turn(glyphs []glyph) {
	const steps = 72 // of 5 degrees
	var votes [steps]int
	for _, g := range glyphs {
		if g.stroke >= 0 {
			votes[direction(s.lines[g.stroke].angle, steps)]++
		}
	}
	best := 0
	for i, n := range votes {
		if n > votes[best] {
			best = i
		}
	}
	// Only quarter turns are undone: a slight slope is that of a scan, whose
	// lines are still told apart.
	quarter := math.Round(float64(best)/(steps/4)) * math.Pi / 2
	s.sin, s.cos = math.Round(math.Sin(quarter)), math.Round(math.Cos(quarter))
}

// direction is the one of so many steps that angle is nearest to.
func direction(angle float64, steps int) int {
	n := int(math.Round(angle / (2 * math.Pi) * float64(steps)))
	return ((n % steps) + steps) % steps
}

// upright reports whether the stroke runs the way that most of the text does,
// within 12 degrees.
func (s *sheet) upright(l *stroke) bool {
	return math.Cos(l.angle)*s.cos+math.Sin(l.angle)*s.sin > .978
}

// size is the width and height of the turned page.
func (s *sheet) size() (width, height float64) {
	w, h := s.visible.width(), s.visible.height()
	if s.sin != 0 {
		return h, w
	}
	return w, h
}

// place takes a rectangle from the file's coordinates to ours.
func (s *sheet) place(r rect) rect {
	ax, ay := s.point(r.x0, r.y0)
	bx, by := s.point(r.x1, r.y1)
	return rect{min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)}
}

// point takes a point from the file's coordinates to ours.
func (s *sheet) point(x, y float64) (float64, float64) {
	v := s.visible
	switch {
	case s.cos > 0:
		return x - v.x0, v.y1 - y
	case s.cos < 0:
		return v.x1 - x, y - v.y0
	case s.sin > 0: // text runs upwards in the file
		return y - v.y0, x - v.x0
	}
	return v.y1 - y, v.x1 - x
}
