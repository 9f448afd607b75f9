"""What is wrong with a file is said beside its field, with what to do."""

from typing import Any

from careerplan.base.refusals import Refusal


def unfit(code: str, sentence: Any) -> Refusal:
    return Refusal(code, sentence, field="file")
