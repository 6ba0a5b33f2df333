"""One command: what it says, what it asks, what it reports.

The program writes words to its standard output and error, and to a descriptor of its own (``--caller``) a line of JSON
for each question and for its report. Answers go to its standard input.
"""

import codecs
import getpass
import json
import os
import pprint
import re
import selectors
import signal
import subprocess
import sys

from .program import path

# What steers a terminal, as hooks of a repository may write it: colours, titles, movements.
STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class _Brief:
    """What went wrong was said by the program, and where it was called is the cell: no way through this file."""

    def _render_traceback_(self):
        return [str(self)]


class Failed(_Brief, Exception):
    """A command could not do what it was asked.

    ``status`` is its exit status, ``report`` what it reported, if it came to that.
    """

    def __init__(self, status, report):
        super().__init__(f"nbgit ended with exit status {status}")
        self.status = status
        self.report = report


class Stopped(_Brief, KeyboardInterrupt):
    """A command was stopped, and has put in order what it had begun."""

    def __init__(self):
        super().__init__("nbgit was stopped")


class _Report:
    """A report, which the cell that asked for it does not show: it has the words already."""

    _cell = None

    def _ipython_display_(self):
        if self._cell != _cell():
            print(pprint.pformat(self))


class _Object(_Report, dict):
    pass


class _List(_Report, list):
    pass


def _cell():
    """The number of the cell that runs, outside of IPython None."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.execution_count if shell else None


def run(*words):
    """Runs a command of nbgit, such as ``run("save", "-m", message)``.

    What it says is printed at once, without colours. A token is asked for with :mod:`getpass` when one is needed, and is
    known to nobody but the program.

    :param words: the command and what it is told, each as it is.
    :returns: what ``--json`` reports, a dict or a list; None for commands without a report.
    :raises Failed: when it could not do it (exit status 2) or was not let in (4). "No" is no failure: a rejected push, a
        conflict, a difference that was looked for are in the report.
    :raises Stopped: a KeyboardInterrupt, when it was stopped and has put in order what it had begun.
    """
    conversation = _Conversation(words)
    status = conversation.hold()
    report = conversation.report
    if isinstance(report, (dict, list)):
        report = (_Object if isinstance(report, dict) else _List)(report)
        report._cell = _cell()
    if conversation.was_stopped:
        raise Stopped
    if status not in (0, 1):
        raise Failed(status, report)
    return report


class _Conversation:
    def __init__(self, words):
        self.report = None
        self.was_stopped = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._lines = b""
        self._notes, notes = os.pipe()
        try:
            # In a session of its own it is stopped by us alone, and has no terminal that looks like somebody's.
            self._child = subprocess.Popen(
                [path(), "--caller", str(notes)] + [str(word) for word in words],
                stdin=subprocess.DEVNULL if "-" in words else subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, pass_fds=[notes], start_new_session=True)
        except BaseException:
            os.close(self._notes)
            raise
        finally:
            os.close(notes)

    def hold(self):
        """Talks until the program has ended; gives its exit status."""
        words = self._child.stdout.fileno()
        os.set_blocking(words, False)
        with selectors.DefaultSelector() as selector:
            selector.register(words, selectors.EVENT_READ)
            selector.register(self._notes, selectors.EVENT_READ)
            # Words may be kept open by what a hook left behind; notes end with the program.
            while self._notes is not None:
                try:
                    ready = [key.fd for key, _ in selector.select()]
                    # What was said before a question is shown before it.
                    if not self._hear(words) and words in ready:
                        selector.unregister(words)
                    if self._notes in ready:
                        self._take_notes(selector)
                except KeyboardInterrupt:
                    self._stop()
        while True:
            try:
                status = self._child.wait()
                break
            except KeyboardInterrupt:
                self._stop()
        self._hear(words)
        self._show(self._decoder.decode(b"", True) + "\n" if self._text else "")
        self._child.stdout.close()
        self._end_answers()
        return status

    def _hear(self, words):
        """Shows what was said; false when nothing more will be."""
        while True:
            try:
                data = os.read(words, 1 << 16)
            except BlockingIOError:
                return True
            if not data:
                return False
            self._show(self._decoder.decode(data))

    def _show(self, text):
        """Shows whole lines, as a cell has no way to draw over one."""
        text = (self._text + text).replace("\r\n", "\n")
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        self._text = text[end:]
        if end:
            sys.stdout.write(STEERING.sub("", text[:end].replace("\r", "\n")))
            sys.stdout.flush()

    def _take_notes(self, selector):
        data = os.read(self._notes, 1 << 16)
        self._lines += data
        if not data:
            selector.unregister(self._notes)
            os.close(self._notes)
            self._notes = None
        while b"\n" in self._lines:
            line, self._lines = self._lines.split(b"\n", 1)
            note = json.loads(line.decode("utf-8", "replace"))
            if "question" in note:
                self._answer(note["question"], note["hidden"])
            else:
                self.report = note["report"]

    def _answer(self, question, is_hidden):
        """Asks the person; where there is none, the program is told so by the end of its input."""
        try:
            answer = getpass.getpass(question) if is_hidden else input(question)
            self._child.stdin.write(answer.encode() + b"\n")
            self._child.stdin.flush()
        except (EOFError, NotImplementedError, BrokenPipeError):
            self._end_answers()

    def _stop(self):
        self.was_stopped = True
        self._end_answers()
        self._child.send_signal(signal.SIGINT)

    def _end_answers(self):
        if self._child.stdin and not self._child.stdin.closed:
            try:
                self._child.stdin.close()
            except BrokenPipeError:
                pass
