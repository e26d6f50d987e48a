"""What may be given as the reason for a revocation, which stands in the trail; pure."""

import re
from typing import Final

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"(?:[0-9][ .-]?){9,}")
"""As long as a phone number or a NIK, however it is parted."""


def is_reason(text: str) -> bool:
    """Tell whether a text, in its normal form, may stand in the trail as a reason."""
    return 0 < len(text) <= _LONGEST and not _NUMBER.search(text)
