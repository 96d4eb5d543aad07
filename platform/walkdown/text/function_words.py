"""Words that carry no subject of their own: particles, copulas, auxiliaries, question words (Korean and English)."""

import re

FUNCTION_WORDS = frozenset(
    (
        "이다 입니다 한다 합니다 하는 하여 해야 하여야 되어야 된다 됩니다 있다 있습니다 값 값은 값이 값을 및 "
        "또는 경우 때 것 수 위해 위하여 대한 따라 따른 얼마 얼마야 얼마인가 얼마나 몇 무엇 무엇인가 뭐야 "
        "뭐지 언제 언제까지 어디 어떻게 어떤 왜 누가 인가 인가요 입니까 합니까 되나 되나요 돼 되지 하나 "
        "우리 저희 정확히 정확하게 말해 말하는 마세요 마십시오 마시오 마라 말고 주세요 주십시오 하세요 하십시오 "
        "하나요 해 해야돼 알려줘 알려 줘 몇도 기준 기준은 이상 이하 미만 초과 이내 까지 최대 최소 도 의 은 "
        "는 이 가 을 를 에 에서 로 으로 와 과 면 그 이때 다음 각 그리고 이므로 이므 뒤에 뒤에는 이후 이후에 "
        "the of and to in is are was were be been an for on at by or as it its that this these those with "
        "from which what how when where who why does do did must shall should may can will has have not no "
        "if than then so only any each per value values limit required before after during least most more "
        "less maximum minimum exceed set given following called into until within about there their our we "
        "you your much many long often got get gets getting just some somebody someone come comes coming go goes "
        "going gonna wanna want let lets put puts thing things stuff guys please tell know say says still again "
        "really actually maybe anyway now max min "
    ).split()
)

SPANISH_FUNCTION_WORDS = frozenset(
    (
        "el la los las un una unos unas de del al en que se es son está están ser hay por para con su sus lo como "
        "cuando cuándo donde dónde qué cuál cuánto cuánta cuántos cuántas cómo quién tiene tienen debe deben puede "
        "pueden este esta estos estas ese esa eso si sí ya ha han fue le les también"
    ).split()
)
"""Kept apart: by the words above English is told from other languages."""

COUNTER = re.compile(
    r"(?<=\d)\s?(?:개|명|판|번|회|곳|대|건|장|칸|쪽|층|병|통|줄|매|점|차|종|군데|가지|번째|차례)"
    r"(?:[은는이가을를의로씩]|으로|까지|부터|에서|마다|이다|입니다)?(?![가-힣])"
)
"""What is counted in Korean by a syllable behind the number: it names no subject."""
