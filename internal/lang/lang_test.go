package lang

import (
	"fmt"
	"testing"
)

func TestTmp(t *testing.T) {
	for _, s := range Split(`Dr. Smith’s “long-term” plan—which cost $3.5 million—didn’t work. "Really?" Smith asked. He left at 5 p.m. The U.S. is big. I can't, e.g. we'll go. He said so (or did he?). ‘The state is bloated,’ he said. It is No. 4... and J. R. Jones agreed.`) {
		defaultTagger().Tag(s.Tokens)
		for _, k := range s.Tokens {
			fmt.Printf("%s/%s ", k.Text, k.Tag)
		}
		fmt.Println()
	}
}
