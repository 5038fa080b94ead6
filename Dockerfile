# Calmdesk in a container: no build tools in the final image, not run as root.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/calmdesk && /opt/calmdesk/bin/pip install --no-cache-dir uv
COPY requirements/run.lock requirements/run.lock
RUN VIRTUAL_ENV=/opt/calmdesk /opt/calmdesk/bin/uv pip install --no-cache --require-hashes -r requirements/run.lock
COPY . .
RUN VIRTUAL_ENV=/opt/calmdesk /opt/calmdesk/bin/uv pip install --no-cache --no-deps .

FROM python:3.12-slim
COPY --from=build /opt/calmdesk /opt/calmdesk
RUN useradd --create-home calmdesk && mkdir /data && chown calmdesk /data
USER calmdesk
ENV CALMDESK_DATA_DIR=/data CALMDESK_HOST=0.0.0.0 PATH=/opt/calmdesk/bin:$PATH
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=4)"
CMD ["calmdesk", "serve"]
