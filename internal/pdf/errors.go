package pdf

import (
	"errors"
	"time"
)

// The limits of what is read. A long report has some hundred pages and half a
// mebibyte of text; what is larger is a mistake, or means to be one.
const (
	// MaxPages is the largest number of pages.
	MaxPages = 5000
	// MaxText is the largest amount of text, in bytes of UTF-8.
	MaxText = 8 << 20
	// MaxTime is how long reading one file may take, whatever its context says.
	MaxTime = 5 * time.Minute
	// maxMemory is how many bytes pdfium may use for one file.
	maxMemory = 1 << 30
)

// What can be wrong with a file. Errors of this package wrap one of these, or
// the error of the context.
var (
	// ErrEncrypted: a password is needed to open the file. One that opens with
	// the empty password, as most protected files do, is read.
	ErrEncrypted = errors.New("protected by a password")
	// ErrDamaged: not a PDF, or one that cannot be read to the end.
	ErrDamaged = errors.New("damaged PDF")
	// ErrNoText: pages, but not one readable character on them.
	ErrNoText = errors.New("its pages are pictures without text; recognise the text first, for example with ocrmypdf")
	// ErrTooLarge: more than MaxPages pages, MaxText bytes of text, more characters
	// on one page than there can be, or a file for which the memory does not suffice.
	ErrTooLarge = errors.New("PDF too large")
	// ErrTooSlow: not done within MaxTime.
	ErrTooSlow = errors.New("reading the PDF takes too long")
)
