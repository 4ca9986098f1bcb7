package gold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is the report for people to read, in lines that end with a line break:
// figures, tables, the worst texts, misses. Figures are in per cent.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  corpus %s, %d texts, %d words\n", r.Corpus, r.Texts, r.Words)
	b.WriteString(table(figureRows(r.Figures)))
	if r.Confusion != nil {
		b.WriteString("\n  Units by what they are (rows) and what they were taken for (columns)\n")
		b.WriteString(table(r.Confusion.rows()))
	}
	if len(r.Reliability) > 0 {
		b.WriteString("\n  Confidence and how much of it is right\n")
		b.WriteString(table(reliabilityRows(r.Reliability)))
	}
	if len(r.Worst) > 0 {
		b.WriteString("\n  Lowest means of the main figures\n")
		b.WriteString(worstLines(r.Worst))
	}
	if len(r.Misses) > 0 {
		b.WriteString("\n  Misses\n")
		b.WriteString(missLines(r.Misses))
	}
	return b.String()
}

// table lines up rows, the first column to the left and the others to the right.
func table(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for k, cell := range row {
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := fmt.Sprintf("  %-*s", widths[0], row[0])
		for k, cell := range row[1:] {
			line += fmt.Sprintf("  %*s", widths[k+1], cell)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// percent is a number that is per cent already.
func percent(v float64) string { return fmt.Sprintf("%.1f", v) }

func figureRows(figures []Figure) [][]string {
	rows := [][]string{{"", "F1", "P", "R", "right", "predicted", "gold"}}
	for _, f := range figures {
		row := []string{f.Name, percent(f.Value)}
		switch f.Measure {
		case F1:
			row = append(row, percent(f.Precision), percent(f.Recall))
		case Share:
			row = append(row, "", "")
		}
		if f.Counts != nil {
			row = append(row, fmt.Sprint(f.Right), fmt.Sprint(f.Predicted), fmt.Sprint(f.Gold))
		}
		rows = append(rows, row)
	}
	return rows
}

func (c *Confusion) rows() [][]string {
	rows := [][]string{append(append([]string{""}, c.Predicted...), "missed")}
	numbers := func(name string, list []int) []string {
		row := []string{name}
		for _, n := range list {
			row = append(row, fmt.Sprint(n))
		}
		return row
	}
	for k, name := range c.Gold {
		rows = append(rows, append(numbers(cmp.Or(name, none), c.Matched[k]), fmt.Sprint(c.Missed[k])))
	}
	return append(rows, numbers("extra", c.Extra))
}

// reliabilityRows leave out the bins that hold nothing at all.
func reliabilityRows(list []Reliability) [][]string {
	names, columns := []string{""}, []string{"confidence"}
	for _, r := range list {
		names = append(names, r.Of, "", "")
		columns = append(columns, "count", "mean", "right")
	}
	rows := [][]string{names, columns}
	for k := range bins {
		row, seen := []string{fmt.Sprintf("%.1f to %.1f", float64(k)/bins, float64(k+1)/bins)}, 0
		for _, r := range list {
			b := r.Bins[k]
			seen += b.Count
			if b.Count == 0 {
				row = append(row, "", "", "")
				continue
			}
			row = append(row, fmt.Sprint(b.Count), percent(100*b.Mean), percent(100*b.Right))
		}
		if seen > 0 {
			rows = append(rows, row)
		}
	}
	total := []string{"all, error"}
	for _, r := range list {
		total = append(total, fmt.Sprint(r.Count), "", percent(100*r.Error))
	}
	return append(rows, total)
}

func worstLines(list []TextScore) string {
	width := 0
	for _, s := range list {
		width = max(width, utf8.RuneCountInString(s.Text))
	}
	var b strings.Builder
	for _, s := range list {
		var parts []string
		for _, f := range s.Figures {
			parts = append(parts, f.Name+" "+percent(f.Value))
		}
		fmt.Fprintf(&b, "  %5s  %-*s  %s\n", percent(s.Mean), width, s.Text, strings.Join(parts, ", "))
	}
	return b.String()
}

// missLines lists misses under the texts that they are in.
func missLines(list []Miss) string {
	width := 0
	for _, m := range list {
		width = max(width, len(m.Class))
	}
	var b strings.Builder
	for k, m := range list {
		if k == 0 || m.Document != list[k-1].Document {
			fmt.Fprintf(&b, "  %s\n", m.Document)
		}
		place := fmt.Sprintf("%d-%d", m.Start, m.End)
		fmt.Fprintf(&b, "    %-*s  %-6s  %11s  %s\n", width, m.Class, m.What, place, m.details())
	}
	return b.String()
}

// details are what a miss is about: labels, then texts.
func (m Miss) details() string {
	labels := []string{m.Predicted + m.Gold}
	if m.Predicted != "" && m.Gold != "" {
		labels = []string{m.Predicted + " for " + m.Gold}
	}
	var text string
	switch m.Class {
	case "relations":
		text = excerpt(m.Text) + " -> " + excerpt(m.Other)
	case "attributions":
		labels = []string{excerpt(m.Other), labels[0]}
		text = excerpt(m.Text)
	case "thesis":
		text = excerpt(m.Text)
		if m.Other != "" {
			text += " for " + excerpt(m.Other)
		}
	default:
		text = excerpt(m.Text)
	}
	parts := slices.DeleteFunc(append(labels, text), func(s string) bool { return s == "" })
	return strings.Join(parts, "  ")
}

// excerptLength is how much of a text is quoted, in characters.
const excerptLength = 70

// excerpt is the beginning of a text in quotation marks.
func excerpt(s string) string {
	if utf8.RuneCountInString(s) > excerptLength {
		s = strings.TrimRight(string([]rune(s)[:excerptLength-1]), " ") + "…"
	}
	return "“" + s + "”"
}
