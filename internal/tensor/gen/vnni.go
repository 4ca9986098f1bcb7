package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// quadRows is how many rows stand side by side in rows of 8 bits.
const quadRows = 16

// byteProduct multiplies tiles of some rows of 8 bits by a panel of 16 outputs.
// VPDPBUSD multiplies numbers without a sign by numbers with one and adds four
// such products to a sum of 32 bits, all exactly but for whole multiples of
// 2^32. Weights lose their sign by the addition of 128, and 128 times the sum of
// the row is what a sum then begins below 0 with.
func byteProduct(name string, rows int, wordOrder operand.Mem) {
	begin(name, "func(dst *float32, stride int, x *int8, xStep int, offset *int32, rowScale *float32, rows int, "+
		"weights *int8, quads int, scale, bias *float32, mask uint16)",
		fmt.Sprintf("multiplies rows of 8 bits, %d at a time, by one panel of weights. "+
			"Stride and xStep, from tile to tile of x, are in bytes, quads is a quarter of the depth; "+
			"all counts are above 0. Outputs that are not in mask are not written.", rows))
	t := newTile()
	xStep, offset := pointer("xStep"), pointer("offset")
	order := ZMM()
	VMOVDQU64(wordOrder, order)
	sign := ZMM()
	VPBROADCASTD(constant("signs", 0x80808080), sign)

	Label("tile")
	sums := make([]reg.VecVirtual, rows)
	for r := range sums {
		sums[r] = ZMM()
		VPBROADCASTD(operand.Mem{Base: offset, Disp: 4 * r}, sums[r])
	}
	x, weights, quads := GP64(), pointer("weights"), pointer("quads")
	MOVQ(t.x, x)
	Label("quad")
	w := ZMM()
	VPERMW(operand.Mem{Base: weights}, order, w)
	VPXORD(sign, w, w)
	for r, s := range sums {
		VPDPBUSD_BCST(operand.Mem{Base: x, Disp: 4 * r}, w, s)
	}
	ADDQ(operand.Imm(64), weights)
	ADDQ(operand.Imm(4*quadRows), x)
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))

	t.finish(sums)
	ADDQ(xStep, t.x)
	ADDQ(operand.Imm(uint64(4*rows)), offset)
	JMP(operand.LabelRef("tile"))
	Label("done")
	end()
}

// wordProduct multiplies tiles of eight rows of 16 bits by a panel of 16 outputs.
// VPDPWSSD adds two products to a sum.
func wordProduct() {
	const rows = 8
	begin("words8AVX512", "func(dst *float32, stride int, x *int16, xStride int, rowScale *float32, rows int, "+
		"weights *int8, quads int, scale, bias *float32, mask uint16)",
		"multiplies rows of 16 bits, 8 at a time, by one panel of weights. Rows are a multiple of 8. "+
			"Strides are in bytes, quads is a quarter of the depth; all counts are above 0. "+
			"Outputs that are not in mask are not written.")
	t := newTile()
	stride := pointer("xStride")
	triple := GP64()
	LEAQ(operand.Mem{Base: stride, Index: stride, Scale: 2}, triple)

	Label("tile")
	sums := make([]reg.VecVirtual, rows)
	for r := range sums {
		sums[r] = ZMM()
		VPXORD(sums[r], sums[r], sums[r])
	}
	low, high, weights, quads := GP64(), GP64(), pointer("weights"), pointer("quads")
	MOVQ(t.x, low)
	LEAQ(operand.Mem{Base: t.x, Index: stride, Scale: 4}, high)
	Label("quad")
	for pair := range 2 {
		w := ZMM()
		VPMOVSXBW(operand.Mem{Base: weights, Disp: 32 * pair}, w)
		for r, s := range sums {
			at := operand.Mem{Base: []reg.Register{low, high}[r/4], Disp: 4 * pair}
			switch r % 4 {
			case 1, 2:
				at.Index, at.Scale = stride, uint8(r%4)
			case 3:
				at.Index, at.Scale = triple, 1
			}
			VPDPWSSD_BCST(at, w, s)
		}
	}
	ADDQ(operand.Imm(64), weights)
	ADDQ(operand.Imm(8), low)
	ADDQ(operand.Imm(8), high)
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))

	LEAQ(operand.Mem{Base: t.x, Index: stride, Scale: 8}, t.x)
	t.finish(sums)
	JMP(operand.LabelRef("tile"))
	Label("done")
	end()
}

// tile is where a loop over tiles stands.
type tile struct {
	dst, stride, x, rowScale, rows reg.Register
	mask                           reg.OpmaskVirtual
}

func newTile() tile {
	t := tile{dst: pointer("dst"), stride: pointer("stride"), x: pointer("x"),
		rowScale: pointer("rowScale"), rows: pointer("rows"), mask: K()}
	address, err := Param("mask").Resolve()
	if err != nil {
		panic(err)
	}
	KMOVW(address.Addr, t.mask)
	return t
}

// finish makes floats of the sums: sum × scale of the row × scale of the output
// + bias. It leaves for "done" after the last row.
func (t tile) finish(sums []reg.VecVirtual) {
	at := GP64()
	scale, bias := ZMM(), ZMM()
	Load(Param("scale"), at)
	VMOVUPS(operand.Mem{Base: at}, scale)
	Load(Param("bias"), at)
	VMOVUPS(operand.Mem{Base: at}, bias)
	for r, s := range sums {
		VCVTDQ2PS(s, s)
		VMULPS_BCST(operand.Mem{Base: t.rowScale, Disp: 4 * r}, s, s)
		VMULPS(scale, s, s)
		VADDPS(bias, s, s)
		VMOVUPS(s, t.mask, operand.Mem{Base: t.dst})
		ADDQ(t.stride, t.dst)
		DECQ(t.rows)
		JZ(operand.LabelRef("done"))
	}
	ADDQ(operand.Imm(uint64(4*len(sums))), t.rowScale)
}

// wordOrder declares the order of words that brings the two pairs of weights of
// an output together: the panel has the first pairs of all 16 outputs before the
// second ones.
func wordOrder() operand.Mem {
	m := GLOBL("wordOrder", RODATA|NOPTR)
	for o := range 16 {
		DATA(4*o, operand.U32(uint32(o)|uint32(16+o)<<16))
	}
	return m
}

// pack makes rows of 8 bits of four rows of 16 bits.
func pack() {
	begin("packAVX512", "func(quads *int8, offset *int32, x0, x1, x2, x3 *int16, n int)",
		"puts four rows side by side in 8 bits, and into offset -128 × the sum of each. "+
			"n, the length of a row, is a multiple of 16 above 0.")
	sums, offset := XMM(), XMM()
	VPXOR(sums, sums, sums)
	VPXOR(offset, offset, offset)
	steps := XMM()
	VMOVDQU(constant("signs", 0x80808080), steps)
	packRows(func(quad reg.VecVirtual) { VPDPBUSD(quad, steps, sums) })
	VPSUBD(sums, offset, offset)
	to := pointer("offset")
	VMOVDQU(offset, operand.Mem{Base: to})
	end()
}

// packRows puts four rows of n 16-bit values side by side in 8 bits, and does
// something with every vector of four inputs each.
func packRows(with func(quad reg.VecVirtual)) {
	to, n := pointer("quads"), count()
	x := []reg.Register{pointer("x0"), pointer("x1"), pointer("x2"), pointer("x3")}
	i := GP64()
	XORQ(i, i)
	Label("loop")
	var rows [4]reg.VecVirtual
	for r := range rows {
		rows[r] = XMM()
		VMOVDQU(shorts(x[r], i), rows[r])
		VPACKSSWB(shorts(x[r], i).Offset(16), rows[r], rows[r])
	}
	for q, quad := range turned(rows) {
		with(quad)
		VMOVDQU(quad, operand.Mem{Base: to, Disp: 4 * quadRows * q})
	}
	ADDQ(operand.U32(4*4*quadRows), to)
	ADDQ(operand.Imm(16), i)
	CMPQ(i, n)
	JLT(operand.LabelRef("loop"))
}

// turned transposes four vectors of four 32-bit values.
func turned(v [4]reg.VecVirtual) [4]reg.VecVirtual {
	var t, u [4]reg.VecVirtual
	for i := range 2 {
		t[i], t[2+i] = XMM(), XMM()
		VPUNPCKLDQ(v[2*i+1], v[2*i], t[i])
		VPUNPCKHDQ(v[2*i+1], v[2*i], t[2+i])
	}
	for i := range 2 {
		u[2*i], u[2*i+1] = XMM(), XMM()
		VPUNPCKLQDQ(t[2*i+1], t[2*i], u[2*i])
		VPUNPCKHQDQ(t[2*i+1], t[2*i], u[2*i+1])
	}
	return u
}
