package lang

import (
	"maps"
	"reflect"
	"sort"
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"
)

// tagger is an averaged perceptron with the weights of prose/v2.
//
// It reads them out of prose's model and sums the scores itself, because prose
// drops tokens of ours ("n't"), gives all equal words of a sentence one tag, and
// adds floating-point scores in map order, so that a tag in some 300,000 differs
// from run to run. Reading fields that a package does not export is only sound
// because prose is pinned at its last version; a test compares the tags.
type tagger struct {
	fixed   map[string]string // words that have one tag
	tags    []string          // all tags, sorted
	weights reflect.Value     // map[feature]map[tag]weight

	mu    sync.RWMutex
	cache map[string][]tagWeight // by feature
}

// tagWeight is the weight of a feature for the tag of this index.
type tagWeight struct {
	tag    int
	weight float64
}

// Bounds of the cache: entries, and bytes of one. An article of 10,000 words
// needs some 40,000 entries; the model's own features are shorter than 64 bytes.
const (
	maxCached  = 200_000
	maxFeature = 64
)

// defaultTagger loads prose's model once, when it is first needed: that takes
// about 0.2 s.
var defaultTagger = sync.OnceValue(newTagger)

func newTagger() *tagger {
	t := &tagger{fixed: map[string]string{}, cache: map[string][]tagWeight{}}
	doc, err := prose.NewDocument("a", prose.WithSegmentation(false), prose.WithExtraction(false))
	if err != nil {
		panic("lang: loading the tagger of prose: " + err.Error())
	}
	model := reflect.ValueOf(doc.Model).Elem().FieldByName("tagger").Elem().FieldByName("model").Elem()
	for it := model.FieldByName("tagMap").MapRange(); it.Next(); {
		t.fixed[it.Key().String()] = it.Value().String()
	}
	classes := model.FieldByName("classes")
	for i := range classes.Len() {
		t.tags = append(t.tags, classes.Index(i).String())
	}
	sort.Strings(t.tags)
	t.weights = model.FieldByName("weights")
	return t
}

// Tag fills the tags of the tokens of one sentence. It is safe for concurrent
// use: calls read the cache side by side, and each adds at its end what it missed.
func (t *tagger) Tag(tokens []Token) {
	missed := map[string][]tagWeight{}
	t.mu.RLock()
	t.tag(tokens, missed)
	t.mu.RUnlock()
	if len(missed) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.cache)+len(missed) > maxCached {
		clear(t.cache)
	}
	maps.Copy(t.cache, missed)
}

func (t *tagger) tag(tokens []Token, missed map[string][]tagWeight) {
	words := make([]string, len(tokens))
	context := make([]string, 0, len(tokens)+4)
	context = append(context, "-START-", "-START2-")
	for i, tok := range tokens {
		words[i] = taggable(tokens, i)
		context = append(context, contextWord(words[i], tok))
	}
	context = append(context, "-END-", "-END2-")
	p1, p2 := "-START-", "-START2-"
	for i := range tokens {
		tag, ok := punctuationTag(tokens[i].Lower)
		if pluralPossessive(tokens, i) {
			tag = "POS"
		}
		if !ok {
			tag, ok = cliticTag(tokens, i)
		}
		if !ok {
			tag, ok = t.fixed[words[i]]
		}
		if !ok {
			tag = t.predict(i, context, words[i], p1, p2, missed)
		}
		tokens[i].Tag = tag
		p1, p2 = tag, p1
	}
}

// taggable is the form of a token that the model was trained on: plain quotes,
// no invisible characters, capitals kept, clitics spelt out where they can be.
func taggable(tokens []Token, i int) string {
	t := tokens[i]
	if w, ok := spelt[t.Lower]; ok && i > 0 {
		return w
	}
	if normalize(t.Text) == t.Text {
		return t.Text
	}
	var b strings.Builder
	for _, r := range t.Text {
		if !invisible(r) {
			b.WriteRune(r)
		}
	}
	return plainMarks().Replace(b.String())
}

var plainMarks = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("’", "'", "‘", "'", "\u2010", "-", "\u2011", "-")
})

var spelt = map[string]string{"n't": "not", "'ve": "have", "'re": "are", "'m": "am", "'ll": "will", "'d": "would"}

// contextWord is how the model sees a word's neighbours.
func contextWord(word string, t Token) string {
	first := word[:min(1, len(word))]
	switch {
	case strings.Contains(word, "-") && first != "-":
		return "!HYPHEN"
	case len(word) == 4 && isNumber(word):
		return "!YEAR"
	case isNumber(first):
		return "!DIGITS"
	}
	if t.Text == word {
		return t.Lower
	}
	return strings.ToLower(word)
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// cliticTag tags the clitics, whose parts of speech follow from the word before.
func cliticTag(tokens []Token, i int) (string, bool) {
	switch tokens[i].Lower {
	case "n't":
		return "RB", true
	case "'ll", "'d":
		return "MD", true
	case "'ve", "'re", "'m":
		return "VBP", true
	case "'s":
		if i > 0 && takesIs[tokens[i-1].Lower] {
			return "VBZ", true
		}
		return "POS", true
	}
	return "", false
}

// pluralPossessive recognises the apostrophe of "the farmers' union".
func pluralPossessive(tokens []Token, i int) bool {
	return tokens[i].Lower == "'" && i > 0 && i+1 < len(tokens) && strings.HasSuffix(tokens[i-1].Lower, "s") &&
		tokens[i-1].End == tokens[i].Start && tokens[i+1].Start > tokens[i].End && tokens[i+1].IsWord()
}

// takesIs lists the words after which 's means "is" or "has".
var takesIs = map[string]bool{"it": true, "he": true, "she": true, "that": true, "there": true, "here": true, "what": true,
	"who": true, "where": true, "how": true, "this": true, "everyone": true, "everything": true, "nothing": true, "something": true, "when": true, "why": true}

func punctuationTag(s string) (string, bool) {
	if isWord(s) {
		return "", false
	}
	switch s {
	case ".", "!", "?":
		return ".", true
	case ",", "(", ")", "$":
		return s, true
	case "[", "{":
		return "(", true
	case "]", "}":
		return ")", true
	case `"`, "'":
		return "''", true
	case "%", "£", "€", "&", "#":
		return "NN", true
	}
	return ":", true
}

// predict scores the features of prose's perceptron in a fixed order; equal
// scores go to the tag that sorts first.
func (t *tagger) predict(i int, ctx []string, w, p1, p2 string, missed map[string][]tagWeight) string {
	i += 2
	features := [...]string{
		"bias", "i suffix " + tail(w, 3), "i pref1 " + w[:min(1, len(w))], "i-1 tag " + p1, "i-2 tag " + p2,
		"i tag+i-2 tag " + p1 + " " + p2, "i word " + ctx[i], "i-1 tag+i word " + p1 + " " + ctx[i],
		"i-1 word " + ctx[i-1], "i-1 suffix " + tail(ctx[i-1], 3), "i-2 word " + ctx[i-2],
		"i+1 word " + ctx[i+1], "i+1 suffix " + tail(ctx[i+1], 3), "i+2 word " + ctx[min(i+2, len(ctx)-1)],
	}
	var scores [64]float64 // the model has some 50 tags
	var known [64]bool
	for _, f := range features {
		for _, tw := range t.feature(f, missed) {
			scores[tw.tag] += tw.weight
			known[tw.tag] = true
		}
	}
	best := -1
	for tag := range t.tags {
		if known[tag] && (best < 0 || scores[tag] > scores[best]) {
			best = tag
		}
	}
	if best < 0 {
		return "NN"
	}
	return t.tags[best]
}

// feature returns the weights of a feature, and notes them in missed if the cache
// lacks them. The caller holds the lock for reading.
func (t *tagger) feature(f string, missed map[string][]tagWeight) []tagWeight {
	if w, ok := t.cache[f]; ok {
		return w
	}
	if len(f) > maxFeature {
		return nil
	}
	if w, ok := missed[f]; ok {
		return w
	}
	var out []tagWeight
	key := strings.Clone(f) // so that f itself need not leave the stack
	if m := t.weights.MapIndex(reflect.ValueOf(key)); m.IsValid() {
		for it := m.MapRange(); it.Next(); {
			out = append(out, tagWeight{sort.SearchStrings(t.tags, it.Key().String()), it.Value().Float()})
		}
		sort.Slice(out, func(i, j int) bool { return out[i].tag < out[j].tag })
	}
	missed[key] = out
	return out
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }
