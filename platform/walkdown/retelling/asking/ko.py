"""What a reader meets when asking or looking something up: in Korean."""

from collections.abc import Mapping

KOREAN: Mapping[str, str] = {
    # the Walkdown server
    "server_at": "Walkdown 서버({url}): {what}.",
    "start_server": "`walkdown up` 또는 `walkdown serve`로 시작하십시오.",
    "server_silent": "Walkdown 서버({url})가 제때 응답하지 않았습니다.",
    "when_less_busy": (
        "서버가 덜 바쁠 때 다시 시도하거나 서버를 멈추십시오. 다른 프로그램이 그 포트를 쓰면 WALKDOWN_PORT를 "
        "바꾸십시오."
    ),
    "status_only": "서버가 설명 없이 오류만 보냈습니다(HTTP 상태 {status}).",
    "nothing_else_listens": "서버의 포트를 다른 프로그램이 쓰고 있지 않은지 확인하십시오.",
    "reply_unreadable": "서버의 응답을 읽을 수 없습니다({kind}).",
    "same_version": "서버와 화면의 버전이 같은지 확인하십시오.",
    "old_evaluation": "이 화면이 읽을 수 없는 형식의 평가 결과가 있습니다.",
    "evaluate_again": "지금 버전으로 다시 평가하십시오.",
    "defect": "서버에 예상하지 못한 오류가 났습니다.",
    "report_defect": "서버 로그를 확인하고, 오류 앞뒤의 줄과 함께 알려 주십시오.",
    "server_failed": "서버에 오류가 났습니다.",
    "see_log": "서버 로그를 확인하십시오.",
    "being_loaded": "아직 준비하는 중입니다.",
    "wait_for_loading": "몇 초 뒤에 다시 물어보십시오.",
    # the question
    "question_empty": "질문이 비어 있습니다.",
    "ask_in_a_language": "한국어, 영어, 중국어, 일본어, 스페인어로 질문을 입력하십시오.",
    "question_long": "질문이 {count}자입니다. {most}자까지 받습니다.",
    "shorten": "알고 싶은 것만 짧게 쓰십시오.",
    "word_long": "질문에 {count}자나 되는 낱말이 있습니다({word}…).",
    "leave_out_pasted": "잘못 붙여 넣은 것을 지우고, 알고 싶은 설비, 값, 절차를 쓰십시오.",
    "names_nothing": "질문에 찾을 말이 없습니다.",
    "name_something": "알고 싶은 설비, 값, 절차를 쓰십시오.",
    "date_unreadable": "읽을 수 없는 날짜입니다: {date}.",
    "write_date": "2024-06-01처럼 쓰십시오.",
    "no_filter": "없는 필터입니다: {field}.",
    "filter_by": "쓸 수 있는 필터: {fields}.",
    "search_late": "정해진 시간 안에 검색이 끝나지 않았습니다.",
    "doctor_tells_index": "다시 시도하십시오. 계속되면 `walkdown doctor`로 색인을 확인하십시오.",
    "queue_full": "지금 질문 {running}개에 답하고 있고 {waiting}개가 기다립니다.",
    "ask_in_seconds": "약 {seconds}초 뒤에 다시 물어보십시오.",
    # the language model
    "llm_at": "언어 모델 서버({url}): {what}.",
    "llm_status": "언어 모델 서버({url}): {what}(상태 {status}).",
    "shown_meanwhile": "{what}. 그동안 찾은 구절을 보여 드립니다.",
    "prompt_long": "찾은 구절이 모델이 한 번에 읽을 수 있는 길이를 넘습니다.",
    "lower_prompt_chars": "분야의 retrieval 설정에서 prompt_chars를 줄이십시오.",
    "start_llm": "`walkdown models serve`로 시작하거나, 원문 인용만 쓰려면 WALKDOWN_LLM을 none으로 하십시오.",
    # the index
    "index_in_use": "색인({place})이 {what}.",
    "wait_for_index": (
        "다른 walkdown 명령이나 다른 주소의 서버입니다. 끝날 때까지 기다리거나 멈추십시오. 여러 명령을 함께 쓰려면 "
        "서버를 실행하십시오(`walkdown serve`)."
    ),
    "index_failed": "색인에 오류가 났습니다({said}).",
    "rebuild_index": (
        "다시 시도하십시오. 계속되면 Walkdown을 멈추고 WALKDOWN_HOME의 `qdrant` 폴더를 지운 뒤 문서를 다시 넣으십시오."
    ),
    "index_disk": "디스크({place})에 {free} MB가 남아 있습니다. 색인에는 {wanted} MB가 필요합니다.",
    "free_or_move": "공간을 비우거나 WALKDOWN_HOME을 다른 디스크로 옮기십시오.",
    "index_directory": "색인 폴더를 쓸 수 없습니다({said}).",
    "other_home": "WALKDOWN_HOME을 다른 곳으로 바꾸십시오.",
    "other_models": "색인({place})은 다른 모델로 만든 것입니다({said}).",
    "rebuild_with_models": "만들 때의 모델을 쓰거나(WALKDOWN_EMBEDDERS), `walkdown index rebuild`를 실행하십시오.",
    "qdrant_refused": "Qdrant 서버({url})가 요청을 처리하지 못했습니다({said}).",
    "check_qdrant": "실행 중인지, 주소(WALKDOWN_QDRANT_URL 또는 --to)와 키가 맞는지 확인한 뒤 다시 시도하십시오.",
    "index_lacks": "등록된 구절 {listed}개 가운데 {held}개만 색인에 있습니다.",
    "ingest_lacking": "`walkdown ingest`로 문서를 다시 넣으십시오. 없는 것만 다시 들어갑니다.",
    "registry_empty": "등록부에 문서가 없는데 색인에는 구절이 {held}개 있습니다.",
    "restore_registry": (
        "백업에서 walkdown.db를 되살리거나(WALKDOWN_DATABASE_URL), `walkdown ingest`를 다시 실행하십시오."
    ),
    # registry, records, disk
    "database_busy": "다른 프로그램이 데이터베이스({place})를 잡고 있습니다({said}).",
    "let_go_of_database": (
        "잡고 있는 것(문서 넣기, 백업, 저장하지 않은 데이터베이스 편집기)을 끝내거나 1분 뒤 다시 시도하십시오."
    ),
    "database_away": "데이터베이스({place})에 연결할 수 없습니다({said}).",
    "start_database": (
        "데이터베이스를 다시 시작하거나 돌아올 때까지 기다린 뒤 다시 물어보십시오. 주소는 WALKDOWN_DATABASE_URL에 "
        "있습니다."
    ),
    "database_unusable": "데이터베이스({place})를 쓸 수 없습니다({said}).",
    "check_database": "실행 중인지, WALKDOWN_DATABASE_URL이 맞는지, 디스크에 공간과 쓰기 권한이 있는지 확인하십시오.",
    "database_denied": (
        "Walkdown을 실행하는 사용자가 이 파일과 폴더를 읽고 쓸 수 있게 하거나, WALKDOWN_HOME을 바꾸십시오."
    ),
    "database_damaged": (
        "백업에서 파일을 되살리십시오. 백업이 없으면 파일을 지우고 문서를 다시 넣으십시오(답변 기록은 없어집니다)."
    ),
    "database_full": (
        "이 파일이 있는 디스크의 공간을 비우십시오. 읽기에도 공간이 필요합니다. 공간이 있으면 디스크를 점검하십시오."
    ),
    "disk_low": "{place}에 {free} GB가 남아 있습니다. {what}에는 {needed} GB가 필요합니다.",
    "free_or_set": "공간을 비우거나 다른 디스크의 폴더를 지정하십시오({setting}).",
    "records_held": "답변 기록 {count}개를 쓰지 못해 메모리에만 있습니다.",
    "free_for_records": "공간을 비우면 20초 안에 기록됩니다. 그 전에 서버를 멈추면 없어집니다.",
    "unknown_without_registry": "등록부를 쓸 수 없어 상태를 알 수 없습니다.",
    "no_record": "없는 기록입니다: {id}.",
    "check_id": "번호를 확인하십시오.",
    "changed_meanwhile": "그사이 다른 사람이 이 분야를 바꾸었습니다({pack}).",
    "do_it_again": "다시 하십시오. 바뀐 것은 없습니다.",
    # documents and pages
    "no_document": "분야 {pack}에 없는 문서입니다: {id}.",
    "documents_lists": "`walkdown documents {pack}`로 목록을 볼 수 있습니다.",
    "no_passage": "분야 {pack}에 없는 구절입니다: {id}.",
    "search_anew": "다시 검색하십시오. 문서가 새로 바뀌었을 수 있습니다.",
    "original_missing": "{id}({file})의 원본이 보관되어 있지 않습니다.",
    "ingest_original": "이 파일을 다시 넣으십시오: {file}. 레코드 파일의 한 줄에는 원본이 없습니다.",
    "blob_missing": "원본이 보관되어 있지 않습니다({id}…).",
    "blob_changed": "보관된 원본이 디스크에서 바뀌었습니다({id}…).",
    "delete_and_ingest": "이 파일을 지우고 문서를 다시 넣으십시오: {path}.",
    "ingest_document": "문서를 다시 넣으십시오.",
    "pdf_unopened": "원본을 PDF로 열 수 없습니다.",
    "look_if_damaged": "다른 프로그램으로 열어 파일이 손상되었는지 확인하십시오.",
    # packs
    "no_pack": "없는 분야입니다: {name}.",
    "packs_are": "설치된 분야: {names}.",
    "none_installed": "설치된 분야가 없습니다. WALKDOWN_PACKS를 설정하십시오.",
    "no_pack_loads": "불러올 수 있는 분야가 없습니다.",
    "set_packs": "WALKDOWN_PACKS를 분야 폴더로 설정하십시오.",
}
