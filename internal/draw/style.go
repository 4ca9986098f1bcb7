package draw

// arrowSize is the size of arrowheads, in Graphviz's measure.
const arrowSize = 0.85

// signSize is that of "+" and "−".
const signSize = 15.0

// labelSize is that of words in their place.
const labelSize = 9.0

// style says how a look is drawn, colours apart: the colours are the theme's.
type style struct {
	name    string
	caption string // in the legend; "" keeps it out of there
	// Of boxes.
	shape   string
	rounded bool
	banded  bool // the small lines stand on a band of solid colour
	bold    bool
	size    float64
	width   float64 // of the line, in points
	colours func(*theme) (fill, line, text, small string)
	// Of links.
	dash        string // Graphviz's style
	arrow       string
	arrowLength float64 // points from the tip to where the line begins
	mark        string  // the sign beside the link
	pen         func(*theme) (line, sign string)
}

// weights say how wide a line is for how sure it is: as wide as its style says
// times factor, but never below thinnest.
var weights = []struct{ least, factor float64 }{{2.0 / 3, 1.6}, {1.0 / 3, 1}, {0, 0.55}}

const thinnest = 0.9

// weight is the row of weights for a confidence; one not known is in the middle.
func weight(confidence float64) int {
	if confidence <= 0 {
		return len(weights) / 2
	}
	for i, w := range weights {
		if confidence >= w.least {
			return i
		}
	}
	return len(weights) - 1
}

// penWidth is the width of the link's line, in points.
func (l *link) penWidth() float64 {
	if l.look == lookAttribution && l.tint != nil {
		return styles[l.look].width
	}
	if l.tint != nil {
		return l.tint.width
	}
	return max(thinnest, styles[l.look].width*weights[weight(l.confidence)].factor)
}

// pen is how the link is drawn: the colours of its line and of its sign or label,
// and Graphviz's style of the line.
func (l *link) pen(th *theme) (line, sign, dash string) {
	st := &styles[l.look]
	line, sign = st.pen(th)
	if l.tint == nil {
		return line, sign, st.dash
	}
	line, sign = l.tint.pen(th)
	switch {
	case l.tint.dashed:
		dash = "dashed"
	case l.look == lookAttribution:
		dash = st.dash
	default:
		dash = "solid" // dashes say what is gone
	}
	return line, sign, dash
}

// styles has a row a look.
var styles = [looks]style{
	lookThesis: {
		name: "thesis", caption: "thesis", shape: "box", rounded: true, bold: true, size: thesisSize, width: 3,
		colours: func(t *theme) (string, string, string, string) { return t.thesis, t.thesisLine, t.text, t.dim },
	},
	lookThesisRec: {
		name: "thesis_recommendation", caption: "thesis that recommends", shape: "box", banded: true, bold: true, size: thesisSize, width: 3,
		colours: func(t *theme) (string, string, string, string) { return t.thesis, t.recLine, t.text, t.bandText },
	},
	lookClaim: {
		name: "claim", caption: "main claim", shape: "box", rounded: true, size: bodySize, width: 1.8,
		colours: func(t *theme) (string, string, string, string) { return t.claim, t.claimLine, t.text, t.dim },
	},
	lookPremise: {
		name: "premise", caption: "premise", shape: "box", rounded: true, size: bodySize, width: 1,
		colours: func(t *theme) (string, string, string, string) { return t.premise, t.premiseLine, t.text, t.dim },
	},
	lookRec: {
		name: "recommendation", caption: "recommendation → who should act", shape: "box", banded: true, size: bodySize, width: 1.8,
		colours: func(t *theme) (string, string, string, string) { return t.rec, t.recLine, t.text, t.bandText },
	},
	lookSource: {
		name: "source", caption: "source", shape: "ellipse", size: sourceSize, width: 1,
		colours: func(t *theme) (string, string, string, string) { return t.source, t.sourceLine, t.text, t.dim },
	},
	lookNotice: {
		name: "notice", shape: "box", size: bodySize, width: 1,
		colours: func(t *theme) (string, string, string, string) { return t.page, t.premiseLine, t.text, t.dim },
	},
	lookKnot: {
		name: "knot", shape: "point", size: bodySize, width: 1,
		colours: func(t *theme) (string, string, string, string) { return t.undercuts, t.undercuts, t.text, t.dim },
	},
	lookSupports: {
		name: "supports", caption: "supports", width: 1.7, dash: "solid", arrow: "normal", arrowLength: 10 * arrowSize, mark: "+",
		pen: func(t *theme) (string, string) { return t.supports, t.supportsSign },
	},
	lookAttacks: {
		name: "attacks", caption: "attacks", width: 1.9, dash: "dashed", arrow: "tee", arrowLength: 5 * arrowSize, mark: "−",
		pen: func(t *theme) (string, string) { return t.attacks, t.attacksSign },
	},
	lookUndercuts: {
		name: "undercuts", caption: "undercuts a relation", width: 1.7, dash: "dashed", arrow: "odiamond", arrowLength: 12 * arrowSize,
		pen: func(t *theme) (string, string) { return t.undercuts, t.undercuts },
	},
	lookAttribution: {
		name: "attribution", caption: "stated by a source", width: 1.2, dash: "dotted", arrow: "none",
		pen: func(t *theme) (string, string) { return t.attribution, t.attribution },
	},
}
