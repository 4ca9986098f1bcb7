package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// looks is what the eye sees of a chunk without reading it. For a chunk of more
// than looksLimit bytes only the beginning was counted.
type looks struct {
	chars     int // in the whole chunk
	words     int
	letters   int
	sentences int
	end       signs.Ending
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
	l := looks{chars: utf8.RuneCountInString(s), end: signs.EndOf(s), small: signs.StartsSmall(s)}
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
		l.verb = l.verb || wordlist("verbs").Has(folded)
		if i > 0 && unicode.IsLetter(first) && !wordlist("small").Has(folded) {
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
	word := 0  // offset of the current word
	last := "" // the word before, if a sentence may end with it
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if i > word && endsSentence(s[word:i]) {
				last = s[word:i]
			}
			word = i + utf8.RuneLen(r)
		case last != "" && i == word:
			// Before a number "no." is what "No." is anywhere.
			short, _ := signs.ShortForm(strings.ToUpper(last))
			if !unicode.IsLower(r) && !(short && unicode.IsDigit(r)) {
				n++
			}
			last = ""
		}
	}
	return n + 1
}

// endsSentence reports whether word, with its punctuation, may end a sentence.
func endsSentence(word string) bool {
	bare := strings.TrimRight(word, signs.Closers)
	switch e := signs.EndOf(word); {
	case !e.Stops() || e == signs.Ellipsis:
		return false
	case e != signs.FullStop:
		return true
	}
	// "There are three: 1. Oats 2. Barley": items, not ends of sentences.
	item := len(bare) == 2 && signs.Digits(bare) == 1
	short, _ := signs.ShortForm(bare)
	return !item && !short && signs.Readable(bare)
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
