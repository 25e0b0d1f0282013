"""Every SQL statement of this app: rows in, records out.

Stock, lots and movements are read and written within a Scope; the catalogue is the practice's own.
"""
