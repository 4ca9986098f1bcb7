package mine

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// spanLabels name the labels of the encoder in their order.
var spanLabels = []string{"O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"}

//go:embed weights/span.txt
var spanWeights string

var spanChain = sync.OnceValue(func() *learn.Chain { return learn.MustParseChain(spanWeights) })

// tagger labels the words of a text as parts of attributions: the encoder says
// what each word looks like, the attributions found by cues say what the grammar
// makes of it, and a chain weighs both over a whole paragraph.
type tagger struct {
	sents  []lang.Sentence
	quotes []document.Span
	// cued holds for each sentence the label that the cues give each token.
	cued  [][]uint8
	byCue []Attribution
	r     *encoder.Reading
}

func newTagger(sents []lang.Sentence, quotes []document.Span, byCue []Attribution, r *encoder.Reading) *tagger {
	t := &tagger{sents: sents, quotes: quotes, byCue: byCue, r: r, cued: make([][]uint8, len(sents))}
	for i, s := range sents {
		t.cued[i] = make([]uint8, len(s.Tokens))
	}
	for _, a := range byCue {
		for _, c := range a.Content {
			t.mark(c, encoder.BeginContent)
		}
		if a.HasSource() {
			t.mark(a.Source, encoder.BeginSource)
		}
		t.mark(a.Cue, encoder.BeginCue)
	}
	return t
}

// mark labels the tokens of a span.
func (t *tagger) mark(s document.Span, begin uint8) {
	i := sort.Search(len(t.sents), func(i int) bool { return t.sents[i].End > s.Start })
	label := begin
	for ; i < len(t.sents) && t.sents[i].Start < s.End; i++ {
		for k, x := range t.sents[i].Tokens {
			if s.Contains(x.Span) {
				t.cued[i][k] = label
				label = begin + 1
			}
		}
	}
}

// paragraph returns the sentences from first on that stand in the same block, and
// describes their tokens.
func (t *tagger) paragraph(first int) (elements []learn.Element, next int) {
	next = first
	for next < len(t.sents) && t.sents[next].Block == t.sents[first].Block {
		for k := range t.sents[next].Tokens {
			elements = append(elements, t.element(next, k))
		}
		next++
	}
	return elements, next
}

// The chain by itself marks too few words and leans on the cues too much. These
// were tuned on polnear.dev and argmap.dev, where they are worth half a point each.
const (
	encoderWeight = 1.5
	beginBonus    = 0.5
)

func (t *tagger) element(i, k int) learn.Element {
	ts := t.sents[i].Tokens
	x := ts[k]
	e := learn.Element{Given: make([]float64, len(spanLabels)), Cues: make([]string, 0, 12)}
	for y, p := range t.r.Span(x.Start) {
		e.Given[y] = float64(encoderWeight * float64(p))
		if y > 0 && y%2 == 1 {
			e.Given[y] += beginBonus
		}
	}
	cued := func(k int) string {
		if k < 0 || k >= len(ts) {
			return "-"
		}
		return spanLabels[t.cued[i][k]]
	}
	e.Cues = append(e.Cues, "cued "+cued(k), "cued "+cued(k)+" "+cued(k+1), "cued "+cued(k-1)+" "+cued(k), "tag "+x.Tag)
	if k > 0 {
		e.Cues = append(e.Cues, "before "+ts[k-1].Tag)
	} else {
		e.Cues = append(e.Cues, "opens", "opens "+cued(k))
	}
	if k+1 < len(ts) {
		e.Cues = append(e.Cues, "after "+ts[k+1].Tag)
	}
	switch {
	case !x.IsWord():
		e.Cues = append(e.Cues, "mark "+x.Lower)
	case isReportVerb(x.Lower):
		e.Cues = append(e.Cues, "report")
	case functionWord(x):
		e.Cues = append(e.Cues, "word "+x.Lower)
	}
	return t.quoted(e, x)
}

// quoted adds where the token stands in a quotation.
func (t *tagger) quoted(e learn.Element, x lang.Token) learn.Element {
	q := quoteAt(t.quotes, x.Start)
	switch {
	case q < 0:
	case t.quotes[q].Start == x.Start:
		e.Cues = append(e.Cues, "opens quotation")
	case t.quotes[q].End == x.End:
		e.Cues = append(e.Cues, "closes quotation")
	default:
		e.Cues = append(e.Cues, "in quotation")
	}
	return e
}

// stretch is a run of words with one label, and how sure its labels are.
type stretch struct {
	document.Span
	sure     float64
	sentence int
}

// stretches labels all words and returns the sources, cues and contents.
func (t *tagger) stretches() (sources, cues, contents []stretch) {
	out := [3][]stretch{}
	for i := 0; i < len(t.sents); {
		elements, next := t.paragraph(i)
		labels, sure := spanChain().Best(elements), spanChain().Marginals(elements)
		t.collect(&out, i, labels, sure)
		i = next
	}
	return out[0], out[1], out[2]
}

// collect turns the labels of a paragraph that begins with sentence i into
// stretches.
func (t *tagger) collect(out *[3][]stretch, i int, labels []int, sure []float64) {
	var tokens []lang.Token
	var at []int
	for n := 0; n < len(labels); i++ {
		for range t.sents[i].Tokens {
			at = append(at, i)
		}
		tokens = append(tokens, t.sents[i].Tokens...)
		n = len(tokens)
	}
	for k := 0; k < len(labels); {
		y := labels[k]
		end := k + 1
		for y > 0 && end < len(labels) && labels[end] == y|1+1 && labels[end]%2 == 0 {
			end++
		}
		if y > 0 {
			part := (y - 1) / 2
			from, to := k, end
			switch {
			case part == 2:
				from, to = contentEdges(tokens, k, end)
			case part == 1 && words(tokens[k:end]) == 0: // as in "Lee: the pier is safe"
			case part == 0:
				from, to = wordEdges(tokens, k, end)
				if f, t, ok := beforeAside(tokens, from, slices.Index(at, at[from])); ok {
					from, to = f, t
				}
			default:
				from, to = wordEdges(tokens, k, end)
			}
			if from < to {
				p := 0.0
				for j := from; j < to; j++ {
					p += sure[j*len(spanLabels)+2*part+1] + sure[j*len(spanLabels)+2*part+2]
				}
				out[part] = append(out[part], stretch{spanOf(tokens[from:to]), p / float64(to-from), at[from]})
			}
		}
		k = end
	}
}

// beforeAside is the phrase that speaks where a source begins with an aside of it:
// the report, in "the report, citing two officials, says". floor is where the
// sentence begins.
func beforeAside(ts []lang.Token, from, floor int) (int, int, bool) {
	if from-1 <= floor || ts[from-1].Lower != "," || !strings.HasSuffix(ts[from].Lower, "ing") || !isReportVerb(ts[from].Lower) {
		return 0, 0, false
	}
	return phraseLeft(ts, from-1, floor)
}

// wordEdges leaves out marks at both ends, but not what closes a bracket inside.
func wordEdges(ts []lang.Token, from, to int) (int, int) {
	for from < to && !ts[from].IsWord() {
		from++
	}
	for to > from && !ts[to-1].IsWord() && !closesInside(ts, from, to) {
		to--
	}
	return from, to
}

// contentEdges leaves out commas and full stops at both ends, but not quotation
// marks.
func contentEdges(ts []lang.Token, from, to int) (int, int) {
	loose := func(t lang.Token) bool {
		switch t.Lower {
		case ",", ".", ";", ":", "-", "–", "—":
			return true
		}
		return false
	}
	for from < to && loose(ts[from]) {
		from++
	}
	for to > from && loose(ts[to-1]) {
		to--
	}
	return from, to
}

// near is how many sources or cues on each side are looked at as partners.
const near = 8

// attributions finds who is said to say what in the text.
func (t *tagger) attributions(doc *document.Document) []Attribution {
	out := t.others(t.besides(kept(t.tied())), doc)
	out = transcript(doc, out, func(at int) int {
		return min(sort.Search(len(t.sents), func(i int) bool { return t.sents[i].End > at }), len(t.sents)-1)
	})
	for i := range out {
		out[i].Manner = mannerOf(out[i].Content, t.quotes)
	}
	return out
}

// tied labels the text, and ties sources and contents to their cues.
func (t *tagger) tied() []Attribution {
	sources, cues, contents := t.stretches()
	if len(cues) == 0 {
		return nil
	}
	ties := t.r.Ties(spansOf(cues), spansOf(sources), spansOf(contents))
	out := make([]Attribution, len(cues))
	for i, c := range cues {
		a := Attribution{Cue: c.Span, cueSure: c.sure, Speaker: -1, sentence: c.sentence}
		a.Cues = []Cue{{c.Span, "cue." + t.headWord(c)}}
		same := func(s int) bool { return sources[s].sentence == c.sentence }
		if s, p := bestTie(neighbours(sources, c), true, same, func(s int) float64 { return ties.Source(i, s) }); s >= 0 {
			a.Source = sources[s].Span
			a.sourceWords, a.sourceSure = sources[s].sure, p
		}
		out[i] = a
	}
	owner, sure := t.owners(cues, contents, ties)
	for k, c := range contents {
		if i := owner[k]; i >= 0 {
			out[i].Content = append(out[i].Content, c.Span)
			out[i].contentSure = max(out[i].contentSure, c.sure*sure[k])
		}
	}
	return out
}

// orphanMargin is by how much, as a logarithm of odds, the tie of a content to a
// cue that has none may be worse than its best. Tuned as encoderWeight is.
const orphanMargin = 2.0

// owners gives for each content the cue that it belongs to, or -1, and how sure
// that is. A cue left without content takes one from a cue that has several.
func (t *tagger) owners(cues, contents []stretch, ties *encoder.Ties) (owner []int, sure []float64) {
	owner, sure = make([]int, len(contents)), make([]float64, len(contents))
	count := make([]int, len(cues))
	for k, c := range contents {
		fits := func(i int) bool { return t.reaches(cues[i], c) }
		owner[k], sure[k] = bestTie(neighbours(cues, c), false, fits, func(i int) float64 { return ties.Content(k, i) })
		if owner[k] >= 0 {
			count[owner[k]]++
		}
	}
	for i, c := range cues {
		if count[i] > 0 {
			continue
		}
		best, top := -1, -orphanMargin
		around := neighbours(contents, c)
		for k := around[0]; k < around[1]; k++ {
			if o := owner[k]; o >= 0 && count[o] > 1 {
				if d := ties.Content(k, i) - ties.Content(k, o); d > top && t.reaches(c, contents[k]) {
					best, top = k, d
				}
			}
		}
		if best >= 0 {
			count[owner[best]]--
			owner[best], count[i] = i, 1
			sure[best] *= learn.Exp(top)
		}
	}
	return owner, sure
}

// reaches tells that a content can belong to a cue: what is not quoted is said in
// the sentence of the cue, what is quoted from one before it to two behind. Without
// that bound, which is worth four points of who said what on argmap.dev and one on
// polnear.dev, whatever looks like a content goes to the nearest cue.
func (t *tagger) reaches(cue, content stretch) bool {
	apart := content.sentence - cue.sentence
	if quoteAt(t.quotes, content.Start) < 0 {
		return apart == 0
	}
	return apart >= -1 && apart <= 2
}

// others leaves out what the author says in an own voice.
func (t *tagger) others(as []Attribution, doc *document.Document) []Attribution {
	out := as[:0]
	for _, a := range as {
		if firstPerson[strings.ToLower(doc.At(a.Source))] && quoteAt(t.quotes, a.Cue.Start) < 0 {
			continue
		}
		out = append(out, a)
	}
	return out
}

var firstPerson = map[string]bool{"i": true, "we": true, "my": true, "our": true, "me": true, "us": true}

// besides adds the attributions that the cues alone make likely, in passages of
// which no other attribution has a part.
func (t *tagger) besides(as []Attribution) []Attribution {
	starts, reach := make([]int, len(as)), make([]int, len(as)) // reach is the end of all up to there
	for i, a := range as {
		e := a.extent()
		starts[i], reach[i] = e.Start, e.End
		if i > 0 {
			reach[i] = max(reach[i], reach[i-1])
		}
	}
	out := as
	for _, b := range t.byCue {
		if b.Confidence < plainCase && !viewpoint[b.Cues[0].Rule] || !b.HasSource() || len(b.Content) == 0 {
			continue
		}
		e := b.extent()
		if k := sort.SearchInts(starts, e.End); k > 0 && reach[k-1] > e.Start {
			continue
		}
		b.cueSure, b.contentSure, b.sourceSure, b.sourceWords = b.Confidence, b.Confidence, b.Confidence, b.Confidence
		out = append(out, b)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].extent().Start < out[j].extent().Start })
	return out
}

// plainCase is the confidence of the cues from which their word is taken, where
// the encoder sees nothing. On argmap.dev it is worth a tenth of a point.
const plainCase = 0.7

// viewpoint are cues that the texts the encoder was trained on hold next to none
// of: "in her view, …".
var viewpoint = map[string]bool{"cue.view": true, "cue.opinion": true, "cue.perspective": true}

// kept leaves out cues to which no content belongs.
func kept(as []Attribution) []Attribution {
	out := as[:0]
	for _, a := range as {
		if len(a.Content) > 0 {
			out = append(out, a)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].extent().Start < out[j].extent().Start })
	return out
}

func spansOf(xs []stretch) []document.Span {
	out := make([]document.Span, len(xs))
	for i, x := range xs {
		out[i] = x.Span
	}
	return out
}

// neighbours returns the range of the stretches nearest to x.
func neighbours(xs []stretch, x stretch) [2]int {
	i := sort.Search(len(xs), func(i int) bool { return xs[i].Start >= x.Start })
	return [2]int{max(0, i-near), min(len(xs), i+near)}
}

// bestTie returns the partner with the highest score among those that fit, or -1
// where there is none or, if there may be none, none scores higher; and its
// probability.
func bestTie(among [2]int, none bool, fits func(int) bool, score func(int) float64) (int, float64) {
	best := -1
	var scores []float64
	top := 0.0
	if none {
		top = score(-1)
		scores = append(scores, top)
	}
	for i := among[0]; i < among[1]; i++ {
		if !fits(i) {
			continue
		}
		s := score(i)
		if scores == nil || s > top {
			best, top = i, s
		}
		scores = append(scores, s)
	}
	if best < 0 {
		return best, 0
	}
	learn.LogProbabilities(scores)
	p := 0.0
	for _, s := range scores {
		p = max(p, learn.Exp(s))
	}
	return best, p
}

// headWord is the word of a cue that says what it is: a verb of speech, else its
// last verb, else its first word.
func (t *tagger) headWord(c stretch) string {
	head := ""
	for _, x := range t.sents[c.sentence].Tokens {
		switch {
		case !c.Contains(x.Span):
		case isReportVerb(x.Lower):
			return x.Lower
		case head == "" || x.IsVerb():
			head = x.Lower
		}
	}
	return head
}
