package encoder

import (
	"context"
	"math"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/tensor"
)

// Kinds of a unit in [Judgement.Kind].
const (
	Recommendation = iota
	ClaimJudgement
	ClaimFact
	ClaimStatistic
	ClaimAnecdote
	ClaimPrediction
	KindLabels
)

// Roles of a unit in [Judgement.Role].
const (
	RoleThesis = iota
	RoleClaim
	RolePremise
	RoleLabels
)

// Judgement is what the network makes of the units of a text. All scores are in
// natural logarithms.
type Judgement struct {
	kind, role []float32 // log probabilities, a row a unit
	thesis     []float32
	paragraph  []int
	sentence   []int
	// left times head gives the parent score of a pair, before what depends on
	// where the two stand: pairWidth+1 values a row; the last row of head stands
	// for no parent.
	left, head, dependent []float32
	mean                  []float32 // the mean vector of each unit, of length 1
	net                   *network
}

// nodesAtOnce bounds how many nodes look at each other: the work grows with its
// square. Longer texts are taken in runs of equal length.
const nodesAtOnce = 400

// Judge scores units, given as bytes into the text in text order and without
// overlap. A unit that has no piece of the text to itself is judged by where it
// stands alone. It fails only when ctx ends.
func (r *Reading) Judge(ctx context.Context, units []document.Span) (*Judgement, error) {
	spans := r.piecesOf(units)
	nodes := r.nodes(spans)
	vectors, err := r.contextual(ctx, nodes)
	if err != nil {
		return nil, err
	}
	j := &Judgement{net: r.net}
	rows := make([]float32, 0, (len(units)+1)*width)
	sentence, paragraph, k := 0, 0, 0
	for _, s := range spans {
		for ; k < len(nodes) && nodes[k].from < s.to; k++ {
			if nodes[k].fresh {
				sentence++
			}
			paragraph = nodes[k].paragraph
		}
		if s.from < s.to {
			rows = append(rows, vectors[(k-1)*width:k*width]...)
		} else {
			rows = append(rows, make([]float32, width)...)
		}
		j.paragraph = append(j.paragraph, paragraph)
		j.sentence = append(j.sentence, sentence)
		j.mean = append(j.mean, r.direction(s)...)
	}
	j.score(rows, len(units))
	return j, nil
}

// piecesOf returns the pieces of each unit, none twice. A unit inside of a piece
// takes that piece, if the unit before has left it.
func (r *Reading) piecesOf(units []document.Span) []span {
	out := make([]span, len(units))
	last := 0
	for i, u := range units {
		s := r.within(u.Start, u.End)
		if s.to <= s.from {
			s.from = min(r.at(u.Start), max(0, len(r.pieces)-1))
			s.to = min(s.from+1, len(r.pieces))
		}
		s.from = max(s.from, last)
		s.to = max(s.to, s.from)
		out[i], last = s, s.to
	}
	return out
}

// contextual returns the vectors of nodes after the upper layers.
func (r *Reading) contextual(ctx context.Context, nodes []node) ([]float32, error) {
	const in = 3*width + nodeFeatures
	out := make([]float32, len(nodes)*width)
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	runs := max(1, (len(nodes)+nodesAtOnce-1)/nodesAtOnce)
	for run := range runs {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		from, to := len(nodes)*run/runs, len(nodes)*(run+1)/runs
		if from == to {
			continue
		}
		rows := make([]float32, (to-from)*in)
		for k := from; k < to; k++ {
			row := rows[(k-from)*in : (k-from+1)*in]
			r.meanOf(row[:width], nodes[k].span)
			r.vector(row[width:2*width], nodes[k].from)
			if nodes[k].from > 0 {
				r.vector(row[2*width:3*width], nodes[k].from-1)
			}
			r.describe(row[3*width:], nodes, k)
		}
		w.size(to-from, 2*width)
		w.in.From(rows, to-from, in)
		r.net.node.ApplyGELU(w.x, &w.in)
		for i := range r.net.context {
			r.net.context[i].before(w, to-from)
		}
		copy(out[from*width:], w.x)
	}
	return out, nil
}

// meanOf writes the mean of the vectors of pieces to dst.
func (r *Reading) meanOf(dst []float32, s span) {
	var v [width]float32
	for i := s.from; i < s.to; i++ {
		r.vector(v[:], i)
		for k := range dst {
			dst[k] += v[k]
		}
	}
	for k := range dst {
		dst[k] /= float32(max(1, s.to-s.from))
	}
}

// direction is the mean vector of pieces at length 1.
func (r *Reading) direction(s span) []float32 {
	mean := make([]float32, width)
	r.meanOf(mean, s)
	sum := float32(0)
	for _, v := range mean {
		sum += float32(v * v)
	}
	length := max(float32(math.Sqrt(float64(sum))), 1e-12)
	for k := range mean {
		mean[k] /= length
	}
	return mean
}

// score fills in what can be said of each unit by itself, and the halves of what
// is said of pairs, from the vectors of the units.
func (j *Judgement) score(rows []float32, n int) {
	net := j.net
	rows = append(rows, net.root...)
	j.head = withOne(project(net.head, rows, n+1), n+1)
	if n == 0 {
		return
	}
	rows = rows[:n*width]
	j.kind, j.role, j.thesis = project(net.kind, rows, n), project(net.role, rows, n), project(net.thesis, rows, n)
	for i := range n {
		logSoftmax(j.kind[i*KindLabels : (i+1)*KindLabels])
		logSoftmax(j.role[i*RoleLabels : (i+1)*RoleLabels])
	}
	j.dependent = withOne(project(net.dependent, rows, n), n)
	const side = pairWidth + 1
	j.left = make([]float32, n*side)
	for i := range n {
		d := j.dependent[i*side : (i+1)*side]
		out := j.left[i*side : (i+1)*side]
		for a, v := range d {
			for b := range out {
				out[b] += float32(v * net.arc[a*side+b])
			}
		}
	}
}

// withOne lengthens each of n rows of pairWidth values by a 1.
func withOne(x []float32, n int) []float32 {
	out := make([]float32, 0, n*(pairWidth+1))
	for i := range n {
		out = append(append(out, x[i*pairWidth:(i+1)*pairWidth]...), 1)
	}
	return out
}

// Len is the number of units.
func (j *Judgement) Len() int { return len(j.thesis) }

// Kind returns the log probabilities of the kinds of unit i.
func (j *Judgement) Kind(i int) []float32 { return row(j.kind, i, KindLabels) }

// Role returns the log probabilities of the roles of unit i.
func (j *Judgement) Role(i int) []float32 { return row(j.role, i, RoleLabels) }

// Thesis returns the score of unit i as the thesis; a softmax over the units of
// a text makes probabilities of it.
func (j *Judgement) Thesis(i int) float64 { return float64(j.thesis[i]) }

const (
	distances       = 16
	paragraphSpread = 8
)

// Parent returns the score of unit parent as what unit child bears on, or with
// parent -1 of its bearing on nothing; a softmax over all parents makes
// probabilities of it.
func (j *Judgement) Parent(child, parent int) float64 {
	const side = pairWidth + 1
	p := parent
	if parent < 0 {
		p = j.Len()
	}
	score := dot(j.left[child*side:(child+1)*side], j.head[p*side:(p+1)*side]) / 11
	if parent < 0 {
		return float64(score)
	}
	step := min(max(parent-child, -distances), distances) + distances
	leap := min(max(j.paragraph[parent]-j.paragraph[child], -paragraphSpread), paragraphSpread) + paragraphSpread
	score += j.net.distance[step] + j.net.paragraphs[leap]
	score += float32(10 * float32(j.net.pair[0]*dot(j.mean[child*width:(child+1)*width], j.mean[parent*width:(parent+1)*width])))
	if j.sentence[child] == j.sentence[parent] {
		score += float32(10 * j.net.pair[1])
	}
	score += float32(10 * float32(j.net.pair[2]*j.thesis[parent]))
	return float64(score)
}

func dot(a, b []float32) float32 {
	sum := float32(0)
	for i, v := range a {
		sum += float32(v * b[i])
	}
	return sum
}

// Attack returns how much likelier it is that unit child attacks unit parent
// than that it supports it, as the logarithm of the odds.
func (j *Judgement) Attack(child, parent int) float64 {
	const side = pairWidth + 1
	d, h := j.dependent[child*side:child*side+pairWidth], j.head[parent*side:parent*side+pairWidth]
	in := make([]float32, 0, 3*pairWidth)
	in = append(append(in, d...), h...)
	for i, v := range d {
		in = append(in, v*h[i])
	}
	hidden := project(j.net.labelHidden, in, 1)
	tensor.GELU(hidden)
	out := project(j.net.label, hidden, 1)
	return float64(out[1] - out[0])
}
