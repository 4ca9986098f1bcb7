package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// bratTerms are the types of brat's entities that are units, by lower case.
// Those of the corpora that brat was used for are among them.
var bratTerms = map[string]argument.Unit{
	"claim":          {Kind: argument.Claim},
	"majorclaim":     {Kind: argument.Claim, Role: argument.Thesis},
	"thesis":         {Kind: argument.Claim, Role: argument.Thesis},
	"premise":        {Kind: argument.Claim, Role: argument.Premise},
	"evidence":       {Kind: argument.Claim, Role: argument.Premise},
	"recommendation": {Kind: argument.Recommendation},
	"policy":         {Kind: argument.Recommendation},
}

// bratLine is an annotation of brat: "T1⇥Claim 0 23⇥words".
type bratLine struct {
	id, body, words string
}

// readBrat reads standoff annotations; the text is that of the .txt beside
// them, if there is one.
func readBrat(in Input) ([]*draft, error) {
	r := &bratReader{
		draft: &draft{doc: argument.Document{URI: in.Name, Text: in.Text}}, terms: map[string]bratTerm{},
		place: map[string]int{}, notes: map[string][]field{}, manner: map[string]string{}, known: map[string]bool{},
	}
	var lines []bratLine
	for i, line := range bytes.Split(bytes.TrimPrefix(in.Data, byteOrderMark), []byte("\n")) {
		cells := strings.SplitN(strings.TrimSuffix(string(line), "\r"), "\t", 3)
		if strings.TrimSpace(cells[0]) == "" {
			continue
		}
		if len(cells) < 2 || !strings.ContainsAny(cells[0][:1], "TRAMEN#*") {
			return nil, foreign("brat", fmt.Sprintf("line %d is no annotation", i+1))
		}
		l := bratLine{id: cells[0], body: cells[1]}
		if len(cells) > 2 {
			l.words = cells[2]
		}
		lines = append(lines, l)
	}
	if lines == nil {
		return nil, foreign("brat", "it is empty")
	}
	// Notes first, as the rest looks into them; then in the order of what needs what.
	for _, pass := range []struct {
		letter byte
		take   func(bratLine)
	}{
		{'#', r.note}, {'T', r.term}, {'A', r.attribute}, {'M', r.attribute},
		{'R', r.relation}, {'E', r.event}, {'N', r.other}, {'*', r.other},
	} {
		for _, l := range lines {
			if l.id[0] == pass.letter {
				pass.take(l)
			}
		}
	}
	r.undercutSteps()
	r.inOrder()
	return []*draft{r.draft}, nil
}

type bratReader struct {
	*draft
	terms  map[string]bratTerm
	place  map[string]int     // of the unit of a T
	notes  map[string][]field // what argmap noted
	manner map[string]string  // of an E or of its trigger, where no note tells
	known  map[string]bool    // sources
	text   []rune
}

type bratTerm struct {
	kind  string
	spans []argument.Span
}

func (r *bratReader) note(l bratLine) {
	if kind, of, _ := strings.Cut(l.body, " "); kind == bratNote && json.Valid([]byte(l.words)) {
		r.notes[of] = membersOf([]byte(l.words))
	}
}

func (r *bratReader) term(l bratLine) {
	kind, places, _ := strings.Cut(l.body, " ")
	var spans []argument.Span
	for place := range strings.SplitSeq(places, ";") {
		from, to, _ := strings.Cut(strings.TrimSpace(place), " ")
		start, wrong := strconv.Atoi(from)
		end, wrong2 := strconv.Atoi(to)
		if wrong == nil && wrong2 == nil && start >= 0 && start < end {
			spans = append(spans, argument.Span{Start: start, End: end})
		}
	}
	r.terms[l.id] = bratTerm{kind, spans}
	if kind == bratSource {
		r.source(l)
		return
	}
	unit, known := bratTerms[strings.ToLower(kind)]
	if !known {
		if kind != bratAttribution && kind != "Content" && kind != bratCue { // a Content was a trigger before
			r.lost.add(1, "entity of another type")
		}
		return
	}
	unit.Confidence, unit.Text = 1, l.words
	if len(spans) > 0 {
		unit.Span = argument.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
		unit.Text = r.passage(unit.Span, l.words)
	}
	decode(r.notes[l.id], &unit)
	r.place[l.id] = len(r.units)
	r.units = append(r.units, keyed[argument.Unit]{l.id, unit})
}

// passage is what the text has at s, line breaks and all, which the words of an
// annotation do not.
func (r *bratReader) passage(s argument.Span, words string) string {
	if r.text == nil {
		r.text = []rune(r.doc.Text)
	}
	if s.End <= len(r.text) {
		return string(r.text[s.Start:s.End])
	}
	return words
}

// source adds one that argmap noted; the note of a later mention names it only.
func (r *bratReader) source(l bratLine) {
	if note := r.notes[l.id]; plainOf(note, "name") != "" {
		r.addSource(note)
	}
}

func (r *bratReader) addSource(fields []field) {
	var p argument.Source
	decode(fields, &p)
	if !r.known[p.ID] {
		r.known[p.ID] = true
		r.sources = append(r.sources, keyed[argument.Source]{p.ID, p})
	}
}

func (r *bratReader) attribute(l bratLine) {
	words := strings.Fields(l.body)
	if len(words) < 2 {
		return
	}
	value := strings.Join(words[2:], " ")
	i, known := r.place[words[1]]
	switch name := words[0]; {
	case name == "Manner":
		r.manner[words[1]] = value
	case !known:
		r.lost.add(1, "attribute of no unit")
	case name == "Type":
		r.units[i].it.Type = argument.Type(value)
	case name == "Role":
		r.units[i].it.Role = argument.Role(value)
	case name == "Strength":
		r.units[i].it.Strength = argument.Strength(value)
	default:
		r.lost.add(1, "attribute of another kind")
	}
}

func (r *bratReader) relation(l bratLine) {
	words := strings.Fields(l.body)
	if len(words) < 3 {
		return
	}
	_, from, _ := strings.Cut(words[1], ":")
	_, to, _ := strings.Cut(words[2], ":")
	rel := argument.Relation{Confidence: 1}
	decode(r.notes[l.id], &rel)
	rel.Type, rel.From, rel.To = relationNamed(words[0]), from, to
	r.relations = append(r.relations, keyed[argument.Relation]{l.id, rel})
}

// event reads an attribution: "Attribution:T10 Source:T8 Cue:T9 Unit:T3".
func (r *bratReader) event(l bratLine) {
	words := strings.Fields(l.body)
	if len(words) == 0 {
		return
	}
	kind, trigger, _ := strings.Cut(words[0], ":")
	if kind != bratAttribution {
		r.lost.add(1, "event of another type")
		return
	}
	manner := cmp.Or(r.manner[l.id], r.manner[trigger])
	a := argument.Attribution{Content: r.terms[trigger].spans, Manner: argument.Manner(manner), Confidence: 1}
	for _, w := range words[1:] {
		role, term, _ := strings.Cut(w, ":")
		spans := r.terms[term].spans
		switch {
		case strings.HasPrefix(role, "Unit"):
			a.Units = append(a.Units, term)
		case role == bratSource && len(spans) > 0:
			a.Source = &spans[0]
			a.SourceID = plainOf(r.notes[term], "id")
		case role == bratCue && len(spans) > 0:
			a.Cue = &spans[0]
		}
	}
	if speaker, ok := fieldOf(r.notes[l.id], "speaker"); ok {
		r.addSource(membersOf(speaker.raw))
	}
	decode(r.notes[l.id], &a)
	r.attributions = append(r.attributions, a)
}

func (r *bratReader) other(bratLine) { r.lost.add(1, "annotation of another sort") }

// inOrder sorts the sources as argmap numbered them, and completes the
// document, of which there is nothing in the file.
func (r *bratReader) inOrder() {
	slices.SortStableFunc(r.sources, func(a, b keyed[argument.Source]) int {
		return cmp.Or(cmp.Compare(len(a.key), len(b.key)), cmp.Compare(a.key, b.key))
	})
	if r.doc.Text != "" || r.filled() {
		r.describe()
	}
}
