package mine

import (
	"bufio"
	"fmt"
	"os"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

func TestProbeCtx(t *testing.T) {
	f, err := os.Open(os.Getenv("PROBE"))
	if err != nil {
		t.Skip()
	}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if sc.Text() == "" {
			continue
		}
		pre := "The island lies an hour from the coast. Four hundred people live there. "
		doc := write(pre + sc.Text() + " The harbour is small and the winters are long.")
		r, _ := mined(doc)
		at := document.Span{Start: len(pre), End: len(pre) + len(sc.Text())}
		n := 0
		for _, u := range r.Units {
			if !u.Overlaps(at) {
				continue
			}
			n++
			a := ""
			if u.Addressee.Len() > 0 {
				a = doc.At(u.Addressee)
			}
			k := "claim " + Types[u.Type]
			if u.Recommendation {
				k = fmt.Sprintf("REC %d [%s]", u.Strength, a)
			}
			fmt.Println(k, "::", doc.At(u.Span))
		}
		if n == 0 {
			fmt.Println("NO UNIT", sc.Text())
		}
	}
}
