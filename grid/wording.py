"""What people read: acts, problems of a file, and the reasons behind a score."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pages.badges import Badge
from pages.parts import Fact
from pages.wording import kw as told_kw
from pages.wording import number, percent, short_date

Text = str | Promise
WHOLE_BALANCE = 0.98  # below this share of readings a balance says nothing

VERBS: dict[str, Text] = {
    "grid.batch.receive": _("sent a file of readings"),
    "grid.supplier.register": _("registered a supplier of readings"),
    "grid.supplier.change": _("changed a supplier of readings"),
    "grid.profiles.compute": _("computed the load profiles"),
    "grid.meter.view": _("looked at a meter's load"),
    "grid.feeders.balance": _("computed the balances of feeders"),
    "grid.feeder.view": _("looked at a feeder's balance"),
    "grid.norm.write": _("wrote a loss norm"),
    "grid.event.write": _("wrote an outage or order into the calendar"),
    "grid.readings.remove": _("took readings beyond their term out"),
    "grid.rule.write": _("wrote a dated rule of the grid"),
    "grid.exemption.grant": _("granted an exemption"),
    "grid.exemption.shorten": _("ended an exemption earlier"),
    "grid.exemption.ending": _("told that an exemption ends soon"),
    "grid.exemption.document": _("opened the document of an exemption"),
    "grid.errors.export": _("downloaded the refused rows"),
}
NEWS: dict[str, Text] = {
    "grid.batch.stored": _("Readings stored: %(file)s, %(rows)s readings."),
    "grid.batch.refused": _(
        "Readings refused: %(file)s, %(problems)s problems. Nothing was stored."
    ),
    "grid.exemption.ending": _("An exemption that you approved ends on %(day)s: %(subject)s."),
    "grid.batch.failed": _("Readings could not be stored: %(file)s. Nothing was stored."),
}

FAILURES: dict[str, Text] = {
    "no_room": _(
        "There was no room left where the readings are written. Make room, then try again."
    ),
    "stopped": _(
        "The process that stored it was stopped several times. See why in its log, then try again."
    ),
}

PROBLEMS: dict[str, tuple[Text, Text]] = {
    "encoding": (_("Not UTF-8; it looks like Windows-1251"), _("text saved as UTF-8")),
    "binary": (_("Not a table, whatever its name says"), _("CSV, Parquet or XLSX")),
    "empty_file": (_("The file holds no readings"), _("a header row and at least one reading")),
    "missing_columns": (
        _("Columns are missing"),
        _("meter,start,kwh – or start and one column a meter – or meter,date and one an interval"),
    ),
    "unknown_columns": (_("Unknown column"), _("%(known)s")),
    "repeated_columns": (_("The column stands twice"), _("each column once")),
    "unit_missing": (
        _("Neither the file nor the profile says the unit"),
        _("a heading that ends in the unit, or the unit chosen when it is sent: kWh, kW, MWh, MW"),
    ),
    "unit_of_column": (
        _("The heading names another unit than the profile"),
        _("values in %(unit)s, or another unit in the profile"),
    ),
    "totals": (
        _("These are totals of a day or a month, not readings"),
        _("readings every 15, 30 or 60 minutes; totals come in as files of their own kind "
          "(Registry, Imports: totals of feeders, totals of meters; by an administrator) and are "
          "never spread into hours"),
    ),
    "step": (
        _("This is not an interval that readings have"), _("a reading every 15, 30 or 60 minutes"),
    ),
    "step_of_profile": (
        _("The interval is not that of the supplier's profile"),
        _("a reading every %(minutes)s minutes, or another interval in the profile"),
    ),
    "register_unit": (
        _("A register counts energy, not power"), _("what the registers show, in kWh or MWh"),
    ),
    "register_moment": (
        _("The heading does not say at which moment the register was read"),
        _("headings that are times, such as 00:30"),
    ),
    "not_a_register": (
        _("The values go back too often for registers"),
        _("registers, which only grow; or a profile whose values are those of the interval"),
    ),
    "one_reading": (
        _("No energy comes of these registers"),
        _("two successive readings of at least one meter"),
    ),
    "cells": (_("The row has too few or too many values"), _("%(expected)s values")),
    "empty": (_("The value is missing"), _("a value")),
    "too_long": (_("The value is too long"), _("at most %(limit)s characters")),
    "control_characters": (_("The value holds control characters"), _("letters, digits and signs")),
    "not_a_time": (_("Not a time"), "2024-01-31T13:00+05:00"),
    "not_day_first": (_("Not a time"), "31.01.2024 13:00"),
    "no_offset": (
        _("The time does not say its offset from UTC"),
        _("2024-01-31T13:00+05:00, or a time zone in the supplier's profile"),
    ),
    "no_such_time": (_("The clocks never showed this time"), _("a time that existed in %(zone)s")),
    "future": (_("The time lies in the future"), _("not later than now")),
    "too_old": (_("The time is too long ago"), _("2000 or later")),
    "off_grid": (_("The time is not on the grid"), _("a start every %(minutes)s minutes")),
    "not_a_number": (_("Not a number"), _("a number such as 12.5")),
    "unit_in_value": (_("A unit stands in the value"), _("a bare number in %(unit)s")),
    "energy_for_power": (
        _("An energy stands where a power is meant"),
        _("the mean power of the interval, a bare number in %(unit)s"),
    ),
    "power_for_energy": (
        _("A power stands where an energy is meant"),
        _("the energy of the interval, a bare number in %(unit)s"),
    ),
    "ratio": (_("Not a transformer ratio"), _("more than 0, at most %(high)s")),
    "no_such_interval": (
        _("The day has no such interval"), _("an empty cell: the day has %(most)s intervals"),
    ),
    "negative": (_("Less than zero"), _("0 or more")),
    "absurd": (_("Too large for one meter"), _("at most %(limit)s %(unit)s")),
    "duplicate": (_("The interval stands twice in the file"), _("one; row %(other)s counts")),
    "bin": (_("The check digit of the BIN or IIN is wrong"), _("12 digits, the last one right")),
    "kato": (_("Unknown KATO code"), _("nine digits of the classifier")),
    "out_of_range": (_("Out of range"), _("%(low)s to %(high)s")),
    "other_supplier": (_("Another supplier reports this meter"), _("meters of your own network")),
    "cut_off": (_("The file ends in the middle"), _("the whole file")),
    "unreadable": (_("The file cannot be read"), _("CSV, Parquet or XLSX")),
    "formula": (_("A formula; its stored result may be stale"), _("a plain value")),
    "too_big": (_("The file unpacks to too much"), _("at most %(limit)s MB")),
}  # fmt: skip


def describe_problem(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a value, and what is accepted, in the reader's language."""
    wrong, accepted = PROBLEMS.get(code, (code, ""))
    if code == "bin" and params.get("repair"):
        return str(wrong), str(_("perhaps %(repair)s: a leading zero was lost")) % params
    return str(wrong), str(accepted) % {**_Blank(), **params}


ROLES: dict[str, Text] = {
    "meter": _("meter"),
    "start": _("beginning of the interval"),
    "end": _("end of the interval"),
    "date": _("date"),
    "time": _("time of day"),
    "value": _("value"),
    "ratio": _("transformer ratio"),
    "customer_bin": _("customer's BIN or IIN"),
    "customer_name": _("customer"),
    "tariff_group": _("tariff group"),
    "contract_kw": _("contracted power, kW"),
    "feeder": _("feeder"),
    "kato": _("KATO"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "skip": _("passed over"),
}
TAKEN_FOR: dict[str, Text] = {
    **ROLES,
    "interval": _("an interval of the day"),
    "meter column": _("a meter"),
    "": _("not known"),
}
SHAPES: dict[str, Text] = {
    "long": _("a row a reading"),
    "wide": _("a column a meter"),
    "days": _("a row a meter's day"),
}


def role_words(role: str) -> Text:
    """What a column stands for."""
    return TAKEN_FOR.get(role, role)


def profile_facts(supplier: Any) -> list[Fact]:
    """How a supplier's files are read, in words."""
    day_first, iso = "31.01.2024 13:00", "2024-01-31T13:00"
    interval = supplier.get_interval_display()
    return [
        Fact(_("Time zone of files without offset"), supplier.zone or _("none: offsets needed")),
        Fact(_("A time without offset names"), supplier.get_convention_display()),
        Fact(_("Times are written"), day_first if supplier.day_first else iso),
        Fact(_("Unit"), supplier.get_unit_display() or _("named in each file")),
        Fact(_("Transformer ratio"), number(supplier.ratio, 2) if supplier.ratio else _("none")),
        Fact(_("Its values are"), supplier.get_shown_display()),
        Fact(_("Row of the headings"), number(supplier.header_row)),
        Fact(_("Interval"), interval or _("told from the file")),
        Fact(_("Days until a day's readings are late"), number(supplier.days_allowed)),
    ]


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _share(key: str) -> Callable[[Mapping[str, Any]], dict[str, str]]:
    return lambda p: {key: percent(p[key])}


def _kw(p: Mapping[str, Any]) -> dict[str, str]:
    return {"kw": told_kw(p["kw"])}


def _ratio(p: Mapping[str, Any]) -> dict[str, str]:
    return {"ratio": number(p["ratio"], 2)}


def _hours(p: Mapping[str, Any]) -> dict[str, str]:
    return {"hours": number(abs(p["hours"]), 1)}


def _block(p: Mapping[str, Any]) -> dict[str, str]:
    return {**_kw(p), "begin": f"{p['begin']:02.0f}:00", "end": f"{p['end']:02.0f}:00"}


def _added(p: Mapping[str, Any]) -> dict[str, str]:
    return {**_kw(p), "day": short_date(date.fromisoformat(p["since"]))}


def _correlation(p: Mapping[str, Any]) -> dict[str, str]:
    return {"r": number(p["r"], 2)}


def _fell(p: Mapping[str, Any]) -> dict[str, str]:
    told = {**_kw(p), "fell": number(p["fell"]), "of": number(p["of"]), "doubt": ""}
    if p["unverified"]:
        doubt = ngettext("; %(n)s is not verified", "; %(n)s are not verified", p["unverified"])
        told["doubt"] = doubt % {"n": number(p["unverified"])}
    return told


def _nothing(_p: Mapping[str, Any]) -> dict[str, str]:
    return {}


Told = Callable[[Mapping[str, Any]], dict[str, str]]
REASONS: dict[str, tuple[Text, Told]] = {
    "flat_hours": (
        _("The load stayed within 10 %% of one level for %(share)s of the hours."), _share("share"),
    ),
    "load_factor": (_("The mean is %(value)s of the peak."), _share("value")),
    "high_floor": (
        _("It never falls below %(kw)s, %(share)s of the mean, and this floor is steady."),
        lambda p: {**_kw(p), "share": percent(p["share"])},
    ),
    "night_as_day": (_("Night and day are alike (ratio %(ratio)s)."), _ratio),
    "weekend_as_weekday": (_("Weekends are like weekdays (ratio %(ratio)s)."), _ratio),
    "constant_load_added": (
        _("About %(kw)s came on %(day)s at once and stayed, alike in every hour it runs."),
        _added,
    ),
    "steps_up": (
        _("A steady load was added in %(count)s steps, about %(kw)s in all."),
        lambda p: {**_kw(p), "count": number(p["count"])},
    ),
    "clock_block": (
        _("Every day about %(kw)s goes on at %(begin)s and off at %(end)s."), _block,
    ),
    "punctual": (_("It switches within the hour on %(share)s of the days."), _share("share")),
    "flat_top": (
        _("While on, it varies by only %(spread)s."), _share("spread"),
    ),
    "night_hours": (
        _("It runs in %(hours)s of the six cheapest night hours."), _hours,
    ),
    "weekend_differs": (_("Against it: on weekends it is %(ratio)s of the usual."), _ratio),
    "follows_daylight": (
        _("Against it: its length moved by %(hours)s hours, as street lighting does."),
        _hours,
    ),
    "day_shift": (
        _("Against it: it runs in only %(hours)s night hours, as a working shift does."), _hours,
    ),
    "dusk_to_dawn": (
        _("Against it: %(hours)s hours around midnight, as street lighting."), _hours,
    ),
    "wandering": (
        _("Against it: its level wanders by %(share)s from week to week, as weather does."),
        _share("share"),
    ),
    "rougher_than_devices": (
        _("Against it: it varies by %(share)s an hour, more than so many devices would."),
        _share("share"),
    ),
    "below_one_device": (_("Against it: %(kw)s is less than one device takes."), _kw),
    "little_data": (_("Only %(share)s of the intervals are present."), _share("share")),
    "follows_weather": (
        _("Against it: the load follows the outdoor temperature (correlation %(r)s)."),
        _correlation,
    ),
    "size_of_farm": (_("A mean load of %(kw)s is one that farms often have."), _kw),
    "size_unlike": (_("Against it: a mean load of %(kw)s is one that farms seldom have."), _kw),
    "low_floor": (
        _("Against it: it falls to %(kw)s every day, %(share)s of the mean."),
        lambda p: {**_kw(p), "share": percent(p["share"])},
    ),
    "steady_hours": (
        _("Within a day it moves by %(spread)s of its level, and from hour to hour it is steady."),
        _share("spread"),
    ),
    "rough_hours": (
        _("Against it: within a day it moves by %(spread)s of its level, unlike devices."),
        _share("spread"),
    ),
    "constant_beneath": (
        _("What changes from day to day leaves a constant part of about %(kw)s beneath."), _kw,
    ),
    "all_changes": (
        _("Against it: what changes from day to day leaves only %(kw)s constant beneath."), _kw,
    ),
    "night_differs": (
        _("Against it: night and day differ as with an ordinary load (ratio %(ratio)s)."), _ratio,
    ),
    "weekend_unlike": (
        _("Against it: weekdays and weekends are as with an ordinary load (ratio %(ratio)s)."),
        _ratio,
    ),
    "season_fits": (
        _("Its floor moved by %(share)s of the mean between the months, as farms' floors do."),
        _share("share"),
    ),
    "ignores_weather": (
        _("The outdoor temperature does not explain it (correlation %(r)s)."), _correlation,
    ),
    "fell_whole": (
        _("In %(hours)s hours it fell by about %(kw)s at once and came back whole."),
        lambda p: {**_kw(p), "hours": number(p["hours"])},
    ),
    "outages_differ": (
        _("Against it: the %(hours)s hours in which it fell, by about %(kw)s, are unlike outages "
          "of devices."),
        lambda p: {**_kw(p), "hours": number(p["hours"])},
    ),
    "no_outages": (_("It never fell below its usual floor."), _nothing),
    "never_out": (
        _("Against it: it never fell out even for an hour, as devices now and then do."), _nothing,
    ),
    "ran_before": (
        _("No ordinary growth shows; what runs ran before the first reading."), _nothing,
    ),
    "uneven_step": (
        _("Against it: what came on %(day)s, about %(kw)s, is not alike in all its hours or did "
          "not stay."),
        _added,
    ),
    "nothing_added": (
        _("Against it: no load came at once, alike in all its hours, and stayed."), _nothing,
    ),
    "stayed": (
        _("Nothing was lastingly taken away, as from ordinary loads over a year."), _nothing,
    ),
    "level_fell": (_("Against it: its level rose and fell as ordinary loads do."), _nothing),
    "taken_away": (_("Against it: about %(kw)s was taken away again for good."), _kw),
    "working_hours": (
        _("Against it: about %(kw)s goes on at %(begin)s and off at %(end)s, as working hours do."),
        _block,
    ),
    "no_working_hours": (_("Nothing goes on and off by the clock, as at work."), _nothing),
    "no_clock_block": (
        _("Against it: nothing goes on and off by the clock, as a farm at night does."), _nothing,
    ),
    "followed_curtailment": (
        _("It fell in %(fell)s of %(of)s curtailment orders, by %(kw)s each time%(doubt)s."), _fell,
    ),
    "followed_internet": (
        _("It fell in %(fell)s of %(of)s internet outages, by %(kw)s each time%(doubt)s."), _fell,
    ),
    "rest": (_("All other signs together, and how rare mining is."), _nothing),
    "too_little": (_("Too few readings for a judgement."), _nothing),
}  # fmt: skip


def describe_reason(code: str, params: Mapping[str, Any]) -> str:
    """One reason as a sentence with its figures, in the reader's language."""
    text, told = REASONS.get(code, (code, lambda _p: {}))
    sentence: str = str(text) % told(params)
    return sentence


BATCH_BADGES: dict[str, Badge] = {
    "received": Badge(_("received"), icon="clock", line=True),
    "storing": Badge(_("being checked"), "act", "loader"),
    "stored": Badge(_("stored"), "reg", "circle-check"),
    "refused": Badge(_("refused"), "late", "circle-x"),
    "failed": Badge(_("failed"), "late", "alert-triangle"),
}
PATTERN_BADGES: dict[str, Badge] = {
    "flat": Badge(_("flat, day and night"), "sus", "equal"),
    "night_block": Badge(_("by the clock"), "sus", "moon"),
    "stepped": Badge(_("added in steps"), "sus", "stairs-up"),
    "none": Badge(_("nothing like mining"), icon="wave-sine", line=True),
}
CHANGE_BADGES: dict[str, Badge] = {
    "reset": Badge(_("the register went back"), "warn", "refresh"),
    "exchange": Badge(_("another meter"), "act", "transfer"),
}
NOT_JUDGED = Badge(_("not yet judged"), icon="clock", line=True)


def batch_badge(state: str) -> Badge:
    return BATCH_BADGES[state]


def change_badge(kind: str) -> Badge:
    return CHANGE_BADGES[kind]


def pattern_badge(pattern: str | None) -> Badge:
    return NOT_JUDGED if pattern is None else PATTERN_BADGES[pattern]


def balance_badge(coverage: float, beyond_kwh: Any) -> Badge:
    """Not whole, without a norm, beyond it, or within it; energy in kWh, share 0 to 1."""
    if coverage < WHOLE_BALANCE:
        return Badge(_("readings are missing"), "warn", "clock-exclamation")
    if beyond_kwh is None:
        return Badge(_("no norm"), icon="help", line=True)
    if beyond_kwh > 0:
        return Badge(_("beyond the norm"), "sus", "alert-triangle")
    return Badge(_("within the norm"), "reg", "circle-check")


def exempt_to(day: date) -> str:
    """Until when a meter is exempt."""
    return _("exempt to %(day)s") % {"day": short_date(day)}


def verified_badge(*, verified: bool) -> Badge:
    """Whether two persons vouched for a row."""
    if verified:
        return Badge(_("verified"), "reg", "circle-check")
    return Badge(_("not verified"), icon="help", line=True)


def exemption_badge(first: date, last: date, day: date) -> Badge:
    """Not yet, in force, or ended, on a day."""
    if day < first:
        return Badge(_("not yet in force"), icon="clock", line=True)
    if day > last:
        return Badge(_("ended"), icon="circle-x", line=True)
    return Badge(_("in force"), "reg", "file-certificate")


def feed_badge(days_late: int, last_day: date | None) -> Badge:
    """In time, late by so many days, or never heard of."""
    if last_day is None:
        return Badge(_("nothing received yet"), icon="clock", line=True)
    if days_late:
        late = ngettext("late by %(n)s day", "late by %(n)s days", days_late) % {"n": days_late}
        return Badge(late, "warn", "clock-exclamation")
    return Badge(_("in time"), "reg", "circle-check")


def describe_failure(error: str) -> str:
    """Why a batch failed: in the reader's words where the reason is known, else as it was told."""
    return str(FAILURES.get(error, error))
