"""The trail is looked through by deed, noun, office and moment, a million lines of it."""

from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes by which the trail is looked through."""
    op.drop_index(op.f("ix_audit_about_about_id"), "audit")
    op.create_index(
        op.f("ix_audit_about_about_id_number"), "audit", ["about", "about_id", "number"]
    )
    for column in ("action", "about", "office_id", "at"):
        op.create_index(op.f(f"ix_audit_{column}_number"), "audit", [column, "number"])
