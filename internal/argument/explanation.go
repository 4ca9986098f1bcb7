package argument

// ExplanationSchema is the version of the JSON form of [Explanation]: fields may
// be added to it, none renamed or removed.
const ExplanationSchema = "argmap-explanation/1"

// What an id can name, as [Explanation] calls it.
const (
	OfUnit        = "unit"
	OfSource      = "source"
	OfAttribution = "attribution"
	OfRelation    = "relation"
)

// Explanation says of one thing of a map why it is there and is what it is: the
// passages it stands in, and every decision about it with all that spoke for it.
// Margins, contributions and effects are natural logarithms of odds or of
// probabilities, to three decimals: +0.69 doubles, −0.69 halves.
type Explanation struct {
	Schema   string   `json:"schema"`
	Document Document `json:"document"`
	ID       string   `json:"id"`
	// Of is what the id names: unit, source, attribution or relation.
	Of string `json:"of"`
	// Passages are what the thing stands in, the main one first.
	Passages []Passage `json:"passages"`
	// Unit, Relation, Attribution and Source are parts of the map as extract
	// prints them: the thing itself and what belongs to it. A unit has the
	// relation that leaves it, a relation the unit that it leaves, an attribution
	// its source.
	Unit        *Unit        `json:"unit,omitempty"`
	Relation    *Relation    `json:"relation,omitempty"`
	Attribution *Attribution `json:"attribution,omitempty"`
	Source      *Source      `json:"source,omitempty"`
	// RoleReason says in a sentence why a unit has its role.
	RoleReason string `json:"role_reason,omitempty"`
	// Decisions are in the order in which they are made.
	Decisions []Decision `json:"decisions"`
	// Resolution says how an attribution was given its source.
	Resolution *Resolution `json:"resolution,omitempty"`
	// Mentions are those of a source, in text order.
	Mentions []Mention `json:"mentions,omitempty"`
	// Statements are what a source says, or who says what a unit puts forward.
	Statements []Statement `json:"statements,omitempty"`
}

// Passage is words of the text and the part that they play.
type Passage struct {
	// Part is unit, lead-in, addressee, from, to, cue, source, content, mention, or boundary
	// for the marks and words between two units of a sentence.
	Part string `json:"part"`
	Phrase
	// Line is the number of the line that the passage begins in, from 1, of the
	// text that the spans count in.
	Line int `json:"line"`
}

// What a decision can be about. A boundary is the place in a sentence where one
// unit ends and the next begins; confidence is the question whether all of it is
// right.
const (
	AboutBoundary           = "boundary"
	AboutUnit               = "unit"
	AboutKind               = "kind"
	AboutType               = "type"
	AboutThesis             = "thesis"
	AboutParent             = "parent"
	AboutLabel              = "label"
	AboutCue                = "cue"
	AboutSource             = "source"
	AboutContent            = "content"
	AboutConfidence         = "confidence"
	AboutRelationConfidence = "relation confidence"
)

// Decision is one choice and what it rested on.
type Decision struct {
	About string `json:"about"`
	// Passage is what was decided about, where it is not the whole unit.
	Passage *Passage `json:"passage,omitempty"`
	Choice  Choice   `json:"choice"`
	// RunnerUp is what would have come next, absent where there was no choice.
	RunnerUp *Choice `json:"runner_up,omitempty"`
	// Margin is how far the numbers put the choice before the runner-up; it is
	// below 0 where a rule overruled them. It is the sum of the evidence: of the
	// contributions less what is against them.
	Margin float64 `json:"margin"`
	// For names the choice that the evidence speaks for: the one that was made,
	// or in a decision between yes and no the yes. If that is the runner-up, the
	// sum of the evidence is the margin with the other sign.
	For      string     `json:"for"`
	Evidence []Evidence `json:"evidence"`
	// Rules say, a sentence each, where a rule had the last word.
	Rules []string `json:"rules,omitempty"`
	// Words are those whose absence would change most what the network makes of
	// the choice, strongest first, out of WordsTried words.
	Words      []Word `json:"words,omitempty"`
	WordsTried int    `json:"words_tried,omitempty"`
}

// Choice is one way that a decision could go.
type Choice struct {
	Name string `json:"name"`
	// Unit is the id of the unit that is chosen, and Text its words.
	Unit        string  `json:"unit,omitempty"`
	Text        string  `json:"text,omitempty"`
	Probability float64 `json:"probability"`
}

// Evidence is a number that a decision rested on.
type Evidence struct {
	Name string `json:"name"`
	// Value times Weight is Contribution.
	Value        float64 `json:"value"`
	Weight       float64 `json:"weight"`
	Contribution float64 `json:"contribution"`
	// Against is what the same number contributes to the runner-up.
	Against float64 `json:"against"`
	// Cues are what the number is made of, where it is the sum of cues: those
	// that made the most difference, strongest first.
	Cues []CueWeight `json:"cues,omitempty"`
}

// CueWeight is a cue of the weight files and its share in a number's
// contribution.
type CueWeight struct {
	Name         string  `json:"name"`
	Contribution float64 `json:"contribution"`
	Against      float64 `json:"against"`
	// Passage is where the cue was seen, absent for cues of place and form.
	Passage *Phrase `json:"passage,omitempty"`
}

// Word is a word, and by how much hiding it from the network lowers the
// logarithm of the probability of what was chosen.
type Word struct {
	Phrase
	Effect float64 `json:"effect"`
}

// How a mention can lead to its source.
const (
	ByName        = "name" // the name as the ledger has it
	ByPartOfName  = "part of name"
	ByInitials    = "initials"
	ByPronoun     = "pronoun"
	ByFirstPerson = "first person" // the author
	ByDescription = "description"  // "the minister", of someone known as one
	ByPhrase      = "phrase"       // opens an entry without a proper name
	ByNothing     = "unresolved"   // words that lead to nobody
	ByNoMention   = "no mention"   // nobody is named
)

// Resolution says how an attribution was given its source.
type Resolution struct {
	How string `json:"how"`
	// Before is the mention of the same source before this one.
	Before *Passage `json:"before,omitempty"`
}

// Mention is a place where a source is named or referred to.
type Mention struct {
	Passage
	// Attribution is the id of the attribution whose source the mention is, and
	// How the way in which it led to the source.
	Attribution string `json:"attribution,omitempty"`
	How         string `json:"how,omitempty"`
}

// Statement is something that someone is said to have said.
type Statement struct {
	Attribution string    `json:"attribution"`
	Source      string    `json:"source,omitempty"` // its name
	Manner      Manner    `json:"manner"`
	Units       []string  `json:"units"`
	Content     []Passage `json:"content"`
}
