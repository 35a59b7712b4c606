# The lab in one container: docker build -t nnlab . && docker run --rm -p 8050:8050 nnlab
# Linted and run without Docker by: make image-check

FROM python:3.13-slim AS builder
WORKDIR /build
COPY requirements.txt requirements-dask.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
       -r requirements.txt -r requirements-dask.txt

FROM python:3.13-slim
COPY --from=builder /opt/venv /opt/venv
WORKDIR /app
COPY app.py gunicorn.conf.py ./
COPY assets ./assets
COPY nnlab ./nnlab

# Nothing is written: the root may be read-only, with a tmpfs on /tmp.
# NNLAB_WORKERS, NNLAB_THREADS, NNLAB_PUBLIC_URL, the address to give to a class, and NNLAB_DASK may be set too.
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE="1" \
    PYTHONUNBUFFERED="1" \
    NNLAB_BIND="0.0.0.0" \
    NNLAB_PORT="8050"

EXPOSE 8050
USER 10001:10001

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.build_opener(web.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['NNLAB_PORT'] + '/healthz', timeout=2)"]

CMD ["gunicorn", "app:server"]
