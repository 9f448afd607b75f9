"""How often a password may be tried, and a link asked for: counted in the database, where no try slips through.

A try is counted before the password is looked at, in one statement, and taken back where it was right. So as many are
looked at as the budget has, however many come at once, and whether or not Redis is up.

An account has one budget, whatever name is typed; a name that nobody has, has its own. A device on which the person
signed in before has another, and is not counted for its address: nobody keeps a person out by typing wrong passwords.
Where an address has no try left, the first ones of each account are looked at even so, up to an end for all of them:
nobody shuts a library out at once, and nobody goes through all accounts from there.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.known_devices import device_of
from careerplan.accounts.models import TryCount, User
from careerplan.accounts.names import canonical
from careerplan.base.client import address_of


@dataclass(frozen=True)
class Budget:
    """So many tries within a time that begins with the first of them."""

    most: int
    within: timedelta
    # Where an address has no try left: so many of each account are looked at, and so many more of the address.
    even_so: int = 0


SHORT, DAY = timedelta(minutes=5), timedelta(days=1)
HOUR = timedelta(hours=1)
# Only wrong ones count. Many people share the address of an office or a library.
SIGN_IN = {
    "account": (Budget(5, SHORT, even_so=2), Budget(50, DAY, even_so=10)),
    "device": (Budget(10, SHORT), Budget(50, DAY)),
    "address": (Budget(100, SHORT, even_so=200), Budget(1000, DAY, even_so=2000)),
}
OLD_PASSWORD = {"account": (Budget(5, SHORT), Budget(50, DAY))}
# Each one counts: it is an e-mail. "unknown": e-mails to addresses that are nobody's, which no answer tells of.
LINK = {
    "account": (Budget(5, HOUR, even_so=2),),
    "device": (Budget(5, HOUR),),
    "address": (Budget(100, HOUR, even_so=200),),
    "unknown": (Budget(100, HOUR),),
}

# The code of a form's error, by which its page answers 429.
TOO_MANY = "too-many-tries"
TOO_MANY_TRIES = _(
    "Too many wrong tries. Try again later, or choose “Forgot your password?”: a new password works at once."
)
TOO_MANY_TRIES_SIGNED_IN = _("Too many wrong tries. Try again later, or sign out and choose “Forgot your password?”.")
TOO_MANY_LINKS = _("We were asked for too many e-mails. Look for the one that came last, or try again in an hour.")

# With each new budget some old rows go, so that the table holds about those of a day.
CLEARED_AT_ONCE = 20


@dataclass(frozen=True)
class Counted:
    """What a try was counted for: by key, the most that it may have, and when it ends."""

    budgets: dict[str, Budget]
    # Which of them have no try left: "account", "device" or "address".
    over: tuple[str, ...]
    # The address had its e-mails to people whom nobody knows: it is answered as ever, and none is sent.
    is_quiet: bool = False
    # It is looked at though the address has no try left, which nobody was told of in this window.
    is_news: bool = False
    # The person signed in on this device before.
    is_of_known_device: bool = False

    @property
    def is_over(self) -> bool:
        return bool(self.over)


def count_sign_in(request: HttpRequest, person: User | None, name: str, *, at: datetime) -> Counted:
    return count("sign-in", SIGN_IN, request, person, name, at=at)


def count_link(request: HttpRequest, person: User | None, name: str, *, at: datetime) -> Counted:
    """Asking for a link to set a new password."""
    return count("link", LINK, request, person, name, at=at)


def count_old_password(person: User, *, at: datetime) -> Counted:
    """On every page that asks a person who is signed in for the password: they have one budget."""
    return counted({("old-password", "account", f"user {person.pk}"): OLD_PASSWORD["account"]}, at=at)


def count(
    what: str,
    budgets: Mapping[str, Sequence[Budget]],
    request: HttpRequest,
    person: User | None,
    name: str,
    *,
    at: datetime,
) -> Counted:
    device = device_of(request, person.pk) if person else ""
    if device and person:  # and of this password: with a new one all its devices begin anew
        return counted({(what, "device", f"{device} {person.password}"): budgets["device"]}, at=at)
    subject = f"user {person.pk}" if person else f"name {canonical(name)}"
    network = network_of(request)
    subjects = {(what, "account", subject): budgets["account"], (what, "address", network): budgets["address"]}
    if "unknown" in budgets:  # known ones are counted as well, and not looked at: both take the same steps
        apart = "known" if person else "unknown"
        subjects[what, apart, network] = budgets["unknown"]
    return counted(subjects, at=at)


def network_of(request: HttpRequest) -> str:
    """The address; of IPv6 the network that one household or office has."""
    text = address_of(request) or ""
    if text and isinstance(ip_address(text), IPv6Address):
        return str(ip_network(f"{text}/64", strict=False))
    return text


def counted(subjects: dict[tuple[str, str, str], Sequence[Budget]], *, at: datetime) -> Counted:
    rows = {
        key_of(what, kind, subject, str(budget.within)): (kind, budget)
        for (what, kind, subject), budgets in subjects.items()
        for budget in budgets
    }
    budgets = {key: budget for key, (_kind, budget) in rows.items()}
    tries = add(budgets, 1, at=at)
    if 1 in tries.values():
        clear_old(at=at)
    used_up = dict.fromkeys(kind for key, (kind, budget) in rows.items() if tries[key] > budget.most)
    over = tuple(kind for kind in used_up if kind not in ("known", "unknown"))
    is_news = False
    if over == ("address",) and all(tries[key] <= last_even_so(kind, budget) for key, (kind, budget) in rows.items()):
        over, is_news = (), is_first(what_is_used_up(subjects), at=at)
    if over:  # what nobody looks at counts for nothing
        add(budgets, -1, at=at)
    is_known = any(kind == "device" for kind, _budget in rows.values())
    return Counted(budgets, over, is_quiet="unknown" in used_up, is_news=is_news, is_of_known_device=is_known)


def last_even_so(kind: str, budget: Budget) -> float:
    """The last try that is looked at where the address has none left."""
    return {"account": budget.even_so, "address": budget.most + budget.even_so}.get(kind, math.inf)


def what_is_used_up(subjects: dict[tuple[str, str, str], Sequence[Budget]]) -> dict[str, Budget]:
    """Keys to count how often it was told of: by the address, within the shortest of its budgets."""
    addresses = {subject: budgets for subject, budgets in subjects.items() if subject[1] == "address"}
    return {key_of(what, "told", address): budgets[0] for (what, _kind, address), budgets in addresses.items()}


def is_first(budgets: dict[str, Budget], *, at: datetime) -> bool:
    return 1 in add(budgets, 1, at=at).values()


def take_back(what: Counted, *, at: datetime) -> None:
    """The password was right, or nobody looked at it."""
    add(what.budgets, -1, at=at)


def key_of(*parts: str) -> str:
    """Keyed: the table tells nobody which names were typed, and from where."""
    return salted_hmac("careerplan.accounts.tries", "\n".join(parts), algorithm="sha256").hexdigest()


def forget(person: User) -> None:
    """The person proved who it is by the link in the e-mail: what strangers tried before does not count."""
    keys = [
        key_of(what, "account", f"user {person.pk}", str(budget.within))
        for what, budgets in (("sign-in", SIGN_IN), ("link", LINK), ("old-password", OLD_PASSWORD))
        for budget in budgets["account"]
    ]
    TryCount.objects.filter(key__in=keys).delete()


# One statement counts all: rows in the order of their keys, so that two at once never wait for each other in a circle.
ADD = """
INSERT INTO {table} AS was (key, tries, ends_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN was.ends_at <= %s THEN excluded.tries
          WHEN was.tries + %s < 0 THEN 0 ELSE was.tries + %s END,
  ends_at = CASE WHEN was.ends_at <= %s THEN excluded.ends_at ELSE was.ends_at END
RETURNING key, tries
"""


def add(budgets: dict[str, Budget], number: int, *, at: datetime) -> dict[str, int]:
    """The tries by key, this one among them."""
    now = stored(at)
    values: list[Any] = []
    for key in sorted(budgets):
        values += [key, max(number, 0), stored(at + budgets[key].within)]
    rows = ", ".join(["(%s, %s, %s)"] * len(budgets))
    sql = ADD.format(table=connection.ops.quote_name(TryCount._meta.db_table), rows=rows)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, now, number, number, now])
        return dict(cursor.fetchall())


def stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


@transaction.atomic
def clear_old(*, at: datetime) -> None:
    old = TryCount.objects.filter(ends_at__lt=at).order_by("ends_at").select_for_update(skip_locked=True)
    TryCount.objects.filter(key__in=list(old.values_list("key", flat=True)[:CLEARED_AT_ONCE])).delete()
