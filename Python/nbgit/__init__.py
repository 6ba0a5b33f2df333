"""nbgit makes Jupyter notebooks good citizens of git.

In a notebook, ``%load_ext nbgit`` gives ``%nbgit <command>``; in Python, :func:`run` does the same. A Jupyter server
keeps notebooks and scripts in step with :func:`post_save`. All the work is done by the program ``nbgit`` that comes
with this package.
"""

from .conversation import Failed, Stopped, run
from .hook import post_save
from .magic import load_ipython_extension, unload_ipython_extension

__all__ = ["Failed", "Stopped", "load_ipython_extension", "post_save", "run", "unload_ipython_extension"]
