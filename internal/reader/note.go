package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// maxWord is how many bytes before a sign are looked at to tell what it closes.
const maxWord = 64

// markNotes decides that what stands under a heading like "References" does not
// argue, and neither do the notes at the end of the text.
func (p *page) markNotes() {
	under, level := false, 0
	for i := range p.chunks {
		c := &p.chunks[i]
		switch {
		case under && c.decided && c.kind == document.Heading && c.level > level:
			// Notes are often grouped by the chapters of a book.
		case c.decided && c.kind == document.Heading:
			under, level = wordlist("notes").Matches(unnumbered(p.folded(i))), c.level
		case under && (!c.decided || c.kind.Argues()):
			p.decide(i, document.Aside)
			c.leadIn = -1
		}
	}
	p.markNoteTexts()
}

// unnumbered is s without the number that headings have: "6. References".
func unnumbered(s string) string {
	after := s[signs.Digits(s):]
	if rest := strings.TrimLeft(strings.TrimPrefix(after, "."), " "); after != s && rest != strings.TrimPrefix(after, ".") {
		return rest
	}
	return s
}

// markNoteTexts decides on the chunks at the end that begin with a note mark
// which the text bears: "[3] Annual report", "* Name changed".
func (p *page) markNoteTexts() {
	var cited map[string]bool
	for i := len(p.chunks) - 1; i > 0; i-- {
		c := &p.chunks[i]
		if c.decided && c.kind == document.Aside {
			continue
		}
		mark := noteMarkAt(p.text[p.lines[c.first].Start:c.End])
		if mark == "" {
			return
		}
		if cited == nil {
			cited = p.citedMarks()
		}
		if !cited[mark] {
			return
		}
		p.decide(i, document.Aside)
		c.leadIn = -1
	}
}

// citedMarks returns the note marks in the text, "[2, 3]" as "[2]" and "[3]".
func (p *page) citedMarks() map[string]bool {
	cited := make(map[string]bool)
	for i := range p.chunks {
		for _, s := range skips(p.text, p.chunks[i].Span) {
			mark := p.text[s.Start:s.End]
			if !strings.HasPrefix(mark, "[") {
				cited[mark] = true
				continue
			}
			for _, part := range strings.FieldsFunc(mark, func(r rune) bool { return strings.ContainsRune("[], ", r) }) {
				cited["["+part+"]"] = true
			}
		}
	}
	return cited
}

// noteMarkAt returns the mark that a note begins with, or "".
func noteMarkAt(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune(signs.NoteSigns, r):
		return s[:n]
	case strings.ContainsRune(signs.Superscripts, r):
		return s[:superscriptLength(s)]
	case r == '[':
		if n := bracketMark(s); n > 0 {
			return s[:n]
		}
	}
	return ""
}

// superscriptLength returns how many bytes of superscript digits s begins with.
func superscriptLength(s string) int {
	return len(s) - len(strings.TrimLeft(s, signs.Superscripts))
}

// bracketWords are the bracketed marks that are words.
var bracketWords = []string{"[ref]", "[citation needed]", "[note]", "[clarification needed]", "[dubious – discuss]", "[who?]"}

// bracketMark returns the length of the note mark in brackets that s begins
// with, "[12]", "[a]", "[3, 4]", "[note 2]" or "[REF]", or 0.
func bracketMark(s string) int {
	end := strings.IndexByte(s[:min(len(s), 24)], ']')
	if end < 2 {
		return 0
	}
	inner := strings.ToLower(s[1:end])
	for _, w := range bracketWords {
		if w == "["+inner+"]" {
			return end + 1
		}
	}
	inner = strings.TrimPrefix(strings.TrimPrefix(inner, "note "), "fn ")
	if len(inner) == 1 && inner[0] >= 'a' && inner[0] <= 'z' {
		return end + 1
	}
	for _, r := range inner {
		if (r < '0' || r > '9') && r != ',' && r != ' ' && r != '-' && r != '–' {
			return 0
		}
	}
	if signs.Digits(inner) == 0 || signs.Digits(inner) > 3 {
		return 0
	}
	return end + 1
}

// skips returns what is no prose in the passage span of text: note marks, marks
// of emphasis.
func skips(text string, span document.Span) []document.Span {
	var out []document.Span
	bold, wordStart := false, span.Start
	add := func(start, n int) {
		out = append(out, document.Span{Start: start, End: start + n})
	}
	for i := span.Start; i < span.End; {
		r, n := utf8.DecodeRuneInString(text[i:span.End])
		if i-wordStart > maxWord {
			wordStart = i
		}
		switch {
		case unicode.IsSpace(r):
			wordStart = i + n
		case r == '[':
			if size := bracketMark(text[i:span.End]); size > 0 && i > span.Start {
				n = size
				add(i, n)
			}
		case strings.HasPrefix(text[i:span.End], "**"):
			if n = 2; bold || strings.Contains(text[i+2:min(span.End, i+400)], "**") {
				bold = !bold
				add(i, n)
			}
		case strings.ContainsRune(signs.NoteSigns, r) && r != '§':
			if closesWord(text[:span.End], i) && strings.IndexByte(text[wordStart:i], '*') < 0 {
				add(i, n)
			}
		case strings.ContainsRune(signs.Superscripts, r):
			n = superscriptLength(text[i:span.End])
			if i > span.Start && notesWord(text[wordStart:i]) {
				add(i, n)
			}
		}
		i += n
	}
	return out
}

// closesWord reports whether the sign at offset at of text stands at the end of
// a word or of its punctuation, and not before a letter or as an operator.
func closesWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	_, n := utf8.DecodeRuneInString(text[at:])
	after, _ := utf8.DecodeRuneInString(text[at+n:])
	return at > 0 && !unicode.IsSpace(before) && (unicode.IsLetter(before) || strings.ContainsRune(".,;:!?\"”’)%", before)) &&
		(at+n == len(text) || unicode.IsSpace(after) || strings.ContainsRune(".,;:!?\"”’)", after))
}

// notesWord reports whether a superscript after word is a note rather than an
// exponent: units of measure are short, and numbers are raised to powers.
func notesWord(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	last, _ := utf8.DecodeLastRuneInString(word)
	return letters >= 3 && !unicode.IsDigit(last)
}
