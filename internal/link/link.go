// Package link finds how the units of a text bear on each other.
package link

import (
	"context"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/mine"
)

// Role is the place of a unit in the argument.
type Role uint8

// The roles.
const (
	Premise Role = iota
	Claim
	Thesis
)

// Relation leads from a unit to the unit that it bears on; both are indices.
type Relation struct {
	From, To   int
	Attack     bool
	Confidence float64
	Cues       []mine.Cue
}

// Structure is the argument of a text: its relations, and the role of each unit.
type Structure struct {
	Relations []Relation
	Roles     []Role
}

// Link finds it.
func Link(ctx context.Context, doc *document.Document, sents []lang.Sentence, found mine.Result) (Structure, error) {
	return Structure{Roles: make([]Role, len(found.Units))}, nil
}
