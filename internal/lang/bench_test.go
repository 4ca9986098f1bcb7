package lang

import (
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

// long makes a document of some 20,000 words, a paragraph of ten sentences each.
func long(b *testing.B) (*document.Document, int) {
	b.Helper()
	doc := &document.Document{}
	var text strings.Builder
	sentences := plainSentences(b)
	for i := range 250 {
		start := text.Len()
		for j := range 10 {
			if j > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(sentences[(i*7+j)%len(sentences)])
		}
		doc.Blocks = append(doc.Blocks, document.Block{Kind: document.Paragraph,
			Span: document.Span{Start: start, End: text.Len()}, LeadIn: -1, Section: -1})
		text.WriteString("\n\n")
	}
	doc.Text = text.String()
	return doc, len(strings.Fields(doc.Text))
}

func BenchmarkSentences(b *testing.B) {
	doc, words := long(b)
	Sentences(doc) // loads the model
	b.ReportAllocs()
	for b.Loop() {
		Sentences(doc)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkSentencesSideBySide runs as many at once as there are processors.
func BenchmarkSentencesSideBySide(b *testing.B) {
	doc, words := long(b)
	Sentences(doc)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			Sentences(doc)
		}
	})
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkSplit(b *testing.B) {
	doc, words := long(b)
	text := strings.ReplaceAll(doc.Text, "\n", " ")
	b.ReportAllocs()
	for b.Loop() {
		Split(text)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
