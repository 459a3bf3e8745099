"""A pack from its folder: TOML files in, one checked ``Pack`` out."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from driftbox.domain.errors import BadPack
from driftbox.domain.planning.agents import AgentRules
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_check import check_pack, rows_faults
from driftbox.gateways.pack_rows import Rows, read_rows

__all__ = ["check_pack", "load_pack"]


_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def load_pack(path: Path, changed: Mapping[str, bytes] = _NOTHING) -> Pack:
    """The pack in the folder ``path``, with ``changed`` (contents of files, by name) laid over it.

    Raises:
        BadPack: anything in it is wrong; its ``faults`` say all that is, with file, line and remedy.
    """
    rows = read_rows(path, changed)
    faults = rows_faults(rows)
    if faults:
        raise BadPack(
            "pack.bad",
            "资料包“{pack}”有 {count} 处要改，头一处：{first}",
            faults,
            pack=path.name,
            count=len(faults),
            first=str(faults[0]),
        )
    return _pack(rows)


def _pack(rows: Rows) -> Pack:
    head = rows.heads[0].value
    return Pack(
        id=head.id,
        name=head.name,
        region=head.region,
        zone=head.zone,
        hotline=head.hotline,
        about=head.about,
        settings=head.settings,
        openings=tuple(row.value for row in rows.openings),
        rounds=head.rounds,
        rosters={row.value.office: row.value for row in rows.rosters},
        reception_days=tuple(row.value for row in rows.reception_days),
        papers=tuple(row.value for row in rows.papers),
        distress=rows.distress[0].value if rows.distress else None,
        guide=rows.guides[0].value if rows.guides else None,
        notices={row.value.code: row.value for row in rows.notices},
        bundles={row.value.code: row.value for row in rows.bundles},
        agents=rows.agent_rules[0].value if rows.agent_rules else AgentRules(),
        forms={row.value.code: row.value for row in rows.forms},
        procedures={row.value.id: row.value for row in rows.procedures},
        clocks=tuple(row.value for row in rows.clocks),
        matters={row.value.code: row.value for row in rows.matters},
        matter_files={row.value.code: row.sheet.file for row in rows.matters},
        offices={row.value.code: row.value for row in rows.offices},
        piers={row.value.code: row.value for row in rows.piers},
        years={row.value.year: row.value for row in rows.years},
        sayings=tuple(row.value for row in rows.sayings),
        dialect={word: said for row in rows.dialects for word, said in row.value.dialect.items()},
    )
