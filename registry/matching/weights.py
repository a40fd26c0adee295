"""How much each feature counts."""

import numpy as np

from registry.matching.features import FEATURES
from registry.matching.search import Model

BY_NAME = {
    "words_exact": 0.9, "words_near": 0.8, "words_edits": -3.0, "asked_left": -1.0,
    "asked_left_weight": -0.3, "known_left": -1.0, "known_left_weight": -0.2,
    "numbers_equal": 0.8, "numbers_clash": -5.0, "numbers_asked_only": -2.0,
    "numbers_known_only": -2.0, "initials": 1.5, "initials_left": -2.0, "id_equal": 30.0,
    "id_repaired": 30.0, "id_near": 6.0, "id_clash": -12.0, "place_equal": 0.7,
    "place_near": 0.4, "place_clash": -1.0, "street_equal": 0.9, "street_near": 0.6,
    "street_clash": -1.5, "house_equal": 3.5, "house_clash": -2.0, "kind_clash": -2.0,
    "place_apart": -4.0, "near_metres": 4.0, "near_km": 1.0, "far": -2.0,
}  # fmt: skip
NOBODY = (1.0, 0.7, 0.0)  # at all, per log of the register's size, with a good identifier
MODEL = Model(np.array([BY_NAME.get(name, 0.0) for name in FEATURES], np.float64), np.array(NOBODY))

# One threshold, for every file: at or above it an entry is worth a look. See docs/matching.md.
POSSIBLE = 0.5
# At or above this, and only with an identifier or a place that agrees, an entry is the party.
SAME = 0.99
