"""A mail server that speaks SMTP (aiosmtpd's), as slow and as unwilling as a test asks for."""

import asyncio
import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, syntax

# The line after a letter's last: what is answered to it.
END_OF_LETTER = "."
MOST_AT_ONCE = 50


class MailServer:
    """Takes e-mails into `letters`; before it answers a command it does what `before` says for it."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        # Also those that it did not confirm.
        self.whole_letters: list[str] = []
        self.conversations = 0
        # Of "" (the greeting), EHLO, MAIL, RCPT, DATA, "." (the end of the letter) and QUIT: what is done before the
        # answer, and the answer. Who raises an OSError there hangs up.
        self.before: dict[str, Callable[[], object]] = {}
        self.answers: dict[str, str] = {}
        # The seconds after each byte of an answer.
        self.drips = 0.0
        # The folder of fullchain.pem and privkey.pem, where it speaks TLS (STARTTLS).
        self.certificate: Path | None = None
        self.port = 0
        self.threads = ThreadPoolExecutor(MOST_AT_ONCE)
        self.lines: list[asyncio.BaseTransport] = []

    def takes(self, seconds: dict[str, float]) -> None:
        self.before = {command: lambda pause=pause: time.sleep(pause) for command, pause in seconds.items()}

    def conversation(self) -> "Conversation":
        self.conversations += 1
        context = None
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate / "fullchain.pem", self.certificate / "privkey.pem")
        return Conversation(self, context)

    async def handle_DATA(self, conversation: "Conversation", session: Any, envelope: Any) -> str:
        conversation.letter = envelope.original_content.decode()
        self.whole_letters.append(conversation.letter)
        return "250 Taken"


class Conversation(SMTP):
    """Only the answers are ours: when each is given, how, and which."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None) -> None:
        super().__init__(
            server, hostname="mail.test", tls_context=context, timeout=3600, loop=asyncio.get_running_loop()
        )
        self.server = server
        self.command = self.letter = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.server.lines.append(transport)
        super().connection_made(transport)

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:
        self.command = "EHLO"
        await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        self.command = "MAIL"
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        self.command = "RCPT"
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        self.command = "DATA"
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        self.command = "QUIT"
        await super().smtp_QUIT(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:
        self.command = "STARTTLS"
        await super().smtp_STARTTLS(arg)

    async def smtp_RSET(self, arg: str) -> None:
        self.command = "RSET"
        await super().smtp_RSET(arg)

    async def push(self, status: str | bytes) -> None:
        usual = status.decode() if isinstance(status, bytes) else status
        if usual[3:4] == "-":  # more of it follows
            await super().push(usual)
            return
        try:
            await self.loop.run_in_executor(self.server.threads, self.server.before.get(self.command, lambda: None))
        except OSError:
            self.transport.abort()
            raise asyncio.CancelledError from None
        said = self.server.answers.get(self.command, usual)
        await self.say(said)
        if self.command == "DATA":
            self.command = END_OF_LETTER
        elif self.command == END_OF_LETTER and said.startswith("250"):
            self.server.letters.append(self.letter)

    async def say(self, words: str) -> None:
        if not self.server.drips:
            await super().push(words)
            return
        for byte in f"{words}\r\n".encode():
            self.transport.write(bytes([byte]))
            await asyncio.sleep(self.server.drips)


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    server, loop = MailServer(), asyncio.new_event_loop()
    listening = loop.run_until_complete(loop.create_server(server.conversation, "127.0.0.1", 0))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(close(server, listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.threads.shutdown(wait=False)
        loop.close()


async def close(server: MailServer, listening: asyncio.Server) -> None:
    """With every conversation that still goes on."""
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for line in reversed(server.lines):
        line.abort()
    await asyncio.sleep(0)  # what aborting left to do
    await asyncio.sleep(0)
