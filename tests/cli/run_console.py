#!/usr/bin/env python3
"""Runs console files: what a person would see.

    run_console.py FILE...

A FILE is a .console file, or a Markdown file whose ```console blocks are run. In it

    $ telltale diagnose testdata/demo     a command, run by sh
    expected standard output              until the next command
    ...                                   any number of lines
    ? 3                                   its exit status, where that is not 0
    # words                               a comment (.console files)

Commands run one after the other in a new directory of their own, where `testdata` is the repository's and `telltale` the binary
that $TELLTALE names. Output that would itself read so goes through `| sed 's/^/|/'`. Standard error is not looked at; `2>&1` shows it. With TELLTALE_UPDATE_GOLDEN=1 in the environment the
file's expectations become what the commands print.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

SOURCE = os.environ.get("TELLTALE_SOURCE_DIR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


@dataclass
class Step:
    """One command: the lines of the file that it takes, and what they expect."""

    command: str
    begin: int  # first line of the expectation
    expected: list = field(default_factory=list)
    status: int = 0

    @property
    def end(self):
        return self.begin + len(self.expected) + (1 if self.status else 0)


def parse(lines, markdown):
    """The steps of a file, as a list for each block that shares a directory."""
    blocks, step, inside = [], None, not markdown
    if not markdown:
        blocks.append([])
    for i, line in enumerate(lines):
        if markdown and line.startswith("```"):
            inside, step = line.strip() == "```console", None
            if inside:
                blocks.append([])
        elif not inside:
            continue
        elif line.startswith("$ "):
            step = Step(line[2:], i + 1)
            blocks[-1].append(step)
        elif step is None:
            if line and not line.startswith("# "):
                raise SystemExit(f"line {i + 1}: output before a command: {line}")
        elif not markdown and line.startswith("# "):
            step = None
        elif re.fullmatch(r"\? \d+", line):
            step.status = int(line[2:])
            step = None
        else:
            step.expected.append(line)
    if not markdown:  # the empty lines between the steps belong to the file, not to the output
        for one in blocks[0]:
            while not one.status and one.expected and not one.expected[-1]:
                one.expected.pop()
    return blocks


def matches(expected, actual):
    """Whether the lines are the same, where "..." stands for any number of them."""
    pieces = [[]]
    for line in expected:
        if line == "...":
            pieces.append([])
        else:
            pieces[-1].append(line)
    if len(pieces) == 1:
        return expected == actual
    head, *middle, tail = pieces
    if len(head) + len(tail) > len(actual) or actual[:len(head)] != head:
        return False
    if tail and actual[-len(tail):] != tail:
        return False
    at, end = len(head), len(actual) - len(tail)
    for piece in middle:  # the first place where a piece fits leaves the most to those after it
        at = next((i + len(piece) for i in range(at, end - len(piece) + 1) if actual[i:i + len(piece)] == piece), None)
        if at is None:
            return False
    return True


def environment(directory):
    env = {k: v for k, v in os.environ.items() if k in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR")}
    tools = os.path.join(directory, ".bin")
    os.mkdir(tools)
    os.symlink(os.path.abspath(os.environ["TELLTALE"]), os.path.join(tools, "telltale"))
    env.update(PATH=tools + os.pathsep + os.environ["PATH"], COLUMNS="80", LC_ALL="C.UTF-8", TERM="dumb", HOME=directory)
    return env


def run_block(steps):
    """Gives (step, lines printed, status) of each step."""
    with tempfile.TemporaryDirectory() as directory:
        env = environment(directory)
        os.symlink(os.path.abspath(os.path.join(SOURCE, "testdata")), os.path.join(directory, "testdata"))
        for step in steps:
            done = subprocess.run(["sh", "-c", step.command], cwd=directory, env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
            text = done.stdout.decode("utf-8", "backslashreplace")
            lines = text.split("\n")
            if lines[-1] == "":
                lines.pop()
            yield step, lines, done.returncode, done.stderr.decode("utf-8", "backslashreplace")


def check_file(path, update):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    failures, edits, count = 0, [], 0
    for block in parse(lines, path.endswith(".md")):
        for step, actual, status, errors in run_block(block):
            count += 1
            if status == step.status and matches(step.expected, actual):
                continue
            failures += 1
            edits.append((step, actual, status))
            if update:
                continue
            print(f"{path}:{step.begin}: $ {step.command}")
            if status != step.status:
                print(f"  exit status is {status}, should be {step.status}")
            if not matches(step.expected, actual):
                for line in difflib.unified_diff(step.expected, actual, "should be", "is", lineterm="", n=2):
                    print("  " + line)
            if errors:
                print("  standard error:\n    " + errors.rstrip().replace("\n", "\n    "))
    if update and edits:
        for step, actual, _ in edits:
            if any(re.match(r"# |\$ |\? \d+$|```|\.\.\.$", line) for line in actual):
                print(f"{path}:{step.begin}: this output reads as instructions of the file; pipe it through sed 's/^/|/'")
                return False
        for step, actual, status in reversed(edits):
            lines[step.begin:step.end] = actual + ([f"? {status}"] if status else [])
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines))
        print(f"{path}: accepted the output of {len(edits)} of {count} commands")
        return True
    if count == 0:
        print(f"{path}: no command in it")
        return False
    if failures:
        name = os.path.splitext(os.path.basename(path))[0]
        print(f"{path}: {failures} of {count} commands differ; to accept: "
              f"TELLTALE_UPDATE_GOLDEN=1 ctest --preset dev -R console.{name}")
    return failures == 0


def main():
    if len(sys.argv) < 2 or "TELLTALE" not in os.environ:
        raise SystemExit(__doc__)
    update = os.environ.get("TELLTALE_UPDATE_GOLDEN") == "1"
    ok = [check_file(path, update) for path in sys.argv[1:]]
    sys.exit(0 if all(ok) else 1)


if __name__ == "__main__":
    main()
