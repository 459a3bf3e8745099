"""Beside the pages nothing runs before they are forked off, or they would wait for its locks for ever."""

import os

from driftbox.cli.serve import once_forked


def test_what_runs_beside_the_pages_starts_when_the_last_of_them_is_forked_off():
    started = []
    once_forked(2, lambda: started.append("reader"), lambda: started.append("figures"))
    seen = []
    for _page in range(3):
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        seen.append(list(started))
    assert seen == [[], ["reader", "figures"], ["reader", "figures"]]
