// Package weights carries the trained weights of the encoder inside the program.
//
// The file is made by train/export.py, which describes its form; MODEL.md is the
// model card: data and their terms, recipe, figures.
package weights

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unsafe"
)

//go:embed encoder.bin
var encoder string

const magic = "ARGMAPW1"

// File gives access to named tensors.
type File struct {
	tensors map[string]tensor
	data    string
}

type tensor struct {
	Name   string `json:"name"`
	DType  string `json:"dtype"`
	Shape  []int  `json:"shape"`
	Offset int    `json:"offset"`
}

// Encoder opens the embedded weights.
func Encoder() (*File, error) { return Open(encoder) }

// Open reads the header of a weights file and checks that every tensor lies
// within it. The file is not copied.
func Open(data string) (*File, error) {
	if len(data) < 12 || data[:8] != magic {
		return nil, errors.New("weights: no weights file")
	}
	n := uint64(binary.LittleEndian.Uint32([]byte(data[8:12])))
	if 12+n > uint64(len(data)) {
		return nil, errors.New("weights: header is cut off")
	}
	var header struct {
		Tensors []tensor `json:"tensors"`
	}
	if err := json.Unmarshal([]byte(data[12:12+n]), &header); err != nil {
		return nil, fmt.Errorf("weights: header: %w", err)
	}
	f := &File{tensors: make(map[string]tensor, len(header.Tensors)), data: data[12+n:]}
	for _, t := range header.Tensors {
		if err := f.check(t); err != nil {
			return nil, err
		}
		f.tensors[t.Name] = t
	}
	return f, nil
}

func (f *File) check(t tensor) error {
	size := map[string]int{"int8": 1, "float32": 4, "text": 0}
	width, ok := size[t.DType]
	bytes := width
	for _, n := range t.Shape {
		if n < 0 || n > 1<<30 || bytes > 1<<30 {
			return fmt.Errorf("weights: tensor %s has shape %v", t.Name, t.Shape)
		}
		bytes *= n
	}
	if !ok || t.Offset < 0 || t.Offset > len(f.data)-bytes {
		return fmt.Errorf("weights: tensor %s lies outside the file", t.Name)
	}
	return nil
}

// elements returns the bytes of a tensor and its shape. A tensor that is not
// there is a fault of the program, not of its input.
func (f *File) elements(name, dtype string, width int) (string, []int) {
	t, ok := f.tensors[name]
	if !ok || t.DType != dtype {
		panic(fmt.Sprintf("weights: no %s tensor %q", dtype, name))
	}
	n := width
	for _, k := range t.Shape {
		n *= k
	}
	return f.data[t.Offset : t.Offset+n], t.Shape
}

// Int8 returns an int8 tensor, row by row. It must not be changed: it is the
// program's own read-only memory.
func (f *File) Int8(name string) ([]int8, []int) {
	raw, shape := f.elements(name, "int8", 1)
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.StringData(raw))), len(raw)), shape
}

// Float32 returns a copy of a float32 tensor, row by row.
func (f *File) Float32(name string) ([]float32, []int) {
	raw, shape := f.elements(name, "float32", 4)
	out := make([]float32, len(raw)/4)
	for i := range out {
		b := raw[4*i : 4*i+4]
		out[i] = math.Float32frombits(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
	}
	return out, shape
}

// Lines returns the lines of a text tensor.
func (f *File) Lines(name string) []string {
	t, ok := f.tensors[name]
	if !ok || t.DType != "text" || len(t.Shape) != 1 {
		panic(fmt.Sprintf("weights: no text tensor %q", name))
	}
	out := make([]string, 0, t.Shape[0])
	rest := f.data[t.Offset:]
	for range t.Shape[0] {
		line, after, found := strings.Cut(rest, "\n")
		if !found {
			panic(fmt.Sprintf("weights: text %q is cut off", name))
		}
		out = append(out, line)
		rest = after
	}
	return out
}
