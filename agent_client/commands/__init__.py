"""The commands of `lorong-agent`: each parses, calls one function, prints.

session.py    what every command has: settings, clock, passphrase, how problems are told
join.py       join, passphrase
capturing.py  capture, drafts
listing.py    import
running.py    run: the page in the browser
syncing.py    sync, sync --watch
looking.py    status, list, show
checking.py   doctor
proving.py    proof, verify
copying.py    copy, restore
"""
