package cli

import (
	"strings"
	"testing"
)

func TestConvertFlags(t *testing.T) {
	for _, c := range []struct {
		args    string
		want    ConvertOptions
		wantErr string
	}{
		{"", ConvertOptions{File: "-", To: "json"}, ""},
		{"a.ann", ConvertOptions{File: "a.ann", To: "json"}, ""},
		{"a.ann -o x.AIF.json", ConvertOptions{File: "a.ann", To: "aif", Output: "x.AIF.json"}, ""},
		{"a.ann -o x.json", ConvertOptions{File: "a.ann", To: "json", Output: "x.json"}, ""},
		{"a.ann -o x.json -t GraphML", ConvertOptions{File: "a.ann", To: "graphml", Output: "x.json"}, ""},
		{"- --from Argdown --strict", ConvertOptions{File: "-", From: "argdown", To: "json", Strict: true}, ""},
		{"a.json -o a.ann --with-text", ConvertOptions{File: "a.json", To: "brat", Output: "a.ann", WithText: true}, ""},
		{"a.json -o a.txt -t brat --with-text", ConvertOptions{}, "--with-text goes with a brat file"},
		{"a.json -o out", ConvertOptions{}, "no format has the extension"},
		{"a.json b.json", ConvertOptions{}, "takes one file, got 2"},
		{"a.json --from mermaid", ConvertOptions{}, `unknown format "mermaid"`},
		{"a.json --to svg", ConvertOptions{}, `unknown format "svg"`},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdConvert, c.args)
			check(t, got, err, c.want, c.wantErr, "IO")
		})
	}
}

func TestInLines(t *testing.T) {
	words := strings.Fields(strings.Repeat("four ", 30))
	lines := strings.Split(inLines(words), "\n")
	if strings.Join(lines, " ") != strings.Join(words, ", ") || len(lines) != 4 {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
}
