package compare

import "strings"

// Piece is a stretch of words that two texts share, or that one of them has.
type Piece struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Op says which of two texts has a piece.
type Op string

// The texts that a piece may stand in.
const (
	Both  Op = "both"
	OnlyA Op = "a"
	OnlyB Op = "b"
)

// Words tells how a was reworded to b. Its pieces are words as they stand,
// punctuation included, joined by single spaces. Words that differ in case or
// punctuation only are shared, in the form of b.
func Words(a, b string) []Piece {
	x, y := strings.Fields(a), strings.Fields(b)
	same := func(i, j int) bool { return keyOf(x[i]) == keyOf(y[j]) }
	var head, tail int
	for head < min(len(x), len(y)) && same(head, head) {
		head++
	}
	for tail < min(len(x), len(y))-head && same(len(x)-1-tail, len(y)-1-tail) {
		tail++
	}
	var p pieces
	p.add(Both, y[:head]...)
	p.middle(x[head:len(x)-tail], y[head:len(y)-tail])
	p.add(Both, y[len(y)-tail:]...)
	return p
}

// keyOf is what must be the same in two words for them to be shared.
func keyOf(word string) string {
	if key := plain(word); key != "" {
		return key
	}
	return word // a dash
}

type pieces []Piece

// add appends words to the last piece, or to a new one.
func (p *pieces) add(op Op, words ...string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, " ")
	if n := len(*p); n > 0 && (*p)[n-1].Op == op {
		(*p)[n-1].Text += " " + text
		return
	}
	*p = append(*p, Piece{op, text})
}

// middle appends the words between the first and the last that differ, along a
// heaviest common subsequence. Of two pieces at one place that of a is first.
func (p *pieces) middle(x, y []string) {
	if len(x)*len(y) > mostCells {
		p.add(OnlyA, x...)
		p.add(OnlyB, y...)
		return
	}
	u, v := make([]string, len(x)), make([]string, len(y))
	for i := range x {
		u[i] = keyOf(x[i])
	}
	for j := range y {
		v[j] = keyOf(y[j])
	}
	// rest[i][j] is the weight of what x[i:] and y[j:] have in common.
	rest := make([][]int, len(x)+1)
	for i := range rest {
		rest[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			rest[i][j] = max(rest[i+1][j], rest[i][j+1])
			if u[i] == v[j] {
				rest[i][j] = max(rest[i][j], rest[i+1][j+1]+weightOf(u[i]))
			}
		}
	}
	i, j := 0, 0
	var only [2][]string // words of a and of b since the last that both have
	flush := func() {
		p.add(OnlyA, only[0]...)
		p.add(OnlyB, only[1]...)
		only = [2][]string{}
	}
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && u[i] == v[j] && rest[i][j] == rest[i+1][j+1]+weightOf(u[i]):
			flush()
			p.add(Both, y[j])
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && rest[i][j] == rest[i+1][j]:
			only[0] = append(only[0], x[i])
			i++
		default:
			only[1] = append(only[1], y[j])
			j++
		}
	}
	flush()
}
