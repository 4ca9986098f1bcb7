package draw

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// readableParts are elements of which each sort must be readable: on the page,
// in boxes, in the card, in the filter sheet.
const readableParts = "body *:not(.static *)"

// arialLike are the fonts with the widths of Arial.
var arialLike = regexp.MustCompile(`^(Liberation|Arial|Arimo|Helvetica|Nimbus)`)

// schemes are the ways in which a page comes to be light or dark.
var schemes = []struct {
	name, system string
	button, dark bool
}{
	{"light", "light", false, false},
	{"dark system", "dark", false, true},
	{"dark by the button", "light", true, true},
	{"light by the button", "dark", true, false},
}

// TestBrowserContrast: all text contrasts with its ground as WCAG 2 asks for
// (4.5 : 1), light and dark, with card, filter sheet and key open, and in a
// filtered map.
func TestBrowserContrast(t *testing.T) {
	file := writePage(t, Options{}, withText(fixtureUndercut), withText(fixtureSections))
	for _, c := range schemes {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.media("", c.system, false)
			b.open(file, "d2-u7")
			if c.button {
				b.click("#tools .theme")
			}
			if dark := eval[bool](b, `probe.dark()`); dark != c.dark {
				t.Errorf("the page is dark: %v, want %v", dark, c.dark)
			}
			readable := func(what string) {
				t.Helper()
				b.expectNone(what+": hard to read", `probe.faint(%s, 4.5)`, readableParts)
			}
			b.wait(`probe.count(".card") === 1`)
			readable("card open")
			if got := eval[float64](b, `probe.contrast(probe.one("#search"), { part: "::placeholder" })`); got < 4.5 {
				t.Errorf("the words in the empty search have a contrast of %.2f, want 4.5", got)
			}
			b.click(".filters summary")
			b.exec(`probe.all("details.key").forEach((d) => (d.open = true))`)
			readable("filters and key open")
			for _, tab := range []string{"recommendations", "sources"} {
				b.exec(`probe.one(%s).click()`, tabOf(tab))
				readable(tab)
			}
			b.set("#search", "two hundred thousand")
			b.wait(`probe.count(".tree .node") < 9`)
			b.exec(`probe.one(%s).click()`, tabOf("text"))
			readable("searched")
			b.hover(passage("u1"))
			readable("lit")
		})
	}
}

// TestBrowserTextFits: of all articles, in the interactive map and in the static
// one, text stays within its box and boxes do not lie over each other. Boxes are
// made for the widths of Arial, so a machine without such a font cannot tell.
func TestBrowserTextFits(t *testing.T) {
	for _, name := range articleNames(t) {
		t.Run(name, func(t *testing.T) {
			m := article(t, name)
			b := openPage(t, m)
			b.click(`.map-buttons [title="Unfold all"]`)
			if n := len(eval[[]string](b, `probe.boxes()`)); n != len(m.Units) {
				t.Errorf("%d boxes, want %d", n, len(m.Units))
			}
			b.click(`.map-buttons [title="Fit the whole map"]`)
			b.expectNone("text is wider or higher than its box", `probe.spills()`)
			b.expectNone("boxes lie over each other", `probe.overlaps()`)
			if font, err := exec.Command("fc-match", "Arial").Output(); err == nil && !arialLike.Match(font) {
				t.Skipf("the picture is not measured: Arial is %s here", font)
			}
			b.load(saveTo(t, "map.svg", []byte(svgOf(t, mapsOf(m), Options{}))), "")
			got := eval[struct {
				Texts  int
				Faults []string
			}](b, `probe.outside("svg g.node, svg g.cluster")`)
			if got.Texts < len(m.Units) {
				t.Errorf("%d pieces of text measured, want one a unit or more", got.Texts)
			}
			if len(got.Faults) > 0 {
				t.Errorf("SVG: text leaves its box: %d of %d such as %s", len(got.Faults), got.Texts, got.Faults[0])
			}
		})
	}
}

// TestBrowserNarrow: on a telephone nothing has to be scrolled sideways, and the
// map, the card and the filters can be reached.
func TestBrowserNarrow(t *testing.T) {
	m := article(t, "op-ed.txt")
	b := newTab(t)
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.open(writePage(t, Options{}, m, withText(fixtureSections)), "")
	fits := func(what string) {
		t.Helper()
		if w := eval[int](b, `Math.max(document.documentElement.scrollWidth, innerWidth)`); w > 390 {
			t.Errorf("%s: the page is %d wide, want 390", what, w)
		}
		b.expectNone(what+": reaches out of the window", `probe.sideways()`)
	}
	onScreen := func(what, selector string) {
		t.Helper()
		b.expect(what+" is on the screen", `(() => {
			const f = probe.frame(probe.one(%s));
			return f.left >= -1 && f.right <= innerWidth + 1 && f.top >= -1 && f.bottom <= innerHeight + 1;
		})()`, selector)
	}
	fits("at first")
	thesis := thesisOf(t, m)
	b.tap(".filters summary")
	b.wait(`probe.count(".doc:not([hidden])") === 1 && probe.count(".sheet") === 1`)
	fits("filters open")
	for _, field := range []string{"[data-kind=fact]", "[data-filter=source]", "[data-filter=least]", ".sheet > button"} {
		onScreen(field, field)
	}
	b.tap(".filters summary")

	b.tap(passage(thesis))
	b.wait(`probe.count(".card") === 1`)
	fits("card open")
	onScreen("the card's close button", ".card .close")
	onScreen("the words in the card", ".card blockquote")
	b.tap(".card .close")
	b.expect("the card is closed", `!document.querySelector(".card")`)

	b.exec(`probe.one(".doc:not([hidden]) .stage").scrollIntoView({ block: "end" })`)
	if h := eval[float64](b, `probe.one(".doc:not([hidden]) .stage").clientHeight`); h < 400 {
		t.Errorf("the map is %.0f high, want 400 or more", h)
	}
	b.tap(`.doc:not([hidden]) .map-buttons [title="Fit the whole map"]`)
	b.tap(boxOf(thesis))
	b.expect("a tap on a box opens its card", `probe.count(".card") === 1`)
	onScreen("the card's close button", ".card .close")
	b.tap(".card .close")
	for _, tab := range []string{"recommendations", "sources", "text"} {
		b.tap(tabOf(tab))
		fits(tab)
	}
}

// tap is click for a finger.
func (b *tab) tap(selector string) {
	b.t.Helper()
	x, y := b.point(selector)
	b.do(chromedp.TapXY(x, y))
}

// TestBrowserWithAxe: axe-core, the checker of accessibility, finds nothing
// serious. It is among the packages of page/ and no part of this repository.
func TestBrowserWithAxe(t *testing.T) {
	axe, err := os.ReadFile(filepath.Join("page", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(`axe-core is not installed ("npm ci" in page/)`)
	}
	file := writePage(t, Options{}, withText(fixtureSections), withText(fixtureUndercut))
	for _, c := range []struct {
		name, scheme, fragment string
		prepare                func(b *tab)
	}{
		{"light", "light", "", nil},
		{"dark", "dark", "", nil},
		{"card", "light", "d1-u3", nil},
		{"card, dark", "dark", "d1-u7", nil},
		{"filters", "light", "", func(b *tab) { b.click(".filters summary") }},
		{"filters, dark", "dark", "", func(b *tab) { b.click(".filters summary") }},
		{"key", "light", "", func(b *tab) { b.click(".doc:not([hidden]) .key summary") }},
		{"recommendations", "light", "", func(b *tab) { b.click(tabOf("recommendations")) }},
		{"sources", "dark", "", func(b *tab) { b.click(tabOf("sources")) }},
		{"searched", "light", "", func(b *tab) {
			b.set("#search", "two hundred thousand")
			b.wait(`probe.count(".tree .node") < 9`)
		}},
		{"on paper", "light", "", func(b *tab) { b.media("print", "light", false) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.media("", c.scheme, false)
			b.open(file, c.fragment)
			if c.prepare != nil {
				c.prepare(b)
			}
			b.do(chromedp.Evaluate[chromedp.Void](string(axe)))
			violations := `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => {
				const nodes = v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.failureSummary);
				return { impact: v.impact, text: v.id + ": " + v.help + ": " + v.nodes.length + " × such as " + nodes.join(" | ") };
			}))`
			for _, v := range eval[[]struct{ Impact, Text string }](b, violations) {
				if v.Impact == "serious" || v.Impact == "critical" {
					t.Errorf("%s: %s", v.Impact, v.Text)
				} else {
					t.Logf("%s: %s", v.Impact, v.Text)
				}
			}
		})
	}
}

// TestBrowserPictures writes pictures of the page to the folder that
// ARGMAP_PICTURES names, for people to look at.
func TestBrowserPictures(t *testing.T) {
	dir := os.Getenv("ARGMAP_PICTURES")
	if dir == "" {
		t.Skip("ARGMAP_PICTURES is not set")
	}
	file := writePage(t, Options{}, article(t, "op-ed.txt"))
	large := writePage(t, Options{}, withText(genMap(400, 7)))
	shoot := func(name, file, scheme, fragment string, width, height int64, prepare func(b *tab)) {
		b := newTab(t)
		b.media("", scheme, false)
		b.do(chromedp.EmulateViewport(width, height))
		b.open(file, fragment)
		if prepare != nil {
			prepare(b)
		}
		b.wait(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		path := filepath.Join(dir, "page-"+strings.ReplaceAll(name, " ", "-")+".png")
		if err := os.WriteFile(path, ask(b, chromedp.CaptureScreenshot()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sheet := func(b *tab) { b.click(".filters summary") }
	key := func(b *tab) { b.click(".key summary") }
	for _, scheme := range []string{"light", "dark"} {
		shoot(scheme, file, scheme, "", 1400, 900, nil)
		shoot(scheme+" card", file, scheme, "u3", 1400, 900, nil)
		shoot(scheme+" filters", file, scheme, "", 1400, 900, sheet)
		shoot(scheme+" narrow", file, scheme, "", 390, 844, nil)
	}
	shoot("key", file, "light", "", 1400, 900, key)
	shoot("all", file, "light", "", 1400, 900, func(b *tab) {
		b.click(`.map-buttons [title="Unfold all"]`)
		b.click(`.map-buttons [title="Fit the whole map"]`)
	})
	shoot("search", file, "light", "", 1400, 900, func(b *tab) {
		b.set("#search", "boat")
		b.wait(`/ of /.test(probe.one(".status").textContent)`)
	})
	shoot("recommendations", file, "light", "", 1400, 900, func(b *tab) { b.click("[data-tab=recommendations]") })
	shoot("sources", file, "dark", "", 1400, 900, func(b *tab) { b.click("[data-tab=sources]") })
	shoot("large", large, "light", "", 1400, 900, nil)
	shoot("narrow map", file, "light", "", 390, 844, func(b *tab) { b.exec(`probe.one(".stage").scrollIntoView()`) })
	shoot("narrow card", file, "light", "u3", 390, 844, nil)
	shoot("narrow filters", file, "light", "", 390, 844, sheet)
	shoot("without script", file, "light", "", 1000, 1400, func(b *tab) {
		b.exec(`document.documentElement.classList.remove("js")`)
	})
	b := newTab(t)
	b.open(file, "")
	if err := os.WriteFile(filepath.Join(dir, "page.pdf"), ask(b, chromedp.PrintToPDF()), 0o600); err != nil {
		t.Fatal(err)
	}
}
