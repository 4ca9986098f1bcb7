package tensor

// Row returns the quantised values of a row, each within the range of int8, and
// their scale. They are those of q itself, not a copy.
func (q *Quantized) Row(r int) (values []int16, scale float32) { return q.row(r), q.scale[r] }
