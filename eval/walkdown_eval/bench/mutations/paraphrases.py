"""Answers to dev questions in free words, as a fluent model writes them: right claims that no line of a document is.

They were written before the checks were run on them; each is held against the passages of its question's evidence.
"""

PARAPHRASES: dict[str, str] = {
    "power-dev-01": "2호기 급수펌프의 최소 유량은 72 t/h이므로 이보다 낮은 유량으로 운전하면 안 됩니다.",
    "power-dev-06": "Yes. A coast-down shorter than 30 minutes with vacuum held must be reported to maintenance; "
    "38 minutes is normal.",
    "power-dev-11": "비상디젤발전기는 3,400 L 데이탱크가 가득 차 있으면 8시간 동안 운전할 수 있습니다.",
    "power-dev-16": "The wear ring clearance found on BFP-1A was 0.58 mm.",
    "power-dev-25": "One gas turbine burns 10.4 kg/s of gas at base load.",
    "power-dev-30": "The oxygen content must be at least 18 % for a trench survey and at least 19.5 % for work.",
    "power-dev-35": "방류가 허용되는 pH 범위는 5.8에서 8.6까지입니다.",
    "power-dev-40": "The breaker of the gas turbine turning gear motor 10MBK10AE001 is rated 63 A.",
    "power-dev-45": "EDG-3 월간 시험에서 정격 전압에 도달하는 데 21초가 걸렸습니다.",
    "power-dev-50": "The boundary shut-off valve of Unit 2 is 20EKG02AA101.",
    "power-dev-55": "먼저 예비 충전기로 바꾸고, 부동 전압이 232 V인지 확인합니다.",
    "power-dev-60": "Phosphate hideout means that phosphate disappears when load is raised and reappears when it is "
    "lowered.",
    "power-dev-65": "BFP-1A의 최소 유량은 이전 개정에서 60 t/h였습니다.",
    "power-dev-70": "HCC-EM-710 says that the day tanks are refilled when they stand at 40 %.",
    "power-dev-75": "The minimum flow on unit 2 is 72 t/h.",
    "power-dev-93": "2oo3 채널 하나는 8시간까지 우회할 수 있고, 발전소장이 한 번 연장하면 24시간까지 가능합니다.",
    "bio-dev-01": "BR-201의 용존산소가 25 %까지 떨어지면 하한 경보가 울립니다.",
    "bio-dev-08": "When the pressure alarm sounds during loading, reduce the flow in steps of 1 L/min to 7.0 L/min.",
    "bio-dev-15": "더티 홀드 시간은 사용이 끝난 때부터 세정을 시작할 때까지의 시간입니다.",
    "bio-dev-27": "P-605A와 P-605B는 매주 화요일 10시에 교대합니다.",
    "bio-dev-34": "The filling lead checks the disinfection log by hand before every start and signs in the batch "
    "record.",
    "bio-dev-41": "BR-202 is isolated at MCC-2, cubicle 08.",
    "bio-dev-48": "Drug substance keeps for 36 months at -60 °C or colder.",
    "bio-dev-55": "The design pressure of the recirculation tank TK-311 is 2.0 barg.",
    "bio-dev-62": "The production culture may not go beyond 45 population doublings from the working cell bank.",
    "bio-dev-69": "The low DO alarm was raised from 25 % to 30 %.",
    "bio-dev-83": "B-214실에는 최대 6명까지 동시에 들어갈 수 있습니다.",
    "bio-dev-117": "비상발전기는 정전 후 12초 안에 전압을 세우고 25초 안에 부하를 받습니다.",
    "bio-dev-124": "FLT-432 failed at 03:10 on 2024-07-25 with 3,380 mbar; the login was HRK.",
    "bio-dev-132": "The protein A step gave 7.25 kg, a yield of 93.3 %.",
    "chemical-dev-01": "1호기 반응기의 모노머 투입 유량은 1,200 kg/h를 초과해서는 안 됩니다.",
    "chemical-dev-07": "SIL 1 기능은 교대조장과 생산부장의 서명으로 최대 8시간까지 우회할 수 있습니다.",
    "chemical-dev-13": "시뮬레이션에 따르면 교반 없이 투입이 이어지면 9분 만에 폭주합니다.",
    "chemical-dev-24": "GC 주입구 온도는 200 ℃를 넘으면 안 됩니다.",
    "chemical-dev-30": "가성소다의 온도는 80 ℃ 이하로 유지해야 합니다.",
    "chemical-dev-36": "The hardness of the boiler feed water must not exceed 1 mg/L.",
    "chemical-dev-42": "M-202의 차단기는 MCC-2의 9번 칸에 있습니다.",
    "chemical-dev-48": "FAH-2205의 모노머 유량 상한 경보는 1,030 kg/h입니다.",
    "chemical-dev-54": "황산의 규정량은 20,000 kg이고 최대 보유량은 6,300 kg입니다.",
    "chemical-dev-60": "Up to 10 drops in a minute are tolerable; if it drips more, the isolation has failed and the "
    "work must stop.",
    "chemical-dev-66": "Do not spray water directly into the pool of leaking liquid.",
    "chemical-dev-77": "A SIF could be bypassed for no longer than 24 hours with the signature of the shift "
    "supervisor.",
    "chemical-dev-84": "운전 절차서에서는 반응 온도 상한 경보가 116 ℃입니다.",
    "chemical-dev-88": "스티렌의 하한은 8 ppm입니다.",
    "chemical-dev-95": "Open the siphon breaker of the V-501 suction pipe, otherwise water is sucked into E-401.",
    "chemical-dev-101": "The impulse line of PI-2143 was blocked as well, so the needle stayed at 0.",
}
