package link

import (
	_ "embed"
	"slices"
	"strconv"
	"sync"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/learn"
)

//go:embed weights/thesis.txt
var thesisWeights string

//go:embed weights/parent.txt
var parentWeights string

var (
	thesisModel = sync.OnceValue(func() *learn.Model { return learn.MustParse(thesisWeights) })
	parentModel = sync.OnceValue(func() *learn.Model { return learn.MustParse(parentWeights) })
)

// thesisProbabilities gives each unit its probability of being what the whole
// text argues for.
func (s *scene) thesisProbabilities(m *learn.Model) []float64 {
	scores := make([]float64, len(s.units))
	for i := range s.units {
		scores[i] = m.Score(s.thesisCues(i))
	}
	if s.judged != nil {
		for i, e := range s.thesisEvidence(scores) {
			scores[i] = thesisBlend().Sum(e)
		}
	}
	if s.short() {
		first := 0
		for first < len(s.units)-1 && (s.units[first].fronted() || s.units[first].objects()) {
			first++
		}
		scores[first] += shortFirst
	}
	return learn.Softmax(scores)
}

// Texts of a paragraph or two, of which the annotated articles hold next to none,
// mostly open with their thesis and hang most units on it (argumentative
// microtexts, part 2: three texts in four, six links in ten). These are what is
// added to the scores for that, tuned on the same texts.
const (
	shortUnits  = 10
	shortFirst  = 2.5
	shortDirect = 0.8
	// An objection attacks the thesis, and what answers it attacks the objection.
	shortObject = 4.5
	shortRebut  = 5.0
)

// shortBonus is what is added to the score of a way to link unit i of a short text.
func (s *scene) shortBonus(i int, o option, thesis int) float64 {
	if o.parent < 0 {
		return 0
	}
	var bonus float64
	c, p := s.units[i], s.units[o.parent]
	if o.parent == thesis {
		bonus += shortDirect
	}
	target := thesis
	if c.fronted() && i+1 < len(s.units) && s.units[i+1].Sentence == c.Sentence {
		target = i + 1 // what is granted is granted for the main clause
	}
	if o.attack && o.parent == target && c.objects() {
		bonus += shortObject
	}
	if o.attack && o.parent < i && o.parent != thesis && c.rebuts() && p.objects() {
		bonus += shortRebut
	}
	return bonus
}

// contradiction is added to the score of an attack on what someone was just said
// to hold: "The board calls it safe. Yet two boats have sunk." Set by
// hand: relations on the development articles change by .1 at most.
const contradiction = 2.0

// contradicts tells that unit i turns against the words of someone else in the
// unit right before it.
func (s *scene) contradicts(i, j int) bool {
	if j != i-1 || j < 0 {
		return false
	}
	c, p := s.units[i], s.units[j]
	turns := c.has("but") || c.has("however") || c.has("yet")
	return turns && p.attributed && !c.attributed && c.block == p.block && c.Sentence != p.Sentence
}

// objects tells that a unit is put as what others hold or what may be granted.
func (v view) objects() bool {
	return v.has("some.say") || v.has("concede") || v.fronted() && v.has("although")
}

// rebuts tells that a unit is put against what came before.
func (v view) rebuts() bool {
	return v.has("but") || v.has("however") || v.has("yet") || v.has("rebut") || v.has("answer") || v.has("although")
}

func (s *scene) short() bool {
	return len(s.units) <= shortUnits && s.units[0].section == s.units[len(s.units)-1].section
}

// thesisCues describes a unit as the thesis: where it stands, what it is, how
// much of the text and its title it takes up.
func (s *scene) thesisCues(i int) []string {
	v, n := s.units[i], len(s.units)
	c := []string{"type " + v.typ, "block " + v.blockKind.String()}
	add := func(on bool, name string) {
		if on {
			c = append(c, name, name+" "+v.kind)
		}
	}
	tenth := 10 * i / n
	c = append(c, "tenth "+strconv.Itoa(tenth), "tenth "+strconv.Itoa(tenth)+" type "+v.typ, "like title "+s.likeness(s.title, v.stems))
	c = append(c, "central "+s.centrality(i), "central "+s.centrality(i)+" "+v.kind)
	c = append(c, "echo "+s.echo(i), "words "+step(v.words, 5, 9, 14, 20, 30))
	if len(s.title) == 0 {
		c = append(c, "no title")
	}
	add(i == 0, "opens")
	add(i == n-1, "closes")
	add(n-i <= 3, "in last three")
	add(i < 3, "in first three")
	add(v.first, "first of block")
	add(v.last, "last of block")
	add(v.attributed, "attributed")
	add(v.quoted, "quoted")
	add(v.negated, "negated")
	add(v.hedged, "hedged")
	add(v.fronted(), "fronted")
	add(v.Join < v.From, "joined")
	add(v.firstBlock && v.section >= 0, "first block of section")
	add(s.lastSection(v), "last section")
	add(v.block == s.units[0].block, "first block of text")
	add(v.block == s.units[n-1].block, "last block of text")
	add(v.blockKind == document.Standfirst, "standfirst")
	for _, m := range v.marks {
		c = append(c, "marker "+m, "marker "+m+" "+v.kind)
	}
	for _, cue := range v.Cues {
		c = append(c, "cue "+cue.Rule)
	}
	if v.Recommendation {
		add(v.Addressee.Len() > 0, "addressed")
		c = append(c, "strength "+strconv.Itoa(int(v.Strength)), "recommendation like title "+s.likeness(s.title, v.stems), "recommendation central "+s.centrality(i))
	}
	c = append(c, "topic "+step(s.topics(v), 0, 1, 2, 3), "topic "+step(s.topics(v), 0, 1, 2, 3)+" "+v.kind)
	return c
}

// topics counts the stems of a unit that are among those that most units share.
func (s *scene) topics(v view) int {
	n := 0
	for _, w := range v.stems {
		if _, ok := slices.BinarySearch(s.topic, w); ok {
			n++
		}
	}
	return n
}

func (v view) fronted() bool { return v.Fronted != "" }

func (s *scene) lastSection(v view) bool {
	return v.section >= 0 && v.section == len(s.doc.Sections)-1
}

// sample is how many other units a unit is compared with at most: in longer
// texts every second, third, … so that the work grows with the text, not with
// its square.
const sample = 400

// centrality names how much the other units share a unit's words.
func (s *scene) centrality(i int) string {
	sum, n := 0.0, 0
	for j := 0; j < len(s.units); j += 1 + len(s.units)/sample {
		if j != i {
			sum += ratio(s.shared(s.units[i].stems, s.units[j].stems), s.units[i].weight)
			n++
		}
	}
	switch mean := sum / float64(max(1, n)); {
	case mean < 0.01:
		return "0"
	case mean < 0.02:
		return "1"
	case mean < 0.035:
		return "2"
	case mean < 0.05:
		return "3"
	case mean < 0.08:
		return "4"
	}
	return "5"
}

// echo names the likeness of the unit that restates this one best, far from it.
func (s *scene) echo(i int) string {
	best := 0.0
	for j := 0; j < len(s.units); j += 1 + len(s.units)/sample {
		if j < i-5 || j > i+5 {
			a, b := s.units[i], s.units[j]
			best = max(best, ratio(s.shared(a.stems, b.stems), max(a.weight, b.weight)))
		}
	}
	switch {
	case best < 0.1:
		return "0"
	case best < 0.2:
		return "1"
	case best < 0.35:
		return "2"
	}
	return "3"
}

// step names the interval between limits that n lies in.
func step(n int, limits ...int) string {
	for i, l := range limits {
		if n <= l {
			return strconv.Itoa(i)
		}
	}
	return strconv.Itoa(len(limits))
}
