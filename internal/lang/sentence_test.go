package lang

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

func TestSplit(t *testing.T) {
	for _, f := range readFixtures(t, "sentences.txt") {
		var joined strings.Builder
		var want, got []document.Span
		for i, s := range strings.Split(strings.Join(f.lines, " "), "|") {
			if i > 0 {
				s = strings.TrimPrefix(s, " ")
			}
			want = append(want, document.Span{Start: joined.Len(), End: joined.Len() + len(s)})
			joined.WriteString(s)
		}
		text := joined.String()
		for i, s := range want {
			want[i] = seen(text, s)
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
