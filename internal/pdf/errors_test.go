package pdf

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/argmap/argmap/internal/cachedir"
	"github.com/argmap/argmap/internal/raced"
)

// scan is a page that is a picture and nothing else.
func scan(t testing.TB) []byte {
	t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 60))); err != nil {
		t.Fatal(err)
	}
	s := newSheet()
	s.RegisterImageOptionsReader("page", fpdf.ImageOptions{ImageType: "PNG"}, &picture)
	s.ImageOptions("page", 0, 0, 595, 842, false, fpdf.ImageOptions{}, 0, "")
	return s.bytes(t)
}

// protected is a page behind passwords.
func protected(t testing.TB, user string) []byte {
	t.Helper()
	s := newSheet()
	s.SetProtection(fpdf.CnProtectPrint, user, "owner")
	s.line(80, 100, "Nobody may read this.")
	return s.bytes(t)
}

// simple is a page with a sentence.
func simple(t testing.TB) []byte {
	t.Helper()
	s := newSheet()
	s.fill(80, 100, 300, 12, 0, boats)
	return s.bytes(t)
}

func TestErrors(t *testing.T) {
	whole := simple(t)
	many := newSheet()
	for range MaxPages {
		many.AddPage()
	}
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrDamaged},
		{"not a PDF", []byte(strings.Repeat("The quay is closed. ", 500)), ErrDamaged},
		{"only a head", []byte("%PDF-1.7\n"), ErrDamaged},
		{"cut short", whole[:300], ErrDamaged},
		{"the user's password", protected(t, "secret"), ErrEncrypted},
		{"a picture", scan(t), ErrNoText},
		{"an empty page", newSheet().bytes(t), ErrNoText},
		{"many pages", many.bytes(t), ErrTooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := Read(t.Context(), c.data)
			if !errors.Is(err, c.want) {
				t.Errorf("%v, %v; want %v", text, err, c.want)
			}
			if err != nil && strings.ContainsAny(err.Error(), "\n") {
				t.Errorf("more than a line: %q", err)
			}
		})
	}
}

// Of a page that holds more than is read none is read: a part would pass for the
// whole.
func TestLongPage(t *testing.T) {
	s := newSheet()
	s.face("", 1)
	row := strings.Repeat("The quay is wet. ", 75)
	for i := range maxChars/len(row) + 1 {
		s.line(20, 20+2*float64(i), row)
	}
	_, err := Read(t.Context(), s.bytes(t))
	if !errors.Is(err, ErrTooLarge) || !strings.HasSuffix(err.Error(), " characters on page 1, the limit is 500000") {
		t.Errorf("error %v", err)
	}
}

// A password that only the owner needs does not keep anybody from reading.
func TestEmptyUserPassword(t *testing.T) {
	text, err := Read(t.Context(), protected(t, ""))
	if err != nil || len(text.Blocks) != 1 || text.Blocks[0].Text != "Nobody may read this." {
		t.Errorf("%v, %v", text, err)
	}
}

// What pdfium repairs is read: here the end of the file is missing.
func TestRepaired(t *testing.T) {
	whole := simple(t)
	at := bytes.LastIndex(whole, []byte("xref\n"))
	text, err := Read(t.Context(), whole[:at])
	if err != nil || len(text.Blocks) != 1 || text.Blocks[0].Text != boats {
		t.Errorf("%v, %v", text, err)
	}
}

func TestContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ended, simple(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	s := newSheet()
	for range 400 {
		s.fill(80, 100, 300, 12, 0, boats)
		s.AddPage()
	}
	data := s.bytes(t)
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := Read(short, data); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in the middle: %v", err)
	}
	if d := time.Since(begun); d > 5*time.Second {
		t.Errorf("it took %s to stop", d)
	}
	if _, err := Read(t.Context(), simple(t)); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

// Damaged files leave the ones read beside and after them alone.
func TestSideBySide(t *testing.T) {
	good, bad := simple(t), simple(t)
	for i := 200; i < len(bad); i += 37 {
		bad[i] ^= 0x55
	}
	var wait sync.WaitGroup
	for i := range 12 {
		wait.Go(func() {
			if i%3 == 0 {
				Read(t.Context(), bad)
				return
			}
			text, err := Read(t.Context(), good)
			if err != nil || len(text.Blocks) != 1 || text.Blocks[0].Text != boats {
				t.Errorf("%v, %v", text, err)
			}
		})
	}
	wait.Wait()
}

// A trap in pdfium comes back as an error, and the next file is read.
func TestTrap(t *testing.T) {
	e, err := start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e.call("FPDF_GetPageCount", 0xFFFFFFF0) // no document there
	if !errors.Is(e.err, ErrDamaged) {
		t.Errorf("got %v", e.err)
	}
	e.close() // on one processor there is room for one engine
	if _, err := Read(t.Context(), simple(t)); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

// What a file may cost is bounded: text and memory.
func TestBounds(t *testing.T) {
	e, err := start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	f, err := e.open(simple(t))
	if err != nil {
		t.Fatal(err)
	}
	f.taken = MaxText
	if _, err := f.page(0); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too much text: %v", err)
	}
	if at := e.call("malloc", maxMemory); at != 0 || !e.mem.exhausted || !errors.Is(e.failure(nil), ErrTooLarge) {
		t.Errorf("too much memory: at %d, %v", at, e.failure(nil))
	}
}

// A thousand pages are read in seconds.
func TestThousandPages(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s := newSheet()
	for i := range 1000 {
		if i > 0 {
			s.AddPage()
		}
		y := 80.0
		for _, p := range []string{boats, wells, rooms} {
			y = s.fill(80, y, 420, 12, 0, p) + 8
		}
	}
	data := s.bytes(t)
	begun := time.Now()
	text, err := Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d blocks in %s", len(text.Blocks), time.Since(begun))
	if text.Pages != 1000 || len(text.Blocks) < 2900 {
		t.Errorf("%d pages, %d blocks", text.Pages, len(text.Blocks))
	}
}

// Code that was kept and cannot be read is thrown away and made anew.
func TestSpoiltCache(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("compiles twice")
	}
	t.Setenv(cachedir.Env, t.TempDir())
	fresh := func() {
		code.Lock()
		code.cache, code.dir = nil, ""
		code.Unlock()
		compiled.Store(false)
	}
	fresh()
	t.Cleanup(fresh)
	if _, err := Read(t.Context(), simple(t)); err != nil {
		t.Fatal(err)
	}
	dir, err := cachedir.Open()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "pdfium", "*", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if err := os.Truncate(kept[0], 5000); err != nil {
		t.Fatal(err)
	}
	fresh()
	if _, err := Read(t.Context(), simple(t)); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(kept[0]); err != nil || info.Size() < 1<<20 {
		t.Errorf("not kept again: %v", err)
	}
}
