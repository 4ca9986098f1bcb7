package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/document"
)

// openDocumentTypes are what the part "mimetype" says of a text document.
var openDocumentTypes = []string{
	"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template", "application/vnd.oasis.opendocument.text-web",
	"application/vnd.oasis.opendocument.text-master", "application/vnd.oasis.opendocument.text-master-template",
}

// isODT reports whether data is a text document of OpenDocument, packed or flat.
func isODT(data []byte) bool {
	if isFlatODT(data) {
		return true
	}
	return slices.ContainsFunc(openDocumentTypes, func(kind string) bool { return zipped(data, "mimetype", kind) })
}

// isFlatODT reports whether data is a text document in one file of XML.
func isFlatODT(data []byte) bool {
	head := data[:min(len(data), sniffLength)]
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte(":document ")) && bytes.Contains(head, []byte(openDocument)) &&
		bytes.Contains(head, []byte(openDocumentTypes[0]))
}

// openDocument begins the names of its namespaces.
const openDocument = "urn:oasis:names:tc:opendocument:xmlns:"

// openODT reads a text document of OpenDocument: .odt, templates, and .fodt.
// Tracked changes are read as if they had been accepted; comments, headers and
// footers are left out.
func openODT(ctx context.Context, doc *document.Document, data []byte) error {
	content, styles, meta, err := openDocumentParts(data)
	if err != nil {
		return err
	}
	body := content.child("body").child("text")
	if body == nil {
		return fmt.Errorf("%w: it has no text of a text document", ErrBroken)
	}
	s := &odtStory{ctx: ctx, out: &office{title: meta.child("meta").child("title").content()}}
	s.odtStyles = readODTStyles(styles.child("styles"), content.child("styles"), content.child("automatic-styles"))
	s.blocks(body, place{})
	if s.err != nil {
		return s.err
	}
	s.out.passages = s.passages
	s.out.notes = append(s.out.notes, s.out.endnotes...)
	return s.out.build(doc)
}

// openDocumentParts returns the roots of the parts with the text, the styles and
// the properties. The last two may be nil; in a flat file all are one.
func openDocumentParts(data []byte) (content, styles, meta *element, err error) {
	if isFlatODT(data) {
		root, err := parseFlat(data)
		return root, nil, root, err
	}
	if err := renamed(data); err != nil {
		return nil, nil, nil, err
	}
	a, err := openArchive(data)
	if err != nil {
		return nil, nil, nil, err
	}
	if a.has("META-INF/manifest.xml") {
		manifest, err := a.readXML("META-INF/manifest.xml")
		if err != nil {
			return nil, nil, nil, err
		}
		locked := false
		manifest.each(func(e *element) bool {
			locked = locked || e.name == "encryption-data"
			return !locked
		})
		if locked {
			return nil, nil, nil, fmt.Errorf("%w: it has a password", ErrEncrypted)
		}
	}
	for _, p := range []struct {
		name     string
		root     **element
		optional bool
	}{{"content.xml", &content, false}, {"styles.xml", &styles, true}, {"meta.xml", &meta, true}} {
		if p.optional && !a.has(p.name) {
			continue
		}
		if *p.root, err = a.readXML(p.name); err != nil {
			return nil, nil, nil, err
		}
	}
	return content, styles, meta, nil
}

// parseFlat parses a document in one file of XML.
func parseFlat(data []byte) (*element, error) {
	if len(data) > maxUnpacked {
		return nil, tooLarge(len(data), "of XML")
	}
	root, err := parseXML(data)
	if err != nil && !errors.Is(err, ErrTooDeep) && !errors.Is(err, ErrTooLarge) {
		return nil, fmt.Errorf("%w: it is not XML: %s", ErrBroken, strings.TrimPrefix(err.Error(), "XML syntax error "))
	}
	return root, err
}

// odtStyles are the styles of paragraphs and of words by family and name, and the
// levels of lists by the name of the list's style.
type odtStyles struct {
	byName map[string]*odtStyle
	levels map[string][]odtLevel
	base   look
}

// odtLevel is a level of a list: whether its items have numbers, or nothing at
// all before them, and how far in they stand, in twentieths of a point.
type odtLevel struct {
	ordered, empty bool
	indent         int
}

// odtStyle is a style with what it takes from its parents.
type odtStyle struct {
	parent string
	role   role
	level  int // of a heading
	look
	scale       float64 // of the size of its letters to that of its parent, or 0
	left, right string  // the margins of a paragraph
	resolved    bool
}

// readODTStyles reads the styles under the roots, some of which may be nil. Where
// two have one name, the last counts.
func readODTStyles(roots ...*element) odtStyles {
	s := odtStyles{byName: make(map[string]*odtStyle), levels: make(map[string][]odtLevel)}
	var names []string
	for _, root := range roots {
		if root == nil {
			continue
		}
		for _, e := range root.children {
			family := e.attr("family")
			switch {
			case e.name == "list-style":
				s.levels[e.attr("name")] = readODTLevels(e)
			case e.name == "default-style" && family == "paragraph":
				s.base, _ = readODTLook(e.child("text-properties"))
			case e.name == "style" && (family == "paragraph" || family == "text"):
				name := family + " " + e.attr("name")
				s.byName[name] = newODTStyle(e, family)
				names = append(names, name)
			}
		}
	}
	for _, name := range names {
		s.resolve(name)
	}
	return s
}

// newODTStyle reads the style e.
func newODTStyle(e *element, family string) *odtStyle {
	st := &odtStyle{}
	if parent := e.attr("parent-style-name"); parent != "" {
		st.parent = family + " " + parent
	}
	st.look, st.scale = readODTLook(e.child("text-properties"))
	if p := e.child("paragraph-properties"); p != nil {
		st.left, st.right = p.attr("margin-left"), p.attr("margin-right")
	}
	if family != "paragraph" {
		return st
	}
	if st.role, st.level = roleOf(e.attr("display-name")); st.role == bodyRole {
		st.role, st.level = roleOf(plainName(e.attr("name")))
	}
	if level := outlineLevelODT(e.attr("default-outline-level")); st.role == bodyRole && level > 0 {
		st.role, st.level = headingRole, level
	}
	return st
}

// plainName resolves what stands for signs that a name cannot have: "_20_" is a
// space.
func plainName(name string) string { return strings.ReplaceAll(name, "_20_", " ") }

// outlineLevelODT returns a level from 1, or 0 where s is none.
func outlineLevelODT(s string) int {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '9' {
		return int(s[0] - '0')
	}
	return min(len(s), 1) * maxLevel
}

// readODTLook reads text properties, which may be nil, and the size of letters
// where it is one relative to the parent's.
func readODTLook(e *element) (l look, scale float64) {
	if e == nil {
		return l, 0
	}
	for _, a := range e.attrs {
		switch a.Name.Local {
		case "font-weight":
			l.bold = toward(a.Value == "bold" || len(a.Value) == 3 && a.Value >= "600")
		case "display":
			l.hidden = toward(a.Value == "none")
		case "text-position":
			l.raised = toward(strings.HasPrefix(a.Value, "super") || !strings.HasPrefix(a.Value, "-") && !strings.HasPrefix(a.Value, "0%") && !strings.HasPrefix(a.Value, "sub"))
		case "font-size":
			if percent, found := strings.CutSuffix(a.Value, "%"); found {
				scale = points(percent+"pt") / 100
			} else {
				l.size = points(a.Value)
			}
		}
	}
	return l, scale
}

// maxODTLevels is how many levels a list has in OpenDocument.
const maxODTLevels = 10

// readODTLevels reads what the levels of a list have before their items.
func readODTLevels(e *element) []odtLevel {
	levels := make([]odtLevel, maxODTLevels+1)
	for _, c := range e.children {
		at, err := strconv.Atoi(c.attr("level"))
		if err != nil || at < 1 || at >= len(levels) {
			continue
		}
		l := &levels[at]
		switch c.name {
		case "list-level-style-number":
			l.ordered = true
			l.empty = c.attr("num-format") == "" && c.attr("num-prefix")+strings.TrimSpace(c.attr("num-suffix")) == ""
		case "list-level-style-bullet":
			l.empty = strings.TrimSpace(c.attr("bullet-char")) == ""
		}
		l.indent = indentOfODT(c.child("list-level-properties"))
	}
	return levels
}

// indentOfODT returns how far in the text of a list stands, in twentieths of a
// point, by its list-level-properties, which may be nil.
func indentOfODT(e *element) int {
	if e == nil {
		return 0
	}
	if align := e.child("list-level-label-alignment"); align != nil {
		return twips(align.attr("margin-left"))
	}
	return twips(e.attr("space-before")) + twips(e.attr("min-label-width"))
}

// resolve fills in what a style takes from its parents.
func (s odtStyles) resolve(name string) *odtStyle {
	st := s.byName[name]
	if st == nil || st.resolved {
		return st
	}
	st.resolved = true
	base := s.base
	if parent := s.resolve(st.parent); parent != nil {
		if st.role == bodyRole {
			st.role, st.level = parent.role, parent.level
		}
		if st.left == "" {
			st.left = parent.left
		}
		if st.right == "" {
			st.right = parent.right
		}
		base = parent.look
	} else if strings.HasPrefix(name, "text ") {
		base = look{}
	}
	if st.scale > 0 {
		st.size = st.scale * base.size
	}
	st.look = st.over(base)
	return st
}
