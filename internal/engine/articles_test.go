package engine_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/reader"
)

// The articles and what is expected of their maps; README.md there explains
// the .want files.
const articles = "../../testdata/articles"

var update = flag.Bool("update", false, "rewrite the todo marks in testdata/articles/*.want")

// An article is a text with its map, and the text folded for finding words.
type article struct {
	m      *argument.Map
	doc    *document.Document
	raw    []byte // the file as it is, where words that the reader dropped still stand
	folded string
	at     []int // at[i] is the code point of the text that folded[i] came from
}

// A kind of expectation: what its arguments are, which of them are passages of
// the text, and how to tell whether it holds. A check gives the reason where it
// does not.
type kind struct {
	name  string
	sep   string
	args  int
	words []int // arguments that must stand exactly once in the text
	check func(a *article, args []string) (ok bool, why string)
}

var kinds = []kind{
	{"thesis", " | ", 1, []int{0}, (*article).thesis},
	{"recommendation", " | ", 2, []int{0}, (*article).recommendation},
	{"no recommendation", " | ", 1, []int{0}, (*article).noRecommendation},
	{"claim", " | ", 2, []int{0}, (*article).claim},
	{"no unit", " | ", 1, []int{0}, (*article).noUnit},
	{"said", " | ", 3, []int{2}, (*article).said},
	{"no said", " | ", 1, []int{0}, (*article).noSaid},
	{"source", " | ", 3, nil, (*article).source},
	{"supports", " -> ", 2, []int{0, 1}, (*article).supports},
	{"attacks", " -> ", 2, []int{0, 1}, (*article).attacks},
	{"section", " | ", 1, nil, (*article).section},
}

// labels are the arguments that name a property of the map and so need not
// stand in the text.
var labels = []string{"-",
	string(argument.Statistic), string(argument.Anecdote), string(argument.Fact), string(argument.Prediction), string(argument.Judgement),
	string(argument.Person), string(argument.Organization), string(argument.DocumentKind), string(argument.Place), string(argument.Group),
	string(argument.Unnamed), string(argument.Author)}

// A score counts the expectations of one kind.
type score struct{ held, todo, all int }

func (s score) add(ok, todo bool) score {
	s.all++
	if ok {
		s.held++
	} else if todo {
		s.todo++
	}
	return s
}

func TestArticles(t *testing.T) {
	wants, err := filepath.Glob(filepath.Join(articles, "*.want"))
	if err != nil || len(wants) == 0 {
		t.Fatalf("no .want files in %s: %v", articles, err)
	}
	scores := map[string]score{}
	for _, want := range wants {
		t.Run(strings.TrimSuffix(filepath.Base(want), ".want"), func(t *testing.T) {
			checkArticle(t, readArticle(t, want), want, scores)
		})
	}
	t.Log("\n" + table(scores))
}

// The checks themselves, on a map made by hand: each expectation must be able
// to hold and to fail, and a line with a slip in it must be refused.
func TestExpectations(t *testing.T) {
	a := example()
	for _, c := range []struct{ holds, fails string }{
		{"thesis: Ports must stay", "thesis: people love them"},
		{"recommendation: must stay | Ports", "recommendation: must stay | people"},
		{"recommendation: ports must STAY | -", "recommendation: people love them | -"},
		{"no recommendation: people love them", "no recommendation: Ports must"},
		{"claim: Ann Lee | fact", "claim: Ann Lee | anecdote"},
		{"no unit: Ports are wet", "no unit: people love"},
		{"no unit: sign", "no unit: boats 'sink'"},
		{"said: Ann Lee | says | that boats 'sink'", "said: a pilot | says | that boats 'sink'"},
		{"said: Ann Lee | - | boats sink", "said: Ann Lee | love | boats sink"},
		{"no said: people love them", "no said: boats sink"},
		{"source: Ann Lee | person | pilot", "source: Ann Lee | group | -"},
		{"supports: people love them -> Ports must stay", "supports: Ann Lee -> Ports must stay"},
		{"attacks: boats sink. -> Ports must", "attacks: Ports must -> boats sink."},
		{"section: The Boats", "section: Ann Lee"},
	} {
		for line, want := range map[string]bool{c.holds: true, c.fails: false} {
			k, args, err := a.parse(line)
			if err != nil {
				t.Errorf("%s: %v", line, err)
			} else if ok, why := k.check(a, args); ok != want {
				t.Errorf("%s: %v, want %v (%s)", line, ok, want, why)
			}
		}
	}
	for _, line := range []string{"thesis: no such words", "claim: Ann Lee | opinion", "claim: Ann Lee", "theses: Ann Lee", "no said: Ports"} {
		if _, _, err := a.parse(line); err == nil {
			t.Errorf("%s: accepted", line)
		}
	}
}

// example is a small text with a map of it.
func example() *article {
	text := "The Boats\n\nAnn Lee, a pilot, says that\r\nboats \u2018sink\u2019. Ports must stay, since people love them. Ports are wet."
	at := func(words string) argument.Span {
		i := strings.Index(text, words)
		n := len([]rune(text[:i]))
		return argument.Span{Start: n, End: n + len([]rune(words))}
	}
	unit := func(id string, k argument.Kind, typ argument.Type, role argument.Role, words string) argument.Unit {
		return argument.Unit{ID: id, Kind: k, Type: typ, Role: role, Span: at(words), Text: words}
	}
	a := &article{doc: &document.Document{Text: text}, raw: []byte(text + "<p>Sign&nbsp;up</p>")}
	a.folded, a.at = fold(a.doc)
	cue := at("says")
	a.m = &argument.Map{
		Sections: []argument.Section{{ID: "s1", Title: "The Boats"}},
		Units: []argument.Unit{
			unit("u1", argument.Claim, argument.Fact, argument.Premise, "Ann Lee, a pilot, says that\r\nboats \u2018sink\u2019"),
			unit("u2", argument.Recommendation, "", argument.Thesis, "Ports must stay"),
			unit("u3", argument.Claim, argument.Judgement, argument.Premise, "people love them"),
		},
		Sources:      []argument.Source{{ID: "p1", Name: "Ann Lee", Kind: argument.Person, Description: "a pilot"}},
		Attributions: []argument.Attribution{{ID: "a1", SourceID: "p1", Cue: &cue, Content: []argument.Span{at("that\r\nboats \u2018sink\u2019")}}},
		Relations:    []argument.Relation{{ID: "r1", Type: argument.Supports, From: "u3", To: "u2"}, {ID: "r2", Type: argument.Attacks, From: "u1", To: "u2"}},
	}
	a.m.Units[1].Addressee = &argument.Phrase{Span: at("Ports"), Text: "Ports"}
	return a
}

// readArticle reads and analyses the article that want stands beside.
func readArticle(t *testing.T, want string) *article {
	t.Helper()
	paths, _ := filepath.Glob(strings.TrimSuffix(want, "want") + "*")
	paths = slices.DeleteFunc(paths, func(p string) bool { return p == want })
	if len(paths) != 1 {
		t.Fatalf("%s stands beside %d articles: %v", want, len(paths), paths)
	}
	raw, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	doc, err := reader.Read(context.Background(), reader.Input{Name: paths[0], Data: raw})
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.Analyze(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Validate(doc.Text); err != nil {
		t.Errorf("map of %s: %v", paths[0], err)
	}
	a := &article{m: m, doc: doc, raw: raw}
	a.folded, a.at = fold(doc)
	return a
}

// checkArticle checks every line of want, adds to scores, and with -update
// rewrites the todo marks.
func checkArticle(t *testing.T, a *article, want string, scores map[string]score) {
	data, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		rest, todo := strings.CutPrefix(line, "todo ")
		if strings.TrimSpace(rest) == "" || strings.HasPrefix(rest, "#") {
			continue
		}
		k, args, err := a.parse(rest)
		if err != nil {
			t.Errorf("%s:%d: %v", want, i+1, err)
			continue
		}
		ok, why := k.check(a, args)
		scores[k.name] = scores[k.name].add(ok, todo || *update)
		where := fmt.Sprintf("%s:%d", want, i+1)
		switch {
		case *update && ok:
			lines[i] = rest
		case *update:
			lines[i] = "todo " + rest
		case ok && todo:
			t.Errorf("%s: now holds, remove todo (or run with -update): %s", where, rest)
		case !ok && todo:
			t.Logf("%s: todo: %s\n\t%s", where, rest, why)
		case !ok:
			t.Errorf("%s: %s\n\t%s", where, rest, why)
		}
	}
	if out := []byte(strings.Join(lines, "\n")); *update && !bytes.Equal(out, data) {
		if err := os.WriteFile(want, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// parse splits a line into its kind and arguments and makes sure that it
// speaks of this article: an expectation with a slip of the pen must not pass.
func (a *article) parse(line string) (kind, []string, error) {
	name, rest, _ := strings.Cut(line, ": ")
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return kind{}, nil, fmt.Errorf("unknown kind of expectation: %q", name)
	}
	k := kinds[i]
	args := strings.Split(rest, k.sep)
	if len(args) != k.args {
		return k, nil, fmt.Errorf("%s takes %d arguments separated by %q, not %d", name, k.args, k.sep, len(args))
	}
	for j, arg := range args {
		args[j] = strings.TrimSpace(arg)
		n := strings.Count(a.folded, foldWords(arg))
		switch {
		case slices.Contains(labels, args[j]):
		case n == 0 && strings.HasPrefix(name, "no ") && strings.Contains(foldWords(string(a.raw)), foldWords(arg)):
			// The reader left it out, which is what the expectation wants.
		case n == 0:
			return k, nil, fmt.Errorf("not in the text: %q", arg)
		case n > 1 && slices.Contains(k.words, j):
			return k, nil, fmt.Errorf("%d times in the text, quote more of it: %q", n, arg)
		}
	}
	return k, args, nil
}

func (a *article) thesis(args []string) (bool, string) {
	u, ok := a.m.Thesis()
	if !ok {
		return false, "there is no thesis"
	}
	return half(a.find(args[0]), u.Span), "the thesis is " + show(*u)
}

func (a *article) recommendation(args []string) (bool, string) {
	us := a.units(args[0])
	ok := slices.ContainsFunc(us, func(u argument.Unit) bool {
		return u.Kind == argument.Recommendation &&
			(args[1] == "-" || u.Addressee != nil && same(u.Addressee.Text, args[1]))
	})
	return ok, show(us...)
}

func (a *article) noRecommendation(args []string) (bool, string) {
	us := a.units(args[0])
	ok := !slices.ContainsFunc(us, func(u argument.Unit) bool { return u.Kind == argument.Recommendation })
	return ok, show(us...)
}

func (a *article) claim(args []string) (bool, string) {
	us := a.units(args[0])
	ok := slices.ContainsFunc(us, func(u argument.Unit) bool {
		return u.Kind == argument.Claim && u.Type == argument.Type(args[1])
	})
	return ok, show(us...)
}

func (a *article) noUnit(args []string) (bool, string) {
	us := a.units(args[0])
	return len(us) == 0, show(us...)
}

func (a *article) said(args []string) (bool, string) {
	var seen []string
	for _, at := range a.attributions(args[2]) {
		name, cue := "-", "-"
		if s, ok := a.m.Source(at.SourceID); ok {
			name = s.Name
		}
		if at.Cue != nil {
			cue = a.passage(*at.Cue)
		}
		if same(name, args[0]) && (args[1] == "-" || strings.Contains(foldWords(cue), foldWords(args[1]))) {
			return true, ""
		}
		seen = append(seen, fmt.Sprintf("%s %q by %q", at.ID, cue, name))
	}
	return false, "attributions there: " + strings.Join(seen, "; ")
}

func (a *article) noSaid(args []string) (bool, string) {
	for _, at := range a.attributions(args[0]) {
		return false, fmt.Sprintf("attribution %s covers it", at.ID)
	}
	return true, ""
}

func (a *article) source(args []string) (bool, string) {
	var names []string
	for _, s := range a.m.Sources {
		if same(s.Name, args[0]) {
			ok := s.Kind == argument.SourceKind(args[1]) &&
				(args[2] == "-" || strings.Contains(foldWords(s.Description), foldWords(args[2])))
			return ok, fmt.Sprintf("%s is a %s, described as %q", s.Name, s.Kind, s.Description)
		}
		names = append(names, s.Name)
	}
	return false, "the sources are " + strings.Join(names, "; ")
}

func (a *article) supports(args []string) (bool, string) { return a.relation(argument.Supports, args) }
func (a *article) attacks(args []string) (bool, string)  { return a.relation(argument.Attacks, args) }

func (a *article) relation(typ argument.RelationType, args []string) (bool, string) {
	from, to := a.units(args[0]), a.units(args[1])
	why := "from " + show(from...) + "\n\tto   " + show(to...)
	for _, u := range from {
		for _, r := range a.m.Relations {
			if r.From != u.ID {
				continue
			}
			if r.Type == typ && slices.ContainsFunc(to, func(v argument.Unit) bool { return v.ID == r.To }) {
				return true, ""
			}
			why += fmt.Sprintf("\n\tbut %s %s %s", r.From, r.Type, r.To)
		}
	}
	return false, why
}

func (a *article) section(args []string) (bool, string) {
	var titles []string
	for _, s := range a.m.Sections {
		if s.Title == args[0] {
			return true, ""
		}
		titles = append(titles, s.Title)
	}
	return false, "the sections are " + strings.Join(titles, "; ")
}

// units are the units that cover at least half of words.
func (a *article) units(words string) []argument.Unit {
	w := a.find(words)
	return slices.DeleteFunc(slices.Clone(a.m.Units), func(u argument.Unit) bool { return !half(w, u.Span) })
}

// attributions are those whose content covers at least half of words.
func (a *article) attributions(words string) []argument.Attribution {
	w := a.find(words)
	return slices.DeleteFunc(slices.Clone(a.m.Attributions), func(at argument.Attribution) bool {
		return !half(w, at.Content...)
	})
}

// find is the first place of words in the text, or an empty span past its end.
func (a *article) find(words string) argument.Span {
	f := foldWords(words)
	i := strings.Index(a.folded, f)
	if i < 0 {
		end := len(a.doc.Text)
		return argument.Span{Start: end, End: end}
	}
	// The first and last byte of f are the spaces around the words.
	return argument.Span{Start: a.at[i+1], End: a.at[i+len(f)-2] + 1}
}

// passage is the text at s.
func (a *article) passage(s argument.Span) string {
	return string([]rune(a.doc.Text)[s.Start:s.End])
}

// half reports whether spans together cover at least half of w.
func half(w argument.Span, spans ...argument.Span) bool {
	n := 0
	for _, s := range spans {
		n += max(0, min(s.End, w.End)-max(s.Start, w.Start))
	}
	return n > 0 && 2*n >= w.End-w.Start
}

// fold gives the text of doc as lower-case words with one space around each,
// and for every byte the code point that it came from. Punctuation, markup and
// what the document skips are space; apostrophes and invisible characters are
// nothing, so that a want file can be typed on any keyboard.
func fold(doc *document.Document) (string, []int) {
	var skips []document.Span
	for _, b := range doc.Blocks {
		skips = append(skips, b.Skip...)
	}
	out, at := []byte{' '}, []int{0}
	n := 0
	for i, r := range doc.Text {
		var s string
		skipped := slices.ContainsFunc(skips, func(k document.Span) bool { return k.Start <= i && i < k.End })
		switch {
		case !skipped && (strings.ContainsRune("'’‘", r) || unicode.Is(unicode.Cf, r)):
		case !skipped && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)):
			s = string(unicode.ToLower(r))
		case out[len(out)-1] != ' ':
			s = " "
		}
		out = append(out, s...)
		at = append(at, slices.Repeat([]int{n}, len(s))...)
		n++
	}
	if out[len(out)-1] != ' ' {
		out, at = append(out, ' '), append(at, n)
	}
	return string(out), at
}

func foldWords(words string) string {
	s, _ := fold(&document.Document{Text: words})
	return s
}

// titles are dropped, as are articles, before two names are compared.
var titles = []string{" the ", " a ", " an ", " dr ", " mr ", " mrs ", " ms ", " prof "}

// same reports whether a and b name the same: without regard to case, to a
// leading article or to a title.
func same(a, b string) bool {
	a, b = foldWords(a), foldWords(b)
	for _, t := range titles {
		a, b = cutTitle(a, t), cutTitle(b, t)
	}
	return a == b
}

func cutTitle(name, title string) string {
	if rest, ok := strings.CutPrefix(name, title); ok {
		return " " + rest
	}
	return name
}

// show describes units for a failure message.
func show(us ...argument.Unit) string {
	if len(us) == 0 {
		return "no unit"
	}
	var out []string
	for _, u := range us {
		s := fmt.Sprintf("%s %s %s %s %q", u.ID, u.Kind, u.Type, u.Role, u.Text)
		if u.Addressee != nil {
			s += " for " + u.Addressee.Text
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// table shows the share of expectations met, by kind.
func table(scores map[string]score) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, s score) {
		fmt.Fprintf(w, "%s\t%d\tof %d\t%.0f %%\ttodo %d\t\n", name, s.held, s.all, 100*float64(s.held)/float64(max(1, s.all)), s.todo)
	}
	var sum score
	for _, k := range kinds {
		s := scores[k.name]
		row(k.name, s)
		sum = score{sum.held + s.held, sum.todo + s.todo, sum.all + s.all}
	}
	row("all", sum)
	w.Flush()
	return b.String()
}
