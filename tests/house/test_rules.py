"""The rules of the house, as programs. A rule that nothing checks is not a rule."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "calmdesk"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
#: file or function → why it may be longer. Keep it short.
REASONED: dict[str, str] = {}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "misc"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in FILES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def long_files(files: dict[str, str]) -> list[str]:
    return [name for name, text in files.items() if text.count("\n") > LONGEST_FILE and name not in REASONED]


def long_functions(name: str, tree: ast.Module) -> list[str]:
    """Functions over the limit; the docstring does not count."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1
            if length > LONGEST_FUNCTION and f"{name}:{node.name}" not in REASONED:
                found.append(f"{name}:{node.name} has {length} lines")
    return found


def clock_reads(tree: ast.Module) -> list[int]:
    """Lines that read the machine's clock."""
    wanted = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in wanted
    ]


def logged_words(tree: ast.Module) -> list[int]:
    """Lines where a log call is handed something that looks like people's words."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if not (isinstance(owner, ast.Name) and owner.id in ("log", "logger", "logging")):
            continue
        for part in ast.walk(ast.Tuple(elts=[*node.args, *(k.value for k in node.keywords)], ctx=ast.Load())):
            if isinstance(part, ast.Attribute) and part.attr in (
                "text",
                "quote",
                "comment",
                "note",
                "message",
                "value",
            ):
                found.append(node.lineno)
    return found


def test_files_stay_short() -> None:
    assert long_files({shown(path): path.read_text(encoding="utf-8") for path in FILES}) == []


def test_functions_stay_short() -> None:
    assert [line for path, tree in trees() for line in long_functions(shown(path), tree)] == []


def test_reasons_are_still_needed() -> None:
    known = {shown(path) for path in FILES}
    assert [name for name in REASONED if name.partition(":")[0] not in known] == []


def test_module_names_say_something() -> None:
    assert [shown(path) for path in FILES if path.stem in FORBIDDEN_NAMES] == []


def test_only_the_app_reads_the_clock() -> None:
    allowed = {
        "src/calmdesk/app/build.py",
        "src/calmdesk/app/chat_text.py",
        "src/calmdesk/storage/migrate.py",
    }
    assert [
        f"{shown(p)}:{n}" for p, tree in trees() for n in clock_reads(tree) if shown(p) not in allowed
    ] == []


def test_logs_hold_no_words_of_people() -> None:
    assert [f"{shown(path)}:{line}" for path, tree in trees() for line in logged_words(tree)] == []


def test_public_things_have_docstrings() -> None:
    bare = []
    for path, tree in trees():
        if not ast.get_docstring(tree) and path.read_text(encoding="utf-8").strip():
            bare.append(shown(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if public and not node.name.startswith("_") and not ast.get_docstring(node):  # type: ignore[union-attr]
                bare.append(f"{shown(path)}:{node.name}")  # type: ignore[union-attr]
    assert bare == []


def test_the_repo_names_no_machine_and_no_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    forbidden = re.compile(
        r"/(?:work|farm|root)/|files\.pythonhosted|pypi\.org|registry\.npmjs|deb\.debian\.org"
    )
    named = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if (
            path.suffix in {".onnx", ".npz", ".png", ".gz", ".json"}
            or not path.is_file()
            or path == Path(__file__)
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        named += [f"{name}: {found[0]}" for found in [forbidden.search(text)] if found]
    assert named == []


# The rules' own good and bad lines: a rule that cannot fail is not a rule either.


def test_the_rules_can_fail() -> None:
    assert long_files({"x.py": "\n" * 501}) == ["x.py"]
    long_one = ast.parse("def f():\n" + "    x = 1\n" * 61)
    assert long_functions("x.py", long_one) == ["x.py:f has 61 lines"]
    assert clock_reads(ast.parse("now = datetime.now(UTC)")) == [1]
    assert clock_reads(ast.parse("now = clock()")) == []
    assert logged_words(ast.parse("log.info('x %s', message.text)")) == [1]
    assert logged_words(ast.parse("log.info('x %s', row.id)")) == []
