"""What an English promise is about, from its verb and its objects."""

from __future__ import annotations

import re
from functools import lru_cache

from calmdesk.desk.vocabulary import PromiseKind

from .verbs_en import Act, lexicon

_PERSON = (
    r"engineers?|technicians?|techs?|plumbers?|electricians?|sparky|sparks|crews?|fitters?|installers?|locksmiths?|"
    r"glaziers?|carpenters?|inspectors?|adjusters?|handym[ae]n|cleaners?|nurses?|doctors?|gps?|vets?|surveyors?|assessors?|"
    r"mechanics?|repairm[ae]n|contractors?|roofers?|painters?|gardeners?|arborists?|divers?|tuners?|truck|tow|van|"
    r"ambulance|patrol|guy|guys|lads?|boys?|fellas?|man|men|woman|team|someone|somebody|one of (?:us|our|my)|colleagues?|"
    r"rep|representatives?|agent|specialists?|experts?|consultants?|upholsterers?|joiners?|builders?|removal|caretaker|"
    r"janitor|security|officers?|medic|chimney sweep|pest control|housekeep\w+|porter|bellhop|maintenance"
)
_PEOPLE = re.compile(rf"\b(?:{_PERSON})\b")
_FIRST_PERSON = re.compile(r"\b(?:i|we|i'm|we're|he|she|they|he's|she's|they're|i'll|we'll|he'll|she'll|they'll|mr|mrs|ms|dr)\b")
_MONEY = re.compile(
    r"[$£€₹¥]\s?\d|\d\s?[$£€₹¥]|\b(?:refund\w*|money|moneys|cash|deposit|credit(?:ed)?|compensation|reimburse\w*|cheque|rebate|"
    r"repa(?:y|id)\w*|fare|fee|fees|surcharge|overpa\w+|charge(?! (?:point|port|cable))|sum|amount|payout|pay-?out|payment|funds|quid|bucks|euros?|"
    r"dollars?|pounds?|back ?pay|per diem|difference|overcharge|chargeback|bond|balance|interest|cashback|premium|excess|bonus|"
    r"bill credit|goodwill|pence|rupees|rs\.?|aed|usd|eur|gbp|sgd|hk\$)\b|\bcheck for\b|\bcheck(?= (?:goes|is|will|reaches|arrives|lands))"
)
_BACK = re.compile(r"\b(?:back|return\w*|refund\w*|credit\w*|repa\w+|reimburs\w+|revers\w+|compensat\w+|account|card|wallet|bank|visa|amex|paypal|you|yours?)\b")
_SENT = re.compile(rf"\b(?:send|have|get)(?:s|ing|ting)? (?:you |over |out |round )?(?:a |an |the |our |someone|somebody|one of |another )?(?:\w+ )?(?:{_PERSON})\b(?!')")
_RECORD = re.compile(r"\b(?:address|name|number|record|profile|details|account|e-?mail|limit|plan|tariff|settings?|password|price|date of birth)\b")
_PUT_RIGHT = re.compile(
    r"\b(?:put|set|made|make|be|is) (?:it |this |that |things |them )?(?:right|straight)\b|\b(?:straightened out|squared away|ironed out|struck off|knocked off|sorted out|up to scratch|back to normal|"
    r"in working order|in order again|good as new|as it should be|(?:come|comes|be|is|taken|take) off (?:your|the|ur))\b"
)
_SERVICE = re.compile(
    r"\b(?:power|water|heat(?:ing)?|internet|line|service|connection|lights?|electric(?:ity)?|gas|signal|broadband|site|website|app|account|portal|system|"
    r"network|wi-?fi|data|phone|boiler|lift|elevator|ac|aircon|air con|hot water|tv|server)\b"
)
_PAPER = re.compile(
    r"\b(?:statements?|invoices?|letters?|certificates?|contracts?|reports?|receipts?|forms?|cop(?:y|ies)|quotes?|quotations?|"
    r"estimates?|leases?|minutes|pass(?:es)?(?= |$)|boarding|paperwork|labels?|polic(?:y|ies)(?! on)|documents?|docs?|papers?|"
    r"licen[cs]es?|passports?|deeds?|transcripts?|slips?|schedules?|agreements?|prescriptions?|scans?|pdfs?|files?(?= (?:to|by|today|tomorrow))|"
    r"attachments?|visa|permits?|manuals?|instructions|guides?|brochures?|charts?|sheets?|lists?|drafts?|proof|summar(?:y|ies)|"
    r"t4|w-?2|1099|p45|p60|v5\w*|warrant(?:y|ies)|records?|notice|appraisal|itinerar(?:y|ies)|tickets?|vouchers?|e-?tickets?|bills?|breakdown|"
    r"results|references?|application|plans?|tracing|diploma|log|logs|recording|notes|ruling|apology letter|confirmation|terms|spreadsheet|questionnaire|"
    r"written (?:apology|confirmation|offer|estimate|summary|explanation|statement)|affidavit|payslips?|export|titles?|x-?rays?|sick notes?|delivery notes?)\b"
)
_NEWS = re.compile(
    r"\b(?:answers?|news|updates?|decision|verdict|word|reply|replies|response|explanation|status|outcome|information|info|details|"
    r"feedback|line from|note from|yes or (?:a )?no|plain yes|eta|tracking|email|e-mail|message|text|voice note|dates?|time ?frame|timeline|plan|findings|"
    r"number|name|quote on|apology|proposal|options?|resolution)\b"
)
_CALL = re.compile(
    r"\b(?:(?:a|another|my|our|the|his|her|your|their|follow-?up|quick|proper) (?:\w+ )?(?:call|ring|bell|buzz|callback|call-?back|tinkle|phone call)|call-?backs?|"
    r"(?:my|our|his|her|their) call|by phone|on the phone|over the phone|phone call)\b"
)
_OTHER_CALL = re.compile(r"\b(?:video|zoom|teams) call\b")
_NEW = re.compile(
    r"\b(?:replacements?|substitutes?|loaners?|another|different|correct one|right one|(?:the|our|a) correct|the right|(?:the|a) \w+ one(?= |$)|spare|in place of|instead|new|brand-?new|"
    r"fresh|unchipped|working one|good one|proper one|second one|undamaged|remade|swap\w*|exchang\w+|sealed one)\b"
)
_NOT_NEW = re.compile(r"\bnew (?:appointment|time|date|slot|quote|bill|invoice|statement|contract|line|number|password|address|price|copy|schedule|letter)\b")
_BOSS = re.compile(
    r"\b(?:supervisors?|managers?|directors?|head of|heads? office|chiefs?|boss|team ?lead(?:er)?|lead|seniors?|superiors?|principal|ceo|vp|vice president|"
    r"specialists?|second[- ]line|second[- ]level|tier[- ]?(?:2|3|two|three)|level[- ]?(?:2|3|two|three)|committee|board|ombuds\w*|complaints (?:team|dep\w+|officer|desk|unit|handler)|"
    r"escalations?|branch (?:head|officer|manager)|executive|structural engineer|actual authority|higher[- ]ups?|legal (?:team|dep\w+)|"
    r"risk (?:team|dep\w+)|fraud (?:team|dep\w+)|security team|gm|general counsel|owner|top brass|experts?|engineering team)\b"
)
_CASE = re.compile(
    r"\b(?:this|it|that|your (?:\w+ )?(?:case|file|complaint|matter|issue|ticket|claim|dispute|letter|request|query|appeal|account)|the (?:\w+ )?(?:case|file|complaint|matter|"
    r"issue|ticket|claim|dispute)|ur case|everything|things)\b"
)
_TAKES = re.compile(
    r"\b(?:escalat\w+|pass(?:ed|es|ing)?|hand(?:ed|ing|s)?|tak(?:e|es|ing) (?:over|charge|on|this|it|your|ur|the|that|up)|taking|go(?:es|ing)? (?:up )?(?:to|over to)|look(?:s|ing)? (?:at|into)|"
    r"review\w*|assign\w*|on (?:her|his|their|the) desk|ha(?:s|ve) (?:your|this|it)|hear(?:s|ing)? (?:your|the)|refer\w*|forward\w*|getting (?:your|this)|gets? (?:your|this)|"
    r"receives?|with (?:our|the|my|a)|to (?:our|the|my|a)|in front of|involv\w+|bring(?:ing)? in|own(?:s|ing)?|over to|up to|transferr?\w*|mov(?:e|ing|ed) (?:this|it|your|up)|rais\w+|"
    r"put(?:ting)? (?:this|it|your|you))\b"
)
_HERE = re.compile(r"\b(?:round|over|by|out|there|here|yours|door|place|premises|home|house|flat|property|site|address|alongside|with you|to you|your dad|mum|kiosk|office|up your)\b")
_WORKS = re.compile(
    r"\b(?:back (?:on|up|online|in service|to normal|in action)|back (?=within|by|in |tomorrow|tonight|today|before)|working|works|up and running|online|live|"
    r"sorted|fixed|resolved|mended|repaired|restored|unlocked|unblocked|reactivated|active|activated|corrected|right again|lifted|wiped|cleared|cleaned|"
    r"running|on again|right\b|connected|reconnected|sealed|gone|off (?:your|the)|removed|reset|alive|updated|redone|done|adjusted|afloat|silenced|drops to)\b"
)
_APPOINT = re.compile(r"\b(?:taxi|cab|uber|appointment|training|table for|slot|seat|seats|reservation|booking|meeting|tour|lesson|session|fitting|review|party|turnaround|stands|loyalty)\b")


def kind_of(clause: str, act: Act, base: str, subject: str) -> PromiseKind:
    """The kind of a commitment: `act` and `base` are its verb's, `subject` the words before the verb."""
    if _rises(clause, act, subject):
        return PromiseKind.ESCALATION
    if act is Act.CALL and re.search(r"\bcall(?:s|ing)? (?:round|around|by|in|over|on (?:you|u)|at your|to your)\b", clause) and base == "call":
        return PromiseKind.VISIT
    if act in (Act.MOVE, Act.LIGHT) and re.search(r"\b(?:call|phone|ring|buzz)(?:s|ing)? (?:you|u|your)\b", clause):
        return PromiseKind.CALLBACK
    if act is Act.CALL or (_CALL.search(clause) and not _OTHER_CALL.search(clause) and act is not Act.FIX):
        return PromiseKind.CALLBACK
    if act is Act.MONEY:
        return PromiseKind.REFUND
    if act is Act.TELL:
        return _told(clause, base)
    if act is Act.REPLACE:
        return PromiseKind.REPLACEMENT
    if act is Act.FIX:
        return _fixed(clause)
    if act is Act.COME:
        return PromiseKind.VISIT if base not in ("come",) else _moved(clause, base, subject)
    if act is Act.ARRANGE:
        return _arranged(clause, base)
    return _moved(clause, base, subject)


def _rises(clause: str, act: Act, subject: str) -> bool:
    if act is Act.RISE:
        return True
    if not _BOSS.search(clause):
        return False
    if act in (Act.CALL, Act.TELL, Act.MONEY, Act.REPLACE, Act.COME) and not (act is Act.TELL and "hear" in clause and _BOSS.search(subject)):
        return False
    if re.search(r"\btak(?:e|es|ing) over\b", clause) and _BOSS.search(subject):
        return True
    if _BOSS.search(subject):
        return bool(_CASE.search(clause[len(subject) :])) and bool(_TAKES.search(clause[len(subject) :]))
    return bool(_CASE.search(clause)) and bool(_TAKES.search(clause)) and not re.search(r"\b(?:answer|reply|explanation|decision|letter from) from\b", clause)


def _told(clause: str, base: str) -> PromiseKind:
    if base in ("confirm", "post") and _APPOINT.search(clause):
        return PromiseKind.OTHER
    if base in ("post", "share") and _PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if re.search(r"\b(?:by phone|phone call)\b", clause):
        return PromiseKind.CALLBACK
    return PromiseKind.UPDATE


def _fixed(clause: str) -> PromiseKind:
    if re.search(r"\b(?:new|replacement)\b", clause) and re.search(r"\b(?:install|fit|goes in|put in|instal)", clause):
        return PromiseKind.REPLACEMENT
    if re.search(r"\b(?:reverse|waive)", clause) and _MONEY.search(clause):
        return PromiseKind.REFUND
    return PromiseKind.FIX


def _arranged(clause: str, base: str) -> PromiseKind:
    if _MONEY.search(clause) and re.search(r"\b(?:refund|credit|payment|compensation|money|reimbursement)\b", clause):
        return PromiseKind.REFUND
    if re.search(r"\b(?:replacement|new one|exchange)\b", clause):
        return PromiseKind.REPLACEMENT
    if _CALL.search(clause):
        return PromiseKind.CALLBACK
    if base in ("take", "do", "make", "get", "process", "prepare", "draft", "draw") and _PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if _PEOPLE.search(clause) and re.search(r"\b(?:visit|engineer|technician|plumber|crew|tech)\b", clause):
        return PromiseKind.VISIT
    if re.search(r"\b(?:deliver\w+|courier)\b", clause):
        return PromiseKind.DELIVERY
    if base in ("make", "change", "add", "do", "move") and (_WORKS.search(clause) or _RECORD.search(clause)):
        return PromiseKind.FIX
    return PromiseKind.OTHER


_SHOWN_ON = re.compile(r"\b(?:on|to|in) (?:your|the|ur) (?:\w+ )?(?:statement|bill|invoice|account|card)\b")


def _moved(clause: str, base: str, subject: str) -> PromiseKind:
    """Something gets somewhere, or simply is somewhere: the thing decides."""
    if _PUT_RIGHT.search(clause):
        return PromiseKind.FIX
    participle = _participle(clause)
    if participle is not None and base in ("have", "get", "be", "see"):
        return participle
    if re.search(r"\b(?:get(?:ting)?|come|coming|be|circle|am|'m) (?:right )?back (?:to|with) (?:you|u)\b|\b(?:in touch|hold of you|on to you|hear from|reach out|make contact|posted|in the loop|up to date|up to speed|to speak)\b", clause):
        return PromiseKind.UPDATE
    if _MONEY.search(clause) and _BACK.search(clause) and not _PAPER.search(re.sub(r"\b(?:bill|visa|policy|copy)\b", "", _SHOWN_ON.sub("", clause))):
        return PromiseKind.REFUND
    if base in ("be", "come", "go", "have", "get") and _SERVICE.search(subject or clause) and re.search(r"\b(?:back(?! (?:to|with) you)|again|live|restored|up and running|right|working)\b", clause):
        return PromiseKind.FIX
    if _visit(clause, base, subject):
        return PromiseKind.VISIT
    news, paper = _NEWS.search(clause), _PAPER.search(clause)
    if news and paper and news.start() < paper.start() and re.match(r"answer|news|update|decision|verdict|word|repl|response|explanation|outcome|feedback", news[0]):
        return PromiseKind.UPDATE
    if _PAPER.search(clause) and not re.search(r"\breplacement\b|\bnew (?:\w+ )?(?:card|ticket)\b", clause):
        return PromiseKind.DOCUMENT
    if _MONEY.search(clause) and _BACK.search(clause):
        return PromiseKind.REFUND
    if _NEWS.search(clause) and base not in ("arrive", "ship", "deliver", "land"):
        return PromiseKind.UPDATE
    if _NEW.search(clause) and not _NOT_NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if _APPOINT.search(clause):
        return PromiseKind.OTHER
    if base == "be" and not subject and _MONEY.search(clause):
        return PromiseKind.REFUND
    if base in ("be", "have", "go", "come", "get", "see", "put") and _WORKS.search(clause):
        return PromiseKind.FIX
    if re.search(r"\b(?:collect|fetch|pick(?:ed|ing|s)? (?:\w+ ){0,3}up)\w*\b", clause) and not re.search(r"\b(?:bring|return|back|deliver)\w*\b", clause):
        return PromiseKind.OTHER
    if re.search(r"\b(?:back|with you|door|home|delivered|hands)\b", clause):
        return PromiseKind.DELIVERY
    ours = re.search(r"(?:^|\b)(?:i|we|he|she|they|my \w+|our (?:\w+ )?\w+)(?: (?:'ll|will|shall|'m|'re|'s|are|is|am|going to|gonna))*$", subject)
    if ours and base not in known_bases():
        return PromiseKind.FIX
    if base == "have" and ours and not re.search(r"\b(?:shipped|sent|delivered|brought|dropped|posted|couriered)\b", clause):
        return PromiseKind.FIX
    return PromiseKind.OTHER if base in ("see", "keep", "put") else PromiseKind.DELIVERY


@lru_cache(maxsize=1)
def known_bases() -> frozenset[str]:
    """The bases of all listed verbs."""
    return frozenset(verb.base for verb in lexicon().values())


def _visit(clause: str, base: str, subject: str) -> bool:
    if base not in ("be", "come", "get", "arrive", "reach", "go", "drop", "show", "turn", "send", "head", "have", "call"):
        return False
    if base in ("send", "have", "get"):
        if _SENT.search(clause):
            return True
        if base != "get" or not _PEOPLE.search(subject):
            return False
    if base == "come" and _FIRST_PERSON.search(subject):
        return True
    worker = not re.search(r"\b(?:your|new|another|replacement)\b", subject) and re.search(r"\b\w+(?:ers|er|ist|ists|or|ors)$", subject.rsplit(" 'll", 1)[0].rsplit(" will", 1)[0].strip())
    someone = _PEOPLE.search(subject) or _FIRST_PERSON.search(subject) or worker
    if base == "come" and re.search(r"\bcom(?:e|es|ing) (?:\w+ )?to (?:see|look|check|fix|measure|inspect|repair|sort|take|do|help|collect|you\b|yours)", clause):
        return not re.search(r"\b(?:your|new|replacement)\b", subject)
    if re.search(r"\bwith (?:the |a |your )?(?:correct|new|right|replacement)\b", clause):
        return False
    return (bool(someone) and bool(_HERE.search(clause))) or (bool(_PEOPLE.search(subject)) and not _WORKS.search(clause))


_KIND_BY_ACT = {
    Act.FIX: PromiseKind.FIX,
    Act.MONEY: PromiseKind.REFUND,
    Act.REPLACE: PromiseKind.REPLACEMENT,
    Act.RISE: PromiseKind.ESCALATION,
    Act.CALL: PromiseKind.CALLBACK,
}


def _participle(clause: str) -> PromiseKind | None:
    """ "We'll have the zip repaired", "you'll be called": the participle decides."""
    words = re.findall(r"[a-z'-]+", clause)
    for before, word in zip(words, words[1:], strict=False):
        verb = lexicon().get(word)
        if verb is None and word.endswith("ed") and len(word) > 5 and before not in ("the", "your", "a", "my", "our", "an") and re.search(r"\b(?:have|get|getting|be) (?:\w+ )+" + re.escape(word), clause):
            return PromiseKind.FIX
        if verb is None or not word.endswith(("ed", "rung", "fixed", "paid", "done", "sent")) or before in ("the", "your", "a", "my", "our"):
            continue
        if verb.act in _KIND_BY_ACT and not (verb.act is Act.CALL and not re.search(r"\byou\b", clause)):
            return _fixed(clause) if verb.act is Act.FIX else _KIND_BY_ACT[verb.act]
        if verb.act is Act.TELL:
            return _told(clause, verb.base)
    return None
