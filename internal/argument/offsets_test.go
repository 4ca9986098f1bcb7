package argument

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// spread returns a map over text that has an offset in every field that can hold
// one, all of them the same passage.
func spread(start, end int) *Map {
	s := Span{start, end}
	cues := []Cue{{s, "a.b"}}
	return &Map{
		Document: Document{Title: "t"},
		Sections: []Section{{ID: "s1", Span: s}},
		Units:    []Unit{{ID: "u1", Span: s, Addressee: &Phrase{s, "x"}, LeadIn: &Phrase{s, "y"}, Cues: cues}},
		Sources:  []Source{{ID: "p1", Mentions: []Span{s}}},
		Attributions: []Attribution{
			{ID: "a1", Source: &s, Cue: &s, Content: []Span{s}, Units: []string{"u1"}, Cues: cues}, {ID: "a2"}},
		Relations: []Relation{{ID: "r1", Cues: cues}},
	}
}

// offsetsIn lists every start and every end in the JSON of m.
func offsetsIn(t *testing.T, m *Map) (starts, ends map[float64]int) {
	t.Helper()
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	starts, ends = map[float64]int{}, map[float64]int{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			if x, ok := v["start"].(float64); ok {
				starts[x]++
				ends[v["end"].(float64)]++
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(v)
	return starts, ends
}

func TestInOffsets(t *testing.T) {
	const text = "né😀 two" // n é 😀 space t w o
	m := spread(2, 5)      // "😀 t"
	for _, c := range []struct {
		to         Offsets
		start, end float64
	}{{CodePoints, 2, 5}, {Bytes, 3, 9}, {UTF16, 2, 6}} {
		got, err := m.InOffsets(c.to, text)
		if err != nil {
			t.Fatal(err)
		}
		starts, ends := offsetsIn(t, got)
		if diff := cmp.Diff([]map[float64]int{{c.start: 11}, {c.end: 11}}, []map[float64]int{starts, ends}); diff != "" {
			t.Errorf("in %q: -want +got:\n%s", c.to, diff)
		}
		if got.Document.Offsets != c.to {
			t.Errorf("in %q: says %q", c.to, got.Document.Offsets)
		}
	}
	if diff := cmp.Diff(spread(2, 5), m); diff != "" {
		t.Errorf("the map was changed:\n%s", diff)
	}
}

func TestInOffsetsErrors(t *testing.T) {
	m := spread(1, 3)
	if _, err := m.InOffsets(Bytes, "ab"); err == nil || !strings.Contains(err.Error(), "3") {
		t.Errorf("outside the text: %v", err)
	}
	m.Document.Offsets = UTF16
	if _, err := m.InOffsets(CodePoints, "😀ab"); err == nil || !strings.Contains(err.Error(), "1") {
		t.Errorf("inside a character: %v", err)
	}
	if _, err := m.InOffsets("words", "abcd"); err == nil {
		t.Error("words were counted")
	}
}

// TestInOffsetsAndBack turns offsets into others and back.
func TestInOffsetsAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab é’“\n😀\u200b")), 1, 60, -1).Draw(t, "text")
		runes := []rune(text)
		start := rapid.IntRange(0, len(runes)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(runes)).Draw(t, "end")
		m := spread(start, end)
		for _, o := range []Offsets{Bytes, UTF16} {
			there, err := m.InOffsets(o, text)
			if err != nil {
				t.Fatal(err)
			}
			u := there.Units[0]
			passage := ""
			if o == Bytes {
				passage = text[u.Start:u.End]
			} else {
				passage = string(utf16.Decode(utf16.Encode(runes)[u.Start:u.End]))
			}
			if want := string(runes[start:end]); passage != want {
				t.Fatalf("in %s the passage is %q, want %q", o, passage, want)
			}
			back, err := there.InOffsets(CodePoints, text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(m, back); diff != "" {
				t.Fatalf("there and back: %s", diff)
			}
		}
	})
}
