package mine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// quotations returns the passages of doc that stand in quotation marks, marks
// included, in text order: double or single, typographic or straight. Of nested
// ones it returns the outer. A quotation that runs over several paragraphs,
// each of which opens with a mark and only the last of which closes, is one
// passage a paragraph. A mark without its partner opens nothing.
func quotations(doc *document.Document) []document.Span {
	var out []document.Span
	for _, b := range doc.Blocks {
		if !b.Kind.Argues() {
			continue
		}
		for _, s := range quotesIn(lang.Prose(doc, b)) {
			out = append(out, document.Span{Start: s.Start + b.Start, End: s.End + b.Start})
		}
	}
	return out
}

// quotesIn finds the quotations of one paragraph.
func quotesIn(text string) []document.Span {
	var out []document.Span
	text = doubled.Replace(text)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		closer, ok := opensQuote(text, i, r)
		if !ok {
			i += size
			continue
		}
		end := closingAt(text, i+size, r, closer)
		switch {
		case end > 0:
			if end < len(text) && text[end] == 0 {
				end++
			}
			out = append(out, document.Span{Start: i, End: end})
			i = end
		case r == '“' || r == '"' && strings.TrimSpace(text[:i]) == "":
			// Open to the end of the paragraph: speech that the next one takes up.
			out = append(out, document.Span{Start: i, End: len(strings.TrimRight(text, " "))})
			return out
		default:
			i += size
		}
	}
	return out
}

// doubled turns the marks that typists make of two single ones into a double one
// of the same length.
var doubled = strings.NewReplacer("''", "\"\x00", "``", "\"\x00")

// opensQuote tells whether the mark r at byte i opens a quotation, and what
// closes it.
func opensQuote(text string, i int, r rune) (closer rune, ok bool) {
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	fresh := i == 0 || unicode.IsSpace(prev) || strings.ContainsRune("([{—–-:‘“/", prev)
	switch r {
	case '“', '„':
		return '”', true
	case '«':
		return '»', true
	case '"':
		return '"', fresh && !unicode.IsSpace(next)
	case '‘':
		return '’', fresh && !unicode.IsDigit(next)
	case '\'':
		return '\'', fresh && (unicode.IsLetter(next) || next == '[')
	}
	return 0, false
}

// closingAt returns the byte after the mark that closes a quotation opened
// before byte from, or 0.
func closingAt(text string, from int, opener, closer rune) int {
	single := closer == '’' || closer == '\''
	candidate := 0
	for i := from; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == opener && opener != closer && !single {
			return 0 // opened again before it closed: the first mark was stray
		}
		if r == closer || r == '"' && closer == '”' {
			prev, _ := utf8.DecodeLastRuneInString(text[:i])
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !single {
				if r != '"' || closer == '”' || !unicode.IsSpace(prev) || i+size >= len(text) || unicode.IsSpace(next) {
					return i + size
				}
			} else if !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				if strings.ContainsRune(".,!?;:…", prev) || prev != 's' {
					return i + size
				}
				// "workers’": take it only if no better mark follows
				if candidate == 0 {
					candidate = i + size
				}
			}
		}
		if single && i-from > 600 {
			break
		}
		i += size
	}
	return candidate
}

// quoteAt returns the index of the quotation that holds byte i, or -1.
func quoteAt(quotes []document.Span, i int) int {
	lo, hi := 0, len(quotes)
	for lo < hi {
		if m := (lo + hi) / 2; quotes[m].End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(quotes) && quotes[lo].Start <= i {
		return lo
	}
	return -1
}
