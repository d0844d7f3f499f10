"""The blocks of docs/python.md run as they stand."""

import re
import subprocess
import sys

import pytest
from conftest import SOURCE

BLOCKS = re.findall(r"^```python\n(.*?)^```", (SOURCE / "docs" / "python.md").read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_block(block):
    done = subprocess.run([sys.executable, "-c", block], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
