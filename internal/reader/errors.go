package reader

import "errors"

// MaxSize is the largest input that is read, in bytes. An article is a few
// kilobytes and a long book a few megabytes; what is larger is a mistake.
const MaxSize = 8 << 20

// What can be wrong with an input. Errors of this package wrap one of these;
// their messages say what was found and leave out the name of the input.
var (
	// ErrEmpty: nothing but white space.
	ErrEmpty = errors.New("no text in the input")
	// ErrBinary: not a text, for example an image or a PDF.
	ErrBinary = errors.New("not a text")
	// ErrEncoding: a text in no character encoding that could be recognised.
	ErrEncoding = errors.New("unknown character encoding")
	// ErrTooLarge: more than MaxSize bytes.
	ErrTooLarge = errors.New("input too large")
	// ErrTooDeep: markup nested so deeply that it was not written by people.
	ErrTooDeep = errors.New("markup nested too deeply")
	// ErrFormat: a format name that ReadAs does not know.
	ErrFormat = errors.New("unknown input format")
)
