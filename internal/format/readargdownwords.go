package format

import (
	"encoding/json"
	"strings"
)

// words takes the words of an element to the end of the line, with its tags
// and data.
func (r *argdownReader) words(e *argdownElement) {
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			e.words = append(e.words, b.String())
		}
		b.Reset()
	}
	defer flush()
	for r.rest != "" {
		c := r.rest[0]
		switch {
		case c == '\n':
			r.rest = r.rest[1:]
			return
		case c == '\\' && len(r.rest) > 1 && r.rest[1] != '\n':
			b.WriteByte(r.rest[1])
			r.rest = r.rest[2:]
		case strings.HasPrefix(r.rest, "//"):
			line, _, _ := strings.Cut(r.rest, "\n")
			r.rest = r.rest[len(line):]
		case strings.HasPrefix(r.rest, "/*"):
			r.comment("*/")
		case strings.HasPrefix(r.rest, "<!--"):
			r.comment("-->")
		case c == '[' && linkLength(r.rest) > 0: // its address is no comment
			n := linkLength(r.rest)
			b.WriteString(r.rest[:n])
			r.rest = r.rest[n:]
		case c == '{' && r.data(e):
		case c == '#' && r.tag(e):
		default:
			b.WriteByte(c)
			r.rest = r.rest[1:]
		}
	}
}

// linkLength is how long the link is that s begins with, "[words](address)",
// or 0. One that goes on for longer than maxLink bytes is none.
func linkLength(s string) int {
	s = s[:min(maxLink, len(s))]
	end := strings.IndexAny(s, "]\n")
	if end < 2 || !strings.HasPrefix(s[end:], "](") {
		return 0
	}
	shut := strings.IndexAny(s[end:], ")\n")
	if shut < 3 || s[end+shut] != ')' {
		return 0
	}
	return end + shut + 1
}

const maxLink = 500

// comment takes a comment, to the end of the file if it is never closed.
func (r *argdownReader) comment(end string) {
	_, r.rest, _ = strings.Cut(r.rest, end)
}

// maxTag is how many bytes the words of a tag may have.
const maxTag = 200

// tag takes a tag, "#fact" or "#(not sure)".
func (r *argdownReader) tag(e *argdownElement) bool {
	name, length := "", 0
	if inside, ok := strings.CutPrefix(r.rest, "#("); ok {
		before, _, closed := strings.Cut(inside[:min(maxTag, len(inside))], ")")
		if !closed || strings.Contains(before, "\n") {
			return false
		}
		name, length = before, len(before)+3
	} else {
		end := strings.IndexFunc(r.rest[1:], func(c rune) bool {
			return c < 0x80 && c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
		})
		if end < 0 {
			end = len(r.rest) - 1
		}
		if end == 0 {
			return false
		}
		name, length = r.rest[1:end+1], end+1
	}
	r.rest = r.rest[length:]
	e.data = append(e.data, textField("#", strings.ToLower(name)))
	return true
}

// data takes the data of an element: JSON, as argmap writes it, or YAML in
// braces, of which the members that are single words or numbers are read.
func (r *argdownReader) data(e *argdownElement) bool {
	end, closed := r.braces[len(r.rest)]
	if !closed {
		return false
	}
	raw := r.rest[:len(r.rest)-end]
	r.rest = r.rest[len(raw):]
	if json.Valid([]byte(raw)) {
		e.data = append(e.data, membersOf([]byte(raw))...)
		return true
	}
	for member := range strings.FieldsFuncSeq(raw[1:len(raw)-1], func(c rune) bool { return c == ',' || c == '\n' }) {
		if name, value, ok := strings.Cut(member, ":"); ok {
			e.data = append(e.data, field{strings.Trim(name, " \t\"'"), scalar(value)})
		}
	}
	return true
}

// pairs finds the braces of s that belong together, in one go so that no text
// takes long. Places are counted in bytes from the end.
func pairs(s string) map[int]int {
	found := map[int]int{}
	var open []int
	// A brace behind a backslash is text; in JSON, none stands there.
	for i := range len(s) {
		switch s[i] {
		case '{':
			if i == 0 || s[i-1] != '\\' {
				open = append(open, len(s)-i)
			}
		case '}':
			if len(open) > 0 && s[i-1] != '\\' {
				found[open[len(open)-1]] = len(s) - i - 1
				open = open[:len(open)-1]
			}
		}
	}
	return found
}

// scalar is a value of YAML as JSON.
func scalar(value string) json.RawMessage {
	value = strings.TrimSpace(value)
	if json.Valid([]byte(value)) {
		return json.RawMessage(value)
	}
	return quoted(strings.Trim(value, `'"`))
}
