package reader

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/argmap/argmap/internal/document"
)

// book is an e-book (EPUB 2 and 3): an archive with pages of XHTML, and a package
// that names them in the order of reading.
type book struct {
	archive *archive
	// locked are the parts that are encrypted, by name, and lock is what with.
	locked map[string]bool
	lock   string
	// base is the folder of the package, which its references start from.
	base     string
	title    string
	creators []string
	// about is everything else that a title page may bear.
	about []string
	// parts are those of the reading order; what only notes or answers lead to
	// (linear="no") is left out.
	parts []bookPart
	// roles are what the package, or its table of landmarks, calls parts.
	roles map[string]bookRole
	// contents are the entries of the table of contents by the part they lead to.
	contents map[string][]contentsEntry
	// bold are the classes that make letters bold.
	bold map[string]bool
	// nodes counts those of all pages.
	nodes int
	// pictures is set where a page has one.
	pictures bool
}

// bookPart is a part of the reading order.
type bookPart struct {
	name string // in the archive
	role bookRole
	body *html.Node
	// words is how many its text has, linked how many of them lead to other places
	// in the book, and links how often they do.
	words, linked, links int
}

// isEPUB reports whether data is an e-book; some have no part "mimetype".
func isEPUB(data []byte) bool {
	return zipped(data, "mimetype", "application/epub+zip") || zipped(data, containerPart, "")
}

// containerPart names the package of an e-book.
const containerPart = "META-INF/container.xml"

// openEPUB reads the pages of an e-book in their order: without its cover, title
// page, imprint and contents, notes as asides.
func openEPUB(ctx context.Context, doc *document.Document, data []byte) error {
	a, err := openArchive(data)
	if err != nil {
		return err
	}
	b := &book{archive: a, roles: make(map[string]bookRole)}
	if err := b.open(); err != nil {
		return err
	}
	for i := range b.parts {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := b.readPart(&b.parts[i]); err != nil {
			return err
		}
	}
	b.leaveOut()
	return b.build(doc)
}

// open reads what is said of the book: what is encrypted, the package and the
// table of contents.
func (b *book) open() error {
	if err := b.readLocks(); err != nil {
		return err
	}
	container, err := b.archive.readXML(containerPart)
	if err != nil {
		return err
	}
	name := ""
	container.each(func(e *element) bool {
		if e.name == "rootfile" && name == "" {
			name = e.attr("full-path")
		}
		return true
	})
	if name == "" {
		return fmt.Errorf("%w: its part %q names no package", ErrBroken, containerPart)
	}
	b.base = path.Dir(partName(name))
	if err := b.refuseLocked(partName(name)); err != nil {
		return err
	}
	pack, err := b.archive.readXML(name)
	if err != nil {
		return err
	}
	b.readMetadata(pack.child("metadata"))
	return b.readSpine(pack)
}

// scramblings make fonts unusable outside of the book. They are no protection of
// the text.
var scramblings = map[string]bool{
	"http://www.idpf.org/2008/embedding": true,
	"http://ns.adobe.com/pdf/enc#RC":     true,
}

// licences are the parts that only books with a copy protection have.
var licences = []struct{ part, name string }{
	{"META-INF/license.lcpl", "Readium LCP"},
	{"META-INF/sinf.xml", "Apple"},
	{"META-INF/rights.xml", "Adobe"},
}

// readLocks finds out which parts are encrypted.
func (b *book) readLocks() error {
	const part = "META-INF/encryption.xml"
	if !b.archive.has(part) {
		return nil
	}
	root, err := b.archive.readXML(part)
	if err != nil {
		return err
	}
	b.locked = make(map[string]bool)
	root.each(func(e *element) bool {
		if e.name != "EncryptedData" {
			return true
		}
		uri := e.child("CipherData").child("CipherReference")
		if uri != nil && !scramblings[e.child("EncryptionMethod").attrOf("Algorithm")] {
			b.locked[partName(unescaped(uri.attr("URI")))] = true
		}
		return false
	})
	for _, l := range licences {
		if b.lock == "" && b.archive.has(l.part) {
			b.lock = ", " + l.name
		}
	}
	return nil
}

// attrOf is attr of an element that may be nil.
func (e *element) attrOf(name string) string {
	if e == nil {
		return ""
	}
	return e.attr(name)
}

// refuseLocked returns an error if a part that has to be read is encrypted.
func (b *book) refuseLocked(name string) error {
	if b.locked[name] {
		return fmt.Errorf("%w: an e-book with a copy protection%s", ErrEncrypted, b.lock)
	}
	return nil
}

// readMetadata takes the title and the authors from the package.
func (b *book) readMetadata(m *element) {
	m.each(func(e *element) bool {
		s := collapse(e.content())
		switch {
		case e.space != dublinCore:
			return true
		case !isTitle(s): // nor a name
		case e.name == "title" && b.title == "":
			b.title = s
		case e.name == "creator":
			b.creators = append(b.creators, s)
		default:
			b.about = append(b.about, s)
		}
		return false
	})
}

const dublinCore = "http://purl.org/dc/elements/1.1/"

// pageTypes are the types of parts that are pages.
var pageTypes = map[string]bool{"application/xhtml+xml": true, "text/html": true, "application/x-dtbook+xml": true, "text/x-oeb1-document": true}

// readSpine lists the parts in the order of reading, and what they are.
func (b *book) readSpine(pack *element) error {
	items := make(map[string]*element)
	var (
		nav, ncx string
		sheets   []string
	)
	manifest, spine := pack.child("manifest"), pack.child("spine")
	if manifest == nil || spine == nil {
		return fmt.Errorf("%w: its package has no reading order", ErrBroken)
	}
	for _, e := range manifest.children {
		if e.name != "item" {
			continue
		}
		items[e.attr("id")] = e
		switch {
		case hasWord(e.attr("properties"), "nav"):
			nav = b.target("", e.attr("href"))
			b.roles[nav] = leftOut
		case e.attr("media-type") == "application/x-dtbncx+xml":
			ncx = b.target("", e.attr("href"))
		case e.attr("media-type") == "text/css":
			sheets = append(sheets, b.target("", e.attr("href")))
		}
	}
	b.readStyles(sheets)
	b.readGuide(pack.child("guide"))
	b.readContents(nav, ncx)
	for _, e := range spine.children {
		if e.name != "itemref" || e.attr("linear") == "no" {
			continue
		}
		item := items[e.attr("idref")]
		if item == nil {
			return fmt.Errorf("%w: its reading order has %q, which is nothing", ErrBroken, e.attr("idref"))
		}
		switch kind := item.attr("media-type"); {
		case pageTypes[kind]:
			name := b.target("", item.attr("href"))
			if name == "" {
				return fmt.Errorf("%w: its reading order has %q, which is not in it", ErrBroken, item.attr("href"))
			}
			b.parts = append(b.parts, bookPart{name: name, role: b.roles[name]})
		case strings.HasPrefix(kind, "image/"):
			b.pictures = true
		}
	}
	return nil
}

// target returns the name of the part that a reference in the part from leads
// to, without what it points at there; from is "" for the package. It is "" where
// the reference leads out of the book.
func (b *book) target(from, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	if u.Path == "" {
		return from
	}
	if from == "" {
		return partName(b.base + "/" + u.Path)
	}
	return partName(path.Dir(from) + "/" + u.Path)
}

// unescaped is s with its percent signs resolved, if they can be.
func unescaped(s string) string {
	if t, err := url.PathUnescape(s); err == nil {
		return t
	}
	return s
}

// hasWord reports whether word is one of the words of list.
func hasWord(list, word string) bool { return strings.Contains(" "+list+" ", " "+word+" ") }

// build gives doc the text of the parts that are read.
func (b *book) build(doc *document.Document) error {
	b.settleTitle()
	w := &walker{title: b.title}
	w.out.add(document.Title, 0, b.title)
	w.out.add(document.Aside, 0, strings.Join(b.creators, ", "))
	front := len(w.out.blocks)
	for _, p := range b.parts {
		if p.body != nil && p.role != leftOut {
			w.walk(p.body)
			w.flush()
		}
	}
	switch {
	case len(w.out.blocks) > front:
	case b.pictures:
		return ErrNoText
	default:
		return ErrEmpty
	}
	w.out.finish(doc)
	doc.Title = b.title
	return nil
}

// settleTitle takes the only first-level heading for the title where the package
// has none, or only its beginning.
func (b *book) settleTitle() {
	var tops []string
	for _, p := range b.parts {
		if p.body == nil || p.role != inText {
			continue
		}
		each(p.body, func(n *html.Node) bool {
			if n.DataAtom == atom.H1 {
				tops = append(tops, collapse(textOf(n)))
			}
			return true
		})
	}
	if len(tops) == 1 && tops[0] != "" && strings.HasPrefix(strings.ToLower(tops[0]), strings.ToLower(b.title)) {
		b.title = tops[0]
	}
}
