package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ending is the sort of mark that a line or chunk ends with, closing quotes,
// brackets and note marks aside.
type ending byte

const (
	noEnding ending = iota
	fullStop
	question
	exclamation
	ellipsis
	colon
	semicolon
	comma
	dash
)

// stops reports whether a sentence may end there.
func (e ending) stops() bool { return e >= fullStop && e <= ellipsis }

// endings tells the ending by the last character.
var endings = map[rune]ending{
	'.': fullStop, '。': fullStop, '।': fullStop, '．': fullStop,
	'?': question, '？': question, '؟': question,
	'!': exclamation, '！': exclamation,
	'…': ellipsis, ':': colon, '：': colon, ';': semicolon, '；': semicolon,
	',': comma, '，': comma, '、': comma,
	'-': dash, '–': dash, '—': dash,
}

// closers may stand after the mark that ends a sentence.
const closers = "\"'”’»)]}*_†‡¹²³⁴⁵⁶⁷⁸⁹⁰"

// endOf returns the ending of s.
func endOf(s string) ending {
	s = strings.TrimRight(trimNote(s), closers)
	r, n := utf8.DecodeLastRuneInString(s)
	e := endings[r]
	if e == fullStop && strings.HasSuffix(s[:len(s)-n], "..") {
		return ellipsis
	}
	return e
}

// trimNote takes note marks like "[12]" from the end of s, and short remarks in
// brackets after the end of a sentence, like "[Gallup]".
func trimNote(s string) string {
	for strings.HasSuffix(s, "]") {
		open := strings.LastIndexByte(s[max(0, len(s)-maxRemark):], '[')
		if open < 0 {
			return s
		}
		open += max(0, len(s)-maxRemark)
		rest := strings.TrimRightFunc(s[:open], unicode.IsSpace)
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, closers))
		if rest == "" || digits(s[open+1:]) != len(s)-open-2 && !endings[last].stops() {
			return s
		}
		s = rest
	}
	return s
}

// maxRemark is how many bytes a remark in brackets has that is not looked at.
const maxRemark = 24

// looks is what the eye sees of a chunk without reading it. For a chunk of more
// than looksLimit bytes only the beginning was counted.
type looks struct {
	chars     int // in the whole chunk
	words     int
	letters   int
	sentences int
	end       ending
	small     bool // begins with a small letter
	shouts    bool // has letters, all of them capitals
	// capitals and content count the words that a headline would capitalise
	// and that are, and all that it would; the first word is left out, because
	// every sentence begins with a capital.
	capitals, content int
	// verb is set where a word stands that only a whole sentence has.
	verb bool
	// above and below tell of a blank line or the end of the text there.
	above, below bool
}

// looksLimit is how many bytes of a chunk are looked at. Nothing that frames a
// text is longer.
const looksLimit = 800

// headline reports whether at least six in ten words that a headline would
// capitalise are.
func (l looks) headline() bool {
	return l.shouts || l.content > 0 && l.capitals*10 >= l.content*6
}

// lookAt returns the looks of s. above and below are left to the caller.
func lookAt(s string) looks {
	l := looks{chars: utf8.RuneCountInString(s), end: endOf(s), small: beginsSmall(s)}
	if len(s) > looksLimit {
		s = s[:looksLimit]
	}
	upper, lower := 0, 0
	for i, word := range strings.Fields(s) {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		if bare == "" {
			continue
		}
		l.words++
		u, d := letterCase(bare)
		upper, lower = upper+u, lower+d
		first, _ := utf8.DecodeRuneInString(bare)
		folded := strings.ToLower(bare)
		l.verb = l.verb || wordlist("verbs").has(folded)
		if i > 0 && unicode.IsLetter(first) && !wordlist("small").has(folded) {
			l.content++
			if unicode.IsUpper(first) {
				l.capitals++
			}
		}
	}
	l.letters = upper + lower
	l.shouts = lower == 0 && upper > 1
	l.sentences = countSentences(s)
	return l
}

// letterCase counts the capital and the small letters of word.
func letterCase(word string) (upper, lower int) {
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper, lower
}

// countSentences estimates the number of sentences in s, at least 1: ends of
// sentences before white space and no small letter, where the word before is
// neither an initial nor a short abbreviation such as "Mr.".
func countSentences(s string) int {
	n := 0
	word := 0 // offset of the current word
	after := false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			after = after || i > word && endsSentence(s[word:i])
			word = i + utf8.RuneLen(r)
		case after && i == word:
			if !unicode.IsLower(r) {
				n++
			}
			after = false
		}
	}
	return n + 1
}

// endsSentence reports whether word, with its punctuation, may end a sentence.
func endsSentence(word string) bool {
	bare := strings.TrimRight(word, closers)
	switch e := endOf(word); {
	case !e.stops() || e == ellipsis:
		return false
	case e != fullStop:
		return true
	}
	bare = strings.TrimLeft(strings.TrimSuffix(bare, "."), "\"'“‘«([")
	return utf8.RuneCountInString(bare) > 1 && !strings.Contains(bare, ".") && !wordlist("abbreviations").has(strings.ToLower(bare))
}

// lookAtChunks fills in the looks of every chunk.
func (p *page) lookAtChunks() {
	for i := range p.chunks {
		c := &p.chunks[i]
		c.looks = lookAt(p.text[c.Start:c.End])
		c.looks.above = c.first == 0 || p.parts(c.first-1)
		c.looks.below = c.last+1 >= len(p.lines) || p.parts(c.last+1)
	}
}

// parts reports whether line i keeps apart what stands above and below it.
func (p *page) parts(i int) bool { return p.lines[i].blank() || p.lines[i].rule }
