package encoder

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	unicodenorm "golang.org/x/text/unicode/norm"
)

// piece is a word piece: its index in the vocabulary and where it stands, bytes
// into the text, end exclusive. From a piece to the next, start and end never
// fall. Pieces overlap in one case only: a character that is taken apart, such as
// a Korean syllable, may give several pieces, each of which stands where the
// whole character does, so that a piece may begin before the end of the last.
type piece struct {
	id         int32
	start, end int32
}

// maxRunes is the length of the longest word that is looked up; longer ones are
// unknown.
const maxRunes = 100

// reserved are the pieces that mean themselves wherever a text has them, to the
// letter.
var reserved = []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}

// wordPiece cuts text into the pieces of a vocabulary as BERT's uncased models
// do: Devlin et al., "BERT", https://arxiv.org/abs/1810.04805, and Wu et al.,
// "Google's Neural Machine Translation System", https://arxiv.org/abs/1609.08144.
// Pieces and places are those of the tokenizers library of Hugging Face, whose
// version 0.20.3 the encoder was trained with, down to its Unicode tables.
type wordPiece struct {
	heads, tails pieceTable
	reserved     map[string]int32
	unknown      int32
}

// pieceTable finds pieces by their letters.
type pieceTable struct {
	ids     map[string]int32
	longest int // bytes
}

// newWordPiece makes a tokenizer of a vocabulary: vocab[i] is the piece with
// index i, and "##x" continues a word. "[UNK]" must be one of them.
func newWordPiece(vocab []string) *wordPiece {
	w := &wordPiece{reserved: map[string]int32{}}
	w.heads.ids = make(map[string]int32, len(vocab))
	w.tails.ids = make(map[string]int32, len(vocab)/4)
	for i, v := range vocab {
		if tail, ok := strings.CutPrefix(v, "##"); ok {
			w.tails.add(tail, int32(i))
		} else if slices.Contains(reserved, v) {
			w.reserved[v] = int32(i)
		} else {
			w.heads.add(v, int32(i))
		}
	}
	w.unknown = w.reserved["[UNK]"]
	return w
}

func (t *pieceTable) add(v string, id int32) {
	t.ids[v] = id
	t.longest = max(t.longest, len(v))
}

// fold maps letters and digits of ASCII to lower case, and every other byte to
// one of the constants below.
var fold = func() (table [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			table[c] = c
		case 'A' <= c && c <= 'Z':
			table[c] = c - 'A' + 'a'
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			table[c] = foldSpace
		case ' ' < c && c < '\x7f':
			table[c] = foldPunct
		}
	}
	return table
}()

const (
	foldOther = 0 // control characters and what is not ASCII
	foldSpace = 1
	foldPunct = 2
)

// pieces appends the pieces of text to dst. It is safe for concurrent use.
func (w *wordPiece) pieces(dst []piece, text string) []piece {
	s := speller{tokens: w}
	for i := 0; i < len(text); {
		switch fold[text[i]] {
		case foldSpace:
			i++
		case foldPunct:
			p := w.punct(text, i)
			dst = append(dst, p)
			i = int(p.end)
		default:
			dst, i = w.stretch(dst, &s, text, i)
		}
	}
	return dst
}

// punct returns the piece of the punctuation mark of ASCII at text[i], or the
// reserved piece that begins with it.
func (w *wordPiece) punct(text string, i int) piece {
	if text[i] == '[' {
		for _, name := range reserved {
			if id, ok := w.reserved[name]; ok && strings.HasPrefix(text[i:], name) {
				return piece{id, int32(i), int32(i + len(name))}
			}
		}
	}
	id, ok := w.heads.ids[text[i:i+1]]
	if !ok {
		id = w.unknown
	}
	return piece{id, int32(i), int32(i + 1)}
}

// stretch appends the pieces of what stands between the space or punctuation of
// ASCII before text[start] and the next, and returns where that is. Nothing in
// normalisation reaches across these.
func (w *wordPiece) stretch(dst []piece, s *speller, text string, start int) ([]piece, int) {
	var word [maxRunes]byte
	end := start
	for ; end < len(text) && fold[text[end]] > foldPunct; end++ {
		if n := end - start; n < len(word) {
			word[n] = fold[text[end]]
		}
	}
	if end < len(text) && fold[text[end]] == foldOther {
		return s.stretch(dst, text, start)
	}
	if end-start > maxRunes {
		return append(dst, piece{w.unknown, int32(start), int32(end)}), end
	}
	from := len(dst)
	dst = w.cut(dst, word[:end-start])
	for i := from; i < len(dst); i++ {
		dst[i].start += int32(start)
		dst[i].end += int32(start)
	}
	return dst, end
}

// cut appends the pieces of a normalised word, the longest first, with places in
// bytes into the word.
func (w *wordPiece) cut(dst []piece, word []byte) []piece {
	from, table := len(dst), &w.heads
	for at := 0; at < len(word); {
		// An end inside of a character finds nothing: pieces are whole ones.
		end := min(len(word), at+table.longest)
		for ; end > at; end-- {
			if id, ok := table.ids[string(word[at:end])]; ok {
				dst = append(dst, piece{id, int32(at), int32(end)})
				break
			}
		}
		if end == at {
			return append(dst[:from], piece{w.unknown, 0, int32(len(word))})
		}
		at, table = end, &w.tails
	}
	return dst
}

// place is where a character stands, bytes into the text, end exclusive.
type place struct{ start, end int32 }

// mark is a character that its combining class puts in order among the ones
// beside it.
type mark struct {
	r     rune
	class uint8
	// added tells that it is not the first of the characters that the one in
	// the text was taken apart into.
	added bool
	at    place
}

// speller spells out a text in normalised words, a character at a time, and
// appends their pieces.
type speller struct {
	tokens *wordPiece
	pieces []piece

	letters []byte  // of the word so far, none beyond maxRunes
	places  []place // of each of its letters, a byte each
	runes   int
	last    place // of the last character of the word, also beyond maxRunes

	marks []mark // the ones that wait for their order
	ahead place  // of the last character before them
}

// stretch does the work of [wordPiece.stretch] for whatever text.
func (s *speller) stretch(dst []piece, text string, start int) ([]piece, int) {
	s.pieces = dst
	i := start
	for i < len(text) && fold[text[i]] != foldSpace && fold[text[i]] != foldPunct {
		r, n := utf8.DecodeRuneInString(text[i:])
		s.read(r, place{int32(i), int32(i + n)})
		i += n
	}
	s.settle()
	s.endWord()
	return s.pieces, i
}

// read takes the next character of the text.
func (s *speller) read(r rune, at place) {
	switch {
	case isDropped(r):
	case unicode.IsSpace(r):
		s.starter(' ', at)
	case isHan(r):
		s.starter(' ', at)
		s.decompose(r, at)
		s.starter(' ', at)
	default:
		s.decompose(r, at)
	}
}

// decompose takes a character apart: the canonical decomposition of Unicode.
func (s *speller) decompose(r rune, at place) {
	const firstSyllable, lastSyllable, vowels, finals = 0xAC00, 0xD7A3, 21, 28
	if firstSyllable <= r && r <= lastSyllable {
		i := r - firstSyllable
		s.starter(0x1100+i/(vowels*finals), at)
		s.starter(0x1161+i%(vowels*finals)/finals, at)
		if final := i % finals; final > 0 {
			s.starter(0x11A7+final, at)
		}
		return
	}
	var buf [utf8.UTFMax]byte
	whole := buf[:utf8.EncodeRune(buf[:], r)]
	p := unicodenorm.NFD.Properties(whole)
	parts := p.Decomposition()
	if parts == nil || unicode.Is(later, r) {
		s.part(r, p, false, at)
		return
	}
	for i := 0; i < len(parts); {
		r, n := utf8.DecodeRune(parts[i:])
		s.part(r, unicodenorm.NFD.Properties(parts[i:]), i > 0, at)
		i += n
	}
}

func (s *speller) part(r rune, p unicodenorm.Properties, added bool, at place) {
	class := p.CCC()
	if class == 0 || unicode.Is(later, r) && !unicode.Is(laterMarks, r) {
		s.starter(r, at)
	} else {
		s.marks = append(s.marks, mark{r, class, added, at})
	}
}

// starter takes a character that no mark moves across.
func (s *speller) starter(r rune, at place) {
	s.settle()
	s.ahead = at
	s.write(r, at)
}

// settle writes the marks that wait, in order of their class. The library moves
// the marks and not their places: the first mark in the new order stands where
// the first one stood in the text, and so on.
func (s *speller) settle() {
	byClass := func(a, b mark) int { return int(a.class) - int(b.class) }
	if !slices.IsSortedFunc(s.marks, byClass) {
		places := make([]place, 0, len(s.marks))
		for _, m := range s.marks {
			if !m.added {
				places = append(places, m.at)
			}
		}
		slices.SortStableFunc(s.marks, byClass)
		at := s.ahead
		for i := range s.marks {
			if !s.marks[i].added {
				at, places = places[0], places[1:]
			}
			s.marks[i].at = at
		}
	}
	for _, m := range s.marks {
		s.write(m.r, m.at)
	}
	s.marks = s.marks[:0]
}

// write takes the next character in normal form.
func (s *speller) write(r rune, at place) {
	switch {
	case r == ' ':
		s.endWord()
	case isAccent(r):
	case isPunct(r):
		s.endWord()
		s.letter(r, at)
		s.endWord()
	default:
		s.letter(unicode.ToLower(r), at)
	}
}

func (s *speller) letter(r rune, at place) {
	s.runes++
	s.last = at
	if s.runes > maxRunes {
		return
	}
	n := len(s.letters)
	s.letters = utf8.AppendRune(s.letters, r)
	for range len(s.letters) - n {
		s.places = append(s.places, at)
	}
}

func (s *speller) endWord() {
	switch from := len(s.pieces); {
	case s.runes == 0:
		return
	case s.runes > maxRunes:
		s.pieces = append(s.pieces, piece{s.tokens.unknown, s.places[0].start, s.last.end})
	default:
		s.pieces = s.tokens.cut(s.pieces, s.letters)
		for i := from; i < len(s.pieces); i++ {
			p := &s.pieces[i]
			p.start, p.end = s.places[p.start].start, s.places[p.end-1].end
		}
	}
	s.letters, s.places, s.runes = s.letters[:0], s.places[:0], 0
}

// isDropped tells of characters that count for nothing: control characters, marks
// of direction, joiners, soft hyphens, bytes that are not UTF-8.
func isDropped(r rune) bool {
	switch r {
	case '\t', '\n', '\r':
		return false
	case 0, utf8.RuneError:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) && !unicode.Is(later, r)
}

// isHan tells of the characters of Chinese, each a word of its own. The ranges
// are those of BERT, with the slip that the library has in the last but two.
func isHan(r rune) bool {
	return r >= 0x3400 && (r <= 0x4DBF ||
		0x4E00 <= r && r <= 0x9FFF ||
		0xF900 <= r && r <= 0xFAFF ||
		0x20000 <= r && r <= 0x2A6DF ||
		0x2A700 <= r && r <= 0x2B73F ||
		0x2B740 <= r && r <= 0x2B81F ||
		0x2B920 <= r && r <= 0x2CEAF ||
		0x2F800 <= r && r <= 0x2FA1F)
}

// isAccent tells of the marks that are left out of words.
func isAccent(r rune) bool {
	return r == 0x1734 || unicode.Is(unicode.Mn, r) && r != 0x111C9 && !unicode.Is(later, r)
}

// isPunct tells of the characters that are words of their own.
func isPunct(r rune) bool {
	if r < utf8.RuneSelf {
		return fold[r] == foldPunct
	}
	return r == 0x166D || r == 0x111C9 || unicode.Is(unicode.P, r) && !unicode.Is(later, r)
}

// later are marks, punctuation and control characters of Go's tables, Unicode 15,
// that are not in the library's, Unicode 8, and so are letters to it. Ranges go
// on over characters that make no difference. The few characters that are named
// in the functions above changed their class in between.
var later = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x061D, 0x061D, 1}, {0x07FD, 0x07FD, 1}, {0x0890, 0x08E2, 1}, {0x09FD, 0x09FE, 1}, {0x0A76, 0x0A76, 1},
		{0x0AFA, 0x0AFF, 1}, {0x0B55, 0x0B55, 1}, {0x0C04, 0x0C3C, 1}, {0x0C77, 0x0C77, 1}, {0x0C84, 0x0C84, 1},
		{0x0D00, 0x0D00, 1}, {0x0D3B, 0x0D3C, 1}, {0x0D81, 0x0D81, 1}, {0x0EBA, 0x0EBA, 1}, {0x0ECE, 0x0ECE, 1},
		{0x1715, 0x1715, 1}, {0x180F, 0x1886, 1}, {0x1ABF, 0x1ACE, 1}, {0x1B7D, 0x1B7E, 1}, {0x1DF6, 0x1DFB, 1}, {0x2E43, 0x2E5D, 1},
		{0xA82C, 0xA82C, 1}, {0xA8C5, 0xA8C5, 1}, {0xA8FF, 0xA8FF, 1}, {0xA9BD, 0xA9BD, 1},
	},
	R32: []unicode.Range32{
		{0x10D24, 0x10F89, 1}, {0x11070, 0x11074, 1}, {0x110C2, 0x110CD, 1}, {0x111CF, 0x111CF, 1}, {0x1123E, 0x11241, 1},
		{0x1133B, 0x1133B, 1}, {0x11438, 0x1145E, 1}, {0x11660, 0x1166C, 1}, {0x116B9, 0x116B9, 1}, {0x1182F, 0x11FFF, 1},
		{0x12FF1, 0x13455, 1}, {0x16E97, 0x16F4F, 1}, {0x16FE2, 0x16FF1, 1}, {0x1CF00, 0x1CF46, 1}, {0x1E000, 0x1E4EF, 1},
		{0x1E944, 0x1E95F, 1},
	},
}

// laterMarks are those of them that the library puts in order, from tables of
// version 9.
var laterMarks = &unicode.RangeTable{
	R16: []unicode.Range16{{0x08D4, 0x08E1, 1}, {0x1DFB, 0x1DFB, 1}},
	R32: []unicode.Range32{
		{0x11442, 0x11446, 1}, {0x11C3F, 0x11C3F, 1}, {0x1E000, 0x1E02A, 1}, {0x1E944, 0x1E94A, 1},
	},
}
