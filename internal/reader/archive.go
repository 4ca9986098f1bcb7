package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of an archive. Office files and e-books hold a few megabytes of markup;
// what unpacks to more than that was made to fill the memory.
const (
	maxParts    = 20_000
	maxUnpacked = 64 << 20 // bytes, all parts together that are read
)

// archive is a ZIP file with the parts of a document. Nothing of it is written to
// disk, and a part that is not asked for is not unpacked.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openArchive opens the ZIP file data. Its error is ErrBroken, ErrEncrypted (an
// office file with a password is no ZIP file at all) or ErrTooLarge.
func openArchive(data []byte) (*archive, error) {
	if bytes.HasPrefix(data, []byte(compound)) {
		return nil, fmt.Errorf("%w: it has a password, or is an old Office file with a new name", ErrEncrypted)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: it is no ZIP archive, or the end of it is missing", ErrBroken)
	}
	if len(r.File) > maxParts {
		return nil, fmt.Errorf("%w: an archive of %d parts, the limit is %d", ErrTooLarge, len(r.File), maxParts)
	}
	a := &archive{parts: make(map[string]*zip.File, len(r.File)), left: maxUnpacked}
	for _, f := range r.File {
		name := partName(f.Name)
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// partName is the name of a part without what only writes it differently.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/")
}

// has reports whether there is a part of that name.
func (a *archive) has(name string) bool { return a.parts[partName(name)] != nil }

// read unpacks a part. One that is missing is ErrBroken.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: its part %q is missing", ErrBroken, name)
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%w: it has a password", ErrEncrypted)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: its part %q cannot be unpacked", ErrBroken, name)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.left+1))
	if int64(len(data)) > a.left {
		return nil, fmt.Errorf("%w: it unpacks to more than %d MiB", ErrTooLarge, maxUnpacked>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: its part %q cannot be unpacked", ErrBroken, name)
	}
	a.left -= int64(len(data))
	return data, nil
}

// readXML unpacks a part and parses it.
func (a *archive) readXML(name string) (*element, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, err
	}
	root, err := parseXML(data)
	switch {
	case errors.Is(err, ErrTooDeep), errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: its part %q is not XML: %s", ErrBroken, name, strings.TrimPrefix(err.Error(), "XML syntax error "))
	}
	return root, nil
}

// compound is how an old Office file begins, and a new one with a password.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// zipped reports whether data is a ZIP file that has a part of that name, and, if
// holding is not "", whose part "mimetype" is holding.
func zipped(data []byte, part, holding string) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	a, err := openArchive(data)
	if err != nil || !a.has(part) {
		return false
	}
	if holding == "" {
		return true
	}
	f := a.parts[partName(part)]
	if f.UncompressedSize64 > 1<<10 {
		return false
	}
	got, err := a.read(part)
	return err == nil && strings.TrimSpace(string(got)) == holding
}
