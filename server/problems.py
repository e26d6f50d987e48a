"""The catalogue of what a call can be refused for; a code once given out is never reused."""

from collections.abc import Mapping
from typing import Final

from schemas.problem import Problem
from schemas.words import Responsible

TOKEN_UNKNOWN: Final = Problem(401, "token_unknown", Responsible.AGENT, "Join again.")
DEVICE_REVOKED: Final = Problem(
    403, "device_revoked", Responsible.SUPERVISOR, "This device was revoked.", {"wipe": True}
)
DEVICE_OTHER: Final = Problem(
    403, "device_other", Responsible.AGENT, "The token is another device's; join again."
)
NOT_FOUND: Final = Problem(404, "not_found", Responsible.ADMIN, "There is no such call.")
METHOD: Final = Problem(405, "method", Responsible.ADMIN, "The call has another method.")
ENCODING_UNKNOWN: Final = Problem(
    415, "encoding_unknown", Responsible.NOBODY, "Send the body plain or gzipped."
)
BODY_TOO_LARGE: Final = Problem(
    413, "body_too_large", Responsible.NOBODY, "Send fewer envelopes at once."
)
TOO_MANY_ENVELOPES: Final = Problem(
    413, "too_many_envelopes", Responsible.NOBODY, "Send at most 500 envelopes at once."
)
JSON_INVALID: Final = Problem(400, "json_invalid", Responsible.ADMIN, "The body is no sound JSON.")
PROTOCOL_OLD: Final = Problem(426, "protocol_old", Responsible.AGENT, "Update the program.")
PROTOCOL_UNKNOWN: Final = Problem(
    400, "protocol_unknown", Responsible.ADMIN, "The office does not know this protocol yet."
)
SHAPE: Final = Problem(422, "shape", Responsible.ADMIN, "A member is missing or of a wrong form.")
CODE_UNKNOWN: Final = Problem(403, "code_unknown", Responsible.AGENT, "There is no such code.")
CODE_USED: Final = Problem(
    403, "code_used", Responsible.SUPERVISOR, "The code was used already; ask for a new one."
)
CODE_EXPIRED: Final = Problem(
    403, "code_expired", Responsible.SUPERVISOR, "The code is too old; ask for a new one."
)
DEVICE_OF_ANOTHER: Final = Problem(
    409, "device_of_another", Responsible.SUPERVISOR, "This device is another agent's."
)
TOO_MANY_TRIES: Final = Problem(
    429, "too_many_tries", Responsible.NOBODY, "Too many failed tries; wait a minute."
)
BUSY: Final = Problem(503, "busy", Responsible.NOBODY, "The office cannot write now; come again.")
INTERNAL: Final = Problem(500, "internal", Responsible.ADMIN, "The office failed; nothing is lost.")
SPAN_UNREADABLE: Final = Problem(
    422, "span_unreadable", Responsible.SUPERVISOR, "That is no span of days."
)
SPAN_TOO_LONG: Final = Problem(
    422, "span_too_long", Responsible.SUPERVISOR, "A span has ten years at most."
)
BAD_REQUEST: Final = Problem(400, "bad_request", Responsible.ADMIN, "The request is no sound HTTP.")

CASE_UNKNOWN: Final = Problem(404, "case_unknown", Responsible.SUPERVISOR, "No such case.")
CASE_DECIDED: Final = Problem(
    409, "case_decided", Responsible.SUPERVISOR, "Somebody has decided this case already."
)
CASE_MOVED: Final = Problem(
    409, "case_moved", Responsible.SUPERVISOR, "The case is about other records by now."
)
CASE_OPEN: Final = Problem(
    409, "case_open", Responsible.SUPERVISOR, "Nothing is decided that could be undone."
)
RECORD_UNKNOWN: Final = Problem(404, "record_unknown", Responsible.SUPERVISOR, "No such record.")
DECISION_UNFIT: Final = Problem(
    409, "decision_unfit", Responsible.SUPERVISOR, "The decision does not fit how things stand."
)
NIK_HELD: Final = Problem(
    409, "nik_held", Responsible.SUPERVISOR, "Another record holds this NIK; decide on it first."
)
UNDO_BLOCKED: Final = Problem(
    409, "undo_blocked", Responsible.SUPERVISOR, "What came later rests on this decision."
)

SIGN_IN_WRONG: Final = Problem(
    403, "sign_in_wrong", Responsible.SUPERVISOR, "Wrong name or password."
)
SIGN_IN_LOCKED: Final = Problem(
    429, "sign_in_locked", Responsible.SUPERVISOR, "Too many wrong tries; wait, then try again."
)
SIGN_IN_STALE: Final = Problem(
    403, "sign_in_stale", Responsible.SUPERVISOR, "It took too long; begin to sign in again."
)
SIGN_IN_NEEDED: Final = Problem(401, "sign_in_needed", Responsible.SUPERVISOR, "Sign in first.")
NOT_ALLOWED: Final = Problem(
    403, "not_allowed", Responsible.ADMIN, "This user's role does not allow that."
)
PAGE_STALE: Final = Problem(
    400, "page_stale", Responsible.SUPERVISOR, "The page is too old; load it again."
)
PAGE_UNKNOWN: Final = Problem(404, "page_unknown", Responsible.SUPERVISOR, "There is no such page.")

TOTP_WRONG: Final = Problem(
    403, "totp_wrong", Responsible.SUPERVISOR, "The code is wrong, or was used already."
)
PASSWORD_WRONG: Final = Problem(
    403, "password_wrong", Responsible.SUPERVISOR, "The present password is another."
)
PASSWORD_WEAK: Final = Problem(
    422, "password_weak", Responsible.SUPERVISOR, "The password is too short or too easily guessed."
)
PASSWORDS_DIFFER: Final = Problem(
    422, "passwords_differ", Responsible.SUPERVISOR, "The two passwords are not the same."
)
LINK_UNKNOWN: Final = Problem(404, "link_unknown", Responsible.ADMIN, "There is no such link.")
LINK_USED: Final = Problem(410, "link_used", Responsible.ADMIN, "The link was used already.")
LINK_EXPIRED: Final = Problem(410, "link_expired", Responsible.ADMIN, "The link is too old.")
NAME_UNFIT: Final = Problem(
    422, "name_unfit", Responsible.ADMIN, "A name has 1 to 60 characters in one line."
)
DAYS_UNFIT: Final = Problem(
    422, "days_unfit", Responsible.SUPERVISOR, "A token holds for 1 to 365 days."
)
USER_UNKNOWN: Final = Problem(404, "user_unknown", Responsible.ADMIN, "There is no such user.")
USER_TAKEN: Final = Problem(409, "user_taken", Responsible.ADMIN, "The name is taken.")
USER_ENDED: Final = Problem(409, "user_ended", Responsible.ADMIN, "This user has ended.")
ROLE_UNKNOWN: Final = Problem(422, "role_unknown", Responsible.ADMIN, "There is no such role.")
OFFICE_UNKNOWN: Final = Problem(
    404, "office_unknown", Responsible.ADMIN, "There is no such office."
)
OFFICE_MISSING: Final = Problem(
    422, "office_missing", Responsible.ADMIN, "A supervisor has one office at least."
)
LAST_ADMINISTRATOR: Final = Problem(
    409, "last_administrator", Responsible.ADMIN, "There must remain an administrator."
)

PEOPLE: Final = (
    SIGN_IN_STALE,
    TOTP_WRONG,
    PASSWORD_WRONG,
    PASSWORD_WEAK,
    PASSWORDS_DIFFER,
    LINK_UNKNOWN,
    LINK_USED,
    LINK_EXPIRED,
    NAME_UNFIT,
    DAYS_UNFIT,
    USER_UNKNOWN,
    USER_TAKEN,
    USER_ENDED,
    ROLE_UNKNOWN,
    OFFICE_UNKNOWN,
    OFFICE_MISSING,
    LAST_ADMINISTRATOR,
)
"""What is refused about users, their passwords, links and tokens."""

OFFICE_TAKEN: Final = Problem(
    409, "office_taken", Responsible.ADMIN, "There is an office of that name already."
)
AGENT_UNKNOWN: Final = Problem(404, "agent_unknown", Responsible.ADMIN, "There is no such agent.")
AGENT_TAKEN: Final = Problem(
    409, "agent_taken", Responsible.ADMIN, "There is an agent with that code already."
)
AGENT_ENDED: Final = Problem(409, "agent_ended", Responsible.ADMIN, "That agent has ended.")
NAME_WRONG: Final = Problem(
    422, "name_wrong", Responsible.ADMIN, "A name has 1 to 100 characters in one line."
)
CODE_WRONG: Final = Problem(
    422, "code_wrong", Responsible.ADMIN, "An agent's code has 1 to 32 characters in one line."
)
DAY_UNREADABLE: Final = Problem(422, "day_unreadable", Responsible.ADMIN, "That is no day.")

STAFF: Final = (
    OFFICE_UNKNOWN,
    OFFICE_TAKEN,
    AGENT_UNKNOWN,
    AGENT_TAKEN,
    AGENT_ENDED,
    NAME_WRONG,
    CODE_WRONG,
    DAY_UNREADABLE,
)
"""What is refused about offices and agents."""

DESK: Final = (
    SPAN_UNREADABLE,
    SPAN_TOO_LONG,
    SIGN_IN_WRONG,
    SIGN_IN_LOCKED,
    SIGN_IN_NEEDED,
    NOT_ALLOWED,
    PAGE_STALE,
    PAGE_UNKNOWN,
)
"""What a user of the desk can be refused for, beside what a decision can."""

DEVICE_UNKNOWN: Final = Problem(404, "device_unknown", Responsible.SUPERVISOR, "No such laptop.")
DEVICE_GONE: Final = Problem(
    409, "device_gone", Responsible.SUPERVISOR, "This laptop was revoked; it cannot be retired."
)
LOSS_UNFIT: Final = Problem(
    422, "loss_unfit", Responsible.SUPERVISOR, "That is no moment at which a loss can be known."
)
REASON_UNFIT: Final = Problem(
    422, "reason_unfit", Responsible.SUPERVISOR, "A reason is text without a worker's number."
)
DEVICE_NOT_LOST: Final = Problem(
    404, "device_not_lost", Responsible.SUPERVISOR, "This laptop is not lost."
)
ASIDE_UNKNOWN: Final = Problem(
    404, "aside_unknown", Responsible.SUPERVISOR, "This is not set aside any more."
)
ASIDE_FINAL: Final = Problem(
    409, "aside_final", Responsible.AGENT, "What was kept here can never be judged."
)
JOIN_CODE_GONE: Final = Problem(
    404, "join_code_gone", Responsible.SUPERVISOR, "This join code is used, void or too old."
)

REVIEW: Final = (
    CASE_UNKNOWN,
    CASE_DECIDED,
    CASE_MOVED,
    CASE_OPEN,
    RECORD_UNKNOWN,
    DECISION_UNFIT,
    NIK_HELD,
    UNDO_BLOCKED,
)
"""What a supervisor's decision can be refused for."""

LAPTOPS: Final = (
    DEVICE_UNKNOWN,
    DEVICE_GONE,
    LOSS_UNFIT,
    REASON_UNFIT,
    DEVICE_NOT_LOST,
    ASIDE_UNKNOWN,
    ASIDE_FINAL,
    JOIN_CODE_GONE,
)
"""What a decision about a laptop can be refused for."""

CATALOGUE: Final = (
    TOKEN_UNKNOWN,
    DEVICE_REVOKED,
    DEVICE_OTHER,
    NOT_FOUND,
    METHOD,
    ENCODING_UNKNOWN,
    BODY_TOO_LARGE,
    TOO_MANY_ENVELOPES,
    JSON_INVALID,
    PROTOCOL_OLD,
    PROTOCOL_UNKNOWN,
    SHAPE,
    CODE_UNKNOWN,
    CODE_USED,
    CODE_EXPIRED,
    DEVICE_OF_ANOTHER,
    TOO_MANY_TRIES,
    BUSY,
    INTERNAL,
    BAD_REQUEST,
)


class Refused(Exception):
    """A call is refused with a problem out of the catalogue, and headers where it needs any."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        """Refuse with a problem."""
        super().__init__(problem.code)
        self.problem = problem
        self.headers = dict(headers or {})
