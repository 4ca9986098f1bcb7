package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check states what every reader promises of a document, and returns an error
// that names the first promise broken, or nil:
//
//   - Text is UTF-8;
//   - blocks are in text order, do not overlap, lie inside the text, are not
//     blank and begin and end on code points;
//   - a block's Skip passages are in order, do not overlap and lie inside it;
//   - LeadIn is -1 or an earlier block that can argue; Section is -1 or an
//     index into Sections; Level is positive for headings and list items only;
//   - each section begins at its heading, which stands in it, and sections are
//     in text order;
//   - pages are in text order, do not overlap, lie inside the text and are
//     numbered from 1.
func (d *Document) Check() error {
	if !utf8.ValidString(d.Text) {
		return fmt.Errorf("checking the document: text is not UTF-8")
	}
	end := 0
	for i, b := range d.Blocks {
		if err := d.checkBlock(i, end); err != nil {
			return fmt.Errorf("checking block %d (%s at %d to %d): %w", i, b.Kind, b.Start, b.End, err)
		}
		end = b.End
	}
	for i, s := range d.Sections {
		if err := d.checkSection(i); err != nil {
			return fmt.Errorf("checking section %d (%d to %d): %w", i, s.Start, s.End, err)
		}
	}
	end = 0
	for i, p := range d.Pages {
		if err := d.checkSpan(p.Span, Span{end, len(d.Text)}); err != nil {
			return fmt.Errorf("checking page stretch %d (%d to %d): %w", i, p.Start, p.End, err)
		}
		if p.Number < 1 {
			return fmt.Errorf("checking page stretch %d: it has the number %d", i, p.Number)
		}
		end = p.End
	}
	return nil
}

// checkBlock checks block i, which may begin at offset from at the earliest.
func (d *Document) checkBlock(i, from int) error {
	b := d.Blocks[i]
	if err := d.checkSpan(b.Span, Span{from, len(d.Text)}); err != nil {
		return err
	}
	if strings.TrimSpace(d.At(b.Span)) == "" {
		return fmt.Errorf("it is blank")
	}
	if int(b.Kind) >= len(kindNames) {
		return fmt.Errorf("it has no such kind")
	}
	if leveled := b.Kind == Heading || b.Kind == ListItem; leveled != (b.Level > 0) {
		return fmt.Errorf("level %d does not fit its kind", b.Level)
	}
	from = b.Start
	for _, s := range b.Skip {
		if err := d.checkSpan(s, Span{from, b.End}); err != nil {
			return fmt.Errorf("skip at %d to %d: %w", s.Start, s.End, err)
		}
		from = s.End
	}
	if b.LeadIn < -1 || b.LeadIn >= i {
		return fmt.Errorf("lead-in %d is no earlier block", b.LeadIn)
	}
	if b.LeadIn >= 0 && (b.Kind != ListItem || !d.Blocks[b.LeadIn].Kind.Argues()) {
		return fmt.Errorf("a %s cannot lead in a %s", d.Blocks[b.LeadIn].Kind, b.Kind)
	}
	if b.Section < -1 || b.Section >= len(d.Sections) {
		return fmt.Errorf("section %d does not exist", b.Section)
	}
	if b.Section >= 0 && !d.Sections[b.Section].Contains(b.Span) {
		return fmt.Errorf("it stands outside its section %d", b.Section)
	}
	return nil
}

// checkSection checks section i against its heading and the one before it.
func (d *Document) checkSection(i int) error {
	s := d.Sections[i]
	if err := d.checkSpan(s.Span, Span{0, len(d.Text)}); err != nil {
		return err
	}
	if s.Heading < 0 || s.Heading >= len(d.Blocks) {
		return fmt.Errorf("heading %d does not exist", s.Heading)
	}
	h := d.Blocks[s.Heading]
	if h.Kind != Heading || h.Start != s.Start || h.Section != i || h.Level != s.Level {
		return fmt.Errorf("block %d is not its heading", s.Heading)
	}
	if i > 0 && d.Sections[i-1].Start >= s.Start {
		return fmt.Errorf("it begins before the section before it")
	}
	return nil
}

// checkSpan checks that s is a passage inside limits that cuts no code point.
func (d *Document) checkSpan(s, limits Span) error {
	if s.Start >= s.End {
		return fmt.Errorf("it is empty")
	}
	if !limits.Contains(s) {
		return fmt.Errorf("it overlaps what stands before it or lies outside")
	}
	for _, at := range []int{s.Start, s.End} {
		if at < len(d.Text) && !utf8.RuneStart(d.Text[at]) {
			return fmt.Errorf("offset %d cuts a code point", at)
		}
	}
	return nil
}
