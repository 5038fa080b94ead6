"""Names of time zones as people say them beside a clock time."""

from __future__ import annotations

EN = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "atlantic": "America/Halifax", "gmt": "Etc/UTC", "utc": "Etc/UTC", "zulu": "Etc/UTC",
    "bst": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "eet": "Europe/Helsinki",
    "msk": "Europe/Moscow", "ist": "Asia/Kolkata", "sgt": "Asia/Singapore", "jst": "Asia/Tokyo", "hkt": "Asia/Hong_Kong",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
    "gst": "Asia/Dubai", "uk": "Europe/London", "british": "Europe/London", "london": "Europe/London",
    "dublin": "Europe/Dublin", "irish": "Europe/Dublin", "edinburgh": "Europe/London", "lisbon": "Europe/Lisbon",
    "paris": "Europe/Paris", "french": "Europe/Paris", "berlin": "Europe/Berlin", "german": "Europe/Berlin",
    "munich": "Europe/Berlin", "frankfurt": "Europe/Berlin", "madrid": "Europe/Madrid", "rome": "Europe/Rome",
    "milan": "Europe/Rome", "vienna": "Europe/Vienna", "zurich": "Europe/Zurich", "brussels": "Europe/Brussels",
    "amsterdam": "Europe/Amsterdam", "dutch": "Europe/Amsterdam", "oslo": "Europe/Oslo",
    "stockholm": "Europe/Stockholm", "copenhagen": "Europe/Copenhagen", "helsinki": "Europe/Helsinki",
    "warsaw": "Europe/Warsaw", "prague": "Europe/Prague", "budapest": "Europe/Budapest", "athens": "Europe/Athens",
    "istanbul": "Europe/Istanbul", "kyiv": "Europe/Kyiv", "kiev": "Europe/Kyiv", "moscow": "Europe/Moscow",
    "central european": "Europe/Berlin", "eastern european": "Europe/Helsinki", "tbilisi": "Asia/Tbilisi",
    "yerevan": "Asia/Yerevan", "almaty": "Asia/Almaty", "tel aviv": "Asia/Jerusalem", "jerusalem": "Asia/Jerusalem",
    "israel": "Asia/Jerusalem", "cairo": "Africa/Cairo", "nairobi": "Africa/Nairobi", "lagos": "Africa/Lagos",
    "johannesburg": "Africa/Johannesburg", "cape town": "Africa/Johannesburg", "dubai": "Asia/Dubai",
    "gulf": "Asia/Dubai", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "kolkata": "Asia/Kolkata", "bangkok": "Asia/Bangkok",
    "singapore": "Asia/Singapore", "hong kong": "Asia/Hong_Kong", "beijing": "Asia/Shanghai",
    "shanghai": "Asia/Shanghai", "china": "Asia/Shanghai", "manila": "Asia/Manila", "tokyo": "Asia/Tokyo",
    "japan": "Asia/Tokyo", "seoul": "Asia/Seoul", "sydney": "Australia/Sydney", "melbourne": "Australia/Melbourne",
    "brisbane": "Australia/Brisbane", "perth": "Australia/Perth", "auckland": "Pacific/Auckland",
    "wellington": "Pacific/Auckland", "new york": "America/New_York", "boston": "America/New_York",
    "washington": "America/New_York", "miami": "America/New_York", "toronto": "America/Toronto",
    "montreal": "America/Toronto", "atlanta": "America/New_York", "chicago": "America/Chicago",
    "dallas": "America/Chicago", "houston": "America/Chicago", "texas": "America/Chicago", "denver": "America/Denver",
    "phoenix": "America/Phoenix", "arizona": "America/Phoenix", "los angeles": "America/Los_Angeles",
    "la": "America/Los_Angeles", "california": "America/Los_Angeles", "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles", "vancouver": "America/Vancouver", "halifax": "America/Halifax",
    "anchorage": "America/Anchorage", "alaska": "America/Anchorage", "honolulu": "Pacific/Honolulu",
    "hawaii": "Pacific/Honolulu", "mexico city": "America/Mexico_City", "bogota": "America/Bogota",
    "lima": "America/Lima", "sao paulo": "America/Sao_Paulo", "brazil": "America/Sao_Paulo",
    "buenos aires": "America/Argentina/Buenos_Aires", "santiago": "America/Santiago", "newfoundland": "America/St_Johns",
}  # fmt: skip

# Only these stand for a zone without the word "time" after them.
EN_ALONE = frozenset(
    ["eastern", "central", "pacific", "mountain", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest", "eet", "msk", "ist", "sgt", "jst", "hkt", "aest", "aedt", "nzst", "nzdt", "et", "pt", "ct"]
)

# The stem that follows "по": "по Москве", "по московскому времени", "по мск".
RU = {
    "москв": "Europe/Moscow", "московск": "Europe/Moscow", "мск": "Europe/Moscow", "питер": "Europe/Moscow",
    "петербур": "Europe/Moscow", "калининград": "Europe/Kaliningrad", "минск": "Europe/Minsk", "киев": "Europe/Kyiv",
    "самар": "Europe/Samara", "саратов": "Europe/Saratov", "волгоград": "Europe/Volgograd",
    "екатеринбур": "Asia/Yekaterinburg", "уральск": "Asia/Yekaterinburg", "урал": "Asia/Yekaterinburg",
    "челябинск": "Asia/Yekaterinburg", "перм": "Asia/Yekaterinburg", "уф": "Asia/Yekaterinburg",
    "тюмен": "Asia/Yekaterinburg", "омск": "Asia/Omsk", "новосибирск": "Asia/Novosibirsk", "томск": "Asia/Tomsk",
    "барнаул": "Asia/Barnaul", "красноярск": "Asia/Krasnoyarsk", "иркутск": "Asia/Irkutsk", "чит": "Asia/Chita",
    "якутск": "Asia/Yakutsk", "владивосток": "Asia/Vladivostok", "хабаровск": "Asia/Vladivostok",
    "магадан": "Asia/Magadan", "сахалин": "Asia/Sakhalin", "камчат": "Asia/Kamchatka", "камчатск": "Asia/Kamchatka",
    "алмат": "Asia/Almaty", "астан": "Asia/Almaty", "ташкент": "Asia/Tashkent", "бишкек": "Asia/Bishkek",
    "баку": "Asia/Baku", "бакинск": "Asia/Baku", "тбилис": "Asia/Tbilisi", "ереван": "Asia/Yerevan",
    "душанб": "Asia/Dushanbe", "кишинев": "Europe/Chisinau", "риг": "Europe/Riga", "рижск": "Europe/Riga",
    "вильнюс": "Europe/Vilnius", "таллин": "Europe/Tallinn", "хельсинк": "Europe/Helsinki", "варшав": "Europe/Warsaw",
    "берлин": "Europe/Berlin", "немецк": "Europe/Berlin", "мюнхен": "Europe/Berlin", "париж": "Europe/Paris",
    "лондон": "Europe/London", "гринвич": "Etc/UTC", "utc": "Etc/UTC", "gmt": "Etc/UTC", "мадрид": "Europe/Madrid",
    "рим": "Europe/Rome", "прага": "Europe/Prague", "праг": "Europe/Prague", "вен": "Europe/Vienna",
    "белград": "Europe/Belgrade", "стамбул": "Europe/Istanbul", "дуба": "Asia/Dubai", "тель-авив": "Asia/Jerusalem",
    "израил": "Asia/Jerusalem", "иерусалим": "Asia/Jerusalem", "дели": "Asia/Kolkata", "бангкок": "Asia/Bangkok",
    "пекин": "Asia/Shanghai", "шанха": "Asia/Shanghai", "токио": "Asia/Tokyo", "сеул": "Asia/Seoul",
    "нью-йорк": "America/New_York", "ньюйорк": "America/New_York", "чикаго": "America/Chicago",
    "калифорни": "America/Los_Angeles", "лос-анджелес": "America/Los_Angeles", "торонто": "America/Toronto",
}  # fmt: skip
