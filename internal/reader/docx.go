package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf16"

	"github.com/argmap/argmap/internal/document"
)

// docx is a Word document while it is read.
type docx struct {
	archive *archive
	// main is the name of the part with the text.
	main      string
	styles    docxStyles
	numbering docxNumbering
	// footnotes and endnotes are the notes by their id.
	footnotes, endnotes map[string]*element
	out                 office
}

// isDOCX reports whether data is a Word document, or one with a password.
func isDOCX(data []byte) bool {
	if bytes.HasPrefix(data, []byte(compound)) {
		return bytes.Contains(data, encryptedPackage)
	}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	a, err := openArchive(data)
	if err != nil {
		return false
	}
	return wordPart(a) != ""
}

// encryptedPackage is the name of what a file with a password holds, as it stands
// in the directory of the file.
var encryptedPackage = func() []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}()

// wordPart returns the name of the part with the text, or "" where the archive is
// no Word document: a spreadsheet is packed alike.
func wordPart(a *archive) string {
	const usual = "word/document.xml"
	rels, err := relations(a, "")
	if err != nil {
		return ""
	}
	main := rels.byType("officeDocument")
	if main == "" && a.has(usual) {
		main = usual // whatever wrote it left out where it is
	}
	if main == "" || !a.has(main) {
		return ""
	}
	if main == usual || !a.has("[Content_Types].xml") {
		return main
	}
	types, err := a.readXML("[Content_Types].xml")
	if err != nil {
		return ""
	}
	for _, t := range types.children {
		kind := t.attr("ContentType")
		if partName(t.attr("PartName")) == main && (strings.Contains(kind, "wordprocessingml") || strings.Contains(kind, "ms-word")) {
			return main
		}
	}
	return ""
}

// openDOCX reads a Word document: .docx, and its kin with macros and templates.
// What changes were tracked is read as if they had been accepted; comments,
// headers and footers are left out.
func openDOCX(ctx context.Context, doc *document.Document, data []byte) error {
	if err := renamed(data); err != nil {
		return err
	}
	a, err := openArchive(data)
	if err != nil {
		return err
	}
	d := &docx{archive: a, main: wordPart(a)}
	if d.main == "" {
		return fmt.Errorf("%w: it has no part with the text of a Word document", ErrBroken)
	}
	root, err := d.open()
	if err != nil {
		return err
	}
	body := root.child("body")
	if root.name != "document" || body == nil {
		return fmt.Errorf("%w: its part %q is no Word document", ErrBroken, d.main)
	}
	s := &docxStory{docx: d, ctx: ctx, unended: unendedFields(body)}
	s.blocks(body)
	if s.flush(); s.err != nil {
		return s.err
	}
	d.out.passages = s.passages
	d.out.notes = append(d.out.notes, d.out.endnotes...)
	return d.out.build(doc)
}

// renamed returns an error where data is a file of another format under the name
// of an office file, and says which.
func renamed(data []byte) error {
	name := looksBinary(data)
	if name == "" || bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte(compound)) && bytes.Contains(data, encryptedPackage) {
		return nil
	}
	return fmt.Errorf("%w: looks like %s", ErrBinary, name)
}

// open parses the parts that d needs and returns the one with the text.
func (d *docx) open() (*element, error) {
	root, err := d.archive.readXML(d.main)
	if err != nil {
		return nil, err
	}
	rels, err := relations(d.archive, d.main)
	if err != nil {
		return nil, err
	}
	parts := make(map[string]*element)
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes"} {
		name := rels.byType(kind)
		if name == "" || !d.archive.has(name) {
			continue
		}
		if parts[kind], err = d.archive.readXML(name); err != nil {
			return nil, err
		}
	}
	d.styles = readDOCXStyles(parts["styles"])
	d.numbering = readDOCXNumbering(parts["numbering"], d.styles)
	d.footnotes, d.endnotes = notesByID(parts["footnotes"]), notesByID(parts["endnotes"])
	d.out.title, err = d.property()
	return root, err
}

// property returns the title in the properties of the file, or "".
func (d *docx) property() (string, error) {
	rels, err := relations(d.archive, "")
	if err != nil {
		return "", err
	}
	name := rels.byType("core-properties")
	if name == "" || !d.archive.has(name) {
		return "", nil
	}
	root, err := d.archive.readXML(name)
	if errors.Is(err, ErrBroken) {
		return "", nil // the text does not depend on it
	}
	return root.child("title").content(), err
}

// notesByID returns the notes in a part by their id, without the lines that are
// drawn above notes.
func notesByID(root *element) map[string]*element {
	notes := make(map[string]*element)
	if root == nil {
		return notes
	}
	for _, n := range root.children {
		if kind := n.attr("type"); kind == "" || kind == "normal" {
			notes[n.attr("id")] = n
		}
	}
	return notes
}

// partRelations are the parts that a part refers to, in the order of the file.
type partRelations []struct{ kind, target string }

// relations returns what the part of that name refers to inside the archive; of
// the archive itself where name is "".
func relations(a *archive, name string) (partRelations, error) {
	dir, base := path.Split(name)
	file := dir + "_rels/" + base + ".rels"
	if !a.has(file) {
		return nil, nil
	}
	root, err := a.readXML(file)
	if err != nil {
		return nil, err
	}
	var rels partRelations
	for _, r := range root.children {
		if r.name != "Relationship" || r.attr("TargetMode") == "External" {
			continue
		}
		target := r.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		rels = append(rels, struct{ kind, target string }{path.Base(r.attr("Type")), partName(target)})
	}
	return rels, nil
}

// byType returns the first part of that type, the last word of its name, or "".
func (r partRelations) byType(kind string) string {
	for _, p := range r {
		if p.kind == kind {
			return p.target
		}
	}
	return ""
}
