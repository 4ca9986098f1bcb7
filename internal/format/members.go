package format

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// field is an attribute of a node, an edge or a document in another format: a
// name of the contract argmap/1 and its value as JSON. Formats take their
// attributes from here, so a field that is added to the contract comes along.
type field struct {
	name string
	raw  json.RawMessage
}

// members lists the fields of v, a struct of the contract, in its order.
func members(v any, drop ...string) []field {
	return membersOf(mustJSON(v), drop...)
}

// membersOf lists the members of a JSON object in their order; it lists none
// of what is no object.
func membersOf(object []byte, drop ...string) []field {
	dec := json.NewDecoder(bytes.NewReader(object))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	var list []field
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return list
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return list
		}
		if name := key.(string); !slices.Contains(drop, name) && string(raw) != "null" {
			list = append(list, field{name, raw})
		}
	}
	return list
}

// object is the JSON object of fields.
func object(fields []field) json.RawMessage {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(f.name))
		b.WriteByte(':')
		b.Write(f.raw)
	}
	b.WriteByte('}')
	return b.Bytes()
}

// quoted is s as a JSON string.
func quoted(s string) json.RawMessage { return mustJSON(s) }

// mustJSON is v as JSON, for what always encodes: texts and types of the contract.
func mustJSON(v any) json.RawMessage {
	var b bytes.Buffer
	if err := newEncoder(&b).Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func textField(name, value string) field { return field{name, quoted(value)} }

// plain is a field's value as text without quotation marks.
func (f field) plain() string {
	var s string
	if json.Unmarshal(f.raw, &s) == nil {
		return s
	}
	return string(f.raw)
}

func fieldOf(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func plainOf(fields []field, names ...string) string {
	for _, name := range names {
		if f, ok := fieldOf(fields, name); ok {
			return f.plain()
		}
	}
	return ""
}

// flatten replaces passages by what attributes can hold: a passage "addressee"
// becomes its words, "addressee", and the offsets "addressee_start" and
// "addressee_end"; a span becomes the offsets alone. Lists stay lists.
func flatten(fields []field) []field {
	var flat []field
	for _, f := range fields {
		if f.raw[0] != '{' {
			flat = append(flat, f)
			continue
		}
		for _, part := range membersOf(f.raw) {
			if part.name == "text" {
				flat = append(flat, field{f.name, part.raw})
			} else {
				flat = append(flat, field{f.name + "_" + part.name, part.raw})
			}
		}
	}
	return flat
}

// passages are the fields that flatten takes apart.
var passages = []string{"addressee", "lead_in", "source", "cue"}

// unflatten puts together what flatten took apart.
func unflatten(fields []field) []field {
	var list []field
	parts := map[string][]field{}
	for _, f := range fields {
		whole, what := f.name, "text"
		for _, suffix := range []string{"start", "end"} {
			if base, ok := strings.CutSuffix(f.name, "_"+suffix); ok {
				whole, what = base, suffix
			}
		}
		if slices.Contains(passages, whole) && f.raw[0] != '{' {
			parts[whole] = append(parts[whole], field{what, f.raw})
		} else {
			list = append(list, f)
		}
	}
	for _, name := range passages {
		if len(parts[name]) > 1 { // words alone are no passage
			list = append(list, field{name, object(parts[name])})
		}
	}
	return list
}

// The kinds of value that an attribute can have.
const (
	valueText  = "string"
	valueWhole = "int"
	valueReal  = "double"
)

// kindOf is what sort of value the attribute of a name has.
func kindOf(name string) string {
	switch {
	case name == "start", name == "end", name == "level", name == "page", name == "characters",
		strings.HasSuffix(name, "_start"), strings.HasSuffix(name, "_end"):
		return valueWhole
	case name == "confidence", strings.HasSuffix(name, "_confidence"):
		return valueReal
	}
	return valueText
}

// lists are the fields that hold lists or objects, which formats without such
// values write as JSON in a text.
var lists = []string{"cues", "mentions", "content", "units", "documents"}

// asValue makes a field of an attribute that is a text in its format: a number
// or a list where the contract has one, else a text. It has none where the
// text is not of that kind.
func asValue(name, value string) (field, bool) {
	switch kind := kindOf(name); {
	case kind == valueWhole:
		n, err := strconv.Atoi(strings.TrimSpace(value))
		return field{name, json.RawMessage(strconv.Itoa(n))}, err == nil
	case kind == valueReal:
		x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		raw, bad := json.Marshal(x)
		return field{name, raw}, err == nil && bad == nil
	case slices.Contains(lists, name):
		return field{name, json.RawMessage(value)}, json.Valid([]byte(value))
	}
	return textField(name, value), true
}

// decode fills v, a pointer to a struct of the contract, with what the fields
// hold. One that is of another kind than the contract says is left out: other
// programs may use the same name for something else.
func decode(fields []field, v any) {
	for _, f := range fields {
		if kindOf(f.name) != valueText && f.raw[0] == '"' {
			number, ok := asValue(f.name, f.plain())
			if !ok {
				continue
			}
			f = number
		}
		_ = json.Unmarshal(object([]field{f}), v)
	}
}
