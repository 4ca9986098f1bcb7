package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// IOStreams is everything a command reads from and writes to besides files:
// the three standard streams, what is known of the terminal behind them, and
// the environment. Commands use nothing else, so tests can stand in for all of
// it ([TestStreams]).
type IOStreams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer

	// InTerminal, OutTerminal and ErrTerminal say whether a person sits at that
	// end.
	InTerminal, OutTerminal, ErrTerminal func() bool
	// TerminalWidth is the width of the terminal behind Out in columns, or 0
	// where there is none.
	TerminalWidth func() int
	// ErrWidth is the same for Err.
	ErrWidth func() int
	Getenv   func(string) string

	// Quiet leaves out what [IOStreams.Note] says, Verbose adds what
	// [IOStreams.Detail] says.
	Quiet, Verbose bool
}

// SystemStreams are the streams of this process.
func SystemStreams() *IOStreams {
	return &IOStreams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal:    func() bool { return term.IsTerminal(int(os.Stdin.Fd())) },
		OutTerminal:   func() bool { return term.IsTerminal(int(os.Stdout.Fd())) },
		ErrTerminal:   func() bool { return term.IsTerminal(int(os.Stderr.Fd())) && os.Getenv("TERM") != "dumb" },
		TerminalWidth: func() int { return widthOf(os.Stdout) },
		ErrWidth:      func() int { return widthOf(os.Stderr) },
		Getenv:        os.Getenv,
	}
}

// widthOf is the width of the terminal behind a stream, or 0 if there is none.
func widthOf(stream *os.File) int {
	width, _, err := term.GetSize(int(stream.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// TestStreams returns streams over buffers: no terminal, an empty environment.
func TestStreams() (s *IOStreams, in, out, errOut *bytes.Buffer) {
	in, out, errOut = &bytes.Buffer{}, &bytes.Buffer{}, &bytes.Buffer{}
	no := func() bool { return false }
	return &IOStreams{
		In: in, Out: out, Err: errOut,
		InTerminal: no, OutTerminal: no, ErrTerminal: no,
		TerminalWidth: func() int { return 0 },
		ErrWidth:      func() int { return 0 },
		Getenv:        func(string) string { return "" },
	}, in, out, errOut
}

// outIsFile reports whether Out is a regular file, which nobody watches grow.
func (s *IOStreams) outIsFile() bool {
	file, ok := s.Out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode().IsRegular()
}

// Note says something on Err that is good to know and no error.
func (s *IOStreams) Note(format string, args ...any) {
	if !s.Quiet {
		fmt.Fprintf(s.Err, "argmap: "+format+"\n", args...)
	}
}

// Detail says something on Err that only who asks for it wants to know.
func (s *IOStreams) Detail(format string, args ...any) {
	if s.Verbose {
		fmt.Fprintf(s.Err, "argmap: "+format+"\n", args...)
	}
}

// The width of text: a narrower terminal than minWidth would break every word,
// and lines longer than maxWidth are hard to read.
const (
	minWidth     = 20
	defaultWidth = 80
	maxWidth     = 120
)

// TextWidth is the width that text for Out is wrapped to, in columns: COLUMNS
// where it is set, else the terminal's, else 80; never more than 120.
func (s *IOStreams) TextWidth() int {
	width, err := strconv.Atoi(strings.TrimSpace(s.Getenv("COLUMNS")))
	if err != nil || width <= 0 {
		width = s.TerminalWidth()
	}
	if width <= 0 {
		width = defaultWidth
	}
	return min(max(width, minWidth), maxWidth)
}

// Color reports whether text for Out may be coloured: a terminal that is not
// dumb, and no NO_COLOR (https://no-color.org).
func (s *IOStreams) Color() bool {
	return s.Getenv("NO_COLOR") == "" && s.Getenv("TERM") != "dumb" && s.OutTerminal()
}
