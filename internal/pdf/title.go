package pdf

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// programs begin the titles that programs make up from the name of a file.
var programs = regexp.MustCompile(`(?i)^(?:microsoft (?:word|powerpoint|excel)|untitled|unknown|document ?\d*$|doc\d*$|no title|layout \d|slide \d|powerpoint presentation|print|\(?anonymous)`)

// fileNames are the endings of names of files that stand as titles.
var fileNames = regexp.MustCompile(`(?i)\.(?:docx?|odt|rtf|indd|qxd|qxp|tex|dvi|ps|pdf|html?|pages|pptx?|xlsx?|txt|md|fm|pmd|ai|eps)$`)

// sensibleTitle returns the title of the document information if a person seems
// to have written it, else "".
func sensibleTitle(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	n := utf8.RuneCountInString(s)
	switch {
	case n < 4 || n > 250 || !utf8.ValidString(s),
		!strings.ContainsFunc(s, unicode.IsLetter),
		programs.MatchString(s), fileNames.MatchString(s),
		strings.ContainsAny(s, `/\`) && filepath.Base(s) != s && !strings.Contains(s, " "),
		!strings.Contains(s, " ") && strings.ContainsAny(s, "_0123456789"):
		return ""
	}
	return s
}
