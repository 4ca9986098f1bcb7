package mine

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// pool are the pieces that texts are drawn from: sentences, and marks and words
// that break them.
var pool = []string{
	"The pier is a hundred years old.", "Anna Berg said that it leaked.", "“It leaks,” she said.", "She added that nobody cared.",
	"The council should repair it before the winter.", "Although it is old, it is safe.", "Build a new one!", "Why was nobody told?",
	"“The ice came early. We lost a boat.", "“Nobody slept.”", "According to the harbour board, 900 pupils use it.", "It is time to act:",
	"He said:", "Critics, who never come here, say that it costs too much; they are wrong.", "\"No", "'90s", "I think so.", "ÆØÅ 🙂 e\u0301.",
	"The IMF warned.", "said", ",", "“", "”", "\"", "—", "(", "because", "U.S.", "...", "\u00a0", "said that said that", "the", "of", ": :", "1. 2.",
}

// drawDocument draws a text of paragraphs, list items and quotations.
func drawDocument(t *rapid.T) *document.Document {
	var lines []string
	for range rapid.IntRange(1, 6).Draw(t, "blocks") {
		words := rapid.SliceOfN(rapid.SampledFrom(pool), 1, 6).Draw(t, "words")
		text := strings.Join(words, " ")
		if strings.TrimSpace(text) == "" {
			text = "x"
		}
		mark := rapid.SampledFrom([]string{"", "", "", "- ", "> "}).Draw(t, "mark")
		lines = append(lines, "¶", mark+strings.TrimSpace(text))
	}
	return write(lines...)
}

// TestMineProperties checks on any text what the later stages rely on.
func TestMineProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawDocument(t)
		sents := lang.Sentences(doc)
		r, err := mine(context.Background(), doc, sents)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.check(doc, sents); err != nil {
			t.Fatalf("%v in %q", err, doc.Text)
		}
		if again, _ := mine(context.Background(), doc, lang.Sentences(doc)); !reflect.DeepEqual(r, again) {
			t.Fatalf("another result the second time for %q", doc.Text)
		}
	})
}

// check states what holds of every result.
func (r Result) check(doc *document.Document, sents []lang.Sentence) error {
	end := 0
	for i, u := range r.Units {
		s := sents[u.Sentence]
		if u.Start < end || u.Len() <= 0 || !s.Contains(u.Span) {
			return fmt.Errorf("unit %d at %v after %d in sentence %v", i, u.Span, end, s.Span)
		}
		if u.Join > u.From || u.From >= u.To || u.To > len(s.Tokens) || spanOf(s.Tokens[u.From:u.To]) != u.Span {
			return fmt.Errorf("unit %d has tokens %d, %d to %d", i, u.Join, u.From, u.To)
		}
		if u.Type < 0 || u.Type >= len(Types) || !(u.Confidence >= 0 && u.Confidence <= 1) {
			return fmt.Errorf("unit %d has type %d, confidence %v", i, u.Type, u.Confidence)
		}
		if u.Recommendation != (u.Strength != NoStrength) {
			return fmt.Errorf("unit %d has strength %d", i, u.Strength)
		}
		for _, a := range u.Attributions {
			if a < 0 || a >= len(r.Attributions) {
				return fmt.Errorf("unit %d reports attribution %d of %d", i, a, len(r.Attributions))
			}
		}
		end = u.End
	}
	for i, a := range r.Attributions {
		if a.Speaker < -1 || a.Speaker >= len(r.Sources) || a.Speaker >= 0 && !a.HasSource() || len(a.Content) == 0 {
			return fmt.Errorf("attribution %d: %+v", i, a)
		}
		for _, c := range a.Content {
			if c.Len() <= 0 || c.Start < 0 || c.End > len(doc.Text) {
				return fmt.Errorf("attribution %d has content %v", i, c)
			}
		}
	}
	for i, s := range r.Sources {
		if s.Name == "" || s.Kind == "" || len(s.Mentions) == 0 || !ordered(s.Mentions) {
			return fmt.Errorf("source %d: %+v", i, s)
		}
	}
	if !ordered(r.Quotations) {
		return errors.New("quotations overlap or stand out of order")
	}
	return nil
}

func ordered(spans []document.Span) bool {
	for i, s := range spans {
		if s.Len() <= 0 || i > 0 && s.Start < spans[i-1].End {
			return false
		}
	}
	return true
}

func TestMineStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	doc := write("The council should repair the pier.")
	if _, err := mine(ctx, doc, lang.Sentences(doc)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// A text without a word has nothing to say.
func TestMineNothing(t *testing.T) {
	for _, text := range []string{"…", "“”", "---", "🙂"} {
		doc := write(text)
		r, err := mine(context.Background(), doc, lang.Sentences(doc))
		if err != nil || len(r.Units) > 0 || len(r.Attributions) > 0 || len(r.Sources) > 0 {
			t.Errorf("%q: %+v, %v", text, r, err)
		}
	}
}
