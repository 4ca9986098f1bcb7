package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/pkg/browser"
	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/draw"
	"github.com/argmap/argmap/internal/fetch"
	"github.com/argmap/argmap/internal/serve"
)

// ViewOptions are the options of argmap view.
type ViewOptions struct {
	IO    *IOStreams
	Files []string               // at least one; "-" is standard input
	Open  func(url string) error // shows a page in a browser

	Port          int // 0 is any that is free
	NoOpen        bool
	Watch         bool
	MinConfidence float64
	Title         string // "" is the article's
	Jobs          int
	Reading
}

// NewCmdView builds argmap view; runF, if not nil, stands in for its work.
func NewCmdView(streams *IOStreams, runF func(context.Context, *ViewOptions) error) *cobra.Command {
	opts := &ViewOptions{IO: streams, Open: openBrowser}
	if runF == nil {
		runF = viewRun
	}
	cmd := &cobra.Command{
		Use:   "view [FILE...]",
		Short: "Show articles and their argument in the browser",
		Long: "Show articles, or saved extractions (JSON), in the browser: the text beside the\n" +
			"map of its argument. Without FILE, or with -, it is read from standard input.\n" +
			"The page is served to this machine alone, until Ctrl-C; its address goes to\n" +
			"standard output. Where there is no screen no browser is opened.",
		Example: "argmap view article.txt\n" +
			"argmap view --watch draft.md\n" +
			"argmap view one.html two.html --min-confidence 0.5\n" +
			"argmap view --no-open --port 8080 map.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.complete(args); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&opts.Watch, "watch", false, "show a file anew whenever it changes")
	f.BoolVar(&opts.NoOpen, "no-open", false, "print the address and open no browser")
	f.IntVar(&opts.Port, "port", 0, "serve at port `N`, not at any that is free")
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out what is less sure than `SHARE`, 0 to 1")
	f.StringVar(&opts.Title, "title", "", "put `TEXT` over the page, not the article's title")
	opts.inputFlags(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	return cmd
}

// complete checks the options and fills in what was left open.
func (o *ViewOptions) complete(args []string) (err error) {
	if err := o.checkInput(); err != nil {
		return err
	}
	if o.Port < 0 || o.Port > 65535 {
		return usagef("--port: %d is not between 0 and 65535", o.Port)
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	if o.Watch && (len(args) == 0 || slices.Contains(args, stdin)) {
		return usagef("--watch: standard input can be read only once").withHint("argmap view --watch FILE")
	}
	if i := slices.IndexFunc(args, func(name string) bool { return fetch.Scheme(name) != "" }); o.Watch && i >= 0 {
		return usagef("--watch: %s is no file", printable(args[i])).withHint("argmap view --watch FILE")
	}
	o.Files, err = o.IO.inputNames("view", args)
	return err
}

// checkWatched refuses to watch what gives its content only once, as the pipe
// does that a shell puts in place of <(command).
func (o *ViewOptions) checkWatched() error {
	for _, name := range o.Files {
		info, err := os.Stat(name)
		if o.Watch && err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			return usagef("--watch: %s can be read only once", printable(name)).
				withHint("write it to a file, or leave --watch out")
		}
	}
	return nil
}

// viewRun serves until ctx ends. Then it has done what it was asked for, so a
// signal that comes once the page is there is no error.
func viewRun(ctx context.Context, o *ViewOptions) error {
	if err := o.checkWatched(); err != nil {
		return err
	}
	// First, for an article takes a while, and a port that is taken does not.
	l, err := serve.Listen(o.Port)
	if err != nil {
		return o.noPort(err)
	}
	defer func() { _ = l.Close() }() // Serve closes it too, but may not be reached
	v := newViewer(o)
	if err := v.begin(ctx); err != nil {
		return err
	}
	url := serve.URL(l)
	if err := o.IO.writeOutput(ctx, "", []byte(url+"\n")); err != nil && ctx.Err() == nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	if o.Watch {
		work.Go(func() { v.files.Watch(ctx, serve.Interval, func(changed []string) { v.again(ctx, changed) }) })
	}
	if !o.NoOpen && hasDisplay(runtime.GOOS, o.IO.Getenv) {
		work.Go(func() { v.open(ctx, url) })
	}
	return serve.Serve(ctx, l, v.page)
}

// noPort reports that there is nothing to serve at, which is as bad as an
// output that cannot be written.
func (o *ViewOptions) noPort(err error) error {
	message, hint := fmt.Sprintf("port %d: %s", o.Port, firstLine(err.Error())), ""
	if errors.Is(err, serve.ErrPortTaken) {
		message, hint = fmt.Sprintf("port %d is taken", o.Port), "without --port a free one is found"
	}
	printError(o.IO, "", message, hint)
	return &silentError{ExitInput}
}

// viewer makes the page of some inputs, and makes it anew when they change.
type viewer struct {
	*ViewOptions
	errOut io.Writer // IO.Err for several at a time
	loader loader
	page   *serve.Page
	files  *serve.Watcher // nil if nothing is watched
	inputs []viewed
	failed string // what was last said of the page as a whole
	notes  string // what was last said of how it was drawn
}

// viewed is an input.
type viewed struct {
	name   string
	maps   []*argument.Map // the last that could be made of it
	failed string          // what was last said of it; "" if it could be read
}

func newViewer(o *ViewOptions) *viewer {
	v := &viewer{
		ViewOptions: o,
		errOut:      &lockedWriter{w: o.IO.Err},
		loader:      loader{streams: o.IO, Reading: o.Reading, jobs: o.Jobs, text: true},
		page:        serve.NewPage(o.Watch),
	}
	if o.Watch {
		v.files = serve.NewWatcher(o.Files)
	}
	for _, name := range o.Files {
		v.inputs = append(v.inputs, viewed{name: name})
	}
	return v
}

// begin makes the page for the first time, from all inputs that can be read.
func (v *viewer) begin(ctx context.Context) error {
	good, code := v.read(ctx, v.Files)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if !good {
		return &silentError{code}
	}
	err := v.show(ctx)
	v.page.Tell(v.problem())
	return err
}

// again makes the page anew from the inputs that have changed. Of one that
// cannot be read it keeps what there was, and says so.
func (v *viewer) again(ctx context.Context, changed []string) {
	if good, _ := v.read(ctx, changed); good {
		err := v.show(ctx)
		if ctx.Err() == nil {
			v.say(&v.failed, err)
		}
	}
	if ctx.Err() == nil {
		v.page.Tell(v.problem())
	}
}

// read reads the named inputs, and reports those that it cannot. It returns
// whether there is any of the others, and the exit code that the worst deserves.
func (v *viewer) read(ctx context.Context, names []string) (good bool, code int) {
	var which []*viewed
	var list []string
	for i := range v.inputs {
		if slices.Contains(names, v.inputs[i].name) {
			which, list = append(which, &v.inputs[i]), append(list, v.inputs[i].name)
		}
	}
	results := v.loader.loadAll(ctx, list)
	if ctx.Err() != nil {
		return false, ExitDone // some have not been begun
	}
	for i, r := range results {
		code = max(code, v.say(&which[i].failed, r.err))
		if r.err == nil {
			which[i].maps, good = r.maps, true
		}
	}
	return good, code
}

// say reports err unless that is what was last said in its place, and returns
// its exit code.
func (v *viewer) say(last *string, err error) int {
	var b bytes.Buffer
	code := report(&IOStreams{Err: &b, Getenv: v.IO.Getenv}, err)
	if text := b.String(); text != *last {
		*last = text
		fmt.Fprint(v.errOut, text)
	}
	return code
}

// problem is what has been reported and still holds, a line each.
func (v *viewer) problem() string {
	var lines []string
	add := func(said string) {
		if said != "" {
			lines = append(lines, strings.TrimPrefix(firstLine(said), "argmap: "))
		}
	}
	for _, in := range v.inputs {
		add(in.failed)
	}
	add(v.failed)
	return strings.Join(lines, "\n")
}

// show draws the page and puts it up.
func (v *viewer) show(ctx context.Context) error {
	opt := draw.Options{MinConfidence: v.MinConfidence, Title: v.Title}
	var version string
	if v.files != nil {
		version = v.files.Version()
		opt.Live = serve.EventsURL(version)
	}
	var maps []*argument.Map
	for _, in := range v.inputs {
		maps = append(maps, in.maps...)
	}
	var notes strings.Builder
	opt.Note = func(text string) { fmt.Fprintf(&notes, "argmap: %s\n", firstLine(text)) }
	html, err := await(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		err := draw.HTML(ctx, &b, maps, opt)
		return b.Bytes(), err
	})
	if err != nil {
		return err
	}
	if notes.String() != v.notes {
		v.notes = notes.String()
		fmt.Fprint(v.errOut, v.notes)
	}
	v.page.Show(html, version)
	return nil
}

// open shows the page in a browser. Who cannot have one has the address.
func (v *viewer) open(ctx context.Context, url string) {
	failed := make(chan error, 1)
	go func() { failed <- v.Open(url) }() // some browsers return when they end
	select {
	case err := <-failed:
		if err != nil && ctx.Err() == nil {
			fmt.Fprintf(v.errOut, "argmap: no browser opened: %s\n", firstLine(err.Error()))
		}
	case <-ctx.Done():
	}
}

// openBrowser shows url in the browser of the system, whose noise is not ours:
// nil leaves it no pipe to us that would break when we end.
func openBrowser(url string) error {
	browser.Stdout, browser.Stderr = nil, nil
	return browser.OpenURL(url)
}

// hasDisplay reports whether there is a screen for a browser. On Linux and its
// like there may be none, and what opens then is a browser in the terminal.
func hasDisplay(goos string, getenv func(string) string) bool {
	if goos == "windows" || goos == "darwin" {
		return true
	}
	return getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}

// lockedWriter lets several goroutines write to w.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
