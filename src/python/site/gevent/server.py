"""Not part of the subset: says so."""
from gevent import _missing

raise _missing(__name__)
