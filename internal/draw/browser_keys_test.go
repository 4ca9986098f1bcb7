package draw

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// TestBrowserTabOrder: Tab alone reaches every part of the page, in the order in
// which they stand, and Shift-Tab leads back.
func TestBrowserTabOrder(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	var stops []string
	for range 30 {
		b.keys(keyTab)
		at := b.focused()
		if at == "nothing" || slices.Contains(stops, at) {
			break
		}
		if !eval[bool](b, `probe.visible(document.activeElement) && probe.showsFocus()`) {
			t.Errorf("the focus cannot be seen at %q", at)
		}
		stops = append(stops, at)
	}
	t.Logf("Tab stops at: %s", strings.Join(stops, ", "))
	last := -1
	for _, want := range []string{"search", "filter", "tab text", "passage u1", "box u1"} {
		at := slices.Index(stops, want)
		if at <= last {
			t.Errorf("%q is not reached after what stands before it: %q", want, stops)
		}
		last = max(last, at)
	}
	boxes := slices.DeleteFunc(slices.Clone(stops), func(s string) bool { return !strings.HasPrefix(s, "box ") })
	if len(boxes) != 1 {
		t.Errorf("Tab stops at the boxes %q, want one of them", boxes)
	}
	b.exec(`probe.one(%s).focus()`, boxOf("u1"))
	b.shiftTab()
	b.expectFocus("Shift-Tab leads from the map", stops[slices.Index(stops, "box u1")-1])
}

// TestBrowserTreeKeys: in the map the keys do what they do in any tree.
func TestBrowserTreeKeys(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	b.exec(`probe.one(%s).focus()`, boxOf("u1"))
	for _, c := range []struct{ name, key, want string }{
		{"down", keyDown, "box u2"},
		{"down", keyDown, "box u3"},
		{"up", keyUp, "box u2"},
		{"end", keyEnd, "box u9"},
		{"down at the end", keyDown, "box u9"},
		{"home", keyHome, "box u1"},
		{"up at the beginning", keyUp, "box u1"},
		{"right to the first child", keyRight, "box u2"},
		{"right again", keyRight, "box u3"},
		{"right at a leaf", keyRight, "box u3"},
		{"left to the parent", keyLeft, "box u2"},
		{"left folds", keyLeft, "box u2"},
		{"down skips what is folded away", keyDown, "box u5"},
		{"up", keyUp, "box u2"},
		{"right unfolds", keyRight, "box u2"},
		{"right goes in", keyRight, "box u3"},
		{"up", keyUp, "box u2"},
		{"space folds", space, "box u2"},
		{"down skips again", keyDown, "box u5"},
		{"up", keyUp, "box u2"},
		{"space unfolds", space, "box u2"},
		{"down", keyDown, "box u3"},
	} {
		b.keys(c.key)
		b.expectFocus(c.name, c.want)
		b.expect(c.name+": the box is on the stage", `probe.inside(".tree .node:focus", ".stage")`)
	}
	b.keys(keyLeft, keyLeft)
	b.expect("folded by the keys", `probe.boxes().join() === "u1,u2,u5,u6,u7,u8,u9"`)
	b.expect("the box says so", `probe.one(%s).getAttribute("aria-expanded") === "false"`, boxOf("u2"))
	b.expect("its mark says how much", `probe.one(%s).textContent === "+2"`, boxOf("u2")+" .fold")
	b.keys(keyEnter)
	b.expect("enter opens the card", `probe.card() === "u2"`)
	b.expect("and the address names the unit", `location.hash === "#u2"`)
	b.keys(keyEscape)
	b.expect("escape closes it", `!document.querySelector(".card")`)
	b.expectFocus("after Escape", "box u2")
}

// TestBrowserTreeStructure: what the tree tells those who hear it is so.
func TestBrowserTreeStructure(t *testing.T) {
	m := withText(genMap(40, 2))
	b := openPage(t, m)
	b.click(`.map-buttons [title="Unfold all"]`)
	parent := parents(m)
	depth := func(id string) int {
		n := 1
		for p := parent[id]; p != ""; p = parent[p] {
			n++
		}
		return n
	}
	kids := map[string]int{}
	for _, p := range parent {
		kids[p]++
	}
	names := b.names("treeitem")
	if len(names) != len(m.Units) {
		t.Fatalf("%d tree items are heard, want %d", len(names), len(m.Units))
	}
	for i, item := range eval[[]struct {
		ID        string
		Level, Of int
		Expanded  *string
	}](b, `probe.all(".tree .node").map((e) =>
		({ id: e.dataset.u, level: Number(e.ariaLevel), of: Number(e.ariaSetSize), expanded: e.ariaExpanded }))`) {
		u, _ := m.Unit(item.ID)
		if item.Level != depth(item.ID) {
			t.Errorf("%s is of level %d, want %d", item.ID, item.Level, depth(item.ID))
		}
		words := []string{u.Text}
		if p := parent[item.ID]; p != "" {
			words = append(words, p)
		}
		for _, s := range speakers(m, item.ID) {
			source, _ := m.Source(s)
			words = append(words, source.Name)
		}
		for _, w := range words {
			if !strings.Contains(names[i], w) {
				t.Errorf("%s is heard as %q, which lacks %q", item.ID, names[i], w)
			}
		}
		if p := parent[item.ID]; p != "" && item.Of != kids[p] {
			t.Errorf("%s is one of %d, want of %d", item.ID, item.Of, kids[p])
		}
		if (item.Expanded != nil) != (kids[item.ID] > 0) {
			t.Errorf("%s with %d children: expanded %v", item.ID, kids[item.ID], item.Expanded)
		}
	}
}

// names are what the elements of a role are called by a program that reads the
// page aloud, in the order of the page.
func (b *tab) names(role string) []string {
	b.t.Helper()
	var names []string
	for _, n := range call(b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
		if n.Ignored || n.Role == nil || string(n.Role.Value) != `"`+role+`"` {
			continue
		}
		var name string
		if err := json.Unmarshal(n.Name.Value, &name); err != nil {
			b.t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// TestBrowserShortcuts: n and p go through the units in the order of the text, /
// goes to the search, wherever the focus is, but never while somebody types.
func TestBrowserShortcuts(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	card := func(what, id string) {
		t.Helper()
		b.expect(what, `probe.card() === %s`, id)
	}
	b.keys("n")
	card("n opens the first", "u1")
	b.keys("n", "n")
	card("n goes on", "u3")
	b.keys("p")
	card("p goes back", "u2")
	b.keys("p", "p")
	card("p goes round", "u9")
	b.expect("the address follows", `location.hash === "#u9"`)
	b.keys("/", "np/")
	if got := eval[string](b, `probe.one("#search").value`); got != "np/" {
		t.Errorf("the search holds %q after / and np/, want what was typed in it", got)
	}
	card("and opens nothing", "u9")
	b.keys(keyEscape)
	b.keys(keyEscape)
	b.expect("Escape closes the card and empties the search", `!document.querySelector(".card") && probe.one("#search").value === ""`)

	for _, from := range []string{passage("u1"), boxOf("u3"), ".tabs [aria-selected=true]", ".map-buttons button"} {
		b.exec(`probe.one(%s).focus()`, from)
		b.keys("/")
		b.expectFocus("/ at "+from, "search")
		b.exec(`probe.one(%s).focus()`, from)
		b.keys("n")
		card("n at "+from, "u1")
		b.keys(keyEscape)
		b.expect("closed again", `!document.querySelector(".card")`)
	}
}

// TestBrowserTextKeys: the passages can be gone through with arrows, and opened.
func TestBrowserTextKeys(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.exec(`probe.one(%s).focus()`, passage("u1"))
	for i, c := range []struct{ key, want string }{
		{keyDown, "passage u2"}, {keyRight, "passage u3"}, {keyUp, "passage u2"}, {keyLeft, "passage u1"},
		{keyUp, "passage u1"}, {keyDown, "passage u2"},
	} {
		b.keys(c.key)
		b.expectFocus(fmt.Sprintf("after key %d", i+1), c.want)
	}
	b.keys(space)
	b.expect("space opens the card", `probe.card() === "u2"`)
	b.keys(keyEscape)
	b.shiftTab()
	b.keys(keyTab)
	b.expectFocus("the focus comes back to where it was", "passage u2")
}

// TestBrowserTabsByKeys: the arrows change the panel.
func TestBrowserTabsByKeys(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.exec(`probe.one("[data-tab=text]").focus()`)
	for _, c := range []struct{ key, want string }{
		{keyRight, "recommendations"}, {keyRight, "sources"}, {keyRight, "text"}, {keyLeft, "sources"},
	} {
		b.keys(c.key)
		b.expect("the focus is at the chosen tab", `document.activeElement === probe.one("[role=tab][aria-selected=true]") &&
			document.activeElement.dataset.tab === %s`, c.want)
		b.expect("its panel alone is seen", `probe.panel() === %s`, c.want)
	}
}

// TestBrowserFocusStays: the focus is not lost when the map is drawn anew.
func TestBrowserFocusStays(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.exec(`probe.one(%s).focus()`, boxOf("u5"))
	b.do(chromedp.EmulateViewport(1100, 700))
	b.wait(`innerWidth === 1100`)
	b.wait(`new Promise((done) => setTimeout(() => done(true), 400))`)
	b.expectFocus("after the window has changed its size", "box u5")
	b.click(boxOf("u2") + " .fold")
	b.expectFocus("after a click on a fold mark", "box u2")
	b.click(".filters summary")
	b.exec(`probe.one("[data-kind=fact]").click()`)
	b.exec(`[...document.querySelectorAll(".sheet button")].find((e) => e.textContent === "Show all").focus()`)
	b.keys(keyEnter)
	if got := b.focused(); got == "nothing" {
		t.Error("after Show all, pressed by a key, the focus is nowhere")
	}
}
