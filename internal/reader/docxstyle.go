package reader

import "strconv"

// docxStyles are the styles of a Word document by their id.
type docxStyles struct {
	byID map[string]*docxStyle
	// paragraph is the style of paragraphs that name none.
	paragraph string
	base      look
}

// docxStyle is a style with what it takes from those that it is based on.
type docxStyle struct {
	basedOn string
	role    role
	level   int // of a heading or an item
	props   docxProps
	look
	resolved bool
}

// docxProps are the properties of a paragraph that tell what it is. What is not
// given is "".
type docxProps struct {
	outline     string // level of a heading, from "0"; "9" is none
	list, depth string // id of the numbering and level in it, from "0"
	indent      string
	// right is the indent at the ends of the lines.
	right string
}

// over returns p, and what base says where p says nothing.
func (p docxProps) over(base docxProps) docxProps {
	for _, f := range []struct{ own, base *string }{
		{&p.outline, &base.outline}, {&p.list, &base.list}, {&p.depth, &base.depth}, {&p.indent, &base.indent}, {&p.right, &base.right},
	} {
		if *f.own == "" {
			*f.own = *f.base
		}
	}
	return p
}

// readDOCXProps reads the element pPr, which may be nil.
func readDOCXProps(pPr *element) docxProps {
	p := docxProps{outline: valueOf(pPr, "outlineLvl")}
	if n := pPr.child("numPr"); n != nil {
		p.list, p.depth = valueOf(n, "numId"), valueOf(n, "ilvl")
	}
	if ind := pPr.child("ind"); ind != nil {
		p.indent, p.right = ind.attr("left")+ind.attr("start"), ind.attr("right")+ind.attr("end") // one of two names is there
	}
	return p
}

// outlineLevel returns the level of a heading that an outline level stands for, or
// 0 for text.
func outlineLevel(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

// valueOf returns the value of the child of e with that name, or "".
func valueOf(e *element, name string) string {
	if c := e.child(name); c != nil {
		return c.attr("val")
	}
	return ""
}

// readDOCXLook reads the element rPr, which may be nil.
func readDOCXLook(rPr *element) look {
	var l look
	if rPr == nil {
		return l
	}
	for _, c := range rPr.children {
		switch c.name {
		case "b":
			l.bold = toward(isOn(c))
		case "vanish":
			l.hidden = toward(isOn(c))
		case "vertAlign":
			l.raised = toward(c.attr("val") == "superscript")
		case "position":
			if n, err := strconv.Atoi(c.attr("val")); err == nil && n > 0 {
				l.raised = 1
			}
		case "sz":
			if half, err := strconv.ParseFloat(c.attr("val"), 64); err == nil && half > 0 {
				l.size = half / 2
			}
		}
	}
	return l
}

// isOn reports whether the property e, which is there, is switched on.
func isOn(e *element) bool {
	switch e.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// readDOCXStyles reads the part with the styles, which may be nil.
func readDOCXStyles(root *element) docxStyles {
	s := docxStyles{byID: make(map[string]*docxStyle)}
	var ids []string // in the order of the file, which settles where a circle is cut
	s.base = readDOCXLook(root.child("docDefaults").child("rPrDefault").child("rPr")).over(look{size: 10})
	root.each(func(e *element) bool {
		if e.name != "style" {
			return false
		}
		id := e.attr("styleId")
		st := &docxStyle{basedOn: valueOf(e, "basedOn"), props: readDOCXProps(e.child("pPr")), look: readDOCXLook(e.child("rPr"))}
		if kind := e.attr("type"); kind == "paragraph" || kind == "" {
			if st.role, st.level = roleOf(valueOf(e, "name")); st.role == bodyRole {
				st.role, st.level = roleOf(id)
			}
			if level := outlineLevel(st.props.outline); st.role == bodyRole && level > 0 {
				st.role, st.level = headingRole, level
			}
			if on := e.attr("default"); on == "1" || on == "true" || on == "on" {
				s.paragraph = id
			}
		}
		if _, twice := s.byID[id]; !twice {
			s.byID[id] = st
			ids = append(ids, id)
		}
		return false
	})
	for _, id := range ids {
		s.resolve(id)
	}
	return s
}

// resolve fills in what the style takes from those that it is based on, and
// returns it; nil where there is none of that id. A circle of styles ends where
// it closes.
func (s docxStyles) resolve(id string) *docxStyle {
	st := s.byID[id]
	if st == nil || st.resolved {
		return st
	}
	st.resolved = true
	base := s.resolve(st.basedOn)
	if base == nil {
		return st
	}
	if st.role == bodyRole {
		st.role, st.level = base.role, base.level
	}
	st.props = st.props.over(base.props)
	st.look = st.over(base.look)
	return st
}

// docxNumbering holds the levels of lists by the id of the list.
type docxNumbering map[string][]docxLevel

// docxLevel is a level of a list.
type docxLevel struct {
	format, indent, text, style string
}

// readDOCXNumbering reads the part with the lists, which may be nil.
func readDOCXNumbering(root *element, styles docxStyles) docxNumbering {
	numbering := make(docxNumbering)
	if root == nil {
		return numbering
	}
	abstract := make(map[string][]docxLevel)
	links := make(map[string]string) // the lists that are what a style says
	for _, e := range root.children {
		if e.name != "abstractNum" {
			continue
		}
		id := e.attr("abstractNumId")
		abstract[id] = readDOCXLevels(e, nil)
		if style := valueOf(e, "numStyleLink"); style != "" {
			links[id] = style
		}
	}
	of := make(map[string]string)
	for _, e := range root.children {
		if e.name == "num" {
			of[e.attr("numId")] = valueOf(e, "abstractNumId")
		}
	}
	for _, e := range root.children {
		if e.name != "num" {
			continue
		}
		id := of[e.attr("numId")]
		if st := styles.byID[links[id]]; st != nil && len(abstract[id]) == 0 {
			id = of[st.props.list]
		}
		numbering[e.attr("numId")] = readDOCXLevels(e, abstract[id])
	}
	return numbering
}

// maxLevels is how many levels a list has in Word.
const maxLevels = 9

// readDOCXLevels reads the levels under e, which may stand inside lvlOverride, on
// top of base.
func readDOCXLevels(e *element, base []docxLevel) []docxLevel {
	levels := append([]docxLevel(nil), base...)
	e.each(func(c *element) bool {
		if c.name != "lvl" {
			return c.name == "lvlOverride"
		}
		at, err := strconv.Atoi(c.attr("ilvl"))
		if err != nil || at < 0 || at >= maxLevels {
			return false
		}
		for len(levels) <= at {
			levels = append(levels, docxLevel{})
		}
		levels[at] = docxLevel{
			format: valueOf(c, "numFmt"), indent: readDOCXProps(c.child("pPr")).indent, text: valueOf(c, "lvlText"), style: valueOf(c, "pStyle"),
		}
		return false
	})
	return levels
}
