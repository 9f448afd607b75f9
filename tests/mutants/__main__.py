"""`make mutants`: breaks the rules in small ways, runs the tests that concern each, and prints what survives.

    .venv/bin/python -m tests.mutants [--only gate,reviews] [--sample 10] [--workers 2] [--list]

A mutant is killed by the first test that fails, which has to pass without it, or by its time limit. One that no test
minds has survived, and is printed with its diff. What is known to mean the same (`same_because`) is counted apart, and
must survive. The exit status is 1 where fewer than 95 % are killed, 2 where nothing could be proved.
"""

import argparse
import json
import os
import queue
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants.kept import ROOT, Mutant, WrongList, difference, read_kept
from tests.mutants.made import read_made
from tests.mutants.trees import Worker, workers
from tests.mutants.worker import TIMED_OUT, Outcome
from tests.waiting import LONGEST_WAIT

ENOUGH = 0.95
LIMIT = LONGEST_WAIT // 2  # seconds that a mutant gets: what ends by it counts as killed
QUICK_LIMIT = LONGEST_WAIT // 20  # the same where only quick tests judge it: all of them take less than 20

KILLED, SURVIVED, SAME, DIFFERS = "killed", "survived", "means the same", "no longer means the same"


class BrokenTests(Exception):
    """The tests fail without any mutant, so that they can prove nothing."""


@dataclass(frozen=True)
class Verdict:
    mutant: Mutant
    outcome: Outcome

    @property
    def word(self) -> str:
        survived = self.outcome.status == 0
        if self.mutant.same_because:
            return SAME if survived else DIFFERS
        return SURVIVED if survived else KILLED

    @property
    def line(self) -> str:
        outcome = self.outcome
        return f"{self.word}: {self.mutant.id} ({outcome.seconds:.1f} s) {outcome.test} {outcome.failed}".rstrip()


# --- which ----------------------------------------------------------------------------------------


def chosen(mutants: Iterable[Mutant], only: str) -> list[Mutant]:
    """Those whose name or file holds one of the words in `only`."""
    words = only.split(",")
    return [mutant for mutant in mutants if any(word in mutant.id or word in mutant.file for word in words)]


def in_turn(mutants: Sequence[Mutant], size: int, turn: int) -> list[Mutant]:
    """Of those that must be killed, in steps over the whole list: neighbours come in different turns."""
    ordered = [mutant for mutant in mutants if not mutant.same_because]
    turns = -(-len(ordered) // size) if size else 0
    return ordered[turn % turns :: turns] if turns else []


def commits_so_far() -> int:
    """The number of commits up to this one: each commit has the next sample."""
    counted = subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return int(counted.stdout) if counted.returncode == 0 else 0


# --- running --------------------------------------------------------------------------------------


def run_all(
    mutants: Sequence[Mutant], *, number: int, loud: bool, before: Mapping[str, str]
) -> tuple[list[Verdict], dict[str, str]]:
    """Every mutant, then every test that killed one without it: the verdicts, and what fails by itself, by its file.

    `before`: the test that killed each the last time. Raises BrokenTests where one of these fails by itself.
    """
    first = {mutant.id: before.get(mutant.id, "") for mutant in mutants}
    with workers(number) as ready, ThreadPoolExecutor(number) as pool:
        told(f"{number} workers are ready.")
        known = {test for test in first.values() if test}
        if wrong := unproved(known, ready, pool):
            raise BrokenTests("\n".join(wrong.values()))
        told(f"{len(known)} tests that killed a mutant before pass without one.")
        verdicts = []
        for verdict in pool.map(lambda mutant: judge(mutant, ready, first[mutant.id]), mutants):
            verdicts.append(verdict)
            if loud or verdict.word in {SURVIVED, DIFFERS}:
                told(verdict.line)
            elif len(verdicts) % 50 == 0:
                told(f"{len(verdicts)} of {len(mutants)}")
        new = {verdict.outcome.test for verdict in verdicts if verdict.outcome.test} - known
        wrong = unproved(new, ready, pool)
        return verdicts, wrong


def told(line: str) -> None:
    print(f"[{time.monotonic() - BEGAN:4.0f} s] {line}", flush=True)


BEGAN = time.monotonic()


def unproved(tests: set[str], ready: "queue.Queue[Worker]", pool: ThreadPoolExecutor) -> dict[str, str]:
    """The files in which one of these tests fails without any mutant, so that it proves nothing, and what failed."""
    files = sorted({test.partition("::")[0] for test in tests})

    def run(file: str) -> Outcome:
        only = sorted(test for test in tests if test.partition("::")[0] == file)
        with borrowed(ready) as worker:
            return worker.run([file], only=only, seconds=LIMIT, commits=True)

    return {
        file: f"{outcome.test or file} does not pass without a mutant: {outcome.failed}"
        for file, outcome in zip(files, pool.map(run, files), strict=True)
        if outcome.status not in {0, pytest.ExitCode.NO_TESTS_COLLECTED}  # one that is gone proves nothing any more
    }


def judge(mutant: Mutant, ready: "queue.Queue[Worker]", first: str) -> Verdict:
    with borrowed(ready) as worker:
        outcome = worker.run(
            mutant.tests,
            first=first,
            seconds=QUICK_LIMIT if mutant.quick else LIMIT,
            mutant=mutant,
            commits=mutant.commits,
            quick=mutant.quick,
        )
    if outcome.status == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise BrokenTests(f"No test was run for {mutant.id}.")
    return Verdict(mutant, outcome)


@contextmanager
def borrowed(ready: "queue.Queue[Worker]") -> Iterator[Worker]:
    worker = ready.get()
    try:
        yield worker
    finally:
        ready.put(worker)


# --- what killed it the last time -----------------------------------------------------------------

# Only the order of the tests comes from here. Kept in git, so that a run on a fresh clone is quick, too.
KILLED_BY = Path(__file__).resolve().parent / "killed_by.json"


def killers() -> dict[str, str]:
    """The kept mutants and the test that killed each the last time; the lines of the made ones move too often."""
    found: dict[str, str] = json.loads(KILLED_BY.read_text(encoding="utf-8"))
    return found


def keep_killers(verdicts: Iterable[Verdict], kept: Iterable[Mutant], wrong: Collection[str]) -> None:
    """`wrong`: files of tests that prove nothing."""
    names = {mutant.id for mutant in kept}
    found = {name: test for name, test in killers().items() if name in names}
    for verdict in verdicts:
        file, _colons, test = verdict.outcome.test.partition("::")
        if verdict.mutant.id in names and test and file not in wrong:
            found[verdict.mutant.id] = verdict.outcome.test
    KILLED_BY.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


# --- judging --------------------------------------------------------------------------------------


def rate(verdicts: Iterable[Verdict]) -> float:
    """The part that was killed of those that have to be."""
    counts = Counter(verdict.word for verdict in verdicts)
    judged = counts[KILLED] + counts[SURVIVED]
    return counts[KILLED] / judged if judged else 1.0


def passes(verdicts: Sequence[Verdict]) -> bool:
    return rate(verdicts) >= ENOUGH and not any(verdict.word == DIFFERS for verdict in verdicts)


def report(verdicts: Sequence[Verdict]) -> str:
    """The survivors with their diffs, then the counts by file."""
    blocks = []
    for verdict in verdicts:
        if verdict.word == SURVIVED:
            blocks.append(f"SURVIVED {verdict.mutant.id}: {verdict.mutant.breaks}\n{difference(verdict.mutant)}")
        if verdict.word == DIFFERS:
            blocks.append(
                f"KILLED {verdict.mutant.id}, though it is said to mean the same ({verdict.mutant.same_because}): "
                f"{verdict.outcome.test} {verdict.outcome.failed}. Take the reason away."
            )
    return "\n\n".join([*blocks, counts(verdicts)])


def counts(verdicts: Sequence[Verdict]) -> str:
    files = {verdict.mutant.file: None for verdict in verdicts}
    lines = [counted(file, [one for one in verdicts if one.mutant.file == file]) for file in files]
    return "\n".join([*lines, counted("All", verdicts)])


def counted(name: str, verdicts: Sequence[Verdict]) -> str:
    words = Counter(verdict.word for verdict in verdicts)
    late = sum(verdict.outcome.status == TIMED_OUT for verdict in verdicts)
    line = f"{name}: {words[KILLED]} of {words[KILLED] + words[SURVIVED]} killed ({rate(verdicts):.1%})"
    line += f", {late} of them by the time limit" if late else ""
    return line + (f", {words[SAME]} mean the same" if words[SAME] else "")


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description="Which faults in the rules no test would notice.")
    parser.add_argument("--only", default="", help="those whose name or file holds this word (or one of a,b)")
    parser.add_argument(
        "--sample",
        type=int,
        default=0,
        metavar="N",
        help="N of those that were killed before, others after each commit",
    )
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 2, 8))
    parser.add_argument("--list", action="store_true", help="name them, run nothing")
    parser.add_argument("--loud", action="store_true", help="say of each which test killed it")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parsed(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the servers end with the run
    try:
        every = read_kept()
        kept, made = chosen(every, options.only), chosen(read_made(), options.only)
        mutants = kept + made
        if options.sample:
            turn = commits_so_far()
            mutants = in_turn([mutant for mutant in kept if mutant.id in killers()], options.sample, turn)
            print(f"Sample {turn}: {', '.join(mutant.id for mutant in mutants)}")
        if options.list:
            print("\n".join(f"{mutant.id}: {mutant.breaks}" for mutant in mutants))
            return 0
        if not mutants:
            raise WrongList(f"No mutant has {options.only!r} in its name.")
        number = min(options.workers, len(mutants))
        verdicts, wrong = run_all(mutants, number=number, loud=options.loud, before=killers())
    except (WrongList, BrokenTests) as error:
        print(error, file=sys.stderr)
        return 2
    if not options.sample:
        keep_killers(verdicts, every, wrong)
    print(report(verdicts))
    if wrong:
        print("\n".join(wrong.values()), file=sys.stderr)
        return 2
    return 0 if passes(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
