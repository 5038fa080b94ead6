"""The label sets every head is trained on, in the order of the network's outputs.

Values are those of `calmdesk.desk.vocabulary`; a test compares the two.
"""

from __future__ import annotations

HEAT = ("calm", "tense", "angry", "furious")
KIND = ("none", "profanity", "insult", "threat", "hate", "sexual", "self_harm")
TARGET = ("agent", "staff", "customer", "other", "thing", "none")
LEVERAGE = ("human", "supervisor", "refund", "cancel", "legal", "regulator", "review", "chargeback")
ISSUE = (
    "delivery", "wrong_item", "defect", "billing", "refund", "outage", "access", "credit",
    "staff", "waiting", "policy", "cancellation", "question", "other", "none",
)  # fmt: skip
LINT = (
    "dismissing", "disowning", "contradicting", "refusing", "policy_wall", "blaming", "hollow_empathy",
    "non_apology", "deferring", "labelling", "condescending", "retaliating", "vague_promise", "assuming",
)  # fmt: skip
MOVES = (
    "acknowledge", "apologise", "own", "ask_open", "ask_closed", "paraphrase", "explain", "solve", "options",
    "alternative", "next_steps", "promise", "update", "boundary", "redirect", "escalate", "feedback",
    "thank", "close",
)  # fmt: skip
PROMISE = ("promise",)
# Heads for public sets: they steady the body and serve the comparison with other tools.
PUBLIC = ("abuse_of_bot", "anger_english", "anger_russian")

ONE_OF = {"heat": HEAT, "kind": KIND, "target": TARGET, "issue": ISSUE}
ANY_OF = {"leverage": LEVERAGE, "lint": LINT, "moves": MOVES, "promise": PROMISE, "public": PUBLIC}
HEADS: dict[str, tuple[str, ...]] = {**ONE_OF, **ANY_OF}
TAGS = (*LINT, "promise")  # labels that are also marked on words


def slices() -> dict[str, tuple[int, int]]:
    """Where each head's logits start and end in the network's output."""
    out, at = {}, 0
    for name, labels in HEADS.items():
        out[name] = (at, at + len(labels))
        at += len(labels)
    return out
