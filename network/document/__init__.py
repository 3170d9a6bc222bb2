"""YAML text with places: which file and line each key and value came from, and how several files become one.

Values stay text here; what they mean is decided by `network.settings`. Nothing is looked up outside of the files named.
"""

from network.document.complaint import Complaint
from network.document.files import Document, Gathered, gather
from network.document.merging import merge
from network.document.values import Branch, Listing, Scalar, Spot, Value, below, find

__all__ = [
    "Branch",
    "Complaint",
    "Document",
    "Gathered",
    "Listing",
    "Scalar",
    "Spot",
    "Value",
    "below",
    "find",
    "gather",
    "merge",
]
