"""The command line: the program that is in the package takes this process's place."""

from __future__ import annotations

import os
import sys


def main() -> int:
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "telltale")
    try:
        os.execv(program, ["telltale", *sys.argv[1:]])
    except OSError as error:
        print(f"telltale: cannot start {program}: {error.strerror}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
