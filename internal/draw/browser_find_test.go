package draw

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// found are the units that a test looks for, in the order of the text.
func found(m *argument.Map, is func(u *argument.Unit) bool) []string {
	ids := []string{}
	for i := range m.Units {
		if is(&m.Units[i]) {
			ids = append(ids, m.Units[i].ID)
		}
	}
	return ids
}

// speakers are the ids of the sources to which a unit is put down.
func speakers(m *argument.Map, unit string) []string {
	var ids []string
	for _, a := range m.Attributions {
		if slices.Contains(a.Units, unit) {
			ids = append(ids, a.SourceID)
		}
	}
	return ids
}

// expectFound checks that the page shows just these units as found: in the
// status, in the map and in the text.
func (b *tab) expectFound(what string, m *argument.Map, want []string) {
	b.t.Helper()
	status := fmt.Sprintf("%d of %d ", len(want), len(m.Units))
	if !b.expect(what+": the status", `probe.one(".status").textContent.startsWith(%s)`, status) {
		b.t.Logf("the status is %q", eval[string](b, `probe.one(".status").textContent`))
	}
	for side, selector := range map[string]string{"map": ".tree .node:not(.context)", "text": ".text mark[id]:not(.off)"} {
		units := fill(`[...new Set(probe.all(%s).map((e) => e.dataset.u))].sort()`, []any{selector})
		sorted := slices.Sorted(slices.Values(want))
		if b.waits(units+`.join() === %s`, strings.Join(sorted, ",")) != nil {
			b.t.Errorf("%s: the %s shows %q, want %q", what, side, eval[[]string](b, units), sorted)
		}
	}
}

// set gives a field of the filter sheet a value as a reader would.
func (b *tab) set(field, value string) {
	b.t.Helper()
	b.exec(`(() => {
		const f = probe.one(%s), v = %s;
		if (f.type === "checkbox") { if (f.checked !== (v === "on")) f.click(); return; }
		f.value = v;
		f.dispatchEvent(new Event("input", { bubbles: true }));
		f.dispatchEvent(new Event("change", { bubbles: true }));
	})()`, field, value)
}

func (b *tab) showAll() {
	b.t.Helper()
	b.exec(`probe.all(".sheet button").find((e) => e.textContent === "Show all").click()`)
	b.expect("show all", `!/ of /.test(probe.one(".status").textContent) && !probe.all(".context, .off").length`)
}

// TestBrowserSearch: a search finds units by their words, whom they are put down
// to and whom they address; Enter goes from one to the next.
func TestBrowserSearch(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"meadow", []string{"u1", "u2"}},
		{"MEADOW  ", []string{"u1", "u2"}},
		{"aalders", []string{"u5", "u6"}},
		{"the province", []string{"u7"}},
		{"u4", []string{"u4"}},
		{"zebra", []string{}},
		{".*", []string{}},
		{"wáter", []string{"u2", "u3"}},
	} {
		b.exec(`(() => { const s = probe.one("#search"); s.focus(); s.select(); })()`)
		b.keys(keyBackspace, c.query)
		b.expectFound("search for "+c.query, m, c.want)
	}
	b.exec(`probe.one("#search").select()`)
	b.keys(keyBackspace, "meadow")
	b.expectFound("search", m, []string{"u1", "u2"})
	for _, want := range []string{"u1", "u2", "u1"} {
		b.keys(keyEnter)
		b.expect("Enter goes to the next", `probe.card() === %s`, want)
		b.expectFocus("after Enter", "search") // to go on
	}
	b.keys(keyEscape)
	b.keys(keyEscape)
	b.expect("Escape shows all again", `probe.one("#search").value === "" && probe.boxes().length === %s`, len(m.Units))
}

// TestBrowserSearchFastTyping: Enter right after the last letter goes to what
// was typed, not to what was looked for before.
func TestBrowserSearchFastTyping(t *testing.T) {
	b := openPage(t, withText(fixtureSections))
	b.exec(`probe.one("#search").focus()`)
	b.exec(`(() => {
		const s = probe.one("#search");
		s.value = "Storks";
		s.dispatchEvent(new Event("input", { bubbles: true }));
		s.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
	})()`)
	b.expect("the unit found", `probe.card() === "u8"`)
}

// TestBrowserFilters: each filter alone, all together, and none.
func TestBrowserFilters(t *testing.T) {
	m := withText(genMap(50, 3))
	b := openPage(t, m)
	b.click(".filters summary")
	b.wait(`probe.count(".sheet") === 1`)
	kindOf := func(u *argument.Unit) string {
		if u.Kind == argument.Recommendation {
			return "recommendation"
		}
		return string(u.Type)
	}
	kinds := eval[[]string](b, `probe.all("[data-kind]").map((e) => e.dataset.kind)`)
	only := func(kind string) {
		for _, k := range kinds {
			b.set("[data-kind="+k+"]", map[bool]string{true: "on", false: "off"}[k == kind])
		}
	}
	for _, k := range kinds {
		only(k)
		b.expectFound("kind "+k, m, found(m, func(u *argument.Unit) bool { return kindOf(u) == k }))
	}
	b.showAll()
	b.set(`[data-filter=source]`, "p1")
	b.expectFound("source p1", m, found(m, func(u *argument.Unit) bool { return slices.Contains(speakers(m, u.ID), "p1") }))
	b.set(`[data-filter=source]`, "-")
	b.expectFound("the author", m, found(m, func(u *argument.Unit) bool { return len(speakers(m, u.ID)) == 0 }))
	b.showAll()
	b.set(`[data-filter=section]`, "s3")
	b.expectFound("section s3", m, found(m, func(u *argument.Unit) bool { return u.Section == "s3" }))
	b.showAll()
	b.set(`[data-filter=least]`, "70")
	sure := found(m, func(u *argument.Unit) bool { return u.Confidence >= 0.7 })
	b.expectFound("confidence", m, sure)
	b.set(`[data-filter=section]`, "s2")
	b.set(`[data-kind=judgement]`, "off")
	b.set(`[data-filter=source]`, "-")
	b.set("#search", "e")
	b.expectFound("all together", m, found(m, func(u *argument.Unit) bool {
		words := strings.ToLower(u.Text)
		if u.Addressee != nil {
			words += " " + strings.ToLower(u.Addressee.Text)
		}
		return u.Confidence >= 0.7 && u.Section == "s2" && kindOf(u) != "judgement" &&
			len(speakers(m, u.ID)) == 0 && strings.Contains(words, "e")
	}))
	b.expect("the button tells that a filter is on", `probe.one(".filters").matches(".on")`)
	b.showAll()
	b.expect("the button tells that none is on", `!probe.one(".filters").matches(".on") && probe.one("#search").value === ""`)
}

// TestBrowserFilterKeepsContext: what a found unit bears on stays in the map,
// fainter, so that it can be seen what it is said for.
func TestBrowserFilterKeepsContext(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	b.set("#search", "two hundred thousand")
	b.expectFound("search", m, []string{"u3"})
	b.expect("its chain up to the thesis is there", `probe.ids(".tree .node.context") === "u1,u2"`)
}

// TestBrowserLists: the lists of recommendations and sources say what the map
// holds, and lead to the units.
func TestBrowserLists(t *testing.T) {
	m := withText(fixtureSections)
	b := openPage(t, m)
	b.click("[data-tab=recommendations]")
	b.expect("one panel", `probe.panel() === "recommendations"`)
	text := eval[string](b, `probe.one("[data-panel=recommendations]").innerText`)
	for _, want := range []string{"the province", "should", "The province should pay for the hay"} {
		if !strings.Contains(text, want) {
			t.Errorf("the recommendations lack %q:\n%s", want, text)
		}
	}
	b.click(".advice a")
	b.expect("its link opens the card", `probe.card() === "u7" && location.hash === "#u7"`)
	b.expect("and shows the box", `probe.inside(%s, ".stage")`, boxOf("u7"))
	b.keys(keyEscape)

	b.click("[data-tab=sources]")
	text = eval[string](b, `probe.one("[data-panel=sources]").innerText`)
	for _, want := range []string{"Henk Aalders", "Water Board", "1 ×", "Three farms would lose their best hay"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sources lack %q:\n%s", want, text)
		}
	}
	b.click(`.says a[href="#u6"]`)
	b.expect("a link opens the card", `probe.card() === "u6" && location.hash === "#u6"`)
	b.keys(keyEscape)
	b.click(".ledger .name")
	b.expectFound("a source's name filters", m, []string{"u5", "u6"})
	b.click(".ledger .name")
	b.expect("and a second click ends that", `probe.one(".status").textContent.startsWith("9 units")`)
}
