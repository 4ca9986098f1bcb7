package tensor

import "golang.org/x/sys/cpu"

// kernels lists what this processor can run, the best first.
func kernels() []*kernel {
	if cpu.X86.HasAVX2 {
		return []*kernel{&avx2, &plain}
	}
	return []*kernel{&plain}
}
