"""An action that is refused says so in words, and says what to do next.

Code decides by the refusal's `code`, never by its sentence.
"""

from typing import Any


class Refusal(Exception):
    """Nothing was changed. `field` names the form field that the sentence belongs to, if any; `facts` are what the
    action had found out by then, for the page that answers."""

    status = 409
    # Whether the page that it leads to answers it, and not the form that was posted.
    has_page = False

    def __init__(self, code: str, sentence: Any, *, field: str | None = None):
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.facts: dict[str, Any] = {}
        # A page that goes on from here, and what its link says; with `has_page` it is opened at once.
        self.leads_to, self.leads_as = "", ""

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class NotAllowed(Refusal):
    """The person may see the thing but may not do this to it."""

    status = 403


class StaleRow(Refusal):
    """Someone else changed the row since the form was opened; `current` is the row as it stands now."""

    def __init__(self, current: Any, sentence: Any):
        super().__init__("stale-row", sentence)
        self.current = current
