package format

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// writeArgdown writes a map in the Argdown language. A unit that bears on
// another is an argument, <u2>, and one that does not is a statement, [u1]:
// in a map at most one relation leaves a unit, so the argument stands for that
// step too, and an undercut of the step is one of the argument, "_ <u5>".
//
// What bears on a unit stands beneath it, indented, as long as both are in one
// section; what comes from another section is named there and stands under its
// own heading. Fields of the contract are data in braces, and what concerns
// the whole map is in the front matter, both as JSON, which is YAML as well.
func writeArgdown(w io.Writer, ms []*argument.Map, opt Options) error {
	m, err := single(ms)
	if err != nil {
		return err
	}
	b := &argdownWriter{
		Writer: bufio.NewWriter(w), leaving: map[string]*argument.Relation{}, reasons: map[string][]*argument.Unit{},
	}
	b.arrange(m)
	b.frontMatter(m, opt.WithText)
	units := unitsBySection(m)
	b.blocks(units[""])
	for _, s := range m.Sections {
		title := argdownText(s.Title)
		if title == "" {
			title = "…" // Argdown takes no heading without words
		}
		b.WriteString("\n" + strings.Repeat("#", min(s.Level, 6)) + " " + title + "\n")
		b.blocks(units[s.ID])
	}
	return b.Flush()
}

// argdownDepth is how deep reasons stand beneath each other before a block of
// their own begins.
const argdownDepth = 8

type argdownWriter struct {
	*bufio.Writer
	leaving map[string]*argument.Relation // by the unit that it leaves
	reasons map[string][]*argument.Unit   // what bears on a unit, in text order
	depth   map[string]int                // of a unit beneath the first of its block
}

// arrange finds what stands beneath what.
func (b *argdownWriter) arrange(m *argument.Map) {
	for i := range m.Relations {
		b.leaving[m.Relations[i].From] = &m.Relations[i]
	}
	origin := origins(m.Relations)
	above := map[string]string{}
	sections := map[string]string{}
	for i := range m.Units {
		u := &m.Units[i]
		sections[u.ID] = u.Section
		r := b.leaving[u.ID]
		if r == nil {
			continue
		}
		above[u.ID] = r.To
		if r.Type == argument.Undercuts {
			above[u.ID] = origin[r.To]
		}
		b.reasons[above[u.ID]] = append(b.reasons[above[u.ID]], u)
	}
	b.depth = make(map[string]int, len(m.Units))
	for _, u := range m.Units {
		b.measure(u.ID, above, sections)
	}
}

// measure settles the depth of a unit and of those above it.
func (b *argdownWriter) measure(id string, above, sections map[string]string) {
	var path []string
	for {
		_, known := b.depth[id]
		top := above[id]
		if known {
			break
		}
		path = append(path, id)
		if top == "" || sections[top] != sections[id] {
			break
		}
		id = top
	}
	for i := len(path) - 1; i >= 0; i-- {
		top := above[path[i]]
		if top == "" || sections[top] != sections[path[i]] || b.depth[top] == argdownDepth {
			b.depth[path[i]] = 0
		} else {
			b.depth[path[i]] = b.depth[top] + 1
		}
	}
}

// frontMatter writes what concerns the whole map.
func (b *argdownWriter) frontMatter(m *argument.Map, withText bool) {
	about := membersOf(aboutMap(m, withText))
	about = append(about, field{"sources", mustJSON(m.Sources)}, field{"attributions", mustJSON(m.Attributions)})
	b.WriteString("===\n")
	if m.Document.Title != "" {
		b.WriteString("title: " + guarded(quoted(m.Document.Title)) + "\n")
	}
	b.WriteString("argmap: " + guarded(object(about)) + "\n===\n")
}

// guarded is JSON in which no text can end what it stands in: front matter,
// which ends at "===", or data, which ends at a brace.
func guarded(raw []byte) string {
	var b bytes.Buffer
	inText, escaped := false, false
	for _, c := range raw {
		switch {
		case inText && !escaped && strings.IndexByte("{}=", c) >= 0:
			fmt.Fprintf(&b, `\u%04x`, c)
			continue
		case c == '"' && !escaped:
			inText = !inText
		}
		escaped = inText && c == '\\' && !escaped
		b.WriteByte(c)
	}
	return b.String()
}

func (b *argdownWriter) blocks(units []*argument.Unit) {
	for _, u := range units {
		if b.depth[u.ID] == 0 {
			b.WriteByte('\n')
			b.unit(u, "")
		}
	}
}

// argdownSigns say how what stands beneath a unit bears on it.
var argdownSigns = map[argument.RelationType]string{argument.Supports: "+", argument.Attacks: "-", argument.Undercuts: "_"}

// unit writes a unit, whose line has begun, and what bears on it.
func (b *argdownWriter) unit(u *argument.Unit, indent string) {
	b.WriteString(b.title(u) + ": " + argdownText(u.Text) + argdownTags(u) + " " + guarded(b.data(u)) + "\n")
	indent += "  "
	for _, reason := range b.reasons[u.ID] {
		b.WriteString(indent + argdownSigns[b.leaving[reason.ID].Type] + " ")
		if b.depth[reason.ID] > 0 {
			b.unit(reason, indent)
		} else {
			b.WriteString(b.title(reason) + "\n")
		}
	}
}

func (b *argdownWriter) title(u *argument.Unit) string {
	if b.leaving[u.ID] != nil {
		return "<" + u.ID + ">"
	}
	return "[" + u.ID + "]"
}

// data is what the line of a unit does not say: its fields and those of the
// relation that leaves it. The words are among them where a line cannot hold
// them as they are.
func (b *argdownWriter) data(u *argument.Unit) []byte {
	fields := members(u, "id", "text")
	if oneLine(u.Text) != u.Text {
		fields = append(fields, textField("text", u.Text))
	}
	if r := b.leaving[u.ID]; r != nil {
		fields = append(fields, textField("relation", r.ID))
		for _, f := range members(r, "id", "type", "from", "to") {
			fields = append(fields, field{"relation_" + f.name, f.raw})
		}
	}
	return object(fields)
}

// argdownTags are what Argdown colours by. Of the roles a main point has none:
// its tag would be that of the kind.
func argdownTags(u *argument.Unit) string {
	tags := ""
	for _, tag := range []string{string(u.Kind), string(u.Type), string(u.Strength), string(u.Role)} {
		if tag != "" && (tag != string(argument.RoleClaim) || tags == "") {
			tags += " #" + tag
		}
	}
	return tags
}

// argdownText is text on one line that means nothing else to Argdown. A dot
// begins a name such as ".alpha." only where no space follows.
func argdownText(s string) string {
	var b strings.Builder
	runes := []rune(oneLine(s))
	for i, r := range runes {
		if strings.ContainsRune(argdownMarks, r) || r == '.' && i+1 < len(runes) && runes[i+1] != ' ' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

const argdownMarks = `\[]<>{}/*_:#@=`

// oneLine is text with each stretch of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
