package reader

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// odtStory walks the text of an OpenDocument and gathers its passages.
type odtStory struct {
	odtStyles
	ctx      context.Context
	err      error // why it goes no further
	out      *office
	passages []passage
	strand
	// boxes are the frames that were met in the paragraph.
	boxes []*element
	boxed bool
	// note is set inside a note.
	note bool
	// hidden is set where a field hides the paragraph.
	hidden bool
	// listed counts the lists, to tell them apart; lists are their numbers by
	// their ids and, behind a space, the names of their styles.
	listed int
	lists  map[string]string
}

// shapes are the elements of drawings that may have text in them.
var shapes = []string{"frame", "text-box", "g", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "caption"}

// blocks gathers the paragraphs, lists and tables under e, which stand at at.
func (s *odtStory) blocks(e *element, at place) {
	for _, c := range e.children {
		if s.err == nil {
			s.err = s.ctx.Err()
		}
		if s.err != nil {
			return
		}
		s.block(c, at)
	}
}

// block gathers the paragraph, list or table e, which stands at at.
func (s *odtStory) block(e *element, at place) {
	switch {
	case e.name == "p" || e.name == "h":
		s.paragraph(e, at)
	case e.name == "list":
		s.list(e, at)
	case e.name == "numbered-paragraph":
		s.item(e, place{depth: max(1, outlineLevelODT(e.attr("level"))), list: "numbered " + e.attr("list-id"), ordered: true}, true)
	case e.name == "table":
		s.out.tables++
		rows := s.rows(e, nil)
		s.passages = append(s.passages, s.out.tablePassages(rows)...)
		s.out.tables--
	case e.name == "section":
		if e.attr("display") != "none" && e.attr("is-hidden") != "true" {
			s.blocks(e, at)
		}
	case e.name == "a": // a link around a frame
		s.blocks(e, at)
	case slices.Contains(shapes, e.name):
		s.findBoxes(e)
		s.emptyBoxes()
	}
}

// list gathers the list e, which stands at around.
func (s *odtStory) list(e *element, around place) {
	style := e.attr("style-name")
	if style == "" {
		style = around.style
	}
	in := place{depth: around.depth + 1, list: around.list, style: style}
	if around.depth == 0 {
		in.list = s.listID(e)
	}
	var level odtLevel
	if levels := s.levels[style]; len(levels) > 0 {
		level = levels[min(in.depth, maxODTLevels)]
	}
	in.ordered, in.indent = level.ordered, level.indent
	for _, c := range e.children {
		if c.name == "list-item" || c.name == "list-header" {
			s.item(c, in, c.name == "list-item" && !level.empty)
		}
	}
}

// listID returns what tells the list e from others: what an earlier one has, where
// e goes on with that.
func (s *odtStory) listID(e *element) string {
	id := ""
	if before := e.attr("continue-list"); before != "" {
		id = s.lists[before]
	} else if e.attr("continue-numbering") == "true" {
		id = s.lists[" "+e.attr("style-name")]
	}
	if id == "" {
		s.listed++
		id = strconv.Itoa(s.listed)
	}
	if s.lists == nil {
		s.lists = make(map[string]string)
	}
	s.lists[e.attr("id")], s.lists[" "+e.attr("style-name")] = id, id
	return id
}

// item gathers the item e of the list at at. Its first paragraph is the item, if
// something stands before it; what follows stands in it.
func (s *odtStory) item(e *element, at place, marked bool) {
	for _, c := range e.children {
		here := at
		switch {
		case c.name == "list":
		case c.name != "p" && c.name != "h":
			here = place{within: true}
		case marked:
			marked = false
		default:
			here = place{within: true}
		}
		s.block(c, here)
	}
}

// rows appends the rows of the table e to rows, cells as their passages.
func (s *odtStory) rows(e *element, rows [][][]passage) [][][]passage {
	for _, c := range e.children {
		switch c.name {
		case "table-row":
			if v := c.attr("visibility"); v == "collapse" || v == "filter" {
				continue
			}
			var cells [][]passage
			for _, cell := range c.children {
				if cell.name == "table-cell" {
					cells = append(cells, s.apart(cell))
				}
			}
			rows = append(rows, cells)
		case "table-header-rows", "table-rows", "table-row-group":
			rows = s.rows(c, rows)
		}
	}
	return rows
}

// apart returns the passages under e, which stand apart from the others.
func (s *odtStory) apart(e *element) []passage {
	around := s.passages
	s.passages = nil
	s.blocks(e, place{})
	apart := s.passages
	s.passages = around
	return apart
}

// paragraph gathers the paragraph or heading p, which stands at at.
func (s *odtStory) paragraph(p *element, at place) {
	style := s.byName["paragraph "+p.attr("style-name")]
	if style == nil {
		style = &odtStyle{look: s.base}
		style.role, style.level = roleOf(plainName(p.attr("style-name")))
	}
	s.inline(p, style.look)
	out := passage{role: style.role, level: style.level, place: at, boxed: s.boxed}
	out.inset = twips(style.left) >= minInset && twips(style.right) >= minInset
	if p.name == "h" && out.role != titleRole && out.role != subtitleRole && out.role != contentsRole {
		out.role, out.level = headingRole, max(1, outlineLevelODT(p.attr("outline-level")))
	}
	switch {
	case out.role == headingRole && out.level == 0:
		out.level = 1
	case out.role == bulletsRole || out.role == numbersRole:
		out.role, out.level = bodyRole, 0 // every item stands in a list
	}
	s.finish(&out)
	if err := s.out.take(len(out.text)); err != nil {
		s.err = err
	}
	if s.hidden {
		s.hidden, out.text = false, ""
	}
	s.passages = append(s.passages, out)
	s.emptyBoxes()
}

// emptyBoxes gathers what stands in the frames that were met.
func (s *odtStory) emptyBoxes() {
	boxes, boxed := s.boxes, s.boxed
	s.boxes, s.boxed = nil, true
	for _, e := range boxes {
		s.passages = append(s.passages, s.apart(e)...)
	}
	s.boxed = boxed
}

// unspoken are the elements inside a paragraph of which nothing is read.
var unspoken = []string{
	"annotation", "annotation-end", "tracked-changes", "ruby-text", "note-citation", "placeholder", "script", "desc", "title", "object", "image", "event-listeners", "forms",
}

// maxSpaces is how many spaces in a row are kept; they count in a text that was
// typed line by line.
const maxSpaces = 80

// inline gathers the text of a paragraph under e. Letters look like base where
// they do not say otherwise.
func (s *odtStory) inline(e *element, base look) {
	for _, c := range e.children {
		switch {
		case c.name == "":
			s.write(c.text, base)
		case slices.Contains(unspoken, c.name), c.name != "tab" && c.attr("display") == "none", c.attr("showing-place-holder") == "true":
		case c.name == "s":
			n, _ := strconv.Atoi(c.attr("c"))
			s.write(strings.Repeat(" ", min(max(n, 1), maxSpaces)), base)
		case c.name == "tab":
			s.write("\t", base)
		case c.name == "line-break":
			if base.hidden <= 0 {
				s.lineBreak()
			}
		case c.name == "note":
			if base.hidden <= 0 {
				s.refer(c)
			}
		case c.name == "hidden-text", c.name == "hidden-paragraph":
			if on := c.attr("is-hidden") == "true"; !on {
				s.inline(c, base)
			} else if c.name == "hidden-paragraph" {
				s.hidden = true
			}
		case slices.Contains(shapes, c.name):
			if base.hidden <= 0 {
				s.findBoxes(c)
			}
		default:
			l := base
			if st := s.byName["text "+c.attr("style-name")]; st != nil {
				own := st.look
				if st.scale > 0 {
					own.size = st.scale * base.size
				}
				l = own.over(base)
			}
			s.inline(c, l)
		}
	}
}

// findBoxes keeps the frames with text that are drawn in e.
func (s *odtStory) findBoxes(e *element) {
	if e.child("p") != nil || e.child("h") != nil || e.child("list") != nil || e.child("table") != nil {
		s.boxes = append(s.boxes, e)
		return
	}
	for _, c := range e.children {
		s.out.pictures = s.out.pictures || c.name == "image"
		if slices.Contains(shapes, c.name) || c.name == "a" {
			s.findBoxes(c)
		}
	}
}

// refer keeps the note e.
func (s *odtStory) refer(e *element) {
	body := e.child("note-body")
	if body == nil || s.note {
		return
	}
	in := &odtStory{odtStyles: s.odtStyles, ctx: s.ctx, out: s.out, note: true}
	in.blocks(body, place{})
	if in.err != nil {
		s.err = in.err
	}
	s.out.keepNote(in.passages, e.attr("note-class") == "endnote")
}
