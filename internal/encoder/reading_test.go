package encoder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/learn"
)

func read(t testing.TB, text string) *Reading {
	t.Helper()
	r, err := Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func article(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/articles/op-ed.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// sentences gives a unit for every stretch that ends in a full stop.
func sentences(text string) []document.Span {
	var out []document.Span
	start := 0
	for i, r := range text {
		if r == '.' || r == '\n' {
			if s := strings.TrimSpace(text[start:i]); len(s) > 20 {
				at := start + strings.Index(text[start:i], s)
				out = append(out, document.Span{Start: at, End: at + len(s)})
			}
			start = i + 1
		}
	}
	return out
}

// The scores do not depend on how many processors there are or what else is read.
func TestSameScoresWhateverElseRuns(t *testing.T) {
	text := article(t)
	want := read(t, text)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, procs := range []int{1, 3} {
		runtime.GOMAXPROCS(procs)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				r, err := Read(context.Background(), text)
				if err != nil || !reflect.DeepEqual(r.hidden, want.hidden) || !reflect.DeepEqual(r.unit, want.unit) || !reflect.DeepEqual(r.spans, want.spans) {
					t.Errorf("other scores with %d processors, or error %v", procs, err)
				}
			})
		}
		wg.Wait()
	}
}

func TestScoresAreLogProbabilities(t *testing.T) {
	text := article(t)
	r := read(t, text)
	units := sentences(text)
	j, err := r.Judge(context.Background(), units)
	if err != nil || j.Len() != len(units) {
		t.Fatalf("%d of %d units, %v", j.Len(), len(units), err)
	}
	sums := func(name string, row []float32) {
		sum := 0.0
		for _, x := range row {
			sum += learn.Exp(float64(x))
		}
		if sum < 0.999 || sum > 1.001 {
			t.Errorf("%s sums to %v", name, sum)
		}
	}
	for i, u := range units {
		sums("unit labels", r.Unit(u.Start))
		sums("span labels", r.Span(u.Start))
		sums("kinds", j.Kind(i))
		sums("roles", j.Role(i))
		for p := -1; p < j.Len(); p++ {
			if x := j.Parent(i, p); x != x {
				t.Fatalf("unit %d and parent %d score %v", i, p, x)
			}
		}
	}
	if r.Unit(len(text)) != nil || r.Span(len(text)) != nil {
		t.Error("scores behind the end of the text")
	}
}

// A plain case: nobody need be trained to see it, but the network has to.
func TestReadsPlainCases(t *testing.T) {
	text := "A pier for the winter\n\nThe village has lived from its harbour for as long as anyone remembers. The council should repair the old pier before the winter. The engineer Ann Lee said that the pier would not last another year."
	r := read(t, text)
	at := func(words string) int { return strings.Index(text, words) }
	best := func(x []float32) int {
		top := 0
		for i := range x {
			if x[i] > x[top] {
				top = i
			}
		}
		return top
	}
	for _, c := range []struct {
		what, words string
		scores      func(int) []float32
		want        int
	}{
		{"a unit begins", "The council", r.Unit, Begin},
		{"and goes on", "repair", r.Unit, Inside},
		{"the cue", "said", r.Span, BeginCue},
		{"the source", "Lee", r.Span, InSource},
		{"the content", "would", r.Span, InContent},
		{"nobody says this", "council should", r.Span, Outside},
	} {
		if got := best(c.scores(at(c.words))); got != c.want {
			t.Errorf("%s: %q has label %d, want %d", c.what, c.words, got, c.want)
		}
	}
	said := strings.Index(text, "The engineer")
	units := []document.Span{{Start: at("The council"), End: said - 2}, {Start: said, End: len(text) - 1}}
	j, err := r.Judge(context.Background(), units)
	if err != nil || best(j.Kind(0)) != Recommendation || best(j.Kind(1)) == Recommendation {
		t.Errorf("kinds %v and %v, %v", j.Kind(0), j.Kind(1), err)
	}
	if j.Parent(1, 0) < j.Parent(0, 1) {
		t.Error("the recommendation supports what speaks for it")
	}
	span := func(words string) document.Span { return document.Span{Start: at(words), End: at(words) + len(words)} }
	ties := r.Ties([]document.Span{span("said")}, []document.Span{span("The engineer Ann Lee")}, []document.Span{span("that the pier would not last another year")})
	if ties.Source(0, 0) < ties.Source(0, -1) {
		t.Error("the cue has no source")
	}
}

func TestWindows(t *testing.T) {
	for name, text := range map[string]string{
		"lines":     strings.Repeat("One more line of words that stands alone\n", 200),
		"sentences": strings.Repeat("One more sentence of words that goes on. ", 200),
		"neither":   strings.Repeat("word ", 1500),
		"empty":     "",
	} {
		l := newLayout(load().tokens, text)
		at := 0
		for _, w := range l.windows() {
			if w.from != at || w.to <= w.from || w.to-w.from > windowPieces {
				t.Fatalf("%s: window %v behind %d", name, w, at)
			}
			at = w.to
			if at == len(l.pieces) {
				break
			}
			gap := l.gap(at)
			if name == "lines" && !strings.Contains(gap, "\n") || name == "sentences" && !endsSentence(text[:l.pieces[at-1].end]) {
				t.Errorf("%s: cut at %q", name, text[:l.pieces[at-1].end])
			}
		}
		if at != len(l.pieces) {
			t.Errorf("%s: %d of %d pieces lie in windows", name, at, len(l.pieces))
		}
	}
}

// Any text can be read, and any units in it judged.
func TestReadAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 300, 600).Draw(t, "text")
		r, err := Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		var units []document.Span
		end := 0
		for range rapid.IntRange(0, 5).Draw(t, "units") {
			start := rapid.IntRange(end, len(text)).Draw(t, "start")
			if end = rapid.IntRange(start, len(text)).Draw(t, "end"); end > start {
				units = append(units, document.Span{Start: start, End: end})
			}
		}
		j, err := r.Judge(context.Background(), units)
		if err != nil || j.Len() != len(units) {
			t.Fatalf("%d of %d units, %v", j.Len(), len(units), err)
		}
		if len(r.pieces) > 0 && len(units) > 0 {
			ties := r.Ties(units, units, units)
			if s := ties.Source(0, len(units)-1) + ties.Content(0, len(units)-1) + ties.Source(0, -1); s != s {
				t.Fatal("a tie has no score")
			}
		}
	})
}

func TestReadStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "The council should repair the pier."); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// What may not be seen changes the scores around it, and of no other window.
func TestMasked(t *testing.T) {
	text := article(t)
	r := read(t, text)
	windows := r.windows()
	if len(windows) < 2 {
		t.Fatal("the article is too short for two windows")
	}
	first := r.pieces[1]
	m, err := r.Masked(context.Background(), document.Span{Start: int(first.start), End: int(first.end)})
	if err != nil {
		t.Fatal(err)
	}
	cut := windows[0].to * UnitLabels
	if reflect.DeepEqual(m.unit[:cut], r.unit[:cut]) || !reflect.DeepEqual(m.unit[cut:], r.unit[cut:]) {
		t.Error("the mask changes nothing in its window, or something in another")
	}
	if again := read(t, text); !reflect.DeepEqual(again.unit, r.unit) || !reflect.DeepEqual(again.pieces, r.pieces) {
		t.Error("the mask changed what it was made from")
	}
}

// Buckets are those of network.py: exact to 4, then one more at each of the
// distances that its formula gives.
func TestBucket(t *testing.T) {
	query := span{100, 102}
	for _, c := range []struct{ from, to, want int }{
		{102, 103, 12}, {103, 105, 13}, {106, 107, 16}, {108, 109, 16}, {109, 110, 17}, {118, 119, 19}, {900, 901, 24},
		{98, 100, 12}, {96, 99, 11}, {90, 93, 7}, {1, 2, 2}, {100, 101, 12},
	} {
		if got := bucket(query, span{c.from, c.to}); got != c.want {
			t.Errorf("key %d to %d: bucket %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	paths, err := filepath.Glob("../../testdata/articles/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatal(err)
	}
	text := article(b)
	words := len(strings.Fields(text))
	for b.Loop() {
		read(b, text)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
