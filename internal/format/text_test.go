package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// squeeze leaves out white space, and so undoes wrapping.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// TestTextIsWrappedAndWhole: no line is too wide, and every unit, name and
// description is there to its last word.
func TestTextIsWrappedAndWhole(t *testing.T) {
	m := rich()
	for width := minWidth; width <= 130; width++ {
		out := string(write(t, "text", Options{Width: width}, m))
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if n := columnsOf.String(line); n > width {
				t.Errorf("width %d: %d columns: %s", width, n, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("width %d: trailing space: %q", width, line)
			}
		}
		whole := squeeze(out)
		for _, u := range m.Units {
			if !strings.Contains(whole, squeeze(u.Text)) {
				t.Errorf("width %d: %s is cut", width, u.ID)
			}
		}
		for _, s := range m.Sources {
			if !strings.Contains(whole, squeeze(s.Name+"·"+string(s.Kind)+s.Description)) &&
				!strings.Contains(whole, squeeze(s.Name+"·"+string(s.Kind)+"·"+s.Description)) {
				t.Errorf("width %d: %s is cut", width, s.ID)
			}
		}
	}
}

func TestColorChangesNoWord(t *testing.T) {
	opt := Options{Width: 80}
	plainText := write(t, "text", opt, rich())
	opt.Color = true
	colored := write(t, "text", opt, rich())
	for _, s := range []style{bold, dim, boldBlue, boldRed, magenta, cyan, underline} {
		code := []byte("\x1b[" + string(s) + "m")
		if !bytes.Contains(colored, code) {
			t.Errorf("style %s is not used", s)
		}
		colored = bytes.ReplaceAll(colored, code, nil)
	}
	colored = bytes.ReplaceAll(colored, []byte("\x1b[0m"), nil)
	if diff := cmp.Diff(string(plainText), string(colored)); diff != "" {
		t.Error(diff)
	}
}

func TestTextIsSafeOnATerminal(t *testing.T) {
	b := build("evil\x1b]0;x\x07.txt", "A\u202etitle", "Red \x1b[31malert\u009b0m is\x08 over")
	b.unit(argument.Unit{ID: "u1", Kind: argument.Claim, Type: argument.Fact, Role: argument.RoleClaim, Confidence: 1}, b.text)
	for _, format := range []string{"text", "markdown"} {
		out := string(write(t, format, Options{}, b.m))
		if i := strings.IndexFunc(out, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == '\u202e' }); i >= 0 {
			t.Errorf("%s: control character in %q", format, out)
		}
		if !strings.Contains(out, "alert\uFFFD0m is\uFFFD over") {
			t.Errorf("%s: the words are not there: %q", format, out)
		}
	}
}

// TestDeepTreesStayReadable nests a hundred reasons.
func TestDeepTreesStayReadable(t *testing.T) {
	m := &argument.Map{Document: argument.Document{URI: "deep.txt"}}
	for i := range 100 {
		m.Units = append(m.Units, argument.Unit{
			ID: fmt.Sprintf("u%d", i+1), Kind: argument.Claim, Type: argument.Fact, Text: "why one two three four", Confidence: 1,
		})
	}
	for i := 1; i < 100; i++ {
		m.Relations = append(m.Relations, argument.Relation{Type: argument.Supports, From: m.Units[i].ID, To: m.Units[i-1].ID})
	}
	out := string(write(t, "text", Options{Width: 60}, m))
	if n := strings.Count(squeeze(out), "whyonetwothreefour"); n != 100 {
		t.Errorf("%d of 100 units are there", n)
	}
	for line := range strings.Lines(out) {
		if n := columnsOf.String(strings.TrimSuffix(line, "\n")); n > 60 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestLeadInsAreNotRepeated: the lead-in of a list is printed once for its
// items, and not at all where it is the unit above them.
func TestLeadInsAreNotRepeated(t *testing.T) {
	b := build("list.txt", "", "Two things fail here: the roof leaks; the door sticks.")
	for i, passage := range []string{"Two things fail here", "the roof leaks", "the door sticks"} {
		u := argument.Unit{ID: fmt.Sprintf("u%d", i+1), Kind: argument.Claim, Type: argument.Fact, Role: argument.RoleClaim, Confidence: 1}
		if i > 0 {
			u.LeadIn = b.phrase("Two things fail here:")
		}
		b.unit(u, passage)
	}
	if n := strings.Count(string(write(t, "text", Options{}, b.m)), "Two things fail here"); n != 1 {
		t.Errorf("the unit that leads in stands there %d times", n)
	}
	b.m.Units = b.m.Units[1:]
	if n := strings.Count(string(write(t, "text", Options{}, b.m)), "Two things fail here:"); n != 1 {
		t.Errorf("the lead-in stands there %d times", n)
	}
}

// TestCirclesAreCut: maps that were not validated are written whole too.
func TestCirclesAreCut(t *testing.T) {
	m := small()
	m.Units[0].Role = argument.RoleClaim
	m.Relations = []argument.Relation{
		{ID: "r1", Type: argument.Supports, From: "u1", To: "u3"},
		{ID: "r2", Type: argument.Supports, From: "u2", To: "u1"},
		{ID: "r3", Type: argument.Supports, From: "u3", To: "u2"},
	}
	out := string(write(t, "text", Options{}, m))
	for _, u := range m.Units {
		if !strings.Contains(out, u.Text) {
			t.Errorf("%s is not there:\n%s", u.ID, out)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"one  two\nthree", 13, "one two three"},
		{"a extraordinarily b", 6, "a|extrao|rdinar|ily b"},
		{"東京東京 x", 5, "東京|東京|x"},
		{"e\u0301e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301e\u0301"},
		{"10\u00a0000 people", 8, "10\u00a0000|people"},
		{"👩‍👩‍👧 x", 4, "👩‍👩‍👧 x"},
		{"ab", 1, "a|b"},
		{"京", 1, "京"},
	} {
		var lines []string
		for _, line := range wrap([]run{{text: c.text}}, c.width) {
			var words []string
			for _, w := range line {
				words = append(words, w.text)
			}
			lines = append(lines, strings.Join(words, " "))
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// TestWrapKeepsEverything checks widths and words of any text.
func TestWrapKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab c é東\u0301\u200d👩—\u00a0"))).Draw(t, "text")
		width := rapid.IntRange(2, 12).Draw(t, "width")
		var all strings.Builder
		for _, line := range wrap([]run{{text: s}}, width) {
			used := len(line) - 1
			for _, w := range line {
				used += w.width
				all.WriteString(w.text)
			}
			if used > width {
				t.Fatalf("line of %d columns: %v", used, line)
			}
		}
		if want := strings.Join(strings.FieldsFunc(s, breaks), ""); all.String() != want {
			t.Fatalf("got %q, want %q", all.String(), want)
		}
	})
}

// TestMarkdownReadsBack renders passages full of markup as the report does and
// compares what a reader sees with the words.
func TestMarkdownReadsBack(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	check := func(fatal func(string, ...any), words string) {
		words = strings.Join(strings.FieldsFunc(clean(words), breaks), " ")
		source := []byte("- **u1** " + escape(words) + " *(fact)*\n\n| a | b |\n| --- | --- |\n| x | " + escape(words) + " |\n")
		root := md.Parser().Parse(text.NewReader(source))
		var seen []string
		err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && (n.Kind() == ast.KindTextBlock || n.Kind().String() == "TableCell") {
				seen = append(seen, strings.TrimSpace(visible(n, source)))
			}
			return ast.WalkContinue, nil
		})
		if err != nil {
			fatal("%v", err)
		}
		want := []string{strings.TrimSpace("u1 " + words + " (fact)"), "a", "b", "x", strings.TrimSpace(words)}
		if diff := cmp.Diff(want, seen); diff != "" {
			fatal("%q (-words +seen):\n%s", words, diff)
		}
	}
	for _, words := range []string{
		"a *b* _c_ __d__ `e` ~~f~~", "[x](y) ![z](w) [ref]", "<b>bold</b> &amp; &lt; <!-- c -->", `back\slash \* end\`,
		"a | b || c", "$x_1$ # not a heading #", "1. one", "- dash", "https://example.org/a_b_c*d",
	} {
		check(t.Fatalf, words)
	}
	alphabet := rapid.StringOfN(rapid.RuneFrom([]rune("ab *_`[]()<>|~&$#!\\-+=.1;\n\"'é")), 1, 30, -1)
	rapid.Check(t, func(t *rapid.T) { check(t.Fatalf, "w"+alphabet.Draw(t, "words")) })
}

// visible is the text of a node as a reader sees it.
func visible(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescape(n.Value(source)))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(unescape(n.Label(source)))
		case *ast.RawHTML:
			b.WriteString("<RAW HTML>")
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape resolves the backslashes that goldmark leaves to its renderer.
func unescape(s []byte) []byte {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		out = append(out, s[i])
	}
	return out
}
