package encoder

import (
	"fmt"
	"sync"

	"github.com/argmap/argmap/internal/tensor"
	"github.com/argmap/argmap/internal/weights"
)

const (
	width      = 384 // of every vector
	layers     = 6
	heads      = 12
	upper      = 2 // layers over the nodes of a text
	upperHeads = 6
	pairWidth  = 128
	epsilon    = 1e-12 // of the layer norms of BERT
	upperEps   = 1e-5  // of those over nodes
)

// block is one transformer layer.
type block struct {
	query, key, value, out, up, down *tensor.Matrix
	norm1, norm2                     norm
}

type norm struct{ gain, bias []float32 }

// network holds the weights, ready for use.
type network struct {
	tokens    *wordPiece
	cls, sep  int32
	mask      int32
	words     []int8 // a row of width values for each piece of the vocabulary
	wordScale []float32
	positions []float32
	norm      norm
	layers    [layers]block
	context   [upper]block

	segment, span                              *tensor.Matrix
	sourceQuery, sourceKey                     *tensor.Matrix
	contentQuery, contentKey                   *tensor.Matrix
	node, kind, role, thesis                   *tensor.Matrix
	head, dependent, labelHidden, label        *tensor.Matrix
	arc, root, pair, noSource                  []float32
	distance, paragraphs, sourceDist, contDist []float32
}

// load unpacks the embedded weights, once.
var load = sync.OnceValue(func() *network {
	f, err := weights.Encoder()
	if err != nil {
		panic(err) // the program itself is damaged
	}
	return newNetwork(f)
})

func newNetwork(f *weights.File) *network {
	vocabulary := f.Lines("vocabulary")
	n := &network{tokens: newWordPiece(vocabulary)}
	for i, w := range vocabulary {
		switch w {
		case "[CLS]":
			n.cls = int32(i)
		case "[SEP]":
			n.sep = int32(i)
		case "[MASK]":
			n.mask = int32(i)
		}
	}
	n.words, _ = f.Int8("words")
	n.wordScale, _ = f.Float32("words.scale")
	n.positions, _ = f.Float32("positions")
	n.norm = readNorm(f, "norm")
	for i := range n.layers {
		n.layers[i] = readBlock(f, fmt.Sprintf("layer%d.", i))
	}
	for i := range n.context {
		n.context[i] = readBlock(f, fmt.Sprintf("context%d.", i))
	}
	for name, m := range map[string]**tensor.Matrix{
		"segment": &n.segment, "span": &n.span, "source_query": &n.sourceQuery, "source_key": &n.sourceKey,
		"content_query": &n.contentQuery, "content_key": &n.contentKey, "node": &n.node, "kind": &n.kind, "role": &n.role,
		"thesis": &n.thesis, "head": &n.head, "dependent": &n.dependent, "label_hidden": &n.labelHidden, "label": &n.label,
	} {
		*m = readMatrix(f, name)
	}
	for name, v := range map[string]*[]float32{
		"arc": &n.arc, "root": &n.root, "pair": &n.pair, "no_source": &n.noSource, "distance": &n.distance,
		"paragraphs": &n.paragraphs, "source_distance": &n.sourceDist, "content_distance": &n.contDist,
	} {
		*v, _ = f.Float32(name)
	}
	return n
}

func readMatrix(f *weights.File, name string) *tensor.Matrix {
	w, shape := f.Int8(name + ".weight")
	scale, _ := f.Float32(name + ".weight.scale")
	bias, _ := f.Float32(name + ".bias")
	return tensor.Pack(w, shape[1], shape[0], scale, bias)
}

func readNorm(f *weights.File, name string) norm {
	gain, _ := f.Float32(name + ".gain")
	bias, _ := f.Float32(name + ".bias")
	return norm{gain, bias}
}

func readBlock(f *weights.File, name string) block {
	return block{
		query: readMatrix(f, name+"query"), key: readMatrix(f, name+"key"), value: readMatrix(f, name+"value"),
		out: readMatrix(f, name+"out"), up: readMatrix(f, name+"up"), down: readMatrix(f, name+"down"),
		norm1: readNorm(f, name+"norm1"), norm2: readNorm(f, name+"norm2"),
	}
}
