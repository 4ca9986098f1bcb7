package reader

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/raced"
)

func TestErrors(t *testing.T) {
	nested := strings.Repeat("<div>", 600)
	for _, c := range []struct {
		name, file, data string
		want             error
		says             string
	}{
		{"nothing", "a.txt", "", ErrEmpty, "no text"},
		{"white space", "a.txt", " \r\n\t\u00a0\u200b\ufeff\n", ErrEmpty, ""},
		{"mark only", "a.txt", "\xef\xbb\xbf", ErrEmpty, ""},
		{"empty page", "a.html", "<html><body><script>x()</script></body></html>", ErrEmpty, ""},
		{"PDF", "a.txt", "%PDF-1.7\n%\xe2\xe3", ErrBroken, ""},
		{"word processor", "a.md", "PK\x03\x04\x14\x00", ErrBinary, "ZIP"},
		{"picture", "-", "\x89PNG\r\n\x1a\n\x00", ErrBinary, "PNG"},
		{"NUL", "a.txt", "some text\x00and more of it, long enough", ErrBinary, "NUL"},
		{"controls", "a.txt", "\x01\x02\x03\x04 text", ErrBinary, "control"},
		{"no encoding", "a.txt", "\xff\xfe" + strings.Repeat("\x00\xd8", 40), ErrEncoding, "UTF-16"},
		{"large", "a.txt", strings.Repeat("a", MaxSize+1), ErrTooLarge, "9 MiB"},
		{"many lines", "a.txt", strings.Repeat("a\n", maxLines+1), ErrTooLarge, "lines"},
		{"deep page", "a.html", nested, ErrTooDeep, ""},
		{"links", "a.md", strings.Repeat("[a](", maxLinks+1), ErrTooLarge, "links"},
		{"deep quotation", "a.md", strings.Repeat("> ", 5000) + "x", ErrTooDeep, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read(t.Context(), Input{Name: c.file, Data: []byte(c.data)})
			if !errors.Is(err, c.want) || doc != nil {
				t.Fatalf("got %v, %v; want %v", doc, err, c.want)
			}
			if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), c.file) && c.file != "-" {
				t.Errorf("message %q should say %q and not name the file", err, c.says)
			}
		})
	}
}

func TestDecode(t *testing.T) {
	const want = "Café “Zoë” – 5 €"
	cp1252 := "Caf\xe9 \x93Zo\xeb\x94 \x96 5 \x80"
	russian := "\xd1\xee\xe1\xe0\xea\xe0 \xeb\xe0\xe5\xf2, \xea\xe0\xf0\xe0\xe2\xe0\xed \xe8\xe4\xe5\xf2. " // windows-1251
	for _, c := range []struct{ name, data, want string }{
		{"UTF-8", want, want},
		{"UTF-8 with mark", "\xef\xbb\xbf" + want, want},
		{"UTF-16LE", "\xff\xfe" + wide(want, binary.LittleEndian), want},
		{"UTF-16BE", "\xfe\xff" + wide(want, binary.BigEndian), want},
		{"UTF-16 without mark", wide("Plain words without a mark", binary.LittleEndian), "Plain words without a mark"},
		{"UTF-16 pair", "\xff\xfe" + wide("a😀b", binary.LittleEndian), "a😀b"},
		{"Windows-1252", cp1252, want},
		{"Windows-1251", strings.Repeat(russian, 20), strings.Repeat("Собака лает, караван идет. ", 20)},
		{"mostly UTF-8", "é“”ü–" + "\xe9" + "ö", "é“”ü–\ufffdö"},
		{"kept as it is", "a\r\nb\u200b\rc\f\u2028d ", "a\r\nb\u200b\rc\f\u2028d "},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Read(t.Context(), Input{Name: "a.txt", Data: []byte(c.data)})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != c.want {
				t.Errorf("got %q, want %q", doc.Text, c.want)
			}
		})
	}
}

// wide encodes s in UTF-16.
func wide(s string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestDetect(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"a.txt", "<html>", "text"},
		{"a.MD", "x", "markdown"},
		{"dir.html/a.markdown", "x", "markdown"},
		{"a.htm", "x", "html"},
		{"a.xhtml", "x", "html"},
		{"-", "  <!-- c --><?xml version='1.0'?>\n<!DOCTYPE HTML>", "html"},
		{"-", "\xff\xfe" + wide("<html>", binary.LittleEndian), "html"},
		{"-", "<!-- never closed", "text"},
		{"-", "# A heading is plain text, too", "text"},
		{"page", "<HTML><body>", "html"},
		{"a.log", "words", "text"},
	} {
		if got := detect(Input{Name: c.name, Data: []byte(c.data)}).Name; got != c.want {
			t.Errorf("detect(%q, %q) = %s, want %s", c.name, c.data, got, c.want)
		}
	}
}

func TestReadAs(t *testing.T) {
	in := Input{Name: "a.txt", Data: []byte("# One\n\nA *word* or two.\n")}
	doc, err := ReadAs(context.Background(), in, "markdown")
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != "One\n\nA word or two." || doc.MediaType != "text/markdown" || doc.URI != "a.txt" {
		t.Errorf("got %+v", doc)
	}
	if _, err := ReadAs(context.Background(), in, "vellum"); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v, want %v", err, ErrFormat)
	}
}

func TestFormatsAreSorted(t *testing.T) {
	rows := Formats()
	seen := map[string]bool{}
	for i, f := range rows {
		if i > 0 && rows[i-1].Name >= f.Name {
			t.Errorf("%s stands after %s", f.Name, rows[i-1].Name)
		}
		if f.Help == "" || f.MediaType == "" || len(f.Extensions) == 0 {
			t.Errorf("incomplete row %+v", f)
		}
		for _, ext := range f.Extensions {
			if seen[ext] || ext != strings.ToLower(ext) || ext[0] != '.' {
				t.Errorf("extension %q of %s", ext, f.Name)
			}
			seen[ext] = true
		}
	}
	rows[0].Extensions[0] = "changed"
	if Formats()[0].Extensions[0] == "changed" {
		t.Error("the table can be changed from outside")
	}
}

func TestMarkers(t *testing.T) {
	for _, c := range []struct {
		line   string
		kind   markerKind
		number int
		text   string
	}{
		{"- oats", bulletMarker, 0, "oats"},
		{"•oats", bulletMarker, 0, "oats"},
		{"-oats", noMarker, 0, ""},
		{"– oats", bulletMarker, 0, "oats"},
		{"-", noMarker, 0, ""},
		{"1. oats", arabicMarker, 1, "oats"},
		{"12) oats", arabicMarker, 12, "oats"},
		{"(3) oats", arabicMarker, 3, "oats"},
		{"1.5 tons", noMarker, 0, ""},
		{"2019. It rained.", noMarker, 0, ""},
		{"a) oats", letterMarker, 1, "oats"},
		{"(b) oats", letterMarker, 2, "oats"},
		{"iv. oats", romanMarker, 4, "oats"},
		{"II. Oats", romanMarker, 2, "Oats"},
		{"2.1 Oats", outline, 0, "Oats"},
		{"2.1.3. Oats", outline, 0, "Oats"},
		{"2.1 tons", noMarker, 0, ""},
		{"Mr. Oats", noMarker, 0, ""},
		{"(oats) and", noMarker, 0, ""},
		{"1.", noMarker, 0, ""},
		{"◆ oats", bulletMarker, 0, "oats"},
		{"□oats", bulletMarker, 0, "oats"},
		{"xxiv. oats", romanMarker, 24, "oats"},
		{"1.) oats", arabicMarker, 1, "oats"},
		{"[1] Oats", noMarker, 0, ""},
		{"CV. Oats", noMarker, 0, ""},
		{"— Oats", noMarker, 0, ""},
	} {
		m := parseMarker(c.line)
		if m.kind != c.kind || m.number != c.number || c.kind != noMarker && c.line[m.size:] != c.text {
			t.Errorf("parseMarker(%q) = %+v", c.line, m)
		}
	}
}

func TestInitialsAreNoLabels(t *testing.T) {
	for _, c := range []struct {
		text string
		want []bool
	}{
		{"J. Orme writes.", []bool{false}},
		{"A. Barley\n\nB. Oats\n\nC. Rye", []bool{true, true, true}},
		{"IV. Barley\nV. Oats\nB. Orme", []bool{true, true, false}},
		{"A. Orme writes.\nHe is old.", []bool{false, false}},
	} {
		lines, err := splitLines(c.text)
		if err != nil {
			t.Fatal(err)
		}
		dropInitials(lines)
		var got []bool
		for _, l := range lines {
			if !l.blank() {
				got = append(got, l.marker.kind != noMarker)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: -want +got:\n%s", c.text, diff)
		}
	}
}

func TestSkips(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"It rose.[1] It fell [12, 13].", []string{"[1]", "[12, 13]"}},
		{"He said [sic] it [was] so [1999].", nil},
		{"It is claimed [citation needed] often.[REF]", []string{"[citation needed]", "[REF]"}},
		{"Prices rose.¹² They fell.³", []string{"¹²", "³"}},
		{"Of 12 m² and 5 km², 10³ burnt.", nil},
		{"The name* was changed.†", []string{"*", "†"}},
		{"It was *really* so, 3 * 4 of them.", nil},
		{"It was **really** so.", []string{"**", "**"}},
		{"2 ** 3 is eight.", nil},
		{"[1] begins it.", nil},
	} {
		var got []string
		for _, s := range skips(c.text, document.Span{End: len(c.text)}) {
			got = append(got, c.text[s.Start:s.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: -want +got:\n%s", c.text, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for s, want := range map[string]int{
		"One here":             1,
		"One here. Two there.": 2,
		"Dr. Orme of the U.S. Navy paid 3.5 crowns to J. Vane.": 1,
		`"Why?" he asked. "Because."`:                           2,
		"Well... it rained! And then?":                          2,
		"“It fell.” She left.":                                  2,
		"He said no. It grew by 3.5. See no. 4 of the list.":    3,
		"Three: 1. Oats 2. Barley 3. Rye etc. See there.":       1,
	} {
		if got := countSentences(s); got != want {
			t.Errorf("countSentences(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestPlainTextIsKept states the promise that consumers of offsets rely on.
func TestPlainTextIsKept(t *testing.T) {
	pieces := []string{"A Title", "\n", "\n\n", "\r\n", "- ", "1. ", "> ", "    ", "\t", "It rained for days and days. ", "and so on,", "WHY", "?", ":", "[1]", "**", "é", "\u200b", "\u00a0", "# ", "====", "|", "By Ann Orme", "By the river it was cold"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "pieces"), "")
		doc, err := ReadAs(context.Background(), Input{Name: "-", Data: []byte(text)}, "text")
		if errors.Is(err, ErrEmpty) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if doc.Text != text {
			t.Fatalf("text became %q", doc.Text)
		}
		if err := doc.Check(); err != nil {
			t.Fatal(err)
		}
		covered := len(text)
		for _, b := range doc.Blocks {
			covered -= b.Len()
		}
		if again, _ := ReadAs(context.Background(), Input{Name: "-", Data: []byte(text)}, "text"); !cmp.Equal(doc, again) {
			t.Fatal("a second reading differs")
		}
	})
}

// TestBlocksCoverTheWords checks that no word of a plain text falls between the
// blocks.
func TestBlocksCoverTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"Rain", "It rained all day.", "", "- one", "2) two", "> three", "    four words are here now", "## five", "FIVE", "---", "Six:"}), 1, 30).Draw(t, "lines")
		text := strings.Join(lines, "\n")
		doc, err := ReadAs(context.Background(), Input{Data: []byte(text)}, "text")
		if err != nil {
			return
		}
		at := 0
		for _, b := range append(doc.Blocks, document.Block{Span: document.Span{Start: len(text), End: len(text)}}) {
			for _, f := range strings.Fields(text[at:b.Start]) {
				if strings.Trim(f, "->#2)=") != "" {
					t.Fatalf("%q of %q is in no block", f, text)
				}
			}
			at = b.End
		}
	})
}

// TestLargeInputs guards against work that grows with the square of the input.
func TestLargeInputs(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("slow")
	}
	line := strings.Repeat("It rained and rained, and nobody did anything about it. ", 5<<20/56)
	for _, c := range []struct{ name, format, text string }{
		{"one line", "text", line},
		{"one word", "text", strings.Repeat("a", 10<<20)},
		{"short lines", "text", strings.Repeat("It rained\n", 50_000)},
		{"short paragraphs", "text", strings.Repeat("It rained.\n\n", 50_000)},
		{"items", "text", strings.Repeat("- it rained\n", 50_000)},
		{"deeper items", "text", strings.Repeat("- a\n  - b\n    - c\n", 30_000)},
		{"asterisks", "text", strings.Repeat("word* ", 500_000)},
		{"brackets", "text", strings.Repeat("[1", 1_000_000) + "]"},
		{"asides", "text", "Title\n\n" + strings.Repeat("Read more: x\n", 50_000)},
		{"notes", "text", "Title here\n\nIt rained.\n\n" + strings.Repeat("* not cited\n\n", 50_000)},
		{"cited notes", "text", "Title here\n\nIt " + strings.Repeat("rained [1] and ", 50_000) + "stopped.\n\n" + strings.Repeat("[1] cited\n\n", 50_000)},
		{"daggers", "text", strings.Repeat("word†.", 300_000)},
		{"one line", "markdown", line},
		{"brackets", "markdown", strings.Repeat("[", 20_000)},
		{"broken links", "markdown", strings.Repeat("[a](", maxLinks)},
		{"emphasis", "markdown", strings.Repeat("*a **b ", 10_000)},
		{"one line", "html", "<p>" + line},
		{"paragraphs", "html", strings.Repeat("<p>It rained.", 50_000)},
		{"divisions", "html", strings.Repeat("<div>It rained.</div>", 50_000)},
		{"breaks", "html", strings.Repeat("It rained.<br>", 50_000)},
		{"items", "html", "<ul>" + strings.Repeat("<li>It rained.", 50_000)},
	} {
		t.Run(c.format+" "+c.name, func(t *testing.T) {
			start := time.Now()
			_, err := ReadAs(context.Background(), Input{Data: []byte(c.text)}, c.format)
			if took := time.Since(start); took > 30*time.Second { // the race detector is slow, and so are shared machines
				t.Errorf("%v for %d bytes", took, len(c.text))
			} else {
				t.Log(took, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"A Title\n\nA paragraph.[1]\n\n- one\n- two\n\n[1] note",
		"# One\n\n> two\n\n1. three\n   - four\n", "<h1>a</h1><p>b<ul><li>c<li>d</ul>", "\xff\xfea\x00", "caf\xe9", "\xef\xbb\xbfx",
		"a\n===\nb\n---\n| c | d |\n", "> > a\n> b\n", "---\ntitle: x\n---\ny[^1]\n\n[^1]: z", "<table><tr><td>a<td>b</table><sup>1</sup>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range Formats() {
			doc, err := ReadAs(context.Background(), Input{Name: "-", Data: data}, format.Name)
			if err != nil {
				continue
			}
			if err := doc.Check(); err != nil {
				t.Fatalf("%s: %v\n%q", format.Name, err, doc.Text)
			}
		}
	})
}
