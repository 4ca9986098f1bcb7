package argument

import (
	_ "embed"
	"slices"
)

//go:embed argmap-1.schema.json
var schemaJSON []byte

// SchemaJSON returns the JSON Schema (draft 2020-12) of the contract argmap/1:
// of one map as a JSON object. It says what a program may rely on and leaves
// room for fields that are added later; what a schema cannot say, such as that
// references lead somewhere, [Map.Validate] checks.
func SchemaJSON() []byte { return slices.Clone(schemaJSON) }
