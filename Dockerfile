# One image for the web, the worker and the scheduler; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

# WeasyPrint prints with Pango.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
        fonts-droid-fallback fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/careerplan
RUN useradd --system --uid 10001 --create-home careerplan \
    && install --directory --owner careerplan --group careerplan /var/lib/careerplan
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --no-compile --disable-pip-version-check --require-hashes -r requirements.txt

COPY manage.py ./
COPY careerplan careerplan
COPY customers customers
COPY goals goals
COPY services services
COPY worksites worksites
COPY acknowledgments acknowledgments
COPY templates templates
COPY static static
# The settings refuse to start without these; collecting files needs none that is secret, and asks no server.
RUN SECRET_KEY=only-while-the-image-is-built-and-never-after TRUSTED_PROXIES=0 \
    DATABASE_URL=postgres://nobody@127.0.0.1:9/none EMAIL_HOST=mail.invalid DEFAULT_FROM_EMAIL=nobody@mail.invalid \
    python manage.py collectstatic --noinput

USER careerplan
EXPOSE 8000
VOLUME /var/lib/careerplan
CMD ["gunicorn", "--config", "python:careerplan.web_server"]
