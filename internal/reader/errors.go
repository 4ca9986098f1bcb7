package reader

import "errors"

// MaxSize is the longest text that is read, in bytes. An article is a few
// kilobytes and a long book a few megabytes; what is longer is a mistake.
const MaxSize = 8 << 20

// MaxFile is the largest file that is read, in bytes: most of what a PDF or an
// office file holds may be pictures.
const MaxFile = 128 << 20

// What can be wrong with an input. Errors of this package wrap one of these;
// their messages say what was found and leave out the name of the input.
var (
	// ErrEmpty: nothing but white space.
	ErrEmpty = errors.New("no text in the input")
	// ErrBinary: not a text, for example an image.
	ErrBinary = errors.New("not a text")
	// ErrEncoding: a text in no character encoding that could be recognised.
	ErrEncoding = errors.New("unknown character encoding")
	// ErrNoText: pages or parts that hold pictures of text and no text.
	ErrNoText = errors.New("no text in it, only pictures")
	// ErrBroken: a file that is not what it should be inside.
	ErrBroken = errors.New("the file is damaged")
	// ErrEncrypted: a file that only a password or a licence opens.
	ErrEncrypted = errors.New("protected, so it cannot be read")
	// ErrTooLarge: more than MaxSize bytes of text, or more than there can be in
	// a document that was written by people.
	ErrTooLarge = errors.New("input too large")
	// ErrTooSlow: a file that is no larger than others and yet takes minutes.
	ErrTooSlow = errors.New("takes too long to read")
	// ErrTooDeep: markup nested so deeply that it was not written by people.
	ErrTooDeep = errors.New("markup nested too deeply")
	// ErrFormat: a format name that ReadAs does not know.
	ErrFormat = errors.New("unknown input format")
)
