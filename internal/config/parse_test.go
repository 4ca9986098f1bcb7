package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/argmap/argmap/internal/raced"
)

const example = `# for every command
jobs: 4
min-confidence: 0.30

extract:
  format: jsonl
  only: [claims, "recommendations"]
graph:
  title: "Ferries: a map"
  no-sources: yes
check:
  disable:
    - no-thesis
    - 7
  rules: []
view:
`

func TestParse(t *testing.T) {
	got, err := Parse([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	want := []Entry{
		{Name: "jobs", Line: 2, Column: 1, Kind: Value, Values: []string{"4"}},
		{Name: "min-confidence", Line: 3, Column: 1, Kind: Value, Values: []string{"0.30"}},
		{Name: "extract", Line: 5, Column: 1, Kind: Section, Entries: []Entry{
			{Name: "format", Line: 6, Column: 3, Kind: Value, Values: []string{"jsonl"}},
			{Name: "only", Line: 7, Column: 3, Kind: List, Values: []string{"claims", "recommendations"}},
		}},
		{Name: "graph", Line: 8, Column: 1, Kind: Section, Entries: []Entry{
			{Name: "title", Line: 9, Column: 3, Kind: Value, Values: []string{"Ferries: a map"}},
			{Name: "no-sources", Line: 10, Column: 3, Kind: Value, Values: []string{"yes"}},
		}},
		{Name: "check", Line: 11, Column: 1, Kind: Section, Entries: []Entry{
			{Name: "disable", Line: 12, Column: 3, Kind: List, Values: []string{"no-thesis", "7"}},
			{Name: "rules", Line: 15, Column: 3, Kind: List},
		}},
		{Name: "view", Line: 16, Column: 1, Kind: Nothing},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

func TestParseNothing(t *testing.T) {
	for _, text := range []string{"", "\n", "# a comment\n", "---\n", "\uFEFF", "~", "{}"} {
		if got, err := Parse([]byte(text)); err != nil || len(got) > 0 {
			t.Errorf("Parse(%q) = %v, %v; want nothing", text, got, err)
		}
	}
	utf16 := []byte("\xFF\xFEj\x00:\x00 \x007\x00") // which YAML allows
	if got, err := Parse(utf16); err != nil || len(got) != 1 || got[0].Name != "j" || got[0].Values[0] != "7" {
		t.Errorf("UTF-16: %v, %v", got, err)
	}
}

// TestParseRefuses checks where an error is placed, and its message.
func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
		want         string
	}{
		{"theme: dark\njobs: [1\n", 2, 0, "did not find expected ',' or ']'"},
		{"theme: dark\n\tjobs: 1\n", 2, 0, "found a tab character"},
		{"theme: dark\njobs: {a: [1, 2}\n", 2, 0, "did not find expected ',' or ']'"},
		{"jobs: [1\n\n\n", 1, 0, "did not find expected ',' or ']'"},
		{"theme: dark\njobs: 'a\n\n", 2, 0, "found unexpected end of stream"},
		{"theme: dark\n jobs: 1\n", 2, 0, "mapping values are not allowed"},
		{"graph:\n  theme: dark\n jobs: 1\n", 3, 0, "did not find expected key"},
		{"theme: dark\nonly:\n  - a\n  b\n", 4, 0, "could not find expected ':'"},
		{"x: 1\ngraph:\n  - a\n  c: b\n", 3, 0, "did not find expected '-' indicator"}, // where the list begins
		{"theme: dark: light\n", 1, 0, "mapping values are not allowed"},
		{"a: \xFF\n", 0, 0, "UTF-8"},
		{"a: \x00\n", 0, 0, "control characters are not allowed"},
		{"- theme\n- dark\n", 1, 1, "not a list of settings"},
		{"# this\ndark\n", 2, 1, "not a list of settings"},
		{"jobs: 1\ntheme: dark\njobs: 2\n", 3, 1, `"jobs" stands there twice, first in line 1`},
		{"check:\n  jobs: 1\n  \"jobs\": 2\n", 3, 3, `"jobs" stands there twice, first in line 2`},
		{"graph:\n  theme:\n    name: dark\n", 3, 5, "a section inside a section"},
		{"only: [claims, [sources]]\n", 1, 16, "a list or a section where a single value belongs"},
		{"only: [claims, {a: b}]\n", 1, 16, "a list or a section where a single value belongs"},
		{"only:\n- claims\n-\n", 3, 2, "an item without a value"},
		{"? [a, b]\n: c\n", 1, 3, "a list or a section where a single value belongs"},
		{"a: &x 1\nb: *x\n", 2, 4, "aliases (*x) are not read here"},
		{"a: &x [1]\nb: *x\n", 2, 4, "aliases (*x) are not read here"},
		{"a: &x {b: 1}\nc: {<<: *x}\n", 2, 9, "aliases (*x) are not read here"},
		{"a: &x 1\n*x : 2\n", 2, 1, "aliases (*x) are not read here"},
		{"a: *x\n", 0, 0, "unknown anchor 'x'"},
		{"a: !!binary aGk=\n", 1, 4, "tags (!!binary) are not read here"},
		{"a: !go [1]\n", 1, 4, "tags (!go) are not read here"},
		{"!x {a: 1}\n", 1, 1, "tags (!x) are not read here"},
		{"a: 1\n---\nb: 2\n", 2, 1, "a second document"},
		{"a: 1\n---\nb: [\n", 3, 0, "did not find expected node content"},
		{strings.Repeat("[", 20_000), 0, 0, "exceeded max depth"},
		{strings.Repeat("#", MaxSize+1), 0, 0, "is larger than 1 MiB"},
	} {
		name := c.text[:min(len(c.text), 30)]
		t.Run(name, func(t *testing.T) {
			got, err := Parse([]byte(c.text))
			var bad *Error
			if !errors.As(err, &bad) {
				t.Fatalf("Parse = %v, %v", got, err)
			}
			if bad.Line != c.line || bad.Column != c.column || !strings.Contains(bad.Err.Error(), c.want) {
				t.Errorf("%d:%d: %v; want %d:%d: … %s …", bad.Line, bad.Column, bad.Err, c.line, c.column, c.want)
			}
		})
	}
}

// TestParseTakesNoTime feeds Parse what grows when it is followed, and what is
// costly to read. Each takes less than half a second on one core.
func TestParseTakesNoTime(t *testing.T) {
	raced.Skip(t)
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x]\n")
	for i := 1; bomb.Len() < MaxSize-60; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [*a%d,*a%d]\n", i, i, i-1, i-1)
	}
	for name, text := range map[string]string{
		"aliases":  bomb.String(),
		"comments": strings.Repeat("k:\n# x\n", MaxSize/7),
		"items":    "{" + strings.Repeat("a,", MaxSize/2-1),
		"nesting":  strings.Repeat("- ", 9_000) + strings.Repeat("#\n", MaxSize/2-9_000),
	} {
		began := time.Now()
		_, _ = Parse([]byte(text))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// FuzzParse checks that what Parse takes has the shape it promises and comes
// back the same when it is written anew, and that it refuses the rest in
// order.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		example, "", "a: 1", "a:\n- b\n- 'c d'\n", "a: |\n  b\n  c\n", "a: &x 1\nb: *x\n", "? a\n: b\n", "{a: [1, 2], b: {c: ~}}",
		"a: >-\n  b\n\n  c\n", "\uFEFFa: \"\\u00e9\\n\"", "<<: {a: 1}", "a: 1\n---\nb: 2", "%YAML 1.2\n---\na: 1\n...\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := Parse(data)
		if err != nil {
			var bad *Error
			if !errors.As(err, &bad) || bad.Line < 0 || bad.Column < 0 || strings.Contains(bad.Err.Error(), "\n") || bad.Err.Error() == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		checkShape(t, entries, true)
		again, err := Parse([]byte(written(entries, "")))
		if err != nil {
			t.Fatalf("written anew: %v\n%s", err, written(entries, ""))
		}
		if diff := cmp.Diff(entries, again, cmpopts.IgnoreFields(Entry{}, "Line", "Column"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("written anew (-want +got):\n%s", diff)
		}
	})
}

func checkShape(t *testing.T, entries []Entry, sections bool) {
	names := map[string]bool{}
	for _, e := range entries {
		bad := names[e.Name] || e.Line < 1 || e.Column < 1 ||
			e.Kind == Section && !sections || e.Kind != Section && len(e.Entries) > 0 ||
			e.Kind == Value && len(e.Values) != 1 || (e.Kind == Nothing || e.Kind == Section) && len(e.Values) > 0
		if bad {
			t.Fatalf("entry %+v", e)
		}
		names[e.Name] = true
		checkShape(t, e.Entries, false)
	}
}

// written is a project file that holds entries.
func written(entries []Entry, indent string) string {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s? %s\n%s:", indent, strconv.QuoteToASCII(e.Name), indent)
		switch e.Kind {
		case Value:
			b.WriteString(" " + strconv.QuoteToASCII(e.Values[0]))
		case List:
			b.WriteString(" [")
			for _, v := range e.Values {
				b.WriteString(strconv.QuoteToASCII(v) + ", ")
			}
			b.WriteString("]")
		case Section:
			if len(e.Entries) == 0 {
				b.WriteString(" {}")
			}
			b.WriteString("\n" + written(e.Entries, indent+"  "))
		}
		b.WriteString("\n")
	}
	return b.String()
}
