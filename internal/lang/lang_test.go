package lang

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/document"
)

// TestSentences goes through blocks that argue and one that does not, over line
// ends and passages to skip.
func TestSentences(t *testing.T) {
	const text = "No 4. Café\n\nIt is late.\r\nNobody[1]\nminds. Or must\u2028they?\n\nWe paid."
	at := func(s string) document.Span {
		i := strings.Index(text, s)
		return document.Span{Start: i, End: i + len(s)}
	}
	body := document.Span{Start: at("It").Start, End: at("they?").End}
	doc := &document.Document{Text: text, Blocks: []document.Block{
		{Kind: document.Heading, Span: at("No 4. Café"), Level: 1, LeadIn: -1, Section: -1},
		{Kind: document.Paragraph, Span: body, LeadIn: -1, Section: -1, Skip: []document.Span{at("[1]")}},
		{Kind: document.ListItem, Span: at("We paid."), Level: 1, LeadIn: 1, Section: -1},
	}}
	type sentence struct {
		Block int
		Text  string
		Words string
	}
	var got []sentence
	for _, s := range Sentences(doc) {
		got = append(got, sentence{s.Block, doc.At(s.Span), tagged(s.Tokens)})
		for _, tok := range s.Tokens {
			if tok.Text != doc.At(tok.Span) || !s.Contains(tok.Span) {
				t.Errorf("token %q stands at %v, where the text has %q", tok.Text, tok.Span, doc.At(tok.Span))
			}
		}
	}
	want := []sentence{
		{1, "It is late.", "It/PRP is/VBZ late/JJ ./."},
		{1, "Nobody[1]\nminds.", "Nobody/NN minds/NNS ./."},
		{1, "Or must\u2028they?", "Or/CC must/MD they/PRP ?/."},
		{2, "We paid.", "We/PRP paid/VBD ./."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- want, + got:\n%s", diff)
	}
}

func TestProseKeepsLength(t *testing.T) {
	const text = "xé\r\n[1]\tb\u2028c\u0085d\u2029e\vf\fg\u00a0h"
	b := document.Block{Kind: document.Paragraph, Span: document.Span{Start: 1, End: len(text)},
		Skip: []document.Span{{Start: 5, End: 8}}}
	got := Prose(&document.Document{Text: text, Blocks: []document.Block{b}}, b)
	want := "é" + strings.Repeat(" ", 6) + "b   c  d   e f g\u00a0h"
	if got != want || len(got) != b.Len() {
		t.Errorf("got %q of %d bytes, want %q of %d", got, len(got), want, b.Len())
	}
}

// TestLongSentence holds the bound on sentences without an end.
func TestLongSentence(t *testing.T) {
	n := 0
	for _, s := range Split(strings.Repeat("word ", 1000)) {
		if len(s.Tokens) > maxTokens {
			t.Errorf("a sentence has %d tokens", len(s.Tokens))
		}
		n += len(s.Tokens)
	}
	if n != 1000 {
		t.Errorf("1000 words give %d tokens", n)
	}
}

// texts generates what an article may hold, and what it should not.
func texts() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u2028",
			".", "..", "...", "…", "?", "!", ",", ";", ":", "-", "--", "–", "—", "/", "&", "_", "%", "$", "£",
			"'", "’", "‘", "ʼ", "\"", "“", "”", "«", "(", ")", "[", "]", "[12]", "@", "#", "<", ">",
			"\u200b", "\u00ad", "\u2060", "\ufeff", "\u202a", "\u202c", "\u200d", "\ufe0f", "\u0301",
			"n't", "’s", "'ll", "don’t", "U.S.", "no.", "No. 4", "Dr.", "etc.", "e.g.", "J.", "I.", "Ph.D.", "et al.",
			"http://", "https://x.org/?q=1", "www.", "a@b.org", "3.5", "1,000", "12", "½", "٣",
			"said", "Lund", "The", "the", "É", "ß", "東京", "。", "สวัสดี", "שלום", "😀", "👍🏽", "🇳🇴", "👩\u200d👧", "1\ufe0f\u20e3",
		}),
		rapid.StringMatching(`[A-Za-z]{1,8}`),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
	})
}

func TestTokensCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		if err := covers(text, Tokenize(text)); err != "" {
			t.Fatal(err)
		}
	})
}

func TestSentencesCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		if err := covered(text, Split(text)); err != "" {
			t.Fatal(err)
		}
	})
}

func FuzzTokenize(f *testing.F) {
	for _, c := range readFixtures(f, "tokens.txt") {
		f.Add(c.lines[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		if err := covers(text, Tokenize(text)); err != "" {
			t.Fatal(err)
		}
	})
}

func FuzzSplit(f *testing.F) {
	for _, c := range readFixtures(f, "sentences.txt") {
		f.Add(strings.ReplaceAll(strings.Join(c.lines, " "), "|", ""))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("documents are UTF-8")
		}
		sentences := Split(text)
		if err := covered(text, sentences); err != "" {
			t.Fatal(err)
		}
		for _, s := range sentences {
			defaultTagger().Tag(s.Tokens)
			for _, tok := range s.Tokens {
				if tok.Tag == "" {
					t.Fatalf("token %q has no tag", tok.Text)
				}
			}
		}
	})
}

// covers says what is wrong with the tokens of a text, or nothing: they are in
// order, do not overlap, begin and end on code points, are not blank, say what
// stands at their place, and leave no letter or digit out.
func covers(text string, tokens []Token) string {
	at := 0
	var again strings.Builder
	for _, tok := range tokens {
		if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) {
			return "a token overlaps, is empty or lies outside: " + tok.Text
		}
		gap := text[at:tok.Start]
		switch {
		case isWord(gap):
			return "no token holds " + gap
		case !utf8.ValidString(gap) || !utf8.ValidString(tok.Text):
			return "a token cuts a code point: " + tok.Text
		case text[tok.Start:tok.End] != tok.Text:
			return "a token says it is " + tok.Text + " and stands at " + text[tok.Start:tok.End]
		case !visible(tok.Text) || tok.Lower == "":
			return "a token is blank"
		case isWord(tok.Text) != isWord(tok.Lower):
			return "the look-up form lost the letters of " + tok.Text
		}
		again.WriteString(gap + tok.Text)
		at = tok.End
	}
	if isWord(text[at:]) {
		return "no token holds " + text[at:]
	}
	if again.String()+text[at:] != text {
		return "tokens and gaps do not give the text"
	}
	return ""
}

// covered says what is wrong with the sentences of a text, or nothing: each runs
// from its first to its last token, and their tokens cover the text.
func covered(text string, sentences []Sentence) string {
	var tokens []Token
	for _, s := range sentences {
		n := len(s.Tokens)
		if n == 0 || n > maxTokens {
			return "a sentence has no tokens, or too many"
		}
		if s.Start != s.Tokens[0].Start || s.End != s.Tokens[n-1].End {
			return "a sentence does not run from its first to its last token: " + text[s.Start:s.End]
		}
		tokens = append(tokens, s.Tokens...)
	}
	return covers(text, tokens)
}
