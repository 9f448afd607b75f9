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
# The settings refuse to start without a key; collecting files needs none that is secret.
RUN SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --noinput

USER careerplan
EXPOSE 8000
VOLUME /var/lib/careerplan
CMD ["gunicorn", "careerplan.wsgi:application", "--config", "python:careerplan.serving", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--max-requests", "2000", "--max-requests-jitter", "200", \
     "--limit-request-line", "8190", "--timeout", "30", "--keep-alive", "5", "--worker-tmp-dir", "/dev/shm"]
