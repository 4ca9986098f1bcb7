package draw

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// do does one thing after the other in the tab.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for _, step := range steps {
		ask(b, step)
	}
}

// ask does one thing in the tab, and gives its result.
func ask[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	v, err := attempt(b, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// attempt is ask for what may fail.
func attempt[T any](b *tab, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 3*patience*slow())
	defer cancel()
	return chromedp.Run(ctx, action)
}

// call sends a command of the browser's protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	return ask(b, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, command, params) })
}

// media sets the medium ("" or print), the colour scheme, and whether things may
// move; unless they must, tests go faster without.
func (b *tab) media(medium, scheme string, motion bool) {
	b.t.Helper()
	reduced := "reduce"
	if motion {
		reduced = "no-preference"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: reduced},
	}})
}

// open loads the file, at the fragment (as it stands in an address) if it is not
// "", and waits until its script has built the page.
func (b *tab) open(file, fragment string) {
	b.t.Helper()
	b.load(file, fragment)
	b.wait(`document.documentElement.dataset.ready === "1"`)
}

// load loads the file and no more.
func (b *tab) load(file, fragment string) {
	b.t.Helper()
	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	if fragment != "" {
		address += "#" + fragment
	}
	if b.loaded {
		// What differs in the fragment only would not be loaded anew.
		b.navigate("about:blank")
	}
	b.navigate(address)
	b.loaded = true
}

func (b *tab) navigate(address string) {
	b.t.Helper()
	if r := call(b, cdppage.Navigate, cdppage.NavigateParams{URL: address}); r.ErrorText != "" {
		b.t.Fatalf("%s: %s", address, r.ErrorText)
	}
	b.waitLoaded(`location.href === %s`, address)
}

// waitLoaded waits until a page is loaded of which the condition is true, by
// asking it and not for events, of which a busy browser has been seen to lose
// some.
func (b *tab) waitLoaded(condition string, args ...any) {
	b.t.Helper()
	there := `document.readyState === "complete" && ` + fill(condition, args)
	ctx, cancel := context.WithTimeout(b.ctx, 3*patience*slow())
	defer cancel()
	for {
		// While one page makes way for another there is none to ask.
		if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](there)); err == nil && is {
			return
		}
		select {
		case <-ctx.Done():
			b.t.Fatalf("no page is loaded of which it is true that %s: %v", short(there), ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// eval is the value of a JavaScript expression; %s stands for args as JSON.
func eval[T any](b *tab, expression string, args ...any) T {
	b.t.Helper()
	expression = fill(expression, args)
	v, err := attempt(b, chromedp.Evaluate[T]("("+expression+")", chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", short(expression), err)
	}
	return v
}

func (b *tab) exec(expression string, args ...any) {
	b.t.Helper()
	eval[chromedp.Void](b, expression, args...)
}

// fill puts args as JSON in the places of %s; other signs stay as they are.
func fill(expression string, args []any) string {
	for _, a := range args {
		j, err := json.Marshal(a)
		if err != nil {
			panic(err)
		}
		expression = strings.Replace(expression, "%s", string(j), 1)
	}
	return expression
}

func short(s string) string {
	if len(s) > 200 {
		return s[:200] + "…"
	}
	return s
}

// wait waits until a JavaScript expression is true.
func (b *tab) wait(expression string, args ...any) {
	b.t.Helper()
	if err := b.waits(expression, args...); err != nil {
		b.t.Fatal(err)
	}
}

// expect is wait for tests that go on where it is in vain.
func (b *tab) expect(what, expression string, args ...any) bool {
	b.t.Helper()
	err := b.waits(expression, args...)
	if err != nil {
		b.t.Errorf("%s: %v", what, err)
	}
	return err == nil
}

// expectNone checks that the list is empty to which an expression evaluates: of
// what is wrong with the page.
func (b *tab) expectNone(what, expression string, args ...any) {
	b.t.Helper()
	if got := eval[[]string](b, expression, args...); len(got) > 0 {
		b.t.Errorf("%s: %d such as %.300q", what, len(got), got[:min(6, len(got))])
	}
}

// waits is wait for tests that say themselves what is wrong.
func (b *tab) waits(expression string, args ...any) error {
	return b.waitsAtMost(patience*slow(), fill(expression, args))
}

func (b *tab) waitsAtMost(limit time.Duration, expression string) error {
	// Not chromedp.Poll: that compiles the condition in the page, whose policy
	// refuses it.
	script := fmt.Sprintf(`new Promise((done) => {
		const end = performance.now() + %d;
		const look = () => {
			let v = "";
			try { v = (%s); } catch (e) { v = ""; }
			if (v) done("yes");
			else if (performance.now() > end) done("no");
			else setTimeout(look, 15);
		};
		look();
	})`, limit.Milliseconds(), expression)
	ctx, cancel := context.WithTimeout(b.ctx, limit+patience*slow())
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err == nil && v != "yes" {
		err = errors.New("waited in vain for " + short(expression))
	}
	return err
}

// point is where an element can be seen and is not covered by another.
func (b *tab) point(selector string) (x, y float64) {
	b.t.Helper()
	p := eval[struct {
		X, Y  float64
		Fault string
	}](b, `probe.point(%s)`, selector)
	if p.Fault != "" {
		b.t.Fatalf("%s: %s", selector, p.Fault)
	}
	return p.X, p.Y
}

// hover moves the mouse over the element.
func (b *tab) hover(selector string) {
	b.t.Helper()
	x, y := b.point(selector)
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
}

// click moves the mouse over the element and clicks.
func (b *tab) click(selector string) {
	b.t.Helper()
	x, y := b.point(selector)
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y), chromedp.MouseClickXY(x, y))
}

// Keys that write nothing.
const (
	keyEnter, keyTab, keyEscape          = kb.Enter, kb.Tab, kb.Escape
	keyUp, keyDown, keyLeft, keyRight    = kb.ArrowUp, kb.ArrowDown, kb.ArrowLeft, kb.ArrowRight
	keyHome, keyEnd, keyBackspace, space = kb.Home, kb.End, kb.Backspace, " "
)

// keys types.
func (b *tab) keys(keys ...string) {
	b.t.Helper()
	for _, r := range strings.Join(keys, "") {
		events := kb.Encode(r)
		if len(events) == 3 {
			// Press and letter in one, so that a page that takes a key for itself
			// keeps its letter out of the field that it goes to.
			events[0].Text, events[0].UnmodifiedText = events[1].Text, events[1].UnmodifiedText
			events = []*input.DispatchKeyEventParams{events[0], events[2]}
		}
		for _, e := range events {
			call(b, input.DispatchKeyEvent, *e)
		}
	}
}

func (b *tab) shiftTab() {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keyTab, chromedp.KeyModifiers(chromedp.ModifierShift)))
}

// pressed is a mouse event with the left button down, wheel one that scrolls.
func pressed(p *input.DispatchMouseEventParams) {
	p.Button, p.Buttons, p.ClickCount = input.MouseButtonLeft, 1, 1
}

func wheel(down float64) chromedp.MouseOption {
	// A delta of 0 would not be sent, and the browser wants both.
	return func(p *input.DispatchMouseEventParams) { p.DeltaX, p.DeltaY = 0.001, down }
}

// focused tells where the focus is: "box u3", "passage u3", "search" and so on.
func (b *tab) focused() string {
	b.t.Helper()
	return eval[string](b, `probe.focused()`)
}

// expectFocus checks where the focus is.
func (b *tab) expectFocus(what, want string) {
	b.t.Helper()
	if got := b.focused(); got != want {
		b.t.Errorf("%s: the focus is at %q, want %q", what, got, want)
	}
}

// boxOf and passage are selectors of what belongs to a unit, tabOf that of the
// tab of a panel.
func boxOf(id string) string    { return `.doc:not([hidden]) .tree .node[data-u="` + id + `"]` }
func passage(id string) string  { return `.doc:not([hidden]) .text mark[data-u="` + id + `"]` }
func tabOf(panel string) string { return `.doc:not([hidden]) [data-tab=` + panel + `]` }
