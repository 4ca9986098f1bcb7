package tensor

// kernels lists what this processor can run, the best first.
func kernels() []*kernel { return []*kernel{&neon, &plain} }
