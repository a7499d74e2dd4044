"""`connect-mock lint`: what an instance would refuse to publish, told of files and without an instance.

What a flow refers to is not looked up, nor is what a module declares: that takes an instance that holds them.
"""

from __future__ import annotations

import argparse
import glob
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from connect_mock.flow import document
from connect_mock.flow.language import MODULE, language
from connect_mock.flow.problems import Problem, problems_in
from connect_mock.flow.rules import RULES
from connect_mock.flow.rules.rule import ERROR

VALID, PROBLEMS, UNREADABLE = 0, 1, 2
"""Exit codes: no errors, though there may be warnings; errors; something could not be read, or the command line is no good."""

STANDARD_INPUT = "-"
CALLED = {STANDARD_INPUT: "stdin"}


class Unreadable(Exception):
    """What was given on the command line cannot be used."""


@dataclass(frozen=True)
class Located:
    """A problem, with the file and the line where its action begins."""

    file: str
    line: int
    problem: Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    types = ", ".join(language().flow_types)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="file, folder (its *.json at any depth), pattern, or - for standard input"
    )
    parser.add_argument(
        "--type", choices=list(language().flow_types), metavar="TYPE", help=f"what it is published as: {types}"
    )
    parser.add_argument("--format", choices=list(FORMATS), default="human", help="how to write the problems (default: human)")
    parser.add_argument(
        "--allow-unknown-actions", action="store_true", help="only warn of types of actions that this version does not know"
    )
    parser.add_argument("--explain", metavar="RULE", help="say what a rule is about, and end")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command by itself; returns the exit code."""
    parser = argparse.ArgumentParser(prog="connect-mock lint", description=DESCRIPTION)
    add_arguments(parser)
    return lint(parser.parse_args(arguments), sys.stdin.buffer, sys.stdout)


DESCRIPTION = (
    "Check flows and flow modules as Amazon Connect does when they are published. Whether it is a module is seen from the "
    "content when no type is given. Exit code 0: valid; 1: there are errors; 2: something could not be read."
)


def lint(options: argparse.Namespace, given: IO[bytes], out: Any) -> int:
    """Check what the options name and write the problems to `out`; returns the exit code."""
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="backslashreplace")
    try:
        if options.explain:
            print(explanation(options.explain), file=out)
            return VALID
        names = _names(options.files)
    except Unreadable as problem:
        return _fail(problem)
    return _lint(names, options, given, out)


def explanation(name: str) -> str:
    """What a rule is about; raises Unreadable."""
    if name not in RULES:
        raise Unreadable(f"there is no rule {name}; there are {', '.join(sorted(RULES))}")
    return f"{name}\n\n{RULES[name].explanation}"


def _lint(names: list[str], options: argparse.Namespace, given: IO[bytes], out: Any) -> int:
    found: list[Located] = []
    code = VALID
    for name in names:
        try:
            found += problems_of(name, _text(name, given), options.type, options.allow_unknown_actions)
        except Unreadable as problem:
            code = _fail(problem)
    for line in FORMATS[options.format](found, len(names)):
        print(line, file=out)
    errors = any(each.problem.severity == ERROR for each in found)
    return code or (PROBLEMS if errors else VALID)


def problems_of(name: str, content: str, flow_type: str | None = None, allow_unknown_actions: bool = False) -> list[Located]:
    """The problems of a file's content, with its name and their lines."""
    found = problems_in(content, flow_type or _type_of(content), allow_unknown_actions=allow_unknown_actions)
    lines = _lines_of_actions(content) if any(each.path.startswith("Actions[") for each in found) else []
    return [Located(CALLED.get(name, name), _line(each, lines), each) for each in found]


def _type_of(content: str) -> str | None:
    """A module has Settings; the type of a flow is not in its content."""
    try:
        flow = document.read(content)
    except document.NotAFlow:
        return None
    return MODULE if "Settings" in flow.entry else None


def _fail(problem: Exception) -> int:
    print(f"connect-mock: {problem}", file=sys.stderr)
    return UNREADABLE


# --- files


def _names(arguments: Iterable[str]) -> list[str]:
    names = list(dict.fromkeys(name for argument in arguments for name in _expanded(argument)))
    if not names:
        raise Unreadable("lint needs a file, a folder, a pattern, or - for standard input")
    return names


def _expanded(argument: str) -> list[str]:
    """The files that an argument stands for. A file whose name looks like a pattern is that file."""
    path = Path(argument)
    if argument == STANDARD_INPUT or path.is_file():
        return [argument]
    if path.is_dir():
        found = sorted(str(each) for each in path.rglob("*.json") if each.is_file())
    else:
        found = [name for match in sorted(glob.glob(argument, recursive=True)) for name in _expanded(match)]
    if not found:
        raise Unreadable(f"{argument}: no such file" if not path.is_dir() else f"{argument}: no *.json in this folder")
    return found


def _text(name: str, given: IO[bytes]) -> str:
    try:
        read = given.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return read.decode("utf-8")
    except OSError as problem:
        raise Unreadable(f"{name}: {problem.strerror or problem}") from None
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{name}: not UTF-8 ({problem.reason} at byte {problem.start})") from None


# --- lines


def _line(problem: Problem, lines: list[int]) -> int:
    index, bracket, _ = problem.path.removeprefix("Actions[").partition("]")
    known = bracket and index.isdecimal() and int(index) < len(lines)
    return lines[int(index)] if known else 1


def _lines_of_actions(content: str) -> list[int]:
    """The line of each entry of `Actions` in content that is JSON."""
    lines, line, before = [], 1, 0
    for start in _starts_of_actions(content):
        line += content.count("\n", before, start)
        before = start
        lines.append(line)
    return lines


def _starts_of_actions(content: str) -> Iterator[int]:
    decoder = json.JSONDecoder()
    position = _after(content, 0, "{")
    while content[position] != "}":
        key, end = decoder.raw_decode(content, position)
        position = _after(content, end, ":")
        _, end = decoder.raw_decode(content, position)
        if key == "Actions":
            yield from _starts_of_items(content, position, decoder)
            return
        position = _after(content, end, ",")


def _starts_of_items(content: str, position: int, decoder: json.JSONDecoder) -> Iterator[int]:
    position = _after(content, position, "[")
    while content[position] != "]":
        yield position
        _, end = decoder.raw_decode(content, position)
        position = _after(content, end, ",")


def _after(content: str, position: int, sign: str) -> int:
    """Where the next value begins: past spaces, and past `sign` where it is the next sign."""
    position = _past_spaces(content, position)
    return _past_spaces(content, position + 1) if content[position] == sign else position


def _past_spaces(content: str, position: int) -> int:
    while content[position] in " \t\r\n":
        position += 1
    return position


# --- formats


def _human(found: list[Located], files: int) -> Iterator[str]:
    for each in found:
        yield f"{each.file}:{each.line}: {each.problem.severity}: {each.problem.message} [{each.problem.rule}]"
    errors = sum(each.problem.severity == ERROR for each in found)
    yield f"{_count(files, 'file')}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _json(found: list[Located], files: int) -> Iterator[str]:
    problems = [{"file": each.file, "line": each.line, **asdict(each.problem)} for each in found]
    yield json.dumps({"files": files, "problems": problems}, indent=2)


def _github(found: list[Located], files: int) -> Iterator[str]:
    """Commands of GitHub's workflows, which show as annotations of a change."""
    for each in found:
        place = f"file={_property(each.file)},line={each.line},title={_property(each.problem.rule)}"
        yield f"::{each.problem.severity} {place}::{_data(each.problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(found: list[Located], files: int) -> Iterator[str]:
    """SARIF 2.1.0, which code hosts and editors read."""
    rules = list(RULES)
    driver = {"name": "connect-mock", "rules": [_sarif_rule(name) for name in rules]}
    run = {"tool": {"driver": driver}, "results": [_sarif_result(each, rules.index(each.problem.rule)) for each in found]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    yield json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(name: str) -> dict[str, Any]:
    text = RULES[name].explanation
    return {"id": name, "shortDescription": {"text": text.partition("\n")[0]}, "fullDescription": {"text": text}}


def _sarif_result(found: Located, rule_index: int) -> dict[str, Any]:
    problem = found.problem
    place = {"artifactLocation": {"uri": quote(Path(found.file).as_posix())}, "region": {"startLine": found.line}}
    location: dict[str, Any] = {"physicalLocation": place}
    if problem.path:
        location["logicalLocations"] = [{"name": problem.identifier, "fullyQualifiedName": problem.path}]
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule_index,
        "level": problem.severity,
        "message": {"text": problem.message},
        "locations": [location],
    }


FORMATS: dict[str, Callable[[list[Located], int], Iterator[str]]] = {
    "human": _human,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
