# One image for server, UI and commands. The encoders' weights are inside, so a container needs no network.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.lock ./
RUN pip install -qq --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY platform platform
COPY ingestion ingestion
COPY eval eval
COPY ui ui
COPY domains domains
RUN pip install -qq --no-deps --editable .
ENV WALKDOWN_CACHE=/cache
RUN walkdown models pull e5-small && walkdown models pull use-multilingual

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    WALKDOWN_HOME=/data WALKDOWN_CACHE=/cache
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        tesseract-ocr tesseract-ocr-kor tesseract-ocr-jpn tesseract-ocr-chi-sim tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home walkdown && install -d -o walkdown -g walkdown /data
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY --from=build --chown=walkdown:walkdown /cache /cache
WORKDIR /app
USER walkdown
VOLUME /data
CMD ["walkdown", "serve"]
