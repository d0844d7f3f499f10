#!/usr/bin/env python3
"""docs/rules.md is what `telltale rules --format markdown` prints. TELLTALE_UPDATE_GOLDEN=1 in the environment writes it anew."""
import difflib
import os
import pathlib
import subprocess
import sys

PAGE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"]) / "docs" / "rules.md"


def main():
    printed = subprocess.run([os.environ["TELLTALE"], "rules", "--format", "markdown"], check=True, capture_output=True, text=True).stdout
    if os.environ.get("TELLTALE_UPDATE_GOLDEN"):
        PAGE.write_text(printed)
    page = PAGE.read_text() if PAGE.exists() else ""
    if page == printed:
        return 0
    diff = list(difflib.unified_diff(page.splitlines(), printed.splitlines(), "docs/rules.md", "telltale rules --format markdown", lineterm=""))
    print("\n".join(diff[:60]))
    print("docs/rules.md is stale; this refreshes it:\n  make rules-page", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
