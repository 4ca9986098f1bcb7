package mine

import "github.com/argmap/argmap/internal/lang"

// phraseLeft finds the noun phrase that ends before token end: its tokens from
// from to to. With a comma at its end it looks for an apposition or relative
// clause between two commas: "Ann Lee, the mayor of X, said".
func phraseLeft(ts []lang.Token, end, floor int) (from, to int, ok bool) {
	if end <= floor {
		return 0, 0, false
	}
	if ts[end-1].Lower == "," || ts[end-1].Lower == ")" {
		return appositionLeft(ts, end, floor)
	}
	from = coreLeft(ts, end, floor)
	if from == end {
		return 0, 0, false
	}
	if f, ok := titleBefore(ts, from, end, floor); ok {
		from = f
	}
	return from, end, true
}

// appositionLeft reads back from the comma or bracket that ends an apposition.
func appositionLeft(ts []lang.Token, end, floor int) (int, int, bool) {
	open := ","
	to := end - 1
	if ts[end-1].Lower == ")" {
		open, to = "(", end
	}
	for j := end - 2; j > floor && j >= end-25; j-- {
		if open == "," && (ts[j].Lower == `"` || ts[j].Lower == ";" || ts[j].Lower == ":") {
			return 0, 0, false
		}
		if ts[j].Lower != open {
			continue
		}
		from := coreLeft(ts, j, floor)
		if from == j || !nounHead(ts[j-1]) {
			continue
		}
		if open == "," && (ts[j-1].Tag == "IN" || ts[j+1].Tag == "RB") {
			continue
		}
		if open == "," && ts[j+1].Tag == "IN" && ts[j+1].Lower != "of" { // "the ministry, for its part,"
			to = j
		}
		return from, to, true
	}
	return 0, 0, false
}

func nounHead(t lang.Token) bool {
	return t.IsNoun() || t.Tag == "PRP" || t.Tag == "CD"
}

// coreLeft walks left over the words of a noun phrase and returns where it
// begins; end itself when no phrase ends there.
func coreLeft(ts []lang.Token, end, floor int) int {
	last := ts[end-1]
	switch last.Tag {
	case "PRP", "WP", "WDT", "EX":
		return end - 1
	case "DT":
		if pronominal[last.Lower] {
			return end - 1
		}
		return end
	case "POS":
		if end-1 > floor {
			return coreLeft(ts, end-1, floor)
		}
		return end
	case "PRP$":
		return end - 1
	}
	if !last.IsNoun() && last.Tag != "CD" && !(last.Tag == "JJ" && end > 1 && ts[end-2].Tag == "DT") && !(last.IsCapital() && last.IsWord() && !last.IsVerb()) && !pronominal[last.Lower] {
		return end
	}
	i := end - 1
	for i > floor {
		step := leftStep(ts, i, floor)
		if step == 0 {
			break
		}
		i -= step
	}
	return i
}

var pronominal = map[string]bool{"this": true, "that": true, "these": true, "those": true, "some": true, "many": true, "all": true, "both": true,
	"others": true, "another": true, "most": true, "few": true, "several": true, "everyone": true, "someone": true, "nobody": true, "one": true}

// leftStep says by how many tokens a phrase that begins at i grows to the left.
func leftStep(ts []lang.Token, i, floor int) int {
	p := ts[i-1]
	first := ts[i]
	switch {
	case days[p.Lower] && !days[first.Lower]:
		return 0 // "on Monday Lee said"
	case first.Tag == "DT" || first.Tag == "PRP$": // complete, unless something governs it
		return linkLeft(ts, i, floor)
	case p.IsNoun() || inPhrase[p.Tag] || p.Lower == "&" || p.Lower == "$":
		return 1
	case p.IsCapital() && p.IsVerb() && i-1 > 0 && first.IsCapital() && !isReportVerb(p.Lower):
		return 1 // a verb with a capital inside a name: "the Cut Stone Works"
	case (p.Tag == "VBN" || p.Tag == "VBG") && i-2 >= floor && (ts[i-2].Tag == "DT" || ts[i-2].Tag == "PRP$" || ts[i-2].Tag == "JJ"):
		return 1
	}
	return linkLeft(ts, i, floor)
}

// inPhrase are the tags, nouns apart, of words that belong to the noun behind them.
var inPhrase = map[string]bool{"JJ": true, "JJR": true, "JJS": true, "CD": true, "POS": true, "DT": true, "PRP$": true, "PDT": true}

// linkLeft joins what stands before "of", "for", "and" to the phrase.
func linkLeft(ts []lang.Token, i, floor int) int {
	if i-2 < floor {
		return 0
	}
	p, before := ts[i-1], ts[i-2]
	switch {
	case p.Lower == "of" && (before.IsNoun() || before.Tag == "CD" || before.Tag == "DT" || before.Tag == "JJ" || before.Tag == "JJS"):
		return 2
	case linking[p.Lower] && before.IsNoun() && !timeNouns[before.Lower] && (i-3 < floor || !ts[i-3].IsVerb()):
		return 2
	case p.Lower == "and" && before.IsNoun() && (i-3 < floor || ts[i-3].Lower != ","):
		return 2
	}
	return 0
}

// linking are the prepositions, "of" apart, that tie a phrase to the noun before.
var linking = map[string]bool{"for": true, "at": true, "from": true, "in": true, "with": true, "on": true, "to": true, "within": true,
	"behind": true, "by": true, "about": true, "across": true, "near": true, "inside": true, "outside": true, "against": true, "into": true}

// days are the words for a day, which stand before a name without being part of it.
var days = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"yesterday": true, "today": true, "tomorrow": true}

var timeNouns = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"yesterday": true, "today": true, "tomorrow": true, "week": true, "month": true, "year": true, "night": true, "morning": true, "afternoon": true, "evening": true}

// titleBefore takes in what a comma parts from the phrase when the phrase is a
// bare year or "Jr".
func titleBefore(ts []lang.Token, from, end, floor int) (int, bool) {
	if end-from == 1 && (ts[from].Lower == "jr." || ts[from].Lower == "sr.") && from-2 >= floor && ts[from-1].Lower == "," {
		return coreLeft(ts, from-1, floor), true
	}
	return 0, false
}

// phraseRight finds the noun phrase that begins at token from, with "of"
// phrases, coordinated names and one apposition between commas.
func phraseRight(ts []lang.Token, from int) (to int, ok bool) {
	i := coreRight(ts, from)
	if i == from {
		return from, false
	}
	for i < len(ts)-1 {
		n := linkRight(ts, i)
		if n == 0 {
			break
		}
		i = n
	}
	return appositionRight(ts, i), true
}

func coreRight(ts []lang.Token, from int) int {
	i := from
	if i < len(ts) && (ts[i].Tag == "PRP" || ts[i].Tag == "WP") {
		return i + 1
	}
	noun := false
	for i < len(ts) {
		t := ts[i]
		switch {
		case timeNouns[t.Lower] && noun:
			return i
		case t.IsNoun() || t.Tag == "CD" || t.IsCapital() && t.IsWord() && !t.IsFinite():
			noun = true
		case t.Tag == "JJ" || t.Tag == "JJS" || t.Tag == "JJR" || t.Tag == "POS" || t.Lower == "&":
		case (t.Tag == "DT" || t.Tag == "PRP$" || t.Tag == "VBN" || t.Tag == "VBG" || t.Tag == "PDT") && !noun:
		default:
			return nounEnd(from, i, noun)
		}
		i++
	}
	return nounEnd(from, i, noun)
}

func nounEnd(from, i int, noun bool) int {
	if !noun {
		return from
	}
	return i
}

// linkRight returns where a phrase that ends at i ends with its next "of",
// "for", "and" or "from", or 0.
func linkRight(ts []lang.Token, i int) int {
	switch ts[i].Lower {
	case "of", "for", "at", "from", "in", "with", "within", "and", "by", "near":
		if i+1 < len(ts) && !timeNouns[ts[i+1].Lower] {
			if to := coreRight(ts, i+1); to > i+1 && !(to < len(ts) && ts[to].IsFinite()) {
				return to
			}
		}
	}
	return 0
}

// appositionRight takes in ", the mayor of X" up to the next comma or the end.
func appositionRight(ts []lang.Token, i int) int {
	if i+1 >= len(ts) || ts[i].Lower != "," {
		return i
	}
	if !ts[i-1].IsName() {
		return namedRight(ts, i)
	}
	first := ts[i+1]
	switch first.Tag {
	case "DT", "NN", "JJ", "CD", "PRP$", "WP", "WDT":
	default:
		return i
	}
	relative := first.Lower == "who" || first.Lower == "which"
	for j := i + 1; j < len(ts) && j < i+25; j++ {
		switch {
		case ts[j].Lower == "," || ts[j].Lower == "." && j == len(ts)-1:
			inner := ts[i+1 : j]
			if !relative && hasFinite(inner) && count(inner, "who")+count(inner, "which")+count(inner, "that") == 0 {
				return i // a clause, no apposition
			}
			return j
		case ts[j].Lower == `"` || ts[j].Lower == ";":
			return i
		}
	}
	return i
}

// namedRight takes in the name behind a noun: "our surveyor, Ann Lee, …".
func namedRight(ts []lang.Token, i int) int {
	j := i + 1
	for j < len(ts) && nameWord(ts[j]) && ts[j].IsName() {
		j++
	}
	if j > i+1 && j < len(ts) && (ts[j].Lower == "," || ts[j].Lower == ".") {
		return j
	}
	return i
}
