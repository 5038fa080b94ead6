"""English words that tell what a promise is about."""

from __future__ import annotations

import re

_PERSON = (
    r"engineers?|technicians?|techs?|plumbers?|electricians?|sparky|sparks|crews?|fitters?|installers?|locksmiths?|"
    r"glaziers?|carpenters?|inspectors?|adjusters?|handym[ae]n|cleaners?|nurses?|doctors?|gps?|vets?|surveyors?|"
    r"assessors?|"
    r"mechanics?|repairm[ae]n|contractors?|roofers?|painters?|gardeners?|arborists?|divers?|tuners?|truck|tow|van|"
    r"ambulance|patrol|guy|guys|lads?|boys?|fellas?|man|men|woman|team|someone|somebody|one of (?:us|our|my)|"
    r"colleagues?|"
    r"rep|representatives?|agent|specialists?|experts?|consultants?|upholsterers?|joiners?|builders?|removal|"
    r"caretaker|"
    r"janitor|security|officers?|medic|chimney sweep|pest control|housekeep\w+|porter|bellhop|maintenance"
)
PEOPLE = re.compile(rf"\b(?:{_PERSON})\b")
FIRST_PERSON = re.compile(
    r"\b(?:i|we|i'm|we're|he|she|they|he's|she's|they're|i'll|we'll|he'll|she'll|they'll|mr|mrs|ms|dr)\b"
)
MONEY = re.compile(
    r"[$£€₹¥]\s?\d|\d\s?[$£€₹¥]|\b(?:refund\w*|money|moneys|cash|deposit|credit(?:ed)?|compensation|reimburse\w*|"
    r"cheque|rebate|"
    r"repa(?:y|id)\w*|fare|fee|fees|surcharge|overpa\w+|charge(?! (?:point|port|cable))|sum|amount|payout|pay-?out|"
    r"payment|funds|quid|bucks|euros?|"
    r"dollars?|pounds?|back ?pay|per diem|difference|overcharge|chargeback|bond|balance|interest|cashback|premium|"
    r"excess|bonus|"
    r"bill credit|goodwill|pence|rupees|rs\.?|aed|usd|eur|gbp|sgd|hk\$)\b|\bcheck for\b|\bcheck(?= (?:goes|is|will|"
    r"reaches|arrives|lands))"
)
BACK = re.compile(
    r"\b(?:back|return\w*|refund\w*|credit\w*|repa\w+|reimburs\w+|revers\w+|compensat\w+|account|card|wallet|bank|"
    r"visa|amex|paypal|you|yours?)\b"
)
SENT = re.compile(
    rf"\b(?:send|have|get)(?:s|ing|ting)? (?:you |over |out |round )?(?:a |an |the |our |someone|somebody|one of |"
    rf"another )?(?:\w+ )?(?:{_PERSON})\b(?!')"
)
RECORD = re.compile(
    r"\b(?:address|name|number|record|profile|details|account|e-?mail|limit|plan|tariff|settings?|password|price|"
    r"date of birth)\b"
)
PUT_RIGHT = re.compile(
    r"\b(?:put|set|made|make|be|is) (?:it |this |that |things |them )?(?:right|straight)\b|\b(?:straightened out|"
    r"squared away|ironed out|struck off|knocked off|sorted out|up to scratch|back to normal|"
    r"in working order|in order again|good as new|as it should be|(?:come|comes|be|is|taken|take) off (?:your|the|ur)"
    r")\b"
)
SERVICE = re.compile(
    r"\b(?:power|water|heat(?:ing)?|internet|line|service|connection|lights?|electric(?:ity)?|gas|signal|broadband|"
    r"site|website|app|account|portal|system|"
    r"network|wi-?fi|data|phone|boiler|lift|elevator|ac|aircon|air con|hot water|tv|server)\b"
)
PAPER = re.compile(
    r"\b(?:statements?|invoices?|letters?|certificates?|contracts?|reports?|receipts?|forms?|cop(?:y|ies)|quotes?|"
    r"quotations?|"
    r"estimates?|leases?|minutes|pass(?:es)?(?= |$)|boarding|paperwork|labels?|polic(?:y|ies)(?! on)|documents?|"
    r"docs?|papers?|"
    r"licen[cs]es?|passports?|deeds?|transcripts?|slips?|schedules?|agreements?|prescriptions?|scans?|pdfs?|"
    r"files?(?= (?:to|by|today|tomorrow))|"
    r"attachments?|visa|permits?|manuals?|instructions|guides?|brochures?|charts?|sheets?|lists?|drafts?|proof|"
    r"summar(?:y|ies)|"
    r"t4|w-?2|1099|p45|p60|v5\w*|warrant(?:y|ies)|records?|notice|appraisal|itinerar(?:y|ies)|tickets?|vouchers?|"
    r"e-?tickets?|bills?|breakdown|"
    r"results|references?|application|plans?|tracing|diploma|log|logs|recording|notes|ruling|apology letter|"
    r"confirmation|terms|spreadsheet|questionnaire|"
    r"written (?:apology|confirmation|offer|estimate|summary|explanation|statement)|affidavit|payslips?|export|"
    r"titles?|x-?rays?|sick notes?|delivery notes?)\b"
)
NEWS = re.compile(
    r"\b(?:answers?|news|updates?|decision|verdict|word|reply|replies|response|explanation|status|outcome|"
    r"information|info|details|"
    r"feedback|line from|note from|yes or (?:a )?no|plain yes|eta|tracking|email|e-mail|message|text|voice note|"
    r"dates?|time ?frame|timeline|plan|findings|"
    r"number|name|quote on|apology|proposal|options?|resolution)\b"
)
CALL = re.compile(
    r"\b(?:(?:a|another|my|our|the|his|her|your|their|follow-?up|quick|proper) (?:\w+ )?(?:call|ring|bell|buzz|"
    r"callback|call-?back|tinkle|phone call)|call-?backs?|"
    r"(?:my|our|his|her|their) call|by phone|on the phone|over the phone|phone call)\b"
)
OTHER_CALL = re.compile(r"\b(?:video|zoom|teams) call\b")
NEW = re.compile(
    r"\b(?:replacements?|substitutes?|loaners?|another|different|correct one|right one|(?:the|our|a) correct|the "
    r"right|(?:the|a) \w+ one(?= |$)|spare|in place of|instead|new|brand-?new|"
    r"fresh|unchipped|working one|good one|proper one|second one|undamaged|remade|swap\w*|exchang\w+|sealed one)\b"
)
NOT_NEW = re.compile(
    r"\bnew (?:appointment|time|date|slot|quote|bill|invoice|statement|contract|line|number|password|address|price|"
    r"copy|schedule|letter)\b"
)
BOSS = re.compile(
    r"\b(?:supervisors?|managers?|directors?|head of|heads? office|chiefs?|boss|team ?lead(?:er)?|lead|seniors?|"
    r"superiors?|principal|ceo|vp|vice president|"
    r"specialists?|second[- ]line|second[- ]level|tier[- ]?(?:2|3|two|three)|level[- ]?(?:2|3|two|three)|committee|"
    r"board|ombuds\w*|complaints (?:team|dep\w+|officer|desk|unit|handler)|"
    r"escalations?|branch (?:head|officer|manager)|executive|structural engineer|actual authority|higher[- ]ups?|"
    r"legal (?:team|dep\w+)|"
    r"risk (?:team|dep\w+)|fraud (?:team|dep\w+)|security team|gm|general counsel|owner|top brass|experts?|"
    r"engineering team)\b"
)
CASE = re.compile(
    r"\b(?:this|it|that|your (?:\w+ )?(?:case|file|complaint|matter|issue|ticket|claim|dispute|letter|request|query|"
    r"appeal|account)|the (?:\w+ )?(?:case|file|complaint|matter|"
    r"issue|ticket|claim|dispute)|ur case|everything|things)\b"
)
TAKES = re.compile(
    r"\b(?:escalat\w+|pass(?:ed|es|ing)?|hand(?:ed|ing|s)?|tak(?:e|es|ing) (?:over|charge|on|this|it|your|ur|the|"
    r"that|up)|taking|go(?:es|ing)? (?:up )?(?:to|over to)|look(?:s|ing)? (?:at|into)|"
    r"review\w*|assign\w*|on (?:her|his|their|the) desk|ha(?:s|ve) (?:your|this|it)|hear(?:s|ing)? (?:your|the)|"
    r"refer\w*|forward\w*|getting (?:your|this)|gets? (?:your|this)|"
    r"receives?|with (?:our|the|my|a)|to (?:our|the|my|a)|in front of|involv\w+|bring(?:ing)? in|own(?:s|ing)?|over "
    r"to|up to|transferr?\w*|mov(?:e|ing|ed) (?:this|it|your|up)|rais\w+|"
    r"put(?:ting)? (?:this|it|your|you))\b"
)
HERE = re.compile(
    r"\b(?:round|over|by|out|there|here|yours|door|place|premises|home|house|flat|property|site|address|alongside|"
    r"with you|to you|your dad|mum|kiosk|office|up your)\b"
)
WORKS = re.compile(
    r"\b(?:back (?:on|up|online|in service|to normal|in action)|back (?=within|by|in |tomorrow|tonight|today|before)|"
    r"working|works|up and running|online|live|"
    r"sorted|fixed|resolved|mended|repaired|restored|unlocked|unblocked|reactivated|active|activated|corrected|right "
    r"again|lifted|wiped|cleared|cleaned|"
    r"running|on again|right\b|connected|reconnected|sealed|gone|off (?:your|the)|removed|reset|alive|updated|redone|"
    r"done|adjusted|afloat|silenced|drops to)\b"
)
APPOINT = re.compile(
    r"\b(?:taxi|cab|uber|appointment|training|table for|slot|seat|seats|reservation|booking|meeting|tour|lesson|"
    r"session|fitting|review|party|turnaround|stands|loyalty)\b"
)
SHOWN_ON = re.compile(r"\b(?:on|to|in) (?:your|the|ur) (?:\w+ )?(?:statement|bill|invoice|account|card)\b")
