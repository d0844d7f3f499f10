"""`python -m telltale` is the command line."""

import sys

from telltale._cli import main

sys.exit(main())
