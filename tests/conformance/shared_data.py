"""Where files that are not ours to publish lie: $TELLTALE_SHARED, else ../shared beside the repository."""

import os
import pathlib

_SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
SHARED = pathlib.Path(os.environ.get("TELLTALE_SHARED", _SOURCE.parent / "shared"))
