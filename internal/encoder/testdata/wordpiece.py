"""Writes what the tokenizers library of Hugging Face makes of texts, for the tests
of package encoder. Each text is a line of JSON: its pieces as indices into the
vocabulary, and their places, start and end by turns, in code points.

    python wordpiece.py MODEL ../../../testdata/articles/*.txt >wordpiece.json
    python wordpiece.py MODEL CORPUS.jsonl... >FILE

MODEL is the folder of all-MiniLM-L6-v2 (its tokenizer.json is read). Given text
files, it writes the strings below with their text first, and then the files by
name. Given files of JSON lines, it writes one line for each text in them. Needs
the package tokenizers, 0.20.3.
"""
import json
import os
import random
import sys

import tokenizers

STRINGS = [
    "",
    " ",
    "\r\n\t\n",
    "a",
    "The Council should publish its figures.",
    "HTTP and iPhone, NASA's McDonald O'Neill",
    "don't can't we'll it's 'tis rock'n'roll",
    "“Double,” ‘single’ and ‚low‘ „Gänsefüßchen“ «guillemets» ‹small› 「corner」 『white』 `tick` ´acute´ ″prime″ \"straight\" 'plain' ‛reversed‟ ❝heavy❞ 〝ditto〞 ＂wide＂",
    "“quoted”—then ‘not’…and – so‐on‑and‒so―forth −1",
    "café cafe\u0301 naïve nai\u0308ve Ångström A\u030angstro\u0308m ñ n\u0303 Ç C\u0327 ệ e\u0323\u0302 e\u0302\u0323 ê\u0323",
    "\u0301leading mark \u0301 alone, trailing e\u0301 e\u0301, e\u0301\u0301\u0301x",
    "z" + "\u0300\u0323\u0334" * 60 + "algo",
    "straße STRASSE ẞ Straßenbahn Maße",
    "İstanbul ISTANBUL ıspanak Iğdır i\u0307 İİİ",
    "ﬁrst ﬂight oﬃce ﬀ ﬆop Ǆ ǅ ǆ Ǉ Ĳ ŉ ſ ǰ ΐ",
    "ΣΊΣΥΦΟΣ ὈΔΥΣΣΕΎΣ ᾳ ᾼ ῷ ώ Ω K Å",
    "Москва ЁЛКА й и\u0306 Київ ЇЖАК",
    "中文字符 漢字かな交じり文 가나다라 한국어 조선 각각 \u1100\u1161\u11a8 日本語がべぱガベパ が か\u3099 ｶﾞ ﾊﾟ",
    "中\u0301文 x中y 2020年3月 豈更車 𠀀𪜀𫠠𬺡",
    "العربية مُحَمَّد قُرْآن ٱلسَّلَامُ لا ﷲ ﻻ ؟ ، ٠١٢",
    "עברית שָׁלוֹם בְּרֵאשִׁית יִשְׂרָאֵל “כן” צה״ל שׁ שּׁ",
    "हिन्दी क्षत्रिय নমস্কার কো கௌ ತೊೋ සිංහල ෝෞ ไทย กำ ลาว ຳ བོད་ཡིག ཱི မြန်မာ ខ្មែរ",
    "👍 👍🏽 👩‍👩‍👧‍👦 🇩🇪 ❤️ ☺️ 1️⃣ 🏴\U000e0067\U000e0062\U000e007f 🤔🫠 word👍word",
    "no\u00a0break thin\u2009space ideo\u3000space \u2028line\u2029para\u1680ogham\u205f\u202fnarrow \u180emongolian \ufeffbom a\u2000b\u2001c",
    "soft\u00adhyphen zero\u200bwidth zero\u200cnon\u200djoiner word\u2060joiner l\u200er\u200fm \u202aembed\u202c",
    "\u00adstart end\u00ad \u00ad \u200b\u200b mid\u00ad\u00addle, \u200d.\u200d",
    "bell\u0007 nul\u0000nul del\u007f esc\u001b[31m vt\u000bff\u000c nel\u0085 fs\u001c c1\u009f",
    "replace\ufffdment \ufffd private\ue000use \U000f0000 unassigned\u0378 non\uffff",
    "tab\tcr\rlf\ncrlf\r\nend",
    "a" * 150,
    "b" * 100 + " " + "c" * 101 + " " + "d" * 99 + "e\u0301" + " " + "é" * 101 + " " + "\u00ad" * 120 + "f" * 100 + " " + "각" * 34,
    "ü" * 150 + "." + "u" * 60 + "\u00ad" * 60 + "u" * 60,
    "0 1 12 123 1,234.56 3.14 1e10 0x1F ½ ² ₂ Ⅷ ① ٣ 20% $5 €5 £3 ¥1 5° 10–20 1/2 ⁄ № ™ ©",
    "https://example.org/a/b?c=d&e=%20#f user.name+tag@example.co.uk www.example.com/~x_y-z C:\\temp\\x #hashtag @name",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "a!b\"c#d$e%f&g'h(i)j*k+l,m-n.o/p:q;r<s=t>u?v@w[x\\y]z^a_b`c{d|e}f~g",
    "¡Hola! ¿Qué? § ¶ † ‡ • · ‰ ※ ⁂ ⸮ ؟ ՜ ։ 、。〈〉《》！（），．",
    "≠ ≯ a≮b x≠y =\u0338 `\u0300 \u1fef \u037e \u0387 \u2126 \u212b \u2260",
    "[CLS] and [SEP] or [MASK]ed [UNK][PAD] [cls] [ SEP ] x[MASK]y [[CLS]] [unused1] [CLS\u00ad]",
    "##ing a##ing ## # ing",
    "xylophonists antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis qzxjv 𝒳𝒴 𝔘𝔫𝔦 ʻokina ŋ ə",
    "\U0001d15e\U0001d161 \u302e\u0323 x\u302e\u0323\u302dy \U0001d165\U0001d16d\U0001d165 \ua9c0\ua9b3 q\u0323\u302e\u0334z",
    "late letters \u08d4 \u1df6 a\u1abfb \u2e43 x\u2e4fy \u0c3c \U0001e900 \U00011938 \u166d \U000111c9 \u1734",
]

# What random strings are drawn from.
ALPHABET = list("aaabeeinost  AEIST09.,'-“’ \n") + [
    "\u00e9", "\u0301", "\u0323", "\u0327", "\u00df", "\u0130", "\ufb01", "\u00ad", "\u200b", "\u200d", "\u00a0", "\u3000", "\u0000", "\u0085", "\ufffd",
    "\u4e2d", "\u6587", "\uac01", "\uac00", "\u1100", "\u1161", "\u11a8", "\u304c", "\u3099", "\u0644", "\u064e", "\u05e9", "\u05c1", "\u09cb",
    "\u302e", "\u302d", "\U0001d15e", "\U0001d165", "\U0001f44d", "\U0001f3fd", "\ufe0f", "\u2260", "\u2014", "\u2026", "[SEP]", "[", "]", "##", "the", "##s", "ing",
]


def main(model, *paths):
    tokenizer = tokenizers.Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def write(content, **label):
        e = tokenizer.encode(content, add_special_tokens=False)
        record = dict(label, ids=e.ids, places=[x for o in e.offsets for x in o])
        print(json.dumps(record, separators=(",", ":")))

    if not paths[0].endswith(".jsonl"):
        for s in STRINGS:
            write(s, text=s)
        draw = random.Random(1)
        for n in range(200):
            s = "".join(draw.choices(ALPHABET, k=1 + n // 8))
            write(s, text=s)
    for path in paths:
        with open(path, encoding="utf8", newline="") as f:
            if path.endswith(".jsonl"):
                for i, line in enumerate(f):
                    write(json.loads(line)["text"], name=os.path.basename(path), line=i + 1)
            else:
                write(f.read(), name=os.path.basename(path))


main(*sys.argv[1:])
