"""``driftbox find``: which matter do these words mean?"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from driftbox.cli.options import add_pack, language_of, pack_of
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.search import Found
from driftbox.domain.errors import BadPack, Refused
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.sentences import sentence_of
from driftbox.gateways.word_index import index_of


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``find`` to the subcommands of ``driftbox``."""
    parser = subparsers.add_parser("find", help="用自己的话找事项 · find a matter in your own words")
    parser.add_argument("words", nargs="*", metavar="WORDS", help="怎么说都行 · in any words")
    parser.add_argument("--json", action="store_true", help="给机器读 · for machines")
    parser.add_argument("--batch", metavar="FILE", help="一行问一件 · one question to a line")
    add_pack(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the matters found, best first; 2 and one sentence on stderr when there is nothing to look for."""
    try:
        questions = _questions(arguments)
        pack = load_pack(pack_of(arguments))
    except (Refused, BadPack) as refusal:
        sys.stderr.write(f"{sentence_of(refusal)}\n")
        return 2
    index = index_of(pack)
    answers = [(question, index.find(question) if question else ()) for question in questions]
    batch = arguments.batch is not None
    if arguments.json or batch:
        sys.stdout.write(_as_json(answers, pack.matters, batch=batch))
    else:
        sys.stdout.write(_as_text(answers, pack.matters, language_of(arguments)))
    return 0


def _questions(arguments: argparse.Namespace) -> list[str]:
    words = " ".join(arguments.words).strip()
    if arguments.batch is None:
        if not words:
            raise Refused("find.nothing", "没有说要找什么，请写在后面，像 driftbox find 身份证掉了")
        return [words]
    if words:
        raise Refused("find.both", "写了话就不用 --batch，两样选一样")
    try:
        lines = Path(arguments.batch).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("find.batch", "打不开文件“{file}”，看看名字，存成 UTF-8", file=arguments.batch) from error
    return [line.strip() for line in lines]


def _as_json(answers: Sequence[tuple[str, tuple[Found, ...]]], matters: Mapping[str, Matter], *, batch: bool) -> str:
    """An array of matters; for a batch one array a line, line for line with the questions."""
    rows = [[_row(one, matters) for one in found] for _words, found in answers]
    if batch:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return json.dumps(rows[0], ensure_ascii=False, indent=2) + "\n"


def _row(found: Found, matters: Mapping[str, Matter]) -> dict[str, object]:
    return {
        "matter": found.matter,
        "name": matters[found.matter].name.zh,
        "score": found.score,
        "why": list(found.why),
    }


def _as_text(answers: Sequence[tuple[str, tuple[Found, ...]]], matters: Mapping[str, Matter], language: str) -> str:
    lines: list[str] = []
    for words, found in answers:
        lines += [words] if len(answers) > 1 else []
        lines += [_line(one, matters, language) for one in found]
    return "".join(f"{line}\n" for line in lines)


def _line(found: Found, matters: Mapping[str, Matter], language: str) -> str:
    said = f"（{'、'.join(found.why)}）" if found.why else ""
    plain = matters[found.matter].plain.in_language(language)
    return f"{found.score:>5} {'✓' if found.sure else ' '} {found.matter:<12} {plain}{said}"
