package gold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// TestAgainstScript compares the figures with those of the script that the
// corpora are scored with, on random gold and random maps near it. It needs the
// script in ARGMAP_SCORE, and Python.
func TestAgainstScript(t *testing.T) {
	script := os.Getenv("ARGMAP_SCORE")
	if script == "" {
		t.Skip("ARGMAP_SCORE does not name a score.py")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	for _, k := range tasks {
		for _, corpus := range k.corpora {
			t.Run(corpus, func(t *testing.T) {
				for seed := range uint64(8) {
					compareWithScript(t, python, script, generator{rand.New(rand.NewPCG(seed, 7))}, corpus)
				}
			})
		}
	}
}

func compareWithScript(t *testing.T, python, script string, g generator, corpus string) {
	t.Helper()
	dir := t.TempDir()
	goldPath, predPath := filepath.Join(dir, "gold.jsonl"), filepath.Join(dir, "pred.jsonl")
	var goldLines, predLines bytes.Buffer
	var ms []*argument.Map
	for range 1 + g.IntN(12) {
		text, m := g.document(corpus)
		ms = append(ms, m)
		for b, v := range map[*bytes.Buffer]any{&goldLines: text, &predLines: m} {
			data, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(append(data, '\n'))
		}
	}
	for path, b := range map[string]*bytes.Buffer{goldPath: &goldLines, predPath: &predLines} {
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	texts, err := ReadFile(goldPath)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Score(texts, ms, Options{Worst: 5, Misses: Classes()})
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(python, script, "--json", "--pred", predPath, goldPath)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	sameAsScript(t, r, string(out))
}

// sameAsScript compares every figure, printed ones and those in JSON.
func sameAsScript(t *testing.T, r *Report, out string) {
	t.Helper()
	printed := ""
	want, got := map[string]float64{}, map[string]float64{}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "{") {
			var files map[string]map[string]float64
			if err := json.Unmarshal([]byte(line), &files); err != nil {
				t.Fatal(err)
			}
			want = files["gold.jsonl"]
		} else if strings.HasPrefix(line, "  ") {
			printed += line
		}
	}
	var b strings.Builder
	for _, f := range r.Figures {
		got[f.Name] = f.Value
		if f.Measure == F1 {
			fmt.Fprintf(&b, "  %-18s F1 %.1f (P %.1f, R %.1f)\n", f.Name, f.Value, f.Precision, f.Recall)
		} else {
			fmt.Fprintf(&b, "  %-18s %.1f\n", f.Name, f.Value)
		}
	}
	same := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if !maps.EqualFunc(got, want, same) || b.String() != printed {
		t.Errorf("got\n%swant\n%s", b.String(), printed)
	}
}

// generator makes random documents: gold in the form of the files, and a map
// that shares much of it.
type generator struct{ *rand.Rand }

func pick[T any](g generator, list ...T) T { return list[g.IntN(len(list))] }

// The records of gold files, as they are written.
type (
	writtenUnit struct {
		ID    string  `json:"id"`
		Start int     `json:"start"`
		End   int     `json:"end"`
		Label string  `json:"label"`
		Kind  string  `json:"kind"`
		Type  *string `json:"type"`
		Role  string  `json:"role"`
	}
	writtenRelation struct {
		From  string `json:"from"`
		To    string `json:"to"`
		Label string `json:"label"`
	}
	writtenAttribution struct {
		Source  [][2]int `json:"source"`
		Cue     [][2]int `json:"cue"`
		Content [][2]int `json:"content"`
	}
	written struct {
		Corpus       string               `json:"corpus"`
		Text         string               `json:"text"`
		Units        []writtenUnit        `json:"units"`
		Relations    []writtenRelation    `json:"relations"`
		Attributions []writtenAttribution `json:"attributions"`
	}
)

var (
	pieces = []string{"a", "ze", "Ö", "don’t", "x²", "½", "Ⅷ", "漢字", "e\u0301", "_x", "7", "😀", "–", ".", "“", "”", ",", "(", "%"}
	blanks = []string{" ", " ", " ", "", "\n\n", "\u00a0", "  "}
	labels = map[string][]string{
		"webis-editorials-16": {"assumption", "testimony", "statistics", "anecdote", "common-ground", "other", "no-unit", "title"},
		"cdcp":                {"policy", "value", "fact"},
		"aae2":                {"MajorClaim", "Claim", "Premise", "Premise"},
	}
)

func (g generator) document(corpus string) (written, *argument.Map) {
	w := written{Corpus: corpus, Units: []writtenUnit{}, Relations: []writtenRelation{}, Attributions: []writtenAttribution{}}
	for range 2 + g.IntN(60) {
		w.Text += pick(g, pieces...) + pick(g, blanks...)
	}
	n := len([]rune(w.Text))
	m := &argument.Map{Units: []argument.Unit{}, Relations: []argument.Relation{}, Attributions: []argument.Attribution{}}
	g.units(&w, m, n)
	for i := range g.IntN(10) {
		g.relation(&w, m, i)
	}
	for range g.IntN(6) {
		g.attribution(&w, m, n)
	}
	return w, m
}

// near moves a span by a little, inside a text of n characters.
func (g generator) near(s, e, n int) (int, int) {
	s = min(max(s+g.IntN(5)-2, 0), n-1)
	return s, min(max(e+g.IntN(5)-2, s+1), n)
}

func (g generator) span(n int) (int, int) {
	s := g.IntN(n)
	return s, min(s+1+g.IntN(12), n)
}

var claimTypes = []string{"statistic", "anecdote", "fact", "prediction", "judgement"}

func (g generator) units(w *written, m *argument.Map, n int) {
	add := func(s, e int) {
		u := argument.Unit{ID: fmt.Sprintf("u%d", len(m.Units)+1), Kind: argument.Claim, Span: argument.Span{Start: s, End: e},
			Role: pick(g, argument.Thesis, argument.RoleClaim, argument.Premise), Confidence: float64(g.IntN(101)) / 100}
		if g.IntN(3) == 0 {
			u.Kind = argument.Recommendation
		} else {
			u.Type = argument.Type(pick(g, claimTypes...))
		}
		m.Units = append(m.Units, u)
	}
	names := labels[w.Corpus]
	if names == nil {
		names = []string{"pro", "opp"}
	}
	for i := range g.IntN(9) {
		s, e := g.span(n)
		u := writtenUnit{ID: fmt.Sprintf("g%d", i), Start: s, End: e, Label: pick(g, names...),
			Kind: recommendation, Role: pick(g, "thesis", "claim", "premise")}
		if g.IntN(3) > 0 {
			typ := pick(g, claimTypes...)
			u.Kind, u.Type = claim, &typ
		}
		w.Units = append(w.Units, u)
		if g.IntN(5) > 0 {
			add(g.near(s, e, n))
		}
	}
	for range g.IntN(3) {
		add(g.span(n))
	}
}

func (g generator) relation(w *written, m *argument.Map, i int) {
	if len(w.Units) > 0 {
		from, to := pick(g, w.Units...), pick(g, w.Units...)
		w.Relations = append(w.Relations, writtenRelation{from.ID, pick(g, to.ID, to.ID, "elsewhere"), pick(g, "supports", "attacks", "undercuts")})
	}
	if len(m.Units) > 0 {
		from, to := pick(g, m.Units...), pick(g, m.Units...)
		m.Relations = append(m.Relations, argument.Relation{ID: fmt.Sprintf("r%d", i), From: from.ID, To: pick(g, to.ID, to.ID, "r0"),
			Type: pick(g, argument.Supports, argument.Attacks, argument.Undercuts)})
	}
}

func (g generator) attribution(w *written, m *argument.Map, n int) {
	var a writtenAttribution
	var p argument.Attribution
	for role, list := range []*[][2]int{&a.Source, &a.Cue, &a.Content} {
		*list = [][2]int{}
		for range g.IntN(3) {
			s, e := g.span(n)
			*list = append(*list, [2]int{s, e})
			s, e = g.near(s, e, n)
			x := argument.Span{Start: s, End: e}
			switch role {
			case source:
				p.Source = &x
			case cue:
				p.Cue = &x
			default:
				p.Content = append(p.Content, x)
			}
		}
	}
	if g.IntN(5) > 0 {
		w.Attributions = append(w.Attributions, a)
	}
	if g.IntN(5) > 0 {
		m.Attributions = append(m.Attributions, p)
	}
}
