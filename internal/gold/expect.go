package gold

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// parse reads a line of a gold file. Its error says in the words of the file what
// was expected and what was found.
func parse(line []byte) (record, error) {
	var r record
	err := json.Unmarshal(line, &r)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil && !isSaved(r.Schema) && startsWith(line, "{"):
		return r, nil
	case errors.As(err, &wrong) && wrong.Field != "" && !isSaved(r.Schema):
		return r, fmt.Errorf("expected %s in %q of a gold record, found %s", kindName(wrong.Type.Kind()), wrong.Field, valueName(wrong.Value))
	}
	return r, notRecord(line)
}

// notRecord is the error for data that are no record.
func notRecord(data []byte) error {
	return fmt.Errorf("expected a gold record, a JSON object on one line, found %s", nameOf(data))
}

// nameOf says what data are: maps that were saved are the likeliest slip.
func nameOf(data []byte) string {
	type head struct {
		Schema json.RawMessage `json:"schema"`
	}
	var (
		one  head
		many []head
		all  json.RawMessage
	)
	err := json.Unmarshal(data, &all)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return "an empty line"
	case err != nil && !startsWith(data, "{["):
		return "no JSON"
	case err != nil:
		return "broken JSON: " + err.Error()
	case json.Unmarshal(data, &one) == nil && isSaved(one.Schema):
		return "a saved map"
	case json.Unmarshal(data, &many) == nil && len(many) > 0 && isSaved(many[0].Schema):
		return "saved maps"
	case startsWith(data, "{"):
		return "an object of several lines"
	case startsWith(data, "["):
		return "an array"
	}
	return "other JSON"
}

// isSaved reports whether a schema is that of a saved map, of any version.
func isSaved(schema json.RawMessage) bool { return bytes.HasPrefix(schema, []byte(`"argmap/`)) }

// startsWith reports whether data start with one of the characters, white space
// aside.
func startsWith(data []byte, chars string) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 0 && strings.IndexByte(chars, data[0]) >= 0
}

// whole is the JSON that begins with the line at which sc stands, and may go on:
// maps are saved so. More than a line may hold is not looked at.
func whole(sc *bufio.Scanner) []byte {
	data := bytes.Clone(sc.Bytes())
	if !startsWith(data, "{[") || json.Valid(data) {
		return data
	}
	for len(data) < maxLine && sc.Scan() {
		data = append(append(data, '\n'), sc.Bytes()...)
	}
	return data
}

// kindName is what a field of that kind holds, in the words of JSON.
func kindName(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "a string"
	case reflect.Int:
		return "a whole number"
	case reflect.Array:
		return "a pair of offsets"
	case reflect.Slice:
		return "an array"
	}
	return "an object"
}

// valueName is what package json calls a value, in a sentence. Of a number that
// does not fit it names the number.
func valueName(value string) string {
	switch kind, detail, _ := strings.Cut(value, " "); {
	case detail != "":
		return "the " + value
	case strings.ContainsRune("ao", rune(kind[0])):
		return "an " + kind
	default:
		return "a " + kind
	}
}
