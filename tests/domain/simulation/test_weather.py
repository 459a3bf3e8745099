from datetime import UTC, datetime
from itertools import pairwise

from driftbox.domain.simulation.assumptions import Season, Spread
from driftbox.domain.simulation.chance import Chance
from driftbox.domain.simulation.weather import storms

EVERY_DAY = Season(months=tuple(range(1, 13)), times=30, hours=Spread(2, 20, 60), cause="wind")


def test_a_storm_is_over_before_the_next_is_told():
    found = list(storms((EVERY_DAY, EVERY_DAY), datetime(2026, 3, 2, tzinfo=UTC), 200, Chance("a")))
    assert len(found) > 50
    assert all(one.told < one.since < one.until <= other.told for one, other in pairwise(found))
