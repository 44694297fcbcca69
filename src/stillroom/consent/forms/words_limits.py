"""The words of the limits of confidentiality, by question and by the kind of answer. English.

Kept together for whoever translates. Rules: no sentence says more than its answer: *must* is said
of the clearest case only; *turns* says that it depends; *unclear*, *silent* and *absent* say that
nobody can be sure. `{State}` begins a sentence ("Maryland law"), `{state}` stands within one.
"""

from collections.abc import Mapping
from typing import Final

_ADVICE = "We would get advice, and tell as little as we can."
_NOT_FOUND = "We have not found a rule on this in {state}."

TITLES: Final[Mapping[str, str]] = {
    "private": "What you say is kept private",
    "others": "If someone else may be in danger",
    "self": "If your own life may be in danger",
    "child": "If a child may be abused",
    "adult": "If an adult who needs care may be abused",
    "court": "If a court or a lawyer asks",
    "pay": "If a health plan pays",
    "team": "Others who help you",
    "minor": "If you are under 18",
    "couple": "When you come as a couple",
    "group": "When you come to a group",
    "telehealth": "When we meet by video or phone",
    "sud": "Care for alcohol or drug use",
    "supervised": "Your therapist has a supervisor",
    "own": "Rules of our own",
    "end": "Your name on this page",
}

ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "warn": {
        "must": "Say you tell us that you will soon badly hurt a person you name, and we believe "
        "you. In the clearest cases {state} then makes us act.",
        "turns": "Say you tell us that you will soon badly hurt a person you name, and we believe "
        "you. {State} may then let us act. It depends on the facts.",
        "owed": "Say you tell us that you will soon badly hurt a person you name, and we believe "
        "you. {State} may then make us act. It depends on the facts.",
        "unclear": "Say you tell us that you will soon badly hurt a person you name, and we "
        f"believe you. It is not clear in {{state}} if we must act. {_ADVICE}",
        "may": "Say you tell us that you will soon badly hurt a person you name, and we believe "
        "you. {State} then lets us act. We found no rule that makes us.",
        "sign": "Say you tell us that you will soon badly hurt a person you name. As we read "
        f"{{state}}, even then we need you to say yes first. {_ADVICE}",
        "no": "Say you tell us that you will soon badly hurt a person you name. As we read "
        f"{{state}}, even then we may not tell. {_ADVICE}",
        "silent": "Say you tell us that you will soon badly hurt a person you name. "
        f"{_NOT_FOUND} {_ADVICE}",
    },
    "warn_to": {
        "": "We may have to tell the police or the person in danger.",
        "the police": "We may have to tell the police.",
        "the person threatened": "We may have to tell the person in danger.",
    },
    "warn_may_to": {
        "": "We may then tell the police or the person in danger.",
        "the police": "We may then tell the police.",
        "the person threatened": "We may then tell the person in danger.",
    },
    "self": {
        "may": "Say we think you may soon die by your own hand. {State} then lets us tell someone "
        "who can help keep you safe.",
        "must": "Say we think you may soon die by your own hand. {State} then makes us act to keep "
        "you safe.",
        "turns": "Say we think you may soon die by your own hand. {State} may then let us tell "
        "someone who can help. It depends on the facts and on whom we tell.",
        "unclear": "Say we think you may soon die by your own hand. It is not clear in {state} "
        "whom we may tell. We would get advice and act to keep you safe.",
        "sign": "Say we think you may soon die by your own hand. As we read {state}, we would need "
        "you to say yes before we tell anyone. We would ask you, and get advice.",
        "no": "Say we think you may soon die by your own hand. As we read {state}, it does not let "
        "us tell anyone. We would ask you to say yes, and get advice.",
        "silent": f"Say we think you may soon die by your own hand. {_NOT_FOUND} We would ask you, "
        "and get advice.",
    },
    "child": {
        "must": "Say we have reason to think that a child is being abused. In the clearest cases "
        "{state} then makes us report it.",
        "owed": "Say we have reason to think that a child is being abused. {State} may then make "
        "us report it. It depends on the facts.",
        "turns": "Say we have reason to think that a child is being abused. {State} may then let "
        "us report it. It depends on the facts.",
        "unclear": "Say we have reason to think that a child is being abused. It is not clear in "
        f"{{state}} if we must report it. {_ADVICE}",
        "may": "Say we have reason to think that a child is being abused. {State} then lets us "
        "report it. We found no rule that makes us.",
        "silent": f"Say we have reason to think that a child is being abused. {_NOT_FOUND} "
        f"{_ADVICE}",
    },
    "child_to": {
        "": "The report goes to the child welfare office or the police.",
        "the agency": "The report goes to the child welfare office.",
        "the police": "The report goes to the police.",
    },
    "survivor": {
        "must": "We must report this too if you are grown now and tell us that you were abused as "
        "a child.",
        "owed": "If you are grown now and were abused as a child, {state} may make us report that "
        "as well. It depends on the facts.",
        "turns": "If you are grown now and were abused as a child, {state} may let us report that "
        "as well. It depends on the facts.",
        "unclear": "If you are grown now and were abused as a child, it is not clear in {state} if "
        "we must report that. Please ask us before you tell us more.",
        "may": "If you are grown now and were abused as a child, {state} lets us report that. We "
        "found no rule that makes us.",
        "sign": "If you are grown now and were abused as a child, as we read {state} we need you "
        "to say yes before we tell anyone.",
        "no": "If you are grown now and were abused as a child, as we read {state} we may not tell "
        "anyone.",
        "silent": "If you are grown now and were abused as a child, and no child is at risk now, "
        "we found no rule in {state} that makes us report it.",
    },
    "adult": {
        "must": "Say we have reason to think that an adult who cannot guard his or her own safety "
        "is being abused. In the clearest cases {state} then makes us report it.",
        "owed": "Say we have reason to think that an adult who cannot guard his or her own safety "
        "is being abused. {State} may then make us report it. It depends on the facts.",
        "turns": "Say we have reason to think that an adult who cannot guard his or her own safety "
        "is being abused. {State} may then let us report it. It depends on the facts.",
        "unclear": "Say we have reason to think that an adult who cannot guard his or her own "
        f"safety is being abused. It is not clear in {{state}} if we must report it. {_ADVICE}",
        "may": "Say we have reason to think that an adult who cannot guard his or her own safety "
        "is being abused. {State} then lets us report it. We found no rule that makes us.",
        "silent": "Say we have reason to think that an adult who cannot guard his or her own "
        f"safety is being abused. {_NOT_FOUND} {_ADVICE}",
    },
    "testify": {
        "sign": "{State} does not let us tell a court what you told us, unless you say yes or the "
        "law makes an exception.",
        "no": "{State} does not let us tell a court what you told us, unless the law makes an "
        "exception.",
        "turns": "{State} may keep what you told us out of court. It depends on the case.",
        "unclear": "It is not clear in {state} if what you told us can be kept out of court.",
        "may": "{State} may let us tell a court what you told us.",
        "silent": "We have not found a rule in {state} that keeps what you tell a person with our "
        "license out of court.",
    },
    "paper": {
        "sign": "If a lawyer asks for your record by a subpoena that no judge signed, that alone "
        "is not enough in {state}. We need you to say yes in writing.",
        "no": "If a lawyer asks for your record by a subpoena that no judge signed, that alone is "
        "not enough in {state}.",
        "turns": "If a lawyer asks for your record by a subpoena, it depends on the case if "
        "{state} lets us give it.",
        "unclear": "If a lawyer asks for your record by a subpoena, it is not clear in {state} if "
        "we may give it.",
        "may": "If a lawyer asks for your record by a subpoena, {state} may let us give it.",
        "silent": "If a lawyer asks for your record by a subpoena, we have not found a rule on it "
        "in {state}. The rules of the nation still guard you.",
    },
    "order": {
        "must": "If a judge orders it, {state} may make us give what the order asks for.",
        "may": "If a judge orders it, {state} may let us give what the order asks for.",
        "turns": "If a judge orders it, we may have to give what the order asks for. In {state} "
        "this depends on the case.",
        "unclear": "If a judge orders it, it is not clear in {state} how far we must go. We may "
        "have to give what the order asks for.",
        "sign": "If a judge orders it, we may have to give what the order asks for. As we read "
        "{state}, we would first ask you, and ask the judge to look again.",
        "no": "If a judge orders it, we may have to give what the order asks for. As we read "
        "{state}, we would first ask the judge to look again.",
        "silent": "If a judge orders it, we may have to give what the order asks for.",
    },
    "issue": {
        "may": "If you make your state of mind a part of a court case, you may lose this guard.",
        "must": "If you make your state of mind a part of a court case, you may lose this guard.",
        "turns": "If you make your state of mind a part of a court case, you may lose this guard. "
        "It depends on the case.",
        "unclear": "If you make your state of mind a part of a court case, it is not clear if you "
        "keep this guard.",
        "sign": "If you make your state of mind a part of a court case, talk with a lawyer first. "
        "We found no rule in {state} that takes this guard away for that, but a judge may.",
        "no": "If you make your state of mind a part of a court case, talk with a lawyer first. "
        "We found no rule in {state} that takes this guard away for that, but a judge may.",
    },
    "payer": {
        "sign": "{State} asks us to have your written yes before we tell your health plan about "
        "your care.",
        "no": "As we read {state}, we may not tell your health plan about your care. We would get "
        "advice.",
        "may": "We may tell your health plan what it needs to know to pay for your care.",
        "must": "We may tell your health plan what it needs to know to pay for your care.",
        "turns": "We may tell your health plan what it needs to know to pay. In {state} it depends "
        "on the case if we need your written yes, so we will ask you.",
        "unclear": "It is not clear in {state} if we need your written yes before we tell your "
        "health plan about your care, so we will ask you.",
        "silent": "The privacy rule of the nation lets us tell your health plan what it needs to "
        "know to pay for your care. We have not found a rule of its own on this in {state}.",
    },
    "team": {
        "sign": "{State} asks us to have your written yes before we tell others who treat you.",
        "no": "As we read {state}, we may not tell others who treat you.",
        "may": "We may tell others who treat you what they need to know to help you.",
        "must": "We may tell others who treat you what they need to know to help you.",
        "turns": "We may tell others who treat you what they need to know. In {state} it depends "
        "on the case if we need your written yes, so we will ask you.",
        "unclear": "It is not clear in {state} if we need your written yes before we tell others "
        "who treat you, so we will ask you.",
        "silent": "The privacy rule of the nation lets us tell others who treat you what they need "
        "to know to help you. We have not found a rule of its own on this in {state}.",
    },
    "minor": {
        "must": "Say you came to us on your own, as the law lets some young people do. If a parent "
        "asks to see your record, {state} may still make us show it.",
        "may": "Say you came to us on your own, as the law lets some young people do. If a parent "
        "asks to see your record, {state} lets us show it.",
        "turns": "Say you came to us on your own, as the law lets some young people do. If a "
        "parent asks to see your record, it depends on the facts if {state} lets us show it.",
        "unclear": "Say you came to us on your own, as the law lets some young people do. If a "
        "parent asks to see your record, it is not clear in {state} if we may show it.",
        "sign": "Say you came to us on your own, as the law lets some young people do. If a parent "
        "asks to see your record, {state} asks for your written yes.",
        "no": "Say you came to us on your own, as the law lets some young people do. If a parent "
        "asks to see your record, as we read {state} we may not show it.",
        "silent": "Say you came to us on your own. We have not found a rule in {state} on what a "
        "parent may then see.",
    },
    "parent": {
        "must": "If a parent agreed to your care, {state} may make us show a parent your record.",
        "may": "If a parent agreed to your care, {state} lets us show a parent your record.",
        "turns": "If a parent agreed to your care, it depends on the facts what {state} lets us "
        "show a parent.",
        "unclear": "If a parent agreed to your care, it is not clear in {state} what we may show a "
        "parent.",
        "sign": "If a parent agreed to your care, {state} still asks for a written yes before we "
        "show your record.",
        "no": "If a parent agreed to your care, as we read {state} we may still not show a parent "
        "your record.",
        "silent": "If a parent agreed to your care, that parent can most often ask to see your "
        "record. We have not found a rule of its own on this in {state}.",
    },
    "joint": {
        "sign": "{State} does not let us tell a court what you told us when others of you were in "
        "the room, unless you say yes or the law makes an exception.",
        "no": "{State} does not let us tell a court what you told us when others of you were in "
        "the room, unless the law makes an exception.",
        "turns": "It depends on the case if {state} keeps what is said in front of others of you "
        "out of court.",
        "unclear": "It is not clear in {state} if what is said in front of others of you can be "
        "kept out of court.",
        "may": "{State} may let us tell a court what was said in front of others of you.",
        "silent": "We have not found a rule in {state} that keeps what is said in front of others "
        "of you out of court.",
    },
}
"""`owed` stands for *turns* where what may come is a duty. Where a kind is missing, `silent`
holds."""

NATION_SAYS: Final[Mapping[str, str]] = {
    "payer": "us.hipaa.164-506-c-3.payment",
    "team": "us.hipaa.164-506-c-1.treatment",
    "order": "us.hipaa.164-512-e-1-i",
    "paper": "us.hipaa.164-512-e-1-ii",
}
"""What the `silent` sentence stands on where it tells of the nation's law."""
