package format

import (
	"html"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// xaif is AIF as OVA3 and oAMF pass it on: the nodes and edges of AIF, the text
// with a <span> around each unit, and the places of the nodes on the screen.
type xaif struct {
	AIF    xaifGraph `json:"AIF"`
	Text   xaifText  `json:"text"`
	Dialog bool      `json:"dialog"`
	OVA    xaifOVA   `json:"OVA"`
}

type xaifGraph struct {
	aif
	Schemes     []struct{} `json:"schemefulfillments"`
	Descriptors []struct{} `json:"descriptorfulfillments"`
}

type xaifText struct {
	Text string `json:"txt"`
}

type xaifOVA struct {
	Firstname string     `json:"firstname"`
	Surname   string     `json:"surname"`
	URL       string     `json:"url"`
	Nodes     []xaifSpot `json:"nodes"`
	Edges     []xaifLine `json:"edges"`
}

type xaifSpot struct {
	NodeID    aifID  `json:"nodeID"`
	Visible   bool   `json:"visible"`
	X         int    `json:"x"`
	Y         int    `json:"y"`
	Timestamp string `json:"timestamp"`
}

type xaifLine struct {
	FromID  aifID `json:"fromID"`
	ToID    aifID `json:"toID"`
	Visible bool  `json:"visible"`
}

// writeXAIF writes the text whole where the map carries it, and else the units
// alone, a line each.
func writeXAIF(w io.Writer, ms []*argument.Map, opt Options) error {
	m, err := single(ms)
	if err != nil {
		return err
	}
	a := aifOf(m)
	a.Argmap = aboutMap(m, false)
	x := xaif{
		AIF:  xaifGraph{aif: *a, Schemes: []struct{}{}, Descriptors: []struct{}{}},
		Text: xaifText{highlighted(m, opt.WithText)}, Dialog: len(m.Attributions) > 0,
		OVA: xaifOVA{Nodes: []xaifSpot{}, Edges: []xaifLine{}},
	}
	for i, n := range a.Nodes {
		x.OVA.Nodes = append(x.OVA.Nodes, xaifSpot{NodeID: n.NodeID, Visible: true, X: xaifColumns[n.Type], Y: 100 * i})
	}
	for _, e := range a.Edges {
		x.OVA.Edges = append(x.OVA.Edges, xaifLine{e.FromID, e.ToID, true})
	}
	return writeIndented(w, x)
}

// xaifColumns is how far from the left nodes of a type stand, in pixels.
var xaifColumns = map[string]int{aifLocuting: 0, aifAsserting: 300, aifUnit: 600, aifSupport: 900, aifAttack: 900}

// highlighted is the text as HTML, with the units in it marked. Of units that
// overlap the first is.
func highlighted(m *argument.Map, withText bool) string {
	var b strings.Builder
	mark := func(node int, words string) {
		b.WriteString(`<span class="highlighted" id="` + string(aifNumber(node)) + `">` + asHTML(words) + `</span>`)
	}
	if !withText || m.Document.Text == "" {
		for i, u := range m.Units {
			if i > 0 {
				b.WriteString(lineBreak)
			}
			mark(i, u.Text)
		}
		return b.String()
	}
	runes, at := []rune(m.Document.Text), 0
	for i, u := range m.Units {
		if u.Start < at {
			continue
		}
		b.WriteString(asHTML(string(runes[at:u.Start])))
		mark(i, u.Text)
		at = u.End
	}
	b.WriteString(asHTML(string(runes[at:])))
	return b.String()
}

const lineBreak = "<br>"

func asHTML(s string) string {
	return strings.ReplaceAll(html.EscapeString(s), "\n", lineBreak)
}
