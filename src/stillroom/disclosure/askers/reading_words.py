"""The words by which a letter shows what it is. Data for `reading`; the first that fits counts."""

import re


def _w(shape: str) -> "re.Pattern[str]":
    return re.compile(shape, re.IGNORECASE)


OCCASIONS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("warrant", _w(r"\bsearch warrant\b|\bwarrant to search\b")),
    ("grand_jury", _w(r"\bgrand jury\b")),
    ("subpoena", _w(r"\bsubpoena\b|\byou are (?:hereby )?commanded\b|\bduces tecum\b")),
    ("court_order", _w(r"\bit is (?:hereby |further |so )?ordered\b|\bso ordered\b"
        r"|(?m:^\s{0,40}order\s{0,5}$)")),
    ("discovery", _w(r"\brequests? for production\b|\binterrogator(?:y|ies)\b"
        r"|\bdiscovery request\b")),
    ("hhs", _w(r"\boffice for civil rights\b|\bdepartment of health and human services\b")),
    ("coroner", _w(r"\bmedical examiner\b|\bcoroner\b")),
    ("licensing_board", _w(r"\b(?:state )?board of (?:examiners|psycholog|social work"
        r"|professional counsel|licensed|medic|nurs|behavioral|marriage)\w*|\blicensing board\b")),
    ("research", _w(r"\binstitutional review board\b|\bIRB\b|\bwaiver of authorization\b")),
    ("workers_comp", _w(r"\bworkers?['’]? ?comp(?:ensation)?\b|\bindustrial commission\b")),
    ("military", _w(r"\bcommanding officer\b|\bdepartment of the (?:army|navy|air force)\b"
        r"|\bcommander,")),
    ("medical_director", _w(r"\bmedical director\b|\bpeer[- ]to[- ]peer\b|\bpeer review\b")),
    ("payer_audit", _w(r"\b(?:post[- ]?payment|claims?|records?|payment integrity) (?:audit"
        r"|review)\b|\brecoup\w*|\boverpayment\b")),
    ("collection_agency", _w(r"\bcollection agency\b|\battempt to collect a debt\b"
        r"|\bdebt collector\b")),
    ("police", _w(r"\bpolice department\b|\bdetective\b|\bsheriff['’]?s? (?:office"
        r"|department)\b|\bspecial agent\b|\bfederal bureau of investigation\b"
        r"|\bdistrict attorney\b|\bstate['’]s attorney\b")),
    ("custody", _w(r"\bdepartment of corrections\b|\bcorrectional (?:facility|institution)\b"
        r"|\bdetention center\b")),
    ("accounting", _w(r"\baccounting of disclosures\b|\bwho (?:has )?(?:seen|received|got) my\b")),
    ("amendment", _w(r"\b(?:amend|correct|correction (?:to|of)|amendment (?:to"
        r"|of))\b[^.\n]{0,60}\b(?:my|the) (?:\w+ ){0,3}(?:record|chart|file|note)s?\b")),
    ("restriction", _w(r"\b(?:do not|don['’]t|not to) (?:share|tell|disclose|send|bill)\b"
        r"|\brestrict(?:ion)? (?:on|of|the|how)\b"
        r"|\bpaid (?:in full )?out of (?:my own )?pocket\b")),
    ("attorney_letter", _w(r"\battorneys? (?:for|at law)\b|\blaw (?:offices?|firm|group)\b"
        r"|\besq\b|\bthis (?:firm|office) represents\b")),
    ("access", _w(r"\b(?:copy|copies|access|see|inspect"
        r"|send me)\b[^.\n]{0,60}\bmy (?:\w+ ){0,4}(?:records?|chart|file|notes)\b"
        r"|\bunder HIPAA\b[^.\n]{0,40}\bmy\b")),
    ("parent", _w(r"\bmy (?:son|daughter|child|minor)\b|\bi am (?:the|his|her|their) (?:mother"
        r"|father|parent)\b")),
    ("family_after_death", _w(r"\b(?:passed away|has died|late (?:husband|wife|son|daughter"
        r"|brother|sister|mother|father))\b")),
    ("school", _w(r"\bschool (?:district|counselor|psychologist|principal)\b"
        r"|\bindividualized education\b|\bIEP\b|\bdean of students\b")),
    ("employer", _w(r"\bhuman resources\b|\bfitness[- ]for[- ]duty\b|\bFMLA\b|\bour employee\b"
        r"|\bleave of absence\b")),
    ("press", _w(r"\breporter\b|\bjournalist\b|\bnewsroom\b|\bfor publication\b"
        r"|\bon the record\b")),
    ("payer", _w(r"\bmedical necessity\b|\bhealth plan\b|\bmember id\b|\bclaims? (?:number"
        r"|department)\b|\bprior authorization\b")),
    ("treating_provider", _w(r"\bcontinuity of care\b|\bour (?:mutual|shared) patient\b"
        r"|\bcoordinat\w+ (?:of )?care\b|\breferred (?:to|by)\b|\bunder my care\b")),
)  # fmt: skip

PROCEEDINGS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("custody", _w(r"\bcustody\b|\bparenting time\b|\bvisitation\b")),
    ("malpractice_against_therapist", _w(r"\bmalpractice\b|\bprofessional negligence\b")),
    ("workers_comp", _w(r"\bworkers?['’]? ?comp(?:ensation)?\b")),
    ("commitment", _w(r"\b(?:civil|involuntary) commitment\b")),
    ("probate", _w(r"\bestate of\b|\bprobate\b|\borphans['’] court\b")),
    ("licensing", _w(r"\b(?:state )?board of (?:examiners|psycholog|social work|professional)\w*")),
    ("criminal", _w(r"\b(?:state|people|commonwealth"
        r"|united states)(?: of [a-z ]{1,20})? v(?:s)?\.|\bcriminal\b|\bindictment\b")),
    ("administrative", _w(r"\badministrative (?:law judge|hearing)\b")),
    ("civil", _w(r"\bplaintiffs?\b|\bdivorce\b|\bdissolution of marriage\b|\bcivil action\b"
        r"|\bpersonal injury\b")),
)  # fmt: skip

KINDS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("everything", _w(r"\b(?:entire|complete|whole|full)\s(?:\w+\s){0,3}(?:file|chart"
        r"|records?)\b|\b(?:any and )?all\s(?:\w+\s){0,3}(?:records|documents|notes)\b")),
    ("psychotherapy_notes", _w(r"\bpsychotherapy notes?\b|\bprocess notes?\b")),
    ("progress_notes", _w(r"\b(?:progress|session|treatment|clinical|office) notes?\b")),
    ("billing", _w(r"\bbilling\b|\binvoices?\b|\bledgers?\b|\bitemized statements?\b")),
    ("appointments", _w(r"\b(?:dates|times) of (?:service|treatment|attendance|appointments?)\b"
        r"|\battendance\b|\bappointments?\b")),
    ("treatment_plan", _w(r"\b(?:treatment|care) plans?\b")),
    ("diagnosis", _w(r"\bdiagnos[ei]s\b")),
    ("test_results", _w(r"\btest (?:results|data|scores)\b|\bpsychological testing\b"
        r"|\bevaluations?\b")),
    ("medication", _w(r"\bmedications?\b|\bprescriptions?\b")),
    ("risk_assessment", _w(r"\brisk assessments?\b|\bsuicid\w+ assessments?\b")),
)  # fmt: skip

ASKS = _w(
    r"(?:(?:to )?produce|copies? of|copy of|provide|send(?: me| us)?|request(?:s|ing)?"
    r"|releas(?:e|ing)|furnish)[\s,]"
    r"[^.;]{0,200}?\b(?:records?|notes?|file|chart|documents?|information)\b[^.;\n]{0,80}"
)
"""The words that ask: a verb of giving, and what is to be given."""
