package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Shape of a tile of foursProduct: rows stand in the lanes of vectors, so that
// every output has weights of its own.
const (
	foursRows    = 16
	foursOutputs = 4
)

// foursTile is the sums of one tile: for each output, eight rows a vector.
type foursTile [foursOutputs][foursRows / 8]reg.VecVirtual

// foursProduct multiplies rows that 128 was added to, and that thus have no sign,
// by weights of which no pair can make VPMADDUBSW saturate. What was taken from a
// pair for that is multiplied first, from a list.
func foursProduct() {
	begin("foursAVX2", "func(dst *float32, stride int, x *int8, quads int, rowScale *float32, weights *int8, groups int, "+
		"offset *int32, counts *int32, rest *int32, scale, bias *float32)",
		"multiplies 16 rows by groups of four outputs. Stride is in bytes, quads is a quarter of the depth; "+
			"both counts are above 0. Each group has its number in counts of those in rest.")
	dst, x, weights := pointer("dst"), pointer("x"), pointer("weights")
	counts, rest := pointer("counts"), pointer("rest")
	groups := pointer("groups")
	at := GP64()
	XORQ(at, at)
	sums := alignedLocal(4 * foursRows * foursOutputs)
	ones := YMM()
	VMOVDQU(constant("onesInPairs", 1<<16|1), ones)

	Label("group")
	foursStart(sums, at)
	foursRest(sums, x, counts, rest, ones)
	var tile foursTile
	for o := range tile {
		for half := range tile[o] {
			tile[o][half] = YMM()
			VMOVDQU(sums.Offset(4*foursRows*o+32*half), tile[o][half])
		}
	}
	foursDot(&tile, x, weights, ones)
	foursFinish(&tile, dst, at)
	ADDQ(operand.Imm(4*foursOutputs), dst)
	ADDQ(operand.Imm(4*foursOutputs), at)
	DECQ(groups)
	JNZ(operand.LabelRef("group"))
	end()
}

// alignedLocal makes room on the stack, which Go aligns to 8 bytes only, for
// vectors that cross no cache line.
func alignedLocal(size int) operand.Mem {
	const line = 64
	base := GP64()
	LEAQ(AllocLocal(size+line).Offset(line-1), base)
	ANDQ(operand.I8(-line), base)
	return operand.Mem{Base: base}
}

// foursStart begins the sums with the offset of each output.
func foursStart(sums operand.Mem, at reg.Register) {
	offset := pointer("offset")
	for o := range foursOutputs {
		v := YMM()
		VPBROADCASTD(operand.Mem{Base: offset, Index: at, Scale: 1, Disp: 4 * o}, v)
		for half := range foursRows / 8 {
			VMOVDQU(v, sums.Offset(4*foursRows*o+32*half))
		}
	}
}

// foursRest adds to the sums what the list of the group holds.
func foursRest(sums operand.Mem, x, counts, rest reg.Register, ones reg.VecVirtual) {
	n := GP64()
	MOVLQSX(operand.Mem{Base: counts}, n)
	ADDQ(operand.Imm(4), counts)
	TESTQ(n, n)
	JZ(operand.LabelRef("all"))
	Label("rest")
	quad, output, w := GP64(), GP64(), YMM()
	MOVLQSX(operand.Mem{Base: rest}, quad)
	MOVLQSX(operand.Mem{Base: rest, Disp: 4}, output)
	VPBROADCASTD(operand.Mem{Base: rest, Disp: 8}, w)
	for half := range foursRows / 8 {
		v, sum := YMM(), operand.Mem{Base: sums.Base, Index: output, Scale: 1, Disp: 32 * half}
		VMOVDQU(operand.Mem{Base: x, Index: quad, Scale: 1, Disp: 32 * half}, v)
		VPMADDUBSW(w, v, v)
		VPMADDWD(ones, v, v)
		VPADDD(sum, v, v)
		VMOVDQU(v, sum)
	}
	ADDQ(operand.Imm(12), rest)
	DECQ(n)
	JNZ(operand.LabelRef("rest"))
	Label("all")
}

// foursDot sums up the products over the depth.
func foursDot(tile *foursTile, x, weights reg.Register, ones reg.VecVirtual) {
	from, quads := GP64(), pointer("quads")
	MOVQ(x, from)
	Label("quad")
	var rows [foursRows / 8]reg.VecVirtual
	for half := range rows {
		rows[half] = YMM()
		VMOVDQU(operand.Mem{Base: from, Disp: 32 * half}, rows[half])
	}
	for o := range tile {
		w := YMM()
		VPBROADCASTD(operand.Mem{Base: weights, Disp: 4 * o}, w)
		for half, sum := range tile[o] {
			product := YMM()
			VPMADDUBSW(w, rows[half], product)
			VPMADDWD(ones, product, product)
			VPADDD(product, sum, sum)
		}
	}
	ADDQ(operand.Imm(4*foursOutputs), weights)
	ADDQ(operand.Imm(4*foursRows), from)
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))
}

// foursFinish makes floats of the sums, as finish does, and turns them so that
// the outputs of a row stand side by side.
func foursFinish(tile *foursTile, dst, at reg.Register) {
	stride := pointer("stride")
	rowScale, scale, bias := pointer("rowScale"), pointer("scale"), pointer("bias")
	for o := range tile {
		s, b := YMM(), YMM()
		VBROADCASTSS(operand.Mem{Base: scale, Index: at, Scale: 1, Disp: 4 * o}, s)
		VBROADCASTSS(operand.Mem{Base: bias, Index: at, Scale: 1, Disp: 4 * o}, b)
		for half, v := range tile[o] {
			VCVTDQ2PS(v, v)
			VMULPS(operand.Mem{Base: rowScale, Disp: 32 * half}, v, v)
			VMULPS(s, v, v)
			VADDPS(b, v, v)
		}
	}
	low, high := GP64(), GP64()
	MOVQ(dst, low)
	for half := range foursRows / 8 {
		LEAQ(operand.Mem{Base: low, Index: stride, Scale: 4}, high)
		for _, v := range turnedFloats(tile, half) {
			VMOVUPS(v.AsX(), operand.Mem{Base: low})
			VEXTRACTF128(operand.Imm(1), v, operand.Mem{Base: high})
			ADDQ(stride, low)
			ADDQ(stride, high)
		}
		MOVQ(high, low)
	}
}

// turnedFloats gives vectors of the four outputs of row r and row r+4.
func turnedFloats(tile *foursTile, half int) [4]reg.VecVirtual {
	var t, u [4]reg.VecVirtual
	for i := range 2 {
		t[i], t[2+i] = YMM(), YMM()
		VUNPCKLPS(tile[2*i+1][half], tile[2*i][half], t[i])
		VUNPCKHPS(tile[2*i+1][half], tile[2*i][half], t[2+i])
	}
	for i := range 2 {
		u[2*i], u[2*i+1] = YMM(), YMM()
		VUNPCKLPD(t[2*i+1], t[2*i], u[2*i])
		VUNPCKHPD(t[2*i+1], t[2*i], u[2*i+1])
	}
	return u
}

// packFours makes rows of 8 bits without a sign of four rows of 16 bits.
func packFours() {
	begin("packFoursAVX2", "func(quads *int8, x0, x1, x2, x3 *int16, n int)",
		"puts four rows side by side in 8 bits, 128 added to each value. "+
			"n, the length of a row, is a multiple of 16 above 0.")
	signs := XMM()
	VMOVDQU(constant("signs", 0x80808080), signs)
	packRows(func(quad reg.VecVirtual) { VPXOR(signs, quad, quad) })
	end()
}

// regroup makes fours of a panel whatever its pairs add up to.
func regroup() {
	begin("regroupAVX2", "func(to *int8, group int, panel *int8, quads int, offset *int32, beyond *uint32)",
		"brings together the weights of four inputs for each of 16 outputs, each four outputs group bytes after "+
			"those before, and puts -128 × their sum into offset. Bit 2 × output + pair of beyond, one a quad, tells "+
			"which pairs of weights add up to more than 128 on either side of 0.")
	to, group := pointer("to"), pointer("group")
	panel, quads, beyond := pointer("panel"), pointer("quads"), pointer("beyond")
	last, offset := GP64(), pointer("offset")
	LEAQ(operand.Mem{Base: group, Index: group, Scale: 2}, last)
	ones, limit, factor := YMM(), YMM(), YMM()
	VMOVDQU(constant("onesInBytes", 0x01010101), ones)
	VMOVDQU(constant("limits", 128<<16|128), limit)
	VMOVDQU(constant("factors", 0xff80ff80), factor)
	sums := [2]reg.VecVirtual{YMM(), YMM()} // of outputs 0 to 3 and 8 to 11, and of the others
	for _, s := range sums {
		VPXOR(s, s, s)
	}
	Label("quad")
	first, second := YMM(), YMM()
	VMOVDQU(operand.Mem{Base: panel}, first)
	VMOVDQU(operand.Mem{Base: panel, Disp: 32}, second)
	weights := [2]reg.VecVirtual{YMM(), YMM()}
	VPUNPCKLWD(second, first, weights[0])
	VPUNPCKHWD(second, first, weights[1])
	VMOVDQU(weights[0].AsX(), operand.Mem{Base: to})
	VMOVDQU(weights[1].AsX(), operand.Mem{Base: to, Index: group, Scale: 1})
	VEXTRACTI128(operand.Imm(1), weights[0], operand.Mem{Base: to, Index: group, Scale: 2})
	VEXTRACTI128(operand.Imm(1), weights[1], operand.Mem{Base: to, Index: last, Scale: 1})
	for i, w := range weights {
		VPMADDUBSW(w, ones, w)
		VPMADDWD(factor, w, first)
		VPADDD(first, sums[i], sums[i])
		VPABSW(w, w)
		VPCMPGTW(limit, w, w)
	}
	VPACKSSWB(weights[1], weights[0], first)
	mask := GP32()
	VPMOVMSKB(first, mask)
	MOVL(mask, operand.Mem{Base: beyond})
	ADDQ(operand.Imm(4), beyond)
	ADDQ(operand.Imm(64), panel)
	ADDQ(operand.Imm(16), to)
	DECQ(quads)
	JNZ(operand.LabelRef("quad"))
	VMOVDQU(sums[0].AsX(), operand.Mem{Base: offset})
	VMOVDQU(sums[1].AsX(), operand.Mem{Base: offset, Disp: 16})
	VEXTRACTI128(operand.Imm(1), sums[0], operand.Mem{Base: offset, Disp: 32})
	VEXTRACTI128(operand.Imm(1), sums[1], operand.Mem{Base: offset, Disp: 48})
	end()
}
