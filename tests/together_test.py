#!/usr/bin/env python3
"""Names in unnamed namespaces of lib/ and of the tests of its layers differ from file to file of one directory, and from what its headers declare.

The presets release and asan compile several files at a time (telltale_together in cmake/Target.cmake). A second constant or type of one name
would not compile, but a second function would be an overload: a call could then mean another function than in a file by itself.
"""
import collections
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[1]))
FUNCTION = re.compile(r"^(?!return |if |for |while |TELLTALE_|//|  |#)[\w:<>,&*\[\]. ]+?[ &*](\w+)\((?:[^;{]|\{\})*?\)(?: const)?(?: noexcept)? \{", re.M)
CONSTANT = re.compile(r"^(?:inline )?(?:constexpr|const)\b[^;=({]*?\b(k\w+)", re.M)
TYPE = re.compile(r"^(?:class|struct|enum class) (\w+)[^;{]*\{", re.M)
ALIAS = re.compile(r"^using (\w+ = [^;]+);", re.M)
DECLARED = re.compile(r"^(?!return |//|  |#|using )[\w:<>,&*\[\]. ]+?[ &*](\w+)\(", re.M)


def hidden(text):
    """Names of the unnamed namespaces of a file."""
    names = set()
    for body in re.findall(r"\nnamespace \{\n(.*?)\n\}  // namespace\n", text, re.S):
        for pattern in (FUNCTION, CONSTANT, TYPE):
            names.update(pattern.findall(body))
        names.update(" ".join(alias.split()) for alias in ALIAS.findall(body))
    return names


def alone(path):
    return path.name.endswith("_format.cc") or path.parent.name == "rules"


def clashes(root):
    found = []
    for directory in sorted({path.parent for path in root.rglob("*.cc")}):
        declared = set()
        for header in directory.glob("*.h"):
            text = header.read_text()
            declared.update(DECLARED.findall(text) + TYPE.findall(text))
        where = collections.defaultdict(set)
        for file in sorted(directory.glob("*.cc")):
            if not alone(file):
                for name in hidden(file.read_text()):
                    # Two aliases of one meaning are one; else an alias is as different as files are.
                    where[name.split(" ")[0]].add(name if "=" in name else file.name)
        for name, places in sorted(where.items()):
            if len(places) > 1:
                found.append(f"{directory.relative_to(ROOT)}: {name} in {', '.join(sorted(places))}")
            elif name in declared:
                found.append(f"{directory.relative_to(ROOT)}: {name} in {min(places)} and declared in a header")
    return found


def main():
    assert hidden("\nnamespace {\n\nconstexpr int kA = 1;\nstd::string F(int a) {\n}\nstruct B {\n};\n\n}  // namespace\n") == {"kA", "F", "B"}
    assert hidden("\nnamespace {\nusing A = int;\n}  // namespace\n") == {"A = int"}
    layers = [path.name for path in (ROOT / "lib").iterdir() if path.is_dir()]
    found = clashes(ROOT / "lib") + [clash for layer in layers for clash in clashes(ROOT / "tests" / layer)]
    print("\n".join(found) or "no name stands twice")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
