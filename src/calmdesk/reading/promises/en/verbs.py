"""English verbs of promising, their forms, and what each points to."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ..text import wordset


class Act(StrEnum):
    """What a verb does, before its objects are looked at."""

    CALL = "call"
    TELL = "tell"
    MONEY = "money"
    REPLACE = "replace"
    MOVE = "move"
    COME = "come"
    FIX = "fix"
    RISE = "rise"
    ARRANGE = "arrange"
    STEP = "step"
    LIGHT = "light"


ACTS: dict[Act, str] = {
    Act.CALL: "call phone ring telephone dial buzz",
    Act.TELL: "tell update inform notify write text message answer reply respond revert report confirm advise "
    "contact hear explain announce ping whatsapp dm shout share communicate acknowledge post let touch circle "
    "liaise decide rule",
    Act.MONEY: "refund credit reimburse pay repay compensate reverse wire deposit",
    Act.REPLACE: "replace swap exchange substitute reissue remake rebake reprint",
    Act.MOVE: "send resend ship mail email forward dispatch deliver bring hand drop courier return reach arrive land "
    "get give transfer pass provide supply fetch collect upload attach scan print publish issue leave turn show go "
    "receive deliver redeliver carry redo roll put hit head supply file release reach shoot fire zip stick sling "
    "bung zap whizz lob "
    "owe",
    Act.COME: "visit come attend pop swing inspect survey measure knock stop assess drive travel nip pull fly",
    Act.FIX:
        "fix repair mend restore reset unlock unblock reactivate activate correct amend sort resolve solve clear "
    "lift remove reconnect connect rectify adjust patch unfreeze reinstate work function run wipe delete waive "
    "disable enable rebuild reopen recover switch install seal drain clean wire finish complete restart rework "
    "tighten "
    "recalculate undo erase drop upgrade downgrade update relight re-enable unsuspend port fit bolt resize silence "
    "treat paint repaint plaster tile press iron sew stitch sharpen polish service tune weld glue plug dry wash "
    "rewire insulate resurface refit rehang level sand varnish trim prune "
    "flush unclog unjam calibrate descale refill recharge boost reinstall reprogram reconcile straighten renew "
    "rectify rebalance unpick solder",
    Act.RISE: "escalate assign refer",
    Act.ARRANGE: "book rebook reserve hold keep arrange schedule organise organize meet review process handle "
    "investigate set start begin cancel close open add move change join register pick order prepare do make take "
    "deal interview train consider apply extend discuss host appoint draft cover pack test "
    "build expedite",
    Act.STEP: "check look ask chase speak talk find try note raise flag read dig study verify monitor follow "
    "push watch gather consult nudge wait stay make want need think know stand walk like trust hope believe wish "
    "understand appreciate remember mean guess doubt love hate prefer agree apologise apologize thank regret "
    "recommend suggest accept realise realize offer propose admit owe work-in",
    Act.LIGHT: "have be get see",
}  # fmt: skip
_IRREGULAR: dict[str, tuple[str, str]] = {
    "ring": ("rang", "rung"), "write": ("wrote", "written"), "tell": ("told", "told"), "hear": ("heard", "heard"),
    "pay": ("paid", "paid"), "repay": ("repaid", "repaid"), "send": ("sent", "sent"), "resend": ("resent", "resent"),
    "bring": ("brought", "brought"), "get": ("got", "got"), "give": ("gave", "given"), "leave": ("left", "left"),
    "go": ("went", "gone"), "come": ("came", "come"), "run": ("ran", "run"), "hold": ("held", "held"),
    "keep": ("kept", "kept"), "meet": ("met", "met"), "set": ("set", "set"), "begin": ("began", "begun"),
    "do": ("did", "done"), "make": ("made", "made"), "take": ("took", "taken"), "see": ("saw", "seen"),
    "speak": ("spoke", "spoken"), "find": ("found", "found"), "have": ("had", "had"), "be": ("was", "been"),
    "put": ("put", "put"), "hit": ("hit", "hit"), "redo": ("redid", "redone"), "let": ("let", "let"),
    "remake": ("remade", "remade"), "deal": ("dealt", "dealt"), "read": ("read", "read"),
    "think": ("thought", "thought"),
    "know": ("knew", "known"), "dig": ("dug", "dug"), "undo": ("undid", "undone"), "rebuild": ("rebuilt", "rebuilt"),
    "build": ("built", "built"), "show": ("showed", "shown"), "stand": ("stood", "stood"),
    "stick": ("stuck", "stuck"), "drive": ("drove", "driven"), "fly": ("flew", "flown"), "shoot": ("shot", "shot"),
    "sling": ("slung", "slung"), "say": ("said", "said"),
    "fit": ("fitted", "fitted"), "reset": ("reset", "reset"), "draw": ("drew", "drawn"),
}  # fmt: skip
_DOUBLE = wordset("drop swap ship stop pop scan refer dig nudge run set get put hit reset step chat let patch") - {
    "nudge", "patch",
}  # fmt: skip


class Form(StrEnum):
    """How a verb stands."""

    BASE = "base"
    THIRD = "third"
    ING = "ing"
    PAST = "past"
    DONE = "done"


class Verb(NamedTuple):
    """A verb form: its act, its base and the forms that look like it."""

    act: Act
    base: str
    forms: frozenset[Form]


def _third(base: str) -> str:
    if base in ("have", "be"):
        return {"have": "has", "be": "is"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _ing(base: str) -> str:
    if base.endswith("e") and base not in ("be", "see") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + (base[-1] if base in _DOUBLE or base == "fit" else "") + "ing"


def _past(base: str) -> tuple[str, str]:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return base + "d", base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied", base[:-1] + "ied"
    past = base + (base[-1] if base in _DOUBLE else "") + "ed"
    return past, past


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Verb]:
    """Every known form with its verb; a verb listed under two acts keeps the first."""
    forms: dict[str, tuple[Act, str, set[Form]]] = {}
    for act, bases in ACTS.items():
        for base in bases.split():
            past, done = _past(base)
            for word, form in (
                (base, Form.BASE),
                (_third(base), Form.THIRD),
                (_ing(base), Form.ING),
                (past, Form.PAST),
                (done, Form.DONE),
            ):  # fmt: skip
                known = forms.setdefault(word, (act, base, set()))
                if known[1] == base:
                    known[2].add(form)
    for base in ("cancel", "label", "level", "travel"):
        act = forms[base][0] if base in forms else Act.ARRANGE
        forms[base + "led"] = (act, base, {Form.PAST, Form.DONE})
        forms[base + "ling"] = (act, base, {Form.ING})
    forms["recieve"] = (Act.MOVE, "receive", {Form.BASE})
    forms["recive"] = (Act.MOVE, "receive", {Form.BASE})
    forms["refnd"] = (Act.MONEY, "refund", {Form.BASE})
    return {word: Verb(act, base, frozenset(kinds)) for word, (act, base, kinds) in forms.items()}
