package tensor

import "math/bits"

// fours is the weights of a layer for kernels that multiply bytes without a sign
// by bytes with one and add two such products in 16 bits, where they saturate
// (VPMADDUBSW). Activations lose their sign by the addition of 128; what that
// adds to a sum is its offset. Then a pair of weights can make no sum too large
// if it adds up to no more than 128, on either side of 0: what a pair has beyond
// that, one in a hundred, stands in rest.
type fours struct {
	// weights hold for each four outputs, for each four inputs, the weights of the
	// first output, of the second, and so on.
	weights []int8
	offset  []int32 // one an output: -128 × the sum of its weights
	counts  []int32 // one for each four outputs: how many of rest are theirs
	rest    []rest  // for each four outputs
	first   []int   // one a panel: the first of rest
}

// rest is what weights lack.
type rest struct {
	quad   int32 // where four inputs stand in Quantized.quads
	output int32 // where an output of four stands among sums of quadRows rows
	w      [4]int8
}

// pairLimit is the most that a pair of weights may add up to: 255 × 128 is the
// largest multiple of 255 by a power of 2 that int16 holds.
const pairLimit = 128

// foursWorth is how many rows pay for the arranging, about 0.5 ns a weight.
const foursWorth = 64

const (
	foursOutputs = 4
	foursGroups  = panelWidth / foursOutputs // of a panel
)

// newFours arranges the weights of m.
func newFours(m *Matrix) *fours {
	f := &fours{weights: make([]int8, len(m.panels)), offset: make([]int32, len(m.scale))}
	beyond := make([]uint32, m.depth/depthStep)
	for o := 0; o < len(m.scale); o += panelWidth {
		from, to := m.panels[o*m.depth:], f.weights[o*m.depth:(o+panelWidth)*m.depth]
		f.first = append(f.first, len(f.rest))
		active.regroup(to, from[:len(to)], (*[panelWidth]int32)(f.offset[o:]), beyond)
		for g := range foursGroups {
			before := len(f.rest)
			for q, pairs := range beyond {
				if pairs = pairs >> (2 * foursOutputs * g) & (1<<(2*foursOutputs) - 1); pairs != 0 {
					f.shorten(to[g*foursOutputs*m.depth:], q, pairs)
				}
			}
			f.counts = append(f.counts, int32(len(f.rest)-before))
		}
	}
	return f
}

// shorten takes from pairs of one quad of a group what they have too much.
func (f *fours) shorten(group []int8, q int, pairs uint32) {
	for ; pairs != 0; pairs &^= 3 << (bits.TrailingZeros32(pairs) &^ 1) {
		o := bits.TrailingZeros32(pairs) / 2
		w := (*[depthStep]int8)(group[(q*foursOutputs+o)*depthStep:])
		more := rest{quad: int32(q * depthStep * quadRows), output: int32(o * quadRows * floatBytes)}
		for i := 0; i < depthStep; i += 2 {
			sum := int32(w[i]) + int32(w[i+1])
			more.w[i+1] = int8(sum - max(min(sum, pairLimit), -pairLimit))
			w[i+1] -= more.w[i+1]
		}
		f.rest = append(f.rest, more)
	}
}

// panel returns what belongs to one panel.
func (f *fours) panel(i, depth int) fours {
	return fours{
		weights: f.weights[i*panelWidth*depth:][:panelWidth*depth],
		offset:  f.offset[i*panelWidth:][:panelWidth],
		counts:  f.counts[i*foursGroups:][:foursGroups],
		rest:    f.rest[f.first[i]:],
	}
}
