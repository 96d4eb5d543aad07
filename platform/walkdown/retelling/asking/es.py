"""What a reader meets when asking or looking something up: in Spanish."""

from collections.abc import Mapping

SPANISH: Mapping[str, str] = {
    # the Walkdown server
    "server_at": "El servidor de Walkdown en {url} {what}.",
    "start_server": "Inícielo con `walkdown up` o `walkdown serve`.",
    "server_silent": "El servidor de Walkdown en {url} no respondió a tiempo.",
    "when_less_busy": (
        "Inténtelo cuando tenga menos trabajo, o deténgalo. Si allí escucha otro programa, cambie WALKDOWN_PORT."
    ),
    "status_only": "El servidor respondió con el estado HTTP {status}, sin explicación.",
    "nothing_else_listens": "Compruebe que ningún otro programa use el puerto del servidor.",
    "reply_unreadable": "No se pudo leer la respuesta del servidor ({kind}).",
    "same_version": "Compruebe que el servidor y la pantalla sean de la misma versión.",
    "old_evaluation": "Un informe de evaluación no tiene la forma que lee esta pantalla.",
    "evaluate_again": "Repita la evaluación con esta versión.",
    "defect": "El servidor falló de forma inesperada.",
    "report_defect": "Mire el registro del servidor e informe con las líneas cercanas al fallo.",
    "server_failed": "El servidor falló.",
    "see_log": "Mire el registro del servidor.",
    "being_loaded": "Todavía se está cargando.",
    "wait_for_loading": "Espere unos segundos y pregunte de nuevo.",
    # the question
    "question_empty": "La pregunta está vacía.",
    "ask_in_a_language": "Escriba una pregunta en coreano, inglés, chino, japonés o español.",
    "question_long": "La pregunta tiene {count} caracteres; se admiten {most} como máximo.",
    "shorten": "Acórtela a lo que necesita saber.",
    "word_long": "Una palabra de la pregunta tiene {count} caracteres ({word}…).",
    "leave_out_pasted": "Quite lo pegado por error; nombre el equipo, la magnitud o el procedimiento que busca.",
    "names_nothing": "La pregunta no nombra nada que buscar.",
    "name_something": "Nombre el equipo, la magnitud o el procedimiento que busca.",
    "date_unreadable": "No se puede leer la fecha {date}.",
    "write_date": "Escríbala como 2024-06-01.",
    "no_filter": "No existe el filtro {field}.",
    "filter_by": "Filtre por {fields}.",
    "search_late": "La búsqueda no terminó en el tiempo de una pregunta.",
    "doctor_tells_index": "Inténtelo de nuevo; si persiste, `walkdown doctor` dice si el índice responde.",
    "queue_full": "El servidor atiende {running} preguntas y otras {waiting} esperan.",
    "ask_in_seconds": "Pregunte de nuevo en unos {seconds} segundos.",
    # the language model
    "llm_at": "El servidor del modelo de lenguaje en {url} {what}.",
    "llm_status": "El servidor del modelo de lenguaje en {url} {what} (estado {status}).",
    "shown_meanwhile": "{what}; mientras tanto se muestran los pasajes encontrados.",
    "prompt_long": "Lo que debe leer el modelo es más largo que su contexto.",
    "lower_prompt_chars": "Reduzca prompt_chars en el retrieval del campo.",
    "start_llm": "Inícielo con `walkdown models serve`, o ponga WALKDOWN_LLM en none para tener solo citas.",
    # the index
    "index_in_use": "El índice en {place} está {what}.",
    "wait_for_index": (
        "Es otra orden de walkdown, o un servidor en otra dirección. Espere a que termine o deténgalo. Varias "
        "órdenes a la vez necesitan un servidor en marcha (`walkdown serve`)."
    ),
    "index_failed": "El índice falló ({said}).",
    "rebuild_index": (
        "Inténtelo de nuevo; si persiste, detenga Walkdown, borre la carpeta `qdrant` de WALKDOWN_HOME y vuelva a "
        "cargar los documentos."
    ),
    "index_disk": "El disco de {place} tiene {free} MB libres; el índice necesita {wanted} MB.",
    "free_or_move": "Libere espacio, o ponga WALKDOWN_HOME en otro disco.",
    "index_directory": "No se puede usar la carpeta del índice ({said}).",
    "other_home": "Elija otro WALKDOWN_HOME.",
    "other_models": "El índice en {place} se creó con otros modelos ({said}).",
    "rebuild_with_models": (
        "Elija los modelos con que se creó (WALKDOWN_EMBEDDERS), o ejecute `walkdown index rebuild`."
    ),
    "qdrant_refused": "El servidor Qdrant en {url} no hizo lo pedido ({said}).",
    "check_qdrant": (
        "Compruebe que funciona, su dirección (WALKDOWN_QDRANT_URL o --to) y su clave; luego inténtelo de nuevo."
    ),
    "index_lacks": "El índice tiene {held} de los {listed} pasajes que figuran en el registro.",
    "ingest_lacking": "Ejecute `walkdown ingest` otra vez: se vuelve a cargar lo que falta.",
    "registry_empty": "El registro no conoce documentos, pero el índice tiene {held} pasajes.",
    "restore_registry": (
        "Recupere walkdown.db de una copia (WALKDOWN_DATABASE_URL), o ejecute `walkdown ingest` otra vez."
    ),
    # registry, records, disk
    "database_busy": "Otro programa ocupa la base de datos {place} ({said}).",
    "let_go_of_database": (
        "Termine lo que la ocupa (una carga, una copia, un editor con cambios sin guardar), o inténtelo en un minuto."
    ),
    "database_away": "La base de datos {place} no está disponible ({said}).",
    "start_database": (
        "Iníciela de nuevo o espere a que vuelva, y pregunte otra vez. WALKDOWN_DATABASE_URL dice dónde se busca."
    ),
    "database_unusable": "No se puede usar la base de datos {place} ({said}).",
    "check_database": (
        "Compruebe que funciona, que WALKDOWN_DATABASE_URL es correcta y que su disco tiene espacio y permite escribir."
    ),
    "database_denied": (
        "Permita leer y escribir este archivo y su carpeta al usuario que ejecuta Walkdown, o elija otro WALKDOWN_HOME."
    ),
    "database_damaged": (
        "Recupere el archivo de una copia; si no hay, bórrelo y cargue de nuevo (se pierden los registros de "
        "respuestas)."
    ),
    "database_full": "Libere espacio en el disco de este archivo; hasta leer lo necesita. Si lo hay, revise el disco.",
    "disk_low": "{place} tiene {free} GB libres; {what} necesitan {needed} GB.",
    "free_or_set": "Libere espacio, o ponga {setting} en una carpeta de otro disco.",
    "records_held": "{count} registros de respuestas no se pudieron escribir y están solo en memoria.",
    "free_for_records": "Libere espacio: se escribirán en 20 segundos; si antes se detiene el servidor, se pierden.",
    "unknown_without_registry": "Sin el registro no se sabe nada de ello.",
    "no_record": "No existe el registro {id}.",
    "check_id": "Compruebe el número.",
    "changed_meanwhile": "Entretanto otra persona cambió el campo {pack}.",
    "do_it_again": "Hágalo de nuevo; no se cambió nada.",
    # documents and pages
    "no_document": "El campo {pack} no tiene el documento {id}.",
    "documents_lists": "`walkdown documents {pack}` los enumera.",
    "no_passage": "El campo {pack} no tiene el pasaje {id}.",
    "search_anew": "Busque de nuevo: puede haber documentos más nuevos.",
    "original_missing": "No se conserva el original de {id} ({file}).",
    "ingest_original": "Cargue {file} otra vez; una línea de un archivo de registros no tiene original.",
    "blob_missing": "No se conserva el original {id}….",
    "blob_changed": "El original guardado {id}… cambió en el disco.",
    "delete_and_ingest": "Borre {path} y cargue el documento otra vez.",
    "ingest_document": "Cargue el documento otra vez.",
    "pdf_unopened": "El original no se puede abrir como PDF.",
    "look_if_damaged": "Ábralo en otro programa para ver si está dañado.",
    # packs
    "no_pack": "No existe el campo {name}.",
    "packs_are": "Los campos son {names}.",
    "none_installed": "No hay ningún campo instalado; configure WALKDOWN_PACKS.",
    "no_pack_loads": "No se puede cargar ningún campo.",
    "set_packs": "Ponga en WALKDOWN_PACKS una carpeta de campos.",
}
