package gold

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Options choose what a [Report] holds beside its figures and tables.
type Options struct {
	Worst  int      // how many of the worst texts
	Misses []string // the classes of misses to list, of [Classes]
}

// Report says how well maps agree with the gold of their texts. All that it
// holds depends on texts and maps alone, and is in their order.
type Report struct {
	Corpus      string        `json:"corpus"`
	Texts       int           `json:"texts"`
	Words       int           `json:"words"` // with white space between them
	Figures     []Figure      `json:"figures"`
	Confusion   *Confusion    `json:"confusion,omitempty"`
	Reliability []Reliability `json:"reliability"`
	Worst       []TextScore   `json:"worst,omitempty"`
	Misses      []Miss        `json:"misses,omitempty"`
}

// TextScore is how one text fared. Mean is that of the Figures, which are the
// main ones of the task as far as there was anything to find or found in it.
type TextScore struct {
	Text    string   `json:"text"` // its id
	Mean    float64  `json:"mean"`
	Figures []Figure `json:"figures"`
}

// CheckCorpus returns an error unless [Score] knows what to compare in the
// texts of a corpus.
func CheckCorpus(corpus string) error {
	_, err := taskOf(corpus)
	return err
}

func taskOf(corpus string) (task, error) {
	if corpus == "" {
		return task{}, errors.New(`expected a gold record with a "corpus", found one without`)
	}
	var known []string
	for _, t := range tasks {
		if slices.Contains(t.corpora, corpus) {
			return t, nil
		}
		known = append(known, t.corpora...)
	}
	return task{}, fmt.Errorf("nothing is scored for the corpus %q; known: %s", corpus, strings.Join(known, ", "))
}

// Score compares maps[i] with the gold of texts[i], in the way of the corpus of
// the first text. Units match one to one (match in match.go says when). It
// fails for a corpus that it does not know and where there is nothing to compare.
func Score(texts []Text, maps []*argument.Map, opt Options) (*Report, error) {
	if len(texts) == 0 || len(texts) != len(maps) {
		return nil, errors.New("scoring needs texts and one map for each")
	}
	t, err := taskOf(texts[0].Corpus)
	if err != nil {
		return nil, err
	}
	r := &Report{Corpus: texts[0].Corpus, Texts: len(texts)}
	docs := make([]*doc, len(texts))
	for i, text := range texts {
		docs[i] = newDoc(text, maps[i], t)
		if docs[i].id == "" {
			docs[i].id = fmt.Sprintf("text %d", i+1)
		}
		r.Words += countWords(text.Text)
	}
	r.Figures = t.figures(docs)
	r.Confusion = t.confusion(docs)
	r.Reliability = t.reliability(docs)
	r.Worst = t.worst(docs, opt.Worst)
	for _, d := range docs {
		for _, m := range t.misses(d) {
			if slices.Contains(opt.Misses, m.Class) {
				r.Misses = append(r.Misses, m)
			}
		}
	}
	return r, nil
}

// worst are the n texts with the lowest mean of the main figures, lowest first.
func (t task) worst(docs []*doc, n int) []TextScore {
	var scores []TextScore
	for _, d := range docs {
		s := TextScore{Text: d.id}
		for _, f := range t.figures([]*doc{d}) {
			if slices.Contains(t.main, f.Name) && f.Predicted+f.Gold > 0 {
				s.Figures = append(s.Figures, f)
				s.Mean += f.Value
			}
		}
		if len(s.Figures) > 0 {
			s.Mean /= float64(len(s.Figures))
			scores = append(scores, s)
		}
	}
	slices.SortStableFunc(scores, func(a, b TextScore) int {
		switch {
		case a.Mean < b.Mean:
			return -1
		case a.Mean > b.Mean:
			return 1
		}
		return 0
	})
	return scores[:min(max(n, 0), len(scores))]
}
