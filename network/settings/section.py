"""What every section of the configuration has in common: frozen, nothing unknown, and entries know where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from network.document.values import Branch


class Reading:
    """What one validation learns on the way: which section read which mapping. `owners` are the administrations
    whose own file a name stands for."""

    def __init__(self, owners: Mapping[str, str]) -> None:
        self.owners = owners
        self.sections: dict[int, type[Section]] = {}


class Section(BaseModel):
    """A mapping of the YAML file. Unknown keys are mistakes; values never change."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,  # one validator for all of it when it is read, in place of one for each section at once
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _remember_who_read_it(cls, data: object, info: ValidationInfo) -> object:
        if isinstance(info.context, Reading) and isinstance(data, Branch):
            info.context.sections[id(data)] = cls
            return cls._placed(data, info.context)
        return data

    @classmethod
    def _placed(cls, data: Branch, reading: Reading) -> Mapping[str, object]:
        return data


class Entry(Section):
    """A section that stands under a key of its own, as an administration or a calendar does."""

    key: SkipJsonSchema[str] = ""
    """Its key in the YAML file; stays the same for life."""
    source: SkipJsonSchema[str] = ""
    """Where it is written first, as file:line."""
    owner: SkipJsonSchema[str] = ""
    """The administration whose own file it comes from; empty: the network's."""

    @classmethod
    def _placed(cls, data: Branch, reading: Reading) -> Mapping[str, object]:
        # What is ours to fill in may not be written: with a blank behind it, it is an unknown key like any other.
        written = {f"{key} " if key in _OURS else key: value for key, value in data.items()}
        spot = data.spot
        return {
            **written,
            "key": spot.path[-1],
            "source": spot.where,
            "owner": reading.owners.get(spot.file, ""),
        }


_OURS = frozenset({"key", "source", "owner"})
