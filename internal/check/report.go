package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// Result is what was found in one article.
type Result struct {
	// URI names the article: a path as given, or "-" for standard input.
	URI string
	// Lines places passages in the article's file; nil where it is not at hand.
	Lines    *Lines
	Findings []Finding
}

// Options say how a report is written.
type Options struct {
	Color bool // allow escape sequences for colour in text
	// Rules are those that were applied.
	Rules []Rule
}

// Format is a way to write a report.
type Format struct {
	Name  string
	Help  string
	Write func([]Result, Options) ([]byte, error)
}

// Formats returns the formats; the first is the default.
func Formats() []Format {
	return []Format{
		{"text", "a line for each finding, as compilers print them, and its passage", writeText},
		{"json", "findings and their number by level", writeJSON},
		{"sarif", "SARIF 2.1.0, which editors and code hosts read", writeSARIF},
		{"github", "annotations of a GitHub workflow", writeGitHub},
	}
}

// Count is the number of findings of each level.
func Count(results []Result) map[Level]int {
	n := map[Level]int{}
	for _, r := range results {
		for _, f := range r.Findings {
			n[f.Level]++
		}
	}
	return n
}

// Summary says how much was found: "1 error, 2 warnings", "no findings".
func Summary(results []Result) string {
	var parts []string
	n := Count(results)
	for _, l := range Levels() {
		switch {
		case n[l] == 1:
			parts = append(parts, "1 "+string(l))
		case n[l] > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n[l], l))
		}
	}
	if parts == nil {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

var levelColors = map[Level]string{Error: "1;31", Warning: "1;33", Note: "1;36"}

// writeText writes a line for each finding that editors know how to jump to,
// file:line:column: level: message [rule], below it the passage, whole, and
// the passages that it refers to.
func writeText(results []Result, opt Options) ([]byte, error) {
	var b bytes.Buffer
	paint := func(color, text string) string {
		if !opt.Color {
			return text
		}
		return "\x1b[" + color + "m" + text + "\x1b[0m"
	}
	for _, r := range results {
		for _, f := range r.Findings {
			fmt.Fprintf(&b, "%s: %s %s %s\n", r.position(f.Passage), paint(levelColors[f.Level], string(f.Level)+":"),
				f.Message, paint("2", "["+f.Rule+"]"))
			if f.Text != "" {
				fmt.Fprintf(&b, "    %s%s\n", labelOf(f.Unit), OneLine(f.Text))
			}
			for _, p := range f.Related {
				fmt.Fprintf(&b, "    %s\n", paint("2", "see "+labelOf(p.Unit)+OneLine(p.Text)))
			}
		}
	}
	fmt.Fprintln(&b, Summary(results))
	return b.Bytes(), nil
}

// position is the file of a passage, with line and column where it has any.
func (r Result) position(p Passage) string {
	name := OneLine(r.URI)
	if r.URI == "-" {
		name = "standard input"
	}
	at, ok := r.Lines.Place(p.Span)
	if !ok {
		return name
	}
	return fmt.Sprintf("%s:%d:%d", name, at.Line, at.Column)
}

func labelOf(unit string) string {
	if unit == "" {
		return ""
	}
	return unit + "  "
}

// OneLine makes a passage fit for a line on a terminal: white space becomes
// one space, and the characters that could move the cursor or reorder the line
// become the replacement character.
func OneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return unicode.ReplacementChar
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}

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
	return encode(report)
}

func (r Result) jsonPassage(p Passage) jsonPassage {
	j := jsonPassage{Unit: p.Unit, Span: p.Span, Text: p.Text}
	if at, ok := r.Lines.Place(p.Span); ok {
		place := jsonPlace(at)
		j.jsonPlace = &place
	}
	return j
}

// encode writes indented JSON and leaves <, > and & as they are.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(value)
	return b.Bytes(), err
}
