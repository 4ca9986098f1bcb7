package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/argmap/argmap/internal/document"
)

// Split cuts the prose of one block into sentences of untagged tokens, with
// offsets into prose. Unicode's sentence boundaries are the candidates; each is
// taken back where the words around it say that the sentence goes on.
func Split(prose string) []Sentence {
	var out []Sentence
	start := 0
	flush := func(end int) {
		tokens := Tokenize(prose[start:end])
		if len(tokens) > 0 {
			s := Sentence{Tokens: tokens}
			s.Span = document.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}
			out = append(out, s.shift(start))
		}
		start = end
	}
	for _, end := range boundaries(prose) {
		if end > start && endsSentence(prose[start:end], prose[end:]) {
			flush(end + noteMark(prose[end:]))
		}
	}
	flush(len(prose))
	return out
}

// boundaries returns the ends of Unicode's sentences, the last one left out.
func boundaries(prose string) []int {
	var out []int
	seg, at := sentences.FromString(prose), 0
	for seg.Next() {
		at += len(seg.Value())
		if at < len(prose) {
			out = append(out, at)
		}
	}
	return out
}

// noteMark returns the length of the note mark, "[12]", at the head of text: it
// belongs to the sentence before.
func noteMark(text string) int {
	in, ok := strings.CutPrefix(strings.TrimLeft(text, " "), "[")
	i := strings.IndexByte(in, ']')
	if !ok || i < 1 || i > 3 || strings.Trim(in[:i], "0123456789") != "" {
		return 0
	}
	return len(text) - len(in) + i + 1
}

// endsSentence decides a candidate boundary from the sentence so far and the
// text that follows.
func endsSentence(before, after string) bool {
	if !isWord(before) || !isWord(after) {
		return false
	}
	b := strings.TrimRightFunc(before, blank)
	a := strings.TrimLeftFunc(after, blank)
	core := strings.TrimRightFunc(b, closing)
	next := firstWord(a)
	switch {
	case core == "":
		return false
	case closing(firstRune(a)) && !opening(firstRune(a)):
		return false // a closing mark belongs to what it closes
	case !strings.HasSuffix(core, "."):
		return !(len(core) < len(b) && (startsLower(a) || goesOnAfterQuote(a)))
	case len(core) < len(b): // the full stop stands inside a quotation or bracket
		return !startsLower(a)
	case strings.HasSuffix(core, ".."):
		return !startsLower(a)
	}
	word := lastWord(core)
	switch class := abbreviationClass(word); {
	case isEnumerator(before, word):
		return false
	case class == abbrTitle:
		return false
	case isInitial(word):
		return isStarter(next) && !nameLike(core, a)
	case class == abbrMid:
		return isStarter(next)
	case class == abbrAny:
		return isStarter(next) || opening(firstRune(a))
	}
	return true
}

// goesOnAfterQuote recognises `"Why?" Smith asked`: a name or pronoun and a
// verb of speaking right after a quotation that ends in a mark of its own.
func goesOnAfterQuote(a string) bool {
	fields := strings.Fields(a[:min(len(a), 80)])
	for i, f := range fields {
		f = strings.Trim(f, ",.;:")
		if i > 0 && i < 4 && isReporting(strings.ToLower(f)) {
			return true
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

// nameLike tells whether an initial stands inside a name, as in "George W. In".
func nameLike(core, after string) bool {
	fields := strings.Fields(core)
	if len(fields) < 2 || len(fields[len(fields)-1]) > 2 {
		return false
	}
	return startsUpper(fields[len(fields)-2]) && startsUpper(after) && !isStarter(firstWord(after))
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
