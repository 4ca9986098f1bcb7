package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// TestMatchIsOneToOne checks, for any two lists of texts, that partners point
// at each other, that equal texts are never left apart, and that the same
// lists give the same pairs.
func TestMatchIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) argument.Unit {
			words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("the old new pier quay sinks leaks fast not 3 4")), 1, 6).Draw(t, "words")
			return argument.Unit{Text: strings.Join(words, " ")}
		})
		a, b := rapid.SliceOfN(text, 0, 12).Draw(t, "a"), rapid.SliceOfN(text, 0, 12).Draw(t, "b")
		toB, toA := matchUnits(a, b, DefaultThreshold)
		left := map[string]int{}
		for i, j := range toB {
			if j >= 0 && toA[j] != i {
				t.Fatalf("%d goes with %d, which goes with %d", i, j, toA[j])
			}
			if j >= 0 && a[i].Text != b[j].Text && Similarity(a[i].Text, b[j].Text) < DefaultThreshold {
				t.Fatalf("%q goes with %q", a[i].Text, b[j].Text)
			}
			if j < 0 || a[i].Text != b[j].Text {
				left[a[i].Text]++
			}
		}
		for j, i := range toA {
			if (i < 0 || a[i].Text != b[j].Text) && left[b[j].Text] > 0 {
				t.Fatalf("%q stands in both and has another partner or none", b[j].Text)
			}
		}
		again, _ := matchUnits(a, b, DefaultThreshold)
		if !slices.Equal(toB, again) {
			t.Fatalf("first %v, then %v", toB, again)
		}
	})
}

// text2000 are two versions of a text of two thousand units: of every ten,
// one is dropped, one new and three reworded.
func text2000(words []string) (a, b *argument.Map) {
	rnd := rand.New(rand.NewPCG(7, 7))
	sentence := func() []string {
		list := make([]string, 20)
		for i := range list {
			list[i] = words[rnd.IntN(len(words))]
		}
		return list
	}
	a, b = &argument.Map{}, &argument.Map{}
	add := func(m *argument.Map, words []string) {
		m.Units = append(m.Units, argument.Unit{ID: fmt.Sprintf("u%d", len(m.Units)+1), Kind: argument.Claim, Text: strings.Join(words, " ")})
	}
	for i := range 2000 {
		s := sentence()
		add(a, s)
		switch i % 10 {
		case 0:
		case 1:
			add(b, s)
			add(b, sentence())
		case 2, 3, 4:
			s[rnd.IntN(len(s))] = "changed"
			add(b, s)
		default:
			add(b, s)
		}
	}
	return a, b
}

// TestLargeMaps keeps the time for two thousand units in bounds, with a
// vocabulary of a thousand words and with one so small that every unit is
// similar to every other.
func TestLargeMaps(t *testing.T) {
	vocabulary := func(n int) []string {
		list := strings.Fields("the of and a to in is it that for")
		for i := range n {
			list = append(list, fmt.Sprintf("w%d", i))
		}
		return list
	}
	for _, n := range []int{1000, 12} {
		a, b := text2000(vocabulary(n))
		began := time.Now()
		d := Compare(a, b, DefaultThreshold)
		units, _, _ := d.Count()
		if took := time.Since(began); took > time.Minute { // some 0.4 s of a processor that has nothing else to do
			t.Errorf("%d words: took %v", n, took)
		}
		if n == 1000 && units != (Counts{Added: 200, Dropped: 200, Reworded: 600}) {
			t.Errorf("%+v", units)
		}
	}
}

func TestLongUnits(t *testing.T) {
	a, b := strings.Repeat("pier quay ", 5000), strings.Repeat("quay gull ", 5000)
	if s := Similarity(a, b); s != .5 {
		t.Errorf("similarity %v", s)
	}
	if p := Words(a, b); len(p) != 2 || p[0].Op != OnlyA || p[1].Op != OnlyB {
		t.Errorf("%d pieces", len(p))
	}
}
