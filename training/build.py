"""Rebuilds the reading engine's weights: `python training/build.py --data DIR`.

DIR holds `train/` with the public sets. The published encoder is looked for in `DIR/encoder`, then in
`DIR/../models/e5-small-en-ru`, unless `--encoder` names it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
os.environ.setdefault("OMP_NUM_THREADS", "2")

import torch  # noqa: E402

from calibrate import write  # noqa: E402
from calmdesk.reading.model.tokens import Tokens  # noqa: E402
from card import write_card  # noqa: E402
from corpus import Row, read_cedr, read_convabuse, read_corpus, read_goemotions  # noqa: E402
from evaluate import report  # noqa: E402
from export import export  # noqa: E402
from fit import Plan, fit  # noqa: E402
from network import fresh  # noqa: E402
from ngrams import fit_ngrams  # noqa: E402
from pack import pack  # noqa: E402
from quick import quick_figures  # noqa: E402


def public_rows(data: Path, counts: dict[str, int], seed: int) -> list[Row]:
    return [
        *read_convabuse(data),
        *read_goemotions(data, counts["goemotions"], seed),
        *read_cedr(data, counts["cedr"], seed),
    ]


def train(args: argparse.Namespace, encoder: Path) -> Path:
    """Runs the stages of `config.toml` (or one of them); each leaves `<stage>.pt`, the last one's path is returned."""
    config = tomllib.loads((HERE / "config.toml").read_text())
    tokens = Tokens.load(encoder / "tokenizer.json")
    reader = fresh(encoder)
    if args.start is not None:
        reader.load_state_dict(torch.load(args.start, weights_only=True))
    held = {r.text for r in read_corpus(args.corpus) if r.held_out}
    public = [r for r in public_rows(args.data, config["public"], config["seed"]) if not r.held_out]
    out = args.work / "none.pt"
    for name, settings in config["stage"].items():
        if args.stage not in ("all", name):
            continue
        files = settings.pop("files")
        plan = Plan(**settings, seed=config["seed"], minutes=args.minutes)
        out = args.work / f"{name}.pt"

        def lines(files: str = files) -> list[Row]:
            return [r for r in read_corpus(args.corpus, files) if not r.held_out and r.text not in held]

        def look(state: dict[str, torch.Tensor], epoch: int, plan: Plan = plan) -> dict[str, object]:
            if epoch % 3 and epoch != plan.epochs:
                return {}
            probe = fresh(encoder)
            probe.load_state_dict(state)
            return quick_figures(probe, [r for r in read_corpus(args.corpus) if r.text in held], tokens)

        print(f"stage {name}: {len(lines())} lines, {len(public)} public, {len(held)} held out", flush=True)
        reader.load_state_dict(fit(reader, lines, public, tokens, plan, out, look))
    return out


def finish(args: argparse.Namespace, encoder: Path, trained: Path) -> None:
    """Exports, calibrates, measures, writes the card and puts the weights in their place."""
    reader = fresh(encoder)
    reader.load_state_dict(torch.load(trained, weights_only=True))
    folder = args.work / "weights"
    print(json.dumps(export(reader, folder)), flush=True)
    shutil.copyfile(encoder / "tokenizer.json", folder / "tokenizer.json")
    if args.ngrams is None:
        fit_ngrams(read_corpus(args.corpus), folder / "ngrams.npz")
    else:
        shutil.copyfile(args.ngrams, folder / "ngrams.npz")
    scale, found = report(folder, args.corpus)
    write(scale, folder)
    manifest = pack(folder, encoder, args.out, args.version)
    write_card({**found, "version": args.version}, HERE / "MODEL_CARD.md")
    print(json.dumps({**found["figures"], "sha256": manifest["sha256"]}, indent=1), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--work", type=Path, default=HERE / "out")
    parser.add_argument("--start", type=Path, help="continue from these weights")
    parser.add_argument("--stage", default="all", help="one stage of config.toml, `none` to train nothing")
    parser.add_argument(
        "--minutes", type=float, default=0.0, help="let the clock, not the epochs, end a stage"
    )
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/calmdesk/reading/weights")
    parser.add_argument("--ngrams", type=Path, help="take this n-gram table instead of fitting it")
    parser.add_argument("--version", default="1")
    args = parser.parse_args()
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)
    args.work.mkdir(parents=True, exist_ok=True)
    places = (args.data / "encoder", args.data.parent / "models" / "e5-small-en-ru")
    encoder = args.encoder or next((place for place in places if place.is_dir()), places[0])
    trained = train(args, encoder)
    if args.stage in ("all", "none"):
        finish(args, encoder, args.start if args.stage == "none" else trained)


if __name__ == "__main__":
    main()
