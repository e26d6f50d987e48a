"""The office: reconciles what comes in and shows who did what."""
