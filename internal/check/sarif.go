package check

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// The part of SARIF 2.1.0 that a report needs.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver struct {
				Name           string      `json:"name"`
				InformationURI string      `json:"informationUri"`
				Rules          []sarifRule `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifRule struct {
		ID                   string    `json:"id"`
		ShortDescription     sarifText `json:"shortDescription"`
		FullDescription      sarifText `json:"fullDescription"`
		Help                 sarifText `json:"help"`
		DefaultConfiguration struct {
			Level Level `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID           string            `json:"ruleId"`
		RuleIndex        int               `json:"ruleIndex"`
		Level            Level             `json:"level"`
		Message          sarifText         `json:"message"`
		Locations        []sarifLocation   `json:"locations"`
		RelatedLocations []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints     map[string]string `json:"partialFingerprints"`
		// Rank is the confidence in per cent.
		Rank float64 `json:"rank"`
	}
	sarifLocation struct {
		ID       *int `json:"id,omitempty"`
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
		Logical []sarifLogical `json:"logicalLocations,omitempty"`
		Message *sarifText     `json:"message,omitempty"`
	}
	sarifRegion struct {
		StartLine   int        `json:"startLine"`
		StartColumn int        `json:"startColumn"`
		EndLine     int        `json:"endLine"`
		EndColumn   int        `json:"endColumn"`
		Snippet     *sarifText `json:"snippet,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
	}
)

func writeSARIF(results []Result, opt Options) ([]byte, error) {
	var run sarifRun
	run.Tool.Driver.Name = "argmap"
	run.Tool.Driver.InformationURI = "https://github.com/argmap/argmap"
	run.Tool.Driver.Rules = []sarifRule{}
	run.ColumnKind = "unicodeCodePoints"
	run.Results = []sarifResult{}
	index := map[string]int{}
	for i, r := range opt.Rules {
		index[r.ID] = i
		rule := sarifRule{
			ID: r.ID, ShortDescription: sarifText{r.Title},
			FullDescription: sarifText{firstParagraph(r.Doc())}, Help: sarifText{r.Doc()},
		}
		rule.DefaultConfiguration.Level = r.Level
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, r := range results {
		for _, f := range r.Findings {
			run.Results = append(run.Results, r.sarif(f, index[f.Rule]))
		}
	}
	return argument.IndentedJSON(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func firstParagraph(text string) string {
	first, _, _ := strings.Cut(text, "\n\n")
	return strings.ReplaceAll(strings.TrimSpace(first), "\n", " ")
}

func (r Result) sarif(f Finding, index int) sarifResult {
	s := sarifResult{
		RuleID: f.Rule, RuleIndex: index, Level: f.Level, Message: sarifText{r.fullMessage(f)},
		Locations:    []sarifLocation{r.sarifLocation(f.Passage)},
		Fingerprints: map[string]string{"passage/v1": fingerprint(f)},
		Rank:         math.Round(1000*f.Confidence) / 10,
	}
	for i, p := range f.Related {
		at := r.sarifLocation(p)
		at.ID, at.Message = &i, &sarifText{argument.OneLine(p.Text)}
		s.RelatedLocations = append(s.RelatedLocations, at)
	}
	return s
}

func (r Result) sarifLocation(p Passage) sarifLocation {
	var l sarifLocation
	file, lines := r.file()
	l.Physical.Artifact.URI = sarifURI(file)
	if at, ok := lines.Place(p.Span); ok {
		l.Physical.Region = &sarifRegion{at.Line, at.Column, at.EndLine, at.EndColumn, nil}
		if p.Text != "" {
			l.Physical.Region.Snippet = &sarifText{p.Text}
		}
	}
	if p.Unit != "" {
		l.Logical = []sarifLogical{{Name: p.Unit, Kind: "element"}}
	}
	return l
}

// sarifURI writes a path as a URI reference. A relative one stays relative, so
// that it holds wherever the project lies; a colon in its first part is not
// taken for the end of a scheme.
func sarifURI(path string) string {
	if u, err := url.Parse(path); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
		return u.String()
	}
	slashed := filepath.ToSlash(path)
	u := url.URL{Path: slashed}
	if filepath.IsAbs(path) || strings.HasPrefix(slashed, "/") {
		u.Scheme = "file"
		if !strings.HasPrefix(slashed, "/") {
			u.Path = "/" + slashed // C:/texts
		}
	}
	return u.String()
}

// fingerprint tells a finding from others of its article when lines have moved:
// it depends on the rule and on the words of the passage alone.
func fingerprint(f Finding) string {
	h := sha256.New()
	for _, part := range []string{f.Rule, argument.OneLine(f.Text)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
