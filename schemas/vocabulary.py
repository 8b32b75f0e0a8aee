"""Closed sets of codes on which the code branches (GUIDE: the annotation guide of the records)."""

from __future__ import annotations

from enum import StrEnum


class DateRole(StrEnum):
    """What a date is to its article."""

    EVENT = "event"
    PERIOD = "period"
    DOCUMENT = "document"
    ANNIVERSARY = "anniversary"
    DEADLINE = "deadline"
    OTHER = "other"


class OfficialRole(StrEnum):
    """What a named person does in the article."""

    CHAIR = "chair"
    SPEAKER = "speaker"
    ATTENDEE = "attendee"
    PRESENTER = "presenter"
    RECIPIENT = "recipient"
    SIGNATORY = "signatory"
    MENTIONED = "mentioned"


class AwardLevel(StrEnum):
    """Who confers an award."""

    STATE = "state"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"
    NATIONAL = "national"


class AwardStatus(StrEnum):
    """How far an award has come; `mentioned` only by a plan or a rule."""

    AWARDED = "awarded"
    PROPOSED = "proposed"
    REGISTERED = "registered"
    MENTIONED = "mentioned"


class RecipientKind(StrEnum):
    """What a named recipient is."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Comparator(StrEnum):
    """How the text bounds a number: hơn gt, gần lt, ít nhất ge, không quá le, khoảng approx."""

    EQ = "eq"
    GT = "gt"
    LT = "lt"
    GE = "ge"
    LE = "le"
    APPROX = "approx"


class Unit(StrEnum):
    """What is counted."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    WORKER = "worker"
    ENTERPRISE = "enterprise"
    UNIT = "unit"
    PERSON = "person"
    DELEGATE = "delegate"
    OFFICIAL = "official"
    AWARD = "award"
    INITIATIVE = "initiative"
    MODEL = "model"
    OTHER = "other"


class EventType(StrEnum):
    """What happened or was decided."""

    REVIEW_CONFERENCE = "review_conference"
    INTERIM_REVIEW = "interim_review"
    CAMPAIGN_LAUNCH = "campaign_launch"
    PLAN_ISSUED = "plan_issued"
    AWARD_CEREMONY = "award_ceremony"
    AWARD_DECISION = "award_decision"
    COUNCIL_MEETING = "council_meeting"
    PLEDGE_SIGNING = "pledge_signing"
    CONGRESS = "congress"
    ANNIVERSARY = "anniversary"
    CONTEST = "contest"
    TRAINING = "training"
    INSPECTION = "inspection"
    OTHER = "other"


class ArticleKind(StrEnum):
    """What a page that reads as an article is."""

    ARTICLE = "article"
    DOCUMENT = "document"
    MEDIA = "media"


class State(StrEnum):
    """The state of a scheduled address in the ledger; every address is in exactly one."""

    OPEN = "open"
    OK = "ok"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    RETRY_AT = "retry_at"


class Verdict(StrEnum):
    """What a person decided about a record; `missing`: the text says it and no record does; `withdrawn`: as if nothing had been decided."""

    RIGHT = "right"
    WRONG = "wrong"
    CORRECTED = "corrected"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"
