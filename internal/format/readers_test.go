package format

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
)

// sketch is a map in few words: units by their text, with role and kind where
// they are no premises of judgement, then relations, then who said what.
func sketch(m *argument.Map) []string {
	var lines []string
	names, steps, people := map[string]string{}, map[string]string{}, map[string]string{}
	for _, u := range m.Units {
		names[u.ID] = u.Text
		line := string(u.Role) + ": " + u.Text
		if u.Section != "" {
			for _, s := range m.Sections {
				if s.ID == u.Section {
					line += " (" + s.Title + ")"
				}
			}
		}
		if u.Kind == argument.Recommendation {
			line += " !" + string(u.Strength)
		}
		lines = append(lines, line)
	}
	for _, r := range m.Relations {
		steps[r.ID] = names[r.From] + " → " + names[r.To]
	}
	for _, r := range m.Relations {
		to := names[r.To]
		if r.Type == argument.Undercuts {
			to = "the step " + steps[r.To]
		}
		lines = append(lines, names[r.From]+" "+string(r.Type)+" "+to)
	}
	for _, p := range m.Sources {
		people[p.ID] = p.Name
	}
	for _, a := range m.Attributions {
		for _, u := range a.Units {
			lines = append(lines, people[a.SourceID]+" says "+names[u])
		}
	}
	return lines
}

// TestForeignFiles reads what other programs write.
func TestForeignFiles(t *testing.T) {
	for _, c := range []struct {
		name, format, data, text string
		want                     []string
		lost                     string
	}{
		{
			name: "debate.argdown", format: "argdown",
			data: `===
title: Pool debate
author: A. N. Other
===

# For and against

[Open]: The pool should stay open. // a comment that is cut
    It is dear to us. #recommendation #should {source: "minutes", isInMap: true}
  + <Only one>: It is the only pool [here](https://example.org). /* two
    lines */
    - The river is near.
  - <Costs>: Heating is dear\: 40 % more. #statistic
    + [Bill]
    _ <Sauna>: The figure counts the sauna.
    -> [Taxes]: Taxes can stay as they are.

## Facts

[Bill]: The bill of May. {date: 2026-05-01,
  page: 3}

<!-- nothing
here -->

<Sauna>
  >< <Costs>
`,
			want: []string{
				"thesis: The pool should stay open. It is dear to us. (For and against) !should",
				"premise: It is the only pool [here](https://example.org). (For and against)",
				"premise: The river is near. (For and against)",
				"premise: Heating is dear: 40 % more. (For and against)",
				"premise: The figure counts the sauna. (For and against)",
				"claim: Taxes can stay as they are. (For and against)",
				"premise: The bill of May. (Facts)",
				"It is the only pool [here](https://example.org). supports The pool should stay open. It is dear to us.",
				"The river is near. attacks It is the only pool [here](https://example.org).",
				"Heating is dear: 40 % more. attacks The pool should stay open. It is dear to us.",
				"The figure counts the sauna. undercuts the step Heating is dear: 40 % more. → The pool should stay open. It is dear to us.",
				"The bill of May. supports Heating is dear: 40 % more.",
			},
			lost: "1 contradiction has no place in argmap; 2 further relations from a unit have no place in argmap",
		},
		{
			name: "worked.argdown", format: "argdown",
			data: "<A>\n\n(1) All pools close.\n(2) This is a pool.\n----\n(3) [C]: This closes.\n  +> [D]: So swim now.\n",
			want: []string{
				"claim: A", "claim: All pools close.", "claim: This is a pool.", "premise: This closes.", "thesis: So swim now.",
				"This closes. supports So swim now.",
			},
			lost: "1 step within an argument has no place in argmap",
		},
		{
			name: "21.json", format: "aif",
			data: `{"nodes":[
				{"nodeID":101,"text":"Close it","type":"I","timestamp":"2024-01-01 10:00:00"},
				{"nodeID":"102","text":"It is dear","type":"I"},
				{"nodeID":"103","text":"It leaks","type":"I"},
				{"nodeID":"104","text":"The plumber lies","type":"I"},
				{"nodeID":"105","text":"Default Inference","type":"RA","scheme":"Default Inference","schemeID":72},
				{"nodeID":"106","text":"Default Conflict","type":"CA"},
				{"nodeID":"107","text":"Bob : it leaks","type":"L"},
				{"nodeID":"108","text":"Asserting","type":"YA"},
				{"nodeID":"109","text":"Default Rephrase","type":"MA"},
				{"nodeID":"110","text":"Bob : hm","type":"L"},
				{"nodeID":"111","text":"Default Transition","type":"TA"}],
			"edges":[
				{"edgeID":"1","fromID":"102","toID":"105","formEdgeID":null},
				{"edgeID":"2","fromID":"103","toID":"105","formEdgeID":null},
				{"edgeID":"3","fromID":"105","toID":101,"formEdgeID":null},
				{"edgeID":"4","fromID":"104","toID":"106"},
				{"edgeID":"5","fromID":"106","toID":"105"},
				{"edgeID":"6","fromID":"107","toID":"108"},
				{"edgeID":"7","fromID":"108","toID":"103"}],
			"locutions":[]}`,
			want: []string{
				"thesis: Close it", "premise: It is dear", "premise: It leaks", "premise: The plumber lies",
				"It is dear supports Close it", "It leaks supports Close it", "The plumber lies undercuts the step It is dear → Close it",
				"Bob says It leaks",
			},
			lost: "1 step with several premises has no place in argmap; 1 rephrase has no place in argmap; " +
				"1 transition has no place in argmap; 1 locution without an assertion has no place in argmap",
		},
		{
			name: "turn.json", format: "xaif",
			data: `{"AIF":{"nodes":[{"nodeID":1,"text":"we close","type":"I"},{"nodeID":2,"text":"it leaks","type":"I"},
				{"nodeID":3,"text":"Default Inference","type":"RA"},{"nodeID":4,"text":"we close","type":"L"},{"nodeID":5,"text":"A","type":"YA"}],
				"edges":[{"edgeID":1,"fromID":2,"toID":3},{"edgeID":2,"fromID":3,"toID":1},{"edgeID":3,"fromID":4,"toID":5},{"edgeID":4,"fromID":5,"toID":1}],
				"locutions":[{"nodeID":4,"personID":7}],"participants":[{"participantID":7,"firstname":"Ana","surname":"Sá"}]},
				"text":"Ana: <span class=\"highlighted\" id=\"1\">we close</span>,<br/> for <span id='node2' class=\"highlighted\">it leaks</span> &amp; creaks."}`,
			want: []string{"thesis: we close", "premise: it leaks", "it leaks supports we close", "Ana Sá says we close"},
		},
		{
			name: "essay.ann", format: "brat", text: "We should swim,\nsince it is\nhealthy. Some sink.",
			data: "T1\tMajorClaim 3 14\tshould swim\nT2\tPremise 22 27;28 35\tit is healthy\nT3\tClaim 37 46\tSome sink\nA1\tStance T3 Against\n" +
				"R1\tsupports Arg1:T2 Arg2:T1\nR2\tattacks Arg1:T3 Arg2:T1\nT4\tPerson 0 2\tWe\n*\tEquiv T1 T2\n#1\tAnnotatorNotes T1\tnot sure\n",
			want: []string{
				"thesis: should swim", "premise: it is\nhealthy", "premise: Some sink", "it is\nhealthy supports should swim",
				"Some sink attacks should swim",
			},
			lost: "1 entity of another type has no place in argmap; 1 attribute of another kind has no place in argmap; " +
				"1 annotation of another sort has no place in argmap",
		},
		{
			name: "graph.json", format: "node-link",
			data: `{"directed":true,"multigraph":false,"graph":{},"nodes":[{"id":1,"label":"A"},{"id":"b"},{"id":3,"text":"C"}],
				"links":[{"source":"b","target":1,"type":"attack"},{"source":3,"target":"b"},{"source":1,"target":3}]}`,
			want: []string{"premise: A", "premise: b", "thesis: C", "A supports C", "b attacks A"},
			lost: "1 relation in a circle has no place in argmap",
		},
		{
			name: "graph.xml", format: "graphml",
			data: `<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
				<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="edge" attr.name="relationType" attr.type="string"/>
				<graph edgedefault="directed"><node id="n0"><data key="d0">Tea &amp; cake</data><graph id="n0:"><node id="n1"/></graph></node>
				<edge source="n1" target="n0"><data key="d1">Refutes</data></edge><edge source="n1" target="n9"/></graph></graphml>`,
			want: []string{"thesis: Tea & cake", "premise: n1", "n1 attacks Tea & cake"},
			lost: "1 relation without a unit at both ends has no place in argmap",
		},
		{
			name: "graph.json", format: "arguebuf",
			data: `{"nodes":{"a":{"atom":{"text":"Swim","reference":{"resource":"r","offset":3,"text":"Swim"},"participant":"p"}},"b":{"atom":{"text":"Fun"}},
				"s":{"scheme":{"support":"SUPPORT_EXAMPLE"}}},"edges":{"1":{"source":"b","target":"s"},"2":{"source":"s","target":"a"}},
				"resources":{"r":{"text":"So Swim! Fun."}},"participants":{"p":{"name":"Ana"}},"majorClaim":"a","schemaVersion":1}`,
			want: []string{"thesis: Swim", "premise: Fun", "Fun supports Swim", "Ana says Swim"},
		},
	} {
		t.Run(c.format, func(t *testing.T) {
			in := Input{Name: c.name, Data: []byte(c.data), Text: c.text}
			f, ok := Detect(in)
			if !ok || f.Name != c.format {
				t.Fatalf("taken for %q", f.Name)
			}
			ms, lost, err := f.Read(in)
			if err != nil || len(ms) != 1 {
				t.Fatalf("%d maps, %v", len(ms), err)
			}
			if err := ms[0].Validate(""); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(c.want, sketch(ms[0])); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			var lines []string
			for _, l := range lost {
				lines = append(lines, l.String())
			}
			if got := strings.Join(lines, "; "); got != c.lost {
				t.Errorf("lost %s\nwant %s", got, c.lost)
			}
			if ms[0].Document.Text == "" {
				t.Error("no text was made")
			}
		})
	}
}

// TestMadeTexts: where a file has no text, units with places that agree stand
// in spaces, and others a line each.
func TestMadeTexts(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"T1\tClaim 3 5\tab\nT2\tClaim 7 8\tc\n", "   ab  c"},
		{"T1\tClaim 3 5\tab\nT2\tClaim 4 6\tcd\n", "ab\ncd\n"},
		{"T1\tClaim 3 9\tab\n", "ab\n"},
		{"T1\tClaim 999999999 1000000001\tab\n", "ab\n"},
	} {
		ms, _, err := drafted(readBrat)(Input{Name: "a.ann", Data: []byte(c.data)})
		if err != nil {
			t.Fatal(err)
		}
		if got := ms[0].Document.Text; got != c.want {
			t.Errorf("%q: text %q, want %q", c.data, got, c.want)
		}
	}
}

// TestEditedMap: what was changed by hand is read as far as it is a map.
func TestEditedMap(t *testing.T) {
	data := string(write(t, "argdown", Options{}, dispute()))
	data = strings.Replace(data, "it is the only one in the valley #claim", "no other valley has one #claim", 1)
	f, _ := Find("argdown")
	ms, _, err := f.Read(Input{Name: "pool.argdown", Data: []byte(data)})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(sketch(ms[0]), "\n")
	for _, want := range []string{"no other valley has one supports The pool must stay open", "undercuts the step Heating", "Inês Duarte says Heating"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		format, data, want string
		kind               error
	}{
		{"aif", "{", "broken JSON at line 1, column 2: unexpected end of JSON input", ErrSyntax},
		{"aif", `{"a":1}`, "not AIF: it has no list of nodes", ErrNotFormat},
		{"aif", `{"nodes":7}`, "not AIF: nodes holds a number", ErrNotFormat},
		{"xaif", `{"nodes":[]}`, "not xAIF: it has no member AIF", ErrNotFormat},
		{"arguebuf", `{}`, "not Arguebuf: it has no nodes", ErrNotFormat},
		{"node-link", `{}`, "not node-link JSON: it has no list of nodes", ErrNotFormat},
		{"graphml", "<a><b></a>", "broken XML at line 1: element <b> closed by </a>", ErrSyntax},
		{"graphml", "<a></a>", "not GraphML: it has no graphml element", ErrNotFormat},
		{"graphml", strings.Repeat("<graphml>", 300), "not GraphML: its elements stand too deep in each other", ErrNotFormat},
		{"brat", "\n\n", "not brat: it is empty", ErrNotFormat},
		{"brat", "T1\tClaim 0 1\ta\nThe pool\n", "not brat: line 2 is no annotation", ErrNotFormat},
		{"argdown", "// nothing\n", "not Argdown: it has no statement", ErrNotFormat},
	} {
		f, err := Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = f.Read(Input{Name: "x", Data: []byte(c.data)})
		var read *ReadError
		if !errors.As(err, &read) || !errors.Is(err, c.kind) || err.Error() != c.want {
			t.Errorf("%s of %q: %v, want %s", c.format, c.data, err, c.want)
		}
	}
}

// TestDetect tells the formats apart without a name, where they can be.
func TestDetect(t *testing.T) {
	for _, f := range All() {
		data := write(t, f.Name, Options{WithText: true}, dispute())
		got, ok := Detect(Input{Name: "-", Data: data})
		want := f.Name
		switch {
		case f.Name == "jsonl":
			want = "json"
		case f.Name == "csl": // an array of objects, as several maps are
			want = "json"
		case f.Read == nil:
			want = ""
		}
		if got.Name != want || ok != (want != "") {
			t.Errorf("%s is taken for %q", f.Name, got.Name)
		}
	}
	for _, article := range []string{"", "The pool must stay open.", "# Heading\n\nText", "{ see the note }", "<p>The pool</p>"} {
		if f, ok := Detect(Input{Name: "a.txt", Data: []byte(article)}); ok {
			t.Errorf("%q is taken for %s", article, f.Name)
		}
	}
}

// TestHostileFiles reads what is made to take long or much memory.
func TestHostileFiles(t *testing.T) {
	deep := strings.Repeat
	for _, c := range []struct{ format, data string }{
		{"argdown", "[a]: " + deep("{", 1<<20)},
		{"argdown", "[a]: " + deep(`{"a":`, 1<<18)},
		{"argdown", "[a]: " + deep("#(", 1<<20)},
		{"argdown", deep("/*", 1<<20)},
		{"argdown", "[a]: b\n" + deep(" + c\n", 1<<16)},
		{"aif", `{"nodes":` + deep("[", 1<<20)},
		{"graphml", "<graphml>" + deep("<node>", 1<<18)},
		{"xaif", `{"AIF":{"nodes":[]},"text":"` + deep("<span id=", 1<<18) + `"}`},
		{"xaif", `{"AIF":{"nodes":[]},"text":"` + deep("<", 1<<20) + `"}`},
		{"brat", deep("T1\tClaim 0 1\ta\n", 1<<16)},
		{"node-link", `{"graph":{"documents":[` + deep(`{"prefix":"d"},`, 1<<15) + `{}]},"nodes":[` + deep(`{"id":"d-1"},`, 1<<15) + `{}]}`},
	} {
		f, err := Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		_, _, err = f.Read(Input{Name: "x", Data: []byte(c.data)})
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s of %.20q… took %v (%v)", c.format, c.data, took, err)
		}
	}
}

// fuzzReader: no input makes a reader panic; what it accepts is valid, can be
// written in every format, and comes back.
func fuzzReader(f *testing.F, name string) {
	fm, err := Find(name)
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range []*argument.Map{small(), dispute(), build("none.txt", "", "Nothing.").m} {
		var b bytes.Buffer
		if err := fm.Write(&b, []*argument.Map{m}, Options{WithText: true}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes(), m.Document.Text)
		f.Add(bytes.ReplaceAll(b.Bytes(), []byte("sha256:"), []byte("sha0:")), "")
	}
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		Detect(Input{Name: "-", Data: data})
		ms, _, err := fm.Read(Input{Name: "-", Data: data, Text: text})
		if err != nil {
			var read *ReadError
			if !errors.As(err, &read) {
				t.Fatalf("not a ReadError: %v", err)
			}
			return
		}
		for _, m := range ms {
			if err := m.Validate(""); err != nil {
				t.Fatal(err)
			}
			for _, to := range table {
				if err := to.Write(&bytes.Buffer{}, []*argument.Map{m}, Options{WithText: true}); err != nil {
					t.Fatalf("%s: %v", to.Name, err)
				}
			}
		}
	})
}

func FuzzReadAIF(f *testing.F)      { fuzzReader(f, "aif") }
func FuzzReadXAIF(f *testing.F)     { fuzzReader(f, "xaif") }
func FuzzReadArgdown(f *testing.F)  { fuzzReader(f, "argdown") }
func FuzzReadBrat(f *testing.F)     { fuzzReader(f, "brat") }
func FuzzReadArguebuf(f *testing.F) { fuzzReader(f, "arguebuf") }
func FuzzReadNodeLink(f *testing.F) { fuzzReader(f, "node-link") }
func FuzzReadGraphML(f *testing.F)  { fuzzReader(f, "graphml") }
