package document

import (
	"sort"
	"unicode/utf8"
)

// stride is how many bytes lie between two checkpoints of an Index: small
// enough that the scan from one is a few nanoseconds, large enough that the
// checkpoints of a text take a sixteenth of its size.
const stride = 128

// Index converts between byte and code-point offsets of one text. It is safe
// for concurrent use.
type Index struct {
	text  string
	runes []int // runes[i] counts the code points that begin before byte i*stride
}

// NewIndex reads text once and returns its index.
func NewIndex(text string) *Index {
	ix := &Index{text: text, runes: make([]int, 0, len(text)/stride+1)}
	n := 0
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			ix.runes = append(ix.runes, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return ix
}

// Rune returns the number of code points that begin before byte offset b.
// Offsets outside the text are taken as its nearer end.
func (ix *Index) Rune(b int) int {
	b = min(max(b, 0), len(ix.text))
	if len(ix.runes) == 0 {
		return 0
	}
	c := min(b/stride, len(ix.runes)-1)
	n := ix.runes[c]
	for i := c * stride; i < b; i++ {
		if utf8.RuneStart(ix.text[i]) {
			n++
		}
	}
	return n
}

// Byte returns the byte offset at which code point number r begins; for r at
// or past the end it is the length of the text.
func (ix *Index) Byte(r int) int {
	if r <= 0 || len(ix.runes) == 0 {
		return 0
	}
	c := sort.Search(len(ix.runes), func(i int) bool { return ix.runes[i] > r }) - 1
	n := ix.runes[c]
	for i := c * stride; i < len(ix.text); i++ {
		if !utf8.RuneStart(ix.text[i]) {
			continue
		}
		if n == r {
			return i
		}
		n++
	}
	return len(ix.text)
}
