package draw

import (
	"fmt"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// hostileTexts are what a text might try on the page that shows it. Each would set
// window.hacked, open a dialog, fetch something or break the page.
var hostileTexts = []string{
	`<script>window.hacked=1;alert(1)</script>`,
	`"><img src=x onerror="window.hacked=2">`,
	`' onmouseover='window.hacked=3' x='`,
	`</script><script>window.hacked=4</script>`,
	`</style><style>*{display:none!important}</style>`,
	`</textarea></title></mark></p></main></body></html><svg onload="window.hacked=5">`,
	`]]><!--<script>window.hacked=6</script>`,
	`{{.}} {{template "runs"}} ${window.hacked=7} #{7*7}`,
	`<a href="javascript:window.hacked=8">javascript:window.hacked=8</a>`,
	`<iframe srcdoc="<script>parent.hacked=9</script>"></iframe><meta http-equiv="refresh" content="0;url=http://nowhere.invalid/">`,
	"right \u202eto left\u2066 and\u2069 isolated\u200f end",
	"line\u2028separator\u2029paragraph \u0000\u0001\ufffe end",
	"__proto__ constructor toString hasOwnProperty",
	`\u003cscript\u003ewindow.hacked=10\u003c/script\u003e \x3cscript>`,
	strings.Repeat("Donaudampfschifffahrt", 500),
}

// hostileMap has an attack in every place where words of a text can stand, ids
// among them, as these come from files that anybody can have written.
func hostileMap(ids func(prefix string, i int) string) *argument.Map {
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{
		ID: "sha256:0", URI: `x"><script>window.hacked=20</script>.txt`, Title: strings.Join(hostileTexts[:10], " "),
		Language: `en"><script>window.hacked=21</script>`,
	}}
	for i, a := range hostileTexts {
		unit, section, source := ids("u", i), ids("s", i), ids("p", i)
		m.Sections = append(m.Sections, argument.Section{ID: section, Title: a, Level: 1 + i%3})
		m.Units = append(m.Units, argument.Unit{
			ID: unit, Kind: argument.Claim, Role: argument.Premise, Section: section, Text: a, Confidence: 0.5,
			Type: argument.Type([]string{"fact", `fact"><script>window.hacked=22</script>`}[i%2]),
			Cues: []argument.Cue{{Rule: a}},
		})
		m.Sources = append(m.Sources, argument.Source{ID: source, Name: a, Kind: argument.SourceKind(a), Description: a})
		m.Attributions = append(m.Attributions, argument.Attribution{
			ID: ids("a", i), SourceID: source, Units: []string{unit}, Manner: argument.Manner(a), Confidence: 0.5,
		})
		if i == 0 {
			continue
		}
		m.Relations = append(m.Relations, argument.Relation{
			ID: ids("r", i), Type: argument.Supports, From: unit, To: ids("u", i/3), Confidence: 0.5,
			Cues: []argument.Cue{{Rule: a}},
		})
		if i%2 == 0 {
			u := &m.Units[i]
			u.Kind, u.Type, u.Strength = argument.Recommendation, "", argument.Strength([]string{"must", a}[i/2%2])
			u.Addressee, u.LeadIn = &argument.Phrase{Text: a}, &argument.Phrase{Text: a}
		}
	}
	m.Units[0].Role = argument.Thesis
	return m
}

// TestBrowserHostile: whatever a text holds, nothing of it runs, nothing of it
// becomes an element, and the page works.
func TestBrowserHostile(t *testing.T) {
	plain := func(prefix string, i int) string { return fmt.Sprintf("%s%d", prefix, i+1) }
	odd := func(prefix string, i int) string {
		end := []string{"", "__proto__", "</script>"}[i%3]
		return fmt.Sprintf(`%s"%d\<b onclick='window.hacked=30'> %%41#%s`, prefix, i+1, end)
	}
	for _, c := range []struct {
		name string
		maps []*argument.Map
		opt  Options
	}{
		{"with text", mapsOf(withText(hostileMap(plain))), Options{}},
		{"without text", mapsOf(hostileMap(plain)), Options{}},
		{"odd ids", mapsOf(withText(hostileMap(odd))), Options{}},
		{"two, and a title", mapsOf(withText(hostileMap(odd)), withText(hostileMap(plain))),
			Options{Title: hostileTexts[0] + hostileTexts[4]}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.open(writePage(t, c.opt, c.maps...), "")
			m := c.maps[0]
			b.click(`.doc:not([hidden]) .map-buttons [title="Unfold all"]`)
			if n := eval[int](b, `probe.boxes().length`); n != len(m.Units) {
				t.Errorf("%d boxes, want %d", n, len(m.Units))
			}
			b.showsLetterForLetter(m)
			for _, tab := range []string{"recommendations", "sources", "text"} {
				b.exec(`probe.one(%s).click()`, tabOf(tab))
			}
			for i := range m.Units {
				b.keys("n")
				b.expect("the next card", `probe.card() === %s`, strings.Fields(m.Units[i].ID)[0])
				b.expectNone("text leaves its box", `probe.spills()`)
			}
			b.exec(`history.back()`)
			b.expect("back", `probe.card() === %s`, strings.Fields(m.Units[len(m.Units)-2].ID)[0])
			b.keys(keyEscape)
			b.set("#search", "hacked=4")
			b.expect("a search finds it", `/^\d+ of /.test(probe.one(".doc:not([hidden]) .status").textContent)`)
			for _, what := range []string{
				"img", "iframe", "[onclick], [onload], [onerror], [onmouseover]", "a[href^=javascript]",
				"meta[http-equiv=refresh]", "body style", "b, i, textarea",
			} {
				if n := eval[int](b, `document.querySelectorAll(%s).length`, what); n > 0 {
					t.Errorf("%d elements %s have come out of the text", n, what)
				}
			}
			if n := eval[int](b, `document.scripts.length`); n != 2 {
				t.Errorf("%d scripts, want the page's and its data", n)
			}
			if got := eval[string](b, `String(window.hacked)`); got != "undefined" {
				t.Errorf("attack %s has run", got)
			}
			b.expectNone("reaches out of the window", `probe.sideways()`)
			if eval[bool](b, `/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\ufffe]/.test(probe.one("body").innerText)`) {
				t.Error("characters that steer other text are in the page")
			}
		})
	}
}

// showsLetterForLetter checks that what would be markup stands in the page as
// the letters that it is.
func (b *tab) showsLetterForLetter(m *argument.Map) {
	b.t.Helper()
	for i := range m.Units {
		u := &m.Units[i]
		if strings.ContainsAny(u.Text, "\u202e\u2028\\") {
			continue // made readable, or written otherwise in JSON; looked at elsewhere
		}
		words := `%s.replace(/\s+/g, " ").trim()`
		for side, where := range map[string]string{
			"box":     `probe.all(".tree .node").find((e) => e.dataset.u === %s).querySelector(".words")`,
			"passage": `probe.all(".text mark").filter((e) => e.dataset.u === %s)[0]`,
		} {
			got := eval[string](b, strings.Replace(words, "%s", where+".textContent", 1), u.ID)
			if got != strings.Join(strings.Fields(u.Text), " ") {
				b.t.Errorf("the %s of unit %d reads %.120q, want %.120q", side, i+1, got, u.Text)
			}
		}
	}
}
