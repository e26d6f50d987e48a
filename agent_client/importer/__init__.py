"""Lists as branches keep them (CSV, XLSX): read row by row into captures and drafts.

table.py    a file -> its header and rows, cell by cell as they stand there
columns.py  a header -> which column holds what
cells.py    one cell -> one member's value; pure
places.py   names of kelurahan and kecamatan -> a code
jobs.py     a kind of business -> an occupation
rows.py     one row -> a content and what cannot be read
listing.py  every row saved, kept as a draft, or refused with its reason
rejects.py  the refused rows as a file to mend and import again
"""
