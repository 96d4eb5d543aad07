"""openpyxl's streaming parser of a sheet, which goes on over damaged cells and counts what is to be told of them."""

from typing import Any

from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser


class SheetParser(WorkSheetParser):  # type: ignore[misc]  # openpyxl carries no types
    """openpyxl's parser of one sheet, which also counts formulas saved without their value and text nobody sees."""

    unvalued = 0
    unseen = 0
    struck = 0
    faulty = 0

    def parse_cell(self, element: Any) -> Any:
        """A cell; a damaged one as an empty one."""
        try:
            if element.get("t") == "s" and (element.findtext(VALUE_TAG) or "").startswith("-"):
                raise IndexError("texts are counted from 0")
            cell = super().parse_cell(element)
        except (ValueError, IndexError, OverflowError):
            # A text that the file does not hold, a number that is none: the others are read.
            self.faulty += 1
            for child in list(element):
                element.remove(child)
            element.attrib.pop("t", None)
            cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.unvalued += 1
        return cell
