"""The sample portals: a folder each, found by being there."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from thidua.demo.portal import Portal


def all_portals() -> tuple[Portal, ...]:
    """The `PORTAL` of each family's `portal.py`, by the name of the family; the same objects at every call."""
    families = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(import_module(f"{__name__}.{family}.portal").PORTAL for family in families)
