"""Changes and the rules that decide about them, as people read them."""

import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acknowledgments.contents.changes import ADDED, REMOVED, Change
from acknowledgments.contents.items import KINDS, PlanContents
from acknowledgments.contents.kinds import BY_NAME, reference
from acknowledgments.rules.decisions import Decision
from acknowledgments.rules.policy import RULE_SET_NAMES, UNSPOKEN, Requirement
from acknowledgments.rules.silence import sentence_of, why_asked
from careerplan.base.readable import day
from careerplan.base.telling import Names
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Field, Kind, Part

MARKS = {ADDED: gettext_lazy("Added"), REMOVED: gettext_lazy("Removed")}

# Decisions that were sealed by former releases name the resolution of an ambiguity by its code, which no reader knows.
CODES = re.compile(r" \(AMB-[^)]*\)")


def decision_rows(decision: Decision, before: PlanContents | None, after: PlanContents) -> list[dict[str, Any]]:
    """Each change with its rule; a row without `what` is about the plan as a whole."""
    names = names_of(before, after) if before else names_of(after)
    return [requirement_row(requirement, names, decision) for requirement in decision.requirements]


def requirement_row(requirement: Requirement, names: Names, decision: Decision) -> dict[str, Any]:
    rule = requirement.rule
    sentence = sentence_of(requirement, plan_type=decision.plan_type, rule_set=decision.rule_set)
    row = {"needs": rule.needs, "sentence": _(sentence), "citation": cited(rule.code, rule.citation), "code": rule.code}
    return row | (change_row(requirement.change, names) if requirement.change else {})


def stored_rows(decision: dict[str, Any], contents: PlanContents) -> list[dict[str, Any]]:
    """The changes of a decision as it is stored with the seal of `contents` (decisions.requirement_data), in today's
    language."""
    names = names_of(contents)
    return [
        {
            "kind": MARKS.get(row["kind"], _("Changed")),
            "what": _(BY_NAME[row["what"]].label) if row["kind"] else "",
            "label": told_as(row["label"], names.get((row["what"], row["id"]), "")),
            "needs": row["needs_acknowledgment"],
            "sentence": _(stored_sentence(row, decision)),
            "citation": cited(row["rule"], row["citation"]),
            "word": word_about(
                BY_NAME[row["what"]],
                row.get("asked", {}).get("rewording", ""),
                [field["name"] for field in row["fields"]],
            ),
        }
        for row in decision.get("changes", [])
    ]


def decided_by(decision: dict[str, Any]) -> str:
    """By which rules, in which edition, and on which day a stored decision was made."""
    named = {
        "rules": _(RULE_SET_NAMES[decision["rules"]]),
        "edition": decision["rules_version"],
        "day": day(decision["decided_on"]),
    }
    return _("Decided by %(rules)s (edition %(edition)s) on %(day)s.") % named


def stored_sentence(row: dict[str, Any], decision: dict[str, Any]) -> str:
    if row["rule"] != UNSPOKEN.code or not row["kind"]:
        return str(row["sentence"])
    fields = [field["name"] for field in row["fields"]]
    service_class = row.get("asked", {}).get("service_class", "")
    context = {"plan_type": decision["plan_type"], "rule_set": decision["rules"]}
    return why_asked(row["what"], row["kind"], fields, service_class, **context)


def cited(code: str, citation: str) -> str:
    """Where the sentence stands; "" where it says itself that it stands nowhere."""
    return "" if code == UNSPOKEN.code else CODES.sub("", citation)


def change_rows(changes: list[Change], before: PlanContents, after: PlanContents) -> list[dict[str, Any]]:
    """The changes alone, for the customer and for two versions side by side."""
    names = names_of(before, after)
    return [change_row(change, names) for change in changes]


def names_of(*all_contents: PlanContents) -> Names:
    """What the items are called, where another one refers to them."""
    return {
        (kind.name, item.id): kind.title(item)
        for contents in all_contents
        for kind in KINDS
        for item in contents.of(kind)
    }


def item_rows(kind: Kind, contents: PlanContents) -> list[dict[str, Any]]:
    """The items of a kind with all that is compared of them."""
    names = names_of(contents)
    return [
        {"ref": reference(kind, item.id), "title": kind.title(item), "facts": facts_of(kind, item, names)}
        for item in contents.of(kind)
    ]


def facts_of(kind: Kind, item: Any, names: Names) -> list[dict[str, str]]:
    facts = [{"label": _(field.label), "value": in_words(field, item, names)} for field in kind.compared]
    return [fact for fact in facts if fact["value"]]


def change_row(change: Change, names: Names) -> dict[str, Any]:
    part = change.what
    heading = part.heading(change.item) if isinstance(part, Kind) and part.heading else _(part.label)
    return {
        "kind": MARKS.get(change.kind, _("Changed")),
        "what": heading,
        "label": label_of(change, names),
        "word": word_about(part, change.rewording, change.field_names),
        "fields": [
            {
                "label": _(field.label),
                "before": in_words(field, change.before, names),
                "after": in_words(field, change.after, names),
            }
            for field in part.fields
            if field.name in change.field_names and not is_said_by_another(field, change)
        ],
    }


def label_of(change: Change, names: Names) -> str:
    """What the item is called, in the reader's words where the contents were told in them (`paper.plain`)."""
    if getattr(change.item, "explores", False) and change.what is not PLAN:
        return _(change.label)
    return told_as(change.label, names.get((change.what.name, change.id), ""))


def told_as(label: str, name: str) -> str:
    """A sealed name as the reader is told it; as it is sealed, where the contents name the item otherwise."""
    return name if label in {name, getattr(name, "official", "")} else label


def is_said_by_another(field: Field, change: Change) -> bool:
    """Which time a goal is off track goes without saying where its status says that it is."""
    return field.name == "times_off_track" and "status" in change.field_names


def word_about(part: Part, rewording: str, field_names: Collection[str]) -> str:
    """The planner's word, where the text that it is about was changed; "" where it was not, or nothing was said."""
    return _(part.words[rewording]) if rewording in part.words and part.text in field_names else ""


def in_words(field: Field, item: Any, names: Names) -> str:
    """A field of an item as it is read; "" where it is empty."""
    return field.told(getattr(item, field.name), item, names)
