"""The disguises in which words may lie on a disk or in memory, each as a way to plant them.

A leak is seldom plain text: a cache pickles, a log escapes, a driver stores UTF-16, a backup packs.
Each disguise here is planted on purpose by `test_t02_the_sweep_has_teeth.py` and must be found.
"""

import binascii
import gzip
import io
import json
import pickle
import unicodedata
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus

Plant = Callable[[str], bytes]


def _shifted(encode: Callable[[bytes], bytes], before: int) -> Plant:
    """Base64 of the words after `before` other bytes: each of the three phases looks different."""
    return lambda words: encode(b"~" * before + words.encode() + b"~" * 5)


def _zipped(words: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("note.txt", words * 3)
    return file.getvalue()


def _raw_deflate(words: str) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(words.encode() * 3) + packer.flush()


DISGUISES: Mapping[str, Plant] = {
    "utf-8": lambda words: words.encode(),
    "utf-16-le": lambda words: words.encode("utf-16-le"),
    "utf-16-be": lambda words: words.encode("utf-16-be"),
    "utf-32-le": lambda words: words.encode("utf-32-le"),
    "lower case": lambda words: words.lower().encode(),
    "upper case": lambda words: words.upper().encode(),
    "without marks": lambda words: unicodedata.normalize("NFKD", words).encode("ascii", "ignore"),
    "word by word": lambda words: b"\0\0".join(word.encode() for word in words.split()),
    "one word alone": lambda words: words.split()[-1].encode(),
    "hex": lambda words: binascii.hexlify(words.encode()),
    "HEX": lambda words: binascii.hexlify(words.encode()).upper(),
    "hex with spaces": lambda words: binascii.hexlify(words.encode(), " "),
    "URL": lambda words: quote(words).encode(),
    "URL, every byte": lambda words: "".join(f"%{byte:02X}" for byte in words.encode()).encode(),
    "form": lambda words: quote_plus(words).encode(),
    "JSON": lambda words: json.dumps({"a": words}).encode(),
    "repr": lambda words: ascii(words).encode(),
    "pickle": lambda words: pickle.dumps({"words": words}),
    "base64": _shifted(b64encode, 0),
    "base64, one byte on": _shifted(b64encode, 1),
    "base64, two bytes on": _shifted(b64encode, 2),
    "urlsafe base64": _shifted(urlsafe_b64encode, 0),
    "urlsafe base64, one byte on": _shifted(urlsafe_b64encode, 1),
    "urlsafe base64, two bytes on": _shifted(urlsafe_b64encode, 2),
    "base64 in lines": lambda words: binascii.b2a_base64(words.encode() * 9, newline=True),
    "zlib": lambda words: zlib.compress(words.encode() * 3),
    "zlib, hardly": lambda words: zlib.compress(words.encode(), 0),
    "gzip": lambda words: gzip.compress(words.encode() * 3),
    "zip": _zipped,
    "base64 inside gzip": lambda words: gzip.compress(b64encode(words.encode() * 3)),
    "gzip inside zip": lambda words: _zip_of(gzip.compress(words.encode())),
}

HIDDEN_FROM_THE_SWEEP: Mapping[str, Plant] = {
    "raw deflate without any header": _raw_deflate,
    "each byte raised by one": lambda words: bytes((byte + 1) % 256 for byte in words.encode()),
}
"""What the sweep cannot see, kept here so that nobody believes it does."""


def _zip_of(inside: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.gz", inside)
    return file.getvalue()
