"""A customer's line about an item of a waiting plan, and the planner's line back."""

from acknowledgments.agreement.talking import answer_question, ask_about_item
from goals.items import GOAL
from tests import states
from tests.people import tyrell, youth_planner

WHY_NOT = "Why not in the spring?"


def item_of(request, kind=GOAL):
    return request.seal.contents.of(kind)[0]


def ask(request, kind=GOAL, *, text=WHY_NOT, stance="asks", by=None, at=None):
    line = {"kind": kind, "item_id": item_of(request, kind).id, "text": text, "stance": stance}
    return ask_about_item(request, **line, by=by or tyrell().user, at=at or states.now())


def answer(question, words="The course is only in the fall.", by=None):
    return answer_question(question, answer=words, by=by or youth_planner(), at=states.now())
