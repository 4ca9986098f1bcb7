"""The network: a six-layer encoder over windows of word pieces, two layers over the nodes of a text, and heads."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoModel

from corpus import KINDS, LABELS, NODE_FEATURES, ROLES, SPANS, WEBIS

PAIR = 128       # width of a head or dependent in the parent scores
LINK = 96        # width of a query or key in the links of attributions
DISTANCES = 16   # units; further off counts as that far
PARAGRAPHS = 8
WORDS = 12       # buckets of distance to a cue, each way


def bucket(distance):
    """Signed distance in word pieces to one of 2 * WORDS + 1 buckets: exact up to 4, then doubling."""
    sign = torch.sign(distance)
    size = distance.abs().float()
    far = 4 + torch.floor(torch.log2(size.clamp(min=4) / 4) * 1.5 + 1e-4)
    b = torch.where(size <= 4, size, far.clamp(max=WORDS)).long()
    return sign * b + WORDS


class Attend(torch.autograd.Function):
    """softmax(q kᵀ + bias) v for q already scaled, each (batch, heads, pieces, width), all in the type of q.

    Keeps the probabilities for the way back: on a processor with bfloat16 products
    that makes a step twice as fast as the fused attention of PyTorch, which computes
    them anew in float32.
    """

    @staticmethod
    def forward(ctx, q, k, v, bias):
        b, h, n, d = q.shape
        q, k, v = (x.reshape(b * h, n, d) for x in (q, k, v))
        p = torch.softmax(torch.bmm(q, k.transpose(1, 2)).view(b, h, n, n).add_(bias), -1).view(b * h, n, n)
        out = torch.bmm(p, v)
        ctx.save_for_backward(q, k, v, p, out)
        return out.view(b, h, n, d)

    @staticmethod
    def backward(ctx, grad):
        q, k, v, p, out = ctx.saved_tensors
        g = grad.reshape(q.shape)
        d = torch.bmm(g, v.transpose(1, 2))
        d.sub_((g.float() * out.float()).sum(-1, keepdim=True).to(d.dtype)).mul_(p)
        return tuple(x.view(grad.shape) for x in (torch.bmm(d, k), torch.bmm(d.transpose(1, 2), q), torch.bmm(p.transpose(1, 2), g))) + (None,)


class SelfAttention(nn.Module):
    """The self-attention of a BERT layer, without dropout, over Attend; its parameters keep their names."""

    def __init__(self, old):
        super().__init__()
        self.query, self.key, self.value, self.heads = old.query, old.key, old.value, old.num_attention_heads

    def forward(self, hidden, mask=None, *_, **__):
        b, n, h = hidden.shape
        split = lambda x: x.view(b, n, self.heads, h // self.heads).transpose(1, 2)
        q, k, v = split(self.query(hidden) * (h // self.heads) ** -0.5), split(self.key(hidden)), split(self.value(hidden))
        with torch.autocast(hidden.device.type, enabled=False):
            out = Attend.apply(q, k, v, mask.to(q.dtype))
        return (out.transpose(1, 2).reshape(b, n, h),)


class Network(nn.Module):
    def __init__(self, start):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(start, attention_probs_dropout_prob=0.0, add_pooling_layer=False, attn_implementation="eager")
        for layer in self.encoder.encoder.layer:
            layer.attention.self = SelfAttention(layer.attention.self)
        h = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.segment = nn.Linear(h, 3)
        self.span = nn.Linear(h, len(SPANS))
        self.source_query, self.source_key = nn.Linear(2 * h, LINK), nn.Linear(2 * h, LINK)
        self.content_query, self.content_key = nn.Linear(2 * h, LINK), nn.Linear(2 * h, LINK)
        self.no_source = nn.Parameter(torch.zeros(LINK))
        self.source_distance, self.content_distance = nn.Embedding(2 * WORDS + 1, 1), nn.Embedding(2 * WORDS + 1, 1)
        self.node = nn.Linear(3 * h + NODE_FEATURES, h)
        layer = nn.TransformerEncoderLayer(h, 6, 2 * h, 0.15, "gelu", batch_first=True, norm_first=True)
        self.context = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.kind, self.role, self.webis = nn.Linear(h, len(KINDS)), nn.Linear(h, len(ROLES)), nn.Linear(h, len(WEBIS))
        self.thesis = nn.Linear(h, 1)
        self.head, self.dependent = nn.Linear(h, PAIR), nn.Linear(h, PAIR)
        self.arc = nn.Parameter(torch.randn(PAIR + 1, PAIR + 1) * 0.05)
        self.root = nn.Parameter(torch.zeros(h))
        self.distance, self.paragraphs = nn.Embedding(2 * DISTANCES + 1, 1), nn.Embedding(2 * PARAGRAPHS + 1, 1)
        self.pair = nn.Parameter(torch.zeros(3))  # likeness, joined in one sentence, the head's thesis score
        self.label_hidden, self.label = nn.Linear(3 * PAIR, 64), nn.Linear(64, len(LABELS))
        for e in (self.distance, self.paragraphs, self.source_distance, self.content_distance):
            nn.init.zeros_(e.weight)

    def encode(self, texts, tokenizer, masked=0.0):
        """The vectors of every text's pieces, a share of which is masked; windows of like length run together."""
        windows = [(t, w) for t, text in enumerate(texts) for w in text.windows]
        order = sorted(range(len(windows)), key=lambda i: windows[i][1][1] - windows[i][1][0])
        found = [None] * len(windows)
        for k in range(0, len(order), 6):
            part = order[k:k + 6]
            size = max(windows[i][1][1] - windows[i][1][0] for i in part) + 2
            ids = torch.full((len(part), size), tokenizer.pad_token_id)
            mask = torch.zeros_like(ids)
            for row, i in enumerate(part):
                t, (s, e) = windows[i]
                ids[row, 0], ids[row, e - s + 1] = tokenizer.cls_token_id, tokenizer.sep_token_id
                ids[row, 1:e - s + 1] = torch.tensor(texts[t].ids[s:e])
                mask[row, :e - s + 2] = 1
            if masked:
                hide = (torch.rand(ids.shape) < masked) & (ids != tokenizer.pad_token_id) & (ids != tokenizer.cls_token_id) & (ids != tokenizer.sep_token_id)
                ids = torch.where(hide, tokenizer.mask_token_id, ids)
            hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            for row, i in enumerate(part):
                s, e = windows[i][1]
                found[i] = hidden[row, 1:e - s + 1]
        out, i = [], 0
        for text in texts:
            out.append(self.drop(torch.cat(found[i:i + len(text.windows)])))
            i += len(text.windows)
        return out

    def contextual(self, hidden, text):
        """The vectors of a text's nodes after the upper layers, the plain means, and the paragraph and freshness of each."""
        features, paragraph, fresh = text.node_features()
        zero = torch.zeros(hidden.shape[1])
        rows, means = [], []
        for node, f in zip(text.nodes, torch.as_tensor(features)):
            mean = hidden[node.start:node.end].mean(0)
            before = hidden[node.start - 1] if node.start > 0 else zero
            means.append(mean)
            rows.append(torch.cat([mean, hidden[node.start], before, f]))
        u = self.context(F.gelu(self.node(torch.stack(rows)))[None])[0]
        return u, torch.stack(means), torch.as_tensor(paragraph), torch.tensor(fresh)

    def arcs(self, u, means, paragraph, fresh, thesis):
        """Parent scores, one row a unit: a column a unit, and a last one for no parent."""
        n = len(u)
        one = torch.ones(n, 1)
        head = torch.cat([self.head(torch.cat([u, self.root[None]])), torch.ones(n + 1, 1)], 1)
        dependent = torch.cat([self.dependent(u), one], 1)
        arc = dependent @ self.arc @ head.T / 11.0
        i = torch.arange(n)
        step = (i[None] - i[:, None]).clamp(-DISTANCES, DISTANCES) + DISTANCES
        leap = (paragraph[None] - paragraph[:, None]).clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
        sentence = torch.cumsum(fresh.long(), 0)
        like = F.normalize(means, dim=1) @ F.normalize(means, dim=1).T
        bias = self.distance(step)[..., 0] + self.paragraphs(leap)[..., 0]
        bias = bias + 10 * self.pair[0] * like + 10 * self.pair[1] * (sentence[None] == sentence[:, None]) + 10 * self.pair[2] * thesis[None]
        arc = arc + torch.cat([bias, torch.zeros(n, 1)], 1)
        arc = arc.masked_fill(torch.cat([torch.eye(n, dtype=torch.bool), torch.zeros(n, 1, dtype=torch.bool)], 1), -1e4)
        return arc, head[:, :-1], dependent[:, :-1]

    def labels(self, dependent, head):
        return self.label(F.gelu(self.label_hidden(torch.cat([dependent, head, dependent * head], -1))))

    def links(self, hidden, queries, keys, query, key, distance, none=None):
        """Scores of each query span (first, end) against each key span, with a last column for none."""
        ends = lambda spans: torch.cat([hidden[[s for s, _ in spans]], hidden[[e - 1 for _, e in spans]]], 1)
        q, k = query(ends(queries)), key(ends(keys)) if keys else torch.zeros(0, LINK)
        gap = torch.tensor([[kb[0] - qa[1] if kb[0] >= qa[1] else min(kb[1] - qa[0], 0) for kb in keys] for qa in queries], dtype=torch.long).reshape(len(queries), len(keys))
        score = q @ k.T / LINK ** 0.5 + 10 * distance(bucket(gap))[..., 0]
        return score if none is None else torch.cat([score, (q @ none / LINK ** 0.5)[:, None]], 1)
