"""Words of opposite sides (`walkdown.text.concepts`) in Chinese, Japanese and Spanish.

Left out are words that a language has for both sides or for something else: `para` stops and is for, `baja` is low and
goes down. Spanish words are none of English.
"""

from collections.abc import Mapping

FOREIGN: Mapping[str, tuple[str, str]] = {
    "open/close": (
        r"打开|开启|开阀|全开|開ける|開け[てた]|開く|開き|開に|全開|\b(?:abr(?:e|en|ir|a|an|iendo)|abiert[oa]s?)\b",
        r"关闭|关上|关掉|关阀|全关|閉め|閉じ|全閉|閉に|\b(?:cierr[aeo]n?|cerr(?:ar|ad[oa]s?|ando))\b",
    ),
    "start/stop": (
        r"启动|开机|启泵|起動|始動|運転開始|\b(?:arran(?:ca|can|car|que|quen|cando)|puesta en marcha)\b",
        r"停泵|停车|停转|停止|停机|止め[るてた]|\b(?:det(?:iene|ienen|ener|enga|enido)|parar|parada|se para)\b",
    ),
    "before/after": (
        r"之前|以前|[^\W\d_]前[,，须应必不要再先]|[るの]前に|前まで|\bantes del?\b",
        r"之后|以后|[^\W\d_]后[,，须应必不要再才]|[たの]後に?|[てで]から|\bdespués del?\b|\btras (?:el|las?|los)\b",
    ),
    "increase/decrease": (
        r"升高|提高|增加|增大|上升|上げ[るてた]|増や|増加|上昇|\b(?:aument\w+|increment(?:a|an|ar|e|en)|sub(?:e|en|ir|a|ida))\b",
        r"降低|减少|减小|下降|下げ[るてた]|減ら|減少|低下|\b(?:disminu\w+|reduc(?:e|en|ir|ción|id[oa])|baj(?:ar|ada|an))\b",
    ),
    "high/low": (r"过高|偏高|高すぎ|高い|\balt[oa]s?\b", r"过低|偏低|低すぎ|低い|\bbajos\b"),
    "high alarm/low alarm": (
        r"高(?:高|位|限)?报警|高(?:高)?警報|\balarma (?:de )?(?:\w+ )?(?:alt[oa]|muy alt[oa])\b",
        r"低(?:低|位|限)?报警|低(?:低)?警報|\balarma (?:de )?(?:\w+ )?(?:baj[oa]|muy baj[oa])\b",
    ),
    "maximum/minimum": (
        r"最大|最高|上限|\b(?:máxim[oa]s?|límite superior|como mucho)\b",
        r"最小|最低|下限|\b(?:mínim[oa]s?|límite inferior)\b",
    ),
    "inlet/outlet": (r"入口|进口|\b(?:entrada|admisión)\b", r"出口|\bsalida\b"),
    "suction/discharge": (r"吸入|吸込|\b(?:aspiración|succión)\b", r"吐出|\bimpulsión\b"),
    "upstream/downstream": (r"上游|上流|\baguas arriba\b", r"下游|下流|\baguas abajo\b"),
    "upper/lower": (r"上部|顶部|\bparte superior\b", r"下部|底部|\bparte inferior\b"),
    "automatic/manual": (r"自动|自動|\bautomátic\w+", r"手动|手動|手で|\b(?:manualmente|a mano)\b"),
    "local/remote": (r"就地|现场|現場|\ben campo\b", r"远程|遠隔|遥控|\b(?:remot[oa]s?|a distancia)\b"),
    "fill/drain": (
        r"注水|充水|充满|満た|充填|\bllen(?:a|ar|ado|an|e|ando)\b",
        r"排空|排净|排水|抜[いくき]|空にす|\b(?:vac(?:ía|iar|iado|ían)|dren(?:a|an|ar|e|en|ad[oa]))\b|\b(?:drenaje)\b",
    ),
    "connect/disconnect": (
        r"连接|接上|接続|繋|つな[ぎいぐ]|\bconect\w+",
        r"断开|拆开|拆下|切り離|取り外|\bdesconect\w+",
    ),
    "heat/cool": (
        r"加热|升温|加熱|昇温|\bcal(?:entar|ienta\w*|entad[oa])\b",
        r"冷却(?!水)|降温|冷や|\benfr(?:iar|ía\w*|iad[oa])\b",
    ),
    "hot/cold": (r"热态|热启动|高温側|\bcalientes?\b", r"冷态|冷启动|低温側|\bfr[ií][oa]s?\b"),
    "wet/dry": (r"潮湿|湿式|湿った|\bhúmed[oa]s?\b", r"干燥|干式|乾燥|乾いた|乾式|\bsec[oa]s?\b"),
    "add/remove": (
        r"加入|添加|投入|\bañad\w+",
        r"取出|去除|除去|取り除|\b(?:retir(?:a|an|ar|e|en|ad[oa])|extra(?:er|e|ído))\b",
    ),
    "accept/reject": (
        r"批准|认可|承認|受け入れ|\b(?:acept\w+|aprueb\w+|aprob\w+)\b",
        r"拒收|拒绝|不合格|却下|受け入れない|\brechaz\w+",
    ),
    "release/reject": (r"放行|出荷|\blibera(?:r|n|do|da)?\b", r"拒收|不合格|廃棄|报废|\brechaz\w+"),
    "pass/fail": (r"(?<!不)合格|通过", r"不合格|失败|失敗"),
    "allow/forbid": (
        r"(?<!不)允许|(?<!不)可以|許可され|許容|て(?:も)?(?:よい|良い)|\b(?<!no se )permit(?:e|en|id[oa]s?)\b",
        r"禁止|不得|不允许|不可以|てはならない|てはいけない|\bprohib\w+|\bno se permite",
    ),
    "must/may": (
        r"必须|应当|なければならない|必ず|\b(?:deben?|obligatori[oa]s?|hay que)\b",
        r"可以|可选|てもよい|ことができ|\b(?:pueden?|opcional(?:mente)?)\b",
    ),
    "all/any": (
        r"全部|所有|すべて|全て|\b(?:tod[oa]s|cada un[oa])\b",
        r"任一|任意一|いずれか|一部|\b(?:algun[oa]s?|cualquiera)\b",
    ),
    "alert/action": (
        r"警[戒告](?:限|水平|线|值|レベル|基準)|アラート(?:レベル|基準|値)?|\b(?:nivel|límite) de alerta\b",
        r"行动(?:限|水平|线|值)|纠偏(?:限|线)|処置(?:レベル|基準)|アクション(?:レベル|基準|値)|"
        r"\b(?:nivel|límite) de acción\b",
    ),
    "alarm/trip": (
        r"报警|警报|警報|アラーム|\balarmas?\b",
        r"跳闸|联锁停|跳车|トリップ|緊急停止|\b(?:dispar[oae]n?|enclavamiento)\b",
    ),
    "normal/abnormal": (r"正常|通常|平时|平時", r"异常|異常|紧急|緊急|非常時|\b(?:anormal(?:es)?|emergencias?)\b"),
    "gas/liquid": (r"气相|气体|気相|気体|ガス|\b(?:gases|gaseos[oa]|vapor(?:es)?)\b", r"液相|液体|\blíquid[oa]s?\b"),
    "left/right": (r"左侧|左側|左の|\bizquierd[oa]\b", r"右侧|右側|右の|\bderech[oa]\b"),
    "inside/outside": (
        r"内部|室内|屋内|内側|\b(?:en el interior|dentro de)\b",
        r"外部|室外|屋外|外側|\b(?:en el exterior|fuera de)\b",
    ),
    "first/last": (
        r"首先|最先|最初に|まず|\b(?:primero|en primer lugar)\b",
        r"最后|最後に|\b(?:por último|al final|finalmente)\b",
    ),
    "slow/fast": (
        r"缓慢|慢慢|逐渐|ゆっくり|徐々に|\b(?:despacio|lentamente|poco a poco)\b",
        r"迅速|快速|立即|立刻|直ちに|すぐに|急速|\b(?:rápid\w+|inmediatamente|de inmediato)\b",
    ),
    "gauge/absolute": (r"表压|ゲージ圧|\bmanométric[oa]\b", r"绝压|绝对压力|絶対圧|\babsolut[oa]s?\b"),
    "daily/weekly": (
        r"每天|每日|毎日|\b(?:diari[oa]s?|cada día)\b",
        r"每周|每月|每年|毎週|毎月|毎年|\b(?:semanal\w*|mensual\w*|anual\w*)\b",
    ),
    "summer/winter": (r"夏季|夏期|夏天|\bverano\b", r"冬季|冬期|冬天|\binvierno\b"),
    "anode/cathode": (r"阳极|陽極|\bánodo\b", r"阴极|陰極|\bcátodo\b"),
    "before use/after use": (r"使用前|\bantes de(?:l)? uso\b", r"使用后|使用後|\bdespués de(?:l)? uso\b"),
    "large/small": (
        r"大(?:量|规模|規模)|大(?=泄漏|漏|漏洩|火)|\b(?:fuga|derrame|incendio) grande\b",
        r"小(?:量|规模|規模)|少量|小(?=泄漏|漏|漏洩|火)|\b(?:fuga|derrame|incendio) pequeñ[oa]\b",
    ),
}
