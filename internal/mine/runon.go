package mine

import (
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// mannerOf compares the content with the quotations.
func mannerOf(content []document.Span, quotes []document.Span) Manner {
	in, all := 0, 0
	for _, c := range content {
		all += c.Len()
		for _, q := range quotes {
			if q.Overlaps(c) {
				in += min(q.End, c.End) - max(q.Start, c.Start)
			}
		}
	}
	switch {
	case in == 0:
		return Indirect
	case in*20 >= all*19:
		return Direct
	}
	return Mixed
}

// runOn adds to each attribution the quotations that go on with it: in the next
// sentences of its paragraph, and in the paragraphs after one that ends in a
// colon or leaves a quotation open.
func runOn(doc *document.Document, sents []lang.Sentence, quotes []document.Span, as []Attribution) []Attribution {
	taken := make([]bool, len(quotes))
	cued := map[int]bool{}
	for _, a := range as {
		cued[a.sentence] = true
		for _, c := range a.Content {
			for q := range quotes {
				if quotes[q].Overlaps(c) {
					taken[q] = true
				}
			}
		}
	}
	for i := range as {
		if i+1 < len(as) && as[i+1].sentence == as[i].sentence {
			continue // the last attribution of a sentence goes on
		}
		as[i].Content = append(as[i].Content, following(doc, sents, quotes, as[i], cued, taken)...)
	}
	var out []Attribution
	for _, a := range as {
		if len(a.Content) > 0 {
			sort.SliceStable(a.Content, func(i, j int) bool { return a.Content[i].Start < a.Content[j].Start })
			out = append(out, a)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].extent().Start < out[j].extent().Start })
	return out
}

// following lists the quotations after a's sentence that are still a's.
func following(doc *document.Document, sents []lang.Sentence, quotes []document.Span, a Attribution, cued map[int]bool, taken []bool) []document.Span {
	var out []document.Span
	s := sents[a.sentence]
	colon := strings.HasSuffix(strings.TrimSpace(doc.Text[s.Start:s.End]), ":")
	direct := len(a.Content) > 0 && quoteAt(quotes, a.Content[len(a.Content)-1].End-1) >= 0
	open := direct && leftOpen(doc, quotes, a.Content[len(a.Content)-1])
	for j := a.sentence + 1; j < len(sents); j++ {
		n := sents[j]
		newBlock := n.Block != sents[j-1].Block
		if newBlock && !colon && !open || cued[j] {
			break
		}
		if colon && doc.Blocks[n.Block].Kind == document.Quotation {
			out = append(out, n.Span)
			continue
		}
		q := quoteAt(quotes, n.Start)
		if q < 0 || taken[q] || !direct && !colon {
			if q >= 0 && taken[q] && quotes[q].Start < n.Start {
				continue // inside a quotation that is already counted
			}
			break
		}
		if quotes[q].Start < n.Start {
			continue
		}
		out = append(out, quotes[q])
		taken[q] = true
		open, colon, direct = leftOpen(doc, quotes, quotes[q]), false, true
	}
	return out
}

// leftOpen tells that a quotation runs to the end of its paragraph without a
// closing mark.
func leftOpen(doc *document.Document, quotes []document.Span, c document.Span) bool {
	q := quoteAt(quotes, c.End-1)
	if q < 0 {
		return false
	}
	t := doc.At(quotes[q])
	return !strings.HasSuffix(t, "”") && !strings.HasSuffix(t[1:], `"`) && !strings.HasSuffix(t, "’") && !strings.HasSuffix(t[1:], "'") && !strings.HasSuffix(t, "»")
}
