"""Closed vocabularies of the exchange and of an enrolment (sync/PROTOCOL.md).

What comes over the line is never forced into these types before it is known:
an unknown kind, reason, flag or code is shown by its code and stops nothing.
"""

from enum import StrEnum


class Verdict(StrEnum):
    """What the office says of one record."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    RETRY = "retry"


class Reason(StrEnum):
    """Why a verdict fell; each belongs to one verdict, see REASONS."""

    NEW = "new"
    CORRECTED = "corrected"
    REINSTATED = "reinstated"
    ENROLLED = "enrolled"
    MEMBER = "member"
    NIK_CONFLICT = "nik_conflict"
    NIK_CHANGED = "nik_changed"
    PERSON_CHANGED = "person_changed"
    INVALID = "invalid"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"
    NOT_THEIRS = "not_theirs"
    REFUSED = "refused"
    ID_REUSED = "id_reused"
    NOT_DECIDED = "not_decided"
    DIGEST_MISMATCH = "digest_mismatch"
    CORRECTS_UNKNOWN = "corrects_unknown"
    KIND_UNKNOWN = "kind_unknown"
    SCHEMA_NEWER = "schema_newer"


REASONS: dict[Verdict, tuple[Reason, ...]] = {
    Verdict.ACCEPTED: (Reason.NEW, Reason.CORRECTED, Reason.REINSTATED),
    Verdict.DUPLICATE: (Reason.ENROLLED, Reason.MEMBER),
    Verdict.IN_REVIEW: (Reason.NIK_CONFLICT, Reason.NIK_CHANGED, Reason.PERSON_CHANGED),
    Verdict.REJECTED: (
        Reason.INVALID,
        Reason.INELIGIBLE,
        Reason.WITHDRAWN,
        Reason.NOT_THEIRS,
        Reason.REFUSED,
        Reason.ID_REUSED,
    ),
    Verdict.RETRY: (
        Reason.NOT_DECIDED,
        Reason.DIGEST_MISMATCH,
        Reason.CORRECTS_UNKNOWN,
        Reason.KIND_UNKNOWN,
        Reason.SCHEMA_NEWER,
    ),
    Verdict.SUPERSEDED: (Reason.CORRECTED,),
}


class Flag(StrEnum):
    """What is worth knowing of a record; a flag never changes what the worker gets."""

    NEAR_MATCH = "near_match"
    CREDIT_DISPUTE = "credit_dispute"
    CONTRIBUTION_DIFFERS = "contribution_differs"
    AGE_UNSURE = "age_unsure"
    CLOCK_DRIFT = "clock_drift"
    TOO_FAST = "too_fast"
    MEMBER_SINCE = "member_since"


class Responsible(StrEnum):
    """Who must act on a problem."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    NOBODY = "nobody"


class Sex(StrEnum):
    """Sex as on the card."""

    MALE = "M"
    FEMALE = "F"


class Programme(StrEnum):
    """Programmes open to the self-paying; the order is the sorted one."""

    JHT = "JHT"
    JKK = "JKK"
    JKM = "JKM"


class Sector(StrEnum):
    """Sector of work; the relief of PP 50/2025 differs by it."""

    TRANSPORT = "transport"
    OTHER = "other"


class Payer(StrEnum):
    """Who pays the contribution; `budget` (APBN, APBD) is out of scope."""

    SELF = "self"
    DONOR = "donor"
    BUDGET = "budget"


class PhoneOwner(StrEnum):
    """Whose phone it is."""

    SELF = "self"
    FAMILY = "family"
    NONE = "none"


class ConsentMethod(StrEnum):
    """How consent was given."""

    READ = "read"
    READ_ALOUD = "read_aloud"
    SIGNED = "signed"
