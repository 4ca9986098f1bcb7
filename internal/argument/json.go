package argument

import (
	"bytes"
	"encoding/json"
)

// IndentedJSON is value as all reports of the program write JSON: indented by two
// spaces, with <, > and & as they are, for it is no part of a page.
func IndentedJSON(value any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(value)
	return b.Bytes(), err
}
