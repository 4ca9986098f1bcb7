// Package packed reads and writes files that are packed with gzip or zstd. What
// a file holds is told by its first bytes; its name must agree. The two read
// and write here as their command-line tools do: members of gzip and frames of
// zstd that follow each other are one content, and what is written has the same
// bytes on every machine, for it carries neither time nor name and is packed at
// a fixed level by one worker.
//
// Nothing is unpacked beyond a limit, and nothing twice: a file that is packed
// in a packed file is refused, and so is a tar archive, which holds files and
// not a text. Errors wrap one of the Err values and leave out the file's name.
package packed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The names of the two packings.
const (
	Gzip = "gzip"
	Zstd = "zstd"
)

// What can be wrong with a packed file.
var (
	// ErrDamaged: cut short, or not as its checksum says.
	ErrDamaged = errors.New("damaged or cut short")
	// ErrTooLarge: unpacks to more than the limit.
	ErrTooLarge = errors.New("too large")
	// ErrNotPacked: the content is not packed as the name says.
	ErrNotPacked = errors.New("name and content disagree")
	// ErrHoldsFiles: a tar archive, or another packed file.
	ErrHoldsFiles = errors.New("holds files, not a text")
	// ErrUnknown: a packing that Pack does not know.
	ErrUnknown = errors.New("unknown packing")
)

// The levels are about those that the two tools have where none is asked for.
const (
	gzipLevel = 6
	zstdLevel = zstd.SpeedDefault
)

// maxWindow is how far back a zstd frame may refer, in bytes, and so what
// unpacking it may take in memory. The zstd tool refuses more, too, unless it is
// told to.
const maxWindow = 128 << 20

// packing is a row of the table of packings.
type packing struct {
	name string
	// begins reports whether data, at least its first 4 bytes, begin so.
	begins func(data []byte) bool
	unpack func(r io.Reader) (io.Reader, error)
	pack   func(w io.Writer) (io.WriteCloser, error)
}

var packings = []packing{
	{Gzip, beginsGzip, unpackGzip, packGzip},
	{Zstd, beginsZstd, unpackZstd, packZstd},
}

// suffixes are the ends of the names of packed files, and what their plain
// names have in their place.
var suffixes = []struct{ suffix, plain, packing string }{
	{".gz", "", Gzip},
	{".gzip", "", Gzip},
	{".tgz", ".tar", Gzip},
	{".svgz", ".svg", Gzip},
	{".zst", "", Zstd},
	{".zstd", "", Zstd},
	{".tzst", ".tar", Zstd},
}

// Base splits the name of a file into the plain name and the packing that its
// suffix stands for: "map.json.gz" is "map.json" and Gzip. The packing is ""
// where the name stands for none; the plain name is the name then.
func Base(name string) (plain, packing string) {
	file := name[strings.LastIndexAny(name, `/\`)+1:]
	for _, s := range suffixes {
		if n := len(file) - len(s.suffix); n > 0 && strings.EqualFold(file[n:], s.suffix) {
			return name[:len(name)-len(s.suffix)] + s.plain, s.packing
		}
	}
	return name, ""
}

// Detect names the packing of a content that begins with data, or returns "".
// Four bytes are enough.
func Detect(data []byte) string {
	for _, p := range packings {
		if p.begins(data) {
			return p.name
		}
	}
	return ""
}

// Unpack returns what data hold, and the plain name of the file: name without
// the suffix of its packing. Data that are not packed come back as they are,
// unless the name says that they are packed. More than limit bytes of content
// are an error; data that are not packed are no concern of the limit.
func Unpack(name string, data []byte, limit int64) (plainName string, plain []byte, err error) {
	plainName, promised := Base(name)
	if promised == "" && Detect(data) == "" {
		return name, data, nil
	}
	r, err := NewReader(name, bytes.NewReader(data), limit)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	b.Grow(int(max(0, min(4*int64(len(data)), limit)))) // of texts, the size is seldom more
	if _, err := b.ReadFrom(r); err != nil {
		return "", nil, err
	}
	return plainName, b.Bytes(), nil
}

func notPacked(promised, found string, size int) error {
	e := fmt.Errorf("%w: not a %s file", ErrNotPacked, promised)
	switch {
	case found != "":
		return fmt.Errorf("%w but a %s file", e, found)
	case size == 0:
		return fmt.Errorf("%w, it is empty", e)
	}
	return e
}

// Pack returns a writer that packs what is written to it and writes it to w.
// Closing it writes the end and leaves w open. The bytes depend on nothing but
// the content, not even on the sizes of the writes.
func Pack(w io.Writer, packing string) (io.WriteCloser, error) {
	for _, p := range packings {
		if p.name == packing {
			return p.pack(w)
		}
	}
	return nil, fmt.Errorf("%w %q", ErrUnknown, packing)
}

func beginsGzip(data []byte) bool { return bytes.HasPrefix(data, []byte("\x1f\x8b\x08")) }

func unpackGzip(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

func packGzip(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzipLevel) }

// beginsZstd knows frames, and the frames for other uses that may stand before
// them and that a reader skips (RFC 8878, 3.1).
func beginsZstd(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\x28\xb5\x2f\xfd")) ||
		len(data) >= 4 && data[0]&0xf0 == 0x50 && string(data[1:4]) == "\x2a\x4d\x18"
}

// unpackZstd works in the goroutine that reads, so there is nothing to close.
func unpackZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(maxWindow))
}

func packZstd(w io.Writer) (io.WriteCloser, error) {
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstdLevel), zstd.WithEncoderCRC(true))
}
