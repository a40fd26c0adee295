"""Forms of the registry."""

from registry.forms.asking import (
    ActForm,
    AsOfForm,
    DayInput,
    RegisterForm,
    VenueForm,
    correction_form,
)

__all__ = ["ActForm", "AsOfForm", "DayInput", "RegisterForm", "VenueForm", "correction_form"]
