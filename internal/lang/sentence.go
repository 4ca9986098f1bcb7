package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/argmap/argmap/internal/document"
)

// Split cuts the prose of one block into sentences of untagged tokens, with
// offsets into prose. Unicode's sentence boundaries, and a few that it misses,
// are the candidates; each is taken back where the words around it say that the
// sentence goes on.
func Split(prose string) []Sentence {
	var out []Sentence
	start := 0
	flush := func(end int) {
		tokens := Tokenize(prose[start:end])
		for len(tokens) > 0 {
			n := min(len(tokens), maxTokens)
			s := Sentence{Tokens: tokens[:n:n]}
			s.Span = document.Span{Start: tokens[0].Start, End: tokens[n-1].End}
			out = append(out, s.shift(start))
			tokens = tokens[n:]
		}
		start = end
	}
	first, last := strings.IndexFunc(prose, inWord), strings.LastIndexFunc(prose, inWord)
	for _, end := range boundaries(prose) {
		if end <= first {
			continue // no sentence is without a word
		}
		if tail := openingTail(prose[start:end]); tail > 0 {
			end -= tail
		} else {
			end += closingHead(prose[end:])
		}
		if end > last {
			break
		}
		if end > first && endsSentence(prose[start:end], prose[end:]) {
			flush(end + noteMarks(prose[end:]))
			first = start + strings.IndexFunc(prose[start:], inWord)
		}
	}
	flush(len(prose))
	return out
}

// maxTokens bounds a sentence: text without full stops is cut there, so that the
// work on one sentence, which grows with the square of its length, stays small.
// The longest sentence of the annotated articles has 110, of the news stories 220.
const maxTokens = 400

// boundaries returns the ends of Unicode's sentences, the last one left out, and
// the ends that Unicode's rules do not see.
func boundaries(prose string) []int {
	var out []int
	seg, at := sentences.FromString(prose), 0
	for seg.Next() {
		out = appendUnseen(out, seg.Value(), at)
		at += len(seg.Value())
		if at < len(prose) {
			out = append(out, at)
		}
	}
	return out
}

// appendUnseen appends the boundaries inside one of Unicode's sentences, which
// stands at offset at: before a number that a word in lower case follows ("It
// failed. 12 people left."), and after an ellipsis of one character.
func appendUnseen(out []int, text string, at int) []int {
	for i, r := range text {
		if r != '.' && r != '…' {
			continue
		}
		rest := strings.TrimLeftFunc(text[i+utf8.RuneLen(r):], closing)
		next := strings.TrimLeftFunc(rest, blank)
		head := firstRune(strings.TrimLeftFunc(next, opening))
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); r == '…' && blank(before) {
			continue // words left out of the middle
		}
		if len(next) < len(rest) && (unicode.IsDigit(head) || r == '…' && unicode.IsUpper(head)) {
			out = append(out, at+len(text)-len(next))
		}
	}
	return out
}

// openingTail returns the length of the opening marks at the end of text: they
// belong to what follows, though Unicode ends the sentence behind them where no
// space stands before them.
func openingTail(text string) int {
	return len(text) - len(strings.TrimRightFunc(text, func(r rune) bool { return opening(r) && !closing(r) }))
}

// closingHead returns the length of the closing marks at the head of text: they
// belong to what they close, even where a space stands before them.
func closingHead(text string) int {
	return len(text) - len(strings.TrimLeftFunc(text, func(r rune) bool { return closing(r) && !opening(r) }))
}

// noteMarks returns the length of the note marks, "[12][13]" or "[3, 4]", at the
// head of text: they belong to the sentence before.
func noteMarks(text string) int {
	rest := text
	for {
		in, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), "[")
		i := strings.IndexByte(in[:min(len(in), 12)], ']')
		if !ok || i < 1 || !noteNumbers(in[:i]) {
			return len(text) - len(rest)
		}
		rest = in[i+1:]
	}
}

// noteNumbers tells the inside of a note mark; years are none.
func noteNumbers(s string) bool {
	for _, n := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,-–", r) }) {
		if len(n) > 3 || strings.Trim(n, "0123456789") != "" {
			return false
		}
	}
	return strings.ContainsAny(s, "0123456789")
}

// window bounds how many bytes on either side of a boundary are looked at.
const window = 256

// endsSentence decides a candidate boundary from the sentence so far and the
// text that follows, both of which hold a word.
func endsSentence(before, after string) bool {
	b, a := strings.TrimRightFunc(before, blank), strings.TrimLeftFunc(after, blank)
	glued := len(b) == len(before) && len(a) == len(after)
	b, a = b[max(0, len(b)-window):], a[:min(len(a), window)]
	core := strings.TrimRightFunc(b, func(r rune) bool { return closing(r) || blank(r) })
	next := firstWord(a)
	switch {
	case core == "":
		return false
	case !strings.HasSuffix(core, "."):
		return !goesOnAfterMark(core, a, len(core) < len(b), glued)
	case len(core) < len(b): // the full stop stands inside a quotation or bracket
		return !startsLower(a)
	case strings.HasSuffix(core, ".."):
		return !startsLower(a)
	}
	word := lastWord(core)
	switch class := abbreviationClass(word); {
	case isEnumerator(b, word):
		return false
	case class == abbrTitle:
		return false
	case class == abbrNumber && isNumbering(a):
		return false
	case isInitial(word):
		return isStarter(next)
	case class == abbrMid:
		return isStarter(next)
	case class == abbrAny:
		return isStarter(next) || opening(firstRune(a)) && !strings.ContainsAny(a[:1], "([{")
	}
	return true
}

// goesOnAfterMark tells whether a sentence goes on after "?", "!" or another mark
// that is no full stop: within a web address, after a quotation.
func goesOnAfterMark(core, a string, closed, glued bool) bool {
	if closed {
		return startsLower(a) || goesOnAfterQuote(a)
	}
	r := firstRune(a)
	return strings.ContainsAny(core[len(core)-1:], "?!") && (unicode.IsLower(r) || glued && !unicode.IsUpper(r) && !opening(r))
}

// goesOnAfterQuote recognises `"Why?" Smith asked`: a name or pronoun and a
// verb of speaking right after a quotation that ends in a mark of its own.
func goesOnAfterQuote(a string) bool {
	fields := strings.Fields(a[:min(len(a), 80)])
	for i, f := range fields {
		f = strings.Trim(f, ",.;:")
		if i > 0 && i < 6 && isReporting(strings.ToLower(f)) {
			return i+1 == len(fields) || fields[i+1] != "that"
		}
		if !startsUpper(f) && !(i == 0 && isPronoun(strings.ToLower(f))) {
			return false
		}
	}
	return false
}

// isEnumerator tells a list number at the head of a sentence: "1.", "iv.", "B.".
func isEnumerator(before, word string) bool {
	if strings.TrimSpace(before) != word {
		return false
	}
	w := strings.TrimSuffix(word, ".")
	if len(w) <= 2 && strings.Trim(w, "0123456789") == "" {
		return true
	}
	return len(w) == 1 || len(w) <= 4 && strings.Trim(w, "ivxIVX") == ""
}

// isInitial tells the initial of a name or an abbreviation of single letters:
// "J.", "U.S.", "p.m."; "I." ends a sentence unless a name goes on.
func isInitial(word string) bool {
	letters := 0
	for _, part := range strings.Split(strings.TrimSuffix(word, "."), ".") {
		r, size := utf8.DecodeRuneInString(part)
		if size == 0 || size != len(part) || !unicode.IsLetter(r) {
			return false
		}
		letters++
	}
	return letters > 0
}

func lastWord(s string) string {
	return strings.TrimLeftFunc(s[strings.LastIndexFunc(s, blank)+1:], func(r rune) bool { return opening(r) || r == '—' || r == '–' })
}

func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }); i >= 0 {
		s = s[:i]
	}
	return s
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func startsLower(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return unicode.IsLower(firstRune(s))
}

func blank(r rune) bool { return unicode.IsSpace(r) || invisible(r) }

func closing(r rune) bool { return strings.ContainsRune(`"'”’»)]}›`, r) }

// opening includes the marks that can both open and close.
func opening(r rune) bool { return strings.ContainsRune(`"'“‘«([{‹„`, r) }
