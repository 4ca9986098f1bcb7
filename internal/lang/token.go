package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"github.com/argmap/argmap/internal/document"
)

// Tokenize cuts text into untagged tokens with byte offsets into it. Hyphenated
// words, abbreviations with their full stop and numbers are one token; clitics
// are tokens of their own, as in the Penn Treebank.
func Tokenize(text string) []Token {
	pieces := segment(text)
	tokens := make([]Token, 0, len(pieces))
	for i := 0; i < len(pieces); {
		n := joined(text, pieces[i:])
		s := document.Span{Start: pieces[i].Start, End: pieces[i+n-1].End}
		i += n
		tokens = appendClitics(tokens, text, s)
	}
	return tokens
}

// segment returns the visible pieces of text between Unicode's word boundaries.
func segment(text string) []document.Span {
	out := make([]document.Span, 0, len(text)/5+1)
	seg, at := words.FromString(text), 0
	for seg.Next() {
		v := seg.Value()
		if visible(v) {
			out = append(out, document.Span{Start: at, End: at + len(v)})
		}
		at += len(v)
	}
	return out
}

// joined says how many of the pieces at the head of ps make one token.
func joined(text string, ps []document.Span) int {
	n := 1
	at := func(i int) string { return text[ps[i].Start:ps[i].End] }
	touching := func(i int) bool { return i < len(ps) && ps[i].Start == ps[i-1].End }
	if !isWord(at(0)) {
		return joinedMarks(at, touching)
	}
	if end := webAddress(text, ps[0].Start); end > 0 {
		for n < len(ps) && ps[n].End <= end {
			n++
		}
		return n
	}
	for touching(n) {
		word := text[ps[0].Start:ps[n-1].End]
		switch {
		case touching(n+1) && isJoiner(at(n)) && isWord(at(n+1)):
			n += 2
		case at(n) == "." && isAbbreviation(word, text[min(ps[n].End+1, len(text)):]):
			n++
		case touching(n+1) && strings.HasSuffix(word, ".") && cliticAt(word+at(n)+at(n+1)) == len(word): // "the U.S.'s"
			return n + 2
		default:
			return n
		}
	}
	return n
}

// joinedMarks is joined for pieces that begin with a mark.
func joinedMarks(at func(int) string, touching func(int) bool) int {
	n := 1
	switch mark := at(0); mark {
	case "'", "`": // a quotation mark made of two
		if touching(n) && at(n) == mark {
			n++
		}
	case "-", ".", "–", "—": // "--", "..."
		for touching(n) && at(n) == mark {
			n++
		}
	case "@", "#":
		if touching(n) && isWord(at(n)) {
			n++
		}
	}
	return n
}

// webAddress returns where the web address that begins at offset start of text
// ends, or 0 if none begins there.
func webAddress(text string, start int) int {
	head := strings.ToLower(text[start:min(start+8, len(text))])
	if !strings.HasPrefix(head, "http://") && !strings.HasPrefix(head, "https://") && !strings.HasPrefix(head, "www.") {
		return 0
	}
	end := len(text)
	if i := strings.IndexFunc(text[start:], func(r rune) bool { return blank(r) || strings.ContainsRune("<>\"“”«»", r) }); i >= 0 {
		end = start + i
	}
	return start + len(strings.TrimRight(text[start:end], ".,;:!?'’‘)]}"))
}

func isJoiner(s string) bool {
	switch s {
	case "-", "\u2010", "\u2011", "&", "/", "@", "_":
		return true
	}
	return false
}

// clitics are the word ends that become tokens of their own, longest first.
var clitics = []string{"n't", "'ll", "'re", "'ve", "'s", "'m", "'d"}

func appendClitics(tokens []Token, text string, s document.Span) []Token {
	if i := cliticAt(text[s.Start:s.End]); i > 0 {
		tokens = appendClitics(tokens, text, document.Span{Start: s.Start, End: s.Start + i})
		s.Start += i
	}
	return append(tokens, newToken(text, s))
}

// cliticAt returns where the clitic at the end of word begins, or 0. It counts
// back in code points, since a typographic apostrophe is longer than a plain one
// and invisible characters may stand in between.
func cliticAt(word string) int {
	if !strings.ContainsAny(word, "'’ʼ") {
		return 0
	}
	plain := normalize(word)
	for _, c := range clitics {
		if !strings.HasSuffix(plain, c) || len(plain) == len(c) {
			continue
		}
		i, n := len(word), utf8.RuneCountInString(c)
		for n > 0 {
			r, size := utf8.DecodeLastRuneInString(word[:i])
			i -= size
			if !invisible(r) {
				n--
			}
		}
		return i
	}
	return 0
}

func newToken(text string, s document.Span) Token {
	t := text[s.Start:s.End]
	if t == "''" || t == "``" {
		return Token{Span: s, Text: t, Lower: `"`}
	}
	return Token{Span: s, Text: t, Lower: normalize(t)}
}

// normalize gives the form of a word that look-ups use.
func normalize(s string) string {
	if plainLower(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r {
		case '’', '‘', 'ʼ', '`':
			b.WriteByte('\'')
		case '“', '”', '„', '«', '»':
			b.WriteByte('"')
		case '\u2010', '\u2011':
			b.WriteByte('-')
		default:
			if !invisible(r) {
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

func plainLower(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '`' {
			return false
		}
	}
	return true
}

// invisible tells characters that print nothing: zero-width spaces and joiners,
// bidirectional controls, soft hyphens, byte-order marks.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || r == '\ufe0e' || r == '\ufe0f'
}

func visible(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			return true
		}
	}
	return false
}

func isWord(s string) bool { return strings.IndexFunc(s, inWord) >= 0 }

// inWord tells the letters and digits. The letter apostrophe is but a mark.
func inWord(r rune) bool { return unicode.IsLetter(r) && r != 'ʼ' || unicode.IsDigit(r) }

func startsUpper(s string) bool {
	for _, r := range s {
		if !invisible(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}
