package reader

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// detectLength is how many bytes the statistical detection looks at. It is
// slow, and more does not make it better.
const detectLength = 64 << 10

// minConfidence is how sure the statistical detection must be to overrule
// Windows-1252, which nearly all English texts that are not UTF-8 are in.
const minConfidence = 0.9

// decode returns the characters of data in UTF-8, byte-order mark dropped and
// nothing else changed. declared is the encoding that the input itself names,
// or "". A byte-order mark overrules it, and so does valid UTF-8 with
// characters beyond ASCII, which no other encoding gives by chance.
func decode(data []byte, declared string) (string, error) {
	if name := looksBinary(data); name != "" {
		return "", fmt.Errorf("%w: looks like %s", ErrBinary, name)
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], binary.BigEndian)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		if order := guessUTF16(data); order != nil {
			return decodeUTF16(data, order)
		}
		return "", fmt.Errorf("%w: it has NUL bytes", ErrBinary)
	}
	text, err := decodeBytes(data, declared)
	if err != nil {
		return "", err
	}
	if tooManyControls(text) {
		return "", fmt.Errorf("%w: it is full of control characters", ErrBinary)
	}
	return text, nil
}

// decodeBytes decodes data, which has no NUL bytes and no byte-order mark.
func decodeBytes(data []byte, declared string) (string, error) {
	if utf8.Valid(data) {
		if enc, _ := charset.Lookup(declared); enc != nil && sevenBit(declared) {
			return convert(data, enc, declared)
		}
		return string(data), nil
	}
	if multi, bad := countUTF8(data); multi >= 2*bad {
		return strings.ToValidUTF8(string(data), "\uFFFD"), nil
	}
	if enc, _ := charset.Lookup(declared); enc != nil && enc != encoding.Nop {
		return convert(data, enc, declared)
	}
	if r := chardet.Detect(data[:min(len(data), detectLength)]); r.Confidence >= minConfidence {
		if enc, name := charset.Lookup(r.Encoding); enc != nil && enc != encoding.Nop && name != "windows-1252" {
			return convert(data, enc, name)
		}
	}
	return convert(data, charmap.Windows1252, "windows-1252")
}

// sevenBit reports whether the declared encoding writes other characters in
// bytes that read as ASCII, so that valid UTF-8 proves nothing.
func sevenBit(declared string) bool {
	return strings.Contains(strings.ToLower(declared), "2022")
}

// countUTF8 counts the well-formed sequences of more than one byte, and the
// bytes that fit into none.
func countUTF8(data []byte) (multi, bad int) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			multi++
		}
		i += n
	}
	return multi, bad
}

// convert decodes data from enc. It fails where the result is mostly
// characters that enc does not have.
func convert(data []byte, enc encoding.Encoding, name string) (string, error) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("%w: decoding it as %s: %v", ErrEncoding, name, err)
	}
	text := strings.TrimPrefix(string(out), "\uFEFF")
	return text, checkDecoded(text, name)
}

// decodeUTF16 decodes data, whose byte-order mark has been dropped.
func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		data = data[:len(data)-1] // cut short in the last character
	}
	var b strings.Builder
	b.Grow(len(data)/2 + len(data)/8)
	for i := 0; i < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+4 <= len(data) {
				low = rune(order.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += 2
			}
		}
		b.WriteRune(r)
	}
	text := strings.TrimPrefix(b.String(), "\uFEFF")
	if strings.IndexByte(text, 0) >= 0 {
		return "", fmt.Errorf("%w: it has NUL characters", ErrBinary)
	}
	return text, checkDecoded(text, "UTF-16")
}

// guessUTF16 tells the byte order of a UTF-16 text without a mark: most of its
// characters are ASCII, so most bytes on one side of each pair are NUL. It
// returns nil for anything else.
func guessUTF16(data []byte) binary.ByteOrder {
	head := data[:min(len(data), sniffLength)&^1]
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 4:
	case nul[1]*10 >= pairs*7 && nul[0] == 0:
		return binary.LittleEndian
	case nul[0]*10 >= pairs*7 && nul[1] == 0:
		return binary.BigEndian
	}
	return nil
}

// checkDecoded returns an error where more than a tenth of the characters that
// are not ASCII came out as replacement characters, and those are many.
func checkDecoded(text, name string) error {
	bad := strings.Count(text, "\uFFFD")
	if bad*10 > utf8.RuneCountInString(text) {
		return fmt.Errorf("%w: it is not %s, nor anything else that could be recognised", ErrEncoding, name)
	}
	return nil
}

// tooManyControls reports whether over a thirtieth of the characters are
// controls that no text has: neither tabs nor the ends of lines and pages.
func tooManyControls(text string) bool {
	n := 0
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != '\x1b' || c == 0x7f {
			n++
		}
	}
	return n*30 > len(text)
}
