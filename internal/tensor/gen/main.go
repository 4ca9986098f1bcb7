// Command gen writes the AVX2 and AVX-512 kernels of package tensor. It is a
// module of its own, so that only who changes the kernels needs avo.
//
// Loops over floats take how many values there are as a multiple of eight, not
// 0; the rest is up to the caller. Sums begin with what stands in their lanes.
// No multiply-add is fused, as the plain kernel could not follow it.
package main

import (
	"flag"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	kernel := flag.String("kernel", "avx2", "which kernel to write: avx2 or avx512")
	flag.Parse()
	ConstraintExpr("amd64")
	if *kernel == "avx512" {
		order := wordOrder()
		byteProduct("tiles16AVX512", 16, order)
		byteProduct("tiles4AVX512", 4, order)
		wordProduct()
		pack()
	} else {
		foursProduct()
		packFours()
		regroup()
		product("tiles4AVX2", 4)
		product("tiles1AVX2", 1)
		reductions()
		roundings()
		maps()
	}
	Generate()
}

// begin starts a function that leaves no trace but in the memory given to it.
func begin(name, signature, doc string) {
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name + " " + doc)
}

// loop runs the body for i from 0 to n in steps of eight.
func loop(n reg.Register, body func(i reg.Register)) {
	i := GP64()
	XORQ(i, i)
	Label("loop")
	body(i)
	ADDQ(operand.Imm(8), i)
	CMPQ(i, n)
	JLT(operand.LabelRef("loop"))
}

func end() {
	VZEROUPPER()
	RET()
}

func pointer(name string) reg.Register { return Load(Param(name), GP64()) }

// count loads how many values there are.
func count() reg.Register { return Load(Param("n"), GP64()) }

// floats is the address of vector i of float32 values.
func floats(base, i reg.Register) operand.Mem { return operand.Mem{Base: base, Index: i, Scale: 4} }

// shorts is the address of vector i of int16 values.
func shorts(base, i reg.Register) operand.Mem { return operand.Mem{Base: base, Index: i, Scale: 2} }

// broadcast loads a float parameter into all lanes.
func broadcast(name string) reg.VecVirtual {
	address, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := YMM()
	VBROADCASTSS(address.Addr, v)
	return v
}

// vectors holds the address of each constant that has been used.
var vectors = map[uint32]operand.Mem{}

// constant is a vector with the same 32 bits in all lanes.
func constant(name string, bits uint32) operand.Mem {
	if m, ok := vectors[bits]; ok {
		return m
	}
	m := GLOBL(name, RODATA|NOPTR)
	for lane := range 8 {
		DATA(4*lane, operand.U32(bits))
	}
	vectors[bits] = m
	return m
}
