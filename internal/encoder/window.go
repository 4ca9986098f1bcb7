package encoder

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// windowPieces is how many pieces the network sees at once, without the marks
// that frame them.
const windowPieces = 254

// layout is a text in pieces.
type layout struct {
	text   string
	pieces []piece
	// first tells of each piece whether a word begins with it: runs of letters
	// and digits are one word, every other piece is a word of its own.
	first []bool
}

func newLayout(tokens *wordPiece, text string) *layout {
	l := &layout{text: text, pieces: tokens.pieces(nil, text)}
	l.first = make([]bool, len(l.pieces))
	for i, p := range l.pieces {
		l.first[i] = i == 0 || l.pieces[i-1].end != p.start || !alnumAt(text, int(p.start)) || !alnumBefore(text, int(p.start))
	}
	return l
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func alnumAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return alnum(r)
}

func alnumBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return alnum(r)
}

// gap is the text between piece i-1 and piece i, a line break at both ends of
// the text. Pieces of a character that was taken apart all stand where it does.
func (l *layout) gap(i int) string {
	if i <= 0 || i >= len(l.pieces) {
		return "\n"
	}
	return l.between(l.pieces[i-1].end, l.pieces[i].start)
}

func (l *layout) between(from, to int32) string { return l.text[min(from, to):to] }

// span is a stretch of pieces, end exclusive.
type span struct{ from, to int }

// windows cuts the pieces at the end of a line where one lies in the second half
// of a window, else of a sentence, else where the window is full. Training cuts
// in the same way (train/corpus.py).
func (l *layout) windows() []span {
	var out []span
	start, line, sentence := 0, 0, 0
	for i := 0; i < len(l.pieces); {
		i++
		if i < len(l.pieces) {
			switch gap := l.gap(i); {
			case strings.Contains(gap, "\n"):
				line = i
			case gap != "" && endsSentence(l.text[:l.pieces[i-1].end]):
				sentence = i
			}
		}
		if i-start < windowPieces || i >= len(l.pieces) {
			continue
		}
		cut, half := i, start+windowPieces/2
		if line > half {
			cut = line
		} else if sentence > half {
			cut = sentence
		}
		out = append(out, span{start, cut})
		start, i = cut, cut
	}
	if start < len(l.pieces) {
		out = append(out, span{start, len(l.pieces)})
	}
	return out
}

func endsSentence(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	switch r {
	case '.', '?', '!', '”', '"':
		return true
	}
	return false
}

// at returns the piece that holds byte i of the text, or the first one behind it.
func (l *layout) at(i int) int {
	lo, hi := 0, len(l.pieces)
	for lo < hi {
		if mid := (lo + hi) / 2; int(l.pieces[mid].end) <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// within returns the pieces that lie wholly between two bytes.
func (l *layout) within(start, end int) span {
	s := span{from: l.at(start)}
	if s.from < len(l.pieces) && int(l.pieces[s.from].start) < start {
		s.from++
	}
	s.to = s.from
	for s.to < len(l.pieces) && int(l.pieces[s.to].end) <= end {
		s.to++
	}
	return s
}
