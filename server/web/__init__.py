"""The supervisors' desk: pages that parse, call one function, and show."""
