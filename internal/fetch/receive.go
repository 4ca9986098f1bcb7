package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// receive reads the answer of u, whose content may have limit bytes.
func receive(res *http.Response, limit int64, u *url.URL) (*Page, error) {
	mediaType, charset := contentType(res.Header.Get("Content-Type"))
	if !isReadable(mediaType) {
		return nil, &Error{Kind: ErrType, Text: "it is " + shown(mediaType) + ", no text that can be read"}
	}
	if res.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	packing := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding")))
	data, err := read(res.Body, packing, limit, u)
	if err != nil {
		return nil, err
	}
	name := fileName(u, res.Header.Get("Content-Disposition"))
	if packing != "" {
		name = unpackedName(name, data)
	}
	address := *u
	address.User = nil
	return &Page{URL: address.String(), MediaType: mediaType, Charset: charset, Name: name, Data: data}, nil
}

// contentType splits the header of that name, which servers write as they like.
func contentType(header string) (mediaType, charset string) {
	mediaType, params, err := mime.ParseMediaType(header)
	if err != nil {
		mediaType, _, _ = strings.Cut(header, ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	}
	if !strings.Contains(mediaType, "/") {
		mediaType = ""
	}
	charset = strings.ToLower(params["charset"])
	if strings.Trim(charset, "abcdefghijklmnopqrstuvwxyz0123456789-_.:+") != "" {
		charset = ""
	}
	return mediaType, charset
}

// readable are the types of content that may hold an article or a map. What
// says nothing of its content is told by the content later.
var readable = map[string]bool{
	"":                                        true,
	"application/octet-stream":                true,
	"application/x-download":                  true,
	"application/force-download":              true,
	"application/unknown":                     true,
	"binary/octet-stream":                     true,
	"application/xhtml+xml":                   true,
	"application/xml":                         true,
	"application/graphml+xml":                 true,
	"application/gexf+xml":                    true,
	"application/json":                        true,
	"application/ld+json":                     true,
	"application/jsonl":                       true,
	"application/json-lines":                  true,
	"application/x-jsonlines":                 true,
	"application/x-ndjson":                    true,
	"application/pdf":                         true,
	"application/x-pdf":                       true,
	"application/rtf":                         true,
	"application/x-rtf":                       true,
	"application/msword":                      true, // servers say so of newer files, too
	"application/epub+zip":                    true,
	"application/zip":                         true, // what documents and e-books are packed in
	"application/x-zip-compressed":            true,
	"application/gzip":                        true,
	"application/x-gzip":                      true,
	"application/zstd":                        true,
	"application/x-tex":                       true,
	"application/x-latex":                     true,
	"application/markdown":                    true,
	"application/vnd.oasis.opendocument.text": true,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": true,
	"application/vnd.ms-word.document.macroenabled.12":                        true,
}

// unreadable are the texts that are not written for people, or that never end.
var unreadable = map[string]bool{
	"text/calendar":     true,
	"text/css":          true,
	"text/ecmascript":   true,
	"text/event-stream": true,
	"text/javascript":   true,
	"text/vcard":        true,
	"text/vtt":          true,
}

func isReadable(mediaType string) bool {
	return readable[mediaType] || strings.HasPrefix(mediaType, "text/") && !unreadable[mediaType]
}

// headroom is by how much a content that does not shrink may grow by being
// packed, in bytes; formats add a few to every block.
const headroom = 64 << 10

// read reads body, which is packed for the way as packing says.
func read(body io.Reader, packing string, limit int64, u *url.URL) ([]byte, error) {
	w := &wire{r: body, left: limit + headroom}
	content, err := unpack(w, packing)
	var data []byte
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(content, limit+1))
	}
	switch {
	case int64(len(data)) > limit, w.left < 0:
		return nil, tooLarge(limit)
	case w.err != nil:
		return nil, plain(w.err, u)
	case err != nil:
		return nil, asError(err, &Error{Kind: ErrNetwork, Text: "the " + packing + " data that it sends are damaged", Cause: err})
	}
	return data, nil
}

func tooLarge(limit int64) error {
	size := fmt.Sprintf("%d bytes", limit)
	if limit >= 1<<20 {
		size = fmt.Sprintf("%d MiB", limit>>20)
	}
	return &Error{Kind: ErrTooLarge, Text: "more than " + size}
}

// wire is the body as it comes. It ends where more comes than can be the packed
// form of what is allowed, and remembers the error that it ended with.
type wire struct {
	r    io.Reader
	left int64
	err  error
}

func (w *wire) Read(p []byte) (int, error) {
	if w.left < 0 {
		return 0, io.EOF
	}
	n, err := w.r.Read(p)
	w.left -= int64(n)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// unpack undoes the packing for the way. We ask for gzip; some servers send what
// nobody asked for.
func unpack(r io.Reader, packing string) (io.Reader, error) {
	switch packing {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "deflate":
		return inflate(r)
	}
	return nil, &Error{Kind: ErrNetwork, Text: fmt.Sprintf("it is sent packed with %q, which was not asked for", shown(packing))}
}

// inflate unpacks "deflate", which is zlib by the standard and raw by mistake.
func inflate(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// fileName is what the server calls the file, else the end of the path.
func fileName(u *url.URL, disposition string) string {
	if _, params, err := mime.ParseMediaType(disposition); err == nil {
		if name := baseName(params["filename"]); name != "" {
			return name
		}
	}
	return baseName(u.Path)
}

// unpackedName is name without the ".gz" of a file that the server has sent as
// if it were packed for the way alone.
func unpackedName(name string, data []byte) string {
	if n := len(name) - len(".gz"); n > 0 && strings.EqualFold(name[n:], ".gz") && !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return name[:n]
	}
	return name
}
