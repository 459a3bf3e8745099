import pytest

from driftbox.domain.errors import Refused
from driftbox.domain.simulation.chance import Chance
from driftbox.gateways.keys import chance, fresh_keys, new_key
from driftbox.gateways.octets import begin_rehearsal, is_rehearsal, rehearsed


def test_only_an_empty_folder_is_set_aside(tmp_path):
    (tmp_path / "driftbox.sqlite3").write_text("somebody's cases")
    with pytest.raises(Refused, match="不是空的"):
        begin_rehearsal(tmp_path)
    assert not is_rehearsal(tmp_path)


def test_no_seed_reaches_a_folder_that_was_not_set_aside(tmp_path):
    with pytest.raises(Refused, match="真的东西"), rehearsed(tmp_path, Chance("1").octets):
        pytest.fail("inside")


def test_in_a_rehearsal_keys_follow_from_the_seed_and_outside_they_never_do(tmp_path):
    begin_rehearsal(tmp_path / "home")
    made = []
    for _ in range(2):
        with rehearsed(tmp_path / "home", Chance("1").octets):
            made.append((fresh_keys().node, new_key(), chance()))
    assert made[0] == made[1]
    assert fresh_keys().node != made[0][0]
    assert new_key() != new_key()
    assert 0 <= chance() < 1 << 62
