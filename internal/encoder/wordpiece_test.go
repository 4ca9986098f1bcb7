package encoder

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/weights"
)

// testVocab returns the vocabulary of the network, by number.
func testVocab(t testing.TB) []string {
	t.Helper()
	f, err := weights.Encoder()
	if err != nil {
		t.Fatal(err)
	}
	return f.Lines("vocabulary")
}

var smallVocab = strings.Fields(`[PAD] [UNK] [CLS] [SEP] [MASK]
	a b e i s t x ##a ##b ##e ##i ##s ##t ##x the ##the ab ##ab abba ##ing strasse stra ß ##ß ##e ##ße
	. , ' " “ ” ’ — … - ! [ ] # σ ##σ ς е ##е 中 文 か ##か ᄀ ##ᅡ ##ᆨ ##ᆨx fi ##fi ﬁ 👍 ##👍 1 ##1 १ ##२`)

// TestPieces shows what the tokenizer does on a vocabulary of a few pieces: each
// is given with what of the text it covers.
func TestPieces(t *testing.T) {
	w := newWordPiece(smallVocab)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"space only", " \t\r\n", ""},
		{"longest first", "abba abbab", "abba=abba abba=abba ##b=b"},
		{"upper case", "THE Abba", "the=THE abba=Abba"},
		{"unknown", "abbaz the", "[UNK]=abbaz the=the"},
		{"tails do not begin words", "ing", "[UNK]=ing"},
		{"no piece of its own for two marks", "a##ing", "a=a #=# #=# [UNK]=ing"},
		{"punctuation", "a,b.'a'", "a=a ,=, b=b .=. '='  a=a '='"},
		{"unknown punctuation", "a;?", "a=a [UNK]=; [UNK]=?"},
		{"curly quotes", "“the”—a’s…", "“=“ the=the ”=” —=— a=a ’=’ s=s …=…"},
		{"accent within", "ábba", "abba=ábba"},
		{"accents of their own", "a\u0301b\u0301ba\u0301", "abba=a\u0301b\u0301ba"},
		{"accent at the end is left out", "the\u0301\u0323 a", "the=the a=a"},
		{"accent alone", "\u0301 a", "a=a"},
		{"sharp s stays", "Straße", "stra=Stra ##ße=ße"},
		{"capital sharp s", "STRAẞE", "stra=STRA ##ße=ẞE"},
		{"dotted capital", "İt", "i=İ ##t=t"},
		{"final sigma is no other letter", "ΣΣ", "σ=Σ ##σ=Σ"},
		{"ligature stays", "ﬁ", "ﬁ=ﬁ"},
		{"Cyrillic", "ЁЕ", "е=Ё ##е=Е"},
		{"characters of Chinese", "a中文b", "a=a 中=中 文=文 b=b"},
		{"kana with voicing mark", "がか", "か=が ##か=か"},
		{"Korean syllable", "각x", "ᄀ=각 ##ᅡ=각 ##ᆨx=각x"},
		{"Korean by letters", "\u1100\u1161\u11a8", "ᄀ=\u1100 ##ᅡ=\u1161 ##ᆨ=\u11a8"},
		{"soft hyphen", "ab\u00adba\u00ad a", "abba=ab\u00adba a=a"},
		{"zero width", "\u200bab\u200db\u2060a", "abba=ab\u200db\u2060a"},
		{"emoji with colour", "👍🏽 👍\ufe0f", "[UNK]=👍🏽 👍=👍"},
		{"no-break space", "a\u00a0b\u3000a", "a=a b=b a=a"},
		{"control characters join", "ab\x00b\x07a ab\x0bba", "abba=ab\x00b\x07a abba=ab\x0bba"},
		{"next line joins", "ab\u0085ba", "abba=ab\u0085ba"},
		{"not UTF-8", "ab\xffba\xe2\x80 the\xc3", "abba=ab\xffba the=the"},
		{"reserved", "a[SEP]b [sep] [MASK", "a=a [SEP]=[SEP] b=b [=[ [UNK]=sep ]=] [=[ [UNK]=MASK"},
		{"a hundred letters", strings.Repeat("ab", 50), "ab=ab" + strings.Repeat(" ##ab=ab", 49)},
		{"more", strings.Repeat("ab", 50) + "a", "[UNK]=" + strings.Repeat("ab", 50) + "a"},
		{"more with accents", "á" + strings.Repeat("b", 100) + "\u0301.", "[UNK]=á" + strings.Repeat("b", 100) + " .=."},
		{"marks change places", "x\u302e\u0323", "[UNK]=x\u302e\u0323"},
		{"a letter later than the tables", "\u08d4", "[UNK]=\u08d4"},
		{"a mark later than the tables", "a\u2e43b", "[UNK]=a\u2e43b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range w.pieces(nil, c.text) {
				got = append(got, smallVocab[p.id]+"="+c.text[p.start:p.end])
			}
			if want := strings.Fields(c.want); !slices.Equal(got, want) && c.want != strings.Join(got, " ") {
				t.Errorf("%q: got %q, want %q", c.text, got, want)
			}
		})
	}
}

func TestPiecesAppends(t *testing.T) {
	w := newWordPiece(smallVocab)
	before := []piece{{7, 8, 9}}
	if got := w.pieces(before, "é"); len(got) != 2 || got[0] != before[0] || got[1].end != 2 {
		t.Errorf("got %v", got)
	}
}

func TestPiecesOfASCIIAllocateNothing(t *testing.T) {
	w := newWordPiece(smallVocab)
	dst := make([]piece, 0, 100)
	if n := testing.AllocsPerRun(20, func() { dst = w.pieces(dst[:0], "The abba, \"the\" strasse.") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// goldPieces is a line of what testdata/wordpiece.py writes.
type goldPieces struct {
	Text   *string
	Name   string
	Line   int
	IDs    []int32
	Places []int // start and end of each piece in code points
}

func readGold(t *testing.T, name string) []goldPieces {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldPieces
	for d := json.NewDecoder(bytes.NewReader(data)); d.More(); {
		var g goldPieces
		if err := d.Decode(&g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// pieces gives the pieces their places in bytes.
func (g goldPieces) pieces(text string) []piece {
	var bytes []int32
	for i := range text {
		bytes = append(bytes, int32(i))
	}
	bytes = append(bytes, int32(len(text)))
	out := make([]piece, len(g.IDs))
	for i, id := range g.IDs {
		out[i] = piece{id, bytes[g.Places[2*i]], bytes[g.Places[2*i+1]]}
	}
	return out
}

// check compares with what the tokenizers library made of a text.
func (g goldPieces) check(t *testing.T, w *wordPiece, vocab []string, text string) bool {
	t.Helper()
	got, want := w.pieces(nil, text), g.pieces(text)
	if slices.Equal(got, want) {
		return true
	}
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	show := func(ps []piece) (s []string) {
		for _, p := range ps[i:min(len(ps), i+4)] {
			s = append(s, vocab[p.id]+"="+text[p.start:p.end])
		}
		return s
	}
	t.Errorf("%s %d, %.60q: from piece %d on\n got %q\nwant %q", g.Name, g.Line, text, i, show(got), show(want))
	return false
}

// TestPiecesGolden compares with the tokenizers library of Hugging Face.
func TestPiecesGolden(t *testing.T) {
	vocab := testVocab(t)
	w := newWordPiece(vocab)
	for _, g := range readGold(t, filepath.Join("testdata", "wordpiece.json")) {
		if g.Text != nil {
			g.check(t, w, vocab, *g.Text)
			continue
		}
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "articles", g.Name))
		if err != nil {
			t.Fatal(err)
		}
		g.check(t, w, vocab, string(data))
	}
}

// TestPiecesOnCorpora does the same with the texts of a folder of JSON lines named
// by ARGMAP_CORPORA, and the file named by ARGMAP_PIECES that testdata/wordpiece.py
// makes of them. The corpora are not part of this repository.
func TestPiecesOnCorpora(t *testing.T) {
	dir, file := os.Getenv("ARGMAP_CORPORA"), os.Getenv("ARGMAP_PIECES")
	if dir == "" || file == "" {
		t.Skip("set ARGMAP_CORPORA to a folder of .jsonl files and ARGMAP_PIECES to a file that testdata/wordpiece.py made of them")
	}
	vocab := testVocab(t)
	w := newWordPiece(vocab)
	texts := map[string][]string{}
	right, words, gold := 0, 0, readGold(t, file)
	for _, g := range gold {
		if texts[g.Name] == nil {
			texts[g.Name] = corpusTexts(t, filepath.Join(dir, g.Name))
		}
		text := texts[g.Name][g.Line-1]
		words += len(strings.Fields(text))
		if g.check(t, w, vocab, text) {
			right++
		}
	}
	t.Logf("%d of %d texts agree (%d words)", right, len(gold), words)
}

func corpusTexts(t *testing.T, name string) (texts []string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, len(data)+1)
	for lines.Scan() {
		var record struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, record.Text)
	}
	return texts
}

// checkPieces checks what holds for the pieces of any text.
func checkPieces(t interface{ Fatalf(string, ...any) }, text string, ps []piece) {
	boundary := make([]bool, len(text)+1)
	for i := range text {
		boundary[i] = true
	}
	boundary[len(text)] = true
	var last piece
	for i, p := range ps {
		switch {
		case p.id < 0 || int(p.id) >= len(smallVocab):
			t.Fatalf("%q: piece %d has index %d", text, i, p.id)
		case p.start < last.start || p.end < last.end || p.start >= p.end || int(p.end) > len(text):
			t.Fatalf("%q: piece %d is %v after %v", text, i, p, last)
		case !boundary[p.start] || !boundary[p.end]:
			t.Fatalf("%q: piece %d, %v, cuts a character", text, i, p)
		case p.start < last.end && utf8.RuneCountInString(text[p.start:last.end]) != 1:
			t.Fatalf("%q: piece %d, %v, shares more than a character with %v", text, i, p, last)
		}
		last = p
	}
}

// TestPiecesOfLines checks that the lines of a text do not bear on each other.
func TestPiecesOfLines(t *testing.T) {
	w := newWordPiece(smallVocab)
	letters := rapid.StringOf(rapid.SampledFrom([]rune("abestxABßéİﬁ .,'“”’[#中か각👍\u0301\u0323\u302e\u00ad\u200d\u00a0\x00\ufffd\U0001d15e\U0001d165")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		want := w.pieces(nil, a)
		for _, p := range w.pieces(nil, b) {
			n := int32(len(a) + 1)
			want = append(want, piece{p.id, p.start + n, p.end + n})
		}
		got := w.pieces(nil, a+"\n"+b)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		checkPieces(t, a+"\n"+b, got)
	})
}

func FuzzPieces(f *testing.F) {
	for _, s := range []string{"The abba.", "“thé”", "각x", "[SEP]", "a\xff\xe2\x80", "x\u302e\u0323\U0001d15e", strings.Repeat("aé", 60)} {
		f.Add(s)
	}
	w := newWordPiece(smallVocab)
	f.Fuzz(func(t *testing.T, text string) { checkPieces(t, text, w.pieces(nil, text)) })
}

func BenchmarkPieces(b *testing.B) {
	w := newWordPiece(testVocab(b))
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "articles", "op-ed.txt"))
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	var dst []piece
	for b.Loop() {
		dst = w.pieces(dst[:0], text)
	}
	b.ReportMetric(float64(len(strings.Fields(text)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNewWordPiece(b *testing.B) {
	vocab := testVocab(b)
	for b.Loop() {
		newWordPiece(vocab)
	}
}
