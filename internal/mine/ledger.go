package mine

import (
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// Source is an entry of the ledger.
type Source struct {
	Name, Kind, Description string
	Mentions                []document.Span
}

func ledger(doc *document.Document, sents []lang.Sentence, as []Attribution) []Source { return nil }
