package lang

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jdkato/prose/v2"
)

// TestTagsAgreeWithProse watches over the reading of prose's hidden fields: where
// prose makes none of its mistakes, our tags must be its tags.
func TestTagsAgreeWithProse(t *testing.T) {
	seed, err := prose.NewDocument("a", prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		t.Fatal(err)
	}
	model := seed.Model
	var compared, words, same int
	for _, s := range plainSentences(t) {
		ours := Words(s)
		doc, err := prose.NewDocument(s, prose.UsingModel(model), prose.WithSegmentation(false), prose.WithExtraction(false))
		if err != nil {
			t.Fatal(err)
		}
		theirs := doc.Tokens()
		if len(theirs) != len(ours) {
			continue
		}
		compared++
		for i, tok := range ours {
			words++
			if tok.Text == theirs[i].Text && tok.Tag == theirs[i].Tag {
				same++
			} else {
				t.Logf("%q: we say %s/%s, prose says %s/%s", s, tok.Text, tok.Tag, theirs[i].Text, theirs[i].Tag)
			}
		}
	}
	if compared < 55 {
		t.Errorf("only %d sentences have as many tokens as prose finds", compared)
	}
	if share := float64(same) / float64(words); share < 0.99 {
		t.Errorf("%d of %d tags are prose's, %.3f; want at least 0.99", same, words, share)
	}
}

// plainSentences returns the lines of plain.txt, of which none may hold a word
// twice or an apostrophe.
func plainSentences(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, f := range readFixtures(t, "plain.txt") {
		for i, s := range f.lines {
			words := strings.Fields(strings.Trim(s, ".?!"))
			slices.Sort(words)
			if len(slices.Compact(words)) != len(strings.Fields(s)) || strings.ContainsAny(s, "'’") {
				t.Errorf("%s:%d: a word stands twice, or there is a clitic: %q", f.file, f.line+i, s)
			}
			out = append(out, s)
		}
	}
	return out
}

// TestTags holds what prose cannot do, or what we decide without its model.
func TestTags(t *testing.T) {
	for _, want := range []string{
		"They/PRP do/VBP n't/RB know/VB ./.",
		"They/PRP do/VBP n’t/RB know/VB ./.",
		"It/PRP ’s/VBZ late/JJ ./.",
		"Lund/NNP ’s/POS boat/NN is/VBZ gone/VBN ./.",
		"We/PRP ’ve/VBP won/VBN ./.",
		"She/PRP ’ll/MD go/VB ./.",
		"the/DT farmers/NNS '/POS union/NN",
		"(/( They/PRP left/VBD ,/, at/IN last/JJ ./. )/)",
		"“/'' We/PRP won/VBD ,/, ”/'' she/PRP said/VBD ./.",
		"a/DT rise/NN of/IN 5/CD %/NN ?/.",
		"it/PRP cost/VBD $/$ 3.5/CD million/CD ;/: really/RB",
	} {
		var text strings.Builder
		for _, w := range strings.Fields(want) {
			word := w[:strings.LastIndexByte(w, '/')]
			if text.Len() > 0 && !strings.ContainsAny(word, "'’.,;?)”%") && !strings.HasSuffix(text.String(), "“") {
				text.WriteByte(' ')
			}
			text.WriteString(word)
		}
		if got := tagged(Words(text.String())); got != want {
			t.Errorf("Words(%q):\n got %s\nwant %s", text.String(), got, want)
		}
	}
}

func tagged(tokens []Token) string {
	var out []string
	for _, t := range tokens {
		out = append(out, t.Text+"/"+t.Tag)
	}
	return strings.Join(out, " ")
}

func TestTagsAreTheSameEachTime(t *testing.T) {
	text := strings.Join(plainSentences(t), " ")
	want := tagged(Words(text))
	for i := range 50 {
		tg := defaultTagger()
		if i%10 == 0 {
			tg = &tagger{fixed: tg.fixed, tags: tg.tags, weights: tg.weights, cache: map[string][]tagWeight{}}
		}
		tokens := Tokenize(text)
		tg.Tag(tokens)
		if got := tagged(tokens); got != want {
			t.Fatalf("run %d gives other tags:\n%s\n%s", i, got, want)
		}
	}
}

// TestTagsSideBySide is for the race detector.
func TestTagsSideBySide(t *testing.T) {
	shared := defaultTagger()
	tg := &tagger{fixed: shared.fixed, tags: shared.tags, weights: shared.weights, cache: map[string][]tagWeight{}}
	sentences := plainSentences(t)
	var want []string
	for _, s := range sentences {
		want = append(want, tagged(Words(s)))
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range sentences {
				n := (i + worker*7) % len(sentences)
				tokens := Tokenize(sentences[n])
				tg.Tag(tokens)
				if got := tagged(tokens); got != want[n] {
					t.Errorf("%q: alone %s, side by side %s", sentences[n], want[n], got)
				}
			}
		})
	}
	wg.Wait()
}

func TestTaggerForgets(t *testing.T) {
	shared := defaultTagger()
	tg := &tagger{fixed: shared.fixed, tags: shared.tags, weights: shared.weights, cache: map[string][]tagWeight{}}
	long := strings.Repeat("x", 500)
	most := 0
	for i := range 400 {
		var text strings.Builder
		for j := range 100 {
			fmt.Fprintf(&text, "w%dq%d ", i, j)
		}
		tokens := Tokenize(text.String() + long)
		tg.Tag(tokens)
		most = max(most, len(tg.cache))
	}
	if most > maxCached || most < maxCached/2 {
		t.Errorf("the cache grew to %d entries, want at most %d, and more than half of that", most, maxCached)
	}
	for f := range tg.cache {
		if len(f) > maxFeature {
			t.Fatalf("the cache holds a feature of %d bytes", len(f))
		}
	}
	tokens := Tokenize("They do not know.")
	if tg.Tag(tokens); tagged(tokens) != "They/PRP do/VBP not/RB know/VB ./." {
		t.Errorf("after all that: %s", tagged(tokens))
	}
}
