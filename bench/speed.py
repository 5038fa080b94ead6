"""Reading on one core: one message, many messages, the start, the memory, the size of the weights.

Times are told twice: by the clock, and as the processor time that was used. On a machine with nothing else to do the
two agree; on a busy one only the second says something of the program. The load before the measurement is told too.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = Path(__file__).resolve().parent / "results" / "speed.json"
#: What is wanted of each figure: its name → (the limit, whether more is better).
WANTED = {
    "one_p95_ms": (15.0, False),
    "one_p95_cpu_ms": (15.0, False),
    "bulk_per_s": (150.0, True),
    "bulk_per_cpu_s": (150.0, True),
    "start_s": (2.0, False),
    "start_cpu_s": (2.0, False),
    "memory_mb": (600.0, False),
    "weights_mb": (120.0, False),
}
SINGLES = 300
BULK = 600

#: Thirty words each, as customers and agents write.
LONG = (
    (
        "customer",
        "en",
        "I have been waiting for my order since the second of March and nobody tells me anything, so please look "
        "where the parcel is now and call me back before six.",
    ),
    (
        "customer",
        "ru",
        "Я жду заказ со второго марта, и никто мне ничего не говорит, поэтому посмотрите, пожалуйста, где сейчас "
        "посылка, и перезвоните мне сегодня до шести вечера, я буду дома и отвечу.",
    ),
    (
        "agent",
        "en",
        "Two weeks are far too long, and I am sorry. I have found the parcel in Leeds, it leaves there tonight, and "
        "I will call you tomorrow at nine with news.",
    ),
    (
        "agent",
        "ru",
        "Две недели — это слишком долго, простите нас. Я нашла посылку в Казани, сегодня вечером она выезжает "
        "оттуда, и завтра в девять я вам позвоню и расскажу, где она и когда будет.",
    ),
)


def measured() -> dict[str, float]:
    """All figures, in a fresh process held to one core, so that no other bench's memory is counted."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.speed", "--inside"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return {name: float(value) for name, value in json.loads(done.stdout.splitlines()[-1]).items()}


def inside() -> dict[str, float]:
    """The measurement itself."""
    import os

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    one_core()
    begun = Stopwatch()
    from calmdesk.content import load_content
    from calmdesk.desk.vocabulary import Lang, Role
    from calmdesk.reading import load_model
    from calmdesk.reading.reader import Reader

    reader = Reader(load_content(), load_model())
    reader.read("Hello", role=Role.CUSTOMER, lang=Lang.EN)
    start, start_cpu = begun.read()
    asked = [(Role(role), Lang(lang), text) for role, lang, text in LONG]
    times, cpu = [], []
    for number in range(SINGLES):
        role, lang, text = asked[number % len(asked)]
        watch = Stopwatch()
        # No two alike, so that nothing can be remembered.
        reader.read(f"{text} {number}", role=role, lang=lang)
        wall, used = watch.read()
        times.append(wall * 1000)
        cpu.append(used * 1000)
    watch = Stopwatch()
    for role, lang, text in corpus_like(BULK):
        reader.read(text, role=Role(role), lang=Lang(lang))
    wall, used = watch.read()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"one_p50_ms": percentile(times, 0.5), "one_p95_ms": percentile(times, 0.95),
            "one_p50_cpu_ms": percentile(cpu, 0.5), "one_p95_cpu_ms": percentile(cpu, 0.95),
            "bulk_per_s": BULK / wall, "bulk_per_cpu_s": BULK / used, "start_s": start, "start_cpu_s": start_cpu,
            "memory_mb": peak, "weights_mb": weights() / 1e6, "load": load}  # fmt: skip


class Stopwatch:
    """Wall time and processor time since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Both, in seconds."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def one_core() -> None:
    """Holds this process to one core where the system can do that."""
    import os

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def corpus_like(count: int) -> list[tuple[str, str, str]]:
    """So many lines of SupportCheck, taken evenly from both languages and roles."""
    from bench.supportcheck.cases import LANGS, load

    lines = [(case.role, case.lang, case.text) for lang in LANGS for case in load(lang)]
    return [lines[at * len(lines) // count] for at in range(count)]


def weights() -> int:
    """Bytes of everything in the folder of weights."""
    folder = ROOT / "src" / "calmdesk" / "reading" / "weights"
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def fulfilled(name: str, value: float) -> bool:
    """Whether a figure is what is wanted of it; True where nothing is."""
    if name not in WANTED:
        return True
    limit, more = WANTED[name]
    return value >= limit if more else value <= limit


def main() -> None:
    """The bench; with --write its figures are kept for docs/quality.md."""
    parser = argparse.ArgumentParser(prog="bench speed")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true")
    args, _ = parser.parse_known_args(sys.argv[1:])
    if args.inside:
        print(json.dumps(inside()))
        return
    found = measured()
    for name, value in found.items():
        limit = f", wanted {'≥' if WANTED[name][1] else '≤'} {WANTED[name][0]:g}" if name in WANTED else ""
        print(f"{name:<16} {value:8.1f}{limit}{'' if fulfilled(name, value) else '   not reached'}")
    if args.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
