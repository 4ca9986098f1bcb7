package lang

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// goldParagraph is one paragraph of a CoNLL-U file, put back together.
type goldParagraph struct {
	text string
	ends []int // byte offsets at which a sentence ends
	tags map[[2]int]string
}

// TestSentencesOnGUM measures sentence boundaries and tags on a folder of CoNLL-U
// files named by ARGMAP_GUM, given paragraphs. The corpus is not part of this
// repository.
func TestSentencesOnGUM(t *testing.T) {
	dir := os.Getenv("ARGMAP_GUM")
	if dir == "" {
		t.Skip("set ARGMAP_GUM to a folder of .conllu files")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.conllu"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no .conllu files in %s: %v", dir, err)
	}
	var hit, found, gold, tagHit, tagAll int
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range readCoNLLU(string(data)) {
			want := map[int]bool{}
			for _, e := range p.ends {
				want[e] = true
			}
			gold += len(p.ends)
			for _, s := range Split(p.text) {
				found++
				if want[s.End] {
					hit++
				} else if testing.Verbose() {
					t.Logf("split  %q | %q", p.text[max(0, s.End-40):s.End], p.text[s.End:min(len(p.text), s.End+30)])
				}
				delete(want, s.End)
				defaultTagger().Tag(s.Tokens)
				for _, tok := range s.Tokens {
					if g, ok := p.tags[[2]int{tok.Start, tok.End}]; ok {
						tagAll++
						if g == tok.Tag {
							tagHit++
						}
					}
				}
			}
			if testing.Verbose() {
				for e := range want {
					t.Logf("missed %q | %q", p.text[max(0, e-40):e], p.text[e:min(len(p.text), e+30)])
				}
			}
		}
	}
	f1 := 2 * float64(hit) / float64(found+gold)
	t.Logf("sentence boundaries F1 %.4f (%d right, %d found, %d gold); tags %.4f of %d", f1, hit, found, gold, float64(tagHit)/float64(tagAll), tagAll)
	if f1 < 0.97 {
		t.Errorf("sentence boundary F1 %.4f, want at least 0.97", f1)
	}
}

func readCoNLLU(data string) []goldParagraph {
	var out []goldParagraph
	var text strings.Builder
	p := goldParagraph{tags: map[[2]int]string{}}
	flush := func() {
		if text.Len() > 0 {
			p.text = text.String()
			out = append(out, p)
		}
		text.Reset()
		p = goldParagraph{tags: map[[2]int]string{}}
	}
	skipTo := ""
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\n")
		cols := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "# newpar") || strings.HasPrefix(line, "# newdoc"):
			flush()
		case line == "":
			p.ends = append(p.ends, len(strings.TrimRight(text.String(), " ")))
		case len(cols) < 10 || strings.Contains(cols[0], "."):
		case strings.Contains(cols[0], "-"): // a word of several tokens stands as one
			_, skipTo, _ = strings.Cut(cols[0], "-")
			text.WriteString(cols[1])
			if !strings.Contains(cols[9], "SpaceAfter=No") {
				text.WriteByte(' ')
			}
		case skipTo != "":
			if cols[0] == skipTo {
				skipTo = ""
			}
		default:
			p.tags[[2]int{text.Len(), text.Len() + len(cols[1])}] = cols[4]
			text.WriteString(cols[1])
			if !strings.Contains(cols[9], "SpaceAfter=No") {
				text.WriteByte(' ')
			}
		}
	}
	flush()
	return out
}
