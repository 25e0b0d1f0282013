"""Every SQL statement of this app: rows in, records out.

A request is read and written within a Scope and a person's Rights: everybody sees what they made, what is
about them and what is assigned to them; managers the requests of their locations and of none; direct
managers and HR those that they decide.
"""
