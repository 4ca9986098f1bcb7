#include "textflag.h"

// The assembler has no names for these instructions. Arguments are numbers of
// vectors in its order, the destination last.

// SXTL  Vd.8H, Vn.8B: eight bytes become 16 bits wide
#define SXTL(n, d) WORD $(0x0F08A400 | (n)<<5 | (d))

// SXTL2 Vd.8H, Vn.16B: the upper eight bytes
#define SXTL2(n, d) WORD $(0x4F08A400 | (n)<<5 | (d))

// SMLAL  Vd.4S, Vn.4H, Vm.H[i]: Vd += Vn × one value of Vm, i up to 3, m up to 15
#define SMLAL(i, m, n, d) WORD $(0x0F402000 | (i)<<20 | (m)<<16 | (n)<<5 | (d))

// SMLAL2 Vd.4S, Vn.8H, Vm.H[i]: the upper four values of Vn
#define SMLAL2(i, m, n, d) WORD $(0x4F402000 | (i)<<20 | (m)<<16 | (n)<<5 | (d))

// SCVTF Vd.4S, Vd.4S: integers become floats
#define SCVTF(d) WORD $(0x4E21D800 | (d)<<5 | (d))

// FMUL Vd.4S, Vd.4S, Vm.4S
#define FMUL(m, d) WORD $(0x6E20DC00 | (m)<<16 | (d)<<5 | (d))

// FADD Vd.4S, Vd.4S, Vm.4S
#define FADD(m, d) WORD $(0x4E20D400 | (m)<<16 | (d)<<5 | (d))

// CLEAR makes the sums of a row 0.
#define CLEAR(a, b, c, d) \
	VEOR a.B16, a.B16, a.B16 \
	VEOR b.B16, b.B16, b.B16 \
	VEOR c.B16, c.B16, c.B16 \
	VEOR d.B16, d.B16, d.B16

// WIDEN makes 16 bits of the weights of 16 outputs for one input.
#define WIDEN(w, d) \
	SXTL(w, d) \
	SXTL2(w, d+1)

// ROW adds to the sums from vector s on the products of weights with input i of
// the row in vector x.
#define ROW(i, x, w, s) \
	SMLAL(i, x, w, s) \
	SMLAL2(i, x, w, s+1) \
	SMLAL(i, x, w+1, s+2) \
	SMLAL2(i, x, w+1, s+3)

// INPUT is ROW for all four rows.
#define INPUT(i, w) \
	ROW(i, 0, w, 16) \
	ROW(i, 1, w, 20) \
	ROW(i, 2, w, 24) \
	ROW(i, 3, w, 28)

// SCALE makes floats of four sums: × scale of the row × scale of the output +
// bias, three steps with a rounding each.
#define SCALE(s, scale, bias) \
	SCVTF(s) \
	FMUL(8, s) \
	FMUL(scale, s) \
	FADD(bias, s)

// FINISH stores a row and leaves after the last one.
#define FINISH(s, a, b, c, d) \
	VLD1R.P 4(R4), [V8.S4] \
	SCALE(s, 0, 4) \
	SCALE(s+1, 1, 5) \
	SCALE(s+2, 2, 6) \
	SCALE(s+3, 3, 7) \
	VST1 [a.S4, b.S4, c.S4, d.S4], (R0) \
	ADD R1, R0, R0 \
	SUBS $1, R5, R5 \
	BEQ done

// func tilesNEON(dst *float32, stride int, x *int16, xStride int, rowScale *float32, rows int, weights *int8, quads int, scale *float32, bias *float32)
TEXT ·tilesNEON(SB), NOSPLIT, $0-80
	MOVD dst+0(FP), R0
	MOVD stride+8(FP), R1
	MOVD x+16(FP), R2
	MOVD xStride+24(FP), R3
	MOVD rowScale+32(FP), R4
	MOVD rows+40(FP), R5

tile:
	// The first row stands for those that the last tile lacks.
	MOVD R2, R8
	ADD  R3, R2, R9
	ADD  R3, R9, R10
	ADD  R3, R10, R11
	ADD  R3, R11, R12
	CMP  $2, R5
	CSEL GE, R9, R2, R9
	CMP  $3, R5
	CSEL GE, R10, R2, R10
	CMP  $4, R5
	CSEL GE, R11, R2, R11
	MOVD R12, R2

	CLEAR(V16, V17, V18, V19)
	CLEAR(V20, V21, V22, V23)
	CLEAR(V24, V25, V26, V27)
	CLEAR(V28, V29, V30, V31)
	MOVD weights+48(FP), R6
	MOVD quads+56(FP), R7

quad:
	VLD1.P 8(R8), [V0.H4]
	VLD1.P 8(R9), [V1.H4]
	VLD1.P 8(R10), [V2.H4]
	VLD1.P 8(R11), [V3.H4]
	VLD2.P 32(R6), [V4.B16, V5.B16]
	VLD2.P 32(R6), [V6.B16, V7.B16]
	WIDEN(4, 8)
	WIDEN(5, 10)
	WIDEN(6, 12)
	WIDEN(7, 14)
	INPUT(0, 8)
	INPUT(1, 10)
	INPUT(2, 12)
	INPUT(3, 14)
	SUBS $1, R7, R7
	BNE  quad

	MOVD scale+64(FP), R6
	VLD1 (R6), [V0.S4, V1.S4, V2.S4, V3.S4]
	MOVD bias+72(FP), R6
	VLD1 (R6), [V4.S4, V5.S4, V6.S4, V7.S4]
	FINISH(16, V16, V17, V18, V19)
	FINISH(20, V20, V21, V22, V23)
	FINISH(24, V24, V25, V26, V27)
	FINISH(28, V28, V29, V30, V31)
	B    tile

done:
	RET
