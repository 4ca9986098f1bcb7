package tensor

import (
	"slices"

	"golang.org/x/sys/cpu"
)

// kernels lists what this processor can run, the best first.
func kernels() []*kernel {
	have := []*kernel{&plain}
	if cpu.X86.HasAVX2 {
		have = slices.Insert(have, 0, &avx2)
		if x := cpu.X86; x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI {
			have = slices.Insert(have, 0, &avx512)
		}
	}
	return have
}
