package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
	"github.com/argmap/argmap/internal/raced"
	"github.com/argmap/argmap/internal/reader"
)

// many are the words of a long text in the benchmarks: a book's.
const many = 50_000

func BenchmarkAnalyze(b *testing.B) {
	b.Run("op-ed", func(b *testing.B) { benchAnalyze(b, readFile(b, filepath.Join(articles, "op-ed.txt"))) })
	b.Run("book", func(b *testing.B) { benchAnalyze(b, manyWords(b, many)) })
}

func benchAnalyze(b *testing.B, doc *document.Document) {
	measure(b, doc.Text, func() error {
		_, err := engine.Analyze(context.Background(), doc)
		return err
	})
}

func BenchmarkRead(b *testing.B) {
	doc := manyWords(b, many)
	in := reader.Input{Name: "book.txt", Data: []byte(doc.Text)}
	measure(b, doc.Text, func() error {
		_, err := reader.Read(context.Background(), in)
		return err
	})
}

func BenchmarkMine(b *testing.B) {
	doc := manyWords(b, many)
	sents, reading := lang.Sentences(doc), encoded(b, doc)
	measure(b, doc.Text, func() error {
		_, err := mine.Mine(context.Background(), doc, sents, reading)
		return err
	})
}

func BenchmarkLink(b *testing.B) {
	doc := manyWords(b, many)
	sents := lang.Sentences(doc)
	found, err := mine.Mine(context.Background(), doc, sents, encoded(b, doc))
	if err != nil {
		b.Fatal(err)
	}
	measure(b, doc.Text, func() error {
		_, err := link.Link(context.Background(), doc, sents, found)
		return err
	})
}

func BenchmarkEncode(b *testing.B) {
	doc := manyWords(b, many/10)
	measure(b, doc.Text, func() error {
		_, err := encoder.Read(context.Background(), doc.Flowing())
		return err
	})
}

func encoded(b *testing.B, doc *document.Document) *encoder.Reading {
	b.Helper()
	r, err := encoder.Read(context.Background(), doc.Flowing())
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// measure runs f after a first time, which builds the models, and reports how
// many words of text it does a second.
func measure(b *testing.B, text string, f func() error) {
	b.Helper()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(strings.Fields(text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// manyWords is a text of about n words: the plain articles, over and over, with
// other names each time, so that its sources grow with it as a book's do.
func manyWords(t testing.TB, n int) *document.Document {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(articles, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no articles", err)
	}
	var out strings.Builder
	for words, round := 0, 0; words < n; round++ {
		data, err := os.ReadFile(paths[round%len(paths)])
		if err != nil {
			t.Fatal(err)
		}
		text := renamed(strings.ReplaceAll(string(data), "\r\n", "\n"), round/len(paths))
		words += len(strings.Fields(text))
		out.WriteString(text + "\n\n")
	}
	doc, err := reader.Read(context.Background(), reader.Input{Name: "book.txt", Data: []byte(out.String())})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// renamed gives each word with a capital in the middle of a sentence, and so
// most names, another end a round.
func renamed(text string, round int) string {
	if round == 0 {
		return text
	}
	r := rand.New(rand.NewPCG(uint64(round), 0))
	end := fmt.Sprintf("%c%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		words := strings.Split(line, " ")
		for j := 1; j < len(words); j++ {
			w := words[j]
			if len(w) > 3 && w[0] >= 'A' && w[0] <= 'Z' && strings.ToLower(w) != "the" && w[1] >= 'a' && !strings.HasSuffix(words[j-1], ".") {
				words[j] = w[:3] + end + w[3:]
			}
		}
		lines[i] = strings.Join(words, " ")
	}
	return strings.Join(lines, "\n")
}

// The time for four times the text is at most eight times as long: nothing
// grows with the square of a text, of its list, or of its sources.
func TestScaling(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, c := range []struct {
		name, known string
		n           int // of what the text is made of, for the small one
		make        func(n int) *document.Document
	}{
		{"articles", "", 2500, func(n int) *document.Document { return manyWords(t, n) }},
		{"no full stop", "", 300, func(n int) *document.Document {
			return repeated(t, n, "the pier leaks and the %s is old because, ")
		}},
		{"one list", "", 250, func(n int) *document.Document {
			return repeated(t, n, "- repair the pier of the %s before the winter comes;\n")
		}},
		{"open quotations", "", 250, func(n int) *document.Document {
			return repeated(t, n, "“The %s leaks and is old and nobody cares.\n\n")
		}},
		{"sources", "", 400, func(n int) *document.Document {
			return repeated(t, n, "Anna %s said that the pier leaked. She added that it was old.\n\n")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.known != "" {
				t.Skip("known: " + c.known)
			}
			small, large := c.make(c.n), c.make(4*c.n)
			a, b := time.Hour, time.Hour
			for try := 0; try < 4 && (try == 0 || b > 8*a); try++ { // another program may have had the processor
				a, b = min(a, elapsed(t, small), elapsed(t, small)), min(b, elapsed(t, large))
			}
			t.Logf("%d take %v, %d take %v", c.n, a, 4*c.n, b)
			if b > 8*a {
				t.Errorf("%d take %v, %d take %v: %.1f times as long", c.n, a, 4*c.n, b, b.Seconds()/a.Seconds())
			}
		})
	}
}

// repeated is a text of n times a pattern, which holds %s for a name, another
// one each time.
func repeated(t *testing.T, n int, pattern string) *document.Document {
	t.Helper()
	var out strings.Builder
	out.WriteString("The council should keep the ferry, and it has to do this:\n\n")
	for i := range n {
		name := fmt.Sprintf("%c%c%ccer", 'A'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		fmt.Fprintf(&out, pattern, name)
	}
	doc, err := reader.Read(context.Background(), reader.Input{Name: "long.txt", Data: []byte(out.String())})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func elapsed(t *testing.T, doc *document.Document) time.Duration {
	t.Helper()
	start := time.Now()
	if _, err := engine.Analyze(context.Background(), doc); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}
