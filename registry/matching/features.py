"""What speaks for and against a candidate, as numbers."""

from typing import Any

import numpy as np

from registry.matching.compiled import inner
from registry.matching.shapes import BAD, GOOD, INITIAL, MOST_WORDS, NUMBER, WORD, Array

# The columns of a candidate's features. Weights of words are logarithms of how rare they are.
FEATURES = (
    "words_exact", "words_near", "words_edits", "asked_left", "asked_left_weight", "known_left",
    "known_left_weight", "numbers_equal", "numbers_clash", "numbers_asked_only",
    "numbers_known_only", "initials", "initials_left", "all_words", "order_differs",
    "written_alike", "weight_missing", "id_equal", "id_repaired", "id_near", "id_clash", "id_bad",
    "form_equal", "kind_clash", "form_clash", "place_equal", "place_near", "place_clash",
    "street_equal", "street_near", "street_clash", "house_equal", "house_clash",
    "place_street_clash", "place_apart", "near_metres", "near_km", "far",
)  # fmt: skip
(
    WORDS_EXACT, WORDS_NEAR, WORDS_EDITS, ASKED_LEFT, ASKED_LEFT_WEIGHT, KNOWN_LEFT,
    KNOWN_LEFT_WEIGHT, NUMBERS_EQUAL, NUMBERS_CLASH, NUMBERS_ASKED_ONLY,
    NUMBERS_KNOWN_ONLY, INITIALS, INITIALS_LEFT, ALL_WORDS, ORDER_DIFFERS,
    WRITTEN_ALIKE, WEIGHT_MISSING, ID_EQUAL, ID_REPAIRED, ID_NEAR, ID_CLASH, ID_BAD,
    FORM_EQUAL, KIND_CLASH, FORM_CLASH, PLACE_EQUAL, PLACE_NEAR, PLACE_CLASH,
    STREET_EQUAL, STREET_NEAR, STREET_CLASH, HOUSE_EQUAL, HOUSE_CLASH,
    PLACE_STREET_CLASH, PLACE_APART, NEAR_METRES, NEAR_KM, FAR,
) = range(len(FEATURES))  # fmt: skip
COUNT = len(FEATURES)
CLOSE_M, NEAR_M, FAR_M = 300.0, 5_000.0, 50_000.0
EARTH_M = 6_371_008.8  # mean radius, IUGG
FULL = 0.999
INITIAL_WEIGHT = 2.5  # log of how many first letters there are, common ones counted more
DIGITS = 12
TWO = 2


@inner
def alike_of(words: Array, alike: Array, q: int, word: int) -> float:
    """How alike a known word is to the asked word ``q``, 0 if it is none of its neighbours."""
    for k in range(words.shape[1]):
        if words[q, k] == word:
            return float(alike[q, k])
        if words[q, k] < 0:
            break
    return 0.0


@inner
def one_slip(a: int, b: int) -> bool:
    """Whether two numbers differ in one digit or in two neighbouring ones swapped."""
    differ, first_a, first_b, at, swapped = 0, 0, 0, -2, False
    for place in range(DIGITS):
        x, y = a % 10, b % 10
        a //= 10
        b //= 10
        if x != y:
            differ += 1
            if differ == TWO:
                swapped = place == at + 1 and first_a == y and first_b == x
            first_a, first_b, at = x, y, place
    return differ == 1 or (differ == TWO and swapped)


@inner
def _pair_off(n: int, m: int, table: Array, partner: Array, taken: Array) -> None:
    """Partner of each asked word: the most alike first, each known word once.

    ``partner`` and ``taken`` are -1 where there is none.
    """
    partner[:n] = -1
    taken[:m] = -1
    for _turn in range(min(n, m)):
        best, bi, bj = 0.0, -1, -1
        for i in range(n):
            for j in range(m):
                if table[i, j] > best and partner[i] < 0 and taken[j] < 0:
                    best, bi, bj = table[i, j], i, j
        if bi < 0:
            break
        partner[bi] = bj
        taken[bj] = bi


@inner
def _matched(word: int, alike: float, kinds: Array, weights: Array, f: Array, c: int) -> None:
    if kinds[word] == NUMBER:
        f[c, NUMBERS_EQUAL] += weights[word]
    elif alike >= FULL:
        f[c, WORDS_EXACT] += weights[word]
    else:
        f[c, WORDS_NEAR] += weights[word] * alike
        f[c, WORDS_EDITS] += 1.0 - alike


@inner
def _left(kind: int, weight: float, number: int, word: int, f: Array, c: int) -> None:
    """Count a word without partner: as a number, an initial, or a word with its weight after it."""
    if kind == NUMBER:
        f[c, number] += 1.0
    elif kind == INITIAL:
        f[c, INITIALS_LEFT] += 1.0
    else:
        f[c, word] += 1.0
        f[c, word + 1] += weight


@inner
def _initial(
    kind: int, first: int, there: Array, e0: int, m: int, taken: Array, kinds: Array, firsts: Array
) -> int:
    """The free word that an initial stands for, or the free initial of a word; -1 if none."""
    for j in range(m):
        if taken[j] < 0:
            other = kinds[there[e0 + j]]
            one_is = (kind == INITIAL and other == WORD) or (kind == WORD and other == INITIAL)
            if one_is and firsts[there[e0 + j]] == first:
                return j
    return -1


@inner
def _order(n: int, partner: Array) -> float:
    last = -1
    for i in range(n):
        if partner[i] >= 0:
            if partner[i] < last:
                return 1.0
            last = partner[i]
    return 0.0


@inner
def _conclude(n: int, m: int, matched: int, log_size: float, f: Array, c: int) -> None:
    f[c, NUMBERS_CLASH] = min(f[c, NUMBERS_ASKED_ONLY], f[c, NUMBERS_KNOWN_ONLY])
    f[c, NUMBERS_ASKED_ONLY] -= f[c, NUMBERS_CLASH]
    f[c, NUMBERS_KNOWN_ONLY] -= f[c, NUMBERS_CLASH]
    f[c, ALL_WORDS] = matched == n and matched == m and n > 0
    f[c, WRITTEN_ALIKE] = f[c, WRITTEN_ALIKE] / max(n, m, 1)
    total = f[c, WORDS_EXACT] + f[c, WORDS_NEAR] + f[c, NUMBERS_EQUAL]
    f[c, WEIGHT_MISSING] = max(0.0, log_size - total - INITIAL_WEIGHT * f[c, INITIALS])


@inner
def compare_names(
    asked: Array, a0: int, n: int, checks: Array, sides: Any, chosen: Array, count: int,
    room: Any, f: Array,
) -> None:  # fmt: skip
    """Fill in the name's features of the first ``count`` candidates.

    Words are matched best first, numbers exactly, initials with what is left. ``checks`` are the
    checksums of the asked words as written; without rows for a second reading.
    """
    entries, near, known = sides.entries, sides.near, sides.known
    word_at, there, there_checks = entries.word_at, entries.words, entries.checks
    near_words, near_alike, near_kinds = near.words, near.alike, near.kinds
    near_first, near_weight = near.first, near.weight
    kinds, firsts, weights = known.kinds, known.first, known.weight
    table, partner, taken = room.table, room.partner, room.taken
    written = checks.size > 0
    for c in range(count):
        e0 = word_at[chosen[c]]
        m = min(word_at[chosen[c] + 1] - e0, MOST_WORDS)
        for i in range(n):
            for j in range(m):
                table[i, j] = alike_of(near_words, near_alike, asked[a0 + i], there[e0 + j])
        _pair_off(n, m, table, partner, taken)
        matched = 0
        for i in range(n):
            j = partner[i]
            if j >= 0:
                matched += 1
                _matched(there[e0 + j], table[i, j], kinds, weights, f, c)
                if written and checks[a0 + i] == there_checks[e0 + j]:
                    f[c, WRITTEN_ALIKE] += 1.0
        for i in range(n):
            if partner[i] < 0:
                q = asked[a0 + i]
                j = _initial(near_kinds[q], near_first[q], there, e0, m, taken, kinds, firsts)
                if j < 0:
                    _left(near_kinds[q], near_weight[q], NUMBERS_ASKED_ONLY, ASKED_LEFT, f, c)
                    continue
                partner[i] = j
                taken[j] = i
                matched += 1
                f[c, INITIALS] += 1.0
        for j in range(m):
            if taken[j] < 0:
                word = there[e0 + j]
                _left(kinds[word], weights[word], NUMBERS_KNOWN_ONLY, KNOWN_LEFT, f, c)
        f[c, ORDER_DIFFERS] = _order(n, partner)
        _conclude(n, m, matched, known.log_size, f, c)


@inner
def _numbers(asked: int, asked_sound: int, there: int, there_sound: int) -> int:
    if asked == there:
        # A number that lost its zeros, or whose check digit is wrong, only suggests.
        return ID_EQUAL if asked_sound == GOOD and there_sound == GOOD else ID_REPAIRED
    if asked_sound == GOOD and there_sound == GOOD:
        return ID_CLASH
    if BAD in (asked_sound, there_sound) and one_slip(asked, there):
        return ID_NEAR
    return ID_BAD


@inner
def compare_facts(t: int, sides: Any, chosen: Array, count: int, f: Array) -> None:
    """Fill in identifiers, kinds of party, houses and coordinates of the candidates."""
    tips, entries = sides.tips, sides.entries
    numbers, sounds, forms = entries.number, entries.sound, entries.form
    persons, houses, lats, lons = entries.person, entries.house, entries.lat, entries.lon
    number, sound, form = tips.number[t], tips.sound[t], tips.form[t]
    person, house, lat, lon = tips.person[t], tips.house[t], tips.lat[t], tips.lon[t]
    for c in range(count):
        e = chosen[c]
        if number >= 0 and numbers[e] >= 0:
            f[c, _numbers(number, sound, numbers[e], sounds[e])] = 1.0
        if form > 0 and forms[e] > 0:
            f[c, FORM_EQUAL if form == forms[e] else FORM_CLASH] = 1.0
        if person >= 0 and persons[e] >= 0 and person != persons[e]:
            f[c, KIND_CLASH] = 1.0
        if house and houses[e]:
            f[c, HOUSE_EQUAL if house == houses[e] else HOUSE_CLASH] = 1.0
        if not np.isnan(lat) and not np.isnan(lats[e]):
            metres = _metres(lat, lon, lats[e], lons[e])
            f[c, NEAR_METRES] = metres <= CLOSE_M
            f[c, NEAR_KM] = metres <= NEAR_M
            f[c, FAR] = metres > FAR_M


@inner
def _best(
    asked: Array, a0: int, a1: int, there: Array, e0: int, e1: int, words: Array, alike: Array
) -> Any:
    """The likeness of the two parts of addresses that are most alike, and the known one."""
    best, which = 0.0, 0
    for a in range(a0, a1):
        for e in range(e0, e1):
            value = alike_of(words, alike, asked[a], there[e])
            if value > best:
                best, which = value, there[e]
    return best, which


@inner
def _apart(
    asked: Array, a0: int, a1: int, there: Array, e0: int, e1: int, group: Array, groups: Array
) -> bool:
    """Whether both places are known ones and no two of them may lie in one region."""
    seen = False
    for a in range(a0, a1):
        for e in range(e0, e1):
            if group[asked[a]] and groups[there[e]]:
                seen = True
                if group[asked[a]] & groups[there[e]]:
                    return False
    return seen


@inner
def compare_places(t: int, sides: Any, chosen: Array, count: int, f: Array) -> None:
    """Fill in the places' features of the candidates."""
    tips, entries, near = sides.tips, sides.entries, sides.near
    asked, a0, a1 = tips.places, tips.place_at[t], tips.place_at[t + 1]
    there, at, weight = entries.places, entries.place_at, near.place_weight
    words, alike = near.place_words, near.place_alike
    group, groups = near.place_group, near.known_group
    for c in range(count if a1 > a0 else 0):
        e0, e1 = at[chosen[c]], at[chosen[c] + 1]
        if e0 == e1:
            continue
        best, which = _best(asked, a0, a1, there, e0, e1, words, alike)
        if best >= FULL:
            f[c, PLACE_EQUAL] = weight[which]
        elif best > 0:
            f[c, PLACE_NEAR] = best * weight[which]
        elif _apart(asked, a0, a1, there, e0, e1, group, groups):
            f[c, PLACE_APART] = 1.0
        else:
            f[c, PLACE_CLASH] = 1.0


@inner
def compare_streets(t: int, sides: Any, chosen: Array, count: int, f: Array) -> None:
    """Fill in the streets' features of the candidates; the places' must be there."""
    tips, entries, near = sides.tips, sides.entries, sides.near
    asked, a0, a1 = tips.streets, tips.street_at[t], tips.street_at[t + 1]
    there, at, weight = entries.streets, entries.street_at, near.street_weight
    words, alike = near.street_words, near.street_alike
    for c in range(count if a1 > a0 else 0):
        e0, e1 = at[chosen[c]], at[chosen[c] + 1]
        if e0 == e1:
            continue
        best, which = _best(asked, a0, a1, there, e0, e1, words, alike)
        if best >= FULL:
            f[c, STREET_EQUAL] = weight[which]
        elif best > 0:
            f[c, STREET_NEAR] = best * weight[which]
        else:
            f[c, STREET_CLASH] = 1.0
            f[c, PLACE_STREET_CLASH] = f[c, PLACE_CLASH] or f[c, PLACE_APART]


@inner
def _metres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    half_lat = np.sin(np.radians(lat_b - lat_a) / 2) ** 2
    half_lon = np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    half = half_lat + np.cos(np.radians(lat_a)) * np.cos(np.radians(lat_b)) * half_lon
    return float(2 * EARTH_M * np.arcsin(np.sqrt(half)))
