package packed

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// NewReader returns a reader of what r, the content of the file of that name,
// holds: unpacked if it is packed, as it is if not, unless the name says that it
// is packed. The reader fails with ErrTooLarge rather than give more than limit
// bytes, packed or not. It reads ahead of r, and needs no closing.
func NewReader(name string, r io.Reader, limit int64) (io.Reader, error) {
	in := bufio.NewReaderSize(r, bufferSize)
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	found := Detect(head)
	if _, promised := Base(name); promised != "" && promised != found {
		return nil, notPacked(promised, found, len(head))
	}
	for _, p := range packings {
		if p.name == found {
			return unpacked(p, in, limit)
		}
	}
	return &limited{r: in, left: limit, limit: limit}, nil
}

// bufferSize is how much is read at a time, in bytes.
const bufferSize = 64 << 10

// unpacked returns the reader of what is packed in r, once it is sure that
// there is no file in it that would have to be unpacked, too.
func unpacked(p packing, in *bufio.Reader, limit int64) (io.Reader, error) {
	source := &source{Reader: in}
	content, err := p.unpack(source)
	if err != nil {
		return nil, source.explain(p.name, err)
	}
	out := bufio.NewReaderSize(&checked{content, source, p.name}, bufferSize)
	head, err := out.Peek(tarHead)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch inner := Detect(head); {
	case inner != "":
		return nil, fmt.Errorf("%w: a %s file in a %s file; unpack it first", ErrHoldsFiles, inner, p.name)
	case len(head) == tarHead && string(head[tarMagicAt:]) == tarMagic:
		return nil, fmt.Errorf("%w: a tar archive; unpack it first", ErrHoldsFiles)
	}
	return &limited{r: out, left: limit, limit: limit, unpacked: true}, nil
}

// What a tar archive says of itself, since POSIX.1-1988.
const (
	tarMagic   = "ustar"
	tarMagicAt = 257
	tarHead    = tarMagicAt + len(tarMagic)
)

// source is the packed file. It remembers the error that reading it ended with,
// which a library would hide behind its own.
type source struct {
	*bufio.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.note(err)
	return n, err
}

func (s *source) ReadByte() (byte, error) {
	b, err := s.Reader.ReadByte()
	s.note(err)
	return b, err
}

func (s *source) note(err error) {
	if err != nil && err != io.EOF {
		s.err = err
	}
}

// explain is the error for what a library says of a packed content.
func (s *source) explain(packing string, err error) error {
	switch {
	case s.err != nil:
		return s.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: the %s file ends too early", ErrDamaged, packing)
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return fmt.Errorf("%w: unpacking it takes more than %d MiB of memory", ErrTooLarge, maxWindow>>20)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		return fmt.Errorf("%w: it was packed with a dictionary, which is not in it", ErrDamaged)
	}
	return fmt.Errorf("%w: the %s file is not what it was when it was written", ErrDamaged, packing)
}

// checked is the content of a packed file, with errors in our words.
type checked struct {
	io.Reader
	source  *source
	packing string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = c.source.explain(c.packing, err)
	}
	return n, err
}

// limited reads r up to a limit, and fails beyond it.
type limited struct {
	r           io.Reader
	left, limit int64
	unpacked    bool
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, l.tooLarge()
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1] // one byte more tells whether there is more
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, l.tooLarge()
	}
	return n, err
}

func (l *limited) tooLarge() error {
	size := fmt.Sprintf("%d bytes", l.limit)
	if l.limit >= 1<<20 {
		size = fmt.Sprintf("%d MiB", l.limit>>20)
	}
	if l.unpacked {
		size += " unpacked"
	}
	return fmt.Errorf("%w: more than %s", ErrTooLarge, size)
}
