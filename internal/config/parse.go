package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Kind is what stands behind the name of an [Entry].
type Kind int

// The kinds of entries.
const (
	Nothing Kind = iota // no value, as in "key:"
	Value               // one value
	List                // a list of values, which may be empty
	Section             // entries
)

// Entry is a name with what stands behind it. Values are the text of scalars
// without quotes, whatever YAML takes them for: 4, true and claims alike.
type Entry struct {
	Name         string
	Line, Column int // of the name, from 1; columns count characters
	Kind         Kind
	Values       []string // one for a Value
	Entries      []Entry  // of a Section, none of which is a Section
}

// Parse reads the content of a project file. Nothing, or comments alone, is no
// entries. It refuses what is not YAML or not of this shape, what is larger than
// [MaxSize], names that stand there twice, aliases and tags. Errors are of type
// [*Error], without a path.
func Parse(data []byte) ([]Entry, error) {
	if len(data) > MaxSize {
		return nil, &Error{Err: fmt.Errorf("is larger than %d MiB", MaxSize>>20)}
	}
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(data))
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, yamlError(err, data)
	}
	var more yaml.Node
	switch err := d.Decode(&more); {
	case err == nil:
		return nil, at(&more, "a second document: there can be one only")
	case !errors.Is(err, io.EOF):
		return nil, yamlError(err, data)
	}
	root := doc.Content[0]
	switch {
	case root.Kind == yaml.ScalarNode && root.ShortTag() == nullTag:
		return nil, nil
	case root.Kind != yaml.MappingNode:
		return nil, at(root, "not a list of settings: each stands on a line of its own, as in theme: dark")
	}
	return mapping(root, true)
}

const nullTag = "!!null"

// mapping reads a mapping; sections says whether its values may be mappings.
func mapping(n *yaml.Node, sections bool) ([]Entry, error) {
	if err := checkNode(n); err != nil {
		return nil, err
	}
	var entries []Entry
	lines := map[string]int{} // where a name stands
	for i := 0; i+1 < len(n.Content); i += 2 {
		e, err := entry(n.Content[i], n.Content[i+1], sections)
		if err != nil {
			return nil, err
		}
		if line, twice := lines[e.Name]; twice {
			return nil, at(n.Content[i], "%q stands there twice, first in line %d", e.Name, line)
		}
		lines[e.Name] = e.Line
		entries = append(entries, e)
	}
	return entries, nil
}

func entry(key, value *yaml.Node, sections bool) (e Entry, err error) {
	if e.Name, err = scalar(key); err != nil {
		return e, err
	}
	e.Line, e.Column = key.Line, key.Column
	switch {
	case value.Kind == yaml.MappingNode && !sections:
		return e, at(value, "a section inside a section")
	case value.Kind == yaml.MappingNode:
		e.Kind = Section
		e.Entries, err = mapping(value, false)
	case value.Kind == yaml.SequenceNode:
		e.Kind = List
		e.Values, err = list(value)
	case value.Kind == yaml.ScalarNode && value.ShortTag() == nullTag:
		err = checkNode(value)
	default:
		var text string
		text, err = scalar(value)
		e.Kind, e.Values = Value, []string{text}
	}
	return e, err
}

func list(n *yaml.Node) ([]string, error) {
	if err := checkNode(n); err != nil {
		return nil, err
	}
	values := make([]string, len(n.Content))
	for i, item := range n.Content {
		if item.Kind == yaml.ScalarNode && item.ShortTag() == nullTag {
			return nil, at(item, "an item without a value")
		}
		text, err := scalar(item)
		if err != nil {
			return nil, err
		}
		values[i] = text
	}
	return values, nil
}

// scalar is the text of a single value.
func scalar(n *yaml.Node) (string, error) {
	if err := checkNode(n); err != nil {
		return "", err
	}
	if n.Kind != yaml.ScalarNode {
		return "", at(n, "a list or a section where a single value belongs")
	}
	return n.Value, nil
}

// checkNode refuses what a list of settings has no need of, and what could grow
// beyond all bounds if it were followed.
func checkNode(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.AliasNode:
		return at(n, "aliases (*%s) are not read here", n.Value)
	case n.Style&yaml.TaggedStyle != 0:
		return at(n, "tags (%s) are not read here", n.Tag)
	}
	return nil
}

func at(n *yaml.Node, format string, args ...any) *Error {
	return &Error{Line: n.Line, Column: n.Column, Err: fmt.Errorf(format, args...)}
}

// yamlLine is how messages of the yaml package begin.
var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// fromZero are the messages of the yaml package whose lines count from 0: those
// of its parser. Those of its scanner count from 1.
var fromZero = regexp.MustCompile(`^did not find expected (<stream-start>|<document start>|node content|'-' indicator|key|',' or )` +
	`|^found (undefined tag handle|duplicate %|incompatible YAML)`)

// placeless are the messages of the yaml package that never have a line. Any
// other without one is about the first.
var placeless = regexp.MustCompile(`^unknown anchor|UTF-|Unicode|surrogate|control characters|input error|max depth`)

// yamlError takes the line out of an error about data of the yaml package.
func yamlError(err error, data []byte) *Error {
	message, _, _ := strings.Cut(err.Error(), "\n")
	found := yamlLine.FindStringSubmatch(message)
	line, _ := strconv.Atoi(found[1]) // 0 where there is none
	message = message[len(found[0]):]
	switch {
	case line == 0 && placeless.MatchString(message):
		return &Error{Err: errors.New(message)}
	case line == 0 || fromZero.MatchString(message):
		line++
	}
	last := 1 + bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n"))
	return &Error{Line: min(line, last), Err: errors.New(message)}
}
