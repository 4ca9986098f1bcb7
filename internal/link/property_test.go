package link_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// pool are the sentences that texts are drawn from.
var pool = []string{
	"The council should keep the ferry.",
	"It carries every nurse who works on the island.",
	"Without it the clinic would close within a month.",
	"Nine hundred pupils take it to school every week.",
	"No bridge will be built for at least twenty years.",
	"Some say that the ferry costs too much.",
	"But nobody has counted what its loss would cost.",
	"Critics object that the boat runs empty in winter.",
	"However, the road around the bay is closed for half of the year.",
	"Although the fare is low, few people take the last boat.",
	"The boat is slow, but it has never left a passenger on the quay.",
	"The crossing is short because the sound is narrow here.",
	"The pier is a hundred years old; it leaks at every seam.",
	"In March a trawler broke its mooring and drifted onto the rocks.",
	"For example, two brothers drowned off the northern mole in July.",
	"The harbour board spent four million crowns on a new office.",
	"Half of the members of the board have never been on the boat.",
	"Anna Berg, who runs the harbour, says that the pier is unsafe.",
	"“Nobody asked the pilots,” she said.",
	"“The ice came early. We lost a boat.",
	"According to a report by the union, wages have fallen by a third.",
	"The minister denied that the dam leaked.",
	"His own engineers found cracks in it last spring.",
	"It is true that the roof of the library leaks.",
	"Yet a roof can be mended.",
	"A library once sold is gone.",
	"That is why the sale must be stopped.",
	"Therefore the island needs a second doctor.",
	"Let us begin with the pier.",
	"Build it of stone!",
	"Who would want to wait for the next storm?",
	"Of course, stone is dear.",
	"Even so, wood has to be replaced every ten years.",
	"In short, the ferry pays for itself.",
	"If the fare rises again, the young will leave.",
	"The young have always left.",
	"This is not a reason to give up.",
	"First, the fare should be cut in half.",
	"Second, the last boat should leave an hour later.",
	"Finally, the timetable must be printed.",
	"Nothing else will bring the people back.",
	"We call on the governor to sign the plan.",
}

// items are what lists are drawn from.
var items = []string{"cut the fare in half;", "Print the timetable.", "the pier, which leaks;", "it carries every nurse on the island;", "“No more stone.”", "pay the pilots", "Pupils should travel free. They have no money."}

var leads = []string{"The council should take these steps:", "There are three reasons:", "Such a plan would do harm in many ways:", "What next?", "The board has failed.", "Steps:"}

// drawText draws a text of paragraphs, headings, lists and quotations.
func drawText(t *rapid.T) string {
	var parts []string
	for range rapid.IntRange(1, 9).Draw(t, "blocks") {
		switch rapid.IntRange(0, 5).Draw(t, "block") {
		case 0:
			part := rapid.SampledFrom(leads).Draw(t, "lead") + "\n"
			for _, item := range rapid.SliceOfN(rapid.SampledFrom(items), 1, 5).Draw(t, "items") {
				part += "\n- " + item
			}
			parts = append(parts, part)
		case 1:
			parts = append(parts, rapid.SampledFrom([]string{"The Ferry", "Why it pays", "1. The Pier", "What to Do"}).Draw(t, "heading"))
		default:
			parts = append(parts, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pool), 1, 6).Draw(t, "sentences"), " "))
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// TestLinkProperties checks that any text gives a proper structure, the same
// every time.
func TestLinkProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		l, err := read(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.check(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		again, err := read(text)
		if err != nil || !reflect.DeepEqual(l.Structure, again.Structure) {
			t.Fatalf("another structure the second time: %v\n%s", err, text)
		}
	})
}

// TestLinkConcurrently links different texts at once, and each as if alone.
func TestLinkConcurrently(t *testing.T) {
	const workers = 8
	var texts []string
	var want []linked
	for i := range workers {
		text := strings.Join(pool[5*i:], " ") + "\n\n" + strings.Join(pool[:5*i], " ")
		l, err := read(text)
		if err != nil || len(l.Relations) == 0 {
			t.Fatal(err, l.Relations)
		}
		texts, want = append(texts, text), append(want, l)
	}
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			got, err := read(texts[i])
			if err != nil || !reflect.DeepEqual(got.Structure, want[i].Structure) {
				t.Errorf("text %d has another structure among others: %v", i, err)
			}
		})
	}
	wg.Wait()
}
