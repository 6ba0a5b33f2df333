"""``python -m nbgit <command>``: the program itself, in the place of this one."""

import os
import sys

from .program import path

if __name__ == "__main__":
    try:
        program = path()
    except FileNotFoundError as error:
        sys.exit(f"nbgit: error: {error}")
    os.execv(program, ["nbgit"] + sys.argv[1:])
