"""``%nbgit``."""

import glob
import os
import re
import shlex

from .conversation import run

# A word of a shell's line: characters, some of them escaped or between quotes.
WORD = re.compile(r"""(?:[^\s'"\\]|\\.|'[^']*'|"(?:\\.|[^"\\])*")+""")


def words(line):
    """The words of a line as a shell reads them, with ``~`` and patterns of files, and without ``$``.

    :raises ValueError: for a quote that is not closed.
    """
    shlex.split(line)
    found = []
    for word in WORD.findall(line):
        if re.search(r"""['"\\]""", word):
            found += shlex.split(word)
        else:
            word = os.path.expanduser(word)
            found += sorted(glob.glob(word)) or [word]
    return found


def magic(line):
    """Run an nbgit command: %nbgit save -m "Plot sales by month"

    What it says appears as it says it. A token is asked for when one is needed. `r = %nbgit status` gives the report of
    `--json` as a value. A command that cannot do what it was asked raises nbgit.Failed, with its `status` and `report`.
    '%nbgit help' lists the commands.
    """
    try:
        found = words(line)
    except ValueError:
        from IPython.core.error import UsageError

        raise UsageError("%nbgit: a quote is not closed") from None
    return run(*found)


# What stands in braces or behind a dollar is meant as it stands, in a commit's message as in a file's name:
# IPython puts no values of variables there, least of all secret ones.
magic._ipython_magic_no_var_expand = True


def load_ipython_extension(ipython):
    """Makes ``%nbgit``, as ``%load_ext nbgit`` asks."""
    ipython.register_magic_function(magic, "line", "nbgit")


def unload_ipython_extension(ipython):
    """Takes ``%nbgit`` away, as ``%unload_ext nbgit`` asks."""
    ipython.magics_manager.magics["line"].pop("nbgit", None)
