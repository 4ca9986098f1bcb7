package packed

import (
	"bytes"
	stdgzip "compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/raced"
)

// mustPack returns text as Pack packs it.
func mustPack(t testing.TB, packing string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := Pack(&b, packing)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// article is a text long enough that packing it is worth it.
func article() []byte {
	var b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&b, "%d. The harbour should be dredged before winter %d, because ship %d cannot wait.\n", i, i*i%97, i%13)
	}
	return []byte(b.String())
}

func TestBase(t *testing.T) {
	for _, c := range []struct{ name, plain, packing string }{
		{"map.json.gz", "map.json", Gzip},
		{"map.json.zst", "map.json", Zstd},
		{"a/b.d/story.txt.GZ", "a/b.d/story.txt", Gzip},
		{"story.gzip", "story", Gzip},
		{"story.txt.zstd", "story.txt", Zstd},
		{"texts.tgz", "texts.tar", Gzip},
		{"texts.tzst", "texts.tar", Zstd},
		{"map.svgz", "map.svg", Gzip},
		{"story.gz.gz", "story.gz", Gzip},
		{"story.gz.txt", "story.gz.txt", ""},
		{"map.json", "map.json", ""},
		{"gz", "gz", ""},
		{".gz", ".gz", ""},
		{"folder/.zst", "folder/.zst", ""},
		{"folder.gz/story", "folder.gz/story", ""},
		{"folder.gz/", "folder.gz/", ""},
		{"-", "-", ""},
		{"", "", ""},
		{"storygz", "storygz", ""},
	} {
		if plain, packing := Base(c.name); plain != c.plain || packing != c.packing {
			t.Errorf("%q: %q, %q; want %q, %q", c.name, plain, packing, c.plain, c.packing)
		}
	}
}

// tarOf is the beginning of a tar archive with one empty file.
func tarOf() []byte {
	block := make([]byte, 1024)
	copy(block, "story.txt")
	copy(block[257:], "ustar\x0000")
	return block
}

// skippable is a zstd frame for other uses.
const skippable = "\x5a\x2a\x4d\x18\x05\x00\x00\x00notes"

func TestUnpack(t *testing.T) {
	text := []byte("The quay must be mended.")
	gz, zst := mustPack(t, Gzip, text), mustPack(t, Zstd, text)
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	twice := join(text, text)
	for _, c := range []struct {
		title, name string
		data        []byte
		plainName   string
		want        []byte
		err         error  // wrapped
		message     string // a part of it
	}{
		{"gzip", "a.txt.gz", gz, "a.txt", text, nil, ""},
		{"zstd", "a.txt.zst", zst, "a.txt", text, nil, ""},
		{"no name for it", "-", gz, "-", text, nil, ""},
		{"another name", "a.txt", zst, "a.txt", text, nil, ""},
		{"plain", "a.txt", text, "a.txt", text, nil, ""},
		{"plain beyond the limit", "a.txt", article(), "a.txt", article(), nil, ""},
		{"empty and plain", "a.txt", nil, "a.txt", nil, nil, ""},
		{"nothing packed", "a.gz", mustPack(t, Gzip, nil), "a", nil, nil, ""},
		{"nothing packed", "a.zst", mustPack(t, Zstd, nil), "a", nil, nil, ""},
		{"two members", "a.gz", join(gz, gz), "a", twice, nil, ""},
		{"two frames", "a.zst", join(zst, zst), "a", twice, nil, ""},
		{"a frame to skip before", "a.zst", join([]byte(skippable), zst), "a", text, nil, ""},
		{"frames to skip between and after", "a.zst", join(zst, []byte(skippable), zst, []byte(skippable)), "a", twice, nil, ""},
		{"a window of 128 MiB", "a.zst", []byte("\x28\xb5\x2f\xfd\x00\x88\x21\x00\x00text"), "a", []byte("text"), nil, ""},
		{"to the limit", "a.gz", mustPack(t, Gzip, make([]byte, 1000)), "a", make([]byte, 1000), nil, ""},
		{"to the limit", "a.zst", mustPack(t, Zstd, make([]byte, 1000)), "a", make([]byte, 1000), nil, ""},

		{"one byte beyond the limit", "a.gz", mustPack(t, Gzip, make([]byte, 1001)), "", nil, ErrTooLarge, "more than 1000 bytes unpacked"},
		{"one byte beyond the limit", "a.zst", mustPack(t, Zstd, make([]byte, 1001)), "", nil, ErrTooLarge, "more than 1000 bytes unpacked"},
		{"one byte beyond in a second frame", "a.zst", join(mustPack(t, Zstd, make([]byte, 1000)), zst), "", nil, ErrTooLarge, ""},
		{"not gzip", "a.gz", text, "", nil, ErrNotPacked, "not a gzip file"},
		{"not gzip but zstd", "a.gz", zst, "", nil, ErrNotPacked, "not a gzip file but a zstd file"},
		{"not zstd but gzip", "a.zst", gz, "", nil, ErrNotPacked, "not a zstd file but a gzip file"},
		{"empty gzip", "a.gz", nil, "", nil, ErrNotPacked, "not a gzip file, it is empty"},
		{"a PDF named so", "a.tgz", []byte("%PDF-1.7"), "", nil, ErrNotPacked, "not a gzip file"},
		{"gzip in gzip", "a.gz.gz", mustPack(t, Gzip, gz), "", nil, ErrHoldsFiles, "a gzip file in a gzip file; unpack it first"},
		{"zstd in gzip", "-", mustPack(t, Gzip, zst), "", nil, ErrHoldsFiles, "a zstd file in a gzip file"},
		{"tar", "a.tgz", mustPack(t, Gzip, tarOf()), "", nil, ErrHoldsFiles, "a tar archive; unpack it first"},
		{"tar", "a.tar.zst", mustPack(t, Zstd, tarOf()), "", nil, ErrHoldsFiles, "a tar archive; unpack it first"},
		{"cut in the first bytes", "a.gz", gz[:4], "", nil, ErrDamaged, "ends too early"},
		{"what follows is not gzip", "a.gz", join(gz, text), "", nil, ErrDamaged, ""},
		{"what follows is not zstd", "a.zst", join(zst, text), "", nil, ErrDamaged, ""},
		{"a window of 256 MiB", "a.zst", []byte("\x28\xb5\x2f\xfd\x00\x90\x21\x00\x00text"), "", nil, ErrTooLarge, "more than 128 MiB of memory"},
		{"a dictionary", "a.zst", []byte("\x28\xb5\x2f\xfd\x01\x58\x07\x01\x00\x00"), "", nil, ErrDamaged, "packed with a dictionary"},
	} {
		t.Run(c.title, func(t *testing.T) {
			name, got, err := Unpack(c.name, c.data, 1000)
			if !errors.Is(err, c.err) || c.err != nil && !strings.Contains(err.Error(), c.message) {
				t.Fatalf("error %v, want %v: %s", err, c.err, c.message)
			}
			if name != c.plainName || !bytes.Equal(got, c.want) {
				t.Errorf("%q, %q; want %q, %q", name, got, c.plainName, c.want)
			}
			if !bytes.Equal(c.data, c.want) { // what is not packed passes whole, whatever its size
				checkStream(t, c.name, c.data, err)
			}
		})
	}
}

// checkStream checks that a stream of the file gives the error that the whole gives.
func checkStream(t *testing.T, name string, data []byte, want error) {
	t.Helper()
	r, err := NewReader(name, bytes.NewReader(data), 1000)
	if err == nil {
		_, err = io.ReadAll(r)
	}
	if fmt.Sprint(err) != fmt.Sprint(want) {
		t.Errorf("as a stream: error %v, want %v", err, want)
	}
}

// TestTruncated checks that no beginning of a packed file passes for a whole.
func TestTruncated(t *testing.T) {
	text := article()[:4000]
	for _, packing := range []string{Gzip, Zstd} {
		data := mustPack(t, packing, text)
		for n := 4; n < len(data); n++ {
			if _, got, err := Unpack("-", data[:n], 1<<20); !errors.Is(err, ErrDamaged) {
				t.Fatalf("%s, %d of %d bytes: %d bytes and error %v", packing, n, len(data), len(got), err)
			}
		}
	}
}

// TestDamaged checks that a wrong bit is noticed wherever it stands: the text
// is right, or there is an error.
func TestDamaged(t *testing.T) {
	text := article()[:4000]
	for _, packing := range []string{Gzip, Zstd} {
		data := mustPack(t, packing, text)
		for at := 4; at < len(data); at++ {
			bad := bytes.Clone(data)
			bad[at] ^= 0x10
			_, got, err := Unpack("-", bad, 1<<20)
			if err == nil && !bytes.Equal(got, text) {
				t.Errorf("%s: a wrong bit in byte %d went unnoticed", packing, at)
			}
			if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s, byte %d: error %v", packing, at, err)
			}
		}
	}
}

// TestBomb checks that what unpacks to 256 MiB ends at the limit, and in
// memory not far beyond it.
func TestBomb(t *testing.T) {
	raced.Skip(t)
	const limit = 4 << 20
	for _, packing := range []string{Gzip, Zstd} {
		var b bytes.Buffer
		w, err := Pack(&b, packing)
		if err != nil {
			t.Fatal(err)
		}
		zeros := make([]byte, 1<<20)
		for range 256 {
			_, _ = w.Write(zeros)
		}
		w.Close()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err = Unpack("-", b.Bytes(), limit)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "more than 4 MiB unpacked") {
			t.Errorf("%s: %d bytes gave error %v", packing, b.Len(), err)
		}
		// A frame of zstd takes its window of 8 MiB and more whatever it holds.
		if used := after.TotalAlloc - before.TotalAlloc; used > 48<<20 {
			t.Errorf("%s: unpacking took %d MiB", packing, used>>20)
		}
	}
}

// TestRoundTrip checks that what was packed comes back, and that the packed
// bytes do not depend on the sizes of the writes.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		packing := rapid.SampledFrom([]string{Gzip, Zstd}).Draw(t, "packing")
		piece := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "piece")
		text := bytes.Repeat(piece, rapid.IntRange(1, 2000).Draw(t, "times"))
		if Detect(text) != "" {
			t.Skip("packed twice")
		}
		var whole, pieces bytes.Buffer
		one, _ := Pack(&whole, packing)
		many, _ := Pack(&pieces, packing)
		_, _ = one.Write(text)
		for rest := text; len(rest) > 0; {
			n := min(len(rest), rapid.IntRange(1, 200_000).Draw(t, "write"))
			_, _ = many.Write(rest[:n])
			rest = rest[n:]
		}
		if one.Close() != nil || many.Close() != nil {
			t.Fatal("closing failed")
		}
		if !bytes.Equal(whole.Bytes(), pieces.Bytes()) {
			t.Errorf("other bytes for other writes")
		}
		_, got, err := Unpack("-", whole.Bytes(), int64(len(text)))
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%d bytes, error %v; packed were %d", len(got), err, len(text))
		}
		r, err := NewReader("-", iotest.OneByteReader(&pieces), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		if streamed, err := io.ReadAll(r); err != nil || !bytes.Equal(streamed, text) {
			t.Errorf("streamed: %d bytes, error %v", len(streamed), err)
		}
	})
}

// TestSameBytes pins what Pack writes: another version of the library, another
// processor or more of them would have to give the same.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, c := range []struct{ packing, digest string }{
		{Gzip, "4d9cb047cda85346"},
		{Zstd, "abb62102aa7f02be"},
	} {
		for _, procs := range []int{1, 2, 7} {
			runtime.GOMAXPROCS(procs)
			data := mustPack(t, c.packing, article())
			sum := sha256.Sum256(data)
			if got := hex.EncodeToString(sum[:8]); got != c.digest {
				t.Errorf("%s on %d processors: digest %s of %d bytes, want %s", c.packing, procs, got, len(data), c.digest)
			}
		}
	}
	header := mustPack(t, Gzip, article())[:10]
	if !bytes.Equal(header, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")) {
		t.Errorf("the gzip header is % x: no flags, no time, no system", header)
	}
}

func TestUnknownPacking(t *testing.T) {
	if _, err := Pack(io.Discard, "brotli"); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), `"brotli"`) {
		t.Errorf("error %v", err)
	}
}

// TestReader checks what the stream does that Unpack does not.
func TestReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	text := article()
	for _, packing := range []string{"", Gzip, Zstd} {
		data := text
		if packing != "" {
			data = mustPack(t, packing, text)
		}
		r, err := NewReader("-", bytes.NewReader(data), 1000)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if len(got) != 1000 || !errors.Is(err, ErrTooLarge) || strings.Contains(err.Error(), "unpacked") != (packing != "") {
			t.Errorf("%q, limit 1000: %d bytes, error %v", packing, len(got), err)
		}
		if n, err := r.Read(make([]byte, 8)); n != 0 || !errors.Is(err, ErrTooLarge) {
			t.Errorf("%q, after the error: %d bytes, error %v", packing, n, err)
		}
		r, err = NewReader("-", io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken)), 1<<30)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
			t.Errorf("%q: the file's own error became %v", packing, err)
		}
	}
}

// TestTools checks that the tools of the two packings and this package read
// what the other wrote.
func TestTools(t *testing.T) {
	text := article()
	for _, packing := range []string{Gzip, Zstd} {
		t.Run(packing, func(t *testing.T) {
			tool, err := exec.LookPath(packing)
			if err != nil {
				t.Skip(packing + " is not installed")
			}
			run := func(in []byte, args ...string) []byte {
				cmd := exec.Command(tool, args...)
				cmd.Stdin = bytes.NewReader(in)
				out, err := cmd.Output()
				if err != nil {
					t.Fatal(packing, args, err)
				}
				return out
			}
			if got := run(mustPack(t, packing, text), "-dc"); !bytes.Equal(got, text) {
				t.Error("the tool reads another text than was packed")
			}
			levels := []string{"-1", "-9"}
			if packing == Zstd {
				levels = []string{"-1", "-19", "--fast=5", "--long=27"}
			}
			for _, level := range levels {
				packed := run(text, level, "-c")
				if _, got, err := Unpack("-", packed, 1<<20); err != nil || !bytes.Equal(got, text) {
					t.Errorf("%s: %d bytes, error %v", level, len(got), err)
				}
			}
		})
	}
}

// TestHeaders checks that what a gzip header may carry is read over.
func TestHeaders(t *testing.T) {
	var b bytes.Buffer
	w := stdgzip.NewWriter(&b)
	w.Name, w.Comment, w.Extra = "story.txt", "kept", []byte("xy")
	_, _ = w.Write([]byte("text"))
	w.Close()
	if name, got, err := Unpack("other.gz", b.Bytes(), 10); err != nil || string(got) != "text" || name != "other" {
		t.Errorf("%q, %q, error %v", name, got, err)
	}
}

// FuzzUnpack checks that nothing panics, that the limit holds, that a stream
// gives what the whole gives, and that what comes out can be packed again.
func FuzzUnpack(f *testing.F) {
	text := []byte("Ann says the bridge will last. Ben doubts it.")
	for _, seed := range [][]byte{
		nil, text, []byte(skippable), tarOf(),
		mustPack(f, Gzip, text), mustPack(f, Zstd, text),
		mustPack(f, Gzip, mustPack(f, Zstd, text)), mustPack(f, Gzip, tarOf()),
		append(mustPack(f, Zstd, text), skippable...),
		append(mustPack(f, Gzip, text), mustPack(f, Gzip, text)...),
	} {
		f.Add(seed, int64(64))
	}
	single, err := zstd.NewWriter(nil, zstd.WithSingleSegment(true))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(single.EncodeAll(text, nil), int64(64))
	f.Fuzz(func(t *testing.T, data []byte, limit int64) {
		if limit > 1<<20 {
			return
		}
		_, plain, err := Unpack("-", data, limit)
		if Detect(data) == "" {
			if err != nil || !bytes.Equal(plain, data) {
				t.Fatalf("data that are not packed: %q, error %v", plain, err)
			}
			return
		}
		if int64(len(plain)) > max(limit, 0) {
			t.Fatalf("%d bytes, the limit is %d", len(plain), limit)
		}
		var streamed []byte
		r, streamErr := NewReader("-", iotest.HalfReader(bytes.NewReader(data)), limit)
		if streamErr == nil {
			streamed, streamErr = io.ReadAll(r)
		}
		if (err == nil) != (streamErr == nil) || err == nil && !bytes.Equal(plain, streamed) {
			t.Fatalf("whole: %q, %v; streamed: %q, %v", plain, err, streamed, streamErr)
		}
		if err != nil {
			return
		}
		for _, packing := range []string{Gzip, Zstd} {
			if _, again, err := Unpack("-", mustPack(t, packing, plain), limit); err != nil || !bytes.Equal(again, plain) {
				t.Fatalf("packed again with %s: %q, error %v", packing, again, err)
			}
		}
	})
}
