"""What a class of services adds to the form of a planned service."""

from typing import Any, ClassVar

from django import forms


class FormPart(forms.Form):
    """Its fields bear the names of the detail row's. It is mixed into `services.forms.ServiceForm`.

    `first_rows`, `class_rows`: how they stand, side by side, before and after the fields of every class, some of which
    they may name; `without`: fields of every class that this class has no use for; `amount_words`: how the class
    explains the dollar value, where it does not say what every class says.
    """

    # Of the form into which it is mixed.
    row: Any
    helper: Any

    first_rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    class_rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    without: ClassVar[tuple[str, ...]] = ()
    amount_words: ClassVar[Any] = ""
