"""What is said of a code stands in the row and under the heading that have the code, also of codes that are no tags."""

import pytest

from walkdown.testing.asking import failed_checks

ROLES = (
    "Release of lot L-01 to L-05: Evening lab analyst\nRelease of lot L-06 and L-07: Plant chemist\n"
    "Disposal of a drum: Evening lab analyst, informs the yard"
)
HOLDS = "Lot: L-06 | Hold (h): 6 | Bag (d): 9\nLot: L-07 | Hold (h): 14 | Bag (d): 12\nLot: L-08 | Hold (h): 20"
RUNS = "Item: silicone added (mL/L) | Run 31-044(V-7A): 0.7 | Run 31-045(V-7B): 1.6"
LIST = "Soak: V-7 22 minutes, V-8 38 minutes, transfer line TL-12 16 minutes."


@pytest.mark.parametrize(
    ("passage", "said", "question"),
    [
        (ROLES, "L-06 is released by the evening lab analyst.", "who releases lot L-06?"),
        (HOLDS, "L-06 puede esperar 14 horas.", "¿Cuántas horas puede esperar L-06?"),
        (RUNS, "Run 31-044 took 1.6 mL/L and run 31-045 took 0.7 mL/L.", "silicone, 31-044 vs 31-045?"),
        (RUNS, "31-045에는 0.7 mL/L가 들어갔다.", "31-045 실리콘 얼마나 넣었어?"),
    ],
)
def test_what_is_of_another_code_does_not_stand(passage: str, said: str, question: str) -> None:
    assert "coded" in failed_checks(passage, said, question)


@pytest.mark.parametrize(
    ("passage", "said", "question"),
    [
        (ROLES, "L-06 is released by the plant chemist.", "who releases lot L-06?"),
        (ROLES, "L-03 is released by the evening lab analyst.", "who releases lot L-03?"),
        (HOLDS, "L-07 puede esperar 14 horas.", "¿Cuántas horas puede esperar L-07?"),
        (RUNS, "Run 31-044 took 0.7 mL/L and run 31-045 took 1.6 mL/L.", "silicone, 31-044 vs 31-045?"),
        (RUNS, "31-045에는 1.6 mL/L가 들어갔다.", "31-045 실리콘 얼마나 넣었어?"),
    ],
)
def test_what_is_of_the_code_stands(passage: str, said: str, question: str) -> None:
    assert "coded" not in failed_checks(passage, said, question)


def test_codes_of_a_list_take_turns_with_their_amounts_whatever_the_grammar_knows() -> None:
    assert "pairing" in failed_checks(LIST, "V-7 soaks for 16 minutes.", "soak of V-7?")
    assert "pairing" not in failed_checks(LIST, "V-7 soaks for 22 minutes.", "soak of V-7?")


RESPECTIVELY = (
    "질문: 1호기와 2호기 급수펌프 최소 유량은? | 답: 65 t/h와 72 t/h\n질문: 고압 로터 온도는? | 답: 120 ℃ 아래"
)


def test_two_amounts_of_a_cell_are_those_of_the_two_units_of_the_other_in_their_order() -> None:
    asked = "2호기 급수펌프 최소 유량은?"
    assert "pairing" in failed_checks(RESPECTIVELY, "2호기 급수펌프의 최소 유량은 65 t/h입니다.", asked)
    assert "pairing" not in failed_checks(RESPECTIVELY, "2호기 급수펌프의 최소 유량은 72 t/h입니다.", asked)
    assert "pairing" not in failed_checks(RESPECTIVELY, "1호기 급수펌프의 최소 유량은 65 t/h입니다.", asked)
