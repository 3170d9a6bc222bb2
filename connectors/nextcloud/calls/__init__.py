"""Interfaces of Nextcloud that nextcloud-api-wrapper lacks, written on its own base classes.

Each class only spells requests: one method, one request, the wrapper's response object back. `VERIFIED = False` keeps
them out of the wrapper's flat list of methods, where equal names overwrite each other.
"""
