// Argmap-train fits the weights of argmap's decisions on annotated texts and
// writes them beside the code that uses them. It takes a minute or two and
// gives the same bytes each time.
//
//	go run ./cmd/argmap-train -corpora ../shared/corpora
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/mine"
	"github.com/argmap/argmap/internal/reader"
)

func main() {
	corpora := flag.String("corpora", "", "folder of gold files (*.train.jsonl)")
	only := flag.String("only", "", "fit this model alone")
	flag.Parse()
	if *corpora == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, *only); err != nil {
		fmt.Fprintln(os.Stderr, "argmap-train:", err)
		os.Exit(1)
	}
}

// task is one model: where its examples come from, how it is fitted, and the
// file that its weights go to.
type task struct {
	name     string
	file     string
	corpora  []string
	options  learn.Options
	examples func(t text) []learn.Example
}

// text is an annotated text that has been read and cut into sentences.
type text struct {
	gold.Text
	doc   *document.Document
	sents []lang.Sentence
}

var tasks = []task{
	{"cut", "mine/weights/split.txt", []string{"argmap.train", "argmap.written"}, learn.Options{MinCount: 3, L2: 1, Passes: 300}, cutExamples},
	{"unit", "mine/weights/unit.txt", []string{"argmap.train", "argmap.written"}, learn.Options{MinCount: 3, L2: 1, Passes: 300}, segmentExamples},
	{"kind", "mine/weights/kind.txt", []string{"argmap.train", "argmap.written", "cdcp.train"}, learn.Options{MinCount: 3, L2: 1, Passes: 300}, kindExamples},
	{"type", "mine/weights/type.txt", []string{"argmap.train", "argmap.written"}, learn.Options{MinCount: 8, L2: 3, Passes: 200}, typeExamples},
	{"cue", "mine/weights/cue.txt", []string{"polnear.train", "argmap.train", "argmap.written"}, learn.Options{MinCount: 4, L2: 1, Passes: 150}, headExamples},
}

func run(corpora, only string) error {
	texts := map[string][]text{}
	for _, t := range tasks {
		if only != "" && t.name != only {
			continue
		}
		var examples []learn.Example
		for _, c := range t.corpora {
			if texts[c] == nil {
				var err error
				if texts[c], err = load(filepath.Join(corpora, c+".jsonl")); err != nil {
					return err
				}
			}
			for _, x := range texts[c] {
				examples = append(examples, t.examples(x)...)
			}
		}
		m := learn.Fit(examples, t.options)
		head := fmt.Sprintf("# Weights of the model %q, fitted by cmd/argmap-train on %d examples; do not edit.\n", t.name, len(examples))
		if err := os.WriteFile(filepath.Join("internal", t.file), []byte(head+m.Format()), 0o644); err != nil {
			return fmt.Errorf("writing weights: %w", err)
		}
		fmt.Printf("%-8s %7d examples  accuracy on them %.3f\n", t.name, len(examples), accuracy(m, examples))
	}
	return nil
}

func load(path string) ([]text, error) {
	golds, err := gold.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, g := range golds {
		doc, err := reader.Read(reader.Input{Name: g.ID + ".txt", Data: []byte(g.Text)})
		if err != nil {
			return nil, fmt.Errorf("reading %s of %s: %w", g.ID, path, err)
		}
		out = append(out, text{g, doc, lang.Sentences(doc)})
	}
	return out, nil
}

func accuracy(m *learn.Model, examples []learn.Example) float64 {
	right := 0
	for _, e := range examples {
		best, top := 0, m.Score(e.Options[0])
		for i, o := range e.Options[1:] {
			if s := m.Score(o); s > top {
				best, top = i+1, s
			}
		}
		if best == e.Gold {
			right++
		}
	}
	return float64(right) / float64(max(1, len(examples)))
}

func cutExamples(t text) []learn.Example {
	var units []document.Span
	for _, u := range t.Units {
		units = append(units, u.Span)
	}
	var out []learn.Example
	for _, s := range t.sents {
		out = append(out, mine.CutExamples(s, units)...)
	}
	return out
}

func headExamples(t text) []learn.Example {
	var cues []document.Span
	for _, a := range t.Attributions {
		cues = append(cues, a.Cue...)
	}
	return mine.HeadExamples(t.sents, mine.Quotations(t.doc), cues)
}

func segmentExamples(t text) []learn.Example {
	return mine.SegmentExamples(t.doc, t.sents, annotated(t))
}

func kindExamples(t text) []learn.Example {
	return mine.KindExamples(t.doc, t.sents, annotated(t))
}

func typeExamples(t text) []learn.Example {
	return mine.TypeExamples(t.doc, t.sents, annotated(t))
}

func annotated(t text) []mine.Annotated {
	var out []mine.Annotated
	for _, u := range t.Units {
		out = append(out, mine.Annotated{
			Span: u.Span, Recommendation: u.Kind == "recommendation" || u.Label == "policy", Type: slices.Index(mine.Types, u.Type)})
	}
	return out
}
