package draw

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The tests in browser_*_test.go open pages in a browser without a window and
// use them as a reader would, with mouse and keys. They are skipped where there
// is no browser, or in -short. What steers them:
//
//	ARGMAP_BROWSER        the browser, a Chromium; else the first of browserNames
//	ARGMAP_BROWSER_TESTS  "required": fail, not skip, where there is none
//	ARGMAP_BROWSER_SLOW   a factor for all time limits, for slow machines
//	ARGMAP_PICTURES       a folder that TestBrowserPictures writes pictures to
var browserNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// probeSource is what the tests know how to ask of a page; it is put into each
// before any script of the page's own.
//
//go:embed testdata/probe.js
var probeSource string

const (
	screenWide, screenHigh = 1400, 900        // the window, in CSS pixels
	patience               = 10 * time.Second // for what a page does at once
)

// browser is the one that all tests share; each has its own tab.
var browser struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if browser.stop != nil {
		browser.stop()
	}
	os.Exit(code)
}

// slow is the factor by which the machine is slower than a usual one.
func slow() time.Duration {
	if n, err := strconv.Atoi(os.Getenv("ARGMAP_BROWSER_SLOW")); err == nil && n > 0 {
		return time.Duration(n)
	}
	return 1
}

func findBrowser() (string, error) {
	if name := os.Getenv("ARGMAP_BROWSER"); name != "" {
		return exec.LookPath(name)
	}
	for _, name := range browserNames {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("none of %s is installed, and ARGMAP_BROWSER names no other", strings.Join(browserNames, ", "))
}

func startBrowser() {
	path, err := findBrowser()
	if err != nil {
		browser.err = err
		return
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.WindowSize(screenWide, screenHigh),
		chromedp.Flag("hide-scrollbars", false), chromedp.Flag("font-render-hinting", "none"),
		// The sandbox needs rights that few containers give; the pages are ours.
		chromedp.NoSandbox)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	browser.stop = func() { stop(); stopAlloc() }
	browser.ctx, browser.err = ctx, chromedp.Do(ctx)
}

// tab is a tab of the browser in the hands of one test. Its methods end the test
// where something does not work.
type tab struct {
	t      *testing.T
	ctx    context.Context
	loaded bool
	mu     sync.Mutex
	faults []string // errors that the page made, and what it must not do
}

// newTab opens an empty tab. When the test ends, it fails if the page wrote an
// error or warning to the console, let an exception go, broke its security
// policy, opened a dialog or asked for anything but itself.
func newTab(t *testing.T) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser tests in -short")
	}
	browser.once.Do(startBrowser)
	if browser.err != nil {
		if os.Getenv("ARGMAP_BROWSER_TESTS") == "required" {
			t.Fatalf("no browser to test the page in: %v", browser.err)
		}
		t.Skipf("no browser to test the page in: %v", browser.err)
	}
	b := &tab{t: t}
	ctx, cancel := chromedp.NewContext(browser.ctx, chromedp.WithListener(b.hear))
	b.ctx = ctx
	t.Cleanup(func() {
		b.checkFaults()
		cancel()
	})
	// The tab lives as long as the context in which the first thing is done.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(screenWide, screenHigh))
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	call(b, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: probeSource})
	b.media("", "light", false)
	return b
}

// hear notes what a page should not do.
func (b *tab) hear(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		switch ev.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			var args []string
			for _, a := range ev.Args {
				args = append(args, string(a.Value)+a.Description)
			}
			b.fault("console %s: %s", ev.Type, strings.Join(args, " "))
		}
	case *runtime.EventExceptionThrown:
		b.fault("exception: %s", (&chromedp.ExceptionError{ExceptionDetails: ev.ExceptionDetails}).Error())
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError || ev.Entry.Level == log.EntryLevelWarning {
			b.fault("log: %s", ev.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, "file:///") && !strings.HasPrefix(u, "http://127.0.0.1:") {
			b.fault("asks for %s", u)
		} else if ev.Type != network.ResourceTypeDocument && ev.Type != network.ResourceTypeEventSource {
			b.fault("asks for the %s %s", ev.Type, u)
		}
	case *cdppage.EventJavascriptDialogOpening:
		b.fault("opens a dialog: %s", ev.Message)
		go chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
			return cdp.Call(ctx, t, cdppage.HandleJavaScriptDialog, cdppage.HandleJavaScriptDialogParams{})
		})
	}
}

func (b *tab) fault(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

// checkFaults reports, once, what was noted so far.
func (b *tab) checkFaults() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Errorf("the page: %s", f)
	}
	b.faults = nil
}

// forget drops the faults noted that hold the words.
func (b *tab) forget(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = slices.DeleteFunc(b.faults, func(f string) bool { return strings.Contains(f, words) })
}
