package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// markerKind is the sort of sign that a list item begins with.
type markerKind byte

const (
	noMarker markerKind = iota
	bulletMarker
	arabicMarker // 1. 1) (1)
	letterMarker // a. a) (a)
	romanMarker  // i. i) (i)
	outline      // 2.1 or 2.1.: a number of several parts
)

// marker is the bullet or number at the beginning of a line.
type marker struct {
	kind markerKind
	// style tells markers of one list from those of another: the bullet, or
	// what stands around a number and its case.
	style string
	// number is that of an item, 1 for "1", "a" and "i"; 0 for bullets.
	number int
	// parts is how many parts an outline number has.
	parts int
	// size is the number of bytes up to the text of the item.
	size int
	// initial is set for a capital and a full stop: "B." may number a part or
	// begin a name. See dropInitials.
	initial bool
}

// spacedBullets begin a list item where white space follows, as signs.Bullets do
// without. A long dash is no bullet in a plain text, where it begins what
// somebody says, and "o" is a letter.
const spacedBullets = "-*+–·"

// maxNumber is the largest number that a list item bears; beyond it, it is a
// year or an amount at the beginning of a sentence.
const maxNumber = 199

// parseMarker reads the marker that s begins with. Text must follow it.
func parseMarker(s string) marker {
	r, n := utf8.DecodeRuneInString(s)
	if sure := strings.ContainsRune(signs.Bullets, r); sure || strings.ContainsRune(spacedBullets, r) {
		size := n + spaces(s[n:])
		if size == len(s) || size == n && !sure {
			return marker{}
		}
		return marker{kind: bulletMarker, style: string(r), size: size}
	}
	if m := parseOutline(s); m.kind != noMarker {
		return m
	}
	return parseEnumerator(s)
}

// spaces returns the number of bytes of white space that s begins with.
func spaces(s string) int { return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace)) }

// parseOutline reads a number of two to five parts, "2.1" or "2.1.", that a
// capital letter follows; otherwise it is an amount.
func parseOutline(s string) marker {
	parts, i := 0, 0
	for parts < 5 {
		n := signs.Digits(s[i:])
		if n == 0 || n > 2 {
			break
		}
		i += n
		parts++
		if !strings.HasPrefix(s[i:], ".") {
			break
		}
		i++
	}
	gap := spaces(s[i:])
	if parts < 2 || gap == 0 {
		return marker{}
	}
	if r, _ := utf8.DecodeRuneInString(s[i+gap:]); !unicode.IsUpper(r) {
		return marker{}
	}
	return marker{kind: outline, style: "1.1", parts: parts, size: i + gap}
}

// parseEnumerator reads "1.", "1)", "(1)", "a)", "(a)", "i.", "IV.", "B." and
// the like. A number in square brackets is the mark of a note, as far as plain
// text goes.
func parseEnumerator(s string) marker {
	l, size := signs.ReadLabel(s)
	gap := spaces(s[size:])
	if size == 0 || l.Open == "[" || gap == 0 || size+gap == len(s) {
		return marker{}
	}
	m := marker{size: size + gap, style: l.Open + l.Shut}
	switch {
	case l.Figure:
		m.kind, m.number = arabicMarker, l.Number
	case l.Roman > 0 && (l.Letter == 0 || l.Roman == 1):
		m.kind, m.number = romanMarker, l.Roman
	default:
		m.kind, m.number = letterMarker, l.Letter
	}
	if m.number > maxNumber {
		return marker{}
	}
	if l.Upper() {
		m.style += "A"
		m.initial = l.Letter > 0 && l.Shut == "."
	}
	m.style += string(rune('0' + m.kind))
	return m
}

// follows reports whether m is the marker of the item after one marked before:
// the same bullet, or the next number in the same style. A letter may be read
// as a Roman numeral and the other way round ("h. i. j.").
func (m marker) follows(before marker) bool {
	if m.kind == bulletMarker || before.kind == bulletMarker {
		return m.style == before.style
	}
	if m.kind == romanMarker && before.kind == letterMarker && before.number == 'h'-'a'+1 {
		return m.number == 1
	}
	return m.kind == before.kind && m.style == before.style && m.number == before.number+1
}

// dropInitials takes the marker from lines that begin with the initial of a
// name ("J. Smith writes"): a capital with a full stop counts as a label only
// in a row, "A." with "B." after it or "V." after "IV.".
func dropInitials(lines []line) {
	letter, numeral := -1, 0 // the last line labelled by a letter, the last Roman number
	kept := make(map[int]bool)
	for i := range lines {
		switch m := lines[i].marker; {
		case m.kind == romanMarker && !m.initial:
			numeral = m.number
		case !m.initial:
		case m.kind == romanMarker || numeral > 0 && signs.Roman(string(rune('a'+m.number-1))) == numeral+1:
			if m.kind == letterMarker {
				lines[i].marker.kind, lines[i].marker.number = romanMarker, numeral+1
				lines[i].marker.style = ".A" + string(rune('0'+romanMarker))
			}
			numeral = lines[i].marker.number
			kept[i] = true
		case letter >= 0 && m.follows(lines[letter].marker):
			kept[letter], kept[i] = true, true
			letter = i
		case m.number == 1:
			letter = i
		}
	}
	for i := range lines {
		if lines[i].marker.initial && !kept[i] {
			lines[i].marker = marker{}
		}
	}
}

// minGlued is how many lines must begin with a hyphen and a capital for the
// hyphen to be a bullet.
const minGlued = 3

// markGlued gives markers to lines like "-Oats are cheap", of which there must
// be several: one alone may be an attribution or a slip.
func markGlued(text string, lines []line) {
	var glued []int
	for i, l := range lines {
		if l.marker.kind == noMarker && isGlued(text[l.Start:l.End]) {
			glued = append(glued, i)
		}
	}
	if len(glued) < minGlued {
		return
	}
	for _, i := range glued {
		lines[i].marker = marker{kind: bulletMarker, style: "glued", size: glueSize(text[lines[i].Start:])}
	}
}

// isGlued reports whether s begins with a hyphen or dash and a capital letter.
func isGlued(s string) bool {
	n := glueSize(s)
	r, _ := utf8.DecodeRuneInString(s[n:])
	return n > 0 && unicode.IsUpper(r)
}

// glueSize returns the size of the hyphen or dash that s begins with, or 0.
func glueSize(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if r == '-' || r == '–' || r == '—' {
		return n
	}
	return 0
}
