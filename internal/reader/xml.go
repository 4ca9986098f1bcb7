package reader

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits of an XML part: no document is nested that deeply, and a tree of more
// elements, texts between them included, or of more attributes would fill the
// memory. A thousand pages of Word are half a million elements in twenty
// megabytes, which take 1.2 seconds and 90 MB.
const (
	maxXMLDepth   = 500
	maxElements   = 3_000_000
	maxAttributes = 2 * maxElements
)

// element is an element of an XML tree, or text between elements: then name is
// "" and text is what stands there.
type element struct {
	space    string // namespace, a URI
	name     string // local name
	attrs    []xml.Attr
	children []*element
	text     string
}

// parseXML returns the root element of data. Entities beyond those of XML itself
// are an error, so nothing in it can grow or reach out.
func parseXML(data []byte) (*element, error) {
	d, err := newXMLDecoder(data)
	if err != nil {
		return nil, err
	}
	root := &element{}
	open := []*element{root}
	for count, attributes := 0, 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(open) == 1 {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			count++
			if attributes += len(t.Attr); attributes > maxAttributes {
				return nil, fmt.Errorf("%w: more than %d attributes", ErrTooLarge, maxAttributes)
			}
			if len(open) > maxXMLDepth {
				return nil, fmt.Errorf("%w: more than %d elements inside each other", ErrTooDeep, maxXMLDepth)
			}
			e := &element{space: t.Name.Space, name: t.Name.Local, attrs: t.Attr}
			top.children = append(top.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				count++
				top.children = append(top.children, &element{text: string(t)})
			}
		}
		if count > maxElements {
			return nil, fmt.Errorf("%w: more than %d elements", ErrTooLarge, maxElements)
		}
	}
	for _, e := range root.children {
		if e.name != "" {
			return e, nil
		}
	}
	return nil, errors.New("no element")
}

// newXMLDecoder returns a decoder for data in any encoding that it names, or in
// UTF-16 by its byte-order mark.
func newXMLDecoder(data []byte) (*xml.Decoder, error) {
	for mark, order := range map[string]binary.ByteOrder{"\xff\xfe": binary.LittleEndian, "\xfe\xff": binary.BigEndian} {
		rest, found := bytes.CutPrefix(data, []byte(mark))
		if !found {
			continue
		}
		text, err := decodeUTF16(rest, order)
		if err != nil {
			return nil, err
		}
		d := xml.NewDecoder(strings.NewReader(text))
		d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // it is decoded
		return d, nil
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	return d, nil
}

// attr returns the attribute of that local name, or "". Where two namespaces
// have one of that name, the first counts.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child of that local name, or nil. A nil element has
// none, so that calls can be chained.
func (e *element) child(name string) *element {
	if e != nil {
		for _, c := range e.children {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// each calls f for every element below e in order; where f returns false, what
// is below that one is passed over.
func (e *element) each(f func(*element) bool) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		if c.name != "" && f(c) {
			c.each(f)
		}
	}
}

// content returns all text below e.
func (e *element) content() string {
	var b strings.Builder
	e.writeContent(&b)
	return b.String()
}

func (e *element) writeContent(b *strings.Builder) {
	if e == nil {
		return
	}
	b.WriteString(e.text)
	for _, c := range e.children {
		c.writeContent(b)
	}
}
