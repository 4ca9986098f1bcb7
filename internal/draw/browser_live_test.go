package draw

import (
	"context"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/serve"
)

// liveMap is fixtureSections, or what its author makes of it: with a sentence
// put in before all others, so that the ids of all units move.
func liveMap(title string, more bool) *argument.Map {
	lines := `
		# s1 A cheap defence
		u1 thesis judgement: Letting the meadow flood protects the lower town
		u2 claim judgement: A meadow takes up water
		u3 premise statistic: It held back two hundred thousand cubic metres
		u4 claim judgement: Three farms would lose their best hay
		u2 + u1
		u3 + u2
		u4 - u1
		p1 = Water Board: u3`
	if more {
		lines = strings.NewReplacer("u4", "u5", "u3", "u4", "u2", "u3", "u1", "u2").Replace(lines)
		lines += "\nu1 premise fact: The river rose twice"
	}
	m := mapOf(title, lines)
	if more {
		last := len(m.Units) - 1
		m.Units = append([]argument.Unit{m.Units[last]}, m.Units[:last]...)
	}
	return withText(m)
}

// TestBrowserLive: a page that is served shows itself anew when it changes, and
// the reader finds everything as it was left: the units are known by their words.
func TestBrowserLive(t *testing.T) {
	b := newTab(t)
	listener, err := serve.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	address := serve.URL(listener)
	served := serve.NewPage(true)
	show := func(version string, m *argument.Map) {
		served.Show(pageOf(t, Options{Live: serve.EventsURL(version)}, m), version)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve.Serve(ctx, listener, served) }()
	t.Cleanup(stop)

	show("one", liveMap("First", false))
	b.navigate(address)
	b.wait(`document.documentElement.dataset.ready === "1"`)
	b.click("[data-tab=sources]")
	b.click("#tools .theme")
	b.exec(`probe.one(%s).click()`, boxOf("u2")+" .fold")
	b.click(boxOf("u4"))
	b.wait(`location.hash === "#u4" && probe.count(".card") === 1`)
	b.click(`.map-buttons [title="Zoom out"]`)
	where := eval[string](b, `probe.one(".canvas").style.transform`)

	served.Tell("essay.txt: cannot be read")
	b.expect("a problem is told", `document.querySelector(".live")?.innerText.includes("essay.txt: cannot be read")`)
	served.Tell("")
	b.expect("and that it is gone", `probe.count(".live") === 0`)

	show("two", liveMap("Second", true))
	b.waitLoaded(`document.title === "Second" && document.documentElement.dataset.ready === "1"`)
	b.expect("the card of the same words is open", `probe.card() === "u5" &&
		probe.one(".card blockquote").textContent.includes("best hay")`)
	b.expect("the address has the new id", `location.hash === "#u5"`)
	b.expect("the same box is folded", `probe.one(%s).ariaExpanded === "false" && !probe.boxes().includes("u4")`, boxOf("u3"))
	b.expect("the same list is shown", `probe.panel() === "sources"`)
	b.expect("it is still dark", `probe.dark()`)
	if got := eval[string](b, `probe.one(".canvas").style.transform`); got != where {
		t.Errorf("the map has moved from %s to %s", where, got)
	}

	b.keys(keyEscape)
	b.set("#search", "meadow")
	b.expectFound("search", liveMap("Second", true), []string{"u2", "u3"})
	show("three", liveMap("Third", false))
	b.waitLoaded(`document.title === "Third" && document.documentElement.dataset.ready === "1"`)
	b.expectFound("the search goes on", liveMap("Third", false), []string{"u1", "u2"})
	b.expect("its words are still there", `probe.one("#search").value === "meadow"`)

	b.checkFaults()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	b.expect("that the program has ended is told", `document.querySelector(".live")?.innerText.includes("has ended")`)
	b.expect("what is shown stays", `probe.count(".tree .node") > 0`)
	b.forget("net::ERR_") // the browser calls where nobody answers any more
}
