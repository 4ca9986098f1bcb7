// Package tensor is the arithmetic of a small transformer encoder: linear layers
// with int8 weights, attention, layer norm, GELU and softmax over float32 rows.
//
// All matrices are row-major. Every kernel gives the same bits, so a text gets
// the same answer on every processor:
//
//   - Products are int8 × int8 summed in int32, which is exact in any order.
//   - Float steps use only operations that IEEE 754 defines to the last bit. No
//     product is fused with a sum: the Go compiler does that on some processors
//     unless the product is converted, hence the many float32(a*b).
//   - Sums run in eight lanes, element i in lane i%8, that are then added in a
//     fixed order (see fold).
//   - Exp and Erf are polynomials of this package; those of package math differ
//     by processor.
//
// # Kernels
//
// The plain Go kernel (plain.go) is the reference. A kernel for a processor
// family is a row in the table of kernels, with its own file beside it, and is
// held to the reference by the tests. The last column is the speed of a layer of
// 384 inputs and 1536 outputs, in 10⁹ products a second on one core of an Intel
// Xeon (Emerald Rapids): the best of many runs over 256 rows.
//
//	avx512  x86 with AVX-512 VNNI: 64 8-bit products at a time, else avx2   280
//	avx2    x86 with AVX2: 32 8-bit products at a time, vectors of floats    77
//	neon    64-bit ARM: 4 16-bit products at a time, floats as plain          ?
//	plain   any: 2 products in a multiplication of 64 bits                  4.9
//
// The tests run neon under emulation, which says nothing of its speed.
//
// Values must be finite, and so must what is computed of them: processors differ
// in what they make of NaN. Functions panic where a slice is too short for the
// shape given with it.
package tensor

import "os"

//go:generate go -C gen run . -kernel avx2 -out ../avx2_amd64.s -stubs ../avx2_stubs_amd64.go -pkg tensor
//go:generate go -C gen run . -kernel avx512 -out ../avx512_amd64.s -stubs ../avx512_stubs_amd64.go -pkg tensor

// lanes is how many partial sums a sum over floats runs in.
const lanes = 8

// kernel is the arithmetic as one family of processors does it best. Slices
// given together are of the same length (that of pairs is twice it), which need
// not be a multiple of anything.
type kernel struct {
	name string
	// panel computes one panel of a product.
	panel func(b block)
	// pack sets q.quads and q.offset; nil if panel has no use for them.
	pack func(q *Quantized)
	// regroup fills in the fours of a panel of weights but for what its pairs have
	// too much, which beyond tells: bit 2 × output + pair for each four inputs. It
	// is nil if panel does not multiply the quads of rows by fours.
	regroup func(to, panel []int8, offset *[panelWidth]int32, beyond []uint32)
	// maxAbs returns the largest magnitude in x, 0 if x is empty.
	maxAbs func(x []float32) float32
	// round sets dst to x × by, rounded half to even.
	round func(dst []int16, x []float32, by float32)
	// pairs sets dst to pairs of x × by and y × by, rounded half to even.
	pairs func(dst []int8, x, y, by []float32)
	// largest returns the largest of x, -Inf if x is empty.
	largest func(x []float32) float32
	// weigh sets dst to exp(x-most) × top, rounded half to even, and returns the
	// sum of dst. No x is above most; top is at most 32767.
	weigh func(dst []int16, x []float32, most, top float32) int32
	// expSum sets x to exp(x-most) and returns the sum. No x is above most.
	expSum func(x []float32, most float32) float32
	// scale multiplies x by a number.
	scale func(x []float32, by float32)
	// sum returns the sum of x.
	sum func(x []float32) float32
	// squares returns the sum of the squares of x - mean.
	squares func(x []float32, mean float32) float32
	// normalise sets x to (x-mean) × inverse × gain + bias.
	normalise func(x, gain, bias []float32, mean, inverse float32)
	// gelu applies GELU to x.
	gelu func(x []float32)
	// add adds x to dst.
	add func(dst, x []float32)
	// widen sets dst, which is nowhere negative, to the larger of itself and the
	// magnitude of x.
	widen func(dst, x []float32)
}

// withProducts returns a kernel that differs from another in its products.
func withProducts(k kernel, name string, panel func(block), pack func(*Quantized)) kernel {
	k.name, k.panel, k.pack, k.regroup = name, panel, pack, nil
	return k
}

// active is the kernel in use.
var active = choose(os.Getenv("ARGMAP_KERNEL"))

// choose returns the kernel of that name, else the best this processor has.
func choose(name string) *kernel {
	have := kernels()
	for _, k := range have {
		if k.name == name {
			return k
		}
	}
	return have[0]
}

// Kernel returns the name of the kernel in use, "plain" for the reference. The
// environment variable ARGMAP_KERNEL chooses one by its name; a name this
// processor does not have leaves the choice as it is.
func Kernel() string { return active.name }

// fold adds up the lanes of a sum in the order in which halving a vector adds
// them.
func fold(l *[lanes]float32) float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}
