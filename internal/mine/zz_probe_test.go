package mine

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestProbe(t *testing.T) {
	f, err := os.Open(os.Getenv("PROBE"))
	if err != nil {
		t.Skip()
	}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if sc.Text() == "" {
			continue
		}
		doc := write(strings.Split(sc.Text(), "|")...)
		switch os.Getenv("WHAT") {
		case "seg":
			fmt.Println("SEG", strings.Join(segmentsOf(doc), " | "))
		case "kind":
			r, _ := mined(doc)
			for _, u := range r.Units {
				a := ""
				if u.Addressee.Len() > 0 {
					a = doc.At(u.Addressee)
				}
				k := "claim " + Types[u.Type]
				if u.Recommendation {
					k = fmt.Sprintf("REC %d [%s]", u.Strength, a)
				}
				fmt.Println(k, u.Cues, "::", doc.At(u.Span))
			}
			if len(r.Units) == 0 {
				fmt.Println("NO UNIT", sc.Text())
			}
		case "att":
			r, _ := mined(doc)
			fmt.Println(">>", sc.Text())
			for _, a := range r.Attributions {
				src := "-"
				if a.HasSource() {
					src = doc.At(a.Source)
				}
				fmt.Println("   =", src, "|", doc.At(a.Cue), "|", strings.Join(passages(doc, a.Content...), " + "), "|", a.Manner, a.Speaker)
			}
			for i, s := range r.Sources {
				fmt.Println("   #", i, s.Name, "|", s.Kind, "|", s.Description, "|", strings.Join(passages(doc, s.Mentions...), "; "))
			}
		}
	}
}
