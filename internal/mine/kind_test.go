package mine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

// before and after stand around the sentence of a case: a sentence that is all
// there is of a text looks like a heading or a scrap.
const (
	before = "The island lies an hour from the coast. Four hundred people live there. "
	after  = " The harbour is small and the winters are long."
)

func TestKinds(t *testing.T) {
	f := openFixture(t, "kinds.txt")
	f.run(t, true, func(s sample) string {
		var lines, labels, texts []string
		for _, line := range s.lines {
			label, text, ok := strings.Cut(line, " | ")
			if !ok {
				return "is not a label, a bar and a text: " + line
			}
			labels, lines = append(labels, label), append(lines, text)
			texts = append(texts, strings.TrimPrefix(text, "- "))
		}
		lines[0] = before + lines[0]
		if len(lines) == 1 {
			lines[0] += after
		} else {
			lines = append(lines, "¶", strings.TrimSpace(after))
		}
		doc := write(lines...)
		r, _ := mined(doc)
		var faults []string
		for i := range texts {
			at := strings.Index(doc.Text, texts[i])
			if fault := labelled(doc, r, document.Span{Start: at, End: at + len(texts[i])}, labels[i]); fault != "" {
				faults = append(faults, fmt.Sprintf("%s: %s, want %s", texts[i], fault, labels[i]))
			}
		}
		return strings.Join(faults, "\n\t")
	})
}

// labelled compares the units in a passage with a label, and says what they are
// where that is something else.
func labelled(doc *document.Document, r Result, at document.Span, label string) string {
	var got []string
	for _, u := range r.Units {
		if at.Contains(u.Span) {
			got = append(got, describeUnit(doc, u))
		}
	}
	want := strings.Split(label, ", ")
	switch want[0] {
	case "-":
		return ""
	case "claim":
		if len(got) > 0 && !slices.ContainsFunc(got, func(g string) bool { return g != "claim" }) {
			return ""
		}
	case "recommendation":
		if slices.ContainsFunc(got, func(g string) bool { return hasParts(g, want) }) {
			return ""
		}
	default:
		return "unknown label"
	}
	if len(got) == 0 {
		return "no unit"
	}
	return strings.Join(got, "; ")
}

func describeUnit(doc *document.Document, u Unit) string {
	if !u.Recommendation {
		return "claim"
	}
	who := "-"
	if u.Addressee.Len() > 0 {
		who = fold(doc.At(u.Addressee))
	}
	return fmt.Sprintf("recommendation, %s, %s", [...]string{"none", "could", "should", "must"}[u.Strength], who)
}

// hasParts tells that a unit's label has the parts that a case names, in order.
func hasParts(label string, want []string) bool {
	got := strings.SplitN(label, ", ", 3)
	return len(got) >= len(want) && slices.Equal(got[:len(want)], want)
}

// The kinds that the definitions name must both be tried, and often.
func TestKindCasesAreMany(t *testing.T) {
	count := map[string]int{}
	for _, s := range openFixture(t, "kinds.txt").samples(true) {
		for _, line := range s.lines {
			kind, _, _ := strings.Cut(line, ", ")
			kind, _, _ = strings.Cut(kind, " | ")
			if s.marked < 0 {
				count[kind]++
			}
		}
	}
	if count["claim"] < 25 || count["recommendation"] < 25 {
		t.Errorf("%d claims and %d recommendations that hold", count["claim"], count["recommendation"])
	}
}
