package gold

// The measures that a [Figure] can be.
const (
	F1    = "F1"    // the harmonic mean of precision and recall
	Share = "share" // the share of the gold that was found
	Mean  = "mean"  // the mean of other figures, each weighing the same
)

// Figure is a result in per cent. A mean has no counts.
type Figure struct {
	Name    string  `json:"name"`
	Measure string  `json:"measure"`
	Value   float64 `json:"value"`
	*Counts
}

// Counts are what a figure rests on; precision and recall are in per cent, and
// 0 where there is nothing to divide by.
type Counts struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Right     int     `json:"right"`
	Predicted int     `json:"predicted"`
	Gold      int     `json:"gold"`
}

// count sums up over texts what was right of what was predicted and what is there.
type count struct{ right, predicted, gold int }

func (c *count) add(right, predicted, gold int) {
	c.right += right
	c.predicted += predicted
	c.gold += gold
}

func (c count) counts() *Counts {
	out := &Counts{Right: c.right, Predicted: c.predicted, Gold: c.gold}
	if c.predicted > 0 {
		out.Precision = 100 * float64(c.right) / float64(c.predicted)
	}
	if c.gold > 0 {
		out.Recall = 100 * float64(c.right) / float64(c.gold)
	}
	return out
}

// f1 is the figure for units, relations and whatever else can be missed and made up.
func (c count) f1(name string) Figure {
	f := Figure{Name: name, Measure: F1, Counts: c.counts()}
	if c.right > 0 {
		p, r := float64(c.right)/float64(c.predicted), float64(c.right)/float64(c.gold)
		f.Value = 200 * p * r / (p + r)
	}
	return f
}

// share is the figure for what a text has at most one of.
func (c count) share(name string) Figure {
	f := Figure{Name: name, Measure: Share, Counts: c.counts()}
	f.Value = f.Recall
	return f
}

// macro is the mean of figures, of which there is at least one.
func macro(name string, figures []Figure) Figure {
	f := Figure{Name: name, Measure: Mean}
	for _, g := range figures {
		f.Value += g.Value
	}
	f.Value /= float64(len(figures))
	return f
}
