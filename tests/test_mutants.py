"""`make mutants`: the lists fit the code, what is made of the pure modules, how it is run and how it is counted."""

import json
import os
import queue
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.mutants.__main__ import (
    BrokenTests,
    Verdict,
    chosen,
    commits_so_far,
    counted,
    in_turn,
    judge,
    main,
    passes,
    rate,
    report,
    unproved,
)
from tests.mutants.kept import ROOT, Mutant, WrongList, difference, read_kept
from tests.mutants.made import faults, read_made
from tests.mutants.worker import TIMED_OUT, Outcome

RULE = "def may(age):\n    return age >= 18\n"
TEST = """\
from rule import may


def test_grown_up():
    assert may(19)


def test_child():
    assert not may(17)
"""


@pytest.fixture
def project(tmp_path):
    """A small project: one rule and its tests."""
    (tmp_path / "rule.py").write_text(RULE)
    (tmp_path / "test_rule.py").write_text(TEST)
    (tmp_path / "kept").mkdir()
    return tmp_path


@pytest.fixture
def kept(project):
    """Reads a kept list with these entries."""

    def read(*entries):
        head = 'file = "rule.py"\ntests = ["test_rule.py"]\n'
        (project / "kept" / "age.toml").write_text(head + "".join(f"\n[[mutants]]\n{entry}\n" for entry in entries))
        return read_kept(project / "kept", project)

    return read


def entry(old, new, **more):
    values = {"id": "older", "breaks": "From 18 years on.", "old": old, "new": new} | more
    return "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())


# --- the lists ------------------------------------------------------------------------------------


def test_every_kept_mutant_fits_the_code():
    assert len(read_kept()) >= 90


def test_every_made_mutant_is_python_and_every_reason_is_used():
    for mutant in read_made():
        compile(mutant.text, mutant.file, "exec")


def test_a_mutant_is_the_whole_file_with_its_fault(kept, project):
    [mutant] = kept(entry(">= 18", "> 18"))
    assert (mutant.id, mutant.file, mutant.tests) == ("age/older", "rule.py", ("test_rule.py",))
    assert mutant.text == "def may(age):\n    return age > 18\n"
    assert difference(mutant, project).splitlines()[-2:] == ["-    return age >= 18", "+    return age > 18"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (entry(">= 21", "> 21"), r"age/older does not fit rule.py any more: its `old` stands there 0 times"),
        (entry("age", "years"), r"age/older does not fit rule.py any more: its `old` stands there 2 times"),
        (entry(">= 18", ">="), r"age/older is no Python"),
        (entry("age >= 18", "(age >= 18)"), r"age/older changes nothing"),
        (entry(">= 18", "> 18", tests=["test_gone.py"]), r"age/older names tests that are not there: test_gone.py"),
        (entry(">= 18", "> 18", same_as=""), r"age/older has an unknown same_as"),
        ('id = "older"\nold = "x"\nnew = "y"', r"age/older lacks breaks"),
    ],
    ids=["gone", "twice", "no Python", "nothing", "no tests", "unknown", "lacking"],
)
def test_an_entry_that_does_not_fit_is_named(wrong, sentence, kept):
    with pytest.raises(WrongList, match=sentence):
        kept(wrong)


def test_all_that_do_not_fit_are_named_at_once(kept):
    with pytest.raises(WrongList, match=r"age/one .*\nThe mutant age/two .*\n2 mutants are called age/older"):
        kept(entry("x", "y", id="one"), entry("x", "y", id="two"), entry(">= 18", "> 18"), entry(">= 18", "< 18"))


# --- what is made ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mutated"),
    [
        ("x = a == b", {"x = a != b"}),
        ("x = a not in b", {"x = a in b"}),
        ("x = (a) < (b + c)", {"x = (a) <= (b + c)"}),
        ("x = a and b or c", {"x = b or c", "x = a or c", "x = c", "x = (a and b)"}),
        ("x = not a", {"x = bool(a)"}),
        ("x = a if b else c", {"x = (a)", "x = (c)"}),
        ("x = [a for a in b if c]", {"x = [a for a in b if True]"}),
        ("X = ('one', 'two')", {"X = ('two',)", "X = ('one',)", "X = ('one~', 'two')", "X = ('one', 'two~')"}),
        ("X = 30", {"X = 31"}),
        ("X = rule(lambda: added(ADDED), asks=True)", {"X = rule(lambda: added(REMOVED), asks=True)",
                                                       "X = rule(lambda: added(ADDED), asks=False)"}),
        ("if a:\n    pass", {"if False:\n    pass", "if True:\n    pass"}),
        ("x = 'größer' == b", {"x = 'größer' != b", "x = 'größer~' == b"}),
        ("x: int | None = f('A sentence.')", set()),
        ("X = Rule('WI-ACK-1', 'WIS-122')", set()),
        ("def f(a: int = b) -> str:\n    \"\"\"Words.\"\"\"", set()),
        ("from a import ADDED", set()),
    ],
)  # fmt: skip
def test_which_faults_are_made(text, mutated):
    found = faults(text, {"ADDED": "REMOVED"})
    assert {text[: fault.start] + fault.new + text[fault.end :] for fault in found} == mutated


def made(project, same=""):
    rooms = '[[rooms]]\nfile = "rule.py"\ntests = ["test_rule.py"]\n'
    (project / "made.toml").write_text(rooms + same)
    return read_made(project / "made.toml", project)


def test_made_mutants_are_named_by_their_line(project):
    assert [(mutant.id, mutant.breaks) for mutant in made(project)] == [
        ("rule:2-1", "return age >= 18  ->  return age > 18"),
        ("rule:2-2", "return age >= 18  ->  return age >= 19"),
    ]


SAME = """
[[same]]
file = "rule.py"
old = "return age >= 18"
new = "return age >= 19"
same_because = "Nobody is 18."
"""


def test_a_made_mutant_may_mean_the_same(project):
    assert [mutant.same_because for mutant in made(project, SAME)] == ["", "Nobody is 18."]


def test_a_reason_for_a_mutant_that_is_not_made_is_an_error(project):
    with pytest.raises(WrongList, match=r"not made: rule.py: return age >= 20"):
        made(project, SAME.replace(">= 19", ">= 20"))


# --- which ----------------------------------------------------------------------------------------


def mutants(name, number, **more):
    return [Mutant(f"{name}/{one}", f"{name}.py", "", "", ("test_rule.py",), **more) for one in range(number)]


def test_only_names_a_part_of_the_list():
    every = mutants("gate", 2) + mutants("reviews", 1) + mutants("goals", 1)
    assert {mutant.file for mutant in chosen(every, "gate,reviews")} == {"gate.py", "reviews.py"}
    assert chosen(every, "") == every


def test_the_sample_is_the_same_for_the_same_commit_and_another_one_after_it():
    kept = mutants("kept", 58)
    assert in_turn(kept, 10, 7) == in_turn(kept, 10, 7)
    assert not set(in_turn(kept, 10, 7)) & set(in_turn(kept, 10, 8))
    assert len(in_turn(kept, 10, 7)) == pytest.approx(10, abs=2)


def test_the_samples_come_to_every_mutant_in_turn():
    kept = mutants("kept", 31)
    assert {mutant for turn in range(100, 104) for mutant in in_turn(kept, 10, turn)} == set(kept)


def test_what_means_the_same_is_in_no_sample():
    assert in_turn(mutants("kept", 5, same_because="It does."), 10, 3) == []


def test_the_turn_is_the_number_of_commits():
    assert commits_so_far() >= 0


# --- running --------------------------------------------------------------------------------------


def worked(project, *jobs):
    """What a worker answers in a project of its own, which knows nothing of Django."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    usual = {"tests": ["test_rule.py"], "first": "", "only": [], "seconds": 60}
    usual |= {"commits_allowed": False, "quick_only": False}
    told = "".join(json.dumps(usual | job) + "\n" for job in jobs)
    worker = subprocess.run(
        [sys.executable, "-m", "tests.mutants.worker"],
        cwd=project,
        env=environment | {"PYTHONPATH": str(ROOT)},
        input=told,
        capture_output=True,
        text=True,
    )
    assert worker.returncode == 0, worker.stderr
    return [Outcome(**json.loads(line)) for line in worker.stdout.splitlines()]


def fault(new):
    return {"file": "rule.py", "text": RULE.replace("age >= 18", new)}


def test_a_fault_is_killed_by_the_test_that_fails_and_survives_where_none_does(project):
    same, younger, older, nothing = worked(
        project, {"file": "", "text": ""}, fault("age >= 16"), fault("age >= 20"), fault("age >= 19")
    )
    assert (same.status, nothing.status) == (0, 0)
    assert (younger.status, older.status) == (1, 1)
    assert (younger.test, older.test) == ("test_rule.py::test_child", "test_rule.py::test_grown_up")
    assert younger.failed == "assert not True"
    assert (project / "rule.py").read_text() == RULE


def test_the_test_that_killed_it_the_last_time_goes_first(project):
    turned = fault("age < 18")  # both tests fail
    as_written, as_told = worked(project, turned, {**turned, "first": "test_rule.py::test_child"})
    assert (as_written.test, as_told.test) == ("test_rule.py::test_grown_up", "test_rule.py::test_child")


def test_a_fault_that_finds_no_end_is_ended(project):
    [endless, after] = worked(
        project, {**fault("[0 for _ in iter(int, 1)]"), "seconds": 3}, {"file": "", "text": "", "seconds": 60}
    )
    assert (endless.status, endless.failed) == (TIMED_OUT, "no end within 3 s")
    assert after.status == 0


def test_a_fault_that_can_not_be_imported_is_killed(project):
    [outcome] = worked(project, {"file": "rule.py", "text": "import nothing_of_this_name\n"})
    assert outcome.status not in {0, TIMED_OUT}


def test_of_the_tests_some_may_be_named(project):
    turned = fault("age < 18")  # both tests fail
    [child, gone] = worked(
        project,
        {**turned, "only": ["test_rule.py::test_child"]},
        {**turned, "only": ["test_rule.py::test_baby"]},
    )
    assert child.test == "test_rule.py::test_child"
    assert (gone.status, gone.test) == (pytest.ExitCode.NO_TESTS_COLLECTED, "")


def test_a_made_mutant_must_be_killed_by_a_quick_test(project):
    database = "import pytest\n\n\n@pytest.fixture\ndef db():\n    pass\n\n\n"
    (project / "test_rule.py").write_text(database + TEST.replace("test_child()", "test_child(db)"))
    every, quick = worked(project, fault("age >= 16"), {**fault("age >= 16"), "quick_only": True})
    assert every.test == "test_rule.py::test_child"
    assert quick.status == 0
    assert all(mutant.quick for mutant in read_made())
    assert not any(mutant.quick for mutant in read_kept())


class Tells:
    """A worker whose tests come to this."""

    def __init__(self, status, test=""):
        self.status, self.test = status, test

    def run(self, tests, **_options):
        return Outcome(self.status, 1.0, test=self.test, failed="no", said="1 failed")


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (Tells(0), {}),
        (Tells(pytest.ExitCode.NO_TESTS_COLLECTED), {}),
        (
            Tells(1, "test_rule.py::test_child"),
            {"test_rule.py": "test_rule.py::test_child does not pass without a mutant: no"},
        ),
    ],
    ids=["passes", "gone", "fails"],
)
def test_a_test_that_fails_without_a_mutant_proves_nothing(told, wrong):
    ready = queue.Queue()
    ready.put(told)
    with ThreadPoolExecutor(1) as pool:
        assert unproved({"test_rule.py::test_child"}, ready, pool) == wrong


def test_a_mutant_without_any_test_proves_nothing():
    ready = queue.Queue()
    ready.put(Tells(pytest.ExitCode.NO_TESTS_COLLECTED))
    with pytest.raises(BrokenTests, match=r"No test was run for gate/0"):
        judge(mutants("gate", 1)[0], ready, "")


# --- counting -------------------------------------------------------------------------------------


def verdicts(killed, survived, same=0, differs=0, late=0):
    """So many of each; `late` of the killed ones by their time limit."""
    because = {"same_because": "No rule ends."}
    rows = [(1, {}) for _ in range(killed - late)] + [(TIMED_OUT, {}) for _ in range(late)]
    rows += [(0, {}) for _ in range(survived)]
    rows += [(0, because) for _ in range(same)] + [(1, because) for _ in range(differs)]
    return [
        Verdict(
            Mutant("gate/x", "services/gate.py", "12.7.5", "", (), **more), Outcome(status, 1.0, "test_x.py::test_x")
        )
        for status, more in rows
    ]


@pytest.mark.parametrize(
    ("counts", "share", "well"),
    [
        ({"killed": 19, "survived": 1}, 0.95, True),
        ({"killed": 18, "survived": 1}, 18 / 19, False),
        ({"killed": 19, "survived": 1, "same": 5}, 0.95, True),
        ({"killed": 20, "survived": 0, "same": 1, "differs": 1}, 1.0, False),
        ({"killed": 0, "survived": 0, "same": 1}, 1.0, True),
    ],
)
def test_95_percent_have_to_be_killed_of_those_that_mean_something(counts, share, well):
    found = verdicts(**counts)
    assert rate(found) == pytest.approx(share)
    assert passes(found) is well


def test_the_counts_tell_what_was_killed_how_and_what_means_the_same():
    line = counted("services/gate.py", verdicts(killed=3, survived=1, same=2, late=1))
    assert line == "services/gate.py: 3 of 4 killed (75.0%), 1 of them by the time limit, 2 mean the same"


def test_a_survivor_is_printed_with_its_diff():
    text = (ROOT / "services" / "gate.py").read_text()
    mutant = Mutant("gate/x", "services/gate.py", "12.7.5: no start before", text + "\nBROKEN = True\n", ())
    said = report([Verdict(mutant, Outcome(0, 1.0))])
    assert said.startswith("SURVIVED gate/x: 12.7.5: no start before\n--- services/gate.py")
    assert "+BROKEN = True" in said


def test_one_that_is_said_to_mean_the_same_and_is_killed_is_printed():
    assert "though it is said to mean the same (No rule ends.): test_x.py::test_x" in report(verdicts(1, 0, differs=1))


def test_a_word_that_no_mutant_has_is_an_error(capsys):
    assert main(["--only", "nothing-like-this"]) == 2
    assert "No mutant has 'nothing-like-this'" in capsys.readouterr().err
