package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/reader"
)

// The whole map of a short text, so that a change to any field is seen; what
// the articles' maps have to say is in their .want files.
func TestGolden(t *testing.T) {
	doc := readFile(t, "testdata/short.txt")
	m, err := engine.Analyze(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := faults(m, doc); err != nil {
		t.Error(err)
	}
	got, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const golden = "testdata/short.json"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the map of testdata/short.txt has changed; read what did, then run with -update (-want +got):\n%s", diff)
	}
}

// The schema that users are given accepts what they get.
func TestMapsFitTheSchema(t *testing.T) {
	schema := compileSchema(t)
	for _, path := range articlePaths(t) {
		m, err := engine.Analyze(context.Background(), readFile(t, path))
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(encode(t, m)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestSpans has texts whose code points, bytes and UTF-16 units differ, and
// which the reader does not leave as they are.
func TestSpans(t *testing.T) {
	const plain = "The council should keep the ferry because no bridge will be built for years. “We need it,” said Maria Lund. She added that nobody else cared.\n\nThere are three reasons:\n\n- It is cheap.\n- It is safe.\n"
	for name, text := range map[string]string{
		"plain":     plain,
		"emoji":     "🚢🚢🏴󠁧󠁢󠁳󠁣󠁴󠁿 " + strings.ReplaceAll(plain, "ferry", "ferry 👩‍🚀"),
		"combining": strings.ReplaceAll(plain, "e", "e\u0301"),
		"right to left": strings.ReplaceAll(plain, "ferry",
			"\u202bמעבורת\u202c \u0639\u0628\u0627\u0631\u0629"),
		"CRLF":              strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":                strings.ReplaceAll(plain, "\n", "\r"),
		"byte-order mark":   "\ufeff" + plain,
		"hard wrapped":      strings.ReplaceAll(plain, "the ", "the\n"),
		"no-break spaces":   strings.ReplaceAll(plain, " the ", "\u00a0the\u202f"),
		"invisible":         strings.ReplaceAll(plain, "ee", "e\u200b\u00ade"),
		"outside the plane": strings.ReplaceAll(plain, "council", "𝒄𝒐𝒖𝒏𝒄𝒊𝒍"),
	} {
		t.Run(name, func(t *testing.T) {
			doc, m := analyze(t, "x.txt", []byte(text))
			if err := faults(m, doc); err != nil {
				t.Error(err)
			}
			if len(m.Units) == 0 || len(m.Document.ID) == 0 {
				t.Errorf("%d units", len(m.Units))
			}
			if want := strings.TrimPrefix(text, "\ufeff"); doc.Text != want {
				t.Errorf("the reader has changed the text: %q", doc.Text)
			}
		})
	}
}

// Attributions stand in the order of where they begin, also where one holds
// another.
func TestAttributionsInOrder(t *testing.T) {
	doc, m := analyze(t, "x.txt", []byte("“When the mayor says that the dam is safe, he lies,” said Ragna Holt."))
	if err := m.Validate(doc.Text); err != nil {
		t.Error(err)
	}
}

// faults says what is wrong with a map: what [argument.Map.Validate] finds, and
// passages that are not what stands at their span, counted the way Python does.
func faults(m *argument.Map, doc *document.Document) error {
	err := m.Validate(doc.Text)
	runes := []rune(doc.Text)
	same := func(p *argument.Phrase, what string) {
		if p != nil && string(runes[p.Start:p.End]) != p.Text {
			err = errors.Join(err, errors.New(what+" is not the passage: "+p.Text))
		}
	}
	for i := range m.Units {
		u := &m.Units[i]
		same(&argument.Phrase{Span: u.Span, Text: u.Text}, u.ID)
		same(u.Addressee, u.ID+" addressee")
		same(u.LeadIn, u.ID+" lead-in")
		if i > 0 && u.Overlaps(m.Units[i-1].Span) {
			err = errors.Join(err, errors.New(u.ID+" overlaps the unit before"))
		}
	}
	if _, ok := m.Thesis(); !ok && len(m.Units) > 0 {
		err = errors.Join(err, errors.New("no thesis"))
	}
	return err
}

// pieces are what any text is drawn from.
var pieces = []string{
	"The council should keep the ferry.", "“We need it,” said Maria Lund.", "She added that nobody cared.", "Critics say that it is dear,", "but they are wrong", "because",
	"\n", "\n\n", "\r\n", "\r", "\t", "- ", "* ", "1. ", "# ", "## Why\n", "> ", "---\n", "===\n", "“", "”", "\"", "‘", "’", "'", "«", "(", ")", "—", ":", ";", "...", "…",
	"🚢", "e\u0301", "\u200b", "\u00ad", "\u202e", "\u00a0", "\ufeff", "עברית", "日本語。", "\x00", "𝒄", "<b>", "&amp;", "http://a.example/b?c=d", "[1]", "U.S.", "Dr.", "1,000.5 %", "x",
	"According to a report by the county, fares rose by 40 percent.", "Although the boat is slow, it is safe; keep it.", "Steps:\n\n- Print a timetable.\n- Cut the fare;\n",
}

func TestAnalyzeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "pieces")
		text := strings.Join(parts, rapid.SampledFrom([]string{"", " ", " "}).Draw(t, "between"))
		checkAny(t, []byte(text))
	})
}

func FuzzAnalyze(f *testing.F) {
	f.Add([]byte("The council should keep the ferry, because no bridge will be built."))
	f.Add([]byte("“We need it,” said Maria Lund.\r\n\r\n- It is cheap.\r\n- It is safe.\r\n"))
	f.Add([]byte("\xff\xfet\x00h\x00e\x00"))
	f.Add([]byte("said said said: “" + strings.Repeat("a ", 500)))
	for _, p := range pieces {
		f.Add([]byte(p + pieces[0] + p))
	}
	for _, path := range []string{"testdata/short.txt", filepath.Join(articles, "news-analysis.txt"), filepath.Join(articles, "hard-wrapped.txt")} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkAny(t, data) })
}

// checkAny analyses any bytes twice as plain text: if they are a text at all,
// the map must keep the contract and be the same both times.
func checkAny(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, data []byte) {
	t.Helper()
	var first []byte
	for range 2 {
		doc, err := reader.Read(context.Background(), reader.Input{Name: "any.txt", Data: data})
		if err != nil {
			return
		}
		m, err := engine.Analyze(context.Background(), doc)
		if err != nil {
			t.Fatalf("analysing %q: %v", data, err)
		}
		if err := faults(m, doc); err != nil {
			t.Fatalf("the map of %q: %v", doc.Text, err)
		}
		out, err := json.Marshal(m)
		if err != nil {
			t.Fatalf("encoding the map of %q: %v", doc.Text, err)
		}
		if first != nil && !bytes.Equal(first, out) {
			t.Fatalf("another map of %q the second time:\n%s\n%s", doc.Text, first, out)
		}
		first = out
	}
}

// TestConcurrently analyses all articles at once, each several times, and gets
// the bytes that each gives alone.
// TestLineBreaks breaks the paragraphs of articles into lines, as mail programs
// do: the same argument must be found in them.
func TestLineBreaks(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(articles, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no articles", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, whole := analyze(t, "a.txt", []byte(flowing(readFile(t, path))))
			_, lines := analyze(t, "a.txt", []byte(inLines(flowing(readFile(t, path)))))
			if diff := cmp.Diff(argued(whole), argued(lines)); diff != "" {
				t.Errorf("-whole +in lines:\n%s", diff)
			}
		})
	}
}

// inLines breaks a text into lines of up to 72 characters.
func inLines(text string) string {
	var out strings.Builder
	width := 0
	for i, word := range strings.Split(text, " ") {
		last := word[strings.LastIndex(word, "\n")+1:]
		if first, _, _ := strings.Cut(word, "\n"); width+1+len([]rune(first)) > 72 {
			out.WriteByte('\n')
			width = 0
		} else if i > 0 {
			out.WriteByte(' ')
			width++
		}
		out.WriteString(word)
		if last != word {
			width = 0
		}
		width += len([]rune(last))
	}
	return out.String()
}

// flowing is a text without line breaks inside of its blocks.
func flowing(doc *document.Document) string { return doc.Flowing() }

// argued is what a map says, whatever its offsets and white space.
func argued(m *argument.Map) []string {
	var list []string
	for _, u := range m.Units {
		list = append(list, fmt.Sprint(u.ID, u.Kind, u.Type, u.Role, u.Strength, u.Confidence, strings.Fields(u.Text)))
	}
	for _, r := range m.Relations {
		list = append(list, fmt.Sprint(r.From, r.Type, r.To, r.Confidence))
	}
	for _, a := range m.Attributions {
		list = append(list, fmt.Sprint(a.SourceID, a.Units, a.Manner, a.Confidence))
	}
	return list
}

func TestConcurrently(t *testing.T) {
	paths := articlePaths(t)
	want := make([][]byte, len(paths))
	for i, p := range paths {
		m, err := engine.Analyze(context.Background(), readFile(t, p))
		if err != nil {
			t.Fatal(err)
		}
		want[i] = encode(t, m)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for k := range 3 {
				i := (w + k) % len(paths)
				m, err := engine.Analyze(context.Background(), readFile(t, paths[i]))
				if err != nil {
					t.Error(err)
				} else if got, err := json.Marshal(m); err != nil || !bytes.Equal(got, want[i]) {
					t.Errorf("%s has another map among others: %v", paths[i], err)
				}
			}
		})
	}
	wg.Wait()
}

// TestCancelled ends an analysis before and while it runs; it must not go on for
// long.
func TestCancelled(t *testing.T) {
	doc := manyWords(t, 10_000)
	start := time.Now()
	if _, err := engine.Analyze(context.Background(), doc); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(start)
	for _, c := range []struct {
		name  string
		after time.Duration
		part  float64 // of the time of the whole that it may take
	}{
		{"before", 0, 0.5},
		{"while", whole / 20, 0.6},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), c.after)
		start := time.Now()
		_, err := engine.Analyze(ctx, doc)
		took := time.Since(start)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: error %v", c.name, err)
		}
		if took.Seconds() > c.part*whole.Seconds() {
			t.Errorf("%s: it took %v of %v to notice", c.name, took, whole)
		}
	}
}

// The language stage is the first and runs in one piece, so a context that has
// ended has to be looked at before it.
func TestCancelledBefore(t *testing.T) {
	doc := manyWords(t, 10_000)
	lang.Sentences(doc) // builds the models
	start := time.Now()
	lang.Sentences(doc)
	language := time.Since(start)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	start = time.Now()
	_, err := engine.Analyze(ctx, doc)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > language/2 {
		t.Skipf("known: Analyze reads all sentences before it looks at its context: %v, the sentences alone take %v", took, language)
	}
}

// articlePaths are the articles that stand beside a .want file.
func articlePaths(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(articles, "*"))
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(p string) bool { return strings.HasSuffix(p, ".want") || strings.HasSuffix(p, "README.md") })
	if len(all) < 3 {
		t.Fatalf("%d articles", len(all))
	}
	return all
}

func readFile(t testing.TB, path string) *document.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := reader.Read(context.Background(), reader.Input{Name: filepath.ToSlash(path), Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func analyze(t testing.TB, name string, data []byte) (*document.Document, *argument.Map) {
	t.Helper()
	doc, err := reader.Read(context.Background(), reader.Input{Name: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.Analyze(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, m
}

func encode(t testing.TB, m *argument.Map) []byte {
	t.Helper()
	out, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.UnmarshalJSON(bytes.NewReader(argument.SchemaJSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("argmap-1.json", s); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("argmap-1.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
