"""Holds every #include to lib/LAYERS: who may include whom, and that the text in an include is the path to open."""

import os
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parent.parent))
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
OWN = ("lib/", "proto/", "tools/", "plugins/", "tests/")


def parse_layers(text):
    """lib/LAYERS as {layer: set of layers that it may include besides itself}."""
    layers = {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line:
            name, _, below = line.partition(":")
            layers[name.strip()] = set(below.split())
    return layers


def violations(root):
    """One sentence for each include below `root` that breaks lib/LAYERS."""
    root = pathlib.Path(root)
    layers = parse_layers((root / "lib/LAYERS").read_text())
    found = []
    for directory in sorted(p for p in (root / "lib").iterdir() if p.is_dir()):
        if directory.name not in layers:
            found.append(f"lib/{directory.name}: not a layer of lib/LAYERS")
    for top in ("lib", "tools", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cc"):
                name = file.relative_to(root).as_posix()
                for quote, path in INCLUDE.findall(file.read_text()):
                    found += [f"{name}: {why}" for why in judge(root, layers, name, quote, path)]
    return found


def judge(root, layers, name, quote, path):
    """What is wrong with file `name` including `path`; nothing, or one sentence."""
    generated = path.endswith((".pb.h", ".inc"))
    if path.startswith(OWN):
        if quote == "<":
            yield f"<{path}> is ours and belongs in quotes"
        if not generated and not (root / path).is_file():
            yield f'"{path}" does not exist below the root of the repository'
    elif quote == '"' and ((root / name).parent / path).is_file():
        yield f'"{path}" must be written from the root of the repository'

    target = layer_of(path)
    own = name.split("/")
    if own[0] == "lib" and len(own) > 2:
        allowed = layers.get(own[1], set()) | {own[1]}
        if "google/protobuf/" in path and "proto" not in allowed:
            yield f"{own[1]} includes Protobuf ({path}), which only layers above proto may"
        if target and target not in allowed:
            yield f'{own[1]} may not include {target} ("{path}")'
        format_of = path.split("/")[2:-1] if target == "formats" else []
        if own[1] == "formats" and format_of and own[2:-1] and format_of[0] != own[2]:
            yield f'format {own[2]} may not include format {format_of[0]} ("{path}")'
    elif own[0] == "tools" and target == "tests":
        yield f'tools may not include tests ("{path}")'


def layer_of(path):
    """The layer that an include path belongs to, or None for the standard library and packages."""
    parts = path.split("/")
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    return parts[0] if path.startswith(OWN) and parts[0] != "lib" else None


class Repository(unittest.TestCase):
    def test_every_include_keeps_to_the_layers(self):
        self.assertEqual([], violations(ROOT))

    def test_layers_stand_on_layers_below_them_only(self):
        layers = parse_layers((ROOT / "lib/LAYERS").read_text())
        seen = {"proto"}
        for layer, below in layers.items():
            self.assertLessEqual(below, seen, f"{layer} stands on something that lib/LAYERS lists after it")
            seen.add(layer)

    def test_there_is_something_to_look_at(self):
        self.assertGreater(len(list((ROOT / "lib").rglob("*.h"))), 10)


class Judgement(unittest.TestCase):
    """The checks themselves, on a tree that breaks one rule at a time."""

    def violations_of(self, **files):
        with tempfile.TemporaryDirectory() as tmp:
            root = pathlib.Path(tmp)
            tree = {
                "lib/LAYERS": "base:\nmodel: base  # no files\nformats: base model proto\n",
                "lib/base/bytes.h": "",
                "lib/model/run.h": '#include <vector>\n#include "absl/types/span.h"\n#include "lib/base/bytes.h"\n',
                "lib/formats/format.h": "",
                "lib/formats/a/a.h": '#include "proto/event.pb.h"\n#include "lib/formats/format.h"\n',
                "lib/formats/b/b.cc": "",
                "tools/telltale/main.cc": '#include "lib/formats/format.h"\n',
                "tests/base/x_test.cc": '#include "lib/base/bytes.h"\n',
            } | {name.replace("__", "/").replace("_DOT_", "."): text for name, text in files.items()}
            for name, text in tree.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return violations(root)

    def test_accepts_a_tree_that_keeps_to_them(self):
        self.assertEqual([], self.violations_of())

    def test_refuses_a_layer_above(self):
        found = self.violations_of(lib__base__bytes_DOT_h='#include "lib/model/run.h"\n')
        self.assertEqual(['lib/base/bytes.h: base may not include model ("lib/model/run.h")'], found)

    def test_refuses_tools_and_tests_in_the_library(self):
        found = self.violations_of(lib__model__run_DOT_h='#include "tests/base/x_test.cc"\n')
        self.assertEqual(['lib/model/run.h: model may not include tests ("tests/base/x_test.cc")'], found)

    def test_refuses_protobuf_where_proto_is_not_a_layer_below(self):
        found = self.violations_of(
            lib__model__run_DOT_h='#include <google/protobuf/message.h>\n#include "proto/event.pb.h"\n'
        )
        self.assertEqual(2, len(found), found)

    def test_refuses_one_format_in_another(self):
        found = self.violations_of(lib__formats__b__b_DOT_cc='#include "lib/formats/a/a.h"\n')
        self.assertEqual(['lib/formats/b/b.cc: format b may not include format a ("lib/formats/a/a.h")'], found)

    def test_refuses_paths_that_are_not_from_the_root(self):
        found = self.violations_of(lib__formats__b__b_DOT_cc='#include "../a/a.h"\n')
        self.assertEqual(1, len(found), found)

    def test_refuses_files_that_are_not_there_and_layers_that_are_not_listed(self):
        self.assertEqual(1, len(self.violations_of(lib__base__bytes_DOT_h='#include "lib/base/gone.h"\n')))
        self.assertEqual(1, len(self.violations_of(lib__extra__x_DOT_h="")))


if __name__ == "__main__":
    sys.exit(unittest.main())
