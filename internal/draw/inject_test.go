package draw

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// nasty are texts that would break out of DOT, of HTML-like labels, of XML or of
// the direction of writing, if they were let.
var nasty = []string{
	`<script>alert(1)</script>`,
	`" onload="alert(1)`,
	`x" ]; evil [label="`,
	`]]>`,
	`--><!--`,
	`</title><script>alert(1)</script>`,
	`</text></g></svg>`,
	`<TABLE><TR><TD HREF="javascript:alert(1)">x</TD></TR></TABLE>`,
	`&#x3c;script&#x3e; &lt; &amp;lt; &#0; &#xffff; &bogus; &`,
	"nul \x00 bell \x07 escape \x1b[31m vertical \v delete \x7f",
	"line\nbreaks\r\nand\ttabs \u2028 \u2029 \u0085",
	"\u202eevil\u202c \u2066isolate\u2069 \u202dtext \u061c\u200e\u200f",
	"invalid \xff\xfe \xed\xa0\x80 bytes \ufffe \uffff",
	`\N \G \E \T \H \L \l \r \n \" \\`,
	`\`,
	`{|<port> record | fields}`,
	`%s %d %!`,
	strings.Repeat("w", 10000),
	strings.Repeat("漢", 3000),
	strings.Repeat("e\u0301", 2000),
	"",
	" ",
	"\u200b\u200d\ufeff",
}

// nastyMap has the text wherever a map has one.
func nastyMap(text string) *argument.Map {
	return &argument.Map{
		Schema:   argument.Schema,
		Document: argument.Document{ID: text, URI: text, Title: text, Language: text},
		Sections: []argument.Section{{ID: "s" + text, Title: text}},
		Units: []argument.Unit{
			{ID: "a" + text, Kind: argument.Kind(text), Role: argument.Thesis, Type: argument.Type(text), Text: text},
			{
				ID: "b" + text, Kind: argument.Recommendation, Role: argument.Premise, Strength: argument.Strength(text), Text: text,
				Section: "s" + text, Addressee: &argument.Phrase{Text: text}, LeadIn: &argument.Phrase{Text: text},
				Cues: []argument.Cue{{Rule: text}},
			},
			{ID: "c" + text, Kind: argument.Claim, Role: argument.Role(text), Text: text, Section: "s" + text},
		},
		Sources: []argument.Source{{ID: "p" + text, Name: text, Kind: argument.SourceKind(text), Description: text}},
		Attributions: []argument.Attribution{
			{ID: "t" + text, SourceID: "p" + text, Units: []string{"b" + text, "c" + text}, Manner: argument.Manner(text)},
		},
		Relations: []argument.Relation{
			{ID: "q" + text, Type: argument.Supports, From: "b" + text, To: "a" + text, Cues: []argument.Cue{{Rule: text}}},
			{ID: "r" + text, Type: argument.Undercuts, From: "c" + text, To: "q" + text},
		},
	}
}

// nastyChanges has the text wherever changes of that map have one.
func nastyChanges(text string) *Changes {
	return &Changes{
		From: text, To: text,
		Units: map[string]Change{
			"a" + text: {Status: Changed, Name: text, Word: text, Details: []string{text}},
			"b" + text: {Status: Reworded, Was: text, Pieces: []Piece{{Dropped, text}, {Unchanged, text}, {Added, text}}},
			"c" + text: {Status: Dropped, Name: text},
		},
		Relations: map[string]Change{"q" + text: {Status: Added, Details: []string{text}}},
		Sections:  map[string]Status{"s" + text: Dropped},
		Former:    []argument.Relation{{Type: argument.RelationType(text), From: "a" + text, To: "c" + text}},
	}
}

// TestInjection puts nasty texts everywhere, draws them, and reads what comes out.
func TestInjection(t *testing.T) {
	plain := shapeOf(parseSVG(t, svgOf(t, mapsOf(nastyMap("plain")), Options{})))
	for _, text := range nasty {
		m := nastyMap(text)
		svg := svgOf(t, mapsOf(m), Options{Title: text})
		checkSafe(t, svg)
		if got := shapeOf(parseSVG(t, svg)); got != plain && strings.TrimSpace(clean(text)) != "" {
			t.Errorf("%.40q draws %q, a plain text %q", text, got, plain)
		}
		checkSafe(t, svgOf(t, mapsOf(m, m), Options{Collapse: true}))
		checkSafe(t, svgOf(t, mapsOf(m), Options{Focus: "b" + text, Depth: 1}))
		checkSafe(t, svgOf(t, mapsOf(m), Options{Changes: nastyChanges(text)}))
		checkDot(t, dotOf(t, mapsOf(m), Options{Changes: nastyChanges(text)}))
		checkDot(t, dotOf(t, mapsOf(m), Options{Title: text}))
	}
}

// shapeOf says which sorts of groups a picture has.
func shapeOf(root *svgElement) string {
	var b strings.Builder
	root.walk(func(e *svgElement) {
		if class := strings.Fields(e.attr("class")); len(class) > 1 {
			b.WriteString(class[0] + "-" + class[1] + " ")
		}
	})
	return b.String()
}

// safeElements and safeAttributes are all that a picture is made of.
var (
	safeElements   = words("svg g title desc path polygon polyline ellipse text")
	safeAttributes = words(`id class role aria-labelledby aria-describedby aria-hidden width height viewBox xmlns xlink transform
		fill stroke stroke-width stroke-dasharray shape-rendering points d cx cy rx ry x y text-anchor font-family font-weight font-size text-decoration`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// checkSafe: the SVG is well formed, made of harmless elements and attributes
// alone, with no id given twice and nothing that steers the direction of writing.
func checkSafe(t testing.TB, svg string) {
	t.Helper()
	ids := map[string]bool{}
	parseSVG(t, svg).walk(func(e *svgElement) {
		if !safeElements[e.XMLName.Local] {
			t.Errorf("SVG has an element %s", e.XMLName.Local)
		}
		for _, a := range e.Attrs {
			if !safeAttributes[a.Name.Local] {
				t.Errorf("SVG has an attribute %s", a.Name.Local)
			}
			if strings.Contains(strings.ToLower(a.Value), "javascript:") || strings.Contains(a.Value, "url(") {
				t.Errorf("SVG has an attribute %s=%q", a.Name.Local, a.Value)
			}
			if a.Name.Local == "id" && ids[a.Value] {
				t.Errorf("id %q is given twice", a.Value)
			}
			if a.Name.Local == "id" {
				ids[a.Value] = true
			}
		}
	})
	for _, r := range svg {
		if unicode.Is(unicode.Bidi_Control, r) || r < ' ' && r != '\n' {
			t.Errorf("SVG has %U", r)
		}
	}
}

// checkDot: the "dot" of this machine, if it has one, draws the graph. It may
// warn that its fonts are wider than ours.
func checkDot(t testing.TB, dot string) {
	t.Helper()
	path, err := exec.LookPath("dot")
	if err != nil {
		return
	}
	var errs bytes.Buffer
	cmd := exec.CommandContext(context.Background(), path, "-Tsvg")
	cmd.Stdin, cmd.Stderr = strings.NewReader(dot), &errs
	out, err := cmd.Output()
	if err != nil || strings.Contains(errs.String(), "Error") {
		t.Errorf("dot: %v: %.300s\n%.600s", err, errs.String(), dot)
	}
	if !bytes.Contains(out, []byte("</svg>")) {
		t.Errorf("dot draws %.200q", out)
	}
}

// TestRealDot: the graphs of all sorts of maps are what Graphviz reads.
func TestRealDot(t *testing.T) {
	if _, err := exec.LookPath("dot"); err != nil {
		t.Skip("Graphviz is not installed: no dot to try the graphs on")
	}
	for _, f := range fixtures {
		checkDot(t, dotOf(t, f.maps, f.opt))
	}
	for _, theme := range Themes() {
		checkDot(t, dotOf(t, mapsOf(genMap(70, 2)), Options{Theme: theme}))
	}
}

// FuzzPicture draws a map with the text everywhere.
func FuzzPicture(f *testing.F) {
	for _, text := range nasty {
		if len(text) < 200 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip("long texts are tried elsewhere, and slow")
		}
		svg := svgOf(t, mapsOf(nastyMap(text)), Options{Title: text})
		checkSafe(t, svg)
		if again := svgOf(t, mapsOf(nastyMap(text)), Options{Title: text}); again != svg {
			t.Error("two runs differ")
		}
	})
}
