"""What a reader meets when asking or looking something up: in English."""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    # the Walkdown server
    "server_at": "The Walkdown server at {url} {what}.",
    "start_server": "Start it with `walkdown up` or `walkdown serve`.",
    "server_silent": "The Walkdown server at {url} did not answer in time.",
    "when_less_busy": (
        "Try again when it has less to do, or stop it. If another program listens there, set WALKDOWN_PORT."
    ),
    "status_only": "The server replied with HTTP status {status} and no explanation.",
    "nothing_else_listens": "Check that nothing else listens on the server's port.",
    "reply_unreadable": "The server's reply could not be read ({kind}).",
    "same_version": "Check that server and UI are of the same version.",
    "old_evaluation": "An evaluation report is not of the form this UI reads.",
    "evaluate_again": "Run the evaluation again with this version.",
    "defect": "The server failed in a way it should not.",
    "report_defect": "Look into the server's log, and report it with the lines around the failure.",
    "server_failed": "The server failed.",
    "see_log": "See the server's log.",
    "being_loaded": "It is still being loaded.",
    "wait_for_loading": "Wait a few seconds and ask again.",
    # the question
    "question_empty": "The question is empty.",
    "ask_in_a_language": "Type a question in Korean, English, Chinese, Japanese or Spanish.",
    "question_long": "The question has {count} characters; at most {most} are taken.",
    "shorten": "Shorten it to what you need to know.",
    "word_long": "One word of the question has {count} characters ({word}…).",
    "leave_out_pasted": (
        "Leave out what was pasted by mistake; name the equipment, the quantity or the procedure you mean."
    ),
    "names_nothing": "The question names nothing to look for.",
    "name_something": "Name the equipment, the quantity or the procedure you mean.",
    "date_unreadable": "The date {date} cannot be read.",
    "write_date": "Write it as 2024-06-01.",
    "no_filter": "There is no filter {field}.",
    "filter_by": "Filter by {fields}.",
    "search_late": "The search did not come to an end in the time of a question.",
    "doctor_tells_index": "Try again; if it stays, `walkdown doctor` tells whether the index answers.",
    "queue_full": "The server already works on {running} questions and {waiting} more are waiting.",
    "ask_in_seconds": "Ask again in about {seconds} seconds.",
    # the language model
    "llm_at": "The language model server at {url} {what}.",
    "llm_status": "The language model server at {url} {what} (status {status}).",
    "shown_meanwhile": "{what}; the passages found are shown meanwhile.",
    "prompt_long": "The prompt is longer than the model's context.",
    "lower_prompt_chars": "Lower prompt_chars in the pack's retrieval.",
    "start_llm": "Start it with `walkdown models serve`, or set WALKDOWN_LLM to none for quotes only.",
    # the index
    "index_in_use": "The index in {place} is {what}.",
    "wait_for_index": (
        "Wait until it ends, or stop it: it is another walkdown command, or a server at another address. Several "
        "commands at once want a running server (`walkdown serve`)."
    ),
    "index_failed": "The embedded index failed ({said}).",
    "rebuild_index": (
        "Try again; if it stays, stop Walkdown, delete the folder `qdrant` in WALKDOWN_HOME and ingest again."
    ),
    "index_disk": "The disk of {place} has {free} MB free, the index needs {wanted} MB.",
    "free_or_move": "Free some space, or put WALKDOWN_HOME on another disk.",
    "index_directory": "The index directory cannot be used ({said}).",
    "other_home": "Choose another WALKDOWN_HOME.",
    "other_models": "The index at {place} was built with other models ({said}).",
    "rebuild_with_models": "Choose the models it was built with (WALKDOWN_EMBEDDERS), or run `walkdown index rebuild`.",
    "qdrant_refused": "The Qdrant server at {url} did not do as asked ({said}).",
    "check_qdrant": "Check that it runs, and its address (WALKDOWN_QDRANT_URL or --to) and key; then try again.",
    "index_lacks": "The index holds {held} of the {listed} passages that the registry lists.",
    "ingest_lacking": "Run `walkdown ingest` of the documents again: what is missing is taken in anew.",
    "registry_empty": "The registry knows no document, but the index holds {held} passages.",
    "restore_registry": "Bring walkdown.db back from a backup (WALKDOWN_DATABASE_URL), or run `walkdown ingest` again.",
    # registry, records, disk
    "database_busy": "Another program holds the database {place} ({said}).",
    "let_go_of_database": (
        "End what holds it (an ingestion, a backup, a database browser with unsaved changes), or try again in a minute."
    ),
    "database_away": "The database {place} is not there ({said}).",
    "start_database": (
        "Start it again, or wait until it is back, and ask again. WALKDOWN_DATABASE_URL says where it is looked for."
    ),
    "database_unusable": "The database {place} cannot be used ({said}).",
    "check_database": (
        "Check that it runs, that WALKDOWN_DATABASE_URL is right, and that its disk has space and is writable."
    ),
    "database_denied": (
        "Let the user that runs Walkdown read and write this file and its folder, or choose another WALKDOWN_HOME."
    ),
    "database_damaged": (
        "Bring the file back from a backup; without one, remove it and ingest again (records of answers are lost)."
    ),
    "database_full": (
        "Free some space on the disk of this file; SQLite needs some even to read. With space there, look at the disk."
    ),
    "disk_low": "{place} has {free} GB free; {what} need {needed} GB.",
    "free_or_set": "Free some space, or set {setting} to a folder on another disk.",
    "records_held": "{count} records of answers could not be written and are in memory only.",
    "free_for_records": (
        "Free some space: they are written within 20 seconds then, and lost if the server is stopped first."
    ),
    "unknown_without_registry": "Nothing is known of it without the registry.",
    "no_record": "There is no record {id}.",
    "check_id": "Check the id.",
    "changed_meanwhile": "The pack {pack} was changed by somebody else meanwhile.",
    "do_it_again": "Do it again; nothing was changed.",
    # documents and pages
    "no_document": "The pack {pack} has no document {id}.",
    "documents_lists": "`walkdown documents {pack}` lists them.",
    "no_passage": "The pack {pack} has no passage {id}.",
    "search_anew": "Search again: documents may be newer.",
    "original_missing": "The original of {id} ({file}) is not kept.",
    "ingest_original": "Ingest {file} again; a line of a records file has none.",
    "blob_missing": "No original {id}… is kept.",
    "blob_changed": "The kept original {id}… has been changed on disk.",
    "delete_and_ingest": "Delete {path} and ingest the document again.",
    "ingest_document": "Ingest the document again.",
    "pdf_unopened": "The original cannot be opened as PDF.",
    "look_if_damaged": "Open it in another program to see whether it is damaged.",
    # packs
    "no_pack": "There is no pack {name}.",
    "packs_are": "The packs are {names}.",
    "none_installed": "No pack is installed; set WALKDOWN_PACKS.",
    "no_pack_loads": "No pack can be loaded.",
    "set_packs": "Set WALKDOWN_PACKS to a folder of packs.",
}
