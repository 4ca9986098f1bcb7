package check

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// TestAlign looks for passages of extracted texts in their files. In the file
// a passage stands between « and », which are taken away first.
func TestAlign(t *testing.T) {
	for _, c := range []struct{ name, file, text, passage string }{
		{"markup", "---\ntitle: The pier\n---\n# The *pier*\n\n«The **pier** must be\nmended».\n",
			"The pier\n\nThe pier must be mended.\n", "The pier must be mended"},
		{"an address between", "It leaks. See [the weir](https://x.org/the/weir?a=1&b=2) and «mend [it](b.md \"now\")».\n",
			"It leaks. See the weir and mend it.\n", "mend it"},
		{"quotation marks", "> «“We must,” said Bo.»\n", "“We must,” said Bo.\n", "“We must,” said Bo."},
		{"a part left out", "Begin.\n\n```\n" + strings.Repeat("code that no reader sees\n", 40) + "```\n\n«It sinks.»\n",
			"Begin.\n\nIt sinks.\n", "It sinks."},
		{"the second of two", "It sinks.\n\nIt *sinks.*\n\n- «It sinks.»\n", "It sinks.\n\nIt sinks.\n\nIt sinks.\n", "It sinks."},
		{"HTML with entities", "<p class=\"the a\">The caf&eacute; is <b>closed</b>. «Don&rsquo;t go&nbsp;there», it&#39;s cold &amp; wet now.</p>",
			"The café is closed. Don’t go there, it's cold & wet now.\n", "Don’t go there"},
		{"a later word written otherwise", "<p>It is dear at the caf&eacute; «by the pier».</p>",
			"It is dear at the café by the pier.\n", "by the pier"},
		{"the first word written otherwise", "<p>&Eacute;cole is out. «Mend it.» It sinks and leaks.</p>",
			"École is out. Mend it. It sinks and leaks.\n", "Mend it."},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, rest, _ := strings.Cut(c.file, "«")
			want, after, ok := strings.Cut(rest, "»")
			at := strings.LastIndex(c.text, c.passage)
			if !ok || at < 0 {
				t.Fatal("no passage")
			}
			file := before + want + after
			start := len([]rune(c.text[:at]))
			got, ok := newAlignment(file, c.text).find(argument.Span{Start: start, End: start + len([]rune(c.passage))})
			if !ok {
				t.Fatal("not found")
			}
			runes := []rune(file)
			found := string(runes[got.Start:got.End])
			// Markup at the very end of a passage is no part of it.
			if got.Start != len([]rune(before)) || !strings.HasPrefix(want, found) || len(want)-len(found) > len(`](b.md "now")`) {
				t.Errorf("found %q at %d, want %q at %d", found, got.Start, want, len([]rune(before)))
			}
		})
	}
	if got, ok := newAlignment("Something else altogether.", "It sinks.\n").find(argument.Span{End: 9}); ok {
		t.Errorf("found what is not there at %v", got)
	}
	l := NewLinesOf("# A\n\nIt *sinks*.\n", "A\n\nIt sinks.\n")
	if p, ok := l.Place(argument.Span{Start: 3, End: 11}); !ok || p != (Place{3, 1, 3, 10}) {
		t.Errorf("%+v", p)
	}
	if p, ok := l.Place(argument.Span{}); !ok || p != (Place{1, 1, 1, 1}) {
		t.Errorf("the whole text: %+v", p)
	}
}

// TestAlignFindsWords checks that what is found in a file of random markup
// begins and ends with the words that it should.
func TestAlignFindsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var file, text strings.Builder
		word := rapid.SampledFrom(strings.Fields("the The pier sinks it must be mended Bo says"))
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			file.WriteString(rapid.SampledFrom([]string{"- ", "> ", "<p>", "## ", ""}).Draw(t, "mark"))
			for _, w := range rapid.SliceOfN(word, 3, 12).Draw(t, "words") {
				file.WriteString(rapid.SampledFrom([]string{w, "*" + w + "*", "[" + w + "](x/the)", "<b>" + w + "</b>"}).Draw(t, "marked") + " ")
				text.WriteString(w + " ")
			}
			file.WriteString("\n")
			text.WriteString("\n")
		}
		a := newAlignment(file.String(), text.String())
		for k, s := range a.words {
			got, ok := a.find(s)
			if !ok {
				continue
			}
			if found, want := string(a.file[got.Start:got.End]), a.word(k); found != want {
				t.Fatalf("word %d is %q, found %q", k, want, found)
			}
			if k > 0 && a.to[k-1] >= a.to[k] {
				t.Fatalf("word %d stands before the word before it", k)
			}
		}
	})
}

// TestAlignGivesUp bounds the time for a file that does not hold the text.
func TestAlignGivesUp(t *testing.T) {
	text := strings.Repeat("the pier of the town and of the sea that it is not in\n", 3000)
	file := strings.Repeat("the town the sea the quay ", 30000)
	began := time.Now()
	a := newAlignment(file, text)
	if took := time.Since(began); took > time.Minute || a.budget > 0 {
		t.Errorf("took %v, with a budget of %d left", took, a.budget)
	}
}
