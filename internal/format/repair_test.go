package format

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRepairs: what a file leaves out, says twice or says in a way of its own.
func TestRepairs(t *testing.T) {
	for _, c := range []struct {
		name, format, data string
		want               []string
		text               string // of the document, if it matters
		sections           string
		lost               string
	}{
		{
			name: "units found in a text, one before the other", format: "xaif",
			data: `{"AIF":{"nodes":[{"nodeID":1,"text":"we close","type":"I"},{"nodeID":2,"text":"It leaks","type":"I"}],"edges":[]},
				"text":"It leaks, so we close."}`,
			want: []string{"claim: It leaks", "claim: we close"},
			text: "It leaks, so we close.",
		},
		{
			name: "a claim with an addressee", format: "node-link",
			data: `{"nodes":[{"id":"a","text":"We swim","kind":"claim","start":0,"end":7,
				"addressee":"We","addressee_start":0,"addressee_end":2}],"links":[]}`,
			want: []string{"claim: We swim"},
		},
		{
			name: "two units of one id", format: "node-link",
			data: `{"nodes":[{"id":1,"text":"A"},{"id":1,"text":"B"},{"id":2,"text":"C"}],"links":[{"source":2,"target":1}]}`,
			want: []string{"thesis: A", "claim: B", "premise: C", "C supports A"},
		},
		{
			name: "two main points", format: "node-link",
			data: `{"nodes":[{"id":"A"},{"id":"B"},{"id":"C"},{"id":"D"}],
				"links":[{"source":"B","target":"A"},{"source":"D","target":"C"}]}`,
			want: []string{"claim: A", "premise: B", "claim: C", "premise: D", "B supports A", "D supports C"},
		},
		{
			name: "bytes that are no text", format: "argdown", data: "[a]: A\xffB\n",
			want: []string{"claim: A\uFFFDB"}, text: "A\uFFFDB\n",
		},
		{
			name: "headings one beneath the other and beside each other", format: "argdown",
			data:     "# A\n\n[x]: X.\n\n## B\n\n[y]: Y.\n\n# C\n\n[z]: Z.\n",
			want:     []string{"claim: X. (A)", "claim: Y. (B)", "claim: Z. (C)"},
			sections: "A 0-5, B 3-5, C 6-8",
		},
		{
			name: "a relation said twice", format: "argdown", data: "[a]: A\n  + <b>: B\n\n<b>\n  +> [a]\n",
			want: []string{"thesis: A", "premise: B", "B supports A"},
		},
		{
			name: "no titles", format: "argdown", data: "[words](https://example.org) here\n\n* One\n* Two #(not sure)\n",
			want: []string{"claim: [words](https://example.org) here", "claim: One", "claim: Two"},
		},
		{
			name: "edges that AIF has not", format: "aif",
			data: `{"nodes":[{"nodeID":1,"text":"A","type":"I"},{"nodeID":2,"text":"B","type":"I"},{"nodeID":3,"text":"C","type":"I"},
				{"nodeID":4,"type":"RA"}],"edges":[{"fromID":1,"toID":4},{"fromID":4,"toID":2},{"fromID":4,"toID":3},{"fromID":3,"toID":2}],
				"locutions":[]}`,
			want: []string{"premise: A", "thesis: B", "claim: C", "A supports B"},
			lost: "1 edge from unit to unit has no place in argmap; 1 further conclusion has no place in argmap",
		},
		{
			name: "the major claim of several main points", format: "arguebuf",
			data: `{"nodes":{"a":{"atom":{"text":"A"}},"b":{"atom":{"text":"B"}}},"edges":{},
				"resources":{"r":{"text":""},"s":{"text":""}},"majorClaim":"b"}`,
			want: []string{"claim: A", "thesis: B"},
			lost: "1 further resource has no place in argmap",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Find(c.format)
			if err != nil {
				t.Fatal(err)
			}
			ms, lost, err := f.Read(Input{Name: "x", Data: []byte(c.data)})
			if err != nil || len(ms) != 1 {
				t.Fatalf("%d maps, %v", len(ms), err)
			}
			if diff := cmp.Diff(c.want, sketch(ms[0])); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got := ms[0].Document.Text; c.text != "" && got != c.text {
				t.Errorf("text %q, want %q", got, c.text)
			}
			var sections, losses []string
			for _, s := range ms[0].Sections {
				sections = append(sections, fmt.Sprintf("%s %d-%d", s.Title, s.Start, s.End))
			}
			for _, l := range lost {
				losses = append(losses, l.String())
			}
			if got := strings.Join(sections, ", "); got != c.sections {
				t.Errorf("sections %s, want %s", got, c.sections)
			}
			if got := strings.Join(losses, "; "); got != c.lost {
				t.Errorf("lost %s\nwant %s", got, c.lost)
			}
		})
	}
}
