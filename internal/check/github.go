package check

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// gitHubLevels are the names of the levels among the commands of a workflow.
var gitHubLevels = map[Level]string{Error: "error", Warning: "warning", Note: "notice"}

// The escapes of workflow commands: those of the text behind the second "::",
// and those of the properties before it, which end at a colon or comma.
var (
	gitHubText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes a workflow command for each finding, which GitHub shows
// beside the line it names:
//
//	::warning file=a.md,line=3,col=1,endLine=3,endColumn=34,title=a recommendation has no reason::…
//
// Columns are understood only where a passage begins and ends on one line, so
// of a longer one only the beginning is told.
func writeGitHub(results []Result, opt Options) ([]byte, error) {
	var b bytes.Buffer
	titles := map[string]string{}
	for _, r := range opt.Rules {
		titles[r.ID] = r.Title
	}
	for _, r := range results {
		for _, f := range r.Findings {
			var properties []string
			add := func(name, value string) {
				properties = append(properties, name+"="+gitHubProperty.Replace(value))
			}
			file, lines := r.file()
			if file != "-" {
				add("file", file)
			}
			if at, ok := lines.Place(f.Span); ok {
				add("line", fmt.Sprint(at.Line))
				add("col", fmt.Sprint(at.Column))
				if at.EndLine == at.Line && at.EndColumn > at.Column {
					add("endLine", fmt.Sprint(at.EndLine))
					add("endColumn", fmt.Sprint(at.EndColumn))
				}
			}
			add("title", titles[f.Rule]+" ["+f.Rule+"]")
			fmt.Fprintf(&b, "::%s %s::%s\n",
				gitHubLevels[f.Level], strings.Join(properties, ","), gitHubText.Replace(r.fullMessage(f)))
		}
	}
	return b.Bytes(), nil
}

// file is the file that an editor can open at a finding, and its lines.
func (r Result) file() (string, *Lines) {
	if r.Within != "" {
		return r.Within, nil
	}
	return r.URI, r.Lines
}

// fullMessage is the message of a finding with its passage, for readers that
// may not have the text before them.
func (r Result) fullMessage(f Finding) string {
	message := f.Message
	if f.Text != "" {
		message += ": “" + argument.OneLine(f.Text) + "”"
	}
	if r.Within != "" {
		message += " (" + argument.OneLine(r.URI) + ")"
	}
	return message
}
