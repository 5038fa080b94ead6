"""The command line. Scripts may rely on the `--jsonl` forms; people get readable text with the words marked."""

from __future__ import annotations

import gc
import json
import queue
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.text import Text

from calmdesk.app.build import build_engine
from calmdesk.app.settings import PortTaken, Settings, SettingsError, load_settings
from calmdesk.content.faults import ContentError
from calmdesk.desk.errors import DeskError
from calmdesk.desk.vocabulary import Lang, Role

app = typer.Typer(
    name="calmdesk", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Calmdesk: a support desk for conversations that run hot.",
)  # fmt: skip
content_app = typer.Typer(no_args_is_help=True, help="The method, rules and words as files.")
app.add_typer(content_app, name="content")

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="A file of settings (YAML); the environment wins.")
]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")]
Answer = Callable[[dict[str, Any]], dict[str, Any]]
#: How many lines are answered at a time: the model computes outside the interpreter's lock.
SIDE_BY_SIDE = 2


@app.callback()
def begin(context: typer.Context) -> None:
    """Calmdesk: a support desk for conversations that run hot."""
    # A desk wakes the collector once it answers, JSON lines once the engine is there; short commands do without.
    if context.invoked_subcommand not in ("serve", "demo", "read", "advise", "promises", "lint"):
        gc.enable()


def _settings(file: Path | None) -> Settings:
    return load_settings(file=file)


@app.command()
def serve(settings: SettingsFile = None) -> None:
    """Serve a desk. The first start prints a one-time link that makes the administrator."""
    from calmdesk.app.serve import serve as run

    run(_settings(settings))


@app.command()
def demo(
    settings: SettingsFile = None,
    pace: Annotated[
        float, typer.Option(min=0.0, max=10.0, help="1 is slow enough to follow; 0.5 twice as fast.")
    ] = 1.0,
) -> None:
    """Serve the demo desk: two angry conversations play by themselves, and you can take over."""
    from calmdesk.app.serve import data_dir_of_demo, serve_demo

    given = _settings(settings)
    serve_demo(given.model_copy(update={"data_dir": data_dir_of_demo(given), "database_url": ""}), pace=pace)


@app.command()
def worker(settings: SettingsFile = None) -> None:
    """Keep promises and send what waits, without serving pages (set CALMDESK_KEEPER=false where pages are served)."""
    from calmdesk.app.build import build
    from calmdesk.app.serve import make_keeper

    parts = build(_settings(settings))
    Console(stderr=True).print("The keeper is at work. Stop it with Ctrl+C.")
    try:
        make_keeper(parts).run()
    finally:
        parts.storage.close()


@app.command()
def read(
    text: Annotated[
        str | None, typer.Argument(help="A message; without one, standard input is read.")
    ] = None,
    jsonl: Jsonl = False,
    role: Annotated[Role, typer.Option(help="Who wrote it.")] = Role.CUSTOMER,
    lang: Annotated[Lang | None, typer.Option(help="Its language; recognised when not given.")] = None,
) -> None:
    """Read one message: heat, abuse, leverage, issue; or an agent's moves, findings and promises."""
    from calmdesk.reading.jsonl import read_line

    reader = build_engine(load_settings()).reader
    if jsonl:
        _answer_lines(lambda row: read_line(row, reader))
        return
    given = {"id": "1", "role": role.value, "text": text if text is not None else sys.stdin.read()}
    _print_reading(read_line(given | ({"lang": lang.value} if lang else {}), reader), str(given["text"]))


@app.command()
def promises(jsonl: Jsonl = True) -> None:
    """Find promises and their due times in an agent's words (JSON lines)."""
    from calmdesk.reading.jsonl import promises_line

    _answer_lines(promises_line)


@app.command()
def advise(
    file: Annotated[
        Path | None, typer.Argument(help="A chat as text: lines that begin with `customer:` or `agent:`.")
    ] = None,
    jsonl: Jsonl = False,
    lang: Annotated[Lang, typer.Option(help="The language of the advice.")] = Lang.EN,
) -> None:
    """Say what is due next after each turn of a conversation."""
    from calmdesk.app.chat_text import print_advice
    from calmdesk.coach.jsonl import advise_line

    engine = build_engine(load_settings())
    reader, coach = engine.reader, engine.coach
    if jsonl:
        _answer_lines(lambda row: advise_line(row, coach, reader.read))
        return
    print_advice(_text_of(file), reader, coach, lang, Console())


@app.command()
def lint(
    file: Annotated[Path | None, typer.Argument(help="A draft; without one, standard input is read.")] = None,
    form: Annotated[
        str, typer.Option("--format", help="text, or line: `file:line:col rule message`.")
    ] = "text",
    lang: Annotated[Lang | None, typer.Option(help="Its language; recognised when not given.")] = None,
) -> None:
    """Show the words of a draft that make things worse. Exit status 1 when there are any."""
    from calmdesk.app.chat_text import print_lint

    if form not in ("text", "line"):
        raise typer.BadParameter("choose text or line", param_hint="--format")
    engine = build_engine(load_settings())
    reader, coach = engine.reader, engine.coach
    name = str(file) if file else "-"
    if print_lint(_text_of(file), name, reader, coach, lang, Console(), lines=form == "line"):
        raise typer.Exit(1)


@content_app.command("check")
def content_check(settings: SettingsFile = None) -> None:
    """Check every content file: schema, ids, examples that must fire and stay silent, language by language."""
    from calmdesk.reading.examples import check_all

    given = _settings(settings)
    faults = check_all(given.packs)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(faults)} faults" if faults else "Content is in order.")
    if faults:
        raise typer.Exit(1)


def _text_of(file: Path | None) -> str:
    if file is None:
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        raise typer.BadParameter(f"{file} cannot be read ({fault.strerror}).") from None


def _answer_lines(answer: Answer, source: TextIO | None = None) -> None:
    """One JSON object a line in, one a line out, same order; a bad line gets an error in its place.

    Lines are answered side by side, `SIDE_BY_SIDE` at a time, and each is written as soon as those before it are: a
    script that waits for an answer before it writes the next line is served too.
    """
    gc.enable()
    waiting: queue.Queue[Future[dict[str, Any]] | None] = queue.Queue(maxsize=64)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        threading.Thread(target=_take_lines, args=(answer, source, pool, waiting), daemon=True).start()
        failed = False
        while (answered := waiting.get()) is not None:
            said = answered.result()
            failed |= "error" in said
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def _take_lines(
    answer: Answer,
    source: TextIO | None,
    pool: ThreadPoolExecutor,
    waiting: queue.Queue[Future[dict[str, Any]] | None],
) -> None:
    try:
        for raw in _lines(source):
            if raw.strip():
                waiting.put(pool.submit(_answer_line, answer, raw))
    finally:
        waiting.put(None)


def _answer_line(answer: Answer, raw: bytes) -> dict[str, Any]:
    row = _row(raw)
    return row if "error" in row and "text" not in row and "turns" not in row else _safely(answer, row)


def _lines(source: TextIO | None) -> Iterable[bytes]:
    if source is not None:
        return (line.encode() for line in source)
    return sys.stdin.buffer


def _row(raw: bytes) -> dict[str, Any]:
    try:
        row = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, ValueError):
        return {
            "id": None,
            "error": {"code": "bad_json", "message": "This line is not one JSON object in UTF-8."},
        }
    if not isinstance(row, dict):
        return {"id": None, "error": {"code": "bad_json", "message": "This line is not a JSON object."}}
    return row


def _safely(answer: Answer, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return answer(row)
    except Exception as fault:  # one bad line must not silence the others
        return {
            "id": row.get("id"),
            "error": {"code": "fault", "message": f"The line could not be read ({type(fault).__name__})."},
        }


def _print_reading(said: dict[str, Any], text: str) -> None:
    console = Console()
    if "error" in said:
        console.print(said["error"]["message"], style="red")
        raise typer.Exit(1)
    shown = Text(text)
    for cue in said.get("cues", []) + said.get("lint", []):
        shown.stylize("bold underline", cue["start"], cue["end"])
    console.print(shown)
    if said["role"] == "customer":
        heat, abuse = said["heat"], said["abuse"]
        console.print(f"heat      {heat['band']} ({heat['score']:.2f})", highlight=False)
        console.print(f"abuse     {abuse['kind']}, target {abuse['target']}", highlight=False)
        console.print(f"leverage  {', '.join(said['leverage']) or 'none'}", highlight=False)
        console.print(f"issue     {said['issue']}", highlight=False)
    else:
        console.print(f"moves     {', '.join(said['moves']) or 'none'}", highlight=False)
        for finding in said["lint"]:
            console.print(
                f"finding   {finding['rule']}: “{finding['quote']}” - {finding['because']}", highlight=False
            )
        for promise in said["promises"]:
            console.print(
                f"promise   {promise['kind']}, due {promise['due'] or 'without a time'}", highlight=False
            )
    for cue in said.get("cues", []):
        console.print(
            f"  {cue['what']}: “{cue['quote']}” - {cue['because']} [{cue['by']}]",
            style="dim",
            highlight=False,
            markup=False,
        )


def main() -> None:
    """Runs the command line; refusals are one clear sentence and exit status 2, never a traceback."""
    try:
        app()
    except (SettingsError, DeskError, ContentError, PortTaken) as fault:
        typer.echo(str(fault), err=True)
        sys.exit(2)
