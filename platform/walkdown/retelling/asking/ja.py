"""What a reader meets when asking or looking something up: in Japanese."""

from collections.abc import Mapping

JAPANESE: Mapping[str, str] = {
    # the Walkdown server
    "server_at": "Walkdown サーバー（{url}）: {what}。",
    "start_server": "`walkdown up` または `walkdown serve` で起動してください。",
    "server_silent": "Walkdown サーバー（{url}）が時間内に応答しませんでした。",
    "when_less_busy": (
        "サーバーの負荷が下がってから再試行するか、停止してください。別のプログラムがそのポートを使っている場合は "
        "WALKDOWN_PORT を変えてください。"
    ),
    "status_only": "サーバーが説明なしに HTTP ステータス {status} を返しました。",
    "nothing_else_listens": "サーバーのポートを別のプログラムが使っていないか確認してください。",
    "reply_unreadable": "サーバーの応答を読み取れません（{kind}）。",
    "same_version": "サーバーと画面のバージョンが同じか確認してください。",
    "old_evaluation": "この画面では読めない形式の評価結果があります。",
    "evaluate_again": "現在のバージョンで評価をやり直してください。",
    "defect": "サーバーで予期しないエラーが起きました。",
    "report_defect": "サーバーのログを確認し、エラー前後の行を添えて報告してください。",
    "server_failed": "サーバーでエラーが起きました。",
    "see_log": "サーバーのログを確認してください。",
    "being_loaded": "まだ準備中です。",
    "wait_for_loading": "数秒待ってからもう一度質問してください。",
    # the question
    "question_empty": "質問が空です。",
    "ask_in_a_language": "韓国語、英語、中国語、日本語、スペイン語のいずれかで質問を入力してください。",
    "question_long": "質問が {count} 文字あります。{most} 文字までです。",
    "shorten": "知りたいことだけに短くしてください。",
    "word_long": "質問の中に {count} 文字の語があります（{word}…）。",
    "leave_out_pasted": "誤って貼り付けたものを消し、知りたい機器・値・手順を書いてください。",
    "names_nothing": "質問に探す手がかりがありません。",
    "name_something": "知りたい機器・値・手順を書いてください。",
    "date_unreadable": "日付 {date} を読み取れません。",
    "write_date": "2024-06-01 のように書いてください。",
    "no_filter": "{field} というフィルターはありません。",
    "filter_by": "使えるフィルター: {fields}。",
    "search_late": "検索が制限時間内に終わりませんでした。",
    "doctor_tells_index": "再試行してください。続く場合は `walkdown doctor` で索引を確認してください。",
    "queue_full": "いま {running} 件に回答中で、{waiting} 件が待っています。",
    "ask_in_seconds": "約 {seconds} 秒後にもう一度質問してください。",
    # the language model
    "llm_at": "言語モデルのサーバー（{url}）: {what}。",
    "llm_status": "言語モデルのサーバー（{url}）: {what}（ステータス {status}）。",
    "shown_meanwhile": "{what}。その間は見つかった箇所を表示します。",
    "prompt_long": "見つかった箇所がモデルの一度に読める長さを超えています。",
    "lower_prompt_chars": "分野の retrieval 設定で prompt_chars を減らしてください。",
    "start_llm": "`walkdown models serve` で起動するか、原文の引用だけにするなら WALKDOWN_LLM を none にしてください。",
    # the index
    "index_in_use": "索引（{place}）は{what}。",
    "wait_for_index": (
        "別の walkdown コマンドか、別のアドレスのサーバーです。終わるまで待つか、停止してください。複数のコマンドを同"
        "時に使うにはサーバーを起動してください（`walkdown serve`）。"
    ),
    "index_failed": "索引でエラーが起きました（{said}）。",
    "rebuild_index": (
        "再試行してください。続く場合は Walkdown を停止し、WALKDOWN_HOME の `qdrant` "
        "フォルダーを削除して、文書を入れ直してください。"
    ),
    "index_disk": "ディスク（{place}）の空きは {free} MB です。索引には {wanted} MB 必要です。",
    "free_or_move": "空きを作るか、WALKDOWN_HOME を別のディスクに移してください。",
    "index_directory": "索引のフォルダーを使えません（{said}）。",
    "other_home": "WALKDOWN_HOME を別の場所にしてください。",
    "other_models": "索引（{place}）は別のモデルで作られました（{said}）。",
    "rebuild_with_models": (
        "作成時のモデルを使うか（WALKDOWN_EMBEDDERS）、`walkdown index rebuild` を実行してください。"
    ),
    "qdrant_refused": "Qdrant サーバー（{url}）が要求を処理できませんでした（{said}）。",
    "check_qdrant": (
        "動いているか、アドレス（WALKDOWN_QDRANT_URL または --to）とキーが正しいか確認し、再試行してください。"
    ),
    "index_lacks": "登録された {listed} 箇所のうち、索引にあるのは {held} 箇所です。",
    "ingest_lacking": "`walkdown ingest` で文書を入れ直してください。欠けているものだけが取り込まれます。",
    "registry_empty": "台帳に文書がないのに、索引には {held} 箇所あります。",
    "restore_registry": (
        "バックアップから walkdown.db を戻すか（WALKDOWN_DATABASE_URL）、`walkdown ingest` をもう一度実行してください。"
    ),
    # registry, records, disk
    "database_busy": "別のプログラムがデータベース（{place}）を占有しています（{said}）。",
    "let_go_of_database": (
        "占有しているもの（取り込み、バックアップ、未保存のデータベースツール）を終えるか、1 分後に再試行してください。"
    ),
    "database_away": "データベース（{place}）に接続できません（{said}）。",
    "start_database": (
        "データベースを起動し直すか、復旧を待ってからもう一度質問してください。場所は WALKDOWN_DATABASE_URL "
        "にあります。"
    ),
    "database_unusable": "データベース（{place}）を使えません（{said}）。",
    "check_database": (
        "動いているか、WALKDOWN_DATABASE_URL が正しいか、ディスクに空きと書き込み権限があるか確認してください。"
    ),
    "database_denied": (
        "Walkdown を動かすユーザーにこのファイルとフォルダーの読み書きを許可するか、WALKDOWN_HOME を変えてください。"
    ),
    "database_damaged": (
        "バックアップから戻してください。なければファイルを削除して文書を入れ直してください（回答の記録は失われます）。"
    ),
    "database_full": (
        "このファイルのディスクに空きを作ってください。読むだけでも必要です。空きがあるならディスクを点検してください。"
    ),
    "disk_low": "{place} の空きは {free} GB です。{what}には {needed} GB 必要です。",
    "free_or_set": "空きを作るか、{setting} を別のディスクのフォルダーにしてください。",
    "records_held": "回答の記録 {count} 件を書き込めず、メモリーにだけあります。",
    "free_for_records": "空きを作ると 20 秒以内に書き込まれます。その前にサーバーを止めると失われます。",
    "unknown_without_registry": "台帳を使えないため状態が分かりません。",
    "no_record": "記録 {id} はありません。",
    "check_id": "番号を確認してください。",
    "changed_meanwhile": "その間に別の人が分野 {pack} を変更しました。",
    "do_it_again": "もう一度行ってください。何も変わっていません。",
    # documents and pages
    "no_document": "分野 {pack} に文書 {id} はありません。",
    "documents_lists": "`walkdown documents {pack}` で一覧を見られます。",
    "no_passage": "分野 {pack} に箇所 {id} はありません。",
    "search_anew": "もう一度検索してください。文書が更新された可能性があります。",
    "original_missing": "{id}（{file}）の原本は保管されていません。",
    "ingest_original": "{file} を入れ直してください。レコードファイルの 1 行には原本がありません。",
    "blob_missing": "原本 {id}… は保管されていません。",
    "blob_changed": "保管された原本 {id}… がディスク上で変わっています。",
    "delete_and_ingest": "{path} を削除し、文書を入れ直してください。",
    "ingest_document": "文書を入れ直してください。",
    "pdf_unopened": "原本を PDF として開けません。",
    "look_if_damaged": "別のプログラムで開き、壊れていないか確認してください。",
    # packs
    "no_pack": "分野 {name} はありません。",
    "packs_are": "インストール済みの分野: {names}。",
    "none_installed": "分野がインストールされていません。WALKDOWN_PACKS を設定してください。",
    "no_pack_loads": "読み込める分野がありません。",
    "set_packs": "WALKDOWN_PACKS を分野のフォルダーにしてください。",
}
