// Package argument holds the argument map of one document: its units (claims
// and recommendations), its sources, who said what, and the relations between
// units. The JSON form of [Map] is the contract argmap/1 that every command
// reads and writes: fields may be added to it, none renamed or removed.
//
// All offsets are Unicode code points into the document's text, end exclusive,
// so that text[start:end] in Python is the passage.
package argument

// Schema is the version of the contract that this package writes.
const Schema = "argmap/1"

// Span is a stretch of text in code points, End exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Overlaps reports whether s and t share at least one code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Phrase is a span together with the words that stand there.
type Phrase struct {
	Span
	Text string `json:"text"`
}

// Cue is a passage that decided something and the rule that it fired,
// for example "modal.must" or "marker.because".
type Cue struct {
	Span
	Rule string `json:"rule"`
}

// Kind tells claims from recommendations.
type Kind string

// The kinds of a unit.
const (
	Claim          Kind = "claim"
	Recommendation Kind = "recommendation"
)

// Type is what sort of proposition a claim puts forward; recommendations have none.
type Type string

// The types of a claim.
const (
	Statistic  Type = "statistic"
	Anecdote   Type = "anecdote"
	Fact       Type = "fact"
	Prediction Type = "prediction"
	Judgement  Type = "judgement"
)

// Role is the place of a unit in the whole argument.
type Role string

// The roles of a unit. RoleClaim is a main point in its own right.
const (
	Thesis    Role = "thesis"
	RoleClaim Role = "claim"
	Premise   Role = "premise"
)

// Strength is how strongly a recommendation is put.
type Strength string

// The strengths of a recommendation, strongest first.
const (
	Must   Strength = "must"
	Should Strength = "should"
	Could  Strength = "could"
)

// Unit is an argumentative discourse unit: one proposition put forward as true
// or as something to be done. Text equals the passage at its span.
type Unit struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	Type Type   `json:"type,omitempty"`
	Role Role   `json:"role"`
	// Strength and Addressee (who should act) belong to recommendations.
	Strength  Strength `json:"strength,omitempty"`
	Addressee *Phrase  `json:"addressee,omitempty"`
	Span
	Text string `json:"text"`
	// Section is the id of the section that the unit stands in, or empty.
	Section string `json:"section,omitempty"`
	// Page is the number of the page that the unit begins on, from 1, or 0 where
	// the document has no pages.
	Page int `json:"page,omitempty"`
	// LeadIn is the passage that introduces the list of which this unit is an
	// item; the two are read together.
	LeadIn     *Phrase `json:"lead_in,omitempty"`
	Confidence float64 `json:"confidence"`
	Cues       []Cue   `json:"cues,omitempty"`
}

// SourceKind is what sort of speaker a source is.
type SourceKind string

// The kinds of a source. Place is a capital or country speaking for its
// government; Unnamed is a source that the text does not identify.
const (
	Person       SourceKind = "person"
	Organization SourceKind = "organization"
	DocumentKind SourceKind = "document"
	Place        SourceKind = "place"
	Group        SourceKind = "group"
	Unnamed      SourceKind = "unnamed"
	Author       SourceKind = "author"
)

// Source is an entry of the source ledger: one speaker with every mention of it.
type Source struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Kind        SourceKind `json:"kind"`
	Description string     `json:"description,omitempty"`
	Mentions    []Span     `json:"mentions"`
}

// Manner tells how speech is reported.
type Manner string

// The manners of reporting: all in quotation marks, partly, or not at all.
const (
	Direct   Manner = "direct"
	Mixed    Manner = "mixed"
	Indirect Manner = "indirect"
)

// Attribution says that a source stated, wrote, found, believed, demanded or
// denied something. SourceID and Source are empty for a bare quotation.
type Attribution struct {
	ID       string `json:"id"`
	SourceID string `json:"source_id,omitempty"`
	Source   *Span  `json:"source,omitempty"`
	Cue      *Span  `json:"cue,omitempty"`
	Content  []Span `json:"content"`
	// Units are the ids of the units whose content is attributed.
	Units      []string `json:"units"`
	Manner     Manner   `json:"manner"`
	Confidence float64  `json:"confidence"`
	Cues       []Cue    `json:"cues,omitempty"`
}

// RelationType is the kind of a relation.
type RelationType string

// The types of a relation. The target of an undercut is a relation's id.
const (
	Supports  RelationType = "supports"
	Attacks   RelationType = "attacks"
	Undercuts RelationType = "undercuts"
)

// Relation leads from a unit to the unit (or, for an undercut, the relation)
// that it bears on most directly. At most one relation leaves a unit.
type Relation struct {
	ID         string       `json:"id"`
	Type       RelationType `json:"type"`
	From       string       `json:"from"`
	To         string       `json:"to"`
	Confidence float64      `json:"confidence"`
	Cues       []Cue        `json:"cues,omitempty"`
}

// Section is a titled part of the document, from its heading to the next one
// of the same or a higher level.
type Section struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Level int    `json:"level"`
	Span
}

// Document describes the text that a map was made from.
type Document struct {
	// ID is the [Digest] of the text.
	ID string `json:"id"`
	// RecordID is the id of the record that the text came in, or empty.
	RecordID  string `json:"record_id,omitempty"`
	URI       string `json:"uri"`
	Title     string `json:"title,omitempty"`
	MediaType string `json:"media_type"`
	Language  string `json:"language"`
	// Characters is the length of the text in code points.
	Characters int `json:"characters"`
	// Offsets says what the offsets of the map count; empty means code points.
	Offsets Offsets `json:"offsets,omitempty"`
	// Text is the text itself, present only where it was asked for.
	Text string `json:"text,omitempty"`
}

// Map is the argument map of one document. Its lists are in text order.
type Map struct {
	Schema       string        `json:"schema"`
	Document     Document      `json:"document"`
	Sections     []Section     `json:"sections"`
	Units        []Unit        `json:"units"`
	Sources      []Source      `json:"sources"`
	Attributions []Attribution `json:"attributions"`
	Relations    []Relation    `json:"relations"`
}

// Unit returns the unit with the given id.
func (m *Map) Unit(id string) (*Unit, bool) {
	for i := range m.Units {
		if m.Units[i].ID == id {
			return &m.Units[i], true
		}
	}
	return nil, false
}

// Source returns the source with the given id.
func (m *Map) Source(id string) (*Source, bool) {
	for i := range m.Sources {
		if m.Sources[i].ID == id {
			return &m.Sources[i], true
		}
	}
	return nil, false
}

// Thesis returns the unit that the whole text argues for.
func (m *Map) Thesis() (*Unit, bool) {
	for i := range m.Units {
		if m.Units[i].Role == Thesis {
			return &m.Units[i], true
		}
	}
	return nil, false
}
