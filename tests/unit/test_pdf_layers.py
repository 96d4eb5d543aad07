"""Text on layers of a PDF: what is switched off is seen by nobody, and is left out and told."""

import pytest

from walkdown.documents import ParsedDocument
from walkdown_ingestion.readers import read_bytes


def drawing(layers: str, state: str) -> ParsedDocument:
    """A page with a line outside of all layers and one on each of two."""

    def line(y: int, text: str) -> str:
        return f"BT /F 11 Tf 1 0 0 1 60 {y} Tm ({text}) Tj ET\n"

    content = line(760, "Vessel D-830") + f"/OC /A BDC\n{line(740, 'Design 7.2 bar')}EMC\n"
    content += f"/OC /B BDC\n1 g\n{line(720, 'x')}0 g\n{line(700, 'Design 9.9 bar')}EMC\n{line(680, 'Test 10.8 bar')}"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<<{state}/Order[6 0 R 7 0 R]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>"
        f"/Properties<<{layers}>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/OCG/Name(issued)>>",
        "<</Type/OCG/Name(before)>>",
    ]
    out, places = b"%PDF-1.6\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 8\n0000000000 65535 f \n{table}trailer<</Size 8/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return read_bytes(out + end.encode(), "a.pdf")


BOTH = "/A 6 0 R/B 7 0 R"


@pytest.mark.parametrize("state", ["/OFF[7 0 R]", "/BaseState/OFF/ON[6 0 R]"])
def test_a_layer_that_is_switched_off(state: str) -> None:
    parsed = drawing(BOTH, state)
    text = "\n".join(block.text for block in parsed.blocks)
    assert "9.9" not in text and all(said in text for said in ("D-830", "7.2 bar", "10.8 bar"))
    assert parsed.warnings == ("page 1: 15 characters on layers that are switched off were left out",)


def test_layers_that_are_shown() -> None:
    parsed = drawing(BOTH, "/ON[6 0 R 7 0 R]")
    text = "\n".join(block.text for block in parsed.blocks)
    assert all(said in text for said in ("7.2 bar", "9.9 bar", "10.8 bar")) and parsed.warnings == ()


def test_text_that_is_partly_on_a_layer_that_is_shown_stays() -> None:
    parsed = drawing("/A 7 0 R/B 7 0 R", "/OFF[6 0 R]")
    assert "9.9 bar" in "\n".join(block.text for block in parsed.blocks)
