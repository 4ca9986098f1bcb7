package draw

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"github.com/argmap/argmap/internal/argument"
)

// TestBrowserLoad: pages of all sorts of maps come up without a complaint and
// with a box for each unit that is not folded away.
func TestBrowserLoad(t *testing.T) {
	for _, c := range []struct {
		name  string
		m     *argument.Map
		title string
		boxes int
	}{
		{"article", article(t, "op-ed.txt"), "Keep the Last Boat", 0},
		{"with text", withText(fixtureSections), "Let the river meadow flood", 9},
		{"without text", fixtureSections, "Let the river meadow flood", 9},
		{"no sections", fixtureSmall, "Keep the night bus", 5},
		{"no thesis", withText(fixtureNoThesis), "", 3},
		{"undercuts", withText(fixtureUndercut), "Rent caps", 5},
		{"empty", mapOf("Nothing in here", ""), "Nothing in here", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := openPage(t, c.m)
			if c.title != "" && ask(b, chromedp.Title()) != c.title {
				t.Errorf("the window's title is %q, want %q", ask(b, chromedp.Title()), c.title)
			}
			if n := eval[int](b, `probe.count(".tree .node")`); c.boxes > 0 && n != c.boxes || len(c.m.Units) > 0 && n == 0 {
				t.Errorf("%d boxes are seen, want %d", n, c.boxes)
			}
			if n := eval[int](b, `document.querySelectorAll(".text mark[id]").length`); n != len(c.m.Units) {
				t.Errorf("%d passages, want %d", n, len(c.m.Units))
			}
			if n := eval[int](b, `probe.count(".static, .static *")`); n > 0 {
				t.Error("the static map is seen beside the other")
			}
		})
	}
}

// TestBrowserOptions: the options of a drawing say what the page shows at first.
func TestBrowserOptions(t *testing.T) {
	m := withText(fixtureSections)
	for _, c := range []struct {
		name  string
		opt   Options
		check string
	}{
		{"focus", Options{Focus: "u6"}, `probe.card() === "u6" && probe.inside(".tree .node.chosen", ".stage")`},
		{"only recommendations", Options{Only: "recommendations"}, `probe.ids(".tree .node:not(.context)") === "u7"`},
		{"collapse", Options{Collapse: true}, `probe.boxes().join() === "u1,u2,u5,u8,u9"`},
		{"no sources", Options{NoSources: true},
			`!/Henk/.test(probe.one("#data").textContent) && !document.querySelector(".badge, .ledger, .said-by")`},
		{"least confidence", Options{MinConfidence: 0.99}, `probe.boxes().join() === "u1"`},
		{"title", Options{Title: "A <title>"}, `document.title === "A <title>" && probe.one("h1").textContent === document.title`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.open(writePage(t, c.opt, m), "")
			if !b.expect("at first", c.check) {
				t.Logf("boxes: %q", eval[[]string](b, `probe.boxes()`))
			}
		})
	}
}

// TestBrowserLoadTime: a map of 400 units can be used within two seconds of the
// start of the navigation. The race detector does not slow the page, which is
// no Go, but a busy machine does. So the best of some goes counts, and of each
// the time by the clock or, if less, that of the page's main thread alone;
// ARGMAP_BROWSER_SLOW stretches the limit.
func TestBrowserLoadTime(t *testing.T) {
	limit := 2 * time.Second * slow()
	file := writePage(t, Options{}, withText(genMap(400, 7)))
	b := newTab(t)
	call(b, performance.Enable, performance.EnableParams{TimeDomain: "threadTicks"})
	best := time.Hour
	for try := range 5 {
		before := b.busy()
		b.open(file, "")
		b.wait(`probe.drawnAt > 0`)
		ready, drawn := milliseconds(eval[float64](b, `probe.readyAt`)), milliseconds(eval[float64](b, `probe.drawnAt`))
		busy := b.busy() - before
		t.Logf("400 units, go %d: built after %v, painted after %v, main thread busy for %v", try+1, ready, drawn, busy)
		if best = min(best, drawn, busy); best < limit {
			return
		}
	}
	t.Errorf("a map of 400 units is painted after %v, want less than %v", best, limit)
}

// busy is how long the page's main thread has worked so far.
func (b *tab) busy() time.Duration {
	b.t.Helper()
	for _, m := range call(b, performance.GetMetrics, cdp.Empty{}).Metrics {
		if m.Name == "TaskDuration" {
			return milliseconds(1000 * m.Value)
		}
	}
	b.t.Fatal("the browser does not tell TaskDuration")
	return 0
}

func milliseconds(ms float64) time.Duration {
	return time.Duration(ms * float64(time.Millisecond)).Round(time.Millisecond)
}

// TestBrowserPermalink: an address that names a unit opens its card, with the
// box on the stage and the passage in the panel of the text.
func TestBrowserPermalink(t *testing.T) {
	large := writePage(t, Options{}, withText(genMap(400, 7)))
	small := writePage(t, Options{}, withText(fixtureSections))
	for _, c := range []struct {
		name, unit, file string
		motion           bool
	}{
		{"near the beginning", "u2", large, false},
		{"deep in a folded branch", "u311", large, false},
		{"the last", "u400", large, false},
		{"with motion", "u207", large, true},
		{"small map", "u7", small, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.media("", "light", c.motion)
			b.open(c.file, c.unit)
			b.wait(`probe.card() === %s`, c.unit)
			b.expect("the box is chosen", `document.querySelector(%s).matches(".chosen[aria-selected=true]")`, boxOf(c.unit))
			b.expect("the box is on the stage", `probe.inside(%s, ".stage")`, boxOf(c.unit))
			b.expect("the card hides no part of the box", `(() => {
				const a = probe.frame(probe.one(%s)), c = probe.frame(probe.one(".card"));
				return a.right <= c.left || a.left >= c.right || a.bottom <= c.top || a.top >= c.bottom;
			})()`, boxOf(c.unit))
			b.expect("the passage is in the panel", `probe.inside(%s, ".panel[data-panel=text]")`, passage(c.unit))
			b.expect("the passage is marked", `document.querySelector(%s).matches(".chosen")`, passage(c.unit))
		})
	}
	for _, fragment := range []string{"u99999", "nothing", "%E0%A4%A", "doc1", "%23", "__proto__"} {
		t.Run("unknown "+fragment, func(t *testing.T) {
			b := newTab(t)
			b.open(small, fragment)
			if n := eval[int](b, `document.querySelectorAll(".card").length`); n > 0 {
				t.Error("a card is open")
			}
			if eval[int](b, `probe.count(".tree .node")`) == 0 {
				t.Error("no boxes are seen")
			}
		})
	}
}

// TestBrowserSeveralDocuments: one page for three texts, of which one is shown
// at a time, and whose addresses are told apart by a prefix.
func TestBrowserSeveralDocuments(t *testing.T) {
	b := newTab(t)
	file := writePage(t, Options{}, withText(fixtureSections), withText(fixtureUndercut), clone(mapOf("Nothing in here", "")))
	shown := func(want string) {
		t.Helper()
		b.expect("one text is shown", `probe.all(".doc").filter(probe.visible).length === 1 &&
			probe.one(".doc:not([hidden]) .doc-title").textContent === %s`, want)
		b.expect("the list names it", `probe.one("#tools select").selectedOptions[0].textContent === %s`, want)
	}
	pick := func(i int) {
		t.Helper()
		b.set("#tools select", fmt.Sprint(i))
	}
	b.open(file, "")
	shown(fixtureSections.Document.Title)
	b.click(boxOf("u2"))
	b.wait(`location.hash === "#d1-u2"`)
	pick(1)
	shown(fixtureUndercut.Document.Title)
	b.expect("the address names no unit of the other text", `!location.hash.includes("d1-")`)
	b.expect("its boxes are drawn", `probe.boxes().length === %s && probe.count(".tree .node") === 5`, len(fixtureUndercut.Units))
	b.expect("no card is open", `probe.count(".card") === 0`)
	b.click(boxOf("u2"))
	b.expect("the address names the unit of the second", `location.hash === "#d2-u2"`)
	b.hover(passage("u3"))
	b.expect("one box is lit", `probe.lit(".tree .node") === "u3"`)
	pick(2)
	shown("Nothing in here")
	b.exec(`history.back()`)
	b.expect("back leads to the unit", `location.hash === "#d2-u2" && probe.count(".card") === 1`)
	shown(fixtureUndercut.Document.Title)

	b.open(file, "d2-u4")
	shown(fixtureUndercut.Document.Title)
	b.expect("the unit's card is open", `probe.card() === "u4"`)
	b.expect("the unit's box is on the stage", `probe.inside(%s, ".doc:not([hidden]) .stage")`, boxOf("u4"))
	b.open(file, "u4")
	shown(fixtureSections.Document.Title)
	b.expectNone("ids are given twice", `probe.all("[id]").map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`)
}

// TestBrowserWithoutScript: where no script runs, the text, the lists and the
// static map are all there, and nothing that would need one.
func TestBrowserWithoutScript(t *testing.T) {
	m := article(t, "op-ed.txt")
	b := newTab(t)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.load(writePage(t, Options{}, m), "")
	b.do(chromedp.Evaluate[chromedp.Void](probeSource)) // this is let through
	for selector, want := range map[string]int{
		".text mark[id]":                         len(m.Units),
		".static svg g.unit":                     len(m.Units),
		".ledger > li":                           len(m.Sources),
		"section[data-panel=recommendations] li": strings.Count(jsonOf(m), `"kind":"recommendation"`),
		".panel":                                 3,
		".panel-title":                           4,
		".scripted, .scripted *":                 0,
		".tree":                                  0,
	} {
		if n := eval[int](b, `probe.count(%s)`, selector); n != want {
			t.Errorf("%d of %s are seen, want %d", n, selector, want)
		}
	}
	b.expectNone("reaches out of the window", `probe.sideways()`)
	b.expectNone("hard to read", `probe.faint("#top *, .reading *", 4.5)`)
	// The links in the lists are fragments that lead to passages.
	b.expectNone("links lead nowhere", `probe.all("a[href]").map((a) => a.getAttribute("href"))
		.filter((h) => !h.startsWith("#") || !document.getElementById(h.slice(1)))`)
}

// TestBrowserPrint: on paper stand the text, the lists and the static map, dark
// on white whatever the screen shows.
func TestBrowserPrint(t *testing.T) {
	m := article(t, "op-ed.txt")
	for _, c := range []struct {
		name, scheme string
		opt          Options
		prepare      func(b *tab)
	}{
		{"light", "light", Options{}, func(*tab) {}},
		{"dark system", "dark", Options{}, func(*tab) {}},
		{"dark by the button", "light", Options{}, func(b *tab) { b.click("#tools .theme") }},
		{"dark theme", "light", Options{Theme: "dark"}, func(*tab) {}},
		{"card and sheet open", "light", Options{}, func(b *tab) {
			b.click(boxOf(thesisOf(t, m)))
			b.wait(`probe.count(".card") === 1`)
			b.click(".filters summary")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.media("", c.scheme, false)
			b.open(writePage(t, c.opt, m), "")
			c.prepare(b)
			b.media("print", c.scheme, false)
			for selector, want := range map[string]int{
				".static svg":        1,
				".static svg g.unit": len(m.Units),
				".text mark[id]":     len(m.Units),
				".panel":             3,
				"#tools, .card, .stage, .tabs, .sheet, .key": 0,
			} {
				if n := eval[int](b, `probe.count(%s)`, selector); n != want {
					t.Errorf("%d of %s on paper, want %d", n, selector, want)
				}
			}
			b.expectNone("hard to read on paper", `probe.faint("#top *, .reading *, .static > *", 4.5, { printed: true })`)
			pdf := ask(b, chromedp.PrintToPDF())
			sheets := sheetsOf(pdf)
			t.Logf("%d sheets, %d KiB", len(sheets), len(pdf)>>10)
			if len(sheets) < 2 || len(sheets) > 15 {
				t.Errorf("%d sheets of paper for an article of two with its map, want 2 to 15", len(sheets))
			}
			for i, n := range sheets {
				if n < 500 {
					t.Errorf("sheet %d of %d has next to nothing on it (%d bytes of drawing)", i+1, len(sheets), n)
				}
			}
			b.media("", c.scheme, false)
			b.expect("the map is back on the screen", `probe.count(".tree .node") > 0 && probe.count(".static") === 0`)
		})
	}
}

var (
	printedPage     = regexp.MustCompile(`(?s)/Type /Page\n.*?/Contents (\d+) 0 R`)
	printedContents = regexp.MustCompile(`(?s)\n(\d+) 0 obj\n<<[^>]*?/Length (\d+)`)
)

// sheetsOf tells of each page of a PDF that the browser wrote how many bytes of
// drawing stand on it.
func sheetsOf(pdf []byte) []int {
	length := map[string]int{}
	for _, m := range printedContents.FindAllSubmatch(pdf, -1) {
		length[string(m[1])], _ = strconv.Atoi(string(m[2]))
	}
	var sheets []int
	for _, m := range printedPage.FindAllSubmatch(pdf, -1) {
		sheets = append(sheets, length[string(m[1])])
	}
	return sheets
}
