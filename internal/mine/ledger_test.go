package mine

import (
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

func TestLedger(t *testing.T) {
	f := openFixture(t, "ledger.txt")
	f.run(t, false, func(s sample) string {
		text, want := s.expected()
		doc := write(text...)
		r, _ := mined(doc)
		got := []string{}
		for i, src := range r.Sources {
			line := describeSource(doc, src)
			if i < len(want) && strings.Contains(want[i], " | * | ") { // the description is left open
				line = strings.Replace(line, " | "+orNone(src.Description)+" | ", " | * | ", 1)
			}
			got = append(got, line)
		}
		return compare(got, want)
	})
}

func describeSource(doc *document.Document, s Source) string {
	return strings.Join([]string{s.Name, s.Kind, orNone(s.Description), strings.Join(passages(doc, s.Mentions...), "; ")}, " | ")
}

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// What the author says in the first person is the author's, wherever it stands.
func TestFirstPersonIsTheAuthor(t *testing.T) {
	doc := write("I told the council that the pier leaked. Anna Berg said that it was dry. We told her that it was not.")
	sents := lang.Sentences(doc)
	var as []Attribution
	for i, who := range []string{"I ", "Anna Berg ", "We "} {
		at := strings.Index(doc.Text, who)
		as = append(as, Attribution{Source: document.Span{Start: at, End: at + len(who) - 1}, Speaker: -1, sentence: i})
	}
	sources := ledger(doc, sents, nil, as)
	var kinds []string
	for _, a := range as {
		if a.Speaker < 0 {
			t.Fatalf("%q has no speaker", doc.At(a.Source))
		}
		kinds = append(kinds, sources[a.Speaker].Kind)
	}
	if want := []string{"author", "person", "author"}; !slices.Equal(kinds, want) {
		t.Errorf("the speakers are %v, want %v", kinds, want)
	}
	if as[0].Speaker != as[2].Speaker {
		t.Error("two authors")
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"anna berg", "anna berg", true},
		{"anna berg", "berg", true},
		{"berg", "anna berg", true},
		{"anna m. berg", "anna berg", true},
		{"international monetary fund", "imf", true},
		{"international monetary fund", "i.m.f.", true},
		{"bank of the north", "bn", true},
		{"anna berg", "peter berg", false},
		{"anna berg", "holm", false},
		{"anna berg", "bergen", false},
		{"international monetary fund", "inf", false},
		{"berg", "holm", false},
		{"", "berg", false},
	} {
		if got := sameName(strings.Fields(c.a), strings.Fields(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
		if got := sameName(strings.Fields(c.b), strings.Fields(c.a)); got != c.want {
			t.Errorf("%q and %q: %v", c.b, c.a, got)
		}
	}
}
