"""Gold texts as tensors: word pieces, windows, nodes and labels.

A text is read once into a Text: its word pieces with code-point offsets, the
windows that the encoder sees, the nodes (units, and the lines between them) that
the upper layers see, and the labels of whatever tasks its corpus is annotated for.
"""
import json
import re

import numpy as np

KINDS = ["recommendation", "judgement", "fact", "statistic", "anecdote", "prediction"]
ROLES = ["thesis", "claim", "premise"]
LABELS = ["supports", "attacks"]
SPANS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
WEBIS = ["assumption", "anecdote", "statistics", "testimony", "common-ground", "other", "no-unit"]

WINDOW = 254  # word pieces, without [CLS] and [SEP]
NODE_FEATURES = 11
IGNORE = -100

SENTENCE_END = re.compile(r"[.?!…][\"”’')\]]*\s")


def read(paths):
    """Yields the records of JSON-lines files whose terms let them train shipped weights."""
    for path in paths:
        with open(path, encoding="utf8") as f:
            for line in f:
                record = json.loads(line)
                if "NC" not in (record.get("terms") or ""):
                    yield record


class Node:
    """A unit, or a line (title, heading, question, lead-in) between units."""

    def __init__(self, start, end, unit=None):
        self.start, self.end, self.unit = start, end, unit  # pieces, end exclusive


class Text:
    def __init__(self, tokenizer, record):
        self.record, self.text = record, record["text"]
        encoded = tokenizer(self.text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        self.ids, self.offsets = encoded["input_ids"], encoded["offset_mapping"]
        self.starts = np.array([o[0] for o in self.offsets])
        self.ends = np.array([o[1] for o in self.offsets])
        self.is_word_start = [self._starts_word(i) for i in range(len(self.ids))]
        self.windows = self._windows()
        self.unit_labels = self._unit_labels() if record.get("units") else None
        self.span_labels, self.attributions = self._span_labels() if "attributions" in record else (None, [])
        self.nodes = self._nodes() if record.get("units") else []

    def _starts_word(self, i):
        start, end = self.offsets[i]
        if i == 0 or self.offsets[i - 1][1] != start:
            return True
        return not (self.text[start].isalnum() and self.text[start - 1].isalnum())

    def gap(self, i):
        """The text between piece i - 1 and piece i."""
        if i <= 0 or i >= len(self.ids):
            return "\n"
        return self.text[self.offsets[i - 1][1]:self.offsets[i][0]]

    def _windows(self):
        """Cuts the pieces into windows, at a line's end where one lies in the second half, else at a sentence's."""
        out, first, line, sentence = [], 0, 0, 0
        i = 0
        while i < len(self.ids):
            i += 1
            if i < len(self.ids):
                gap = self.gap(i)
                if "\n" in gap:
                    line = i
                elif gap and self.text[self.offsets[i - 1][1] - 1] in ".?!”\"":
                    sentence = i
            if i - first >= WINDOW and i < len(self.ids):
                cut = next((c for c in (line, sentence) if c > first + WINDOW // 2), i)
                out.append((first, cut))
                first = i = cut
        if first < len(self.ids):
            out.append((first, len(self.ids)))
        return out

    def pieces(self, start, end):
        """The first and one past the last piece within a span of code points, or None."""
        k = np.nonzero((self.starts >= start) & (self.ends <= end) & (self.ends > self.starts))[0]
        return (int(k[0]), int(k[-1]) + 1) if len(k) else None

    def _unit_labels(self):
        y = np.zeros(len(self.ids), np.int64)
        for unit in self.record["units"]:
            p = self.pieces(unit["start"], unit["end"])
            if p:
                y[p[0]] = 1
                y[p[0] + 1:p[1]] = 2
        y[~np.array(self.is_word_start)] = IGNORE
        return y

    def _span_labels(self):
        """Labels of source, cue and content; of nested spans, the first given counts."""
        y = np.zeros(len(self.ids), np.int64)
        found = []
        for attribution in self.record["attributions"]:
            parts = []
            for r, role in enumerate(("source", "cue", "content")):
                spans = [p for p in (self.pieces(s, e) for s, e in attribution[role]) if p]
                for s, e in spans:
                    if (y[s:e] == 0).all():
                        y[s] = 2 * r + 1
                        y[s + 1:e] = 2 * r + 2
                parts.append(spans)
            if parts[1]:
                found.append(parts)
        y[~np.array(self.is_word_start)] = IGNORE
        return y, found

    def _nodes(self):
        nodes, last = [], 0
        for unit in sorted(self.record["units"], key=lambda u: u["start"]):
            p = self.pieces(unit["start"], unit["end"])
            if not p or p[0] < last or unit["label"] == "title":
                continue
            nodes += self._lines(last, p[0])
            nodes.append(Node(p[0], p[1], unit))
            last = p[1]
        return nodes + self._lines(last, len(self.ids))

    def _lines(self, start, end):
        """Nodes for the lines, of two words or more, in a stretch that holds no unit."""
        out, first = [], start
        for i in range(start, end + 1):
            if i == end or (i > start and "\n" in self.gap(i)):
                words = sum(self.is_word_start[k] and self.text[self.offsets[k][0]].isalnum() for k in range(first, i))
                if words >= 2:
                    out.append(Node(first, i))
                first = i
        return out

    def node_features(self):
        """One row of NODE_FEATURES a node, each in 0..1, and the paragraph index of each node."""
        n = len(self.nodes)
        paragraph = np.zeros(n, np.int64)
        fresh = [False] * n
        for k, node in enumerate(self.nodes):
            previous = self.nodes[k - 1].end if k else 0
            between = self.text[self.offsets[previous - 1][1]:self.offsets[node.start][0]] if k else ""
            paragraph[k] = paragraph[k - 1] + ("\n" in between) if k else 0
            fresh[k] = k == 0 or "\n" in between or bool(SENTENCE_END.search(self.text[self.offsets[previous - 1][0]:self.offsets[node.start][0]]))
        rows = np.zeros((n, NODE_FEATURES), np.float32)
        for k, node in enumerate(self.nodes):
            first = self.text[self.offsets[node.start][0]]
            rows[k] = [
                k / n,
                paragraph[k] / max(1, paragraph[-1]),
                k == 0 or paragraph[k] != paragraph[k - 1],
                k == n - 1 or paragraph[k] != paragraph[k + 1],
                min(node.end - node.start, 60) / 60,
                first.isupper(),
                node.unit is not None,
                fresh[k],
                paragraph[k] == 0,
                paragraph[k] == paragraph[-1],
                first in "\"“‘«„" or (node.start > 0 and self.text[self.offsets[node.start][0] - 1] in "\"“‘«„"),
            ]
        return rows, paragraph, fresh
