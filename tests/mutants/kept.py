"""The mutants that people wrote: `kept/<subject>.toml`, one file for each module or subject.

    file = "services/gate.py"
    tests = ["tests/services/test_gate.py"]

    [[mutants]]
    id = "no-gate"
    breaks = "WIS-012: no start before the version that lists the service is active"
    old = "        require_authorised(planned)"
    new = "        pass"

`old` stands in the file exactly once. A mutant may name a `file` and `tests` of its own. `commits = true`: with the
tests that commit, which are left out otherwise (they are slow). `same_because`: why it means the same today, so that it
must survive.
"""

import ast
import difflib
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).resolve().parent / "kept"

NEEDED = {"id", "breaks", "old", "new"}
KNOWN = NEEDED | {"file", "tests", "commits", "same_because"}


class WrongList(Exception):
    """A list of mutants does not fit the code; says which mutant, and what to do."""


@dataclass(frozen=True)
class Mutant:
    """One small fault: `text` is the whole of `file` with it."""

    id: str
    file: str
    breaks: str
    text: str
    tests: tuple[str, ...]
    commits: bool = False
    same_because: str = ""
    quick: bool = False  # without the tests that need a database or draw examples


def read_kept(folder: Path = KEPT, root: Path = ROOT) -> list[Mutant]:
    """Every kept mutant, in the order of the files.

    Raises:
        WrongList: an entry lacks something, or does not fit the code any more.
    """
    found: list[Mutant] = []
    wrong: list[str] = []
    for name, entry in entries(folder):
        try:
            found.append(read_entry(name, entry, root))
        except WrongList as error:
            wrong.append(str(error))
    counted = Counter(mutant.id for mutant in found)
    wrong += [f"{times} mutants are called {name}." for name, times in counted.items() if times > 1]
    if wrong:
        raise WrongList("\n".join(wrong))
    return found


def entries(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each entry under its name, with what its file says for all."""
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {name: data[name] for name in ("file", "tests") if name in data}
        for entry in data["mutants"]:
            yield f"{path.stem}/{entry.get('id', '?')}", shared | entry


def read_entry(name: str, entry: dict[str, Any], root: Path) -> Mutant:
    if lacking := (NEEDED | {"file", "tests"}) - entry.keys():
        raise WrongList(f"The mutant {name} lacks {', '.join(sorted(lacking))}.")
    if unknown := entry.keys() - KNOWN:
        raise WrongList(f"The mutant {name} has an unknown {', '.join(sorted(unknown))}.")
    if gone := [test for test in entry["tests"] if not (root / test.partition("::")[0]).exists()]:
        raise WrongList(f"The mutant {name} names tests that are not there: {', '.join(gone)}.")
    return Mutant(
        name,
        entry["file"],
        entry["breaks"],
        broken(name, (root / entry["file"]).read_text(encoding="utf-8"), entry),
        tuple(entry["tests"]),
        entry.get("commits", False),
        entry.get("same_because", ""),
    )


def broken(name: str, text: str, entry: dict[str, Any]) -> str:
    """The text of the file with the fault in it."""
    if (times := text.count(entry["old"])) != 1:
        raise WrongList(
            f"The mutant {name} does not fit {entry['file']} any more: its `old` stands there {times} times, not once. "
            "Mend the mutant, or remove it with what it broke."
        )
    mutated = text.replace(entry["old"], entry["new"])
    try:
        tree = ast.parse(mutated)
    except SyntaxError as error:
        raise WrongList(f"The mutant {name} is no Python: {error}.") from error
    if ast.dump(tree) == ast.dump(ast.parse(text)):
        raise WrongList(f"The mutant {name} changes nothing.")
    return mutated


def difference(mutant: Mutant, root: Path = ROOT) -> str:
    """What the mutant changes, as a diff with one line around it."""
    before = (root / mutant.file).read_text(encoding="utf-8").splitlines()
    lines = difflib.unified_diff(before, mutant.text.splitlines(), mutant.file, mutant.file, n=1, lineterm="")
    return "\n".join(lines)
