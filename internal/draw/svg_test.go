package draw

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// svgElement is what the SVG tests look at.
type svgElement struct {
	XMLName xml.Name
	Attrs   []xml.Attr   `xml:",any,attr"`
	Kids    []svgElement `xml:",any"`
	Text    string       `xml:",chardata"`
}

func (e *svgElement) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// kid is the text of the first child of that name.
func (e *svgElement) kid(name string) string {
	for i := range e.Kids {
		if e.Kids[i].XMLName.Local == name {
			return e.Kids[i].Text
		}
	}
	return ""
}

// walk calls f with e and all below it.
func (e *svgElement) walk(f func(*svgElement)) {
	f(e)
	for i := range e.Kids {
		e.Kids[i].walk(f)
	}
}

func parseSVG(t testing.TB, svg string) *svgElement {
	t.Helper()
	var root svgElement
	if err := xml.Unmarshal([]byte(svg), &root); err != nil {
		t.Fatalf("SVG is not well formed: %v", err)
	}
	return &root
}

// TestSVGName: the picture has a name and a description, which come first and
// are what the root points at.
func TestSVGName(t *testing.T) {
	for _, c := range []struct {
		name string
		svg  string
		want string
	}{
		{"Keep the night bus", svgOf(t, mapsOf(fixtureSmall), Options{}),
			"A map of 5 units, with 1 recommendation and 1 source; the thesis is: The council must keep the night bus."},
		{"Rent caps", svgOf(t, mapsOf(fixtureUndercut), Options{NoSources: true}),
			"A map of 5 units, with 0 recommendations and 0 sources; the thesis is: The city was right to cap rents."},
		{"2 argument maps", svgOf(t, mapsOf(fixtureSmall, fixtureUndercut), Options{}),
			"A map of 10 units of 2 texts, with 1 recommendation and 1 source."},
		{"The town well", svgOf(t, mapsOf(fixtureTown), Options{MaxUnits: 3}),
			"A map of 10 units, with 1 recommendation and 1 source; the thesis is: The well must stay open."},
		{`<"x"> & 'y'`, svgOf(t, mapsOf(mapOf("", "u1 claim fact: One")), Options{Title: `<"x"> & 'y'`}),
			"A map of 1 unit, with 0 recommendations and 0 sources."},
	} {
		root := parseSVG(t, c.svg)
		if got := root.attr("role"); got != "graphics-document document" {
			t.Errorf("role %q", got)
		}
		if len(root.Kids) < 2 || root.Kids[0].XMLName.Local != "title" || root.Kids[1].XMLName.Local != "desc" {
			t.Fatalf("title and description do not come first:\n%.400s", c.svg)
		}
		title, desc := root.Kids[0], root.Kids[1]
		if title.Text != c.name || desc.Text != c.want {
			t.Errorf("title %q and description %q, want %q and %q", title.Text, desc.Text, c.name, c.want)
		}
		if root.attr("aria-labelledby") != title.attr("id") || root.attr("aria-describedby") != desc.attr("id") || title.attr("id") == "" {
			t.Errorf("the root points at %q and %q", root.attr("aria-labelledby"), root.attr("aria-describedby"))
		}
	}
}

// TestSVGUnits: each unit can be found by its id, has a role and as its name its
// whole text, what it bears on and who says it; what that makes superfluous to a
// listener is hidden from him.
func TestSVGUnits(t *testing.T) {
	root := parseSVG(t, svgOf(t, mapsOf(fixtureSections), Options{}))
	found := map[string]*svgElement{}
	root.walk(func(e *svgElement) {
		if id := e.attr("id"); id != "" {
			found[id] = e
		}
		class := strings.Fields(e.attr("class"))
		if len(class) < 2 || class[0] == "graph" {
			return
		}
		want := map[string][2]string{
			"unit": {"graphics-symbol img", ""}, "source": {"graphics-symbol img", ""},
			"relation": {"", "true"}, "attribution": {"", "true"}, "sample": {"", "true"}, "legend": {"", "true"}, "caption": {"", "true"},
		}[class[1]]
		if got := [2]string{e.attr("role"), e.attr("aria-hidden")}; got != want {
			t.Errorf("%s (%s): role and aria-hidden are %q, want %q", e.attr("id"), class, got, want)
		}
	})
	for i := range fixtureSections.Units {
		u := &fixtureSections.Units[i]
		e := found[u.ID]
		if e == nil {
			t.Fatalf("nothing has the id %s", u.ID)
		}
		title := e.kid("title")
		if !strings.HasPrefix(title, u.Text+" (") {
			t.Errorf("%s is named %q, want all its text", u.ID, title)
		}
		for _, r := range fixtureSections.Relations {
			if want := fmt.Sprintf("; %s %s", r.Type, r.To); r.From == u.ID && !strings.Contains(title, want) {
				t.Errorf("%s is named %q, want %q in it", u.ID, title, want)
			}
		}
	}
	if title := found["u6"].kid("title"); !strings.Contains(title, "source: Henk Aalders") {
		t.Errorf("u6 is named %q, want its source in it", title)
	}
}
