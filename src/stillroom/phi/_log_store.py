"""What the log asks of a database. Two answer: `_log_sqlite` and `_log_postgres`."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from stillroom.phi._log_tables import Tables


class Store(ABC):
    """A database that holds one log. Any thread may read; one at a time may write."""

    @abstractmethod
    def read(self) -> AbstractContextManager[Tables]:
        """For questions. Each is answered from what is committed when it is asked.

        Raises `LogUnopenable` when the database cannot be read.
        """

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Tables]:
        """For questions that belong together: one state, whoever writes meanwhile."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Tables]:
        """A transaction that no other writer can come between: durable when left, gone without
        trace when left by an exception.

        Raises `LogUnwritable` when the database refuses, for whatever reason.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""
