//go:build race

package pdf

func init() { raced = true }
