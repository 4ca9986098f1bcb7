package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// The exit codes of the program; [exitCodes] explains them to its users.
const (
	ExitDone        = 0
	ExitFindings    = 1
	ExitUsage       = 2
	ExitInput       = 3
	ExitInternal    = 4
	ExitInterrupted = 130 // as the shell reports a program that Ctrl-C ended
)

// exitCodes is what help and man pages say of the exit codes.
var exitCodes = []struct {
	code    int
	meaning string
}{
	{ExitDone, "done"},
	{ExitFindings, "done, and a check found something to report"},
	{ExitUsage, "wrong usage: an unknown command, flag, format or value"},
	{ExitInput, "an input could not be read, or the output not be written"},
	{ExitInternal, "an error inside argmap"},
	{ExitInterrupted, "interrupted"},
}

// ErrFindings ends a command that did its work and found something that the
// caller should act on. What it found stands on standard output already.
var ErrFindings = errors.New("findings")

// usageError is a mistake in the command line.
type usageError struct {
	message string
	hint    string // or ""
}

func (e *usageError) Error() string { return e.message }

// usagef returns a usageError without a hint.
func usagef(format string, args ...any) *usageError {
	return &usageError{message: fmt.Sprintf(format, args...)}
}

// withHint returns e with a hint that is printed on a line of its own.
func (e *usageError) withHint(format string, args ...any) *usageError {
	e.hint = fmt.Sprintf(format, args...)
	return e
}

// fileError is an input that could not be read or an output that could not be
// written. Its message is "name: cause" without the paths that package os adds.
type fileError struct {
	name  string
	cause error
	hint  string // or ""
}

func (e *fileError) Error() string { return printable(e.name) + ": " + plainCause(e.cause) }
func (e *fileError) Unwrap() error { return e.cause }

// silentError ends a command whose errors have been reported already.
type silentError struct{ code int }

func (e *silentError) Error() string { return "exit code " + strconv.Itoa(e.code) }

// panicError is a panic that was caught, with the stack where it happened.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("internal error: %v", e.value) }

// protect calls f and turns a panic in it into a panicError.
func protect(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{value: v, stack: debug.Stack()}
		}
	}()
	return f()
}

// report prints err, if there is anything to say, and returns the exit code.
// It is the one place where errors become messages and codes.
func report(s *IOStreams, err error) int {
	var (
		usage  *usageError
		file   *fileError
		silent *silentError
	)
	switch {
	case err == nil, isClosedPipe(err):
		return ExitDone
	case errors.Is(err, context.Canceled):
		return interruptCode(err)
	case errors.Is(err, ErrFindings):
		return ExitFindings
	case errors.As(err, &silent):
		return silent.code
	case errors.As(err, &usage):
		printError(s, "", usage.message, usage.hint)
		return ExitUsage
	}
	if prefix, internal := asInternal(err); internal != nil {
		printInternal(s, prefix, internal)
		return ExitInternal
	}
	if errors.As(err, &file) {
		printError(s, "", err.Error(), file.hint)
		return ExitInput
	}
	printInternal(s, "", err)
	return ExitInternal
}

// isClosedPipe reports whether err says that the reader of our output went
// away. It had what it wanted, so that is no error; and as it is chance whether
// the last bytes still fit into the pipe, it does not change the exit code.
func isClosedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// interruptCode is the exit code of a run that a signal ended.
func interruptCode(err error) int {
	var sig *signalError
	if errors.As(err, &sig) {
		return sig.code()
	}
	return ExitInterrupted
}

// asInternal finds a panic inside err and, if an input caused it, "name: ".
func asInternal(err error) (prefix string, internal error) {
	var (
		crash *panicError
		file  *fileError
	)
	if !errors.As(err, &crash) {
		return "", nil
	}
	if errors.As(err, &file) {
		prefix = printable(file.name) + ": "
	}
	return prefix, crash
}

// printInternal prints one line for a fault of ours, and the stack when
// ARGMAP_DEBUG asks for it.
func printInternal(s *IOStreams, prefix string, err error) {
	message := err.Error()
	var crash *panicError
	if !errors.As(err, &crash) {
		message = "internal error: " + message
	}
	printError(s, prefix, firstLine(message)+"; please report", "")
	if crash != nil && s.Getenv("ARGMAP_DEBUG") != "" {
		fmt.Fprintf(s.Err, "%s", crash.stack)
	}
}

// printError prints the line of an error and, where there is one, of its hint.
func printError(s *IOStreams, prefix, message, hint string) {
	fmt.Fprintf(s.Err, "argmap: %s%s\n", prefix, message)
	if hint != "" {
		fmt.Fprintf(s.Err, "hint: %s\n", hint)
	}
}

// plainCauses are the causes that deserve plainer words than the system's.
var plainCauses = []struct {
	err  error
	text string
}{
	{fs.ErrNotExist, "no such file"},
	{fs.ErrPermission, "permission denied"},
	{syscall.EISDIR, "is a directory"},
}

// plainCause is the innermost cause of a file error, without operation and path.
func plainCause(err error) string {
	for _, c := range plainCauses {
		if errors.Is(err, c.err) {
			return c.text
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err.Error()
	}
	return firstLine(err.Error())
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// printable is a file name fit for one line on a terminal: quoted if it holds
// line breaks or escape sequences, and without a password.
func printable(name string) string {
	if name == "-" {
		return "standard input"
	}
	name = withoutPassword(name)
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return strconv.Quote(name)
		}
	}
	return name
}

// asFileError gives err the name of the file, unless it has it already.
func asFileError(name string, err error) error {
	var known *fileError
	if errors.As(err, &known) {
		return err
	}
	return &fileError{name: name, cause: err}
}
