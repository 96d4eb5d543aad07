"""Sort public corpora (JSON Lines with a `vertical` field) into one file per pack, for `walkdown ingest`.

Usage: python scripts/split_corpora.py CORPORA_DIR OUT_DIR
A record of several verticals goes to each of their packs. Records without text are left out and counted.
"""

import json
import sys
from collections import Counter
from pathlib import Path

PACK_OF = {"power": "power", "chem": "chemical", "bio": "bio"}
CORPORA = ("kr_law", "us_regs", "mfds_gmp_en", "nrc_glossary", "sds_sections")


def split(corpora: Path, out: Path) -> Counter[str]:
    """Write `<pack>.jsonl` for each pack; returns the number of records of each."""
    counts: Counter[str] = Counter()
    out.mkdir(parents=True, exist_ok=True)
    files = {pack: (out / f"{pack}.jsonl").open("w", encoding="utf-8") for pack in PACK_OF.values()}
    for name in CORPORA:
        for line in (corpora / name / "corpus.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            if not record["text"].strip():
                counts["left out"] += 1
                continue
            for vertical in record["vertical"]:
                files[PACK_OF[vertical]].write(line + "\n")
                counts[PACK_OF[vertical]] += 1
    for file in files.values():
        file.close()
    return counts


if __name__ == "__main__":
    print(dict(split(Path(sys.argv[1]), Path(sys.argv[2]))))
