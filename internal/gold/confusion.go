package gold

import (
	"cmp"
	"slices"
)

// Confusion counts units by what they are and what they were taken for.
type Confusion struct {
	Gold      []string `json:"gold"`      // what the rows are
	Predicted []string `json:"predicted"` // what the columns are
	Matched   [][]int  `json:"matched"`   // a row for each of Gold
	Missed    []int    `json:"missed"`    // units without a match, for each of Gold
	Extra     []int    `json:"extra"`     // the same for each of Predicted
}

// confusion is nil where no units are compared.
func (t task) confusion(docs []*doc) *Confusion {
	if t.isUnit == nil {
		return nil
	}
	gold, pred := map[string]bool{}, map[string]bool{}
	for _, d := range docs {
		for i := range d.toGold {
			pred[t.label(d, i)] = true
		}
		for j := range d.units {
			gold[t.goldLabel(d, j)] = true
		}
	}
	c := &Confusion{Gold: t.inOrder(gold), Predicted: t.inOrder(pred)}
	c.Missed, c.Extra = make([]int, len(c.Gold)), make([]int, len(c.Predicted))
	for range c.Gold {
		c.Matched = append(c.Matched, make([]int, len(c.Predicted)))
	}
	for _, d := range docs {
		t.addConfusion(c, d)
	}
	return c
}

func (t task) addConfusion(c *Confusion, d *doc) {
	for i, j := range d.toGold {
		column := slices.Index(c.Predicted, t.label(d, i))
		if j < 0 {
			c.Extra[column]++
		} else {
			c.Matched[slices.Index(c.Gold, t.goldLabel(d, j))][column]++
		}
	}
	for j, i := range d.toPred {
		if i < 0 {
			c.Missed[slices.Index(c.Gold, t.goldLabel(d, j))]++
		}
	}
}

// inOrder sorts names as the task lists them, others behind.
func (t task) inOrder(names map[string]bool) []string {
	out := []string{}
	for name := range names {
		out = append(out, name)
	}
	rank := func(name string) int {
		if k := slices.Index(t.labels, name); k >= 0 {
			return k
		}
		return len(t.labels)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return out
}
