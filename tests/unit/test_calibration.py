"""Fitting the probability: the numbers on data whose answer is known, the threshold, the file, and the command."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from walkdown.answering.answerable import FEATURES
from walkdown.answering.line_features import LINE_FEATURES
from walkdown.errors import PackError, UsageError
from walkdown.packs.calibration import CALIBRATION, Calibration, Weight
from walkdown.packs.loader import load_pack
from walkdown.packs.new import new_pack
from walkdown.packs.validation import validate_pack
from walkdown.settings import Settings
from walkdown.testing.memory import MemoryLibrary, sample_chunk, sample_document, sample_pack
from walkdown_eval.calibration import Case, Kind, calibrate
from walkdown_eval.calibration_report import to_markdown
from walkdown_eval.logistic import auc, brier, fit, probabilities, reliability
from walkdown_server.cli.main import run
from walkdown_server.services import Services
from walkdown_server.testing import fake_services


def test_the_weights_behind_many_cases_are_found() -> None:
    draw = np.random.default_rng(1)
    rows = draw.standard_normal((20_000, 2))
    labels = (draw.random(20_000) < probabilities(-0.5, np.array([2.0, -1.0]), rows)).astype(np.float64)
    bias, weights = fit(rows, labels, np.zeros(2))
    assert bias == pytest.approx(-0.5, abs=0.1) and weights == pytest.approx([2.0, -1.0], abs=0.1)


def test_with_few_cases_the_weights_stay_near_where_they_began() -> None:
    rows, labels = np.array([[1.0], [-1.0]]), np.array([1.0, 0.0])
    assert fit(rows, labels, np.zeros(1), pull=1000.0)[1] == pytest.approx([0.0], abs=0.01)
    assert fit(rows, labels, np.array([2.0]), pull=1000.0)[1] == pytest.approx([2.0], abs=0.01)


def test_cases_that_one_feature_parts_have_finite_weights() -> None:
    rows, labels = np.array([[float(i)] for i in range(-5, 5)]), np.array([0.0] * 5 + [1.0] * 5)
    bias, weights = fit(rows, labels, np.zeros(1))
    assert np.isfinite(bias) and 0 < weights[0] < 20


def test_figures_of_known_data() -> None:
    assert auc([0.9, 0.8], [0.1, 0.8]) == pytest.approx(0.875)
    assert auc([], [0.1]) is None
    said, was = np.array([1.0, 0.5, 0.0, 0.5]), np.array([1.0, 1.0, 0.0, 0.0])
    assert brier(said, was) == pytest.approx(0.125)
    bins = reliability(said, was, 2)
    assert [(b.cases, b.said) for b in bins] == [(2, 0.25), (2, 0.75)]
    assert len(reliability(said, was)) == 4


def case(
    number: int, kind: Kind, first: float, *, pack: str = "a", found: bool = True, ruled_out: bool = False
) -> Case:
    values: dict[str, float | None] = dict.fromkeys(FEATURES, 0.0)
    values |= {"first": first, "lead": None if number % 7 == 0 else first / 2}
    found = found and kind == "answerable"
    return Case(pack=pack, id=f"{pack}-{number}", kind=kind, found=found, ruled_out=ruled_out, values=values)


def cases() -> list[Case]:
    draw = random.Random(2)
    out = []
    for pack in ("a", "b"):
        for i in range(150):
            out.append(case(i, "answerable", draw.gauss(0.7, 0.15), pack=pack, found=i % 10 > 0))
            out.append(case(i, "withheld", draw.gauss(0.4, 0.2), pack=pack))
        out += [case(i, "near miss", draw.gauss(0.45, 0.2), pack=pack) for i in range(150, 190)]
    return out


def test_a_calibration_tells_the_kinds_apart_and_loses_no_more_than_it_may() -> None:
    every = cases()
    found = sum(c.answerable for c in every)
    calibrated = calibrate(every, loss=0.02)
    assert calibrated.calibration.features["first"].weight > 0
    for figures in (calibrated.folds, calibrated.packs):
        assert figures is not None
        assert (figures.auc["withheld"] or 0) > 0.8 and (figures.auc["near miss"] or 0) > 0.75
        assert figures.brier < figures.base
        assert figures.lost <= 0.02 * found
        assert figures.refused["withheld"].in_all > 0.1 * figures.refused["withheld"].cases
        assert sum(b.cases for b in figures.bins) == len(every)
        for b in figures.bins:
            assert b.said == pytest.approx(b.was, abs=0.2)
    assert calibrate(every, loss=0.2).calibration.threshold > calibrated.calibration.threshold
    table = to_markdown(calibrated, every)
    assert "| pack by pack |" in table and "| first | +" in table and "680 cases" in table


def test_what_the_rules_refuse_is_not_counted_as_lost() -> None:
    ruled = [c.model_copy(update={"ruled_out": c.kind == "answerable" and c.values["first"] < 0.6}) for c in cases()]  # type: ignore[operator]
    loose, strict = calibrate(cases()), calibrate(ruled)
    assert strict.calibration.threshold > loose.calibration.threshold


def test_too_few_cases_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="too few"):
        calibrate([case(i, "answerable", 0.5) for i in range(50)])


def test_a_start_is_kept_where_the_cases_say_nothing() -> None:
    start = Calibration(bias=0.0, features={"documents": Weight(weight=-3.0, mean=0.5)}, threshold=0.1)
    assert calibrate(cases(), start).calibration.features["documents"].weight == pytest.approx(-3.0)


def test_a_pack_brings_its_own_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "my-plant"
    new_pack("my-plant", tmp_path)
    assert load_pack(folder).calibration is None
    own = Calibration(bias=0.1, features={"first": Weight(weight=1.0, mean=0.5)}, threshold=0.05)
    (folder / CALIBRATION).write_text(own.to_yaml(), encoding="utf-8")
    assert load_pack(folder).calibration == own and not validate_pack(folder)
    (folder / CALIBRATION).write_text(own.to_yaml().replace("threshold: 0.05", "threshold: 5"), encoding="utf-8")
    assert [(f.file, "threshold" in f.message) for f in validate_pack(folder)] == [(CALIBRATION, True)]
    with pytest.raises(PackError, match="threshold"):
        load_pack(folder)


def question(number: int, *, answerable: bool = True) -> dict[str, Any]:
    evidence = [{"document_id": f"OP-{number}", "quote": f"{number} m3/h"}]
    return {
        "id": f"q{number}",
        "question": f"What is the minimum flow of P-{number}A?" if answerable else f"Who painted P-{number}A?",
        "language": "en",
        "answerable": answerable,
        **({"answer": f"{number} m3/h", "evidence": evidence} if answerable else {}),
    }


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack whose dev questions each have a document of their own."""
    monkeypatch.setenv("WALKDOWN_HOME", str(tmp_path / "home"))
    (tmp_path / "eval").mkdir()
    lines = [question(i) for i in range(101, 121)] + [question(i, answerable=False) for i in range(121, 124)]
    (tmp_path / "eval" / "dev.jsonl").write_text("".join(f"{json.dumps(x)}\n" for x in lines), encoding="utf-8")
    return tmp_path


def services(folder: Path) -> Services:
    chunks = [
        sample_chunk(
            0, f"The minimum flow of P-{i}A is {i} m3/h.", id=f"OP-{i}:0", document_id=f"OP-{i}", tags=(f"P{i}A",)
        )
        for i in range(101, 124)
    ]
    documents = [sample_document().model_copy(update={"id": f"OP-{i}"}) for i in range(101, 124)]
    return fake_services(folder / "home", chunks=chunks, pack=sample_pack(folder), library=MemoryLibrary(documents))


def calibrating(folder: Path, *options: str) -> int:
    def build(_: Settings) -> Services:
        return services(folder)

    return run(["eval", "calibrate", "power", *options], build)


def test_the_command_prints_the_tables_and_keeps_the_weights(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = plant / "cases.jsonl"
    assert calibrating(plant, "--cases", str(kept), "--write") == 0
    out = capsys.readouterr().out
    assert "43 cases: 20 answerable, 20 withheld, 3 near miss" in out
    assert "in 20 the passages found hold the answer" in out and "share that was so" in out
    written = Calibration.model_validate(yaml.safe_load((plant / CALIBRATION).read_text("utf-8")))
    assert written.questions == 43 and set(written.features) == set(FEATURES)
    # A document that was left out is not found: its tag is missing from what is.
    lines = [Case.model_validate_json(line) for line in kept.read_text("utf-8").splitlines()]
    assert all(c.ruled_out for c in lines if c.kind == "withheld")
    assert not any(c.ruled_out for c in lines if c.kind == "answerable")


def test_what_was_found_is_read_again_from_its_file(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, weights = plant / "cases.jsonl", plant / "weights.yaml"
    kept.write_text("".join(f"{c.model_dump_json()}\n" for c in cases()), encoding="utf-8")
    assert calibrating(plant, "--cases", str(kept), "--out", str(weights), "--json") == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 680 and weights.is_file()
    kept.write_text("no case\n", encoding="utf-8")
    assert calibrating(plant, "--cases", str(kept)) == 2
    assert "holds no cases" in capsys.readouterr().err


def test_weights_of_several_packs_are_not_written_into_one(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrating(plant, "power", "--write") == 2
    assert "--write is for one pack" in capsys.readouterr().err


@pytest.mark.parametrize(("options", "told"), [([], "none"), (["--with-model"], "http://127.0.0.1:9")])
def test_an_ablation_asks_a_model_only_where_it_is_told_to(
    plant: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    monkeypatch.setenv("WALKDOWN_LLM", "http://127.0.0.1:9")
    seen = []

    def build(settings: Settings) -> Services:
        seen.append(settings.llm)
        return services(plant)

    assert run(["eval", "ablate", "power", "--vary", "rank_constant=5", *options], build) == 0
    assert seen == [told]


def test_the_command_fits_lines_too(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights = plant / "lines.yaml"
    assert calibrating(plant, "--lines", "--out", str(weights)) == 0
    assert "| nine tenths of the questions | 20 | 1.00 |" in capsys.readouterr().out
    assert set(Calibration.model_validate(yaml.safe_load(weights.read_text("utf-8"))).features) == set(LINE_FEATURES)
    assert calibrating(plant, "--lines", "--write") == 2


def test_search_explains_how_likely_the_passages_answer(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(_: Settings) -> Services:
        return services(plant)

    assert run(["search", "power", "minimum flow of P-103A and its flagpole", "-k", "1", "--explain"], build) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "evidence: 0." in out and "(refused below 0." in out and "no passage names flagpole" in out
    assert run(["search", "power", "minimum flow of P-103A", "-k", "1", "--explain", "--json"], build) == 0
    reply = json.loads(capsys.readouterr().out)
    assert len(reply["hits"]) == len(reply["explanations"]) == 1
    assert 0 < reply["answerable"]["probability"] < 1 and set(reply["answerable"]["features"]) == set(FEATURES)
    assert run(["search", "power", "minimum flow of P-103A", "--json"], build) == 0
    assert json.loads(capsys.readouterr().out)["answerable"] is None
