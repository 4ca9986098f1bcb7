package compare

import "github.com/argmap/argmap/internal/argument"

// ReportSchema is the version of the JSON report.
const ReportSchema = "argmap-diff/1"

// The JSON report. A change has "a" unless it was added and "b" unless it was
// dropped; units, sources and relations are as in argmap/1.
type (
	jsonReport struct {
		Schema    string            `json:"schema"`
		Same      bool              `json:"same"`
		A         argument.Document `json:"a"`
		B         argument.Document `json:"b"`
		Counts    jsonCounts        `json:"counts"`
		Units     []jsonUnit        `json:"units"`
		Sources   []jsonSource      `json:"sources"`
		Relations []jsonRelation    `json:"relations"`
	}
	jsonCounts struct {
		Units     Counts `json:"units"`
		Sources   Counts `json:"sources"`
		Relations Counts `json:"relations"`
	}
	jsonUnit struct {
		Change      Change         `json:"change"`
		A           *argument.Unit `json:"a,omitempty"`
		B           *argument.Unit `json:"b,omitempty"`
		Similarity  float64        `json:"similarity"`
		Words       []Piece        `json:"words,omitempty"`
		Fields      []Field        `json:"fields,omitempty"`
		AttackedBy  []string       `json:"newly_attacked_by,omitempty"`
		SupportedBy []string       `json:"newly_supported_by,omitempty"`
		Unattacked  bool           `json:"no_longer_attacked,omitempty"`
		Unsupported bool           `json:"no_longer_supported,omitempty"`
	}
	jsonSource struct {
		Change Change           `json:"change"`
		A      *argument.Source `json:"a,omitempty"`
		B      *argument.Source `json:"b,omitempty"`
		Fields []Field          `json:"fields,omitempty"`
	}
	jsonRelation struct {
		Change Change             `json:"change"`
		A      *argument.Relation `json:"a,omitempty"`
		B      *argument.Relation `json:"b,omitempty"`
	}
)

// JSON is the report for programs.
func (d *Diff) JSON() ([]byte, error) {
	r := jsonReport{
		Schema: ReportSchema, Same: d.Same(), A: d.A.Document, B: d.B.Document,
		Units: []jsonUnit{}, Sources: []jsonSource{}, Relations: []jsonRelation{},
	}
	r.A.Text, r.B.Text = "", ""
	r.Counts.Units, r.Counts.Sources, r.Counts.Relations = d.Count()
	for _, u := range d.Units {
		r.Units = append(r.Units, jsonUnit{
			u.Change(), u.A, u.B, round(u.Similarity), u.Words, u.Fields,
			u.AttackedBy, u.SupportedBy, u.Unattacked, u.Unsupported,
		})
	}
	for _, s := range d.Sources {
		r.Sources = append(r.Sources, jsonSource{s.change(), s.A, s.B, s.Fields})
	}
	for _, x := range d.Relations {
		r.Relations = append(r.Relations, jsonRelation{x.change(), x.A, x.B})
	}
	return argument.IndentedJSON(r)
}

// round leaves four digits, which is more than a similarity means.
func round(similarity float64) float64 { return float64(int(1e4*similarity+.5)) / 1e4 }
