"""What goes wrong."""

from __future__ import annotations


class TelltaleError(Exception):
    """What was asked could not be done.

    Damage in a file that can be read otherwise is no error: see `Experiment.problems`.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        offset: int | None = None,
        cause: str = "",
        code: str = "",
    ) -> None:
        super().__init__(message)
        self.path = path
        """The file or directory that it is about; empty where it is about none."""
        self.offset = offset
        """Byte in that file, where it can be told."""
        self.cause = cause or message
        """Why, without path and offset."""
        self.code = code
        """Kind of error: "NOT_FOUND", "INVALID_ARGUMENT", "PERMISSION_DENIED", "DATA_LOSS", ..."""
