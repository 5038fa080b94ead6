"""English words and turns that make a promise, or unmake one."""

from __future__ import annotations

import re

from calmdesk.desk.vocabulary import PromiseKind

from ..text import wordset

SEAMS = re.compile(
    r"(?P<mark>;|,(?!\d)|:(?!\d)|[()—]|(?<= )-(?= ))"
    r"|(?<![a-z'-])(?P<lead>and|but|so|then|or(?! no\b)|yet|because|cos|cause|coz|since|which|who|whom|whose|unless|"
    r"even if|if|"
    r"when|whenever|once|as soon as|soon as|the moment|the minute|until|till|while|whether|although|though|provided|"
    r"providing|"
    r"otherwise|where|what|how|why|whatever|whichever|whoever|wherever|however|after|before|as long as|assuming|"
    r"depending|in case|&|plus|as(?= (?:they|you|we|i|he|she|it|promised|agreed|requested|discussed|usual)\b))"
    r"(?![a-z'-])"
    r"|(?<=[a-z] )(?<!\band )(?<!\bbut )(?<!\bso )(?<!\bthen )(?<!\bor )(?<!\bif )(?<!\bwhen )(?<!\bonce )(?<!\bthat "
    r")(?<!\bas )(?<!\bwhat )(?<!\bwho )(?<!\bwhere )"
    r"(?<!\bhow )(?<!\bbefore )(?<!\bafter )(?<!\buntil )(?<!\btill )(?<!\bwhile )(?<!\bbecause )(?<!\bthe minute )"
    r"(?<!\bthe moment )(?<!\bsoon as )(?<!\bunless )(?=(?:i|we|they|he|she)(?:'ll| will| shall) )"
)
SUBORDINATE = wordset(
    "whatever whichever whoever wherever however as because cos cause coz since which who whom whose whether "
    "although though where what how why while than until till before"
)
CONDITIONAL = frozenset(
    ["if", "unless", "provided", "providing", "otherwise", "as long as", "assuming", "depending", "in case"]
)
TEMPORAL = frozenset(
    ["when", "whenever", "once", "as soon as", "soon as", "the moment", "the minute", "after"]
)
# No clause that people write has its verb later than this.
LONGEST = 80
JOINING = wordset("and & then but plus")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*(?:'[a-z]+)?|'[a-z]+|\d+")
YOUR_STEP = re.compile(
    r"^\W*(?:\w+ (?:soon as )?)?(?:as soon as |the moment |the minute )?(?:you|u|you've|you're|you'd|your (?:\w+ )"
    r"?(?:payment|photos?|documents?|reply|answer|confirmation|form|email|approval|bank|landlord)|"
    r"(?:we|i)(?:'ve| have)? (?:received?|got|get|hear|have|see)(?: back)? (?:it |them |this |that |your|the \w+ "
    r"(?:from|back from) you|from you|confirmation from you)|ur)\b|\bfrom you\b|\byou (?:send|sign|pay|confirm|"
    r"return|approve|reply|upload|choose|give|provide|tell|let|fill|complete)\b"
)
GUESS = re.compile(
    r"\b(?:hope|hopes|hoping|hopefully|probably|perhaps|maybe|possibly|likely|unlikely|ideally|presumably|fingers "
    r"crossed|touch wood|with (?:any |a bit of )?luck|inshallah|"
    r"god willing|weather permitting|all being well|if all goes|no guarantees?|no promises|estimated|in theory|"
    r"reckon|supposed to|aim(?:s|ing)? (?:to|for)|plan(?:s|ning)? (?:to|on)|intend(?:s|ing)? to|"
    r"(?:do|doing) (?:my|our) (?:best|utmost)|tr(?:y|ying|ies)(?: to| and| our| my|$)|expected|anticipate\w*|should|"
    r"might|may|could|would|wouldn't|shouldn't|(?:i|we)(?:'re| are|'m| am)? expect(?:ing)?|i think|i believe|i guess|"
    r"i suspect|i imagine|i'd|we'd|"
    r"looks like|seems|appears|subject to|wish|i want|we want|want to|no idea|tentative\w*|provisional\w*|don't know|"
    r"not sure|can't say|can't promise|won't promise|fairly confident|chances are|all going well|if possible|where "
    r"possible|whether)\b"
)
RULE = re.compile(
    r"\b(?:usually|normally|typically|generally|as a (?:rule|policy)|in general|always|our policy|standard|the norm|"
    r"in most|most of|most (?:\w+ )?(?:cases|customers|refunds|orders)|on average|"
    r"mostly|often|sometimes|tends? to|tend|every (?:refund|order|claim|case|customer|request)|customers|anyone|"
    r"people who|ordinarily|as stated|per our terms|by default|speaking generally|in my experience|any (?:refund|"
    r"order|claim|request)s?)\b"
)
REPORT = re.compile(
    r"\b(?:says?|said|told|tells|reckons?|swears?|swore|claims?(?= (?:that|to|he|she|they|it|we|you)\b)|claimed|"
    r"wrote|writes(?! to)|thinks?|thought|guesses|quotes|estimates|promised|promises(?= (?:that|you|us|to|it|they))|"
    r"according to|was assured|assured you|apparently|insists?|"
    r"supposedly|announced|mentioned|expects|was (?:told|supposed|meant)|were (?:told|supposed|meant)|stated|states|"
    r"hears?(?= that)|i heard|rumou?r)\b"
)
FIRST_REPORT = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall|'m going to| can|'m| am)? (?:personally )?(?:promise|guarantee|assure|confirm|"
    r"tell|say)\b|\bi give you my word\b|"
    r"\b(?:you can|you may) (?:be sure|count on|expect|rely on)|\brest assured\b|\bpromise\b"
)
FOREIGN = re.compile(
    r"^(?:and |but |so )?(?:the |a |your )?(?:\w+ )?(?:supplier|manufacturer|factory|airline|county|city|council|"
    r"utility|forecast|landlord|insurer|court|police|government|"
    r"embassy|registry|safaricom|weather|warehouse says|other (?:company|firm|side)|town hall|ministry|state|"
    r"regulator|vendor|seller|storm|strike|sale|offer|deadline|promo\w*|warranty|"
    r"policy|exhibition|trial|season|bus|train|flight|ferry|ship|shuttle|coach|tram|plane)\b"
)
NOBODY = re.compile(
    r"\b(?:nobody|no one|no-one|nothing|none|neither|no \w+)$|^\W*(?:and |but |so )?(?:nobody|no one|nothing|none|"
    r"neither|no )\b"
)
NEGATION = wordset("not never n't no hardly barely cannot neither nor")
MODALS = wordset(
    "would could can may might should must ought wouldn't couldn't can't cannot shouldn't mightn't mustn't 'd i'd "
    "we'd he'd she'd they'd you'd it'd that'd there'd cant couldnt wouldnt shouldnt"
)
PASTS = wordset("was were did had wasn't weren't didn't hadn't wasnt werent didnt hadnt said says told been")
FUTURE = frozenset(["will", "shall", "gonna", "'ll"])
NEG_FUTURE = frozenset(["won't", "wont", "shan't"])
BE = wordset("am is are 'm 're 's be ain't isn't aren't isnt arent im hes shes theyre youre its thats theres")
NEG_BE = wordset("ain't isn't aren't isnt arent")
GLUED = {
    "ill": "i",
    "itll": "it",
    "theyll": "they",
    "youll": "you",
    "well": "we",
    "hell": "he",
    "shell": "she",
    "thatll": "that",
    "someonell": "someone",
}
DETERMINERS = wordset(
    "the a an my your our his her their this that these those any some no each every full new first next last "
    "further another proper quick final follow-up phone ur its of written free missed same whole for with on in by "
    "from at more big small good bad work status initial second third stop test"
)
ADVERBS = wordset(
    "also still just now then already personally definitely certainly surely gladly happily of course absolutely "
    "always all be both only even soon shortly promptly directly automatically immediately first today tomorrow "
    "tonight back once again finally simply actually really po currently duly either please kindly"
)
LEAD_IN = wordset("please kindly just and so then do ok okay right but now first simply always also")
SUBJECTS = wordset(
    "i we they he she it you u one someone somebody everyone people there this that these those both who"
)
STATE = re.compile(
    r"^(?:\s|not|n't|still|also|now|all|both|going)*(?:closed|open|shut|off(?! your)|away|busy|late|due|valid|free|"
    r"on holiday|on leave|sick|out of|available|welcome|sorry|afraid|happy|glad|sure|the (?:deadline|"
    r"earliest|latest|last|first|norm|rule|only)|a (?:holiday|public)|yours to keep|able|about|aware|worried|ashamed|"
    r"a little|a bit|like|why|how|what|who|not)\b"
)
PLACE = re.compile(
    r"\b(?:in touch|in contact|along|back|with (?:you|u|your|him|her|the)|at your|at yours|there|in your|on your|on "
    r"ur|in ur|to you|yours|ready|round|here|out|off|up|over|through your|by messenger|on (?:its|the) (?:way|wharf)|"
    r"in the post|alongside|"
    r"done|sorted|live|right|on (?:her|his) desk|with (?:head|our|my)|lifted|gone|fixed|spelled|booked|scheduled|"
    r"arranged|reserved|set|yours|around|by|under way|on you|in front of|at the|on)\b"
)
DELIVERABLE = re.compile(
    r"\b(?:from (?:me|us)|back|to you|with you|in your|on your|next (?:update|note|look|news)|your way|yours|for you|"
    r"call-?backs?|call|update|refund|reply|pdf|delivery|replacement|answer)\b"
)
UNTIMED_STEP = re.compile(
    r"\b(?:have a (?:look|word|think)|see (?:what|if|to|about)|look|check|find out|ask|think|note|mention|check|make "
    r"sure)\b"
)
_NOT_OURS = re.compile(r"\b(?:yourself|on your own|at your end|customers?)\b")
SENT_KINDS = frozenset({PromiseKind.REFUND, PromiseKind.REPLACEMENT, PromiseKind.DOCUMENT})
RUNS_OUT = re.compile(
    r"\b(?:contract|subscription|plan|policy|trial|membership|warranty|licen[cs]e|term|lease|offer)\b(?: \w+)? "
    r"(?:will |shall )?(?:automatically )?(?:renew|end|expire|run out|lapse|start|begin)s?\b"
)
AGAINST = re.compile(
    r"(?:be |have to |need to |automatically |also )*(?:have to|need to|charg(?:e|ed)|debit(?:ed)?|suspend(?:ed)?|"
    r"deduct(?:ed)?|terminat(?:e|ed)|disconnect(?:ed)?|bill(?:ed)? you|evict(?:ed)?)\b"
)
PLEDGE = re.compile(
    r"\W*(?:and |but |so |yes,? |ok(?:ay)?,? )?(?:you (?:have|'ve got|got) (?:my|our) (?:word|promise|guarantee|"
    r"assurance)|(?:i|we) can (?:confirm|assure|promise|guarantee|tell)(?: you)?|(?:i|we)(?:'ll| do|'d like to)? "
    r"(?:personally |hereby )?"
    r"(?:promise|guarantee|assure|confirm|swear)(?: you)?(?= (?:that |i|we|you|your|the|it|a |an |someone|our|my|he|"
    r"she|they|there))|rest assured|(?:you can |please )?be (?:sure|assured|advised|informed)|i(?:'ll)? give you my "
    r"word|trust me|mark my words|please know|"
    r"(?:this is )?to confirm|(?:i(?:'m| am)|we(?:'re| are)) (?:happy|pleased|glad|delighted) to (?:confirm|say|tell "
    r"you|inform you|let you know)|(?:the )?good news(?: is)?|take my word(?: for it)?)[,: ]*(?:that )?"
)
VOW = re.compile(
    r"\b(?:i|we)(?:'ll| will| do| can|'re| are|'m| am)? (?:hereby |personally |fully )?(?:undertake|undertaking|"
    r"commit|committed|committing|pledge|promise|guarantee|vow|swear|agree)(?: you)? (?:to )?(?P<act>[a-z]+)\b"
)
# Verbs that commit to something only beside a time: "they'll take you for eight pounds" is a hint.
VAGUE_ACTS = wordset("take do make go set start leave run show turn hit head stand put")
DEADLINE = re.compile(r"(?:by|within|inside|in (?:an?|the next|\d+|two|three|four|five|six|half)) ")
NOT_DOING = wordset(
    "nothing something anything everything morning evening during according regarding waiting looking hoping trying "
    "thinking missing wondering feeling having being willing lacking asking saying telling expecting planning "
    "considering understanding seeing wanting needing facing experiencing apologising apologizing kidding joking "
    "interesting"
)
PARTICLES = wordset(
    "to back over up out round by your you the a an at in on off him her it all through into down along past this "
    "these those"
)
NOT_VERBS = wordset(
    "this his its yours ours theirs is was has does as us yes always perhaps plus minus thus across unless besides "
    "towards afterwards sometimes hours days weeks minutes months thanks sorry details terms others means needs "
    "wants seems looks costs expires ends remains stays matters depends applies falls counts differs includes "
    "contains sits lies lives shows comprises belongs"
)
NAMES_SOMETHING = re.compile(
    r"\b(?:refund|credit|cheque|check|payment|compensation|report|invoice|letter|statement|quote|contract|receipt|"
    r"copy|form|label|call|callback|answer|update|reply|decision|replacement|"
    r"card|delivery|parcel|package|order|engineer|technician|plumber|electrician|visit|crew|van|back pay|paperwork|"
    r"certificate|voucher)\b"
)
TAG = re.compile(
    r"(?:^|[,.;—-])\s*(?:ok|okay|alright|all right|right|yeah|yes|deal|good|fair enough|how's that|fine|cool)\s*$"
)
