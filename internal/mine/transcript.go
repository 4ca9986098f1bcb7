package mine

import (
	"regexp"
	"sort"
	"strings"

	"github.com/argmap/argmap/internal/document"
)

// speakerLabel opens a turn of a transcript: "LOPEZ: The bridge is not safe."
var speakerLabel = regexp.MustCompile(`^["“]?(\p{Lu}[\p{Lu}.'’-]+(?: \p{Lu}[\p{Lu}.'’-]*){0,3})(:) `)

// noSpeaker are labels that stand where a speaker's would.
var noSpeaker = map[string]bool{"NOTE": true, "UPDATE": true, "WARNING": true, "PHOTO": true, "PHOTOS": true, "VIDEO": true, "IMAGE": true,
	"READ": true, "READ MORE": true, "RELATED": true, "SEE ALSO": true, "SOURCE": true, "SOURCES": true, "MORE": true, "FAQ": true, "PS": true}

// fewestTurns is how many turns make a transcript of a text: a single line that
// opens like one may be a heading.
const fewestTurns = 3

// transcript attributes the turns of a transcript to their speakers, each to the
// end of its paragraph, in place of what was found to be said by the label.
func transcript(doc *document.Document, as []Attribution, sentenceAt func(int) int) []Attribution {
	var turns []Attribution
	for _, b := range doc.Blocks {
		text := doc.At(b.Span)
		at := speakerLabel.FindStringSubmatchIndex(text)
		if at == nil || noSpeaker[text[at[2]:at[3]]] {
			continue
		}
		content := strings.TrimRight(text[at[1]:], " \"”.")
		start := b.Start + at[1]
		if content == "" {
			continue
		}
		turns = append(turns, Attribution{
			Source: document.Span{Start: b.Start + at[2], End: b.Start + at[3]}, Cue: document.Span{Start: b.Start + at[4], End: b.Start + at[5]},
			Content: []document.Span{{Start: start, End: start + len(content)}}, Speaker: -1,
			cueSure: turnSure, sourceWords: turnSure, sourceSure: turnSure, contentSure: turnSure,
			Confidence: turnSure, Cues: []Cue{{document.Span{Start: b.Start + at[2], End: b.Start + at[5]}, "cue.turn"}}, sentence: sentenceAt(b.Start)})
	}
	if len(turns) < fewestTurns {
		return as
	}
	out := turns
	for _, a := range as {
		k := sort.Search(len(turns), func(k int) bool { return turns[k].Content[0].Start > a.Cue.Start })
		if k < len(turns) && turns[k].Source.Start <= a.Cue.Start || a.HasSource() && crosses(a, turns) {
			continue
		}
		out = append(out, a)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].extent().Start < out[j].extent().Start })
	return out
}

// turnSure is set by hand: the form leaves little doubt.
const turnSure = 0.99

// crosses tells that an attribution reaches from one turn into another.
func crosses(a Attribution, turns []Attribution) bool {
	e := a.extent()
	k := sort.Search(len(turns), func(k int) bool { return turns[k].Source.Start > e.Start })
	return k < len(turns) && turns[k].Source.Start < e.End
}
