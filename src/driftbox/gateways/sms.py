"""Text messages. The demo prints them and keeps them for the outbox page; a carrier is plugged in here."""

import sys
from typing import Protocol


class Sms(Protocol):
    """Sends one text message to one phone number; raises OSError when the carrier is not there or does not take it."""

    def send(self, phone: str, text: str) -> None: ...


class ConsoleSms:
    """Prints each message to the console; for the demo and for a hub without a carrier."""

    def send(self, phone: str, text: str) -> None:
        """Print the message."""
        sys.stdout.write(f"短信 SMS → {phone}: {text}\n")
        sys.stdout.flush()


class MemorySms:
    """Keeps messages in memory, for tests."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, phone: str, text: str) -> None:
        """Keep the message."""
        self.sent.append((phone, text))
