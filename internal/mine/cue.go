package mine

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// Cue is a passage that decided something, and the rule that it fired.
type Cue struct {
	document.Span
	Rule string
}

//go:embed lexicon/kind.cues
var kindCuesText string

//go:embed lexicon/type.cues
var typeCuesText string

//go:embed lexicon/demand.cues
var demandCuesText string

//go:embed lexicon/imperative.txt
var imperativeText string

//go:embed weights/cut.txt
var cutWeights string

//go:embed weights/unit.txt
var unitWeights string

//go:embed weights/kind.txt
var kindWeights string

//go:embed weights/type.txt
var typeWeights string

//go:embed weights/cue.txt
var cueWeights string

var (
	kindPatterns = sync.OnceValue(func() *lang.Patterns { return lang.MustPatterns(kindCuesText) })
	typePatterns = sync.OnceValue(func() *lang.Patterns { return lang.MustPatterns(typeCuesText) })

	demandPatterns  = sync.OnceValue(func() *lang.Patterns { return lang.MustPatterns(demandCuesText) })
	imperativeVerbs = sync.OnceValue(func() map[string]bool { return lang.Set(imperativeText) })

	cutModel  = sync.OnceValue(func() *learn.Model { return learn.MustParse(cutWeights) })
	unitModel = sync.OnceValue(func() *learn.Model { return learn.MustParse(unitWeights) })
	kindModel = sync.OnceValue(func() *learn.Model { return learn.MustParse(kindWeights) })
	typeModel = sync.OnceValue(func() *learn.Model { return learn.MustParse(typeWeights) })
	cueModel  = sync.OnceValue(func() *learn.Model { return learn.MustParse(cueWeights) })
)

// spanOf is the span of a run of tokens.
func spanOf(tokens []lang.Token) document.Span {
	return document.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}
}

// set collects names without repeating any, in the order of their first use.
type set struct {
	names []string
	seen  map[string]bool
}

func newSet() *set { return &set{seen: map[string]bool{}} }

func (s *set) add(parts ...string) {
	name := strings.Join(parts, " ")
	if !s.seen[name] {
		s.seen[name] = true
		s.names = append(s.names, name)
	}
}
