package format

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// TestOffsets writes maps with offsets of other kinds and reads them back.
func TestOffsets(t *testing.T) {
	m := dispute()
	for _, o := range []argument.Offsets{argument.Bytes, argument.UTF16} {
		for _, name := range []string{"json", "jsonl"} {
			data := write(t, name, Options{Offsets: o, WithText: true}, m)
			if !bytes.Contains(data, []byte(o)) {
				t.Errorf("%s does not say that it counts %s", name, o)
			}
			back, err := ReadMaps(data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]*argument.Map{canonical(m, true)}, back); diff != "" {
				t.Errorf("%s in %s: -want +got:\n%s", name, o, diff)
			}
		}
		_, err := ReadMaps(write(t, "json", Options{Offsets: o}, m))
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), string(o)) {
			t.Errorf("read without the text: %v", err)
		}
	}
	csv := string(write(t, "csv", Options{Offsets: argument.Bytes}, m))
	if plain := string(write(t, "csv", Options{}, m)); csv == plain {
		t.Error("the table counts code points")
	}
}

// TestStreams holds the formats that say so to their word: documents written
// one by one are the same bytes as documents written together.
func TestStreams(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		maps := []*argument.Map{small(), dispute(), anyMap(t)}
		for _, f := range All() {
			if !f.Streams {
				continue
			}
			var together, singly bytes.Buffer
			if err := f.Write(&together, maps, Options{}); err != nil {
				t.Fatal(err)
			}
			for _, m := range maps {
				if err := f.Write(&singly, []*argument.Map{m}, Options{}); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(together.Bytes(), singly.Bytes()) {
				t.Errorf("%s: one by one the documents are\n%s\ntogether\n%s", f.Name, singly.Bytes(), together.Bytes())
			}
		}
	})
}
