// Package encoder reads a text with a small neural network and scores what its
// words and units could be: where units begin, which words are source, cue or
// content of an attribution, what kind, type and role a unit has, and which unit
// bears on which.
//
// The network is a six-layer transformer of the BERT family over word pieces
// (started from all-MiniLM-L6-v2), with two further layers over the units of the
// text; internal/weights holds its weights, and how they were trained. It only
// scores. What the text allows, and what is decided, is up to the packages mine
// and link.
//
// Every product of the network is of 8-bit integers and thus exact, and every
// other step is written so that it gives the same bits on every processor: the
// same text has the same scores everywhere, whatever else runs.
package encoder
