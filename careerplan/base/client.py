"""Which address a request came from: that of who asks, and not that of a proxy before us.

`X-Forwarded-For` is a list to which each proxy adds, at its end, the address that it was asked from. What stands before
the entries of our own proxies may have been sent by the browser, and is never believed.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> str | None:
    """The address as text; None where nothing trustworthy says one (a local socket without its proxy)."""
    asked_from = read(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    found = behind_count(asked_from, forwarded, trusted) if isinstance(trusted, int) else asked_from
    if not isinstance(trusted, int):
        while found is not None and forwarded and any(found in network for network in trusted):
            before = read(forwarded.pop())
            if before is None:
                break
            found = before
    return None if found is None else str(found)


def behind_count(asked_from: Address | None, forwarded: list[str], count: int) -> Address | None:
    """Where so many proxies stand before us, the outermost wrote the last entry but `count - 1`. A request that passed
    fewer of them says nothing to be believed."""
    if not 0 < count <= len(forwarded):
        return asked_from
    return read(forwarded[-count]) or asked_from


def read(text: str) -> Address | None:
    """An address as proxies write it: perhaps with its port, in brackets, or an IPv4 address in IPv6's clothes."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
