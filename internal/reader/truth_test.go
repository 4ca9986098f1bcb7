package reader_test

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/reader"
)

// Articles as other programs write them down: each article of testdata/articles
// is the truth, a real producer makes a file of it, and what is read from that
// file must have the words, the structure and the argument of the article.

// articleDir holds the articles.
const articleDir = "../../testdata/articles"

// articles names the articles that are plain text or Markdown.
func articles(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.txt", "policy-*.md"} {
		files, err := filepath.Glob(filepath.Join(articleDir, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s in %s: %v", pattern, articleDir, err)
		}
		for _, file := range files {
			names = append(names, filepath.Base(file))
		}
	}
	return names
}

// truths and analyses keep what truth and analysis have found; the second by the
// text and its blocks, for the files of several programs give the same.
var (
	truths   sync.Map // string to *document.Document
	analyses sync.Map // string to *argument.Map
)

// truth reads the article of that name, "op-ed.txt". The same name gives the
// same document, so that it is analysed once.
func truth(t *testing.T, article string) *document.Document {
	t.Helper()
	if d, ok := truths.Load(article); ok {
		return d.(*document.Document)
	}
	data, err := os.ReadFile(filepath.Join(articleDir, article))
	if err != nil {
		t.Fatal(err)
	}
	d, _ := truths.LoadOrStore(article, readAs(t, article, data))
	return d.(*document.Document)
}

// readAs reads data as the file name, and checks what a reader promises.
func readAs(t *testing.T, name string, data []byte) *document.Document {
	t.Helper()
	d, err := reader.Read(t.Context(), reader.Input{Name: name, Data: data})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := d.Check(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return d
}

// webPage writes d as a web page that has its blocks and nothing else, for
// programs to make other files of.
func webPage(d *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head><body>\n", html.EscapeString(d.Title))
	depth := 0
	for _, k := range d.Blocks {
		for ; depth > k.Level || depth > 0 && k.Kind != document.ListItem; depth-- {
			b.WriteString("</li></ul>\n")
		}
		if k.Kind == document.ListItem && depth == k.Level {
			b.WriteString("</li>\n")
		}
		for ; k.Kind == document.ListItem && depth < k.Level; depth++ {
			b.WriteString("<ul>\n")
		}
		s := html.EscapeString(strings.Join(strings.Fields(d.At(k.Span)), " "))
		switch k.Kind {
		case document.Title:
			fmt.Fprintf(&b, "<h1>%s</h1>\n", s)
		case document.Heading:
			fmt.Fprintf(&b, "<h%d>%s</h%[1]d>\n", min(k.Level+1, 6), s)
		case document.ListItem:
			fmt.Fprintf(&b, "<li>%s", s)
		case document.Aside:
			b.WriteString(asideMarkup(d.At(k.Span)))
		case document.Quotation:
			fmt.Fprintf(&b, "<blockquote><p>%s</p></blockquote>\n", s)
		default:
			fmt.Fprintf(&b, "<p>%s</p>\n", s)
		}
	}
	b.WriteString(strings.Repeat("</li></ul>", depth) + "</body></html>\n")
	return b.String()
}

// asideMarkup writes an aside: a table where it is one, else a paragraph.
func asideMarkup(s string) string {
	if !strings.Contains(s, " | ") {
		return "<p>" + html.EscapeString(strings.Join(strings.Fields(s), " ")) + "</p>\n"
	}
	s = strings.NewReplacer(" | ", "</td><td>", "\n", "</td></tr>\n<tr><td>").Replace(html.EscapeString(s))
	return "<table>\n<tr><td>" + s + "</td></tr>\n</table>\n"
}

// blockText returns the text of the blocks of d, without the bullets and numbers
// that stand between them in a plain text.
func blockText(d *document.Document) string {
	var parts []string
	for _, b := range d.Blocks {
		parts = append(parts, d.At(b.Span))
	}
	return strings.Join(parts, "\n")
}

// webFile writes d as a web page into dir and returns the path. The page is
// called as the article is, "op-ed.html".
func webFile(t *testing.T, dir, article string, d *document.Document) string {
	t.Helper()
	path := filepath.Join(dir, strings.TrimSuffix(article, filepath.Ext(article))+".html")
	if err := os.WriteFile(path, []byte(webPage(d)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// soffice converts the file in to the format to, "docx", "odt" or "pdf", with
// LibreOffice. It skips the test where there is none.
func soffice(t *testing.T, in, to string) []byte {
	t.Helper()
	return sofficeAll(t, to, in)[0]
}

// sofficeAll converts several files, all web pages or none, in one go.
func sofficeAll(t *testing.T, to string, in ...string) [][]byte {
	t.Helper()
	out := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", to, "--outdir", out}
	if filepath.Ext(in[0]) == ".html" {
		args = append(args, "--infilter=HTML (StarWriter)") // pages as documents, not as pages
	}
	call(t, "soffice", append(args, in...)...)
	var files [][]byte
	for _, path := range in {
		ext, _, _ := strings.Cut(to, ":") // what follows names a filter
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "." + ext
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}

// pandoc converts the file in to the format to, "docx", "odt" or "epub", with
// pandoc. It skips the test where there is none.
func pandoc(t *testing.T, in, to string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out."+to)
	call(t, "pandoc", "--standalone", "-o", out, in)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// call runs a program, or skips the test where it is not installed.
func call(t *testing.T, name string, args ...string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if said, err := exec.CommandContext(ctx, path, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, said)
	}
}

// wordsOf returns the words of s: letters and digits, without what stands
// between, so that neither dashes nor quotes that a program prefers count.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// wordRecall returns the share of the words of want that got has in the same
// order.
func wordRecall(want, got string) float64 {
	w := wordsOf(want)
	if len(w) == 0 {
		return 1
	}
	return float64(commonWords(w, wordsOf(got))) / float64(len(w))
}

// commonWords returns the length of the longest common subsequence of a and b,
// after Myers: the work grows with their length times their difference.
func commonWords(a, b []string) int {
	n, m := len(a), len(b)
	far := make([]int, 2*(n+m)+3) // by diagonal, the farthest offset into a
	at := func(diagonal int) *int { return &far[diagonal+n+m+1] }
	for edits := 0; ; edits++ {
		for k := -edits; k <= edits; k += 2 {
			x := *at(k - 1) + 1
			if k == -edits || k < edits && *at(k - 1) < *at(k + 1) {
				x = *at(k + 1)
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			*at(k) = x
			if x >= n && x-k >= m {
				return (n + m - edits) / 2
			}
		}
	}
}

// unitsF1 returns the F1 of the units that are found in got by those in want.
// Two are the same when half the words of the longer one stand in the other in
// the same order; each counts once.
func unitsF1(t *testing.T, want, got *document.Document) float64 {
	t.Helper()
	a, b := analysis(t, want).Units, analysis(t, got).Units
	if len(a)+len(b) == 0 {
		return 1
	}
	words := make([][]string, len(b))
	for k, u := range b {
		words[k] = wordsOf(u.Text)
	}
	same := 0
	for _, u := range a {
		best, found := 0, -1
		mine := wordsOf(u.Text)
		for k, w := range words {
			if n := commonWords(mine, w); w != nil && n > best && 2*n >= max(len(mine), len(w)) {
				best, found = n, k
			}
		}
		if found < 0 {
			t.Logf("no such unit any more: %q", u.Text)
			continue
		}
		words[found] = nil
		same++
	}
	return 2 * float64(same) / float64(len(a)+len(b))
}

// analysis returns the argument map of d.
func analysis(t *testing.T, d *document.Document) *argument.Map {
	t.Helper()
	key := fmt.Sprint(d.Text, d.Blocks, d.Sections)
	if m, ok := analyses.Load(key); ok {
		return m.(*argument.Map)
	}
	m, err := engine.Analyze(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	analyses.Store(key, m)
	return m
}

// TestTruth tries the measures themselves.
func TestTruth(t *testing.T) {
	for _, c := range []struct {
		want, got string
		recall    float64
	}{
		{"", "", 1}, {"a b", "", 0}, {"It “rained” – all day.", "it \"It rained\" - all the day", 1},
		{"a b c d", "d c b a", .25}, {"a b c d", "a x c d", .75}, {"a b", "a a b b", 1},
	} {
		if got := wordRecall(c.want, c.got); got != c.recall {
			t.Errorf("recall of %q by %q is %v, want %v", c.want, c.got, got, c.recall)
		}
	}
	plain := truth(t, "op-ed.txt")
	if f := unitsF1(t, plain, plain); f != 1 {
		t.Errorf("an article has %v of its own units", f)
	}
	half := readAs(t, "half.txt", []byte(plain.Text[:plain.Blocks[len(plain.Blocks)/2].End]))
	if f := unitsF1(t, plain, half); f < .3 || f > .9 {
		t.Errorf("half an article has %v of its units", f)
	}
	again := readAs(t, "page.html", []byte(webPage(plain)))
	if r := wordRecall(plain.Text, again.Text); r < .99 {
		t.Errorf("recall through a web page is %v", r)
	}
}
