package draw

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// setText sets a line of text, in the order in which it stands on the line,
// from the point at on its base line. What the face lacks is painted as a cell
// with the code point, so that nothing vanishes.
func setText(on canvas, line string, at point, t typeset, c color.NRGBA) {
	f := face(t.bold)
	line = strings.ReplaceAll(line, string(nonBreaking), "-")
	for line != "" {
		if n := f.known(line); n > 0 {
			on.text(line[:n], at, t, c)
			at.X += f.width(line[:n], t.size)
			line = line[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(line)
		for n < len(line) { // joiners, variations: part of the character before
			next, k := utf8.DecodeRuneInString(line[n:])
			if !zeroWidth(next) || f.has(next) {
				break
			}
			n += k
		}
		if !zeroWidth(r) {
			on.standIn(line[:n], func() { setCode(on, r, at, t, c) })
			at.X += missing(r) * t.size
		}
		line = line[n:]
	}
}

// known is the number of bytes of s up to the first character that the font lacks.
func (t *typeface) known(s string) int {
	for i, r := range s {
		if !t.has(r) {
			return i
		}
	}
	return len(s)
}

// setCode paints a cell with the digits of a code point in two rows.
func setCode(on canvas, r rune, at point, t typeset, c color.NRGBA) {
	w, h := missing(r)*t.size, t.size*0.86
	top := at.Y - h*0.86
	on.path(box4(rect{point{at.X + w*0.06, top}, point{at.X + w*0.94, top + h}}), ink{pen: c, width: 0.5})
	digits := fmt.Sprintf("%04X", r)
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	half := len(digits) / 2
	small := typeset{size: h / 2.1}
	for i, row := range []string{digits[:half], digits[half:]} {
		rw := face(false).width(row, small.size)
		if rw > w*0.84 { // three digits in a narrow cell
			continue
		}
		on.text(row, point{at.X + (w-rw)/2, top + h*(0.44+0.48*float64(i))}, small, c)
	}
}

// visual puts what a line has of text written from right to left into the order
// in which it stands on the line. Browsers do so with SVG; here the line runs
// from left to right, and no marks steer it (see clean), so of the Unicode
// Bidirectional Algorithm a simple case is left: a stretch that begins and ends
// with a letter of such a script, or a number after one, is turned round.
func visual(s string) string {
	rs := []rune(s)
	if !slices.ContainsFunc(rs, rightToLeft) {
		return s
	}
	for i := 0; i < len(rs); i++ {
		if rightToLeft(rs[i]) {
			n := stretch(rs[i:])
			turnRound(rs[i : i+n])
			i += n - 1
		}
	}
	return string(rs)
}

// stretch is how far text from right to left reaches that begins rs: to the last
// of its letters and numbers before a letter of another direction. A pair of
// brackets belongs to it as a whole or not at all.
func stretch(rs []rune) int {
	limit := len(rs)
	if i := slices.IndexFunc(rs, func(r rune) bool { return bidiClass(r) == bidi.L }); i >= 0 {
		limit = i
	}
	var open []int // the brackets that are open
	end := 0
	for i, r := range rs[:limit] {
		switch p, _ := bidi.LookupRune(r); {
		case p.IsOpeningBracket():
			open = append(open, i)
		case p.IsBracket() && len(open) > 0:
			open, end = open[:len(open)-1], i+1
		case rightToLeft(r), digit(r), zeroWidth(r) && i == end:
			end = i + 1
		}
	}
	if len(open) > 0 {
		return stretch(rs[:open[0]])
	}
	return end
}

// turnRound reverses a stretch of text, but for what stands together: a number,
// and a letter with its marks. Brackets face the other way.
func turnRound(rs []rune) {
	var parts [][]rune
	for i := 0; i < len(rs); {
		end := i + 1
		if digit(rs[i]) {
			for end < len(rs) && (digit(rs[end]) || end+1 < len(rs) && separator(rs[end]) && digit(rs[end+1])) {
				end++
			}
		} else {
			for end < len(rs) && zeroWidth(rs[end]) {
				end++
			}
		}
		part := slices.Clone(rs[i:end])
		if p, _ := bidi.LookupRune(part[0]); p.IsBracket() {
			part[0] = []rune(bidi.ReverseString(string(part[0])))[0]
		}
		parts = append(parts, part)
		i = end
	}
	slices.Reverse(parts)
	copy(rs, slices.Concat(parts...))
}

func bidiClass(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// rightToLeft reports whether r is a letter of a script that runs to the left.
func rightToLeft(r rune) bool {
	return r >= 0x590 && (bidiClass(r) == bidi.R || bidiClass(r) == bidi.AL)
}

func digit(r rune) bool { return bidiClass(r) == bidi.EN || bidiClass(r) == bidi.AN }

// separator reports whether r stands within numbers.
func separator(r rune) bool { return bidiClass(r) == bidi.CS || bidiClass(r) == bidi.ES }
