package lang

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

func TestTokenize(t *testing.T) {
	for _, f := range readFixtures(t, "tokens.txt") {
		if len(f.lines) != 2 {
			t.Fatalf("%s:%d: a case is a text and its tokens, not %d lines", f.file, f.line, len(f.lines))
		}
		text := f.lines[0]
		var want, got []document.Span
		at := 0
		for _, w := range strings.Split(f.lines[1], " ") {
			i := strings.Index(text[at:], w)
			if i < 0 {
				t.Fatalf("%s:%d: %q does not stand in the text, or not in this order", f.file, f.line, w)
			}
			want = append(want, document.Span{Start: at + i, End: at + i + len(w)})
			at += i + len(w)
		}
		var words []string
		for _, tok := range Tokenize(text) {
			got = append(got, tok.Span)
			words = append(words, tok.Text)
			if tok.Text != text[tok.Start:tok.End] {
				t.Errorf("%s:%d: token at %d to %d says it is %q", f.file, f.line, tok.Start, tok.End, tok.Text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:%d:\n got %+q\nwant %+q\noffsets, - want, + got:\n%s", f.file, f.line, strings.Join(words, " "), f.lines[1], diff)
		}
	}
}

func TestLower(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ferry", "ferry"},
		{"ÄPFEL", "äpfel"},
		{"U.S.", "u.s."},
		{"O’Brien", "o'brien"},
		{"O‘Brien", "o'brien"},
		{"`", "'"},
		{"“", `"`},
		{"„", `"`},
		{"»", `"`},
		{"co\u2011op", "co-op"},
		{"vice\u2010President", "vice-president"},
		{"soft\u00adhyphen", "softhyphen"},
		{"join\u2060er", "joiner"},
		{"❤\ufe0f", "❤"},
		{"—", "—"},
	} {
		if got := normalize(c.text); got != c.want {
			t.Errorf("the look-up form of %+q is %+q, want %+q", c.text, got, c.want)
		}
	}
	if got := Tokenize("She DIDN’T.")[2].Lower; got != "n't" {
		t.Errorf("Tokenize gives %q for the clitic, want n't", got)
	}
}

func TestTokenTells(t *testing.T) {
	type answers struct{ Word, Name, Noun, Verb, Finite, Capital bool }
	for _, c := range []struct {
		text, tag string
		want      answers
	}{
		{"Oslo", "NNP", answers{Word: true, Name: true, Noun: true, Capital: true}},
		{"Alps", "NNPS", answers{Word: true, Name: true, Noun: true, Capital: true}},
		{"ferries", "NNS", answers{Word: true, Noun: true}},
		{"runs", "VBZ", answers{Word: true, Verb: true, Finite: true}},
		{"ran", "VBD", answers{Word: true, Verb: true, Finite: true}},
		{"run", "VBP", answers{Word: true, Verb: true, Finite: true}},
		{"run", "VB", answers{Word: true, Verb: true}},
		{"running", "VBG", answers{Word: true, Verb: true}},
		{"must", "MD", answers{Word: true, Finite: true}},
		{"\u200bÉtat", "NN", answers{Word: true, Noun: true, Capital: true}},
		{"12", "CD", answers{Word: true}},
		{"…", ":", answers{}},
	} {
		tok := newToken(c.text, document.Span{Start: 0, End: len(c.text)})
		tok.Tag = c.tag
		got := answers{tok.IsWord(), tok.IsName(), tok.IsNoun(), tok.IsVerb(), tok.IsFinite(), tok.IsCapital()}
		if got != c.want {
			t.Errorf("%s/%s: %+v, want %+v", c.text, c.tag, got, c.want)
		}
	}
}
