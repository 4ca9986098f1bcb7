// Package lang turns the blocks of a document into sentences and words that
// know where they stand. It cuts words and sentences itself (Unicode's default
// boundaries from uax29, mended by rules for English abbreviations, initials,
// quotations, hyphens and clitics) and takes part-of-speech tags from the model
// of prose/v2, which no other package imports.
//
// All offsets are bytes into document.Document.Text, end exclusive. Nothing is
// dropped: every letter and digit of a block lies in exactly one token.
package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
)

// Token is a word, a number, a clitic ("n't", "’s") or a punctuation mark.
type Token struct {
	document.Span
	// Text is the token as it stands; Lower is the same in lower case, with
	// straight quotes and without invisible characters, for look-ups.
	Text, Lower string
	// Tag is the Penn Treebank part of speech, as prose/v2 has it.
	Tag string
}

// IsWord reports whether the token holds a letter or a digit.
func (t Token) IsWord() bool { return isWord(t.Lower) }

// IsName reports whether the token is tagged as a proper noun.
func (t Token) IsName() bool { return strings.HasPrefix(t.Tag, "NNP") }

// IsNoun reports whether the token is tagged as a noun of any sort.
func (t Token) IsNoun() bool { return strings.HasPrefix(t.Tag, "NN") }

// IsVerb reports whether the token is tagged as a verb form, modals apart.
func (t Token) IsVerb() bool { return strings.HasPrefix(t.Tag, "VB") }

// IsFinite reports whether the token is a verb form that can carry a clause.
func (t Token) IsFinite() bool {
	return t.Tag == "VBZ" || t.Tag == "VBP" || t.Tag == "VBD" || t.Tag == "MD"
}

// IsCapital reports whether the token begins with a capital letter.
func (t Token) IsCapital() bool { return startsUpper(t.Text) }

// Sentence is a stretch of one block that ends in a full stop, or where the
// block ends. Its span runs from its first to its last token.
type Sentence struct {
	document.Span
	// Block is the index of the block that the sentence stands in.
	Block  int
	Tokens []Token
}

// Sentences cuts the blocks of doc that can argue into sentences of tagged
// tokens, in text order.
func Sentences(doc *document.Document) []Sentence {
	var out []Sentence
	tagger := defaultTagger()
	for i, b := range doc.Blocks {
		if !b.Kind.Argues() {
			continue
		}
		for _, s := range Split(Prose(doc, b)) {
			s = s.shift(b.Start)
			s.Block = i
			tagger.Tag(s.Tokens)
			out = append(out, s)
		}
	}
	return out
}

// Words cuts any passage, such as a heading, into tagged tokens. Offsets are
// into text.
func Words(text string) []Token {
	tokens := Tokenize(text)
	defaultTagger().Tag(tokens)
	return tokens
}

func (s Sentence) shift(by int) Sentence {
	s.Start += by
	s.End += by
	for i := range s.Tokens {
		s.Tokens[i].Start += by
		s.Tokens[i].End += by
	}
	return s
}

// Prose returns the running text of a block, byte for byte as long as the block
// itself: line ends and the passages to skip have become spaces, so that a
// sentence may run over them and offsets still hold.
func Prose(doc *document.Document, b document.Block) string {
	text := []byte(doc.At(b.Span))
	blankOut := func(s document.Span) {
		for i := s.Start; i < s.End; i++ {
			text[i-b.Start] = ' '
		}
	}
	for i, r := range doc.At(b.Span) {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029':
			blankOut(document.Span{Start: b.Start + i, End: b.Start + i + utf8.RuneLen(r)})
		}
	}
	for _, s := range b.Skip {
		blankOut(s)
	}
	return string(text)
}
