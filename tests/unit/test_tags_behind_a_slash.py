"""Names of equipment that stand behind a slash with what both names share."""

from walkdown.text.tags import compile_pattern, find_tags


def test_the_second_of_two_names_that_share_their_letters_is_one_though_the_first_is_too_short() -> None:
    grammar = (compile_pattern("equipment", r"[A-Z]{1,4}-\d{3}[A-Z]?"),)
    assert [t.normal for t in find_tags("12 h (BR-50/200: 24 h)", grammar)] == ["BR200"]
    assert [t.normal for t in find_tags("1/200 BR-50", grammar)] == []
