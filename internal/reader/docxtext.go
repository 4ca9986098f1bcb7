package reader

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// docxStory walks a text of a Word document, its body or a note, and gathers its
// passages.
type docxStory struct {
	*docx
	ctx      context.Context
	err      error // why it goes no further
	passages []passage
	strand
	fields  docxFields
	unended map[*element]bool
	// boxes are the frames that were met in the paragraph.
	boxes []*element
	boxed bool
	// note is set inside a note, and told holds the notes that were referred to.
	note bool
	told map[*element]bool
	// itemIndent is how far in the last item stands, in twentieths of a point.
	itemIndent int
}

// unread are the elements that were deleted, and those that only say how it
// looks or where something begins and ends.
var unread = []string{"del", "moveFrom", "pPr", "rPr", "rt", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"}

// blocks gathers the paragraphs and tables under e, which may be nil.
func (s *docxStory) blocks(e *element) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		if s.err == nil {
			s.err = s.ctx.Err()
		}
		if s.err != nil {
			return
		}
		switch c.name {
		case "p":
			s.paragraph(c)
		case "tbl":
			s.flush()
			s.out.tables++
			rows := s.rows(c, nil)
			s.passages = append(s.passages, s.out.tablePassages(rows)...)
			s.out.tables--
		case "sdt":
			s.blocks(sdtContent(c))
		case "AlternateContent":
			s.blocks(alternative(c))
		case "ins", "moveTo", "customXml", "smartTag":
			s.blocks(c)
		}
	}
}

// galleries are the building blocks that are no text of the author's.
var galleries = []string{"Table of Contents", "Bibliographies", "Page Numbers (Top of Page)", "Page Numbers (Bottom of Page)", "Watermarks"}

// sdtContent returns the content of a content control, or nil where nobody wrote
// it: a table of contents, what stands in a form before it is filled in, a box to
// tick.
func sdtContent(e *element) *element {
	pr := e.child("sdtPr")
	if p := pr.child("showingPlcHdr"); p != nil && isOn(p) || pr.child("checkbox") != nil {
		return nil
	}
	gallery := valueOf(pr.child("docPartObj"), "docPartGallery")
	if gallery == "" {
		gallery = valueOf(pr.child("docPartList"), "docPartGallery")
	}
	if slices.Contains(galleries, gallery) || pr.child("bibliography") != nil {
		return nil
	}
	return e.child("sdtContent")
}

// alternative returns the branch of AlternateContent that is read, or nil: both
// say the same.
func alternative(e *element) *element {
	if c := e.child("Choice"); c != nil {
		return c
	}
	return e.child("Fallback")
}

// rows appends the rows of the table e to rows, cells as their passages.
func (s *docxStory) rows(e *element, rows [][][]passage) [][][]passage {
	if e == nil {
		return rows
	}
	for _, c := range e.children {
		switch c.name {
		case "tr":
			pr := c.child("trPr")
			if hidden := pr.child("hidden"); pr.child("del") == nil && (hidden == nil || !isOn(hidden)) {
				rows = append(rows, s.cells(c, nil))
			}
		case "sdt":
			rows = s.rows(sdtContent(c), rows)
		case "ins", "moveTo", "customXml":
			rows = s.rows(c, rows)
		}
	}
	return rows
}

// cells appends the cells of the row e to cells.
func (s *docxStory) cells(e *element, cells [][]passage) [][]passage {
	if e == nil {
		return cells
	}
	for _, c := range e.children {
		switch c.name {
		case "tc":
			if c.child("tcPr").child("cellDel") == nil {
				cells = append(cells, s.apart(c))
			}
		case "sdt":
			cells = s.cells(sdtContent(c), cells)
		case "ins", "moveTo", "customXml":
			cells = s.cells(c, cells)
		}
	}
	return cells
}

// apart returns the passages under e, which stand apart from the others.
func (s *docxStory) apart(e *element) []passage {
	around := s.passages
	s.passages = nil
	s.blocks(e)
	s.flush()
	apart := s.passages
	s.passages = around
	return apart
}

// paragraph gathers the paragraph p. Where its end was deleted, the next one goes
// on with it; that is how Word shows the two, in the style of the second.
func (s *docxStory) paragraph(p *element) {
	pPr := p.child("pPr")
	id := valueOf(pPr, "pStyle")
	style := s.styles.byID[id]
	if style == nil {
		style = s.unknownStyle(id)
	}
	s.inline(p, style.over(s.styles.base))
	mark := pPr.child("rPr")
	if mark.child("del") != nil || mark.child("moveFrom") != nil || isDropCap(pPr) {
		return
	}
	out := passage{role: style.role, level: style.level}
	props := readDOCXProps(pPr)
	if level := outlineLevel(props.outline); level > 0 && out.role == bodyRole {
		out.role, out.level = headingRole, level
	}
	if out.role == headingRole && out.level == 0 {
		out.level = max(1, outlineLevel(style.props.outline))
	}
	all := props.over(style.props)
	if all.list != "" && (out.role == bulletsRole || out.role == numbersRole) {
		out.role, out.level = bodyRole, 0 // its list is known, or that it is in none
	}
	out.place = s.placeOf(props, style, id)
	out.inset = twips(all.indent) >= minInset && twips(all.right) >= minInset
	s.end(out)
}

// unknownStyle is the style of paragraphs with the id of a style that is not
// there, or none.
func (s *docxStory) unknownStyle(id string) *docxStyle {
	if st := s.styles.byID[s.styles.paragraph]; st != nil && id == "" {
		return st
	}
	st := &docxStyle{}
	st.role, st.level = roleOf(id)
	return st
}

// isDropCap reports whether a paragraph is the large first letter of the next.
func isDropCap(pPr *element) bool {
	drop := ""
	if f := pPr.child("framePr"); f != nil {
		drop = f.attr("dropCap")
	}
	return drop == "drop" || drop == "margin"
}

// placeOf returns which list a paragraph is an item of, by its own properties or
// those of its style.
func (s *docxStory) placeOf(own docxProps, style *docxStyle, id string) place {
	all := own.over(style.props)
	depth, _ := strconv.Atoi(all.depth)
	levels := s.numbering[all.list]
	if own.list == "" && style.props.depth == "" {
		depth = max(0, slices.IndexFunc(levels, func(l docxLevel) bool { return l.style == id && id != "" }))
	}
	depth = min(max(depth, 0), maxLevels-1)
	var level docxLevel
	if depth < len(levels) {
		level = levels[depth]
	}
	none := level.format != "" && strings.TrimSpace(level.text) == "" // nothing stands before it
	if all.list == "" || all.list == "0" || none {
		indent := twips(all.indent)
		return place{indent: indent, within: own.list == "0" || none || indent > 0 && indent+shift >= s.itemIndent}
	}
	indent := own.indent
	if indent == "" {
		indent = level.indent
	}
	if indent == "" {
		indent = style.props.indent
	}
	s.itemIndent = twips(indent)
	return place{depth: depth + 1, list: all.list, indent: s.itemIndent, ordered: level.format != "bullet" && level.format != "none" && level.format != ""}
}

// twips returns a length in twentieths of a point, which it is in where it has no
// unit.
func twips(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return min(max(n, -1<<20), 1<<20)
	}
	return int(20 * points(s))
}

// end appends what was gathered as the passage p, and then what stands in frames
// beside it.
func (s *docxStory) end(p passage) {
	s.finish(&p)
	if err := s.out.take(len(p.text)); err != nil {
		s.err = err
	}
	p.boxed = s.boxed
	s.passages = append(s.passages, p)
	boxes, fields, boxed := s.boxes, s.fields, s.boxed
	s.boxes, s.fields, s.boxed = nil, docxFields{}, true
	for _, e := range boxes {
		s.passages = append(s.passages, s.apart(e)...)
	}
	s.fields, s.boxed = fields, boxed
}

// flush ends a paragraph that nothing goes on with.
func (s *docxStory) flush() {
	if s.text.Len() > 0 || len(s.boxes) > 0 {
		s.end(passage{})
	}
}

// inline gathers the text of a paragraph under e, which may be nil. Letters look
// like base where they do not say otherwise.
func (s *docxStory) inline(e *element, base look) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		switch {
		case slices.Contains(unread, c.name):
		case c.name == "r":
			s.run(c, base)
		case c.name == "sdt":
			s.inline(sdtContent(c), base)
		case c.name == "AlternateContent":
			s.inline(alternative(c), base)
		case c.name == "fldSimple" && isListing(c.attr("instr")):
		case c.name == "oMath":
			s.formula(c, base)
		case c.name == "oMathPara": // stands apart, and is no prose
		default:
			s.inline(c, base)
		}
	}
}

// run gathers the text of the run r.
func (s *docxStory) run(r *element, base look) {
	rPr := r.child("rPr")
	l := readDOCXLook(rPr)
	if st := s.styles.byID[valueOf(rPr, "rStyle")]; st != nil {
		l = l.over(st.look)
	}
	s.signs(r, l.over(base))
}

// signs gathers what stands in a run, or in a part of one.
func (s *docxStory) signs(e *element, l look) {
	for _, c := range e.children {
		switch c.name {
		case "fldChar":
			if !s.unended[c] {
				s.fields.sign(c)
			}
			continue
		case "instrText":
			s.fields.instruct(c.content())
			continue
		}
		if s.fields.hushed > 0 || l.hidden > 0 {
			continue
		}
		switch c.name {
		case "t":
			s.write(c.content(), l)
		case "tab", "ptab":
			s.write("\t", l)
		case "br":
			if kind := c.attr("type"); kind == "page" || kind == "column" {
				s.partBreak()
			} else {
				s.lineBreak()
			}
		case "cr":
			s.lineBreak()
		case "noBreakHyphen":
			s.write("-", l)
		case "sym":
			if code, err := strconv.ParseInt(c.attr("char"), 16, 32); err == nil {
				if sign := symbol(c.attr("font"), rune(code)); sign != 0 {
					s.write(string(sign), l)
				}
			}
		case "footnoteReference", "endnoteReference":
			s.refer(c)
			if on := c.attr("customMarkFollows"); on == "1" || on == "true" || on == "on" {
				return // the rest of the run is the mark
			}
		case "ruby":
			s.inline(c.child("rubyBase"), l)
		case "AlternateContent":
			if branch := alternative(c); branch != nil {
				s.signs(branch, l)
			}
		case "drawing", "pict", "object":
			s.out.pictures = true
			s.findBoxes(c)
		}
	}
}

// findBoxes keeps the frames with text that are drawn under e.
func (s *docxStory) findBoxes(e *element) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		switch c.name {
		case "txbxContent":
			s.boxes = append(s.boxes, c)
		case "AlternateContent":
			s.findBoxes(alternative(c))
		default:
			s.findBoxes(c)
		}
	}
}

// formula gathers the letters of a formula in the line.
func (s *docxStory) formula(e *element, base look) {
	if s.fields.hushed > 0 {
		return
	}
	e.each(func(c *element) bool {
		if c.name == "t" {
			s.write(c.content(), base)
		}
		return c.name != "t" && !slices.Contains(unread, c.name)
	})
}

// refer keeps the note that the reference e is to.
func (s *docxStory) refer(e *element) {
	notes := s.footnotes
	if e.name == "endnoteReference" {
		notes = s.endnotes
	}
	n := notes[e.attr("id")]
	if n == nil || s.note || s.told[n] {
		return
	}
	if s.told == nil {
		s.told = make(map[*element]bool)
	}
	s.told[n] = true
	in := &docxStory{docx: s.docx, ctx: s.ctx, unended: unendedFields(n), note: true}
	in.blocks(n)
	in.flush()
	if in.err != nil {
		s.err = in.err
	}
	s.out.keepNote(in.passages, e.name == "endnoteReference")
}
