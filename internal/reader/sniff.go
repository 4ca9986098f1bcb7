package reader

import (
	"bytes"
	"strings"
)

// signatures are the first bytes of files that hold no text, with what to call
// such a file.
var signatures = []struct{ magic, name string }{
	{"%PDF-", "a PDF"},
	{"PK\x03\x04", "a ZIP archive (a word processor's file or an e-book is one, too)"},
	{"PK\x05\x06", "an empty ZIP archive"},
	{"\x89PNG\r\n", "a PNG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
	{"\x1f\x8b", "a gzip archive"},
	{"BZh", "a bzip2 archive"},
	{"\xfd7zXZ\x00", "an xz archive"},
	{"\x28\xb5\x2f\xfd", "a zstd archive"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"{\\rtf", "a Rich Text file; convert it first: " + toDOCX},
	{"%!PS", "a PostScript file"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file; convert it first: " + toDOCX},
	{"\x7fELF", "a program"},
	{"\x00asm", "a program"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"OggS", "a sound or video file"},
	{"ID3", "a sound file"},
	{"fLaC", "a sound file"},
	{"RIFF", "a picture, sound or video file"},
	{"\x1aE\xdf\xa3", "a video file"},
}

// toDOCX is how LibreOffice makes a file that can be read of one that cannot.
const toDOCX = "soffice --headless --convert-to docx FILE"

// textual are the signatures that a text could also begin with. They count only
// where a NUL byte stands near the beginning.
var textual = map[string]bool{"BZh": true, "ID3": true, "RIFF": true, "OggS": true, "fLaC": true}

// sniffLength is how many bytes are looked at to tell what an input is.
const sniffLength = 4096

// looksBinary names the sort of file that data begins like, or returns "".
func looksBinary(data []byte) string {
	head := data[:min(len(data), sniffLength)]
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	hasNUL := bytes.IndexByte(head, 0) >= 0
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) && (hasNUL || !textual[s.magic]) {
			return s.name
		}
	}
	if len(head) > 11 && string(head[4:8]) == "ftyp" && hasNUL {
		return "a video or picture file"
	}
	return ""
}

// htmlOpenings are how a page begins, in lower case, after white space,
// comments and an XML declaration.
var htmlOpenings = []string{"<!doctype html", "<html", "<head>", "<head ", "<body", "<article", "<meta ", "<title>"}

// looksLikeHTML reports whether data begins like a web page.
func looksLikeHTML(data []byte) bool {
	head := string(bytes.TrimPrefix(data[:min(len(data), sniffLength)], []byte("\xef\xbb\xbf")))
	if strings.HasPrefix(head, "\xff\xfe") || strings.HasPrefix(head, "\xfe\xff") {
		head = strings.ReplaceAll(head[2:], "\x00", "")
	}
	head = strings.ToLower(head)
	for {
		head = strings.TrimSpace(head)
		end := ""
		switch {
		case strings.HasPrefix(head, "<!--"):
			end = "-->"
		case strings.HasPrefix(head, "<?xml"):
			end = "?>"
		default:
			for _, o := range htmlOpenings {
				if strings.HasPrefix(head, o) {
					return true
				}
			}
			return false
		}
		_, rest, found := strings.Cut(head, end)
		if !found {
			return false
		}
		head = rest
	}
}
