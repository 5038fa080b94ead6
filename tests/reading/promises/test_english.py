"""What counts as a promise in English, of which kind, and when it is due: a row for every line of the convention."""

from __future__ import annotations

import pytest

from .conftest import brief

LENGTHS = [
    ("I'll phone you in 15 minutes.", "2026-03-04 11:35"),
    ("I'll phone you in half an hour.", "2026-03-04 11:50"),
    ("I'll phone you in an hour and a half.", "2026-03-04 12:50"),
    ("I'll phone you within the hour.", "2026-03-04 12:20"),
    ("I'll phone you within the next hour.", "2026-03-04 12:20"),
    ("I'll phone you in the next forty-five minutes.", "2026-03-04 12:05"),
    ("I'll phone you within 24 hours.", "2026-03-05 11:20"),
    ("I'll phone you in a couple of hours.", "2026-03-04 13:20"),
    ("I'll phone you in 24-48 hours.", "2026-03-06 11:20"),
    ("I'll phone you within two to three hours.", "2026-03-04 14:20"),
    ("I'll phone you in 2–3 business days.", "2026-03-07 14:00"),
    ("I'll phone you within one working day.", "2026-03-05 18:00"),
    ("I'll phone you on the next business day.", "2026-03-05 18:00"),
    ("I'll phone you on the second working day.", "2026-03-06 18:00"),
    ("I'll phone you within eight working hours.", "2026-03-05 10:20"),
    ("I'll phone you in three days.", "2026-03-07 14:00"),
    ("I'll phone you in four days.", "2026-03-08 18:00"),
    ("I'll phone you in two weeks.", "2026-03-18 18:00"),
    ("I'll phone you within a fortnight.", "2026-03-18 18:00"),
    ("I'll phone you a month from now.", "2026-04-04 14:00"),
    ("I'll phone you a week from today.", "2026-03-11 18:00"),
    ("I'll phone you in two days' time.", "2026-03-06 18:00"),
    ("I'll phone you in a day or two.", "2026-03-06 18:00"),
]

DAYS = [
    ("I'll phone you today.", "2026-03-04 18:00"),
    ("I'll phone you by the end of the day.", "2026-03-04 18:00"),
    ("I'll phone you before the day is over.", "2026-03-04 18:00"),
    ("I'll phone you by EOD.", "2026-03-04 18:00"),
    ("I'll phone you by close of business.", "2026-03-04 18:00"),
    ("I'll phone you before we close.", "2026-03-04 18:00"),
    ("I'll phone you tomorrow.", "2026-03-05 18:00"),
    ("ill phone u tmrw", "2026-03-05 18:00"),
    ("I'll phone you the day after tomorrow.", "2026-03-06 18:00"),
    ("I'll phone you tomorrow morning.", "2026-03-05 12:00"),
    ("I'll phone you by noon.", "2026-03-04 12:00"),
    ("I'll phone you at lunchtime.", "2026-03-04 13:00"),
    ("I'll phone you before lunch tomorrow.", "2026-03-05 13:00"),
    ("I'll phone you this afternoon.", "2026-03-04 18:00"),
    ("I'll phone you on Friday afternoon.", "2026-03-06 18:00"),
    ("I'll phone you tonight.", "2026-03-04 20:00"),
    ("I'll phone you tomorrow evening.", "2026-03-05 20:00"),
    ("I'll phone you before midnight.", "2026-03-05 00:00"),
    ("I'll phone you first thing tomorrow.", "2026-03-05 10:00"),
    ("I'll phone you first thing on Saturday.", "2026-03-07 11:00"),
    ("I'll phone you at 4.", "2026-03-04 16:00"),
    ("I'll phone you by two.", "2026-03-04 14:00"),
    ("I'll phone you at ten.", "2026-03-05 10:00"),
    ("I'll phone you at half past three.", "2026-03-04 15:30"),
    ("I'll phone you at half four.", "2026-03-04 16:30"),
    ("I'll phone you at quarter to two.", "2026-03-04 13:45"),
    ("I'll phone you at ten to five.", "2026-03-04 16:50"),
    ("I'll phone you at 15:15.", "2026-03-04 15:15"),
    ("I'll phone you at 9:05 am.", "2026-03-05 09:05"),
    ("I'll phone you at 7pm.", "2026-03-04 19:00"),
    ("I'll phone you at 9 tonight.", "2026-03-04 21:00"),
    ("I'll phone you between two and four.", "2026-03-04 16:00"),
    ("I'll phone you between 2 and 4 pm on Friday.", "2026-03-06 16:00"),
    ("I'll phone you tomorrow, 8 to 10.", "2026-03-05 10:00"),
    ("I'll phone you on Friday.", "2026-03-06 18:00"),
    ("I'll phone you on Wednesday.", "2026-03-11 18:00"),
    ("I'll phone you this Friday.", "2026-03-06 18:00"),
    ("I'll phone you next Friday.", "2026-03-13 18:00"),
    ("I'll phone you next Tuesday.", "2026-03-10 18:00"),
    ("I'll phone you on Tuesday of next week.", "2026-03-10 18:00"),
    ("I'll phone you a week on Friday.", "2026-03-13 18:00"),
    ("I'll phone you on Monday week.", "2026-03-16 18:00"),
    ("I'll phone you before Friday.", "2026-03-05 18:00"),
    ("I'll phone you before Monday.", "2026-03-07 14:00"),
    ("I'll phone you before Friday noon.", "2026-03-06 12:00"),
    ("I'll phone you by Sunday.", "2026-03-08 18:00"),
    ("I'll phone you on the 9th.", "2026-03-09 18:00"),
    ("I'll phone you by the 3rd.", "2026-04-03 18:00"),
    ("I'll phone you on 25 March.", "2026-03-25 18:00"),
    ("I'll phone you by January 4.", "2027-01-04 18:00"),
    ("I'll phone you on the 9th at 3.", "2026-03-09 15:00"),
    ("I'll phone you this week.", "2026-03-07 14:00"),
    ("I'll phone you before the weekend.", "2026-03-07 14:00"),
    ("I'll phone you by the end of the week.", "2026-03-07 14:00"),
    ("I'll phone you next week.", "2026-03-14 14:00"),
    ("I'll phone you early next week.", "2026-03-10 18:00"),
    ("I'll phone you at the start of next week.", "2026-03-10 18:00"),
    ("I'll phone you by the end of the month.", "2026-03-31 18:00"),
    ("I'll phone you by the end of April.", "2026-04-30 18:00"),
    ("I'll phone you on Friday or Saturday.", "2026-03-07 14:00"),
    ("I'll phone you every two hours.", "2026-03-04 13:20"),
    ("I'll phone you at 6 pm Moscow time.", "2026-03-04 15:00"),
    ("I'll phone you tomorrow at 9am Pacific.", "2026-03-05 17:00"),
]


@pytest.mark.parametrize(("text", "due"), LENGTHS + DAYS)
def test_due(text: str, due: str) -> None:
    assert brief(text, "en") == [("callback", due)]


@pytest.mark.parametrize(
    ("text", "now", "due"),
    [
        ("I'll phone you today.", "2026-03-04T18:30", "2026-03-04 23:59"),
        ("I'll phone you by the end of the day.", "2026-03-08T12:00", "2026-03-08 23:59"),
        ("I'll phone you by close of business.", "2026-03-04T18:30", "2026-03-05 18:00"),
        ("I'll phone you before we close.", "2026-03-08T12:00", "2026-03-09 18:00"),
        ("I'll phone you within two working days.", "2026-03-08T12:00", "2026-03-10 18:00"),
        ("I'll phone you next business day.", "2026-04-02T12:00", "2026-04-04 14:00"),
        ("I'll phone you this week.", "2026-03-08T12:00", "2026-03-14 14:00"),
        ("I'll phone you within two working hours.", "2026-03-04T17:00", "2026-03-05 10:00"),
        ("I'll phone you by the end of the month.", "2026-05-31T15:00", "2026-06-30 18:00"),
        ("I'll phone you tonight.", "2026-03-04T21:00", "2026-03-04 23:59"),
        ("I'll phone you in the morning.", "2026-03-04T17:00", "2026-03-05 12:00"),
        ("I'll phone you on Monday.", "2026-04-01T09:00", "2026-04-06 18:00"),
    ],
)
def test_due_after_hours(text: str, now: str, due: str) -> None:
    assert brief(text, "en", now) == [("callback", due)]


OPEN = [
    ("We'll be in touch shortly.", "update"),
    ("I'll get back to you as soon as possible.", "update"),
    ("I'll keep you posted.", "update"),
    ("Someone will call you in the coming days.", "callback"),
    ("We'll refund you soon.", "refund"),
    ("I'll write to you in a few hours.", "update"),
    ("Once the part clears customs we'll ship it to you.", "delivery"),
    ("As soon as our lab reports, I'll let you know.", "update"),
    ("When the buyer is back from Oslo, we'll call you.", "callback"),
    ("I can't say when, but I will let you know the moment I hear.", "update"),
]


@pytest.mark.parametrize(("text", "kind"), OPEN)
def test_no_time_named(text: str, kind: str) -> None:
    assert brief(text, "en") == [(kind, "open")]


KINDS = [
    ("Expect a call from Maria by 3.", "callback"),
    ("Anna from billing is going to give you a bell tomorrow.", "callback"),
    ("You'll get a callback tomorrow.", "callback"),
    ("You'll hear from us tomorrow.", "update"),
    ("We will revert with an answer tomorrow.", "update"),
    ("I'll check with the depot and come back to you tomorrow.", "update"),
    ("You'll have a decision tomorrow.", "update"),
    ("The £40 will be back on your card tomorrow.", "refund"),
    ("We're crediting your account with 20 euros today.", "refund"),
    ("You get your deposit back tomorrow.", "refund"),
    ("We'll swap the kettle for a new one tomorrow.", "replacement"),
    ("A brand-new kettle goes out to you tomorrow.", "replacement"),
    ("Your parcel will be at your door tomorrow.", "delivery"),
    ("The courier brings your order tomorrow.", "delivery"),
    ("Our engineer will be with you tomorrow.", "visit"),
    ("The plumber comes round to yours tomorrow.", "visit"),
    ("We're sending a technician over tomorrow.", "visit"),
    ("Your account will be unlocked tomorrow.", "fix"),
    ("Your internet is going to be back up tomorrow.", "fix"),
    ("We'll have the zip repaired tomorrow.", "fix"),
    ("My manager takes over your case tomorrow.", "escalation"),
    ("I'm passing your complaint to our director tomorrow.", "escalation"),
    ("I'll email you the signed contract tomorrow.", "document"),
    ("The corrected invoice will be in your inbox tomorrow.", "document"),
    ("I've moved your appointment to tomorrow.", "other"),
    ("We're sending a taxi for you tomorrow.", "other"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: str) -> None:
    assert [found[0] for found in brief(text, "en")] == [kind]


NONE = [
    "I can call you back tomorrow if you like.",
    "Would you like me to call you at 5?",
    "Shall we come on Thursday?",
    "We could come on Thursday.",
    "If you send me the photos, I'll refund you today.",
    "Unless something goes wrong, it will be there tomorrow.",
    "Send me the photos and I'll refund you today.",
    "Once you've paid, we'll unlock it within the hour.",
    "When you send the form back, we'll process the refund within two days.",
    "As soon as we receive your return, we will refund you within 3 days.",
    "Please send me the photos by Friday.",
    "You'll need to bring your passport tomorrow.",
    "You have until Friday to return it.",
    "You can call me tomorrow at 9.",
    "I called you yesterday and left a message.",
    "The refund was issued this morning.",
    "We're looking into it right now.",
    "I'm checking that for you now, one moment.",
    "We won't be able to deliver before Monday.",
    "Nobody will call you before Monday.",
    "I can't promise anything before Friday.",
    "Delivery normally takes 3-5 working days.",
    "Refunds are issued within ten days of receipt.",
    "Refunds land in two working days as a rule.",
    "The courier says it'll be there tomorrow.",
    "According to the courier, it'll be with you on Tuesday.",
    "The manufacturer will contact you within 3 days.",
    "You told us you'd call on Friday.",
    "We promised you a call by Monday and didn't make it.",
    "I was going to call you at three.",
    "You should receive your refund by Friday.",
    "It might be there by Friday.",
    "I hope to have this sorted by tomorrow.",
    "With any luck it'll be there tomorrow.",
    "I'll try to call you by 5.",
    "We aim to reply within 24 hours.",
    "We're open until 8 tonight.",
    "The store closes at 6 today.",
    "Your trial ends on Friday.",
    "Your old card works until Sunday.",
    "Your direct debit leaves your account on the 1st.",
    "The invoice you got on Friday is the right one.",
    "My colleague is back on Monday.",
    "The price will go up on Monday.",
    "Our switchboard takes calls until six on weekdays.",
    "The strike is over on Thursday, they say.",
    "I'd rather not name a day than name a wrong one.",
    'You wrote: "we will refund you by Friday". I can\'t find who said it.',
    "> I'll call you tomorrow\nThat is what my colleague wrote, and she was wrong to.",
    "“I'll call you at three,” you were told, and the phone stayed silent.",
    "Thank you for waiting, and have a good evening.",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_no_promise(text: str) -> None:
    assert brief(text, "en") == []


SEVERAL = [
    (
        "Today I'll refund the fee, and tomorrow you'll get a new card.",
        [("refund", "2026-03-04 18:00"), ("replacement", "2026-03-05 18:00")],
    ),
    (
        "We'll refund the $40 and send out a replacement by Friday.",
        [("refund", "2026-03-06 18:00"), ("replacement", "2026-03-06 18:00")],
    ),
    (
        "My manager takes this over on Monday and she'll phone you first thing.",
        [("escalation", "2026-03-09 18:00"), ("callback", "2026-03-09 10:00")],
    ),
    ("I'll ask our team lead and ring you back by 3.", [("callback", "2026-03-04 15:00")]),
    ("I'll ring you at 4. Yes, I'll ring you at 4!", [("callback", "2026-03-04 16:00")]),
    (
        "You'll have the report in one business day, the cheque in two.",
        [("document", "2026-03-05 18:00"), ("refund", "2026-03-06 18:00")],
    ),
    (
        "The engineer comes on Thursday, and you'll get a written report the same day.",
        [("visit", "2026-03-05 18:00"), ("document", "2026-03-05 18:00")],
    ),
    ("I've issued the refund; it'll be on your card by Friday.", [("refund", "2026-03-06 18:00")]),
    (
        "I'll call you by 5, and if it isn't solved by then we'll think again.",
        [("callback", "2026-03-04 17:00")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_how_many(text: str, expected: list[tuple[str, str]]) -> None:
    assert brief(text, "en") == expected
