package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/compare"
	"github.com/argmap/argmap/internal/draw"
)

// checkPicture checks the options of a picture.
func (o *DiffOptions) checkPicture() (err error) {
	if o.Theme != "" {
		if o.Theme, err = oneOf("theme", o.Theme, draw.Themes()); err != nil {
			return err
		}
	}
	if err := atLeastOne("max-units", o.MaxUnits); err != nil {
		return err
	}
	if findDrawing(o.Format).binary && isStdout(o.Output) && o.IO.OutTerminal() {
		return usagef("a %s picture cannot be shown on a terminal", strings.ToUpper(o.Format)).
			withHint("write it to a file: argmap diff A B -o changes.%s", o.Format)
	}
	return nil
}

// drawDiff draws the two maps as one, with what became of what.
func drawDiff(ctx context.Context, o *DiffOptions, d *compare.Diff) ([]byte, error) {
	var notes []string
	data, err := await(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		u := d.Union()
		changes := changesOf(u)
		changes.From, changes.To = o.versionNames(d)
		err := findDrawing(o.Format).write(ctx, &b, []*argument.Map{u.Map}, draw.Options{
			Theme: o.Theme, MaxUnits: o.MaxUnits, Changes: changes,
			Note: func(text string) { notes = append(notes, text) },
		})
		return b.Bytes(), err
	})
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		o.IO.Note("%s", firstLine(n))
	}
	return data, nil
}

// changesOf is what became of what is in the union of two versions, for a
// picture of it.
func changesOf(u *compare.Union) *draw.Changes {
	c := &draw.Changes{
		Former: u.Former, Units: map[string]draw.Change{}, Relations: map[string]draw.Change{},
		Sections: map[string]draw.Status{}, Attributions: map[string]draw.Status{},
	}
	for id, change := range u.Units {
		c.Units[id] = unitChange(change)
	}
	for id, change := range u.Relations {
		r := draw.Change{Status: drawStatus[change]}
		if was, ok := u.Types[id]; ok {
			r.Details = []string{"was: " + string(was)}
		}
		c.Relations[id] = r
	}
	for id, change := range u.Sections {
		c.Sections[id] = drawStatus[change]
	}
	for id, change := range u.Attributions {
		c.Attributions[id] = drawStatus[change]
	}
	return c
}

var drawStatus = map[compare.Change]draw.Status{
	compare.Added: draw.Added, compare.Dropped: draw.Dropped, compare.Reworded: draw.Reworded, compare.Changed: draw.Changed,
}

var pieceStatus = map[compare.Op]draw.Status{
	compare.Both: draw.Unchanged, compare.OnlyA: draw.Dropped, compare.OnlyB: draw.Added,
}

// versionNames are what the documents are called: by what tells them apart, their
// files, these with their folders, or the same of the inputs that they came from,
// as two extractions may be of one file.
func (o *DiffOptions) versionNames(d *compare.Diff) (a, b string) {
	for _, pair := range [][2]string{{d.A.Document.URI, d.B.Document.URI}, {o.A, o.B}} {
		for _, name := range []func(string) string{filepath.Base, func(s string) string { return s }} {
			if a, b = name(pair[0]), name(pair[1]); a != b {
				return printable(a), printable(b)
			}
		}
	}
	return printable(a), printable(b)
}

// unitChange is what became of a unit. The ids of what is gone are those of the
// old version, and so are told apart.
func unitChange(c compare.UnitChange) draw.Change {
	change := draw.Change{Status: drawStatus[c.Change()]}
	if c.B == nil {
		change.Name = "old " + c.A.ID
		return change
	}
	if c.A == nil {
		return change
	}
	turns := turnsOf(c)
	if !c.Reworded && len(turns) > 0 {
		change.Word, turns = turns[0], turns[1:]
	}
	change.Details = turns
	for _, f := range c.Fields {
		value := func(v string) string {
			if v == "" {
				return "none"
			}
			return v
		}
		change.Details = append(change.Details, fmt.Sprintf("%s: %s → %s", f.Name, value(f.A), value(f.B)))
	}
	if c.Reworded {
		change.Was = c.A.Text
		change.Pieces = make([]draw.Piece, len(c.Words))
		for i, w := range c.Words {
			change.Pieces[i] = draw.Piece{Status: pieceStatus[w.Op], Text: w.Text}
		}
	}
	return change
}

// turnsOf says what bears on a unit that did not, or does not any more.
func turnsOf(c compare.UnitChange) []string {
	var turns []string
	for _, t := range []struct {
		is   bool
		text string
	}{
		{len(c.AttackedBy) > 0, "newly attacked"}, {c.Unattacked, "no longer attacked"},
		{len(c.SupportedBy) > 0, "newly supported"}, {c.Unsupported, "no longer supported"},
	} {
		if t.is {
			turns = append(turns, t.text)
		}
	}
	return turns
}
