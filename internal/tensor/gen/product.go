package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// product multiplies tiles of some rows by a panel of 16 outputs. Weights are
// widened to 16 bits, pairs of products summed in 32 bits (VPMADDWD), which
// cannot overflow there, unlike the 8-bit VPMADDUBSW that saturates in 16.
func product(name string, rows int) {
	begin(name, "func(dst *float32, stride int, x *int16, xStride int, rowScale *float32, tiles int, "+
		"weights *int8, quads int, scale, bias *float32)",
		fmt.Sprintf("multiplies tiles of %d rows by one panel of weights. "+
			"Strides are in bytes, quads is a quarter of the depth; all counts are above 0.", rows))
	dst, stride := pointer("dst"), pointer("stride")
	x, xStride := pointer("x"), pointer("xStride")
	rowScale, tiles := pointer("rowScale"), pointer("tiles")

	Label("tile")
	sums := make([][2]reg.VecVirtual, rows)
	for r := range sums {
		for half := range sums[r] {
			sums[r][half] = YMM()
			VPXOR(sums[r][half], sums[r][half], sums[r][half])
		}
	}
	dot(sums, x, xStride)
	finish(sums, dst, stride, rowScale)

	for range rows {
		ADDQ(xStride, x)
		ADDQ(stride, dst)
	}
	ADDQ(operand.Imm(uint64(4*rows)), rowScale)
	DECQ(tiles)
	JNZ(operand.LabelRef("tile"))
	end()
}

// dot sums up the products over the depth.
func dot(sums [][2]reg.VecVirtual, x, xStride reg.Register) {
	at := rowAddresses(len(sums), x, xStride)
	weights, quads := pointer("weights"), pointer("quads")
	Label("quad")
	for pair := range 2 {
		var w [2]reg.VecVirtual
		for half := range w {
			w[half] = YMM()
			VPMOVSXBW(operand.Mem{Base: weights, Disp: 32*pair + 16*half}, w[half])
		}
		for r := range sums {
			a := YMM()
			VPBROADCASTD(at[r].Offset(4*pair), a)
			product := YMM()
			VPMADDWD(a, w[0], product)
			VPADDD(product, sums[r][0], sums[r][0])
			VPMADDWD(a, w[1], a)
			VPADDD(a, sums[r][1], sums[r][1])
		}
	}
	ADDQ(operand.Imm(64), weights)
	ADDQ(operand.Imm(8), at[0].Base)
	if len(sums) == 4 {
		ADDQ(operand.Imm(8), at[3].Base)
	}
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))
}

// rowAddresses gives the addresses of one or four rows with as few registers as
// they can be had with.
func rowAddresses(rows int, x, stride reg.Register) []operand.Mem {
	first := GP64()
	MOVQ(x, first)
	if rows == 1 {
		return []operand.Mem{{Base: first}}
	}
	last := GP64()
	LEAQ(operand.Mem{Base: x, Index: stride, Scale: 2}, last)
	ADDQ(stride, last)
	return []operand.Mem{
		{Base: first},
		{Base: first, Index: stride, Scale: 1},
		{Base: first, Index: stride, Scale: 2},
		{Base: last},
	}
}

// finish makes floats of the sums: sum × scale of the row × scale of the output
// + bias.
func finish(sums [][2]reg.VecVirtual, dst, stride, rowScale reg.Register) {
	scale, bias := pointer("scale"), pointer("bias")
	to := GP64()
	MOVQ(dst, to)
	for r := range sums {
		row := YMM()
		VBROADCASTSS(operand.Mem{Base: rowScale, Disp: 4 * r}, row)
		for half, s := range sums[r] {
			VCVTDQ2PS(s, s)
			VMULPS(row, s, s)
			VMULPS(operand.Mem{Base: scale, Disp: 32 * half}, s, s)
			VADDPS(operand.Mem{Base: bias, Disp: 32 * half}, s, s)
			VMOVUPS(s, operand.Mem{Base: to, Disp: 32 * half})
		}
		if r < len(sums)-1 {
			ADDQ(stride, to)
		}
	}
}
