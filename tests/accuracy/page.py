#!/usr/bin/env python3
"""Measures the diagnosis, prints the result and writes it into docs/accuracy.md.

  page.py TELLTALE REPLAY

What stands between `<!-- NAME -->` and `<!-- end of NAME -->` in the page is what the command named NAME printed; the words around
it are written by hand. The part about the published histories stays as it is where those are absent. Standard library only.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
PAGE = SOURCE / "docs" / "accuracy.md"
SKIPPED = 77


def measure(script, *arguments):
    """What the script printed; None where it has nothing to measure on."""
    result = subprocess.run([sys.executable, HERE / script, *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode == SKIPPED:
        return None
    if result.returncode != 0:
        sys.exit(f"{script} failed with {result.returncode}")
    return result.stdout


def replaced(page, name, text):
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, rest = page.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{text.strip()}\n\n{end}{after}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    telltale, replay = sys.argv[1:]
    page = PAGE.read_text()
    for name, text in (("faultbench", measure("accuracy.py", telltale, SOURCE / "testdata" / "faultbench")),
                       ("histories", measure("histories.py", telltale, replay))):
        if text is None:
            continue
        print(text)
        page = replaced(page, name, text)
    if page != PAGE.read_text():
        PAGE.write_text(page)
        print(f"{PAGE.relative_to(SOURCE)} is refreshed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
