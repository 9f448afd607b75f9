"""Mutants that are made, of the pure modules in `made.toml`.

Most of these modules is tables: rows of constants with a lambda each. So beside the usual faults (a comparison turned,
a condition dropped, a constant changed) a row or a member is left out, and a word of policy is taken for its sibling.
Sentences, citations, annotations and imports stay as they are. Quick tests, without a database and drawn examples, must
mind each mutant: there are too many for others.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutants.kept import ROOT, Mutant, WrongList

# A word that the code compares; sentences, citations and the codes of rules and statements are read by people.
WORD = re.compile(r"\w+|[a-z][a-z-]+")
ROOMS = Path(__file__).resolve().parent / "made.toml"

TURNED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
SIGNS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip


@dataclass(frozen=True)
class Room:
    """A module, the tests that concern it, and which names are siblings: one is written for the other."""

    file: str
    tests: tuple[str, ...]
    siblings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Same:
    """A made mutant that means the same: the lines it touches, before and after."""

    file: str
    old: str
    new: str
    because: str


@dataclass(frozen=True)
class Fault:
    """`new` in the place of the text from `start` to `end` (offsets), in `line`."""

    start: int
    end: int
    new: str
    line: int


def read_made(path: Path = ROOMS, root: Path = ROOT) -> list[Mutant]:
    """Every mutant of every room, in the order of the text.

    Raises:
        WrongList: a room that is not there, or a reason for a mutant that is not made.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    reasons = [Same(row["file"], row["old"], row["new"], row["same_because"]) for row in data.get("same", ())]
    used: set[Same] = set()
    mutants: list[Mutant] = []
    for row in data["rooms"]:
        room = Room(row["file"], tuple(row["tests"]), row.get("siblings", {}))
        if gone := [name for name in (room.file, *room.tests) if not (root / name).exists()]:
            raise WrongList(f"made.toml names what is not there: {', '.join(gone)}.")
        text = (root / room.file).read_text(encoding="utf-8")
        mutants += mutants_of(room, text, [one for one in reasons if one.file == room.file], used)
    if idle := [one for one in reasons if one not in used]:
        words = "; ".join(f"{one.file}: {one.new}" for one in idle)
        raise WrongList(f"made.toml gives a reason for mutants that are not made: {words}")
    return mutants


def mutants_of(room: Room, text: str, reasons: list[Same], used: set[Same]) -> Iterator[Mutant]:
    numbers: dict[int, int] = {}
    for fault in faults(text, room.siblings):
        numbers[fault.line] = numbers.get(fault.line, 0) + 1
        mutated = text[: fault.start] + fault.new + text[fault.end :]
        old, new = touched(text, mutated, fault)
        same = next((one for one in reasons if (one.old, one.new) == (old, new)), None)
        if same is not None:
            used.add(same)
        name = f"{room.file.removesuffix('.py')}:{fault.line}-{numbers[fault.line]}"
        yield Mutant(
            name,
            room.file,
            f"{old}  ->  {new}",
            mutated,
            room.tests,
            same_because=same.because if same else "",
            quick=True,
        )


def touched(text: str, mutated: str, fault: Fault) -> tuple[str, str]:
    """The lines in which the fault is, before and after, on one line each."""
    first = text.rfind("\n", 0, fault.start) + 1
    rest = (text + "\n").find("\n", fault.end) - fault.end
    last = fault.start + len(fault.new) + rest
    return " ".join(text[first : fault.end + rest].split()), " ".join(mutated[first:last].split())


# --- faults ---------------------------------------------------------------------------------------


def faults(text: str, siblings: dict[str, str] | None = None) -> list[Fault]:
    """Every fault that can be made in this text."""
    finder = Finder(text, siblings or {})
    finder.visit(ast.parse(text))
    unique = {(fault.start, fault.end, fault.new): fault for fault in finder.found}
    return sorted(unique.values(), key=lambda fault: (fault.start, fault.end, fault.new))


class Finder(ast.NodeVisitor):
    """Walks over what runs; what only annotates, imports or explains is left out."""

    def __init__(self, text: str, siblings: dict[str, str]) -> None:
        self.text, self.siblings = text, siblings
        lines = text.encode().splitlines(keepends=True)
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line))
        self.found: list[Fault] = []

    def place(self, node: ast.expr) -> tuple[int, int]:
        """Where the node stands in the text, in characters (ast counts bytes)."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        data = self.text.encode()
        first = self.starts[node.lineno - 1] + node.col_offset
        last = self.starts[node.end_lineno - 1] + node.end_col_offset
        return len(data[:first].decode()), len(data[:last].decode())

    def source(self, node: ast.expr) -> str:
        start, end = self.place(node)
        return self.text[start:end]

    def fault(self, node: ast.expr, new: str) -> None:
        self.found.append(Fault(*self.place(node), new, node.lineno))

    # What is left out.

    def visit_Import(self, node: ast.Import) -> None:
        pass

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        pass

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        for statement in node.body:
            self.visit(statement)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        pass  # words for people

    def visit_Raise(self, node: ast.Raise) -> None:
        pass

    # What can be wrong.

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) == 1:
            kind = type(node.ops[0])
            start, end = self.place(node)
            first, last = self.place(node.left)[1], self.place(node.comparators[0])[0]
            turned = self.text[first:last].replace(SIGNS[kind], TURNED[kind], 1)
            self.fault(node, self.text[start:first] + turned + self.text[last:end])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Each condition left out."""
        word = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in node.values:
            self.fault(node, word.join(self.bracketed(value) for value in node.values if value is not left_out))
        self.generic_visit(node)

    def bracketed(self, node: ast.expr) -> str:
        source = self.source(node)
        return f"({source})" if isinstance(node, ast.BoolOp | ast.IfExp | ast.Lambda) else source

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.fault(node, f"bool({self.source(node.operand)})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.never_and_always(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.fault(node, f"({self.source(node.body)})")
        self.fault(node, f"({self.source(node.orelse)})")
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for condition in node.ifs:
            self.fault(condition, "True")
        self.generic_visit(node)

    def never_and_always(self, test: ast.expr) -> None:
        if not any(isinstance(part, ast.NamedExpr) for part in ast.walk(test)):
            self.fault(test, "False")
            self.fault(test, "True")

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.fault(node, str(not node.value))
        elif isinstance(node.value, int):
            self.fault(node, str(node.value + 1))
        elif isinstance(node.value, str) and WORD.fullmatch(node.value):
            self.fault(node, ast.unparse(ast.Constant(f"{node.value}~")))

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in self.siblings:
            self.fault(node, self.siblings[node.id])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in self.siblings:
            self.fault(node, f"{self.source(node.value)}.{self.siblings[node.attr]}")
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        if isinstance(node.ctx, ast.Load):
            self.leave_out(node, "(", ")")
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self.leave_out(node, "{", "}")
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self.leave_out(node, "[", "]")
        self.generic_visit(node)

    def leave_out(self, node: ast.Tuple | ast.Set | ast.List, opening: str, closing: str) -> None:
        """Each member left out, where there are several."""
        for member in node.elts if len(node.elts) > 1 else ():
            rest = [self.source(other) for other in node.elts if other is not member]
            self.found.append(Fault(*self.place(node), f"{opening}{', '.join(rest)},{closing}", member.lineno))

    def visit_Dict(self, node: ast.Dict) -> None:
        for value in node.values:
            self.visit(value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
