"""Where the program is."""

import os
import sysconfig


def path():
    """The program that was installed with this package, and no other of its name.

    pip puts it into a folder ``bin`` somewhere above the package, be it in an environment, for one user, for the whole
    system or with ``--target``; a system that has its own places says them.
    """
    folders = [sysconfig.get_path("scripts")]
    folder = os.path.dirname(os.path.abspath(__file__))
    for _ in range(5):
        folder = os.path.dirname(folder)
        folders.insert(-1, os.path.join(folder, "bin"))
    for folder in folders:
        program = os.path.join(folder, "nbgit")
        if os.access(program, os.X_OK):
            return program
    raise FileNotFoundError("the program is not where its package is: pip install --force-reinstall nbgit")
