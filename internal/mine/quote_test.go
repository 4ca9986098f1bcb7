package mine

import (
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

func TestQuotations(t *testing.T) {
	f := openFixture(t, "quotations.txt")
	f.run(t, false, func(s sample) string {
		text, want := unbrace(strings.Join(s.lines, "\n"))
		doc := write(strings.Split(text, "\n")...)
		for i, w := range want {
			want[i] = fold(w)
		}
		return compare(passages(doc, quotations(doc)...), want)
	})
}

// quoteAt finds each byte of a quotation in it, and none between quotations.
func TestQuoteAt(t *testing.T) {
	quotes := []document.Span{{Start: 3, End: 5}, {Start: 5, End: 9}, {Start: 20, End: 21}}
	for i := -1; i < 25; i++ {
		want := -1
		for k, q := range quotes {
			if q.Start <= i && i < q.End {
				want = k
			}
		}
		if got := quoteAt(quotes, i); got != want {
			t.Errorf("byte %d: quotation %d, want %d", i, got, want)
		}
	}
	if got := quoteAt(nil, 0); got != -1 {
		t.Errorf("no quotations: %d", got)
	}
}
