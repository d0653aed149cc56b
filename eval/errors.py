"""What stops an evaluation: one Japanese line and exit code 2 (1 says that a gate failed)."""

from __future__ import annotations


class EvalError(Exception):
    """A dataset, a run folder, a baseline or a server cannot be used. No TenkyoError: the assistant's table cannot name it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class AskFailed(EvalError):
    """The server answered one question with an error: that question counts as wrong, the run goes on."""
