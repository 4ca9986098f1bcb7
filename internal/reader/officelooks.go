package reader

import (
	"strconv"
	"strings"
)

// maxBoxes is how many frames are looked for in the text beside them.
const maxBoxes = 200

// markBoxes makes asides of what stands in frames and is no text: a passage of
// the text once more, in large letters, or the words in a drawing.
func (o *office) markBoxes() {
	var beside strings.Builder
	boxes := 0
	for i := range o.passages {
		if p := &o.passages[i]; p.boxed {
			boxes++
		} else {
			beside.WriteString(p.text + "\n")
		}
	}
	for i := range o.passages {
		p := &o.passages[i]
		if !p.boxed {
			continue
		}
		l := lookAt(p.text)
		label := p.role != headingRole && p.role != titleRole && l.words <= maxHeadingWords && !l.end.Stops()
		if label || boxes <= maxBoxes && strings.Contains(beside.String(), strings.Trim(p.text, "\"“”‘’… ")) {
			p.role, p.place = asideRole, place{}
		}
	}
}

// largerBy is how much larger than the text a heading is that only its size marks.
const largerBy = 1.15

// markEmphasised makes headings of short paragraphs that are bold or large all
// through, if there is text under them. Of several in a row only the last two
// are: those before are the lines of a title page.
func (o *office) markEmphasised() {
	strong, all := 0, 0
	for i := range o.passages {
		p := &o.passages[i]
		if p.role == bodyRole {
			all += len(p.text)
			strong += len(p.text) * count(p.strong)
		}
	}
	next, chain := -1, 0
	for i := len(o.passages) - 1; i >= 0; i-- {
		p := &o.passages[i]
		if p.role == asideRole || p.boxed || p.text == "" {
			continue
		}
		stands := p.strong && strong*2 < all || o.size > 0 && p.size >= o.size*largerBy
		switch {
		case p.role != bodyRole || !stands || next < 0 || !boldHeading(p.text) || p.depth > 0 && !o.headsText(i, next):
			chain = 0
		case chain < 2 && o.passages[next].role != titleRole:
			p.role, p.level, p.place = headingRole, 0, place{}
			chain++
		}
		next = i
	}
}

// markInset makes quotations of the paragraphs that stand further in than most do,
// on both sides.
func (o *office) markInset() {
	inset, all := 0, 0
	for i := range o.passages {
		if p := &o.passages[i]; p.role == bodyRole && p.depth == 0 {
			all += len(p.text)
			inset += len(p.text) * count(p.inset)
		}
	}
	for i := range o.passages {
		p := &o.passages[i]
		if p.role == bodyRole && p.depth == 0 && p.inset && !p.boxed && inset*3 < all && lookAt(p.text).words >= minQuotation {
			p.role = quotationRole
		}
	}
}

// markTyped makes items of paragraphs in a row that begin with bullets, or with
// numbers that go on, which somebody typed.
func (o *office) markTyped() {
	var last marker
	list := ""
	for i := range o.passages {
		p := &o.passages[i]
		m := o.typedMarker(i)
		goesOn := m.kind != noMarker && m.kind == last.kind && m.style == last.style && (m.kind == bulletMarker || m.follows(last))
		if !goesOn && m.kind != noMarker {
			next := o.typedMarker(i + 1)
			goesOn = next.kind == m.kind && next.style == m.style && (m.kind == bulletMarker || next.follows(m))
			list = "typed " + strconv.Itoa(i)
		}
		if last = m; goesOn {
			p.text = strings.TrimSpace(p.text[m.size:])
			p.place = place{depth: 1, list: list, ordered: m.kind != bulletMarker}
		} else {
			last = marker{}
		}
	}
}

// typedMarker returns what passage i begins with, if it is a paragraph.
func (o *office) typedMarker(i int) marker {
	if i >= len(o.passages) || o.passages[i].role != bodyRole || o.passages[i].depth > 0 {
		return marker{}
	}
	if m := parseMarker(o.passages[i].text); m.kind == bulletMarker || m.kind == arabicMarker {
		return m
	}
	return marker{}
}

// headsText reports whether the numbered item i stands over text that is in no
// list.
func (o *office) headsText(i, next int) bool {
	p, under := &o.passages[i], &o.passages[next]
	return p.ordered && under.depth == 0 && !under.within && under.role == bodyRole
}
