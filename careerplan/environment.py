"""Reads settings from the environment, with plain types, and collects what is wrong with them.

A reader never raises: it notes a fault and gives the default, so that `refuse_faults` names all of them at once. What
is empty counts as not set, since docker-compose passes on as empty what nobody set. A secret may stand in a file, which
NAME_FILE names. docs/running.md lists every name; a test compares.
"""

import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
# What Django's own check asks for is 50; a key of 32 bytes, written in letters and digits, has 43.
SHORTEST_KEY, FEWEST_LETTERS = 32, 8
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
NAME = rf"{LABEL}(?:\.{LABEL})*"
# A process that can't start ends with it; gunicorn starts no other in its place.
CANNOT_START = 3

FAULTS: list[str] = []


class Faults(ImproperlyConfigured):
    """All that is wrong with the settings; each a sentence that begins with the variable's name."""

    def __init__(self, sentences: Sequence[str]):
        self.sentences = list(sentences)
        super().__init__("CareerPlan can't start with these settings:\n" + "\n".join(f"- {each}" for each in sentences))


def fault(sentence: str) -> None:
    if sentence not in FAULTS:
        FAULTS.append(sentence)


def refuse_faults() -> None:
    """Raises Faults where a reader noted one; called once all are read."""
    found = list(FAULTS)
    FAULTS.clear()
    if found:
        raise Faults(found)


@contextmanager
def plainly() -> Iterator[None]:
    """End the process with the sentences alone where it can't start: a traceback tells nothing to who sets it up."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(CANNOT_START) from None


def is_set(name: str) -> bool:
    return bool(os.environ.get(name, "").strip())


def require(name: str, says: str, *, in_file: bool = False) -> None:
    """Of what has no default in production; `says`: what to set it to; `in_file`: it is a secret, which may stand in
    its file."""
    if not (is_set(name) or (in_file and is_set(f"{name}_FILE"))):
        fault(f"{name} is not set: {says}.")


def text(name: str, default: str = "") -> str:
    return os.environ[name] if is_set(name) else default


def secret(name: str, default: str = "") -> str:
    """What may stand in the file that NAME_FILE names instead; of the file without the line's end."""
    in_file = f"{name}_FILE"
    if not is_set(in_file):
        return text(name, default)
    if is_set(name):
        fault(f"{name} and {in_file} are both set: set one of them.")
        return default
    path = Path(os.environ[in_file])
    try:
        found = path.read_text().rstrip("\r\n")
    except (OSError, ValueError) as error:
        fault(f"{in_file}, {path}, can't be read: {reason_of(error)}.")
        return default
    if not found.strip():
        fault(f"{in_file}, {path}, is empty.")
        return default
    return found


def key(name: str, default: str | None) -> str:
    """A secret that signs. `default`: for where it need not be one; None where it must be set, long and random."""
    noted = len(FAULTS)
    found = secret(name, default or "")
    if default is not None or len(FAULTS) > noted:
        return found
    if not found:
        fault(f"{name} is not set: set it to a long random text; every installation has its own.")
    elif is_weak(found):
        fault(
            f"{name} is too easy to guess: use {SHORTEST_KEY} letters or more, {FEWEST_LETTERS} of them different, as "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(60))' makes them."
        )
    return found


def is_weak(found: str) -> bool:
    return len(found) < SHORTEST_KEY or len(set(found)) < FEWEST_LETTERS


def former_keys(name: str) -> list[str]:
    """As `key`, a list of them: what one of them signed is believed, so that each has to be as good."""
    found = parted(secret(name))
    if any(is_weak(each) for each in found):
        fault(f"{name} has a key that is too easy to guess: keep those of {SHORTEST_KEY} letters or more alone.")
    return found


def numbers(name: str, default: tuple[int, ...], *, least: int, most: int) -> tuple[int, ...]:
    """A comma-separated list of whole numbers, each once, in order."""
    found = parted(text(name))
    if not all(word.isdecimal() and least <= int(word) <= most for word in found):
        fault(f"{name} is {text(name)!r}: write whole numbers from {least} to {most} with commas between.")
        return default
    return tuple(sorted({int(word) for word in found})) or default


def flag(name: str, default: bool = False) -> bool:
    word = text(name).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    if word:
        fault(f"{name} is {text(name)!r}: use one of 1, true, yes, on, 0, false, no, off.")
    return default


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number within its bounds, which belong to it."""
    found = text(name).strip()
    if not found:
        return default
    bounds = f"from {least} to {most}" if most is not None else f"of {least} or more"
    if found.removeprefix("-").isdecimal() and least <= int(found) and (most is None or int(found) <= most):
        return int(found)
    fault(f"{name} is {found!r}: use a whole number {bounds}.")
    return default


def choice(name: str, choices: Collection[str], default: str) -> str:
    found = text(name, default).strip()
    if found in choices:
        return found
    fault(f"{name} is {found!r}: use {', '.join(sorted(choices))}.")
    return default


def words(name: str, default: str = "", *, choices: Collection[str] | None = None) -> list[str]:
    """A comma-separated list; empty entries are dropped. `choices`: where other words mean nothing."""
    found = parted(text(name, default))
    for unknown in [word for word in found if choices is not None and word not in choices]:
        fault(f"{name} has {unknown!r}: use of {', '.join(sorted(choices or ()))}.")
    return found


def proxies(name: str, *, required: bool) -> int | list[IPv4Network | IPv6Network]:
    """How many proxies stand before the web, or the addresses and networks of those that do; `0` for none."""
    value = words(name)
    if not value and required:
        fault(f"{name} is not set: say how many proxies stand before the web (0 for none), or list their addresses.")
    if len(value) <= 1 and "".join(value or ["0"]).isdecimal():
        return int("".join(value or ["0"]))
    try:
        found = [network_of(entry) for entry in value]
    except ValueError:
        fault(f"{name} is {', '.join(value)!r}: use a number of proxies, or addresses and networks such as 10.0.0.0/8.")
        return 0
    for entry, network in zip(value, found, strict=True):
        if network.prefixlen < WIDEST_NETWORK[network.version]:
            fault(f"{name} has {entry!r}: nobody has so many proxies, and whoever is in it would be believed.")
    return found


# In bits: 10.0.0.0/8 and fc00::/7 are the widest networks that are anybody's own.
WIDEST_NETWORK = {4: 8, 6: 7}
MAPPED = IPv6Network("::ffff:0:0/96")


def network_of(entry: str) -> IPv4Network | IPv6Network:
    """An IPv4 network in IPv6's clothes is that of IPv4, as addresses are (`base/client.py`). Raises ValueError."""
    found = ip_network(entry, strict=False)
    if isinstance(found, IPv6Network) and found.subnet_of(MAPPED):
        mapped = found.network_address.ipv4_mapped
        return IPv4Network((int(mapped or 0), found.prefixlen - MAPPED.prefixlen))
    return found


def parted(found: str) -> list[str]:
    return [word.strip() for word in found.split(",") if word.strip()]


def hosts(name: str, default: str) -> list[str]:
    """Names of this installation, as the browser sends them, without scheme."""
    found = words(name, default)
    for wrong in [host for host in found if host != "*" and not is_host(host.removeprefix("."), in_address=True)]:
        fault(f"{name} has {wrong!r}: use the name alone, without scheme and port, such as careerplan.example.org.")
    return found


def host(name: str, default: str) -> str:
    """A server's name or address, alone: where a port or a scheme belongs to it, they have settings of their own."""
    found = text(name, default).strip()
    if is_host(found):
        return found
    fault(f"{name} is {found!r}: use the server's name or address alone, such as mail.example.org.")
    return default


def is_host(found: str, *, in_address: bool = False) -> bool:
    """`in_address`: an address of IPv6 stands in brackets there."""
    if re.fullmatch(NAME, found):
        return True
    bare = re.fullmatch(r"\[(.*)\]", found) if in_address else re.fullmatch("(.*)", found)
    with suppress(ValueError):
        return bare is not None and ip_address(bare[1]) is not None
    return False


def origins(name: str) -> list[str]:
    found = words(name)
    for wrong in [origin for origin in found if not is_origin(origin.replace("://*.", "://", 1))]:
        fault(f"{name} has {wrong!r}: use https:// and the name alone, such as https://careerplan.example.org.")
    return found


def address(name: str, default: str) -> str:
    """Of the installation itself, http or https, without the last stroke."""
    found = text(name, default).strip().rstrip("/")
    if not is_origin(found):
        fault(f"{name} is {found!r}: use https:// and the name alone, such as https://careerplan.example.org.")
        return default
    return found


def page(name: str) -> str:
    """The whole address of a page to which secrets go, by TLS but to this machine itself; "" where none is."""
    found = text(name).strip()
    parts = urlsplit(found) if is_address(found, ("http", "https")) else None
    if not found or (parts and (parts.scheme == "https" or parts.hostname in THIS_MACHINE)):
        return found
    fault(f"{name} is {found!r}: use a whole address that begins with https://.")
    return ""


THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


def is_origin(found: str) -> bool:
    """Scheme, name and perhaps a port; what follows them means nothing to browsers, and would stand in each link."""
    place = found.partition("://")[2]
    with_port = re.fullmatch(r"(.+?)(?::\d+)?", place)
    return is_address(found, ("http", "https")) and with_port is not None and is_host(with_port[1], in_address=True)


def redis(name: str) -> str:
    """The address may hold a password, and is not repeated."""
    found = secret(name).strip()
    wrong_number = not found.startswith("unix:") and not re.fullmatch(r"[^/]*//[^/]*(/\d*)?(\?.*)?", found)
    if found and (wrong_number or not is_address(found, ("redis", "rediss", "unix"))):
        fault(f"{name} is no address of Redis: use redis://host:port/number, rediss:// for TLS, or unix:///path.")
        return ""
    return found


def is_address(found: str, schemes: Collection[str]) -> bool:
    with suppress(ValueError):
        parts = urlsplit(found)
        has_place = bool(parts.path) if parts.scheme == "unix" else bool(parts.hostname)
        return parts.scheme in schemes and has_place and parts.port != 0  # `port` raises where it is no number
    return False


def sender(name: str, default: str) -> str:
    """An e-mail address, with or without a name before it."""
    found = text(name, default)
    if found.isprintable() and is_mailbox(parseaddr(found)[1]):
        return found
    fault(f"{name} is {found!r}: use an e-mail address, such as CareerPlan <no-reply@example.org>.")
    return default


def mailboxes(name: str) -> list[str]:
    """E-mail addresses, comma-separated."""
    found = words(name)
    for wrong in [each for each in found if not is_mailbox(each)]:
        fault(f"{name} has {wrong!r}: use e-mail addresses, such as duty@example.org.")
    return found


def is_mailbox(found: str) -> bool:
    person, _at, place = found.rpartition("@")
    return re.fullmatch(r"[^\s@<>,;:\"]+", person) is not None and is_host(place, in_address=True)


def socket_address(name: str) -> str:
    """`host:port`, or the path of a socket; "" where it is not set."""
    found = text(name).strip()
    host, _colon, port = found.rpartition(":")
    if not found or found.startswith("/") or (host and port.isdecimal() and 0 < int(port) < 65536):
        return found
    fault(f"{name} is {found!r}: use host:port, or the whole path of a socket.")
    return ""


def time_zone(name: str, default: str) -> str:
    found = text(name, default).strip()
    try:
        ZoneInfo(found)
        return found
    except (ValueError, OSError, KeyError):  # no good name, a folder of names, none of the names
        fault(f"{name} is {found!r}: use a name of the IANA time zones, such as America/Chicago.")
        return default


def folder(name: str, default: Path, *, is_used: bool = True) -> Path:
    """A folder that can be written to, or made. `is_used`: whether the default is written to, too."""
    path = Path(text(name, str(default)))
    if is_used or is_set(name):
        there = next((each for each in (path, *path.absolute().parents) if os.path.lexists(each)), Path("/"))
        try:
            tempfile.TemporaryFile(dir=there).close()
        except OSError as error:
            fault(f"{name}, {path}, can't be written to: {reason_of(error)}.")
    return path


def locale_folders(name: str) -> list[Path]:
    """The folder of an agency's own words, LANGUAGE/LC_MESSAGES/django.mo in it; none where it is not set."""
    if not is_set(name):
        return []
    path = Path(text(name))
    catalogs = list(path.glob("*/LC_MESSAGES/django.mo"))
    if not catalogs:
        fault(f"{name}, {path}, has no words in it: it should hold en/LC_MESSAGES/django.mo, or another language's.")
    for catalog in catalogs:
        refuse_unreadable(name, str(catalog))
    return [path]


def file(name: str) -> str:
    """The path of a file that can be read; "" where it is not set."""
    found = text(name)
    if found:
        refuse_unreadable(name, found)
    return found


def refuse_unreadable(name: str, path: str) -> None:
    try:
        Path(path).open("rb").close()
    except (OSError, ValueError) as error:
        fault(f"{name}, {path}, can't be read: {reason_of(error)}.")


def reason_of(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or "it is not plain text"
