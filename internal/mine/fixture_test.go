package mine

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
)

// The cases of this package stand in plain text files in testdata, each of which
// begins by saying how a case is written. What they share: a line that begins
// with "#" is a remark, and a line "known: REASON" before a case says that it is
// a fault that is known. Such a case is skipped while it fails; once it holds,
// the line has to go, which -update does.
var update = flag.Bool("update", false, "remove the known: lines of cases that now hold")

// fixture is a file of testdata, as its lines.
type fixture struct {
	path  string
	lines []string
	holds []int // lines that say known: of cases that hold
}

func openFixture(t *testing.T, name string) *fixture {
	t.Helper()
	path := filepath.Join("testdata", name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{path: path, lines: strings.Split(string(data), "\n")}
	t.Cleanup(func() { f.prune(t) })
	return f
}

// sample is one case of a fixture: its lines, and the line of its mark, or -1.
type sample struct {
	lines  []string
	at     int // of the first line, counted from 1
	known  string
	marked int
}

// samples returns the cases of f. A case is what stands between blank lines, or,
// when each line is one, the line with the list items ("… - ") below it.
func (f *fixture) samples(eachLine bool) []sample {
	var out []sample
	open := false
	next := sample{marked: -1}
	for i, line := range f.lines {
		switch reason, known := strings.CutPrefix(line, "known: "); {
		case strings.HasPrefix(line, "#"):
		case known:
			next.known, next.marked, open = reason, i, false
		case strings.TrimSpace(line) == "":
			open = false
		case open && (!eachLine || isItem(line)):
			last := &out[len(out)-1]
			last.lines = append(last.lines, line)
		default:
			next.lines, next.at = []string{line}, i+1
			out = append(out, next)
			next, open = sample{marked: -1}, true
		}
	}
	return out
}

// isItem tells that the passage of a line, which stands last, is a list item.
func isItem(line string) bool {
	i := strings.LastIndex(line, "| ")
	return strings.HasPrefix(line[max(0, i):], "| - ")
}

// run checks every case; check says what is wrong with one, or "".
func (f *fixture) run(t *testing.T, eachLine bool, check func(s sample) string) {
	all := f.samples(eachLine)
	if len(all) == 0 {
		t.Fatalf("%s holds no case", f.path)
	}
	for _, s := range all {
		t.Run(fmt.Sprintf("line %d", s.at), func(t *testing.T) {
			fault := check(s)
			where := fmt.Sprintf("%s:%d: ", f.path, s.at)
			switch {
			case fault != "" && s.marked >= 0:
				t.Skip(where + "known: " + s.known + "\n" + fault)
			case fault != "":
				t.Error(where + fault)
			case s.marked >= 0 && *update:
				f.holds = append(f.holds, s.marked)
			case s.marked >= 0:
				t.Error(where + "holds now, so remove its known: line (or run with -update)")
			}
		})
	}
}

// prune removes the marks of the cases that hold.
func (f *fixture) prune(t *testing.T) {
	if len(f.holds) == 0 {
		return
	}
	drop := map[int]bool{}
	for _, i := range f.holds {
		drop[i] = true
	}
	var kept []string
	for i, line := range f.lines {
		if !drop[i] {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(f.path, []byte(strings.Join(kept, "\n")), 0o644); err != nil {
		t.Error(err)
	}
}

// expected parts the lines of a case that begin with "= " from its text.
func (s sample) expected() (text, want []string) {
	for _, line := range s.lines {
		if w, ok := strings.CutPrefix(line, "= "); ok {
			want = append(want, w)
		} else {
			text = append(text, line)
		}
	}
	return text, want
}

// write makes a document of lines as a fixture has them: "¶" parts paragraphs, "- "
// opens a list item, "> " a quotation that is set apart; other lines go on.
func write(lines ...string) *document.Document {
	doc := &document.Document{URI: "-", MediaType: "text/plain"}
	lead := -1
	fresh := true
	for _, line := range lines {
		kind, mark := document.Paragraph, ""
		switch {
		case line == "¶":
			fresh = true
			continue
		case strings.HasPrefix(line, "- "):
			kind, mark = document.ListItem, "- "
		case strings.HasPrefix(line, "> "):
			kind, mark = document.Quotation, "> "
		}
		if kind == document.Paragraph && !fresh {
			doc.Text += "\n" + line
			doc.Blocks[len(doc.Blocks)-1].End = len(doc.Text)
			continue
		}
		if doc.Text != "" {
			doc.Text += "\n\n"
		}
		b := document.Block{Kind: kind, LeadIn: -1, Section: -1}
		b.Start = len(doc.Text) + len(mark)
		doc.Text += line
		b.End = len(doc.Text)
		if kind == document.ListItem {
			b.Level, b.LeadIn = 1, lead
		} else {
			lead = len(doc.Blocks)
		}
		doc.Blocks = append(doc.Blocks, b)
		fresh = kind != document.Paragraph
	}
	return doc
}

// unbrace returns a text without its braces, and the passages between them.
func unbrace(marked string) (text string, passages []string) {
	open := -1
	var out strings.Builder
	for _, r := range marked {
		switch r {
		case '{':
			open = out.Len()
		case '}':
			passages = append(passages, out.String()[open:])
		default:
			out.WriteRune(r)
		}
	}
	return out.String(), passages
}

// mined reads a document as the program does.
func mined(doc *document.Document) (Result, []lang.Sentence) {
	if err := doc.Check(); err != nil {
		panic("the test wrote no proper document: " + err.Error())
	}
	sents := lang.Sentences(doc)
	r, err := mine(context.Background(), doc, sents)
	if err != nil {
		panic(err)
	}
	return r, sents
}

// mine lets the encoder read the text first, as the program does.
func mine(ctx context.Context, doc *document.Document, sents []lang.Sentence) (Result, error) {
	reading, err := encoder.Read(ctx, doc.Flowing())
	if err != nil {
		return Result{}, err
	}
	return Mine(ctx, doc, sents, reading)
}

// passages are the words at spans, with white space as single spaces.
func passages(doc *document.Document, spans ...document.Span) []string {
	out := []string{}
	for _, s := range spans {
		out = append(out, fold(doc.At(s)))
	}
	return out
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// compare says how two lists of lines differ, or "".
func compare(got, want []string) string {
	if strings.Join(got, "\n") == strings.Join(want, "\n") {
		return ""
	}
	return "\n got\t" + strings.Join(got, "\n\t") + "\nwant\t" + strings.Join(want, "\n\t")
}
