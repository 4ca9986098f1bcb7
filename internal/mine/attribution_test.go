package mine

import (
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

func TestAttributions(t *testing.T) {
	f := openFixture(t, "attributions.txt")
	f.run(t, false, func(s sample) string {
		text, want := s.expected()
		doc := write(text...)
		r, _ := mined(doc)
		got := []string{}
		for _, a := range r.Attributions {
			got = append(got, describeAttribution(doc, a))
		}
		return compare(got, want)
	})
}

func describeAttribution(doc *document.Document, a Attribution) string {
	source, cue := "-", "-"
	if a.HasSource() {
		source = fold(doc.At(a.Source))
	}
	if a.Cue.Len() > 0 {
		cue = fold(doc.At(a.Cue))
	}
	manner := [...]string{"indirect", "mixed", "direct"}[a.Manner]
	return strings.Join([]string{source, cue, strings.Join(passages(doc, a.Content...), " + "), manner}, " | ")
}

// A unit reports an attribution whose content it holds, and no other.
func TestUnitsReportAttributions(t *testing.T) {
	doc := write("The pier is a hundred years old. The mayor said that the pier was unsafe and would be closed. Nobody came to the hearing in the town hall.")
	r, _ := mined(doc)
	if len(r.Attributions) != 1 {
		t.Fatalf("%d attributions", len(r.Attributions))
	}
	for _, u := range r.Units {
		want := []int(nil)
		if strings.Contains(doc.At(u.Span), "mayor") {
			want = []int{0}
		}
		if !slices.Equal(u.Attributions, want) {
			t.Errorf("%q reports %v, want %v", doc.At(u.Span), u.Attributions, want)
		}
	}
}
