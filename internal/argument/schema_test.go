package argument

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("argmap-1.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("argmap-1.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// encoded returns m as the schema library wants it, after a change to its JSON.
func encoded(t *testing.T, m *Map, change func(map[string]any)) any {
	t.Helper()
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	change(v.(map[string]any))
	return v
}

func TestSchemaAccepts(t *testing.T) {
	schema := compileSchema(t)
	for name, change := range map[string]func(map[string]any){
		"the sample":   func(map[string]any) {},
		"new fields":   func(m map[string]any) { m["later"] = 1; entry(m, "units", 0)["later"] = 1 },
		"no strength":  func(m map[string]any) { delete(entry(m, "units", 0), "strength") },
		"empty lists":  func(m map[string]any) { m["units"], m["relations"], m["attributions"] = []any{}, []any{}, []any{} },
		"no source":    func(m map[string]any) { delete(entry(m, "attributions", 0), "source") },
		"no cues":      func(m map[string]any) { delete(entry(m, "units", 0), "cues") },
		"no title":     func(m map[string]any) { delete(m["document"].(map[string]any), "title") },
		"no mentions":  func(m map[string]any) { entry(m, "sources", 0)["mentions"] = []any{} },
		"empty titles": func(m map[string]any) { entry(m, "sections", 0)["title"] = "" },
	} {
		if err := schema.Validate(encoded(t, sample(), change)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	for name, change := range map[string]func(map[string]any){
		"another version":               func(m map[string]any) { m["schema"] = "argmap/2" },
		"null list":                     func(m map[string]any) { m["units"] = nil },
		"missing list":                  func(m map[string]any) { delete(m, "relations") },
		"negative offset":               func(m map[string]any) { entry(m, "units", 0)["start"] = json.Number("-1") },
		"fractional offset":             func(m map[string]any) { entry(m, "units", 0)["start"] = json.Number("1.5") },
		"confidence over 1":             func(m map[string]any) { entry(m, "units", 0)["confidence"] = json.Number("1.5") },
		"claim without type":            func(m map[string]any) { delete(entry(m, "units", 1), "type") },
		"claim with strength":           func(m map[string]any) { entry(m, "units", 1)["strength"] = "must" },
		"recommendation with type":      func(m map[string]any) { entry(m, "units", 0)["type"] = "fact" },
		"unknown kind":                  func(m map[string]any) { entry(m, "units", 0)["kind"] = "opinion" },
		"unknown role":                  func(m map[string]any) { entry(m, "units", 0)["role"] = "main" },
		"badly formed id":               func(m map[string]any) { entry(m, "units", 0)["id"] = "1" },
		"cue without rule":              func(m map[string]any) { delete(first(entry(m, "units", 0)["cues"]), "rule") },
		"unit without text":             func(m map[string]any) { delete(entry(m, "units", 0), "text") },
		"unknown source kind":           func(m map[string]any) { entry(m, "sources", 0)["kind"] = "bot" },
		"source without mentions":       func(m map[string]any) { delete(entry(m, "sources", 0), "mentions") },
		"attribution without content":   func(m map[string]any) { entry(m, "attributions", 0)["content"] = []any{} },
		"unknown manner":                func(m map[string]any) { entry(m, "attributions", 0)["manner"] = "loud" },
		"undercut of a unit":            func(m map[string]any) { entry(m, "relations", 2)["to"] = "u3" },
		"support of a relation":         func(m map[string]any) { entry(m, "relations", 0)["to"] = "r3" },
		"document without its digest":   func(m map[string]any) { m["document"].(map[string]any)["id"] = "" },
		"addressee without its offsets": func(m map[string]any) { delete(entry(m, "units", 0)["addressee"].(map[string]any), "end") },
	} {
		if err := schema.Validate(encoded(t, sample(), change)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSchemaSaysNothingInVain: a validator passes over a keyword that it does
// not know, and with it over what was meant; and over what is required of an
// object if it is spelled otherwise than described.
func TestSchemaSaysNothingInVain(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(SchemaJSON(), &root); err != nil {
		t.Fatal(err)
	}
	n := 0
	walkSchema(root, "#", nil, func(path string, node, described map[string]any) {
		n++
		for keyword, v := range node {
			if !schemaKeywords[keyword] {
				t.Errorf("%s: %s is no keyword", path, keyword)
			}
			if keyword != "required" {
				continue
			}
			for _, name := range v.([]any) {
				if described[name.(string)] == nil {
					t.Errorf("%s: %s is required and not described", path, name)
				}
			}
		}
	})
	if n < 90 {
		t.Errorf("%d schemas seen", n)
	}
}

// schemaKeywords are the keywords of draft 2020-12 that the schema needs.
var schemaKeywords = map[string]bool{
	"$schema": true, "$id": true, "$defs": true, "$ref": true, "title": true, "description": true, "type": true, "properties": true,
	"required": true, "items": true, "minItems": true, "minLength": true, "minimum": true, "maximum": true, "pattern": true,
	"enum": true, "const": true, "if": true, "then": true, "else": true,
}

// walkSchema visits all schemas in node, and with each the properties that are
// described for the object it is about: its own, or those of the one that it
// stands in as a condition.
func walkSchema(node map[string]any, path string, outer map[string]any, visit func(path string, node, described map[string]any)) {
	described, _ := node["properties"].(map[string]any)
	if outer != nil {
		described = outer
	}
	visit(path, node, described)
	for keyword, v := range node {
		inner, ok := v.(map[string]any)
		if !ok {
			continue
		}
		switch keyword {
		case "if", "then", "else":
			walkSchema(inner, path+"/"+keyword, described, visit)
		case "items":
			walkSchema(inner, path+"/"+keyword, nil, visit)
		case "properties", "$defs":
			for name, sub := range inner {
				if schema, ok := sub.(map[string]any); ok {
					walkSchema(schema, path+"/"+keyword+"/"+name, nil, visit)
				}
			}
		}
	}
}

func entry(m map[string]any, list string, i int) map[string]any {
	return m[list].([]any)[i].(map[string]any)
}

func first(list any) map[string]any { return list.([]any)[0].(map[string]any) }

// TestSchemaSpeaksOfEveryField walks the Go types and the schema side by side,
// so that neither can change without the other.
func TestSchemaSpeaksOfEveryField(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(SchemaJSON(), &root); err != nil {
		t.Fatal(err)
	}
	compare(t, root, root, reflect.TypeFor[Map](), "map")
}

func compare(t *testing.T, root, node map[string]any, typ reflect.Type, path string) {
	t.Helper()
	node = resolve(root, node)
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() == reflect.Slice {
		items, _ := node["items"].(map[string]any)
		if items == nil || node["type"] != "array" {
			t.Errorf("%s: a list in Go, not in the schema", path)
			return
		}
		compare(t, root, items, typ.Elem(), path+"[]")
		return
	}
	if typ.Kind() != reflect.Struct {
		return
	}
	props, _ := node["properties"].(map[string]any)
	required := map[string]bool{}
	for _, name := range node["required"].([]any) {
		required[name.(string)] = true
	}
	fields := jsonFields(typ)
	for name, f := range fields {
		p, _ := props[name].(map[string]any)
		if p == nil {
			t.Errorf("%s.%s: not in the schema", path, name)
			continue
		}
		if s, _ := p["description"].(string); s == "" {
			t.Errorf("%s.%s: has no description", path, name)
		}
		if required[name] == f.optional {
			t.Errorf("%s.%s: required in the schema %v, omitted when empty in Go %v", path, name, required[name], f.optional)
		}
		compare(t, root, p, f.typ, path+"."+name)
	}
	for name := range props {
		if _, ok := fields[name]; !ok {
			t.Errorf("%s.%s: in the schema, not in Go", path, name)
		}
	}
}

// resolve follows a reference inside the schema.
func resolve(root, node map[string]any) map[string]any {
	ref, ok := node["$ref"].(string)
	if !ok {
		return node
	}
	name := strings.TrimPrefix(ref, "#/$defs/")
	return root["$defs"].(map[string]any)[name].(map[string]any)
}

type jsonField struct {
	typ      reflect.Type
	optional bool
}

// jsonFields lists the fields of a struct by their JSON names, those of
// embedded structs among them.
func jsonFields(typ reflect.Type) map[string]jsonField {
	fields := map[string]jsonField{}
	for f := range typ.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			for n, e := range jsonFields(f.Type) {
				fields[n] = e
			}
			continue
		}
		fields[name] = jsonField{f.Type, options == "omitempty"}
	}
	return fields
}

// TestSchemaAllowsTheSameNames compares the enumerations with those that
// Validate knows.
func TestSchemaAllowsTheSameNames(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(SchemaJSON(), &root); err != nil {
		t.Fatal(err)
	}
	for path, allowed := range map[string]any{
		"unit.kind": kinds, "unit.type": types, "unit.role": roles, "unit.strength": strengths,
		"source.kind": sourceKinds, "attribution.manner": manners, "relation.type": relationTypes,
	} {
		def, field, _ := strings.Cut(path, ".")
		props := root["$defs"].(map[string]any)[def].(map[string]any)["properties"].(map[string]any)
		got, _ := json.Marshal(props[field].(map[string]any)["enum"])
		want, _ := json.Marshal(allowed)
		if !bytes.Equal(got, want) {
			t.Errorf("%s: schema allows %s, Go %s", path, got, want)
		}
	}
}
