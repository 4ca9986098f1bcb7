package learn

// Weight returns what a cue adds to the score of a label.
func (c *Chain) Weight(cue string, label int) float64 {
	if row, ok := c.weights[cue]; ok {
		return row[label]
	}
	return 0
}
