"""How English clauses promise, and how they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from .clauses import Clause, Sort, Verdict
from .kinds_en import kind_of
from .verbs_en import Act, Form, Verb, lexicon
from .when import Unit

SEAMS = re.compile(
    r"(?P<mark>;|,(?!\d)|:(?!\d)|[()—]|(?<= )-(?= ))"
    r"|(?<![a-z'-])(?P<lead>and|but|so|then|or(?! no\b)|yet|because|cos|cause|coz|since|which|who|whom|whose|unless|even if|if|"
    r"when|whenever|once|as soon as|soon as|the moment|the minute|until|till|while|whether|although|though|provided|providing|"
    r"otherwise|where|what|how|why|whatever|whichever|whoever|wherever|however|after|before|as long as|assuming|depending|in case|&|plus|as(?= (?:they|you|we|i|he|she|it|promised|agreed|requested|discussed|usual)\b))(?![a-z'-])"
    r"|(?<=[a-z] )(?<!\band )(?<!\bbut )(?<!\bso )(?<!\bthen )(?<!\bor )(?<!\bif )(?<!\bwhen )(?<!\bonce )(?<!\bthat )(?<!\bas )(?<!\bwhat )(?<!\bwho )(?<!\bwhere )"
    r"(?<!\bhow )(?<!\bbefore )(?<!\bafter )(?<!\buntil )(?<!\btill )(?<!\bwhile )(?<!\bbecause )(?<!\bthe minute )(?<!\bthe moment )(?<!\bsoon as )(?<!\bunless )(?=(?:i|we|they|he|she)(?:'ll| will| shall) )"
)
SUBORDINATE = frozenset(["whatever", "whichever", "whoever", "wherever", "however", "as", "because", "cos", "cause", "coz", "since", "which", "who", "whom", "whose", "whether", "although", "though", "where", "what", "how", "why", "while", "than", "until", "till", "before"])
CONDITIONAL = frozenset(["if", "unless", "provided", "providing", "otherwise", "as long as", "assuming", "depending", "in case"])
TEMPORAL = frozenset(["when", "whenever", "once", "as soon as", "soon as", "the moment", "the minute", "after"])
# No clause that people write has its verb later than this.
_LONGEST = 80
JOINING = frozenset(["and", "&", "then", "but", "plus"])

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*(?:'[a-z]+)?|'[a-z]+|\d+")
_YOUR_STEP = re.compile(
    r"^\W*(?:\w+ (?:soon as )?)?(?:as soon as |the moment |the minute )?(?:you|u|you've|you're|you'd|your (?:\w+ )?(?:payment|photos?|documents?|reply|answer|confirmation|form|email|approval|bank|landlord)|"
    r"(?:we|i)(?:'ve| have)? (?:received?|got|get|hear|have|see)(?: back)? (?:it |them |this |that |your|the \w+ (?:from|back from) you|from you|confirmation from you)|ur)\b|\bfrom you\b|\byou (?:send|sign|pay|confirm|return|approve|reply|upload|choose|give|provide|tell|let|fill|complete)\b"
)
_GUESS = re.compile(
    r"\b(?:hope|hopes|hoping|hopefully|probably|perhaps|maybe|possibly|likely|unlikely|ideally|presumably|fingers crossed|touch wood|with (?:any |a bit of )?luck|inshallah|"
    r"god willing|weather permitting|all being well|if all goes|no guarantees?|no promises|estimated|in theory|reckon|supposed to|aim(?:s|ing)? (?:to|for)|plan(?:s|ning)? (?:to|on)|intend(?:s|ing)? to|"
    r"(?:do|doing) (?:my|our) (?:best|utmost)|tr(?:y|ying|ies)(?: to| and| our| my|$)|expected|anticipate\w*|should|might|may|could|would|wouldn't|shouldn't|(?:i|we)(?:'re| are|'m| am)? expect(?:ing)?|i think|i believe|i guess|i suspect|i imagine|i'd|we'd|"
    r"looks like|seems|appears|subject to|wish|i want|we want|want to|no idea|tentative\w*|provisional\w*|don't know|not sure|can't say|can't promise|won't promise|fairly confident|chances are|all going well|if possible|where possible|whether)\b"
)
_RULE = re.compile(
    r"\b(?:usually|normally|typically|generally|as a (?:rule|policy)|in general|always|our policy|standard|the norm|in most|most of|most (?:\w+ )?(?:cases|customers|refunds|orders)|on average|"
    r"mostly|often|sometimes|tends? to|tend|every (?:refund|order|claim|case|customer|request)|customers|anyone|people who|ordinarily|as stated|per our terms|by default|speaking generally|in my experience|any (?:refund|order|claim|request)s?)\b"
)
_REPORT = re.compile(
    r"\b(?:says?|said|told|tells|reckons?|swears?|swore|claims?(?= (?:that|to|he|she|they|it|we|you)\b)|claimed|wrote|writes(?! to)|thinks?|thought|guesses|quotes|estimates|promised|promises(?= (?:that|you|us|to|it|they))|according to|was assured|assured you|apparently|insists?|"
    r"supposedly|announced|mentioned|expects|was (?:told|supposed|meant)|were (?:told|supposed|meant)|stated|states|hears?(?= that)|i heard|rumou?r)\b"
)
_FIRST_REPORT = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall|'m going to| can|'m| am)? (?:personally )?(?:promise|guarantee|assure|confirm|tell|say)\b|\bi give you my word\b|"
    r"\b(?:you can|you may) (?:be sure|count on|expect|rely on)|\brest assured\b|\bpromise\b"
)
_FOREIGN = re.compile(
    r"^(?:and |but |so )?(?:the |a |your )?(?:\w+ )?(?:supplier|manufacturer|factory|airline|county|city|council|utility|forecast|landlord|insurer|court|police|government|"
    r"embassy|registry|safaricom|weather|warehouse says|other (?:company|firm|side)|town hall|ministry|state|regulator|vendor|seller|storm|strike|sale|offer|deadline|promo\w*|warranty|"
    r"policy|exhibition|trial|season|bus|train|flight|ferry|ship|shuttle|coach|tram|plane)\b"
)
_NOBODY = re.compile(r"\b(?:nobody|no one|no-one|nothing|none|neither|no \w+)$|^\W*(?:and |but |so )?(?:nobody|no one|nothing|none|neither|no )\b")
_NEGATION = frozenset(["not", "never", "n't", "no", "hardly", "barely", "cannot", "neither", "nor"])
_MODALS = frozenset(
    ["would", "could", "can", "may", "might", "should", "must", "ought", "wouldn't", "couldn't", "can't", "cannot", "shouldn't", "mightn't", "mustn't", "'d", "i'd", "we'd", "he'd", "she'd", "they'd", "you'd", "it'd", "that'd", "there'd", "cant", "couldnt", "wouldnt", "shouldnt"]
)
_PASTS = frozenset(["was", "were", "did", "had", "wasn't", "weren't", "didn't", "hadn't", "wasnt", "werent", "didnt", "hadnt", "said", "says", "told", "been"])
_FUTURE = frozenset(["will", "shall", "gonna", "'ll"])
_NEG_FUTURE = frozenset(["won't", "wont", "shan't"])
_BE = frozenset(["am", "is", "are", "'m", "'re", "'s", "be", "ain't", "isn't", "aren't", "isnt", "arent", "im", "hes", "shes", "theyre", "youre", "its", "thats", "theres"])
_NEG_BE = frozenset(["ain't", "isn't", "aren't", "isnt", "arent"])
_GLUED = {"ill": "i", "itll": "it", "theyll": "they", "youll": "you", "well": "we", "hell": "he", "shell": "she", "thatll": "that", "someonell": "someone"}
_DETERMINERS = frozenset(
    ["the", "a", "an", "my", "your", "our", "his", "her", "their", "this", "that", "these", "those", "any", "some", "no", "each", "every", "full", "new", "first", "next", "last", "further", "another", "proper", "quick", "final", "follow-up", "phone", "ur", "its", "of", "written", "free", "missed", "same", "whole", "for", "with", "on", "in", "by", "from", "at", "more", "big", "small", "good", "bad", "work", "status", "initial", "second", "third", "stop", "test"]
)
_ADVERBS = frozenset(
    ["also", "still", "just", "now", "then", "already", "personally", "definitely", "certainly", "surely", "gladly", "happily", "of", "course", "absolutely", "always", "all", "be", "both", "only", "even", "soon", "shortly", "promptly", "directly", "automatically", "immediately", "first", "today", "tomorrow", "tonight", "back", "once", "again", "finally", "simply", "actually", "really", "po", "currently", "duly", "either", "please", "kindly"]
)
_LEAD_IN = frozenset(["please", "kindly", "just", "and", "so", "then", "do", "ok", "okay", "right", "but", "now", "first", "simply", "always", "also"])
_SUBJECTS = frozenset(["i", "we", "they", "he", "she", "it", "you", "u", "one", "someone", "somebody", "everyone", "people", "there", "this", "that", "these", "those", "both", "who"])
_STATE = re.compile(
    r"^(?:\s|not|n't|still|also|now|all|both|going)*(?:closed|open|shut|off(?! your)|away|busy|late|due|valid|free|on holiday|on leave|sick|out of|available|welcome|sorry|afraid|happy|glad|sure|the (?:deadline|"
    r"earliest|latest|last|first|norm|rule|only)|a (?:holiday|public)|yours to keep|able|about|aware|worried|ashamed|a little|a bit|like|why|how|what|who|not)\b"
)
_PLACE = re.compile(
    r"\b(?:in touch|in contact|along|back|with (?:you|u|your|him|her|the)|at your|at yours|there|in your|on your|on ur|in ur|to you|yours|ready|round|here|out|off|up|over|through your|by messenger|on (?:its|the) (?:way|wharf)|in the post|alongside|"
    r"done|sorted|live|right|on (?:her|his) desk|with (?:head|our|my)|lifted|gone|fixed|spelled|booked|scheduled|arranged|reserved|set|yours|around|by|under way|on you|in front of|at the|on)\b"
)
_DELIVERABLE = re.compile(r"\b(?:from (?:me|us)|back|to you|with you|in your|on your|next (?:update|note|look|news)|your way|yours|for you|call-?backs?|call|update|refund|reply|pdf|delivery|replacement|answer)\b")
_UNTIMED_STEP = re.compile(r"\b(?:have a (?:look|word|think)|see (?:what|if|to|about)|look|check|find out|ask|think|note|mention|check|make sure)\b")
_NOT_OURS = re.compile(r"\b(?:yourself|on your own|at your end|customers?)\b")


def judge(clause: Clause, before: Sequence[Clause]) -> Verdict:
    """What an English clause does, given the ones before it in its sentence."""
    text = clause.bare.strip()
    lead = clause.lead
    if lead == "even if" or (lead == "if" and re.match(r"if (?:not (?:sooner|earlier|before)|anything|needed|necessary|need be|you ask me|that's any)", text)):
        return Verdict(Sort.ASIDE)
    if lead in CONDITIONAL or re.match(r"(?:should you|were you to|had you|subject to|on condition)\b", text):
        return Verdict(Sort.CONDITION)
    if lead in TEMPORAL and not (lead == "once" and re.match(r"once (?:again|more)\b", text)):
        if _YOUR_STEP.search(text):
            return Verdict(Sort.CUSTOMER)
        return Verdict(Sort.EVENT if lead != "after" else Sort.ASIDE)
    if re.match(r"(?:upon|on) (?:receipt|receiving|getting) (?:of )?(?:your|the|it|them)\b|(?:upon|after|on|following) your\b", text):
        return Verdict(Sort.CUSTOMER)
    if lead in ("who", "which") and "," in clause.mark and before and re.match(r"(?:who|which)(?:'ll| will| shall)\b", text):
        return _main(clause, "they " + text[len(lead) :].lstrip(), before)
    if lead in SUBORDINATE and not (before and re.search(r"\b(?:promise|guarantee|assure you|sure|confirm)$", before[-1].text.strip())):
        if lead in ("until", "till") and re.match(r"(?:until|till) (?:you|u)\b", text):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.ASIDE)
    body = text[len(lead) :] if lead and text.startswith(lead) else text
    pledge = _PLEDGE.match(body)
    if pledge and pledge.end() < len(body.rstrip()):
        body = " " + body[pledge.end() :]
    return _main(clause, body, before)


def _main(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    verdict = _verb_group(clause, body, before)
    if verdict.sort not in (Sort.COMMIT, Sort.DATED, Sort.CONDITION):
        if _REPORT.search(body) and not _FIRST_REPORT.search(body):
            return Verdict(Sort.REPORT)
        if re.search(r"\b(?:i|we) (?:hope|think|believe|guess|reckon|expect|suspect|wish|doubt)\b", body):
            return Verdict(Sort.REPORT)
        return verdict
    if _REPORT.search(body) and not _FIRST_REPORT.search(body) and not re.search(r"\bwhat|how|whether|who\b", body):
        head = body[: body.find(_REPORT.search(body)[0])]  # type: ignore[index]
        if not re.search(r"\b(?:will|'ll|shall)\b", head):
            return Verdict(Sort.REPORT)
    if _GUESS.search(body) and not re.search(r"\b(?:you can|you may|you should) (?:expect|count|be sure|rely)\b|\b(?:i )?could(?:n't)? be\b$", body):
        return Verdict(Sort.OTHER)
    if _RULE.search(body):
        return Verdict(Sort.REPORT)
    return _with_antecedent(verdict, body, before)


_SENT_KINDS = frozenset({PromiseKind.REFUND, PromiseKind.REPLACEMENT, PromiseKind.DOCUMENT})


def _with_antecedent(verdict: Verdict, body: str, before: Sequence[Clause]) -> Verdict:
    """ "I've issued the refund; it'll be on your card by Friday": the thing was named before."""
    if verdict.kind not in (PromiseKind.DELIVERY, PromiseKind.OTHER, PromiseKind.VISIT) or not before:
        return verdict
    who = re.match(r"\W*(it|they|that|he|she|will|should)\b", body)
    if not who:
        return verdict
    named = before[-1].bare
    if who[1] in ("he", "she", "they") and re.search(r"\b(?:courier|driver|rider|postman|delivery)\b", named):
        return replace(verdict, kind=PromiseKind.DELIVERY)
    kind = kind_of(named + " " + body, Act.MOVE, "be", named)
    return replace(verdict, kind=kind) if kind in _SENT_KINDS and who[1] not in ("he", "she") else verdict


def _carried(before: Sequence[Clause]) -> str:
    """The words without a verb just before: "a letter for the landlord, on letterhead, …"."""
    words = ""
    for earlier in reversed(before):
        if earlier.verdict.sort is Sort.ASIDE:
            continue
        if earlier.verdict.sort is not Sort.FRAGMENT:
            break
        words = earlier.bare.strip() + " " + words
    return words.strip()


def _tokens(body: str) -> list[str]:
    words: list[str] = []
    for found in _WORD.finditer(body):
        word = found[0]
        if "'" in word and not word.startswith("'") and word not in _MODALS and not word.endswith("n't") and word != "o'clock":
            head, _, tail = word.partition("'")
            words += [head, "'" + tail]
        else:
            words.append(word)
    if words and words[0] in _GLUED and len(words) > 1 and _is_base(_next_word(words, 1)):
        words[:1] = [_GLUED[words[0]], "'ll"]
    return [piece for word in words for piece in (("not",) if word == "n't" else (word,))]


def _next_word(words: Sequence[str], at: int) -> str:
    while at < len(words) and words[at] in _ADVERBS:
        at += 1
    return words[at] if at < len(words) else ""


def _is_base(word: str) -> bool:
    if word in ("be", "have", "get"):
        return True
    verb = lexicon().get(word)
    return verb is not None and Form.BASE in verb.forms


def _verb_group(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    words = _tokens(body)[:_LONGEST]
    if not words:
        return Verdict(Sort.FRAGMENT)
    vow = _VOW.search(body)
    if vow and not re.search(r"\b(?:not|n't|cannot|can't|never)\b", body[: vow.start("act")]):
        act = vow["act"].removesuffix("ing") if vow["act"] not in lexicon() else vow["act"]
        known = lexicon().get(act)
        kind = kind_of(body, known.act if known else Act.LIGHT, known.base if known else "be", "we")
        return Verdict(Sort.COMMIT, kind, True)
    if words[:2] == ["let", "me"] and len(words) > 2 and (known := lexicon().get(words[2])) is not None:
        return replace(_act(words, 2, known, "i", body), sort=Sort.DATED) if known.act is not Act.STEP else Verdict(Sort.OTHER)
    start = _imperative(words, clause, body, before)
    if start is not None:
        return start
    chain = _chain(before) if clause.lead in JOINING and words[0] in ("will", "'ll", "shall") else None
    if chain is not None:
        verdict = _future(words, 1, "", body)
        if verdict.sort in (Sort.COMMIT, Sort.DATED):
            base = next((word for word in words[1:] if word in lexicon()), "be")
            known = lexicon().get(base)
            kind = kind_of(chain.bare.strip() + " " + body, known.act if known else Act.LIGHT, known.base if known else "be", chain.bare)
            return replace(verdict, goes_on=True, kind=kind)
        return verdict
    carried = _carried(before) if clause.lead in ("", "and") else ""
    if carried and (words[0] in ("'s", "is", "are", "will", "'ll", "shall") or _is_third(words[0])):
        head = _tokens(carried)
        verdict = _scan([*head, *words], carried + " " + body, before, clause, len(head))
        if verdict.sort in (Sort.COMMIT, Sort.DATED):
            return replace(verdict, carried=True)
    return _scan(words, body, before, clause, 0)


def _is_third(word: str) -> bool:
    verb = lexicon().get(word)
    return verb is not None and Form.THIRD in verb.forms and Form.BASE not in verb.forms


def _scan(words: list[str], body: str, before: Sequence[Clause], clause: Clause, first: int) -> Verdict:
    for i in range(first, len(words)):
        word, subject = words[i], " ".join(words[:i])
        if word in _FUTURE or (word == "going" and _at(words, i + 1) == "to" and _is_be_near(words, i)):
            if word == "'ll" and i == 0:
                continue
            return _future(words, i + (2 if word == "going" else 1), subject, body)
        if word in _NEG_FUTURE or word in ("don't", "doesn't", "dont", "doesnt"):
            return Verdict(Sort.OTHER)
        if word in _MODALS:
            return _modal(words, i, body)
        if word in _PASTS:
            return Verdict(Sort.OTHER)
        if word in ("has", "have", "'ve", "having", "hasn't", "haven't", "ive", "weve"):
            if word == "have" and subject == "":
                continue
            return _having(words, i, subject, body, clause)
        if word in _BE:
            verdict = _being(words, i, subject, body, clause)
            if verdict is not None:
                return verdict
            continue
        verb = lexicon().get(word)
        if verb is None and (unlisted := _unlisted(words, i, subject, body, clause)) is not None:
            return unlisted
        if verb is not None and (found := _present(words, i, verb, subject, body, before, clause)) is not None:
            return found
    return _fragment(clause, body, before)


_RUNS_OUT = re.compile(r"\b(?:contract|subscription|plan|policy|trial|membership|warranty|licen[cs]e|term|lease|offer)\b(?: \w+)? (?:will |shall )?(?:automatically )?(?:renew|end|expire|run out|lapse|start|begin)s?\b")
_AGAINST = re.compile(r"(?:be |have to |need to |automatically |also )*(?:have to|need to|charg(?:e|ed)|debit(?:ed)?|suspend(?:ed)?|deduct(?:ed)?|terminat(?:e|ed)|disconnect(?:ed)?|bill(?:ed)? you|evict(?:ed)?)\b")
_PLEDGE = re.compile(
    r"\W*(?:and |but |so |yes,? |ok(?:ay)?,? )?(?:you (?:have|'ve got|got) (?:my|our) (?:word|promise|guarantee|assurance)|(?:i|we) can (?:confirm|assure|promise|guarantee|tell)(?: you)?|(?:i|we)(?:'ll| do|'d like to)? (?:personally |hereby )?"
    r"(?:promise|guarantee|assure|confirm|swear)(?: you)?(?= (?:that |i|we|you|your|the|it|a |an |someone|our|my|he|she|they|there))|rest assured|(?:you can |please )?be (?:sure|assured|advised|informed)|i(?:'ll)? give you my word|trust me|mark my words|please know|"
    r"(?:this is )?to confirm|(?:i(?:'m| am)|we(?:'re| are)) (?:happy|pleased|glad|delighted) to (?:confirm|say|tell you|inform you|let you know)|(?:the )?good news(?: is)?|take my word(?: for it)?)[,: ]*(?:that )?"
)
_VOW = re.compile(r"\b(?:i|we)(?:'ll| will| do| can|'re| are|'m| am)? (?:hereby |personally |fully )?(?:undertake|undertaking|commit|committed|committing|pledge|promise|guarantee|vow|swear|agree)(?: you)? (?:to )?(?P<act>[a-z]+)\b")


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _is_be_near(words: Sequence[str], i: int) -> bool:
    return any(word in _BE for word in words[max(0, i - 3) : i]) and not any(w in ("not", *_NEG_BE) for w in words[max(0, i - 3) : i])


def _imperative(words: list[str], clause: Clause, body: str, before: Sequence[Clause]) -> Verdict | None:
    i = 0
    while i < len(words) - 1 and words[i] in _LEAD_IN:
        i += 1
    first = words[i]
    if first == "expect" or (first == "look" and _at(words, i + 1) == "for"):
        if re.search(r"\b(?:my|our|from|a|an|the|mr|ms|mrs|his|her|their|it|news|word)\b", body) and not re.search(r"\bdon't\b", body):
            return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "be", ""), True)
    if re.match(r"(?:give (?:me|us)|bear with|hang (?:on|tight|in)|hold (?:on|tight|the line)|leave (?:it|this|that) (?:with|to) (?:me|us)|sit tight|trust me|no worries|stay (?:on|with) )", " ".join(words[i:])):
        return Verdict(Sort.FRAGMENT)
    if first in ("allow", "note", "bear", "remember", "beware", "mind"):
        return Verdict(Sort.ORDER)
    if first in ("don't", "dont", "never") or (first == "let" and _chain(before) is None):
        return Verdict(Sort.FRAGMENT if "worry" in words else Sort.OTHER)
    verb = lexicon().get(first)
    if verb is None or Form.BASE not in verb.forms:
        return None
    joined = clause.lead in JOINING or (clause.lead in ("", "so") and clause.mark in (",", "", ":") and bool(before))
    chain = _chain(before)
    if joined and chain is not None and i <= 1 and words[0] not in ("please", "kindly"):
        base = replace(_act(words, i, verb, "", body), goes_on=True)
        return replace(base, sort=chain.verdict.sort)
    if first in ("rest", "have", "be", "back", "work", "text", "note", "report", "post", "credit", "deposit", "ring", "answer", "reply", "refund", "update", "visit", "review", "check", "exchange", "right", "set", "second", "open", "clear", "fit", "order", "show", "cover", "test", "plan", "time", "wire", "stop", "function", "release", "supply"):
        nexts = _at(words, i + 1)
        if (not nexts and clause.mentions) or nexts in ("by", "on", "at", "in", "within", "to", "will", "is", "goes", "from", "tomorrow", "today", "assured", "back"):
            return None
    if first == "take" and re.search(r"\btake (?:my|our) word\b", body):
        return Verdict(Sort.FRAGMENT)
    if clause.lead in ("", "so", "and", "then", "but", "or", "&", "plus"):
        return Verdict(Sort.ORDER)
    return None


def _chain(before: Sequence[Clause]) -> Clause | None:
    """The commitment that a clause without a subject of its own goes on with."""
    for earlier in reversed(before):
        sort = earlier.verdict.sort
        if sort in (Sort.COMMIT, Sort.DATED):
            return earlier
        if sort not in (Sort.FRAGMENT, Sort.ASIDE, Sort.EVENT):
            return None
    return None


def _future(words: list[str], at: int, subject: str, body: str) -> Verdict:
    rest = words[at:]
    if any(word in _NEGATION for word in rest[:2]) and not re.match(r"(?:no|not) (?:later|more)", " ".join(rest[:2])):
        return Verdict(Sort.OTHER)
    if _NOBODY.search(subject) or (_FOREIGN.search(subject) and not re.search(r"\b(?:our|my)\b", subject)):
        return Verdict(Sort.OTHER)
    if _RUNS_OUT.search(body) or _AGAINST.match(" ".join(rest)):
        return Verdict(Sort.OTHER)
    if re.search(r"\bbe (?:closed|shut|away|off(?! your)|down|unavailable|out of (?:the )?office|on (?:holiday|leave)|due|right back)\b|\bgo up\b(?! to| the)", body):
        return Verdict(Sort.OTHER)
    if re.search(r"\b(?:he|she|they)$", subject) and re.search(r"\bbe (?:back|free|in|available)\b(?! (?:to|with|at) (?:you|yours))", body):
        return Verdict(Sort.OTHER)
    at_verb = at
    while at_verb < len(words) and words[at_verb] in _ADVERBS - {"be"} | {"to"}:
        at_verb += 1
    word = _at(words, at_verb)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u"):
        if word not in ("get", "have", "receive", "recieve", "hear", "see", "find", "be", "know", "hold"):
            return Verdict(Sort.OTHER)
        if word == "be" and not (re.search(r"\bbe (?:\w+ )?(?:hearing|getting|receiving|seeing|holding|called|contacted|notified|informed|refunded|credited|updated|given|sent|reimbursed|compensated|phoned|transferred|back)\b", body) or re.search(r"\bback\b", body)):
            return Verdict(Sort.OTHER)
        if word in ("have", "see", "find") and re.search(r"\b(?:have|see|find) (?:to|that|why|how)\b", body):
            return Verdict(Sort.OTHER)
    verb = lexicon().get(word)
    if verb is None:
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    done = _at(words, at_verb + 1)
    if verb.base == "have" and (perfect := lexicon().get(done)) is not None and Form.DONE in perfect.forms:
        return replace(_act(words, at_verb + 1, perfect, subject, body), sort=Sort.DATED)
    verdict = _act(words, at_verb, verb, subject, body)
    outcome = verdict.outcome or last in ("you", "u")
    return replace(verdict, sort=verdict.sort if outcome else Sort.DATED, outcome=outcome)


def _act(words: list[str], at: int, verb: Verb, subject: str, body: str) -> Verdict:
    act, base = verb.act, verb.base
    if act is Act.CALL and not _calls_customer(words, at):
        act = Act.STEP
    if act is Act.TELL and base in ("text", "contact", "write", "message") and re.search(rf"\b{base}\w* (?:the|them|him|my|our)\b", body):
        act = Act.STEP
    if base in ("tell", "explain", "say", "admit", "share") and not re.search(r"\b(?:let|outcome|news|decision|decided)\b", body) and Form.BASE in verb.forms:
        return Verdict(Sort.DATED, kind_of(body, act, base, subject), True)
    if base == "check" and re.search(r"\bcheck\w* (?:back|in) (?:with|on) (?:you|u)\b|\bcheck\w* back\b", body):
        act = Act.TELL
    if base == "let" and "know" not in words:
        act = Act.STEP
    if base in ("give", "drop", "fire", "shoot", "send") and re.search(r"\b(?:a|another) (?:shout|line|text|message|note|email|e-mail|update|heads[- ]up|answer|ping)\b", body):
        act = Act.TELL
    if base == "follow" and re.search(r"\bfollow(?:ing)? up\b", body):
        act = Act.TELL
    if base == "speak" and re.search(r"\b(?:to|with) you\b", body):
        act = Act.CALL
    if base == "take" and re.search(r"\btak\w+ (?:it |this )?(?:over|up)\b", body):
        act = Act.ARRANGE
    if act is Act.COME and base == "stop" and not re.search(r"\bstop\w* (?:by|over|in|round)\b", body):
        act = Act.FIX
    outcome = act is not Act.STEP and not (act is Act.LIGHT and base == "be" and not _PLACE.search(body))
    if base in ("give", "go", "take", "have", "make", "do", "keep", "see", "put", "leave") and _UNTIMED_STEP.search(body):
        outcome = False
    if base == "keep" or base == "put":
        if re.search(r"\b(?:posted|updated|in the loop|informed|up to (?:date|speed)|in the picture|in writing)\b", body):
            return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
    kind = kind_of(body, act, base, subject)
    sort = Sort.DATED if base in _VAGUE_ACTS else Sort.COMMIT
    return Verdict(sort, kind, outcome or kind is PromiseKind.ESCALATION)


# Verbs that commit to something only beside a time: "they'll take you for eight pounds" is a hint.
_VAGUE_ACTS = frozenset(["take", "do", "make", "go", "set", "start", "leave", "run", "show", "turn", "hit", "head", "stand", "put"])


def _calls_customer(words: list[str], at: int) -> bool:
    after = _at(words, at + 1)
    if after in ("the", "every", "my", "our", "all", "it", "them", "in", "off", "out", "around", "up", "a", "an", "this", "that"):
        return bool(re.match(r"(?:the|a|in) (?:customer|moment|few|couple|bit|hour|half|minute|morning|afternoon|evening|next)", " ".join(words[at + 1 : at + 3])))
    return True


def _modal(words: list[str], i: int, body: str) -> Verdict:
    if re.search(r"\b(?:you|u) (?:can|may|should) (?:safely )?(?:expect|count on|be (?:sure|certain|assured)|rely on|look forward to)\b", body):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "be", ""), True)
    if re.search(r"\b(?:i|we) can (?:promise|confirm|guarantee|assure|tell|say)\b", body):
        return Verdict(Sort.FRAGMENT)
    return Verdict(Sort.OTHER)


def _having(words: list[str], i: int, subject: str, body: str, clause: Clause) -> Verdict:
    if any(word in _NEGATION for word in words[i : i + 3]) or words[i].endswith("n't"):
        return Verdict(Sort.OTHER)
    if _at(words, i + 1) == "to":
        return Verdict(Sort.OTHER)
    if re.search(r"\b(?:lined up|booked|scheduled|arranged|reserved|set up|set aside|pencilled|slotted|moved your (?:appointment|visit|booking|slot|delivery)|rescheduled|put (?:you|it|this|her|him) (?:down|in)|coming|on (?:its|the|his|her) way|leaving)\b", body) and not re.search(r"\byou(?:'ve| have)\b", body):
        kind = kind_of(body, Act.ARRANGE, "book", subject)
        return Verdict(Sort.DATED, PromiseKind.VISIT if re.search(r"\bcrew|engineer|technician|plumber\b", body) else kind, True)
    if clause.mentions and not re.search(r"\b(?:you|u)$", subject) and re.search(r"\b(?:has|have|'ve|'s) (?:the|that|your|this|my|our|it|them|everything|ur) ", " ".join(words[i:]) + " "):
        done = next((w for w in words[i + 2 :] if (w.endswith("ed") and len(w) > 4) or ((v := lexicon().get(w)) and Form.DONE in v.forms and Form.BASE not in v.forms)), "")
        if done:
            known = lexicon().get(done)
            return Verdict(Sort.DATED, kind_of(body, known.act if known else Act.FIX, known.base if known else done, subject), True)
    asked = re.search(r"\b(?:asked|told|got|instructed|arranged for|lined up) [\w ]{1,40}? to ([a-z]+)\b", " ".join(words[i + 1 :]))
    if clause.mentions and asked and (known := lexicon().get(asked[1])) and re.search(r"\b(?:you|your)\b", body):
        return Verdict(Sort.DATED, kind_of(body, known.act, known.base, subject), True)
    if re.search(r"\bhas (?:your|this|the) (?:\w+ )?(?:complaint|file|case)\b|\bhave your (?:file|case)\b", body):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "have", subject), True)
    if re.search(r"\bour (?:\w+ ){1,3}has (?:the|your)\b", " ".join(words)):
        return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "have", subject), True)
    return Verdict(Sort.OTHER)


def _being(words: list[str], i: int, subject: str, body: str, clause: Clause) -> Verdict | None:
    after = words[i + 1 :]
    if words[i] in _NEG_BE or any(word in _NEGATION for word in after[:2]):
        return Verdict(Sort.OTHER)
    j = 0
    while j < len(after) and after[j] in _ADVERBS | {"being"}:
        j += 1
    word = _at(after, j)
    if (word == "going" and _at(after, j + 1) == "to") or word == "gonna":
        return None
    if words[i] == "'s" and not re.search(r"\b(?:it|he|she|that|there|who|what|here|everything|one)$", subject) and not (
        lexicon().get(word) or _PLACE.match(word + " " + _at(after, j + 1)) or (after and after[0] in ("in", "at", "on", "with", "the", "gonna", "back", "being", "yours"))
    ):
        return None  # a possessive
    if _NOBODY.search(subject) or (_FOREIGN.search(subject) and not re.search(r"\b(?:our|my)\b", subject)):
        return Verdict(Sort.OTHER)
    verb = lexicon().get(word)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u") and word not in ("getting", "receiving", "hearing", "seeing", "booked", "scheduled", "having"):
        return Verdict(Sort.OTHER)
    if verb is None and word.endswith("ing") and len(word) > 5 and word not in _NOT_DOING and clause.mentions and not _generic(subject, body):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    if verb is not None and Form.ING in verb.forms:
        return replace(_act(words, i + 1 + j, verb, subject, body), sort=Sort.DATED)
    if verb is not None and (Form.DONE in verb.forms or (Form.BASE in verb.forms and word == "set")):
        if _generic(subject, body):
            return Verdict(Sort.REPORT)
        if words[i] == "'s" and last in ("he", "she", "it") and not re.search(r"\bit\b", last):
            return Verdict(Sort.OTHER)
        if verb.act is Act.STEP:
            return Verdict(Sort.OTHER)
        return replace(_act(words, i + 1 + j, verb, subject, body), sort=Sort.DATED, outcome=True)
    if not subject or (re.match(r"(?:in|at|on) ", subject) and clause.mentions and clause.mentions[0].start <= clause.start + 1):
        return Verdict(Sort.OTHER)
    rest = " ".join(after)
    if _STATE.match(rest) or (last in ("i", "there") and not re.search(r"\b(?:with you|to you|back|at your|round|there|by)\b", rest)):
        return Verdict(Sort.OTHER)
    if last in ("it", "this", "that") and not re.search(r"\b(?:with you|back|at your|in your|on your|yours|ready|fixed|done|sorted)\b", rest):
        return Verdict(Sort.OTHER)
    if any(_DEADLINE.match(clause.text[m.start - clause.start :]) for m in clause.mentions) and re.search(r"\b(?:your|the|that|our|ur)\b", subject):
        kind = kind_of(body, Act.LIGHT, "be", subject)
        return Verdict(Sort.DATED, PromiseKind.FIX if kind is PromiseKind.DELIVERY and not _PLACE.search(rest) else kind, True)
    if _PLACE.search(rest) and not _generic(subject, body):
        return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "be", subject), True)
    return Verdict(Sort.OTHER)


_DEADLINE = re.compile(r"(?:by|within|inside|in (?:an?|the next|\d+|two|three|four|five|six|half)) ")
_NOT_DOING = frozenset(
    ["nothing", "something", "anything", "everything", "morning", "evening", "during", "according", "regarding", "waiting", "looking", "hoping", "trying", "thinking", "missing", "wondering", "feeling", "having", "being", "willing", "lacking", "asking", "saying", "telling", "expecting", "planning", "considering", "understanding", "seeing", "wanting", "needing", "facing", "experiencing", "apologising", "apologizing", "kidding", "joking", "interesting"]
)
_PARTICLES = frozenset(["to", "back", "over", "up", "out", "round", "by", "your", "you", "the", "a", "an", "at", "in", "on", "off", "him", "her", "it", "all", "through", "into", "down", "along", "past", "this", "these", "those"])
_NOT_VERBS = frozenset(
    ["this", "his", "its", "yours", "ours", "theirs", "is", "was", "has", "does", "as", "us", "yes", "always", "perhaps", "plus", "minus", "thus", "across", "unless", "besides", "towards", "afterwards", "sometimes", "hours", "days", "weeks", "minutes", "months", "thanks", "sorry", "details", "terms", "others", "means", "needs", "wants", "seems", "looks", "costs", "expires", "ends", "remains", "stays", "matters", "depends", "applies", "falls", "counts", "differs", "includes", "contains", "sits", "lies", "lives", "shows", "comprises", "belongs"]
)


def _unlisted(words: Sequence[str], i: int, subject: str, body: str, clause: Clause) -> Verdict | None:
    """A verb in no table, by its shape and place: "my wife couriers it to you tonight", "we courier it …"."""
    word, previous = words[i], _at(words, i - 1)
    if not clause.mentions or i == 0 or _at(words, i + 1) not in _PARTICLES or word in _NOT_VERBS:
        return None
    if not re.search(r"\b(?:you|your|yours|ur|u)\b", body) or _NOBODY.search(subject) or _FOREIGN.search(subject):
        return None
    if previous in ("i", "we") and word.isalpha() and word not in _ADVERBS and not word.endswith(("ed", "ly")) and len(word) > 3:
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    third = word.endswith("s") and not word.endswith("ss") and len(word) > 4 and word.isalpha()
    if third and previous not in _DETERMINERS and previous not in _PARTICLES and i >= 2 and previous not in ("two", "three", "of", "and", "with", "for"):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word[:-1], subject), True)
    return None


def _generic(subject: str, body: str) -> bool:
    """ "Refunds land in two days": a plural without an article, and nothing of the customer's."""
    words = subject.split()
    if not words or re.search(r"\b(?:your|ur|yours|you|u)\b", body):
        return False
    return words[-1].endswith("s") and not words[-1].endswith("ss") and not any(w in _DETERMINERS or w in _SUBJECTS or w in ("two", "three", "four", "both") for w in words)


def _present(
    words: list[str], i: int, verb: Verb, subject: str, body: str, before: Sequence[Clause], clause: Clause
) -> Verdict | None:
    previous = _at(words, i - 1)
    if previous in _DETERMINERS or previous == "to" or (previous.endswith("ly") and i < 2):
        return None
    third, base, ing = Form.THIRD in verb.forms, Form.BASE in verb.forms, Form.ING in verb.forms
    if ing:
        chain = _chain(before) if i == 0 and clause.lead in JOINING else None
        if chain is not None:
            return replace(_act(words, i, verb, "we", body), sort=chain.verdict.sort, goes_on=True)
        if i == 0 and clause.mentions and clause.lead in ("", "and", "so"):
            return replace(_act(words, i, verb, "we", body), sort=Sort.DATED)
        return None
    if i == 0 and Form.PAST in verb.forms and not base and _chain(before) is None and verb.act in (Act.STEP, Act.TELL, Act.CALL):
        return Verdict(Sort.OTHER)
    if i == 0 and not (third and clause.lead in JOINING):
        return None
    if Form.PAST in verb.forms and not base:
        # "the sheet you asked for gets signed": a past in a clause of its own inside the subject
        inner = previous in _SUBJECTS and i > 1 and words[i - 2] not in _LEAD_IN and words[i - 2] not in _SUBJECTS
        later = any(((known := lexicon().get(word)) and Form.THIRD in known.forms) or word in _BE for word in words[i + 1 :])
        return None if inner or later or re.search(r"\b(?:have|get|gets|be|getting)\b", subject) else Verdict(Sort.OTHER)
    if any(word in _NEGATION for word in words[max(0, i - 2) : i]) or "n't" in subject or "dont" in subject:
        return Verdict(Sort.OTHER)
    if i == 0 and third:
        chain = _chain(before)
        return replace(_act(words, 0, verb, "", body), sort=chain.verdict.sort, goes_on=True) if chain else None
    if base and previous in ("i", "we", "you") and i >= 2 and words[i - 2] not in (*_LEAD_IN, *_SUBJECTS, *_ADVERBS, "that") and not words[i - 2].isdigit():
        if any(word in _BE or word in _FUTURE or _is_third(word) for word in words[i + 1 :]):
            return None  # "a carpenter we trust is there"
    plural = verb.act in (Act.COME, Act.MOVE, Act.FIX, Act.CALL, Act.MONEY) and re.match(r"(?:two|three|four|five|six|our|the|both|some|\d+) (?:\w+ )?\w+s\b", subject)
    if base and plural and _at(words, i + 1) in _PARTICLES:
        return _asserted(words, i, verb, subject, body)
    if base and previous not in ("i", "we", "they", "you", "u", "people", "guys", "lads", "folks", "boys", "both", "we'll", "himself", "myself", "personally", "also", "then", "still", "s") and not (
        previous.endswith("s") and previous not in _SUBJECTS and len(previous) > 3
    ):
        return None
    return _asserted(words, i, verb, subject, body)


def _asserted(words: list[str], i: int, verb: Verb, subject: str, body: str) -> Verdict:
    rest = words[i + 1 :]
    if any(word in ("was", "were", "had") for word in rest) or (verb.base == "take" and not rest):
        return Verdict(Sort.OTHER)
    if verb.base == "do" and rest and _is_base(rest[0]):
        return Verdict(Sort.OTHER)
    if _NOBODY.search(subject) or _generic(subject, body) or (_FOREIGN.search(subject) and not re.search(r"\b(?:our|my|your)\b", subject)):
        return Verdict(Sort.REPORT if _generic(subject, body) else Sort.OTHER)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u") and verb.base not in ("get", "receive", "hear"):
        return Verdict(Sort.OTHER)
    if verb.act is Act.STEP or (
        verb.base in ("have", "see", "run", "work", "keep", "open", "close", "begin", "start", "stay", "be", "need", "pick", "make", "know", "go")
        and not re.search(r"\b(?:back|your|you|ur|u|yours)\b|\bthe (?:case|file|ticket|account|claim|job)\b|\bgo(?:es)? (?:live|out|in|on|off|up|to|over|into)\b", body)
    ):
        if verb.base == "have" and re.search(r"\b(?:done|fixed|redone|ready|sorted|repaired|finished|back)\b", body):
            return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "have", subject), True)
        return Verdict(Sort.OTHER)
    concerned = re.search(r"\b(?:you|your|yours|u|ur|we|i|our|us|my)\b", body) or re.search(r"\b(?:refund|himself|herself|themselves|in writing|back)\b", body)
    if not concerned and not re.match(r"^(?:the|a|an|one|somebody|someone|two|three|mr|mrs|ms|dr|she|he|they|it|that|those|another|new|different|corrected)\b", subject):
        return Verdict(Sort.OTHER)
    if not concerned and last in ("it", "that", "she", "he", "they"):
        return replace(_act(words, i, verb, subject, body), sort=Sort.DATED, outcome=True)
    return replace(_act(words, i, verb, subject, body), sort=Sort.DATED, outcome=True)


def _fragment(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    """Words without a verb; with a time and a thing they still promise: "PDF to you in ten minutes"."""
    words = _tokens(body)
    chain = _chain(before) if clause.lead in JOINING or clause.mark == "," else None
    if chain is not None and words and (verb := lexicon().get(words[0])) and Form.DONE in verb.forms and clause.lead in JOINING:
        return replace(_act(words, 0, verb, "it", body), sort=chain.verdict.sort, goes_on=True)
    if _GUESS.search(body) or _RULE.search(body):
        return Verdict(Sort.CONDITION)
    if len(words) > 1 and words[0] in ("i", "we", "they", "he", "she", "it"):
        return Verdict(Sort.OTHER)
    if re.search(r"\b(?:shut|closed|off|busy|away)\b", body) and len(words) < 4:
        return Verdict(Sort.OTHER)
    carried = _carried(before)
    if (clause.mentions or carried) and _DELIVERABLE.search(body) and not any(m.unit is Unit.PAST for m in clause.mentions):
        if not re.search(r"\b(?:thanks|thank|sorry|good|no|not|need|ago|until|since|if)\b", body):
            whole = (carried + " " + body).strip() if clause.lead == "" else body
            return Verdict(Sort.FRAGMENT, kind_of(whole, Act.LIGHT, "be", ""), True, carried=bool(carried))
    if words and words[0] in ("done", "fixed", "sorted", "resolved", "ready", "sent", "delivered", "refunded", "shipped", "back") and any(
        _DEADLINE.match(clause.text[m.start - clause.start :]) for m in clause.mentions
    ):
        known = lexicon().get(words[0])
        return Verdict(Sort.FRAGMENT, PromiseKind.FIX if words[0] == "done" else kind_of(body, known.act if known else Act.LIGHT, known.base if known else "be", ""), True)
    if any(m.unit is Unit.SAME for m in clause.mentions) and before and len(words) > 1:
        return Verdict(Sort.FRAGMENT, kind_of(body, Act.LIGHT, "be", ""), True)
    return Verdict(Sort.FRAGMENT)


_NAMES_SOMETHING = re.compile(
    r"\b(?:refund|credit|cheque|check|payment|compensation|report|invoice|letter|statement|quote|contract|receipt|copy|form|label|call|callback|answer|update|reply|decision|replacement|"
    r"card|delivery|parcel|package|order|engineer|technician|plumber|electrician|visit|crew|van|back pay|paperwork|certificate|voucher)\b"
)


def noun_kind(text: str) -> PromiseKind | None:
    """What a phrase without a verb names, if it names something that is promised: "the cheque", "engineer"."""
    if not _NAMES_SOMETHING.search(text) or re.search(r"\b(?:with|for|about|on|of|after|before|from|in) (?:the |my |your |a )?\w*$", text.strip()):
        return None
    if re.search(r"\b(?:engineer|technician|plumber|electrician|visit|crew)\b", text):
        return PromiseKind.VISIT
    return kind_of(text.strip(), Act.LIGHT, "be", "")


def first_person(text: str) -> bool:
    """Whether the writer speaks of what they do themselves."""
    return re.match(r"\W*(?:but |yet |so |and )?(?:i|we|i'll|we'll|i'm|we're)\b", text) is not None


_TAG = re.compile(r"(?:^|[,.;—-])\s*(?:ok|okay|alright|all right|right|yeah|yes|deal|good|fair enough|how's that|fine|cool)\s*$")


def tag_question(text: str) -> bool:
    """Whether a question is only "…, all right?" after a statement."""
    found = _TAG.search(text)
    return bool(found) and not re.search(r"\b(?:shall|should|can|could|would|do|does|is|are) (?:i|we|you|that|it)\b", text[: found.start()])  # type: ignore[union-attr]
