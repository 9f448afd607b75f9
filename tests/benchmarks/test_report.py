"""The tables that a run writes into docs/performance.md, and what it says is beyond what is asked for."""

from pathlib import Path

from benchmarks import report
from benchmarks.cpu import seconds_of, seconds_of_tree
from benchmarks.load import Load, documented
from benchmarks.turns import Cost, Row


def row(name, *costs, kind="page"):
    return Row(kind, name, tuple(Cost(web, database, 25, error) for web, database, error in costs))


def load(cpu, clients=8):
    return Load(clients, 600, 60, 20.0, cpu, 2.0, 0.1, 0.3, ())


def test_a_run_replaces_its_own_tables_and_nothing_else(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("# Title\n\nBy hand.\n")
    report.write("turns", ["| first |"], document)
    report.write("load", ["| other |"], document)
    document.write_text(document.read_text() + "\nBy hand, too.\n")
    report.write("turns", ["| second | \\1 |"], document)
    text = document.read_text()
    assert text.startswith("# Title\n\nBy hand.\n")
    assert text.endswith("\nBy hand, too.\n")
    assert "| first |" not in text
    assert text.count("| second | \\1 |") == text.count("| other |") == 1


def test_the_document_has_a_place_for_each_part():
    text = report.DOCUMENT.read_text()
    for section in ("states", "day", "turns", "load", "floors", "compare_contents", "print_paper"):
        begin, end = report.marks(section)
        assert text.count(begin) == 1
        assert end in text[text.index(begin) :]


def test_ratios_are_of_the_large_state_to_the_small_one():
    rows = [row("list", (10, 2, ""), (11, 4, "")), row("all", (1, 2, ""), (3, 30, "answered 500"))]
    lines = list(report.tables_of_turns(rows, [10_000, 1_000_000]))
    assert "| pages | 10,000 | 1,000,000 | ratio |" in lines
    assert "| list | 10.0 + 2.0 | 11.0 + 4.0 | 1.25 |" in lines
    assert "| all | 1.0 + 2.0 | answered 500 |  |" in lines


def test_planners_a_core_open_a_page_each_twenty_seconds():
    assert (load(18).per_core, load(18).planners) == (30, 600)
    lines = list(report.table_of_loads([[load(18), load(23)]], [10_000, 1_000_000]))
    assert lines[-1].startswith("| 8 | 1,000,000 | 24.0 | 480 |")
    assert lines[-1].endswith("| 0.80 |")


def test_what_is_beyond_what_is_asked_for_is_named():
    held, lost = row("held", (10, 0, ""), (15, 0, "")), row("lost", (10, 0, ""), (16, 0, ""))
    failed, counting = (
        row("failed", (1, 0, ""), (0, 0, "answered 500")),
        row("count", (1, 0, ""), (90, 0, ""), kind="task"),
    )
    loads = [[load(18), load(20)], [load(18, 64), load(21, 64)]]
    assert report.beyond([held, lost, failed, counting], loads) == [
        "lost: 1.60",
        "failed: answered 500",
        "64 clients: 0.87",
    ]


def test_gunicorn_starts_as_in_the_image():
    assert documented() == ["gunicorn", "--config", "python:careerplan.web_server"]


def test_cpu_is_read_of_a_process_and_of_what_it_started():
    first = int((Path("/proc/self/stat").read_text().split())[0])
    before = seconds_of(first)
    assert sum(number * number for number in range(300_000)) > 0
    assert seconds_of(first) > before
    assert seconds_of_tree(first) > 0


def test_a_page_that_shows_more_in_the_large_state_has_a_limit_of_its_own():
    few, many, slow = Cost(6, 2, 1), Cost(12, 4, 25), Cost(30, 25, 25)
    found, state = Row("search", "birth date", (few, many)), Row("page", "shared plans", (few, slow))
    assert report.line_of(found).startswith("| birth date (rows: 1, in the large state 25) |")
    assert report.beyond([found, state], []) == ["shared plans: 6.88"]


def test_todays_work_costs_twice_as_much_in_the_large_state_at_most():
    held, lost = (
        row("Today", (10, 0, ""), (20, 0, ""), kind="day"),
        row("caseload", (10, 0, ""), (21, 0, ""), kind="day"),
    )
    assert report.beyond([held, lost], []) == ["caseload: 2.10"]
