package encoder

import (
	"math"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/tensor"
)

// tieWidth is the width of the vectors that tie the parts of attributions.
const tieWidth = 96

// Ties scores how well the parts of attributions belong together. Spans are bytes
// into the text.
type Ties struct {
	r                          *Reading
	cues, sources, contents    []span
	sourceQuery, sourceKey     []float32
	contentQuery, contentKey   []float32
	noSource, sourceD, contenD []float32
}

// Ties prepares the scores of cues with sources and with contents.
func (r *Reading) Ties(cues, sources, contents []document.Span) *Ties {
	n := r.net
	t := &Ties{r: r, noSource: n.noSource, sourceD: n.sourceDist, contenD: n.contDist}
	t.cues, t.sources, t.contents = r.stretches(cues), r.stretches(sources), r.stretches(contents)
	t.sourceQuery, t.sourceKey = r.ends(n.sourceQuery, t.cues), r.ends(n.sourceKey, t.sources)
	t.contentQuery, t.contentKey = r.ends(n.contentQuery, t.contents), r.ends(n.contentKey, t.cues)
	return t
}

func (r *Reading) stretches(spans []document.Span) []span {
	out := make([]span, len(spans))
	for i, s := range spans {
		x := r.within(s.Start, s.End)
		if x.to == x.from {
			x.from = min(r.at(s.Start), len(r.pieces)-1)
			x.to = x.from + 1
		}
		out[i] = x
	}
	return out
}

// ends applies a layer to the first and last vectors of each span.
func (r *Reading) ends(m *tensor.Matrix, spans []span) []float32 {
	if len(spans) == 0 {
		return nil
	}
	rows := make([]float32, len(spans)*2*width)
	for i, s := range spans {
		r.vector(rows[2*i*width:(2*i+1)*width], s.from)
		r.vector(rows[(2*i+1)*width:(2*i+2)*width], s.to-1)
	}
	return project(m, rows, len(spans))
}

// Source scores a source for a cue, or with source -1 that the cue has none; a
// softmax over the sources makes probabilities of it.
func (t *Ties) Source(cue, source int) float64 {
	q := t.sourceQuery[cue*tieWidth : (cue+1)*tieWidth]
	if source < 0 {
		return float64(dot(q, t.noSource)) / rootTie
	}
	return float64(dot(q, t.sourceKey[source*tieWidth:(source+1)*tieWidth]))/rootTie + float64(10*t.sourceD[bucket(t.cues[cue], t.sources[source])])
}

// Content scores a cue for a content; a softmax over the cues makes
// probabilities of it.
func (t *Ties) Content(content, cue int) float64 {
	q := t.contentQuery[content*tieWidth : (content+1)*tieWidth]
	return float64(dot(q, t.contentKey[cue*tieWidth:(cue+1)*tieWidth]))/rootTie + float64(10*t.contenD[bucket(t.contents[content], t.cues[cue])])
}

var rootTie = math.Sqrt(tieWidth)

// farther are the distances in pieces from which the next bucket begins, beyond
// the exact ones up to 4 (network.py has the formula).
var farther = [8]int{7, 11, 16, 26, 41, 64, 102, 162}

const buckets = 4 + len(farther)

// bucket numbers the distance from a query to a key, negative before it.
func bucket(query, key span) int {
	gap := key.from - query.to
	if gap < 0 {
		gap = min(key.to-query.from, 0)
	}
	size := max(gap, -gap)
	b := min(size, 4)
	for _, d := range farther {
		if size >= d {
			b++
		}
	}
	if gap < 0 {
		b = -b
	}
	return b + buckets
}
