package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// reductions are the loops that keep eight partial results in lanes.
func reductions() {
	begin("maxAbsAVX2", "func(x *float32, n int) float32", "returns the largest magnitude in x.")
	most(func(l reg.VecVirtual, x operand.Mem) {
		v := YMM()
		VMOVUPS(x, v)
		VANDPS(constant("withoutSign", 1<<31-1), v, v)
		VMAXPS(v, l, l)
	}, func(l reg.VecVirtual, _ operand.Mem) { VXORPS(l, l, l) })

	begin("largestAVX2", "func(x *float32, n int) float32", "returns the largest of x.")
	most(func(l reg.VecVirtual, x operand.Mem) { VMAXPS(x, l, l) },
		func(l reg.VecVirtual, x operand.Mem) { VMOVUPS(x, l) })

	begin("sumAVX2", "func(lanes *[8]float32, x *float32, n int)", "adds x to lanes.")
	reduce(func(l reg.VecVirtual, x operand.Mem) { VADDPS(x, l, l) })

	begin("squaresAVX2", "func(lanes *[8]float32, x *float32, n int, mean float32)",
		"adds the squares of x-mean to lanes.")
	mean := broadcast("mean")
	reduce(func(l reg.VecVirtual, x operand.Mem) {
		v := YMM()
		VMOVUPS(x, v)
		VSUBPS(mean, v, v)
		VMULPS(v, v, v)
		VADDPS(v, l, l)
	})

	begin("expSumAVX2", "func(lanes *[8]float32, x *float32, n int, most float32)",
		"sets x to exp(x-most) and adds it to lanes.")
	most := broadcast("most")
	reduce(func(l reg.VecVirtual, x operand.Mem) {
		e := exp(x, most)
		VMOVUPS(e, x)
		VADDPS(e, l, l)
	})
}

// reduce loops over x with the lanes in a register.
func reduce(body func(l reg.VecVirtual, x operand.Mem)) {
	lanes, x, n := pointer("lanes"), pointer("x"), count()
	l := YMM()
	VMOVUPS(operand.Mem{Base: lanes}, l)
	loop(n, func(i reg.Register) { body(l, floats(x, i)) })
	VMOVUPS(l, operand.Mem{Base: lanes})
	end()
}

// most finds the largest of what body sees. As the order does not matter, it
// keeps four vectors, which do not wait for each other.
func most(body, start func(l reg.VecVirtual, x operand.Mem)) {
	x, n := pointer("x"), count()
	var l [4]reg.VecVirtual
	for k := range l {
		l[k] = YMM()
		start(l[k], operand.Mem{Base: x})
	}
	i, last := GP64(), GP64()
	XORQ(i, i)
	LEAQ(operand.Mem{Base: n, Disp: -8 * len(l)}, last)
	JMP(operand.LabelRef("whether"))
	Label("fours")
	for k, v := range l {
		body(v, floats(x, i).Offset(32*k))
	}
	ADDQ(operand.Imm(uint64(8*len(l))), i)
	Label("whether")
	CMPQ(i, last)
	JLE(operand.LabelRef("fours"))
	JMP(operand.LabelRef("more"))
	Label("ones")
	body(l[0], floats(x, i))
	ADDQ(operand.Imm(8), i)
	Label("more")
	CMPQ(i, n)
	JLT(operand.LabelRef("ones"))

	VMAXPS(l[1], l[0], l[0])
	VMAXPS(l[3], l[2], l[2])
	VMAXPS(l[2], l[0], l[0])
	low, high := l[0].AsX(), XMM()
	VEXTRACTF128(operand.Imm(1), l[0], high)
	for _, order := range []uint64{0b1110, 0b01} { // halves, then what is left of them
		VMAXPS(high, low, low)
		VPSHUFD(operand.Imm(order), low, high)
	}
	VMAXPS(high, low, low)
	VZEROUPPER()
	Store(low, ReturnIndex(0))
	RET()
}

// roundings are the loops that make integers.
func roundings() {
	begin("roundAVX2", "func(dst *int16, x *float32, n int, by float32)",
		"sets dst to x × by, rounded half to even.")
	by := broadcast("by")
	dst, x, n := pointer("dst"), pointer("x"), count()
	loop(n, func(i reg.Register) {
		v := YMM()
		VMULPS(floats(x, i), by, v)
		storeShorts(v, shorts(dst, i))
	})
	end()

	begin("pairsAVX2", "func(dst *int8, x, y, by *float32, n int)",
		"sets dst to pairs of x × by and y × by, rounded half to even.")
	dst, x, n = pointer("dst"), pointer("x"), count()
	y, factors := pointer("y"), pointer("by")
	bytes, words := YMM(), YMM()
	VMOVDQU(constant("lowBytes", 1<<8-1), bytes)
	VMOVDQU(constant("lowWords", 1<<16-1), words)
	loop(n, func(i reg.Register) {
		v, w, high := YMM(), YMM(), XMM()
		VMOVUPS(floats(factors, i), v)
		VMULPS(floats(y, i), v, w)
		VMULPS(floats(x, i), v, v)
		VCVTPS2DQ(v, v)
		VCVTPS2DQ(w, w)
		VPSLLD(operand.Imm(8), w, w)
		VPAND(bytes, v, v)
		VPOR(w, v, v)
		VPAND(words, v, v)
		VEXTRACTI128(operand.Imm(1), v, high)
		VPACKUSDW(high, v.AsX(), high)
		VMOVDQU(high, shorts(dst, i))
	})
	end()

	begin("weighAVX2", "func(lanes *[8]int32, dst *int16, x *float32, n int, most, top float32)",
		"sets dst to exp(x-most) × top, rounded half to even, and adds it to lanes.")
	most, top := broadcast("most"), broadcast("top")
	lanes := pointer("lanes")
	dst, x, n = pointer("dst"), pointer("x"), count()
	l := YMM()
	VMOVDQU(operand.Mem{Base: lanes}, l)
	loop(n, func(i reg.Register) {
		v := exp(floats(x, i), most)
		VMULPS(top, v, v)
		storeShorts(v, shorts(dst, i))
		VPADDD(v, l, l)
	})
	VMOVDQU(l, operand.Mem{Base: lanes})
	end()
}

// storeShorts rounds v to integers, which stay in v, and stores their lower
// halves.
func storeShorts(v reg.VecVirtual, to operand.Mem) {
	VCVTPS2DQ(v, v)
	high := XMM()
	VEXTRACTI128(operand.Imm(1), v, high)
	VPACKSSDW(high, v.AsX(), high)
	VMOVDQU(high, to)
}

// maps are the loops that change values one by one.
func maps() {
	begin("widenAVX2", "func(dst, x *float32, n int)", "raises dst to the magnitudes of x.")
	dst, x, n := pointer("dst"), pointer("x"), count()
	loop(n, func(i reg.Register) {
		v := YMM()
		VMOVUPS(floats(x, i), v)
		VANDPS(constant("withoutSign", 1<<31-1), v, v)
		VMAXPS(floats(dst, i), v, v)
		VMOVUPS(v, floats(dst, i))
	})
	end()

	begin("addAVX2", "func(dst, x *float32, n int)", "adds x to dst.")
	dst, x, n = pointer("dst"), pointer("x"), count()
	loop(n, func(i reg.Register) {
		v := YMM()
		VMOVUPS(floats(dst, i), v)
		VADDPS(floats(x, i), v, v)
		VMOVUPS(v, floats(dst, i))
	})
	end()

	begin("scaleAVX2", "func(x *float32, n int, by float32)", "multiplies x by a number.")
	by := broadcast("by")
	x, n = pointer("x"), count()
	loop(n, func(i reg.Register) {
		v := YMM()
		VMULPS(floats(x, i), by, v)
		VMOVUPS(v, floats(x, i))
	})
	end()

	begin("normaliseAVX2", "func(x, gain, bias *float32, n int, mean, inverse float32)",
		"sets x to (x-mean) × inverse × gain + bias.")
	mean, inverse := broadcast("mean"), broadcast("inverse")
	x, n = pointer("x"), count()
	gain, bias := pointer("gain"), pointer("bias")
	loop(n, func(i reg.Register) {
		v := YMM()
		VMOVUPS(floats(x, i), v)
		VSUBPS(mean, v, v)
		VMULPS(inverse, v, v)
		VMULPS(floats(gain, i), v, v)
		VADDPS(floats(bias, i), v, v)
		VMOVUPS(v, floats(x, i))
	})
	end()

	begin("geluAVX2", "func(x *float32, n int)", "applies GELU to x.")
	x, n = pointer("x"), count()
	loop(n, func(i reg.Register) {
		v := YMM()
		VMOVUPS(floats(x, i), v)
		e := erf(v)
		VADDPS(number("one", 1), e, e)
		VMULPS(number("half", 0.5), v, v)
		VMULPS(e, v, v)
		VMOVUPS(v, floats(x, i))
	})
	end()
}

// number is a vector of one float32.
func number(name string, value float32) operand.Mem {
	return constant(name, math.Float32bits(value))
}

// exp computes Exp(x-most), which no value exceeds 0 in, so that it needs no
// upper limit. What the steps make of values below the lower limit is cleared.
func exp(at operand.Mem, most reg.VecVirtual) reg.VecVirtual {
	x, high := YMM(), YMM()
	VMOVUPS(at, x)
	VSUBPS(most, x, x)
	VCMPPS(operand.Imm(13), number("expLow", -87.33), x, high) // not less
	z, n, t := YMM(), YMM(), YMM()
	VMULPS(number("log2e", 1.44269504), x, z)
	VADDPS(number("magic", 3<<22), z, z)
	VSUBPS(number("magic", 3<<22), z, n)
	VMULPS(number("ln2High", 0.693359375), n, t)
	VSUBPS(t, x, x)
	VMULPS(number("ln2Low", -2.12194440e-4), n, t)
	VSUBPS(t, x, x)
	p := horner(x, number("exp4", 0.001390130061), number("exp3", 0.008363200041),
		number("exp2", 0.0416668542), number("exp1", 0.1666657696), number("exp0", 0.4999999955))
	VMULPS(x, p, p)
	VMULPS(x, p, p)
	VADDPS(x, p, p)
	VADDPS(number("one", 1), p, p)
	VPSLLD(operand.Imm(23), z, z)
	VPADDD(z, p, p)
	VANDPS(high, p, p)
	return p
}

// erf computes Erf(x×√½).
func erf(x reg.VecVirtual) reg.VecVirtual {
	v, u := YMM(), YMM()
	VMULPS(number("halfRoot", math.Sqrt2/2), x, v)
	VMINPS(number("erfEnd", 4), v, v)
	VMAXPS(number("minusErfEnd", -4), v, v)
	VMULPS(v, v, u)
	p := horner(u, number("erfP5", 2.050104901e-6), number("erfP4", 0.0002848774111),
		number("erfP3", 0.003765431997), number("erfP2", 0.05274815552),
		number("erfP1", 0.1904023169), number("erfP0", 1.128379146))
	q := horner(u, number("erfQ5", 3.809161807e-5), number("erfQ4", 0.001162488372),
		number("erfQ3", 0.01496884962), number("erfQ2", 0.1141073788),
		number("erfQ1", 0.5020724017), number("one", 1))
	VMULPS(v, p, p)
	VDIVPS(q, p, p)
	VMINPS(number("one", 1), p, p)
	VMAXPS(number("minusOne", -1), p, p)
	return p
}

// horner evaluates a polynomial, the highest coefficient first.
func horner(x reg.VecVirtual, coefficients ...operand.Mem) reg.VecVirtual {
	p := YMM()
	VMULPS(coefficients[0], x, p)
	for i, c := range coefficients[1:] {
		if i > 0 {
			VMULPS(x, p, p)
		}
		VADDPS(c, p, p)
	}
	return p
}
