package pdf

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"sync/atomic"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// engine runs pdfium for one file. It is a WebAssembly machine of its own, with
// no files, no clock to speak of and no network, that ends with its context: a
// file that crashes pdfium or makes it run for ever takes nothing along, and the
// next file finds a fresh one. Making it costs 50 ms once the code is compiled.
//
// Calls go straight to the functions of pdfium's C interface. The Go interface
// of the library takes memory for every result and frees it again, ten calls for
// one; with the three calls that a character needs, a page takes 5 ms here.
type engine struct {
	ctx   context.Context
	pool  pdfium.Pool
	inst  pdfium.Pdfium
	funcs interface {
		Fn(name string) api.Function
	}
	mem *memory
	out uint64 // address of outSize bytes for results
	err error  // the first one; nothing is called after it
}

// outSize is the room for what a call returns by reference, in bytes.
const outSize = 512

// slots bounds how many engines run at once.
var slots = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))

// compiling has room for the one engine that is made until compiled is set, so
// that several files at once do not compile the same code several times.
var (
	compiling = make(chan struct{}, 1)
	compiled  atomic.Bool
)

// start makes an engine that ends with ctx. close must be called on it.
func start(ctx context.Context) (*engine, error) {
	select {
	case slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e := &engine{ctx: ctx, mem: new(memory)}
	cache := code.get()
	err := e.init(cache)
	if err != nil && ctx.Err() == nil && code.renew(cache) {
		e.end()
		e.mem, e.err = new(memory), nil
		err = e.init(code.get())
	}
	switch {
	case err == nil:
		return e, nil
	case ctx.Err() != nil:
		err = ctx.Err()
	default:
		err = fmt.Errorf("starting pdfium: %w", err)
	}
	e.close()
	return nil, err
}

// init compiles pdfium, or fetches it from cache, and starts it.
func (e *engine) init(cache wazero.CompilationCache) (err error) {
	if !compiled.Load() {
		select {
		case compiling <- struct{}{}:
		case <-e.ctx.Done():
			return e.ctx.Err()
		}
		defer func() {
			compiled.Store(err == nil)
			<-compiling
		}()
	}
	ctx := experimental.WithMemoryAllocator(e.ctx, experimental.MemoryAllocatorFunc(e.mem.allocate))
	ctx = experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0))
	e.pool, err = webassembly.Init(webassembly.Config{
		Context:  ctx,
		MaxIdle:  1,
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // nothing is mounted; left out, "/" would be
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCompilationCache(cache).
			WithCloseOnContextDone(true),
	})
	if err != nil {
		return err
	}
	if e.inst, err = e.pool.GetInstanceWithContext(ctx); err != nil {
		return err
	}
	funcs, ok := e.inst.GetImplementation().(interface {
		Fn(name string) api.Function
	})
	if !ok {
		return errors.New("the library no longer gives its functions")
	}
	e.funcs = funcs
	e.out = e.call("malloc", outSize)
	return e.err
}

// close ends the engine and makes room for another.
func (e *engine) close() {
	e.end()
	<-slots
}

// end ends the engine and everything it holds.
func (e *engine) end() {
	if e.inst != nil {
		_ = e.inst.Close() // it fails where pdfium did, and ends all the same
	}
	if e.pool != nil {
		_ = e.pool.Close()
	}
	e.inst, e.pool = nil, nil
}

// call calls a function of pdfium and returns its result, of whatever type, as
// the bits of a WebAssembly value. After an error, which stays in e.err, it
// returns 0 and does nothing.
func (e *engine) call(name string, args ...uint64) uint64 {
	if e.err != nil {
		return 0
	}
	var stack [8]uint64
	copy(stack[:], args)
	fn := e.funcs.Fn(name)
	if fn == nil {
		e.err = fmt.Errorf("pdfium has no function %s", name)
		return 0
	}
	if err := fn.CallWithStack(e.ctx, stack[:]); err != nil {
		e.err = e.failure(err)
		return 0
	}
	return stack[0]
}

// failure says what a call that did not return means.
func (e *engine) failure(err error) error {
	switch {
	case e.ctx.Err() != nil:
		return e.ctx.Err()
	case e.mem.exhausted:
		return fmt.Errorf("%w: more than %d MiB of memory are needed", ErrTooLarge, maxMemory>>20)
	}
	// The message of a trap is a stack of C++ names, which tell a reader nothing.
	return fmt.Errorf("%w: pdfium gave up on it", ErrDamaged)
}

// whole calls a function that returns a C int.
func (e *engine) whole(name string, args ...uint64) int { return int(int32(e.call(name, args...))) }

// real calls a function that returns a C double.
func (e *engine) real(name string, args ...uint64) float64 {
	return math.Float64frombits(e.call(name, args...))
}

// alloc copies data into pdfium's memory and returns its address.
func (e *engine) alloc(data []byte) uint64 {
	at := e.call("malloc", uint64(len(data)))
	if e.err == nil && at == 0 {
		e.err = e.failure(errors.New("no memory"))
	}
	if e.err == nil {
		copy(e.mem.bytes[at:], data)
	}
	return at
}

// bytes returns n bytes of the room for results. They change with the next call.
func (e *engine) bytes(n int) []byte {
	if e.err != nil {
		return make([]byte, n)
	}
	return e.mem.bytes[e.out:][:n]
}

// f32 returns the i-th C float of the room for results.
func (e *engine) f32(i int) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(e.bytes(4*i + 4)[4*i:])))
}

// f64 returns the i-th C double of the room for results.
func (e *engine) f64(i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(e.bytes(8*i + 8)[8*i:]))
}

// i32 returns the i-th C int of the room for results.
func (e *engine) i32(i int) int {
	return int(int32(binary.LittleEndian.Uint32(e.bytes(4*i + 4)[4*i:])))
}

// memory is pdfium's memory. It is ours, so that results can be read from it and
// that we know when it does not suffice.
type memory struct {
	bytes     []byte
	limit     uint64
	exhausted bool
}

// allocate hands out the one memory of the one module that has any.
func (m *memory) allocate(_, limit uint64) experimental.LinearMemory {
	m.limit = min(limit, maxMemory)
	return m
}

// Reallocate grows the memory to size bytes, or returns nil.
func (m *memory) Reallocate(size uint64) []byte {
	if size > m.limit {
		m.exhausted = true
		return nil
	}
	if size > uint64(cap(m.bytes)) {
		grown := make([]byte, size, min(size+size/2, m.limit))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free lets go of the memory.
func (m *memory) Free() { m.bytes = nil }
