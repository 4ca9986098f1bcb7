package weights

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
)

// file makes a weights file of a header and the bytes of its tensors.
func file(header, data string) string {
	n := binary.LittleEndian.AppendUint32(nil, uint32(len(header)))
	return magic + string(n) + header + data
}

const small = `{"tensors": [
	{"name": "words", "dtype": "text", "shape": [2], "offset": 0},
	{"name": "m", "dtype": "int8", "shape": [2, 2], "offset": 4},
	{"name": "m.scale", "dtype": "float32", "shape": [2], "offset": 8}]}`

func TestOpen(t *testing.T) {
	data := "a\nb\n" + "\x01\xff\x7f\x81" + "\x00\x00\x80\x3f" + "\x00\x00\x00\xbf"
	f, err := Open(file(small, data))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Lines("words"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("lines %q", got)
	}
	if got, shape := f.Int8("m"); !slices.Equal(got, []int8{1, -1, 127, -127}) || !slices.Equal(shape, []int{2, 2}) {
		t.Errorf("int8 %v of shape %v", got, shape)
	}
	if got, shape := f.Float32("m.scale"); !slices.Equal(got, []float32{1, -0.5}) || !slices.Equal(shape, []int{2}) {
		t.Errorf("float32 %v of shape %v", got, shape)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"nothing":         {"", "no weights file"},
		"another file":    {"PK\x03\x04 and so on, long enough", "no weights file"},
		"half a header":   {file(small, "")[:40], "cut off"},
		"no JSON":         {file("{", ""), "header"},
		"a tensor short":  {file(small, "a\nb\n\x01\xff\x7f\x81\x00\x00\x80\x3f"), "m.scale lies outside"},
		"negative shape":  {file(`{"tensors": [{"name": "m", "dtype": "int8", "shape": [-2]}]}`, "ab"), "has shape"},
		"negative offset": {file(`{"tensors": [{"name": "m", "dtype": "int8", "shape": [1], "offset": -1}]}`, "ab"), "lies outside"},
		"huge shape":      {file(`{"tensors": [{"name": "m", "dtype": "int8", "shape": [1073741824, 1073741824, 16]}]}`, "ab"), "has shape"},
		"unknown type":    {file(`{"tensors": [{"name": "m", "dtype": "int4", "shape": [1]}]}`, "ab"), "lies outside"},
	} {
		if _, err := Open(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}

// The embedded file holds what it should: numbers, and as many scales as rows.
func TestEncoder(t *testing.T) {
	f, err := Encoder()
	if err != nil {
		t.Fatal(err)
	}
	if len(encoder) > 30<<20 {
		t.Errorf("the file has %d bytes", len(encoder))
	}
	for name, x := range f.tensors {
		switch x.DType {
		case "int8":
			_, rows := f.Int8(name)
			scales, shape := f.Float32(name + ".scale")
			if len(shape) != 1 || shape[0] != rows[0] {
				t.Errorf("%s has %v rows and scales of shape %v", name, rows, shape)
			}
			for _, s := range scales {
				if !(s >= 0) || math.IsInf(float64(s), 0) {
					t.Errorf("%s has the scale %v", name, s)
				}
			}
		case "float32":
			values, _ := f.Float32(name)
			if i := slices.IndexFunc(values, func(v float32) bool { return v != v || math.IsInf(float64(v), 0) }); i >= 0 {
				t.Errorf("%s has %v at %d", name, values[i], i)
			}
		}
	}
	if n := len(f.Lines("vocabulary")); n != 30522 {
		t.Errorf("%d pieces in the vocabulary", n)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file(small, "a\nb\n\x01\xff\x7f\x81\x00\x00\x80\x3f\x00\x00\x00\xbf"))
	f.Add(file(`{"tensors": [{"name": "m", "dtype": "int8", "shape": [0, 9], "offset": 2}]}`, "ab"))
	f.Fuzz(func(t *testing.T, data string) {
		w, err := Open(data)
		if err != nil {
			return
		}
		for name, x := range w.tensors {
			switch x.DType {
			case "int8":
				w.Int8(name)
			case "float32":
				w.Float32(name)
			}
		}
	})
}
