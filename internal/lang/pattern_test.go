package lang

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

// tokensOf makes tokens from "word/TAG word/TAG".
func tokensOf(tagged string) []Token {
	var out []Token
	at := 0
	for _, w := range strings.Fields(tagged) {
		i := strings.LastIndexByte(w, '/')
		tok := newToken(w[:i], document.Span{Start: 0, End: i})
		tok.Span, tok.Tag = document.Span{Start: at, End: at + i}, w[i+1:]
		out = append(out, tok)
		at += i + 1
	}
	return out
}

// found gives the words of each place where a table fires, rule first.
func found(p *Patterns, tokens []Token) []string {
	var out []string
	for _, m := range p.Find(tokens) {
		s := m.Rule + ":"
		for _, tok := range tokens[m.From:m.To] {
			s += " " + tok.Text
		}
		out = append(out, s)
	}
	return out
}

func TestPatterns(t *testing.T) {
	const goes = "Well/RB ,/, the/DT State/NNP should/MD not/RB pay/VB for/IN it/PRP ./."
	for _, c := range []struct{ pattern, text, want string }{
		// Words.
		{"should", goes, "should"},
		{"must|should|ought", goes, "should"},
		{"state", goes, "State"},
		{"shoul", goes, ""},
		{"should not pay", goes, "should not pay"},
		{"should pay", goes, ""},
		{"the", "the/DT end/NN of/IN the/DT end/NN", "the; the"},
		{",", goes, ","},
		{"'s", "Wren/NNP ’s/POS boat/NN", "’s"},
		{`"`, "“/'' No/DT ”/''", "“; ”"},
		{"?", "Why/WRB ?/.", "?"},
		{"!", "No/DT !/.", "!"},
		// Tags.
		{"<NNP>", goes, "State"},
		{"<VB|VBP>", goes, "pay"},
		{"<NN>", goes, ""},
		// Words with tags.
		{"state<NNP>", goes, "State"},
		{"state<NN>", goes, ""},
		{"pay|state<VB|NN>", goes, "pay"},
		{"the <NNP>", goes, "the State"},
		// Words or tags.
		{"for|<NNP>", goes, "State; for"},
		{"for|it|<NN|MD>", goes, "should; for; it"},
		// Any word, but no mark.
		{"should _ pay", goes, "should not pay"},
		{"_ ,", goes, "Well ,"},
		{"it _", goes, ""},
		{"should _", "we/PRP should/MD", ""},
		// Gaps: up to three words, but no mark, and the shortest.
		{"should * pay", goes, "should not pay"},
		{"should * not", goes, "should not"},
		{"the * for", goes, ""},
		{"state * for", goes, "State should not pay for"},
		{"well * state", goes, ""},
		{"the * <DT|PRP>", "the/DT one/NN the/DT other/NN it/PRP", "the one the; the other it"},
		{"a * d", "a/X b/X c/X d/X", "a b c d"},
		{"a * e", "a/X b/X c/X d/X e/X", "a b c d e"},
		{"a * f", "a/X b/X c/X d/X e/X f/X", ""},
		// The start, after joining words, adverbs and marks.
		{"^ the", goes, "the"},
		{"^ state", goes, ""},
		{"^ not", "Not/RB the/DT state/NN", "Not"},
		{"^ pay", "But/CC please/VB pay/VB", "pay"},
		{"^ so", "so/RB it/PRP is/VBZ", ""},
		{"!^ the", goes, ""},
		{"!^ state", goes, "State"},
		// The end, before marks.
		{"it $", goes, "it"},
		{"for $", goes, ""},
		{"for !$", goes, "for"},
		{"it !$", goes, ""},
		{"it $", "it/PRP", "it"},
		// Not.
		{"should !not", goes, ""},
		{"should !never", goes, "should"},
		{"should !<VB>", goes, "should"},
		{"should !<RB>", goes, ""},
		{"should !_", goes, ""},
		{"it !_", goes, "it"},
		{"should !never _ pay", goes, "should not pay"},
		{"!the _ should", goes, "State should"},
		{"should !not", "we/PRP should/MD", "should"},
		// Perhaps.
		{"should ?not pay", goes, "should not pay"},
		{"should ?not pay", "we/PRP should/MD pay/VB", "should pay"},
		{"should ?never ?not pay", goes, "should not pay"},
		{"should ?_ pay", goes, "should not pay"},
		{"should ?<RB>", goes, "should not"},
		{"?the state", goes, "the State; State"},
		{"should ?not not", goes, "should not"},
		{"it ?now", goes, "it"},
	} {
		p, err := ParsePatterns("rule\t" + c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		got := strings.ReplaceAll(strings.Join(found(p, tokensOf(c.text)), "; "), "rule: ", "")
		if got != c.want {
			t.Errorf("%s finds %q in %q, want %q", c.pattern, got, c.text, c.want)
		}
	}
}

func TestPatternTable(t *testing.T) {
	p := MustPatterns(`
# A remark.
first	should
second	should not
second	never
third	<MD> _

first	must
`)
	got := found(p, tokensOf("We/PRP must/MD go/VB and/CC should/MD not/RB stay/VB ./."))
	want := []string{"first: must", "third: must go", "first: should", "second: should not", "third: should not"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- want, + got:\n%s", diff)
	}
	if got := p.Find(nil); got != nil {
		t.Errorf("in no tokens it finds %v", got)
	}
}

func TestPatternErrors(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"rule", "a rule, a tab and a pattern"},
		{"rule should", "a rule, a tab and a pattern"},
		{"rule\t ", "a rule, a tab and a pattern"},
		{"\tshould", "a rule, a tab and a pattern"},
		{"rule\tshould <MD", "tags stand as <TAG|TAG>"},
		{"rule\tshould <MD>s", "tags stand as <TAG|TAG>"},
		{"rule\tshould <>", "tags stand as <TAG|TAG>"},
		{"rule\tshould <MD|>", "tags stand as <TAG|TAG>"},
		{"rule\tmust||should", `"" is no word`},
		{"rule\t|must", `"" is no word`},
		{"rule\tmust|", `"" is no word`},
		{"rule\tMust", `"Must" is no word in lower case`},
		{"rule\tdidn’t", "plain marks"},
		{"rule\tmust ?*", `"?" stands before one token`},
		{"rule\tmust !*", `"!" stands before one token`},
		{"rule\t?^ must", `"?" stands before one token`},
		{"rule\tmust ?$", `"?" stands before one token`},
		{"rule\t^ $", "asks for no token"},
		{"rule\t!must", "asks for no token"},
		{"rule\t^ *", "asks for no token"},
		{"good\tmust\nbad\tMust", `"bad\tMust"`},
	} {
		if _, err := ParsePatterns(c.text); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: got error %v, want one with %q", c.text, err, c.says)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("MustPatterns takes a broken table")
		}
	}()
	MustPatterns("rule")
}

func TestLists(t *testing.T) {
	const text = "# remark\n\n one \r\ntwo words\n#three\nfour"
	if diff := cmp.Diff([]string{"one", "two words", "four"}, Lines(text)); diff != "" {
		t.Errorf("Lines: - want, + got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]bool{"one": true, "two words": true, "four": true}, Set(text)); diff != "" {
		t.Errorf("Set: - want, + got:\n%s", diff)
	}
}

// TestLexicon holds the lists of this package to what their heads say.
func TestLexicon(t *testing.T) {
	for name, text := range map[string]string{"abbreviations": abbreviationsText, "reporting": reportingText, "starters": startersText} {
		seen := map[string]bool{}
		for _, line := range Lines(text) {
			word := line
			if name == "abbreviations" {
				var class string
				word, class, _ = strings.Cut(line, " ")
				if abbreviations()[word] == abbrNone {
					t.Errorf("%s: %q has no class, or %q is none", name, word, class)
				}
			}
			if seen[word] {
				t.Errorf("%s: %q stands twice", name, word)
			}
			seen[word] = true
			if word != normalize(word) || strings.HasSuffix(word, ".") || strings.Contains(word, " ") {
				t.Errorf("%s: %q cannot be looked up", name, word)
			}
		}
	}
}
