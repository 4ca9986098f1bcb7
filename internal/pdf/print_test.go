package pdf

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// The articles of the repository, printed by programs that people print with:
// what comes back must be what was written, in its order, with its paragraphs.

// articles are the plain texts that are printed.
var articles = []string{"essay", "hard-wrapped", "news-analysis", "op-ed", "rebuttal", "speech"}

// layouts are style sheets, each a way to set a text.
var layouts = []struct{ name, css string }{
	{"one column, indented", `@page { size: A5; margin: 18mm } body { font: 10.5pt/1.3 "Liberation Serif"; text-align: justify; hyphens: auto }
		p { margin: 0; text-indent: 1.4em }`},
	{"one column, ragged", `@page { size: Letter; margin: 25mm } body { font: 10pt/1.5 "DejaVu Sans" } p { margin: 0 0 .8em }`},
	{"two columns", `@page { size: A4; margin: 18mm } body { font: 10pt/1.25 "Liberation Serif"; text-align: justify; hyphens: auto; column-count: 2; column-gap: 8mm }
		h1 { column-span: all } p { margin: 0; text-indent: 1.2em }`},
	{"two columns, spaced", `@page { size: A5; margin: 14mm } body { font: 9pt/1.4 "Liberation Sans"; column-count: 2; column-gap: 6mm } h1 { column-span: all }
		p { margin: 0 0 .7em }`},
	{"three columns", `@page { size: A4; margin: 15mm } body { font: 9pt/1.2 "Liberation Sans"; hyphens: auto; column-count: 3; column-gap: 5mm }
		h1 { column-span: all; font-size: 26pt } p { margin: 0 0 .5em }`},
}

// printed is a text with its paragraphs.
type printed struct {
	title      string
	paragraphs []string
}

// article reads a plain text: paragraphs stand apart by blank lines, items of a
// list by line ends.
func article(t *testing.T, name string) printed {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../testdata/articles", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	p := printed{title: "A Printed Page"}
	for chunk := range strings.SplitSeq(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n\n") {
		cur := ""
		for l := range strings.Lines(chunk) {
			l = strings.TrimSpace(l)
			if l == "" {
				continue
			}
			if item := strings.TrimLeft(l, "•-* "); item != l {
				p.add(cur)
				cur = item
				continue
			}
			cur = strings.TrimSpace(cur + " " + l)
		}
		p.add(cur)
	}
	return p
}

func (p *printed) add(s string) {
	if s != "" {
		p.paragraphs = append(p.paragraphs, s)
	}
}

// html is the text as a page.
func (p printed) html(css string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=en><meta charset=utf-8><title>%s</title><style>%s</style><h1>%[1]s</h1>\n", html.EscapeString(p.title), css)
	for _, s := range p.paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(s))
	}
	return b.String()
}

// tool skips the test where a program is missing.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// chromium prints a page.
func chromium(t *testing.T, page string, flags ...string) []byte {
	t.Helper()
	program := tool(t, "chromium")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(in, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + dir, "--print-to-pdf=" + out}, flags...)
	if msg, err := exec.CommandContext(ctx, program, append(args, in)...).CombinedOutput(); err != nil {
		t.Skipf("chromium does not print here: %v\n%s", err, msg)
	}
	return fileAt(t, out)
}

// office prints a file of the given ending.
func office(t *testing.T, ending, content string) []byte {
	t.Helper()
	program := tool(t, "soffice")
	dir := t.TempDir()
	in := filepath.Join(dir, "text"+ending)
	if err := os.WriteFile(in, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", dir, in)
	if ending == ".html" {
		cmd.Args = slices.Insert(cmd.Args, 3, "--infilter=HTML (StarWriter)")
	}
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("soffice does not print here: %v\n%s", err, msg)
	}
	return fileAt(t, filepath.Join(dir, "text.pdf"))
}

func fileAt(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPrintedByChromium(t *testing.T) {
	for i, l := range layouts {
		// Each layout with two texts: a printing takes a second.
		for k := range 2 {
			name := articles[(i+k)%len(articles)]
			t.Run(l.name+"/"+name, func(t *testing.T) {
				a := article(t, name)
				compare(t, a, chromium(t, a.html(l.css), "--no-pdf-header-footer"))
			})
		}
	}
}

func TestPrintedByOffice(t *testing.T) {
	for _, name := range articles[:2] {
		t.Run(name, func(t *testing.T) {
			a := article(t, name)
			compare(t, a, office(t, ".html", a.html("")))
		})
	}
}

// compare checks that the text of a PDF is the article.
func compare(t *testing.T, a printed, data []byte) {
	t.Helper()
	text, err := Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	f := fidelity(append([]string{a.title}, a.paragraphs...), text.Blocks)
	t.Logf("words %.3f, paragraphs %.3f", f.words, f.paragraphs)
	if f.words < .98 || f.paragraphs < .9 {
		t.Errorf("words in order %.3f, want .98; boundaries of paragraphs F1 %.3f, want .9:\n%s", f.words, f.paragraphs, strings.Join(f.wrong, "\n"))
	}
}

// figures say how much of a text came back.
type figures struct {
	words      float64  // share of its words found, in order
	paragraphs float64  // F1 of where its paragraphs begin
	wrong      []string // words at which a paragraph begins on one side only
}

// fidelity compares paragraphs as written with blocks as read.
func fidelity(written []string, blocks []Block) figures {
	var want, got []string
	var wantStarts, gotStarts []int
	for _, p := range written {
		wantStarts = append(wantStarts, len(want))
		want = append(want, tokens(p)...)
	}
	for _, b := range blocks {
		if w := tokens(b.Text); len(w) > 0 {
			gotStarts = append(gotStarts, len(got))
			got = append(got, w...)
		}
	}
	pairs := align(want, got)
	var f figures
	f.words = float64(len(pairs)) / float64(len(want))
	at := make(map[int]int) // word read by word written
	for _, p := range pairs {
		at[p[0]] = p[1]
	}
	hits := 0
	for _, s := range wantStarts {
		if g, ok := at[s]; ok && slices.Contains(gotStarts, g) {
			hits++
		} else {
			f.wrong = append(f.wrong, "not begun: "+strings.Join(want[s:min(s+6, len(want))], " "))
		}
	}
	f.paragraphs = 2 * float64(hits) / float64(len(wantStarts)+len(gotStarts))
	back := make(map[int]int)
	for _, p := range pairs {
		back[p[1]] = p[0]
	}
	for _, s := range gotStarts {
		if w, ok := back[s]; !ok || !slices.Contains(wantStarts, w) {
			f.wrong = append(f.wrong, "begun: "+strings.Join(got[s:min(s+6, len(got))], " "))
		}
	}
	return f
}

// tokens are the words of s without signs.
func tokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-'
	})
}

// align returns the longest common subsequence of a and b as pairs of indices.
func align(a, b []string) [][2]int {
	n, m := len(a), len(b)
	table := make([][]int32, n+1)
	for i := range table {
		table[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
