"""The secret in a supervisor's link, and the code that goes with it.

Kept are a seed and digests. The secret comes of the seed and the installation's key (HMAC), so that the e-mail can be
written when it leaves, while whoever reads the database alone opens nothing. The code, which is told by telephone, is
kept as a keyed digest alone: it is shown once, and nobody can show it again.
"""

import secrets
import unicodedata

from django.utils.crypto import constant_time_compare, salted_hmac

from customers.calendar_feeds import digest_of

SEED_BYTES = 32
DIGITS = 6
# Of the secret, as the address has it: 256 bits.
LENGTH = 64


def new_seed() -> str:
    return secrets.token_hex(SEED_BYTES)


def secret_of(seed: str) -> str:
    return salted_hmac("careerplan.worksites.supervisor", seed, algorithm="sha256").hexdigest()


def secret_digest(secret: str) -> str:
    """By which a link is found: of 256 bits nobody finds one by trying, so that a plain digest is enough."""
    return digest_of(secret)


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_digest(code: str, seed: str) -> str:
    """Keyed, since six digits are soon tried through; of the link, so that equal codes don't look equal."""
    return salted_hmac("careerplan.worksites.code", f"{seed}\n{code}", algorithm="sha256").hexdigest()


def is_code(typed: str, seed: str, digest: str) -> bool:
    """Spaces and strokes between the digits are forgiven, and so are the digits of other scripts."""
    code = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed if not sign.isspace() and sign not in "-.–")
    return len(code) == DIGITS and constant_time_compare(code_digest(code, seed), digest)


def in_two(code: str) -> str:
    """As people read it aloud."""
    return f"{code[:3]} {code[3:]}"
