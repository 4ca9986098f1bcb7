package check

import "github.com/argmap/argmap/internal/argument"

// ReportSchema is the version of the JSON report.
const ReportSchema = "argmap-check/1"

// The JSON report. Lines and columns are there where the file has them.
type (
	jsonReport struct {
		Schema   string        `json:"schema"`
		Findings []jsonFinding `json:"findings"`
		Counts   struct {
			Error   int `json:"error"`
			Warning int `json:"warning"`
			Note    int `json:"note"`
		} `json:"counts"`
	}
	jsonFinding struct {
		Document   string        `json:"document"`
		Rule       string        `json:"rule"`
		Level      Level         `json:"level"`
		Message    string        `json:"message"`
		Confidence float64       `json:"confidence"`
		Passage    *jsonPassage  `json:"passage,omitempty"`
		Related    []jsonPassage `json:"related,omitempty"`
	}
	jsonPassage struct {
		Unit string `json:"unit,omitempty"`
		argument.Span
		*jsonPlace
		Page int    `json:"page,omitempty"`
		Text string `json:"text,omitempty"`
	}
	jsonPlace struct {
		Line      int `json:"line"`
		Column    int `json:"column"`
		EndLine   int `json:"end_line"`
		EndColumn int `json:"end_column"`
	}
)

func writeJSON(results []Result, _ Options) ([]byte, error) {
	report := jsonReport{Schema: ReportSchema, Findings: []jsonFinding{}}
	for _, r := range results {
		for _, f := range r.Findings {
			j := jsonFinding{
				Document: r.URI, Rule: f.Rule, Level: f.Level, Message: f.Message, Confidence: f.Confidence,
			}
			if f.Span != (argument.Span{}) {
				p := r.jsonPassage(f.Passage)
				j.Passage = &p
			}
			for _, p := range f.Related {
				j.Related = append(j.Related, r.jsonPassage(p))
			}
			report.Findings = append(report.Findings, j)
		}
	}
	n := Count(results)
	report.Counts.Error, report.Counts.Warning, report.Counts.Note = n[Error], n[Warning], n[Note]
	return argument.IndentedJSON(report)
}

func (r Result) jsonPassage(p Passage) jsonPassage {
	j := jsonPassage{Unit: p.Unit, Span: p.Span, Page: p.Page, Text: p.Text}
	if at, ok := r.Lines.Place(p.Span); ok {
		place := jsonPlace(at)
		j.jsonPlace = &place
	}
	return j
}
