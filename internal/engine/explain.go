package engine

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// UnknownIDError says that the map of a text holds nothing of an id, and which
// ids there are.
type UnknownIDError struct{ ID, Known string }

func (e *UnknownIDError) Error() string {
	return fmt.Sprintf("nothing has the id %q; %s", e.ID, e.Known)
}

// Explain reads the argument of doc as [Analyze] does and says why one thing of
// its map is there and is what it is. The error is an [UnknownIDError], or that
// ctx has ended.
func Explain(ctx context.Context, doc *document.Document, id string) (*argument.Explanation, error) {
	all, err := analyse(ctx, doc)
	if err != nil {
		return nil, err
	}
	found, structure := all.found, all.structure
	a := assembler{doc, document.NewIndex(doc.Text)}
	e := &explainer{assembler: a, m: assemble(doc, found, structure), lines: lineStarts(doc.Text),
		found: found, structure: structure,
		mined: mine.NewExplainer(doc, all.sents, all.reading, found), linked: link.NewExplainer(doc, all.sents, found, structure)}
	e.out = &argument.Explanation{Schema: argument.ExplanationSchema, Document: e.m.Document, ID: id,
		Passages: []argument.Passage{}, Decisions: []argument.Decision{}}
	if err := e.explain(ctx, id); err != nil {
		return nil, err
	}
	return e.out, nil
}

// explainer fills in the explanation of one thing of a map.
type explainer struct {
	assembler
	m         *argument.Map
	lines     []int
	found     mine.Result
	structure link.Structure
	mined     *mine.Explainer
	linked    *link.Explainer
	out       *argument.Explanation
}

// explain finds out what the id names, whose number counts from 1.
func (e *explainer) explain(ctx context.Context, id string) error {
	for _, kind := range []struct {
		prefix, name string
		n            int
		explain      func(context.Context, int) error
	}{
		{"u", argument.OfUnit, len(e.m.Units), e.unit},
		{"p", argument.OfSource, len(e.m.Sources), e.source},
		{"a", argument.OfAttribution, len(e.m.Attributions), e.attribution},
		{"r", argument.OfRelation, len(e.m.Relations), e.relation},
	} {
		number, ok := strings.CutPrefix(id, kind.prefix)
		i, err := strconv.Atoi(number)
		if ok && err == nil && i >= 1 && i <= kind.n && strconv.Itoa(i) == number {
			e.out.Of = kind.name
			return kind.explain(ctx, i-1)
		}
	}
	return &UnknownIDError{ID: id, Known: e.known(id)}
}

// known says which ids there are: those of the kind that an id looks like, or
// of all kinds.
func (e *explainer) known(id string) string {
	var all []string
	for _, kind := range []struct {
		prefix, names string
		n             int
	}{
		{"u", "units", len(e.m.Units)}, {"p", "sources", len(e.m.Sources)},
		{"a", "attributions", len(e.m.Attributions)}, {"r", "relations", len(e.m.Relations)},
	} {
		says := fmt.Sprintf("%s go from %s1 to %s%d", kind.names, kind.prefix, kind.prefix, kind.n)
		switch kind.n {
		case 0:
			says = "there are no " + kind.names
		case 1:
			says = fmt.Sprintf("of %s there is only %s1", kind.names, kind.prefix)
		}
		if number, ok := strings.CutPrefix(id, kind.prefix); ok {
			if _, err := strconv.Atoi(number); err == nil {
				return says
			}
		}
		all = append(all, says)
	}
	return strings.Join(all, ", ")
}

func (e *explainer) unit(ctx context.Context, i int) error {
	e.out.Unit = &e.m.Units[i]
	e.passage(argument.OfUnit, e.found.Units[i].Span)
	for _, more := range []struct {
		part string
		span document.Span
	}{{"lead-in", e.found.Units[i].LeadIn}, {"addressee", e.found.Units[i].Addressee}} {
		if more.span.Len() > 0 {
			e.passage(more.part, more.span)
		}
	}
	if d, ok := e.mined.Boundary(i); ok {
		e.decide(argument.AboutBoundary, d)
	}
	e.decide(argument.AboutUnit, e.mined.Unit(i))
	decided := e.decide(argument.AboutKind, e.mined.Kind(i))
	if d, ok := e.mined.Type(i); ok {
		decided = e.decide(argument.AboutType, d)
	}
	relation, parent := e.leaving(i)
	words, err := e.mined.UnitWords(ctx, i, parent)
	if err != nil {
		return err
	}
	e.words(decided, words, 0)
	e.decide(argument.AboutConfidence, e.mined.Confidence(i))
	e.decide(argument.AboutThesis, e.linked.Thesis(i))
	e.bearing(i, relation, words)
	e.out.RoleReason = e.roleReason(i)
	for _, k := range e.found.Units[i].Attributions {
		e.out.Statements = append(e.out.Statements, e.statement(k))
	}
	return nil
}

// leaving finds the relation that leaves unit i and the unit that it leads to, or
// -1 for both.
func (e *explainer) leaving(i int) (relation, parent int) {
	for k, r := range e.structure.Relations {
		if r.From == i {
			e.out.Relation = &e.m.Relations[k]
			return k, r.To
		}
	}
	return -1, -1
}

// bearing adds why unit i bears on another, by a relation, or on none.
func (e *explainer) bearing(i, relation int, words []mine.Word) {
	for k, d := range e.linked.Bearing(i) {
		if k > 0 {
			e.decide(argument.AboutLabel, d)
			continue
		}
		parent := e.decide(argument.AboutParent, d)
		if parent.RunnerUp != nil { // there was a choice
			e.words(parent, words, 1)
		}
	}
	if relation >= 0 {
		e.decide(argument.AboutRelationConfidence, e.linked.Confidence(relation))
	}
}

func (e *explainer) roleReason(i int) string {
	switch r := e.out.Relation; {
	case e.m.Units[i].Role == argument.Thesis:
		return "the unit that is likeliest to be what the whole text argues for"
	case r == nil:
		return "bears on nothing, and is not the thesis"
	case e.m.Units[i].Role == argument.RoleClaim:
		return "bears on the thesis, " + r.To
	default:
		return "bears on " + r.To + ", which is not the thesis"
	}
}

func (e *explainer) relation(ctx context.Context, k int) error {
	r := e.structure.Relations[k]
	e.out.Relation, e.out.Unit = &e.m.Relations[k], &e.m.Units[r.From]
	e.passage("from", e.found.Units[r.From].Span)
	e.passage("to", e.found.Units[r.To].Span)
	words, err := e.mined.UnitWords(ctx, r.From, r.To)
	if err != nil {
		return err
	}
	e.bearing(r.From, k, words)
	return nil
}

func (e *explainer) source(_ context.Context, i int) error {
	e.out.Source = &e.m.Sources[i]
	s := e.found.Sources[i]
	e.passage("mention", s.Mentions[0])
	for _, m := range s.Mentions {
		mention := argument.Mention{Passage: *e.phraseOf("mention", m)}
		for k, a := range e.found.Attributions {
			if a.Speaker == i && a.Source == m {
				mention.Attribution = id("a", k)
				mention.How, _ = e.mined.Resolution(k)
				break
			}
		}
		e.out.Mentions = append(e.out.Mentions, mention)
	}
	for k, a := range e.found.Attributions {
		if a.Speaker == i {
			e.out.Statements = append(e.out.Statements, e.statement(k))
		}
	}
	return nil
}

func (e *explainer) attribution(ctx context.Context, k int) error {
	a := e.found.Attributions[k]
	e.out.Attribution = &e.m.Attributions[k]
	e.passage(argument.AboutCue, a.Cue)
	if a.HasSource() {
		e.passage(argument.AboutSource, a.Source)
	}
	for _, c := range a.Content {
		e.passage(argument.AboutContent, c)
	}
	if speech, ok := e.mined.Speech(k); ok {
		words, err := e.mined.CueWords(ctx, k)
		if err != nil {
			return err
		}
		e.words(e.decide(argument.AboutCue, speech.Cue), words, 0)
		if speech.Source.Choice.Name != "" {
			e.decide(argument.AboutSource, speech.Source)
		}
		for _, d := range speech.Content {
			e.decide(argument.AboutContent, d)
		}
	}
	e.decide(argument.AboutConfidence, e.mined.SpeechConfidence(k))
	how, before := e.mined.Resolution(k)
	e.out.Resolution = &argument.Resolution{How: how}
	if before.Len() > 0 {
		e.out.Resolution.Before = e.phraseOf("mention", before)
	}
	if a.Speaker >= 0 {
		e.out.Source = &e.m.Sources[a.Speaker]
		for other, b := range e.found.Attributions {
			if b.Speaker == a.Speaker && other != k {
				e.out.Statements = append(e.out.Statements, e.statement(other))
			}
		}
	}
	return nil
}

func (e *explainer) statement(k int) argument.Statement {
	a := e.m.Attributions[k]
	s := argument.Statement{Attribution: a.ID, Manner: a.Manner, Units: a.Units, Content: []argument.Passage{}}
	if p, ok := e.m.Source(a.SourceID); ok {
		s.Source = p.Name
	}
	for _, c := range e.found.Attributions[k].Content {
		s.Content = append(s.Content, *e.phraseOf(argument.AboutContent, c))
	}
	return s
}

func (e *explainer) passage(part string, s document.Span) {
	e.out.Passages = append(e.out.Passages, *e.phraseOf(part, s))
}

func (e *explainer) phraseOf(part string, s document.Span) *argument.Passage {
	line := sort.Search(len(e.lines), func(i int) bool { return e.lines[i] > s.Start })
	return &argument.Passage{Part: part, Phrase: argument.Phrase{Span: e.span(s), Text: e.doc.At(s)}, Line: line}
}

// lineStarts lists where the lines of a text begin.
func lineStarts(text string) []int {
	out := []int{0}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			out = append(out, i+1)
		}
	}
	return out
}

// decide adds a decision in the form of the contract. What it returns is good
// until the next one is added.
func (e *explainer) decide(about string, d mine.Decision) *argument.Decision {
	out := argument.Decision{About: about, Choice: e.choice(d.Choice), Margin: fine(d.Margin), For: d.For, Rules: d.Rules, Evidence: []argument.Evidence{}}
	if d.RunnerUp.Name != "" {
		next := e.choice(d.RunnerUp)
		out.RunnerUp = &next
	}
	if d.Len() > 0 {
		out.Passage = e.phraseOf(about, d.Span)
	}
	for _, x := range d.Evidence {
		n := argument.Evidence{Name: x.Name, Value: fine(x.Value), Weight: fine(x.Weight), Contribution: fine(float64(x.Value * x.Weight)), Against: fine(x.Against)}
		for _, c := range x.Cues {
			n.Cues = append(n.Cues, argument.CueWeight{Name: c.Rule, Contribution: fine(c.Contribution), Against: fine(c.Against), Passage: e.phrase(c.Span)})
		}
		out.Evidence = append(out.Evidence, n)
	}
	e.out.Decisions = append(e.out.Decisions, out)
	return &e.out.Decisions[len(e.out.Decisions)-1]
}

func (e *explainer) choice(o mine.Option) argument.Choice {
	c := argument.Choice{Name: o.Name, Probability: fine(o.Probability)}
	if o.Unit >= 0 {
		c.Unit, c.Text = e.m.Units[o.Unit].ID, e.m.Units[o.Unit].Text
	}
	return c
}

// shownWords is how many words of a passage are worth showing.
const shownWords = 5

// words adds to a decision the words whose absence had the strongest of the
// effects that were measured.
func (e *explainer) words(d *argument.Decision, words []mine.Word, effect int) {
	list := make([]argument.Word, len(words))
	for i, w := range words {
		list[i] = argument.Word{Phrase: *e.phrase(w.Span), Effect: fine(w.Effects[effect])}
	}
	sort.SliceStable(list, func(i, j int) bool { return math.Abs(list[i].Effect) > math.Abs(list[j].Effect) })
	d.Words, d.WordsTried = list[:min(len(list), shownWords)], len(words)
}

// fine keeps three decimals, which are the same on every machine; nothing is
// minus nothing.
func fine(x float64) float64 {
	x = math.Round(x*1000) / 1000
	if x == 0 {
		return 0
	}
	return x
}
