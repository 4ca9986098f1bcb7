package mine

import (
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

func TestSegments(t *testing.T) {
	f := openFixture(t, "segments.txt")
	f.run(t, true, func(s sample) string {
		text, want := unbrace(s.lines[0])
		doc := write(text)
		return compare(segmentsOf(doc), want)
	})
}

func segmentsOf(doc *document.Document) []string {
	var got []document.Span
	for i, s := range lang.Sentences(doc) {
		for _, g := range (&miner{}).segments(s, i) {
			got = append(got, g.Span)
		}
	}
	return passages(doc, got...)
}

// A braces-less case would expect no segment at all, which no sentence has.
func TestSegmentCasesHaveUnits(t *testing.T) {
	for _, s := range openFixture(t, "segments.txt").samples(true) {
		if !strings.Contains(s.lines[0], "{") {
			t.Errorf("line %d encloses no unit", s.at)
		}
	}
}
