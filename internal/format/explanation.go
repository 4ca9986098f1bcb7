package format

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// WriteExplanationJSON writes an explanation as an indented object.
func WriteExplanationJSON(w io.Writer, x *argument.Explanation) error {
	return writeIndented(w, x)
}

// WriteExplanation writes an explanation for a person to read in a terminal. Of
// the options it heeds width and colour.
func WriteExplanation(w io.Writer, x *argument.Explanation, opt Options) error {
	p := &printer{b: bufio.NewWriter(w), width: max(opt.Width, minWidth), color: opt.Color}
	if opt.Width <= 0 {
		p.width = defaultWidth
	}
	t := teller{p, x}
	t.name()
	t.passages()
	t.resolution()
	if len(x.Decisions) > 0 {
		p.b.WriteByte('\n')
		p.line(0, nil, run{text: "Numbers with a sign are natural logarithms of odds: +0.69 doubles the odds, −0.69 halves them. " +
			"A value times its weight is its part, and the parts add up. Cues bear the names that they have in the weights.", style: dim})
	}
	for i := range x.Decisions {
		t.decision(&x.Decisions[i])
	}
	t.mentions()
	t.statements()
	return p.b.Flush()
}

// teller tells one explanation.
type teller struct {
	*printer
	x *argument.Explanation
}

// name says what is explained, how sure it is, and which text it is of.
func (t teller) name() {
	var about []string
	switch x := t.x; x.Of {
	case argument.OfUnit:
		u := x.Unit
		about = append(about, string(u.Kind), string(u.Type), string(u.Strength), string(u.Role), confidence(u.Confidence))
	case argument.OfRelation:
		r := x.Relation
		about = append(about, fmt.Sprintf("%s %s %s", r.From, r.Type, r.To), confidence(r.Confidence))
	case argument.OfAttribution:
		a := x.Attribution
		about = append(about, string(a.Manner), strings.Join(a.Units, ", "), confidence(a.Confidence))
	case argument.OfSource:
		about = append(about, x.Source.Name, string(x.Source.Kind), x.Source.Description)
	}
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	t.line(0, nil, run{text: t.x.ID, style: bold}, run{text: "· " + strings.Join(about, " · ")})
	from := (&outline{m: &argument.Map{Document: t.x.Document}}).origin()
	if t.x.Document.MediaType != "text/plain" {
		from += " (lines are those of its text without the markup)"
	}
	t.line(0, nil, run{text: from, style: dim})
}

func confidence(c float64) string { return fmt.Sprintf("confidence %.2f", c) }

// passages quotes what the thing stands in, whole.
func (t teller) passages() {
	if t.x.Of == argument.OfSource {
		return
	}
	t.b.WriteByte('\n')
	width := 0
	for _, p := range t.x.Passages {
		width = max(width, len(p.Part)+gap)
	}
	for _, p := range t.x.Passages {
		t.passage(margin, []label{{p.Part, dim, width}}, p)
	}
	if t.x.Of == argument.OfUnit {
		t.line(margin, nil, run{text: string(t.x.Unit.Role) + ":", style: bold}, run{text: t.x.RoleReason})
	}
}

// passage prints labels, the line that a passage begins in, the passage and what
// is to be said of it.
func (t teller) passage(indent int, labels []label, p argument.Passage, more ...run) {
	line := fmt.Sprintf("line %d", p.Line)
	t.line(indent, append(labels, label{line, dim, max(len("line 100"), len(line)) + gap}), append([]run{{text: p.Text}}, more...)...)
}

// resolutions say how a mention led to its source, before the source's name.
var resolutions = map[string]string{
	argument.ByName:        "names",
	argument.ByPartOfName:  "is a shorter form of the name of",
	argument.ByInitials:    "has the initials of",
	argument.ByPronoun:     "stands for",
	argument.ByFirstPerson: "stands for",
	argument.ByDescription: "is what the text calls",
	argument.ByPhrase:      "gives no proper name, so the list of sources has it as",
	argument.ByNothing:     "leads to nobody in the list of sources",
}

// resolution says whose words an attribution gives, and how that was found.
func (t teller) resolution() {
	r := t.x.Resolution
	if r == nil {
		return
	}
	t.heading("WHO", "")
	if r.How == argument.ByNoMention {
		t.line(margin, nil, run{text: "nobody is named"})
		return
	}
	var mention argument.Passage
	for _, p := range t.x.Passages {
		if p.Part == argument.OfSource {
			mention = p
		}
	}
	runs := []run{{text: inQuotes(mention.Text) + " " + resolutions[r.How]}}
	if s := t.x.Source; s != nil {
		runs = append(runs, run{text: s.Name, style: cyan}, run{text: "· " + s.ID + " · " + string(s.Kind)})
		if s.Description != "" {
			runs = append(runs, run{text: "· " + s.Description})
		}
	}
	t.line(margin, nil, runs...)
	if r.Before != nil {
		t.passage(margin, []label{{"before that", dim, len("before that") + gap}}, *r.Before)
	}
}

// headings name the decisions.
var headings = map[string][2]string{
	argument.AboutBoundary:           {"CUT", "from what stands before it in its sentence"},
	argument.AboutUnit:               {"UNIT", "whether it puts anything forward"},
	argument.AboutKind:               {"KIND", "what is, or what should be done"},
	argument.AboutType:               {"TYPE", "what sort of claim it is"},
	argument.AboutThesis:             {"THESIS", "what the whole text argues for"},
	argument.AboutParent:             {"BEARS ON", "and so its place in the argument"},
	argument.AboutLabel:              {"FOR OR AGAINST", "given what it bears on"},
	argument.AboutCue:                {"CUE", "whether its first word reports speech"},
	argument.AboutSource:             {"SOURCE", "which words name who speaks"},
	argument.AboutContent:            {"CONTENT", "which cue reports it"},
	argument.AboutConfidence:         {"CONFIDENCE", "that all of it is right"},
	argument.AboutRelationConfidence: {"CONFIDENCE OF THE RELATION", "that both ends and what joins them are right"},
}

func (t teller) decision(d *argument.Decision) {
	h := headings[d.About]
	t.heading(h[0], h[1])
	if d.Passage != nil && d.About == argument.AboutBoundary {
		t.passage(margin, nil, *d.Passage)
	} else if d.Passage != nil && d.About == argument.AboutContent {
		t.line(margin, nil, run{text: preview(d.Passage.Text, t.width-margin), whole: true})
	}
	t.choice(d.About, "", d.Choice, "")
	if d.RunnerUp != nil {
		behind := fmt.Sprintf("behind by %.2f", d.Margin)
		if d.Margin < 0 {
			behind = fmt.Sprintf("ahead by %.2f", -d.Margin)
		}
		t.choice(d.About, "next:", *d.RunnerUp, behind)
	}
	for _, r := range d.Rules {
		t.line(margin, nil, run{text: "rule:", style: dim}, run{text: r})
	}
	t.evidence(d)
	t.words(d)
}

// choice prints a way to decide: its name and unit, how likely it is, and the
// beginning of the unit's words.
func (t teller) choice(about, before string, c argument.Choice, behind string) {
	name := strings.TrimSpace(c.Name + " " + c.Unit)
	if about == argument.AboutThesis {
		name = c.Unit
	}
	if c.Unit == t.x.ID {
		name += " (this one)"
	}
	runs := []run{{text: before, style: dim}, {text: name + ","}, {text: percent(c.Probability), whole: true}}
	if behind != "" {
		runs[2].text += ","
		runs = append(runs, run{text: behind, whole: true})
	}
	if before == "" {
		runs[1].style = bold
	}
	t.line(margin, nil, runs...)
	if c.Text != "" && c.Unit != t.x.ID && about != argument.AboutLabel {
		t.line(2*margin, nil, run{text: preview(c.Text, t.width-2*margin), whole: true, style: dim})
	}
}

// percent is a probability in words that a reader cannot take for certainty.
func percent(p float64) string {
	switch s := fmt.Sprintf("%.0f %%", 100*p); s {
	case "0 %":
		return "under 1 %"
	case "100 %":
		return "over 99 %"
	default:
		return s
	}
}

// numberNames say what the numbers are.
var numberNames = map[string]string{
	"bias": "in general", "cues": "cues", "encoder": "network", "words": "network, word by word", "first word": "network, first word",
	"not inside": "network, no going on", "begin": "network, a beginning", "role": "network, on the role", "label": "network, for or against",
	"none": "bears on nothing", "thesis": "bears on the thesis", "attack": "is an attack", "neighbours": "the words around it",
	"odds": "what was decided above", "from": "the unit it leaves", "to": "the unit it leads to", "recommendation": "is a recommendation",
	"contradiction": "contradicts what was said", "nothing": "nothing rather than a wrong link",
}

// negligible is the part below which evidence is left out.
const negligible = 0.005

// evidence lists the parts that make up the lead of what they speak for, the
// largest first.
func (t teller) evidence(d *argument.Decision) {
	list := slices.DeleteFunc(slices.Clone(d.Evidence), func(x argument.Evidence) bool { return math.Abs(lead(x)) < negligible })
	if len(list) == 0 {
		return
	}
	sort.SliceStable(list, func(i, j int) bool { return math.Abs(lead(list[i])) > math.Abs(lead(list[j])) })
	if d.For != d.Choice.Name {
		t.line(margin, nil, run{text: "what speaks for " + d.For + ":", style: dim})
	}
	for _, x := range list {
		sum := number(x.Value) + " × " + number(x.Weight)
		if math.Abs(x.Against) >= negligible {
			sum += fmt.Sprintf(" = %s, next %s", signed(x.Contribution), signed(x.Against))
		}
		t.part(lead(x), x.Name, run{text: sum, style: dim})
		if d.About == argument.AboutThesis && d.Choice.Unit != t.x.ID {
			continue // why another unit is the thesis in all detail is for its own page
		}
		for _, c := range x.Cues {
			runs := []run{{text: c.Name, style: dim}}
			if c.Passage != nil {
				runs = append(runs, run{text: inQuotes(c.Passage.Text)})
			}
			t.line(2*margin+leadWidth, []label{{fmt.Sprintf("%6s", signed(c.Contribution-c.Against)), dim, leadWidth}}, runs...)
		}
	}
}

// inQuotes puts a few words in quotation marks unless they bring their own.
func inQuotes(text string) string {
	if strings.ContainsAny(text, "“”\"") {
		return text
	}
	return "“" + text + "”"
}

func lead(x argument.Evidence) float64 { return x.Contribution - x.Against }

const (
	leadWidth = 8
	nameWidth = 27
)

func (t teller) part(lead float64, name string, sum run) {
	if n, ok := numberNames[name]; ok {
		name = n
	}
	labels := []label{{fmt.Sprintf("%6s", signed(lead)), plain, leadWidth}}
	if t.width >= 2*(margin+leadWidth+nameWidth) {
		t.line(margin, append(labels, label{name, plain, nameWidth}), sum)
		return
	}
	t.line(margin, labels, run{text: name}, sum)
}

// signed writes a number with its sign, zero with none.
func signed(x float64) string {
	if s := number(x); x < 0 || s == "0.00" {
		return s
	}
	return "+" + number(x)
}

// number writes a number with two decimals and a sign only below zero.
func number(x float64) string {
	s := fmt.Sprintf("%.2f", math.Abs(x))
	if x < 0 && s != "0.00" {
		return "−" + s
	}
	return s
}

// words lists the words that mattered most to the network.
func (t teller) words(d *argument.Decision) {
	var runs []run
	for _, w := range d.Words {
		if math.Abs(w.Effect) >= negligible {
			runs = append(runs, run{text: inQuotes(w.Text) + " " + signed(w.Effect), whole: true})
		}
	}
	if len(runs) == 0 {
		return
	}
	about := fmt.Sprintf("words that matter most to the network, of %d (+ for, − against):", d.WordsTried)
	t.line(margin, nil, append([]run{{text: about, style: dim}}, runs...)...)
}

// mentions lists the places where a source is named, and how those led to it
// that something is attributed to.
func (t teller) mentions() {
	if len(t.x.Mentions) == 0 {
		return
	}
	t.heading("MENTIONS", "")
	for _, m := range t.x.Mentions {
		var how run
		if m.Attribution != "" {
			how = run{text: "(" + m.Attribution + ": " + m.How + ")", style: dim}
		}
		t.passage(margin, nil, m.Passage, how)
	}
}

// statements lists what a source says, or who says what a unit puts forward.
func (t teller) statements() {
	list := t.x.Statements
	if len(list) == 0 {
		return
	}
	switch x := t.x; x.Of {
	case argument.OfUnit:
		t.heading("REPORTED AS SAID", "")
	case argument.OfSource:
		t.heading("SAYS", "")
	default:
		t.heading("ALSO SAYS", "")
	}
	for _, s := range list {
		by := s.Source
		if by == "" {
			by = "nobody named"
		}
		about := []string{s.Attribution, string(s.Manner)}
		if t.x.Of == argument.OfUnit {
			about = append(about, by)
		} else if len(s.Units) > 0 {
			about = append(about, strings.Join(s.Units, ", "))
		}
		t.line(margin, nil, run{text: strings.Join(about, " · "), style: dim})
		for _, c := range s.Content {
			t.passage(2*margin, nil, c)
		}
	}
}
