"""Production as docker-compose.yml runs it, on free ports of this machine: gunicorn, and Debian's nginx before it.

nginx gets the very file of deploy/nginx; only the places where it writes are the test's own.
"""

import contextlib
import datetime
import ipaddress
import os
import re
import select
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import servers
from tests.waiting import LONGEST_WAIT
from tests.workers import url_of_the_test_database

ROOT = Path(__file__).resolve().parents[1]
NGINX = ROOT / "deploy" / "nginx"
SLOW_SECONDS = 2
BODY_LIMIT = "13m"


@dataclass
class Server:
    process: subprocess.Popen
    port: int
    folder: Path

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def start_gunicorn(folder: Path, *, proxy_port: int, **more: str) -> Server:
    """The web as the Dockerfile starts it, in production's settings, on this test process's database and Redis."""
    port = servers.free_port()
    folder.mkdir(parents=True)
    (folder / "tmp").mkdir()
    environment = {
        **os.environ,
        "TESTING": "",
        "DJANGO_SETTINGS_MODULE": "tests.production_settings",
        "SECRET_KEY": "of-the-servers-of-tests-" + "vB7q2LmX9s" * 4,
        "ALLOWED_HOSTS": "localhost",
        "SITE_ADDRESS": f"https://localhost:{proxy_port}",
        "DATABASE_URL": url_of_the_test_database(),
        "DATABASE_CONNECTION_SECONDS": "0",  # an idle connection would block the tests' TRUNCATE
        "TRUSTED_PROXIES": "1",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "no-reply@careerplan.test",
        "TMPDIR": str(folder / "tmp"),
        "WEB_BIND": f"127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:careerplan.web_server"]
    process = servers.start(command, folder=folder, log="log", env=environment)
    servers.wait_until(lambda: answers(port), process, folder / "log")
    return Server(process, port, folder)


def start_nginx(folder: Path, *, web: int, port: int, **more: str) -> Server:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program:
        raise servers.Missing("The tests need nginx: install the package 'nginx-light'.")
    folder.mkdir(parents=True)
    certify(folder)
    plain = servers.free_port()
    values = {
        "NGINX_ACCESS_LOG": str(folder / "access.log"),
        "NGINX_SLOW_SECONDS": str(SLOW_SECONDS),
        "NGINX_BODY_LIMIT": BODY_LIMIT,
        "NGINX_PAGES_PER_SECOND": "60",
        "NGINX_SIGN_INS_PER_SECOND": "2",
        "NGINX_BODY_FOLDER": str(folder / "client_body"),
        "NGINX_TRUSTED": "unix:",
        "NGINX_WEB": f"127.0.0.1:{web}",
        "NGINX_TLS_FOLDER": str(folder),
        "NGINX_HTTP_PORT": f"127.0.0.1:{plain}",
        "NGINX_HTTPS_PORT": f"127.0.0.1:{port}",
        "NGINX_PAGES": str(NGINX / "pages"),
        "SITE_ADDRESS": f"https://localhost:{port}",
        **more,
    }
    (folder / "nginx.conf").write_text(with_places(filled(values), folder))
    person = "user root; " if os.geteuid() == 0 else ""
    command = [program, "-e", "stderr", "-c", str(folder / "nginx.conf")]
    command += ["-g", f"{person}daemon off; pid {folder}/pid;"]
    process = servers.start(command, folder=folder, log="log")
    servers.wait_until(lambda: answers(plain, "/.proxy-alive"), process, folder / "log")
    return Server(process, port, folder)


def filled(values: dict[str, str]) -> str:
    """As the image's envsubst does it: variables that it is given, and no others."""
    template = (NGINX / "nginx.conf.template").read_text()
    return re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], template)


def with_places(text: str, folder: Path) -> str:
    kinds = ("proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return text.replace("http {\n", f"http {{\n{places}", 1).replace("worker_processes auto", "worker_processes 1")


def certify(folder: Path) -> None:
    """A certificate for localhost, valid for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251  # browsers go by it
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(private)


def answers(port: int, path: str = "/healthz/") -> bool:
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), servers.LOOK_SECONDS) as connection,
    ):
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return connection.recv(64).startswith((b"HTTP/1.1 200", b"HTTP/1.1 204"))
    return False


# --- those who ask ----------------------------------------------------------------------------


def encrypted(port: int, *, source: str = "127.0.0.1", protocol: str = "http/1.1") -> ssl.SSLSocket:
    """A connection to the proxy from this address of the machine."""
    plain = socket.create_connection(("127.0.0.1", port), servers.LOOK_SECONDS, source_address=(source, 0))
    plain.settimeout(LONGEST_WAIT)
    return trusting(protocol).wrap_socket(plain, server_hostname="localhost")


@cache
def trusting(protocol: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols([protocol])
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def http2_status(port: int, method: str, path: str, body: bytes) -> int:
    """Of a request over HTTP/2 that doesn't say how long its body is."""
    said = {":method": method, ":scheme": "https", ":path": path, ":authority": "localhost"}
    block = b"".join(literal(name, value) for name, value in said.items())
    with contextlib.closing(encrypted(port, protocol="h2")) as connection:
        assert connection.selected_alpn_protocol() == "h2"
        settings, headers, data = frame(4, 0, 0, b""), frame(1, 4, 1, block), frame(0, 1, 1, body)
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + headers + data)
        reader = connection.makefile("rb")
        while head := reader.read(9):
            answer = reader.read(int.from_bytes(head[:3]))
            if head[3] == 1:  # headers; nginx writes the status in plain digits
                return int(re.search(rb"\x03(\d{3})", answer)[1])
    raise AssertionError("It ended without an answer.")


def literal(name: str, value: str) -> bytes:
    """A header as HPACK writes it without its tables."""
    return b"\0" + b"".join(bytes([len(word)]) + word.encode() for word in (name, value))


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + payload


# One thread sends and listens by turns: two would use one TLS connection at once, which it does not bear.
NOT_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def post_of_600_mb(connection: socket.socket, path: str, *headers: str) -> tuple[bytes, int]:
    """The beginning of the answer, and how many bytes of the body were sent until it came."""
    head = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "X-Forwarded-Proto: https",
        "Content-Length: 600000000",
        *headers,
    ]
    connection.sendall("\r\n".join([*head, "", ""]).encode())
    connection.setblocking(False)
    sent, piece, refused = 0, b"x" * 65536, False
    while sent < 600_000_000:
        with contextlib.suppress(*NOT_YET):
            return begin_of(connection), sent
        assert not refused, "the connection takes no more, and there is no answer"
        try:
            sent += connection.send(piece)
        except NOT_YET:
            assert any(select.select([connection], [connection], [], LONGEST_WAIT)), "nothing moves"
        except OSError:  # closed there: the answer has come before
            refused = True
    connection.settimeout(LONGEST_WAIT)
    return begin_of(connection), sent


def begin_of(connection: socket.socket) -> bytes:
    """Raises one of NOT_YET. Nothing where the connection was cut."""
    try:
        return connection.recv(4096)
    except ConnectionError:
        return b""


def written_by(process: subprocess.Popen) -> int:
    """Bytes that a server and its children have written to files and pipes so far, as the system counts them."""
    family = [process.pid, *children_of(process.pid)]
    counted = [(Path("/proc") / str(pid) / "io").read_text() for pid in family]
    return sum(int(re.findall(r"^wchar: (\d+)$", text, re.MULTILINE)[0]) for text in counted)


def children_of(pid: int) -> Iterator[int]:
    return map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
