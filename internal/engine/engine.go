// Package engine is the way from a document to its argument map, readable on
// one screen: language, mining, linking, and the map in the form of the contract.
package engine

import (
	"context"

	"github.com/abadojack/whatlanggo"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// Analyze reads the argument of doc. The same document gives the same map,
// whatever else runs. It fails only when ctx ends.
func Analyze(ctx context.Context, doc *document.Document) (*argument.Map, error) {
	a, err := analyse(ctx, doc)
	if err != nil {
		return nil, err
	}
	return assemble(doc, a.found, a.structure), nil
}

// analysis is what the stages make of a document.
type analysis struct {
	sents     []lang.Sentence
	reading   *encoder.Reading
	found     mine.Result
	structure link.Structure
}

func analyse(ctx context.Context, doc *document.Document) (a analysis, err error) {
	if a.sents, a.reading, err = read(ctx, doc); err != nil {
		return a, err
	}
	if a.found, err = mine.Mine(ctx, doc, a.sents, a.reading); err != nil {
		return a, err
	}
	a.structure, err = link.Link(ctx, doc, a.sents, a.found)
	return a, err
}

// read looks at the text in two ways side by side: as tagged words, and with the
// encoder.
func read(ctx context.Context, doc *document.Document) (sents []lang.Sentence, reading *encoder.Reading, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		sents = lang.Sentences(doc)
	}()
	reading, err = encoder.Read(ctx, doc.Flowing())
	<-done
	return sents, reading, err
}

// languageOf guesses the language of a text as an ISO 639-1 code. Short texts
// and close calls are taken for English, the one language that argmap reads.
func languageOf(text string) string {
	info := whatlanggo.Detect(text[:min(len(text), 20000)])
	if code := info.Lang.Iso6391(); code != "" && info.IsReliable() && len(text) > 200 {
		return code
	}
	return "en"
}
