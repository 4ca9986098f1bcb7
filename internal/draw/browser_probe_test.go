package draw

import (
	"strings"
	"testing"
	"time"
)

// TestBrowserProbe: what the tests look for they would find. The page is one
// that has all the faults.
func TestBrowserProbe(t *testing.T) {
	b := newTab(t)
	b.load(saveTo(t, "faults.html", []byte(`<!doctype html><title>Faults</title><meta charset="utf-8">
<style>.node { position: absolute; width: 80px; height: 40px; background: #fff }
.box { overflow: hidden; height: 20px }</style>
<body style="margin: 0">
<p id="black">black on white</p>
<p id="grey" style="color: #767676">at the limit</p>
<p id="faint" style="color: #777">just below it</p>
<p id="faded" style="opacity: .4">faded</p>
<div style="background: #000; color: #fff"><p id="white" style="background: rgb(255 255 255 / .5)">white on grey</p></div>
<p id="unseen" style="display: none; color: #eee">unseen</p>
<main class="doc"><div class="tree">
<div class="node" data-u="a" style="top: 300px"><div class="box">Donaudampfschifffahrtsgesellschaft</div></div>
<div class="node" data-u="b" style="top: 330px"><div class="box">b</div></div>
<div class="node" data-u="c" style="top: 500px"><div class="box">c</div></div>
</div></main>
<div id="wide" style="width: 3000px">wide</div>
<div id="hidden" style="position: absolute; top: 600px; height: 20px; width: 20px"></div>
<div style="position: absolute; top: 590px; height: 40px; width: 40px"></div>
<svg width="200" height="60">
<g class="node" id="in"><rect width="9" height="9"/><path d="M0,0H150V50H0Z" fill="none"/><text x="5" y="30" font-size="10">inside</text></g>
<g class="node" id="out"><path d="M0,0H30V50H0Z" fill="none"/><text x="5" y="30" font-size="10">leaves its box</text></g>
</svg>
`)), "")
	for id, want := range map[string]float64{"black": 21, "grey": 4.54, "faint": 4.48, "faded": 2.85, "white": 3.95} {
		if got := eval[float64](b, `probe.contrast(probe.one("#`+id+`"))`); got < want-0.02 || got > want+0.02 {
			t.Errorf("contrast of %s is %.2f, want %.2f", id, got, want)
		}
	}
	for _, c := range []struct{ what, expression, want string }{
		{"hard to read", `probe.faint("p", 4.5)`, "p#faint p#faded p#white"},
		{"spills", `probe.spills()`, "div.box"},
		{"overlaps", `probe.overlaps()`, "a"},
		{"sideways", `probe.sideways()`, "div#wide"},
		{"outside", `probe.outside("g.node").faults`, "out"},
	} {
		var got []string
		for _, s := range eval[[]string](b, c.expression) {
			got = append(got, strings.Fields(s)[0])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: found %q, want %q", c.what, got, c.want)
		}
	}
	if got := eval[string](b, `probe.point("#hidden").fault`); !strings.Contains(got, "no mouse reaches it") {
		t.Errorf("a covered element: %q", got)
	}
	if b.waitsAtMost(time.Second/10, `document.title === "No"`) == nil {
		t.Error("waits waits for nothing")
	}
	for _, c := range []struct{ what, expression string }{
		{"log", `console.error("fault")`},
		{"exception", `setTimeout(() => { throw new Error("fault") })`},
		{"dialog", `setTimeout(() => alert("fault"))`},
		{"request", `new Image().src = "nothing.png"`},
		{"outside", `new Image().src = "http://nowhere.invalid/x.png"`},
	} {
		b.exec(`void (` + c.expression + `)`)
		b.waitFault(c.what)
	}
}

// waitFault waits until the tab has noted a fault, and forgets all it has.
func (b *tab) waitFault(what string) {
	b.t.Helper()
	for range 200 {
		b.mu.Lock()
		n := len(b.faults)
		b.mu.Unlock()
		if n > 0 {
			break
		}
		b.exec(`new Promise((done) => setTimeout(done, 20))`)
	}
	b.exec(`new Promise((done) => setTimeout(done, 100))`) // what comes after the first
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) == 0 {
		b.t.Errorf("%s: not noted", what)
	}
	b.faults = nil
}
