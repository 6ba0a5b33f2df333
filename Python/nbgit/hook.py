"""What a Jupyter server does when a file was saved."""

import subprocess

from .program import path


def post_save(os_path, model, contents_manager, **_):
    """Brings a notebook and its script into step when one of them was saved.

    For jupyter_server_config.py: ``c.FileContentsManager.post_save_hook = post_save``. A save never fails because of
    it; what cannot be done is in the server's log.
    """
    if model["type"] == "directory":
        return
    try:
        done = subprocess.run(
            [path(), "sync", "--ignore-unpaired", "--", os_path],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        if done.returncode:
            contents_manager.log.warning(done.stderr.decode("utf-8", "replace").strip())
    except Exception as error:
        contents_manager.log.warning("nbgit: %s", error)
