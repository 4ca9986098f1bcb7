package draw

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/argmap/argmap/internal/argument"
)

// ferry is a small map of a text with a heading, two units and a source.
func ferry() *argument.Map {
	text := "The night ferry\n\nHarbour\nKeep the last boat. Ann Lee says that it is full.\n"
	at := func(s string) argument.Span {
		i := strings.Index(text, s)
		return argument.Span{Start: i, End: i + len(s)}
	}
	cue, source := at("says"), at("Ann Lee")
	return &argument.Map{
		Schema:   argument.Schema,
		Document: argument.Document{Title: "The night ferry", URI: "ferry.txt", Language: "en", Characters: len(text), Text: text},
		Sections: []argument.Section{{ID: "s1", Title: "Harbour", Level: 1, Span: argument.Span{Start: at("Harbour").Start, End: len(text)}}},
		Units: []argument.Unit{
			{ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Must, Span: at("Keep the last boat"),
				Text: "Keep the last boat", Section: "s1", Confidence: .9},
			{ID: "u2", Kind: argument.Claim, Type: argument.Fact, Role: argument.RoleClaim, Span: at("Ann Lee says that it is full"),
				Text: "Ann Lee says that it is full", Section: "s1", Confidence: .7},
		},
		Sources: []argument.Source{
			{ID: "p1", Name: "Bo", Kind: argument.Person},
			{ID: "p2", Name: "Ann Lee", Kind: argument.Person, Description: "harbour master", Mentions: []argument.Span{source}},
		},
		Attributions: []argument.Attribution{{ID: "a1", SourceID: "p2", Source: &source, Cue: &cue, Content: []argument.Span{at("it is full")},
			Units: []string{"u2"}, Manner: argument.Indirect, Confidence: .8}},
		Relations: []argument.Relation{{ID: "r1", Type: argument.Supports, From: "u2", To: "u1", Confidence: .6}},
	}
}

func renderHTML(t *testing.T, opt Options, maps ...*argument.Map) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(context.Background(), &b, maps, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTMLText(t *testing.T) {
	page := renderHTML(t, Options{}, ferry())
	for _, want := range []string{
		`<h3 class="headline">The night ferry</h3>`,
		`<h4 class="heading">Harbour</h4>`,
		`<mark class="unit recommendation role-thesis strength-must" data-u="u1" id="u1" title="u1: thesis, recommendation">Keep the last boat</mark>. <mark`,
		`<span class="said-by" data-s="p2">Ann Lee</span> <span class="cue">says</span> that it is full</mark>.</p>`,
		`<p class="summary">1 claim, 1 recommendation, 2 sources · ferry.txt</p>`,
		`<li data-u="u1"><span class="strength strength-must">must</span> <a href="#u1">Keep the last boat</a></li>`,
		`<span class="description">harbour master</span>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Index(page, ">Ann Lee</span>") > strings.Index(page, ">Bo</span>") {
		t.Error("a source that says nothing stands before one that does")
	}
	if again := renderHTML(t, Options{}, ferry()); again != page {
		t.Error("the same map gives another page")
	}
}

func TestHTMLWithoutText(t *testing.T) {
	m := ferry()
	m.Document.Text = ""
	page := renderHTML(t, Options{}, m)
	for _, want := range []string{"Only the passages of the units are at hand", `<h4 class="heading">Harbour</h4>`, `id="u2"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestHTMLEmpty(t *testing.T) {
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{URI: "x.txt", Text: "Hm."}}
	page := renderHTML(t, Options{}, m)
	for _, want := range []string{"No recommendation found", "No source found", "No claims found"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

var (
	policyOf = regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`)
	scriptOf = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	styleOf  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
)

// The policy must name the very bytes that stand between the tags.
func TestHTMLPolicy(t *testing.T) {
	page := renderHTML(t, Options{}, ferry())
	policy := html.UnescapeString(policyOf.FindStringSubmatch(page)[1])
	for name, re := range map[string]*regexp.Regexp{"script": scriptOf, "style": styleOf} {
		found := re.FindAllStringSubmatch(page, -1)
		if len(found) != 1 {
			t.Fatalf("%d elements %s, want 1", len(found), name)
		}
		sum := sha256.Sum256([]byte(found[0][1]))
		if want := name + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "connect") {
		t.Errorf("too lax: %s", policy)
	}
	live := renderHTML(t, Options{Live: "/events"}, ferry())
	if !strings.Contains(html.UnescapeString(policyOf.FindStringSubmatch(live)[1]), "connect-src 'self'") || !strings.Contains(live, ` data-live="/events"`) {
		t.Error("a live page cannot hear of changes")
	}
}

// attackers are texts that would like to be more than text.
var attackers = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `</style><b>`, `]]>`, `<!--`,
	`{{.}}`, "javascript:alert(1)", "\u202egnp.exe\u2066", "a\u2028b", "x\x00y", strings.Repeat("w", 10_000), `' onload='alert(1)`, `</title><svg/onload=alert(1)>`,
}

func TestHTMLInjection(t *testing.T) {
	for _, bad := range attackers {
		m := ferry()
		m.Document.Text, m.Document.Title, m.Document.URI, m.Document.Language = bad+"\n"+m.Document.Text, bad, bad, "en"
		m.Units[0].ID, m.Units[0].Text, m.Units[0].Addressee = bad, bad, &argument.Phrase{Text: bad}
		m.Units[0].LeadIn, m.Units[1].Type, m.Units[0].Strength = &argument.Phrase{Text: bad}, argument.Type(bad), argument.Strength(bad)
		m.Sections[0].Title, m.Sources[1].Name, m.Sources[1].Description, m.Sources[1].ID = bad, bad, bad, bad
		m.Attributions[0].SourceID, m.Relations[0].To = bad, bad
		m.Units[0].Cues = []argument.Cue{{Rule: bad}}
		checkHarmless(t, bad, renderHTML(t, Options{Title: bad, Live: bad}, m))
	}
}

// checkHarmless fails if the page has an element or attribute that only the
// article can have put there, or text that steers other text.
func checkHarmless(t *testing.T, bad, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && strings.ContainsAny(n.Data, "\u202e\u2066\x00") {
			t.Errorf("%.40q: text that steers: %.60q", bad, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			scripts++
		case "img", "iframe", "object", "embed", "base", "b":
			t.Errorf("%.40q: an element %s", bad, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("%.40q: an attribute %s=%.60q of %s", bad, a.Key, a.Val, n.Data)
			}
		}
	}
	if scripts != 2 {
		t.Errorf("%.40q: %d elements script, want 2", bad, scripts)
	}
}

func TestHTMLIDsAreUnique(t *testing.T) {
	page := renderHTML(t, Options{}, ferry(), ferry())
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" {
				if seen[a.Val] {
					t.Errorf("two elements with the id %q", a.Val)
				}
				seen[a.Val] = true
			}
		}
	}
	for _, want := range []string{"d1-u1", "d2-u1", "doc2", "data"} {
		if !seen[want] {
			t.Errorf("no element with the id %q", want)
		}
	}
}

func TestHTMLData(t *testing.T) {
	page := renderHTML(t, Options{}, ferry())
	_, rest, _ := strings.Cut(page, `<script type="application/json" id="data">`)
	data, _, _ := strings.Cut(rest, "</script>")
	var maps []argument.Map
	if err := json.Unmarshal([]byte(data), &maps); err != nil {
		t.Fatal(err)
	}
	if len(maps) != 1 || len(maps[0].Units) != 2 || maps[0].Document.Text != "" {
		t.Errorf("the page holds other data: %s", data)
	}
}

func TestParagraphs(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word word word word ", 20))
	hand := "A line that somebody broke by hand at about seventy characters of\nwidth, and another that goes on after it for as long as it takes\nto fill the paragraph, and more of the same so that it counts as\nthe rule."
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a line is a paragraph", "One.\nTwo.\n", []string{"One.", "Two."}},
		{"long lines", long + "\n" + long + "\n", []string{long, long}},
		{"broken by hand", hand + "\n\nAnother.\n- an item\n- and one more\n", []string{hand, "Another.", "- an item", "- and one more"}},
		{"empty", "\n \n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range paragraphs([]rune(tt.text)) {
				got = append(got, string([]rune(tt.text)[s.Start:s.End]))
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
