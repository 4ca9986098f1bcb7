package check

import (
	"fmt"
	"strings"
)

// Result is what was found in one article.
type Result struct {
	// URI names the article: a path as given, or "-" for standard input.
	URI string
	// Within is the file that holds the article among others, or "". Lines are then
	// those of the article and none of that file.
	Within string
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
