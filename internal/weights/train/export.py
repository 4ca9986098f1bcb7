#!/usr/bin/env python3
"""Quantises a trained network, checks it against the float one, and writes the file that the program embeds.

    export.py --corpora DIR --net net.pt [net.pt ...] --out encoder.bin

Of several networks, trained from the same start with the same seed, the mean of the
weights is taken (Wortsman et al. 2022, "Model soups").

Every linear layer becomes int8 with one scale an output; the word embeddings int8
with one scale a row. Activations are quantised a row at a time when the program
runs, which `quantise_activations` imitates here.

The file: 8 bytes "ARGMAPW1", the length of a JSON header (uint32, little endian), the
header, and the tensors one after the other, each at a multiple of 64 bytes from the
header's end. The header lists name, dtype ("int8", "float32", "text"), shape and
offset; the scales of an int8 tensor NAME are the float32 tensor NAME.scale.
"""
import argparse
import json
import struct

import numpy as np
import torch
from transformers import AutoTokenizer

import corpus
from corpus import Text
from network import Network
from train import figures, start_weights

POSITIONS = corpus.WINDOW + 2


class Writer:
    def __init__(self):
        self.entries, self.data = [], bytearray()

    def add(self, name, dtype, shape, raw):
        self.data += bytes(-len(self.data) % 64)
        self.entries.append({"name": name, "dtype": dtype, "shape": list(shape), "offset": len(self.data)})
        self.data += raw

    def floats(self, name, tensor):
        a = np.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
        self.add(name, "float32", a.shape, a.tobytes())

    def rows(self, name, tensor):
        """An int8 tensor with a scale a row; returns what it stands for."""
        w, scale = quantise_rows(tensor.detach())
        self.add(name, "int8", w.shape, w.numpy().astype(np.int8).tobytes())
        self.floats(name + ".scale", scale)
        return w * scale[:, None]

    def save(self, path):
        header = json.dumps({"tensors": self.entries}).encode()
        header += b" " * (-(len(header) + 12) % 64)
        with open(path, "wb") as f:
            f.write(b"ARGMAPW1" + struct.pack("<I", len(header)) + header + bytes(self.data))


def quantise_rows(w):
    scale = w.abs().amax(1) / 127
    safe = torch.where(scale > 0, scale, torch.ones_like(scale))
    return torch.round(w / safe[:, None]).clamp(-127, 127), scale


def quantise_activations(module, inputs):
    x = inputs[0]
    scale = x.abs().amax(-1, keepdim=True) / 127
    safe = torch.where(scale > 0, scale, torch.ones_like(scale))
    return (torch.round(x / safe) * safe,) + tuple(inputs[1:])


def linear(out, name, weight, bias):
    restored = out.rows(name + ".weight", weight)
    out.floats(name + ".bias", bias)
    with torch.no_grad():
        weight.copy_(restored)


def write(net, vocabulary, path):
    """Writes the quantised network; the network keeps the weights that the int8 values stand for."""
    out = Writer()
    out.add("vocabulary", "text", [len(vocabulary)], "".join(w + "\n" for w in vocabulary).encode())
    e = net.encoder.embeddings
    with torch.no_grad():
        e.word_embeddings.weight.copy_(out.rows("words", e.word_embeddings.weight))
    out.floats("positions", e.position_embeddings.weight[:POSITIONS] + e.token_type_embeddings.weight[0])
    out.floats("norm.gain", e.LayerNorm.weight)
    out.floats("norm.bias", e.LayerNorm.bias)
    for i, layer in enumerate(net.encoder.encoder.layer):
        own, dense = layer.attention.self, layer.attention.output
        for name, part in (("query", own.query), ("key", own.key), ("value", own.value), ("out", dense.dense), ("up", layer.intermediate.dense), ("down", layer.output.dense)):
            linear(out, "layer%d.%s" % (i, name), part.weight, part.bias)
        for name, part in (("norm1", dense.LayerNorm), ("norm2", layer.output.LayerNorm)):
            out.floats("layer%d.%s.gain" % (i, name), part.weight)
            out.floats("layer%d.%s.bias" % (i, name), part.bias)
    for i, layer in enumerate(net.context.layers):
        h = layer.self_attn.out_proj.out_features
        for k, name in enumerate(("query", "key", "value")):
            linear(out, "context%d.%s" % (i, name), layer.self_attn.in_proj_weight[k * h:(k + 1) * h], layer.self_attn.in_proj_bias[k * h:(k + 1) * h])
        for name, part in (("out", layer.self_attn.out_proj), ("up", layer.linear1), ("down", layer.linear2)):
            linear(out, "context%d.%s" % (i, name), part.weight, part.bias)
        for name, part in (("norm1", layer.norm1), ("norm2", layer.norm2)):
            out.floats("context%d.%s.gain" % (i, name), part.weight)
            out.floats("context%d.%s.bias" % (i, name), part.bias)
    for name in HEADS:
        part = getattr(net, name)
        linear(out, name, part.weight, part.bias)
    for name in ("arc", "root", "pair", "no_source"):
        out.floats(name, getattr(net, name))
    for name in ("distance", "paragraphs", "source_distance", "content_distance"):
        out.floats(name, getattr(net, name).weight[:, 0])
    out.save(path)
    return len(out.data)


HEADS = ("segment", "span", "source_query", "source_key", "content_query", "content_key", "node", "kind", "role", "thesis", "head", "dependent", "label_hidden", "label")


def mean(states):
    """The mean of the weights of several networks."""
    return {k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--net", required=True, nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", type=int, default=10**9, help="compare on so many dev texts of a corpus")
    args = parser.parse_args()
    start = start_weights()
    tokenizer = AutoTokenizer.from_pretrained(start)
    net = Network(start)
    net.load_state_dict(mean([torch.load(path, weights_only=True, map_location="cpu") for path in args.net]))
    net.eval()
    vocabulary = [w for w, _ in sorted(tokenizer.get_vocab().items(), key=lambda kv: kv[1])]
    dev = {name: [Text(tokenizer, r) for r in corpus.read(["%s/%s.dev.jsonl" % (args.corpora, name)])][:args.check] for name in ("argmap", "polnear")}
    before = {name: figures(net, tokenizer, texts) for name, texts in dev.items()}
    print("%d bytes" % write(net, vocabulary, args.out))
    for module in net.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(quantise_activations)
    for name, texts in dev.items():
        print(name + ".dev, gold units")
        print("  float:", before[name])
        print("  int8: ", figures(net, tokenizer, texts))


if __name__ == "__main__":
    main()
