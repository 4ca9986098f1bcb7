package lang

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

func TestSplit(t *testing.T) {
	for _, f := range readFixtures(t, "sentences.txt") {
		marked := strings.Join(f.lines, " ")
		text := strings.ReplaceAll(strings.ReplaceAll(marked, "| ", ""), "|", "")
		var want, got []document.Span
		at := 0
		for _, s := range strings.Split(marked, "|") {
			s = strings.TrimPrefix(s, " ")
			if want == nil {
				s = strings.Split(marked, "|")[0]
			}
			want = append(want, seen(text, document.Span{Start: at, End: at + len(s)}))
			at += len(s)
		}
		for _, s := range Split(text) {
			got = append(got, seen(text, s.Span))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:%d:\n got %+q\nwant %+q", f.file, f.line, cut(text, got), cut(text, want))
		}
	}
}

// seen narrows a span to what prints.
func seen(text string, s document.Span) document.Span {
	in := text[s.Start:s.End]
	s.Start += len(in) - len(strings.TrimLeftFunc(in, blank))
	s.End -= len(in) - len(strings.TrimRightFunc(in, blank))
	return s
}

func cut(text string, spans []document.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, text[s.Start:s.End])
	}
	return out
}
