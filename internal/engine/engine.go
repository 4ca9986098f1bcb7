// Package engine is the way from a document to its argument map, readable on
// one screen: language, mining, linking.
package engine

import (
	"context"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
)

// Analyze reads the argument of doc. The same document gives the same map,
// whatever else runs. It fails only when ctx ends.
func Analyze(ctx context.Context, doc *document.Document) (*argument.Map, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ix := document.NewIndex(doc.Text)
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{
		ID: doc.ID(), URI: doc.URI, Title: doc.Title, MediaType: doc.MediaType,
		Language: "en", Characters: ix.Rune(len(doc.Text)),
	}}
	return m, nil
}
