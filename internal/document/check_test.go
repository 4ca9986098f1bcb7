package document

import (
	"strings"
	"testing"
)

// sound returns a document that Check accepts, for the cases to break.
func sound() *Document {
	return &Document{
		Text: "Títle\n\nHead\n\nIt rained:\n- one[1]\n",
		Blocks: []Block{
			{Kind: Title, Span: Span{0, 6}, LeadIn: -1, Section: -1},
			{Kind: Heading, Span: Span{8, 12}, Level: 1, LeadIn: -1, Section: 0},
			{Kind: Paragraph, Span: Span{14, 24}, LeadIn: -1, Section: 0},
			{Kind: ListItem, Span: Span{27, 33}, Level: 1, LeadIn: 2, Section: 0, Skip: []Span{{30, 33}}},
		},
		Sections: []Section{{Heading: 1, Level: 1, Span: Span{8, 33}}},
		Pages:    []Page{{Span{0, 12}, 1}, {Span{14, 24}, 2}, {Span{27, 33}, 1}},
	}
}

func TestCheck(t *testing.T) {
	if err := sound().Check(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		says  string
		spoil func(d *Document)
	}{
		{"UTF-8", func(d *Document) { d.Text = "\xff" + d.Text[1:] }},
		{"overlaps", func(d *Document) { d.Blocks[1].Start = 5 }},
		{"overlaps", func(d *Document) { d.Blocks[3].End = 99 }},
		{"empty", func(d *Document) { d.Blocks[2].End = 14 }},
		{"blank", func(d *Document) { d.Blocks[1].Span = Span{6, 8} }},
		{"code point", func(d *Document) { d.Blocks[0].Start = 2 }},
		{"level", func(d *Document) { d.Blocks[2].Level = 1 }},
		{"level", func(d *Document) { d.Blocks[3].Level = 0 }},
		{"kind", func(d *Document) { d.Blocks[2].Kind = 99 }},
		{"skip", func(d *Document) { d.Blocks[3].Skip[0].End = 34 }},
		{"skip", func(d *Document) { d.Blocks[3].Skip = []Span{{30, 32}, {31, 33}} }},
		{"lead-in", func(d *Document) { d.Blocks[3].LeadIn = 3 }},
		{"lead in", func(d *Document) { d.Blocks[3].LeadIn = 1 }},
		{"lead in", func(d *Document) { d.Blocks[2].LeadIn = 0 }},
		{"section 1", func(d *Document) { d.Blocks[2].Section = 1 }},
		{"outside its section", func(d *Document) { d.Sections[0].End = 20 }},
		{"not its heading", func(d *Document) { d.Sections[0].Heading = 2 }},
		{"does not exist", func(d *Document) { d.Sections[0].Heading = 9 }},
		{"number 0", func(d *Document) { d.Pages[1].Number = 0 }},
		{"page stretch 1", func(d *Document) { d.Pages[1].Start = 11 }},
		{"page stretch 2", func(d *Document) { d.Pages[2].End = 99 }},
		{"before the section", func(d *Document) {
			d.Blocks[0].Kind, d.Blocks[0].Level, d.Blocks[0].Section = Heading, 1, 1
			d.Sections = append(d.Sections, Section{Heading: 0, Level: 1, Span: d.Blocks[0].Span})
		}},
	} {
		d := sound()
		c.spoil(d)
		if err := d.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v, want an error with %q", err, c.says)
		}
	}
}
