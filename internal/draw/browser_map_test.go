package draw

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/argmap/argmap/internal/argument"
)

// TestBrowserHover: what the mouse is over is lit on the other side too, and
// nothing else is.
func TestBrowserHover(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	lit := func(what, id string) {
		t.Helper()
		b.expect(what+": the boxes lit", `probe.lit(".tree .node") === %s`, id)
		b.expect(what+": the passages lit", `probe.lit(".text mark") === %s`, id)
	}
	b.hover(boxOf("u1"))
	lit("mouse over a box", "u1")
	b.hover(passage("u3"))
	lit("mouse over a passage", "u3")
	b.hover(boxOf("u2"))
	lit("mouse over another box", "u2")
	b.expect("its line is lit", `probe.all(".line.lit").map((e) => e.dataset.from).join() === "u2"`)
	b.hover(".summary")
	lit("mouse elsewhere", "")
	b.expect("mouse elsewhere: no line is lit, nor one of the key", `probe.all(".line.lit").length === 0`)
}

// TestBrowserHoverScrolls: the passage of the box that the mouse rests on comes
// into view.
func TestBrowserHoverScrolls(t *testing.T) {
	m := withText(genMap(50, 3))
	b := openPage(t, m)
	for _, u := range []string{"u50", "u1"} {
		b.exec(`probe.one(%s).dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))`, boxOf(u))
		b.expect("the passage comes into view", `probe.inside(%s, ".panel[data-panel=text]")`, passage(u))
	}
	if n := eval[int](b, `document.scrollingElement.scrollTop + probe.one(".stage").scrollTop`); n != 0 {
		t.Errorf("the page or the stage has scrolled by %d", n)
	}
}

// TestBrowserFocusLights: the keyboard's focus does what the mouse does.
func TestBrowserFocusLights(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.exec(`probe.one(%s).focus()`, passage("u1"))
	b.expect("focus on a passage", `probe.lit(".tree .node") === "u1"`)
	b.exec(`probe.one(%s).focus()`, boxOf("u6"))
	b.expect("focus on a box", `probe.lit(".text mark") === "u6" && probe.lit(".tree .node") === "u6"`)
}

// TestBrowserFocusedPassageMovesMap: going through the text by keys brings the
// box of each passage onto the stage.
func TestBrowserFocusedPassageMovesMap(t *testing.T) {
	m := withText(genMap(50, 3))
	b := openPage(t, m)
	b.exec(`probe.one(%s).focus()`, passage("u50"))
	b.expect("the box comes onto the stage", `probe.inside(%s, ".stage")`, boxOf("u50"))
}

// TestBrowserCard: a click on a box opens a card with what is known of the unit;
// the address names it, and the browser's back button closes it.
func TestBrowserCard(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	for _, c := range []struct {
		unit string
		want []string
	}{
		{"u1", []string{"thesis", "judgement", "75 %", "the author", "Supported by (1)", "Attacked by (1)",
			"Letting the meadow flood"}},
		{"u3", []string{"statistic", "75 %", "Water Board", "indirect", "80 %", "supports", "A cheap defence"}},
		{"u7", []string{"recommendation", "should", "the province", "attacks", "What farmers lose"}},
	} {
		if c.unit == "u1" {
			b.click(boxOf(c.unit))
		} else {
			b.click(passage(c.unit)) // the open card may hide the box
		}
		b.wait(`probe.card() === %s`, c.unit)
		text := strings.ReplaceAll(eval[string](b, `probe.one(".card").innerText`), "\u00a0", " ")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("the card of %s lacks %q:\n%s", c.unit, want, text)
			}
		}
		if got := eval[string](b, `location.hash`); got != "#"+c.unit {
			t.Errorf("the address ends with %q, want #%s", got, c.unit)
		}
		b.expect("one card", `document.querySelectorAll(".card").length === 1`)
		b.expect("the passage is in view", `probe.inside(%s, ".panel[data-panel=text]")`, passage(c.unit))
	}
	for _, want := range []string{"u3", "u1", ""} {
		b.exec(`history.back()`)
		b.expect("back", `location.hash === %s`, strings.TrimSuffix("#"+want, "#"))
		b.expect("the card of "+want, `probe.card() === %s`, want)
	}
	b.exec(`history.forward()`)
	b.expect("forward opens it again", `probe.card() === "u1"`)
	b.click(".card .close")
	b.expect("closed by its button", `!document.querySelector(".card") && location.hash === ""`)
}

// TestBrowserCardLinks: the links in a card lead on, and its sources filter.
func TestBrowserCardLinks(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.click(boxOf("u2"))
	b.wait(`probe.count(".card") === 1`)
	b.click(`.card a[data-u="u3"]`)
	b.expect("the card of the premise", `probe.card() === "u3" && location.hash === "#u3"`)
	b.click(`.card .badge`)
	b.expect("the map shows what that source says", `probe.one(".status").textContent.startsWith("1 of 9 ")`)
}

// TestBrowserEscape: Escape closes the card, and the focus goes back to what
// opened it.
func TestBrowserEscape(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	opened := func() {
		t.Helper()
		b.wait(`probe.count(".card") === 1`)
	}
	closed := func(what, focus string) {
		t.Helper()
		b.keys(keyEscape)
		b.expect(what+": the card is closed", `!document.querySelector(".card") && location.hash === ""`)
		b.expectFocus(what, focus)
	}
	b.click(boxOf("u2"))
	opened()
	closed("opened by a click on a box", "box u2")
	b.keys(keyEnter)
	opened()
	b.exec(`probe.one(".card .close").focus()`)
	closed("opened by a key, focus in the card", "box u2")
	b.exec(`probe.one(%s).focus()`, passage("u1"))
	b.keys(keyEnter)
	opened()
	closed("opened from the text", "passage u1")
	b.exec(`probe.one("[data-tab=recommendations]").click()`)
	b.exec(`probe.one(".advice a").focus()`)
	b.keys(keyEnter)
	opened()
	closed("opened from a list", "link u7")
}

// TestBrowserFold: the fold mark hides what hangs below a box and says how much
// that is.
func TestBrowserFold(t *testing.T) {
	m := withText(genMap(50, 3))
	hanging := below(m)
	thesis := thesisOf(t, m)
	b := openPage(t, m)
	everything := len(m.Units)
	b.click(`.map-buttons [title="Unfold all"]`)
	if n := len(eval[[]string](b, `probe.boxes()`)); n != everything {
		t.Fatalf("%d boxes are unfolded, want %d", n, everything)
	}
	folded := ""
	for _, u := range m.Units {
		if n := hanging[u.ID]; u.ID != thesis && n > 2 {
			folded = u.ID
			break
		}
	}
	fold := boxOf(folded) + " .fold"
	place := eval[[2]float64](b, `(() => { const f = probe.frame(probe.one(%s)); return [f.left, f.top]; })()`, boxOf(folded))
	b.exec(`probe.one(%s).click()`, fold)
	b.expect("the mark says how many are hidden", `probe.one(%s).textContent === %s`, fold, fmt.Sprintf("+%d", hanging[folded]))
	b.expect("they are gone from the tree", `probe.boxes().length === %s`, everything-hanging[folded])
	b.expect("the box says that it is folded", `probe.one(%s).getAttribute("aria-expanded") === "false"`, boxOf(folded))
	b.expect("the status counts them", `probe.one(".status").textContent === %s`,
		fmt.Sprintf("%d units, %d folded away", everything, hanging[folded]))
	b.expect("the box has stayed where it was", `(() => {
		const f = probe.frame(probe.one(%s)), p = %s;
		return Math.abs(f.left - p[0]) < 2 && Math.abs(f.top - p[1]) < 2;
	})()`, boxOf(folded), place)
	b.exec(`probe.one(%s).click()`, fold)
	b.expect("a second click unfolds", `probe.boxes().length === %s`, everything)

	b.click(`.map-buttons [title="Fold all"]`)
	// What bears on the thesis is left, and what bears on nothing.
	b.expect("fold all", `probe.boxes().length === %s`, everything-deep(m, thesis))
	for id, text := range eval[map[string]string](b, `Object.fromEntries(probe.all(".tree .node .fold:not([hidden])")
		.map((e) => [e.parentElement.dataset.u, e.textContent]))`) {
		if want := fmt.Sprintf("+%d", hanging[id]); id != thesis && text != want {
			t.Errorf("the mark of %s is %q, want %q", id, text, want)
		}
	}
	b.click(`.map-buttons [title="Unfold all"]`)
	b.expect("unfold all", `probe.boxes().length === %s`, everything)
}

// deep counts the units that bear on something other than the thesis: those
// that are hidden when all but the thesis is folded.
func deep(m *argument.Map, thesis string) int {
	n := 0
	for _, p := range parents(m) {
		if p != thesis {
			n++
		}
	}
	return n
}

// TestBrowserLargeMapBeginsFolded: a first view shows no more boxes than can be
// taken in, the thesis among them; what is chosen in the text unfolds.
func TestBrowserLargeMapBeginsFolded(t *testing.T) {
	m := withText(genMap(200, 5))
	b := openPage(t, m)
	parent, thesis := parents(m), thesisOf(t, m)
	first := len(m.Units) - len(parent) // what bears on nothing cannot be folded away
	hidden := ""
	for _, u := range m.Units {
		if parent[u.ID] == thesis {
			first++
		} else if parent[u.ID] != "" {
			hidden = u.ID
		}
	}
	if n, most := len(eval[[]string](b, `probe.boxes()`)), max(first, 60); n < first || n > most {
		t.Errorf("%d boxes at first, want %d to %d", n, first, most)
	}
	if eval[bool](b, `probe.boxes().includes(%s)`, hidden) {
		t.Fatalf("%s is in the first view, so this test shows nothing", hidden)
	}
	b.click(passage(hidden))
	b.expect("the box is there", `probe.inside(%s, ".stage")`, boxOf(hidden))
}

// TestBrowserZoom: wheel, buttons and dragging move the map.
func TestBrowserZoom(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	scale := `(new DOMMatrix(getComputedStyle(probe.one(".canvas")).transform).a)`
	left := `(new DOMMatrix(getComputedStyle(probe.one(".canvas")).transform).e)`
	before := eval[float64](b, scale)
	b.click(`.map-buttons [title="Zoom out"]`)
	b.expect("smaller", scale+` < %s`, before)
	b.click(`.map-buttons [title="Zoom in"]`)
	b.expect("as before", `Math.abs(`+scale+` - %s) < 0.01`, before)
	x, y := b.point(".stage")
	b.do(chromedp.MouseEvent(chromedp.MouseWheel, x, y, wheel(-300)))
	b.expect("larger by the wheel", scale+` > %s`, before)
	b.click(`.map-buttons [title="Fit the whole map"]`)
	b.expect("the whole map is seen", `probe.all(".tree .node").every((e) => {
		const a = probe.frame(e), s = probe.frame(probe.one(".stage"));
		return a.left >= s.left && a.right <= s.right && a.top >= s.top && a.bottom <= s.bottom;
	})`)
	at := eval[float64](b, left)
	b.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, pressed), chromedp.MouseEvent(chromedp.MouseMoved, x+60, y, pressed),
		chromedp.MouseEvent(chromedp.MouseMoved, x+120, y, pressed),
		chromedp.MouseEvent(chromedp.MouseReleased, x+120, y, pressed))
	b.expect("dragged", `Math.abs(`+left+` - %s) > 60`, at)
	b.expect("a drag opens no card", `probe.count(".card") === 0`)
}
