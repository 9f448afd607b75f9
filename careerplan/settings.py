"""Settings, read from the environment. docs/running.md lists every variable. What is wrong is said at the end, all at
once: `careerplan/environment.py`.

Production is the default; `DEBUG=1` is for developers, `TRIAL=1` for the one-command trial.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu.entity import Queue

from acknowledgments.rules.policy import RULE_SETS
from careerplan import connecting, environment, schedule
from careerplan.base import logs
from careerplan.base.patience import BEYOND_THE_SERVERS
from goals.fit.rules import LEAVING_EXPLORATION, SCOPES

DAY = 24 * 60 * 60  # seconds; settings that are times are bounded, or they would fail once they are used
BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = environment.flag("DEBUG")
TRIAL = environment.flag("TRIAL")
TESTING = environment.flag("TESTING")
IN_PRODUCTION = not (DEBUG or TRIAL or TESTING)

VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var", is_used=TRIAL)
PORT = environment.number("PORT", 8000, least=1, most=65535)  # of the trial

KEY_OF_NOBODY = "only-for-development-the-trial-and-tests-" + "x" * 24
SECRET_KEY = environment.key("SECRET_KEY", None if IN_PRODUCTION else KEY_OF_NOBODY)
# Former keys: what they signed is still read. A new key signs from now on.
SECRET_KEY_FALLBACKS = environment.former_keys("SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "careerplan.base.lost.token_ended"
# Who may say which address a request came from (careerplan/base/client.py): a number of proxies, or their addresses.
TRUSTED_PROXIES = environment.proxies("TRUSTED_PROXIES", required=IN_PRODUCTION)
# The address that links in e-mails lead to; e-mails are sent by a worker, which sees no request.
SITE_ADDRESS = environment.address("SITE_ADDRESS", f"http://127.0.0.1:{PORT}")

# gunicorn reads these itself (careerplan/web_server.py); every other process says what is wrong with them, too.
environment.number("WEB_CONCURRENCY", 2, least=1, most=64)
environment.number("WEB_READ_SECONDS", 20, least=1, most=600)

# --- the product's own settings -------------------------------------------------------------
# The demo people's password works only where this is not empty.
DEMO_PASSWORD = "careerplan-demo"
DEMO_SIGN_IN = DEBUG or TRIAL
AGENCY_NAME = environment.text("AGENCY_NAME", "State Workforce Agency")
# Which sources' rules say whether a change needs acknowledgment: wisconsin, illinois or both (AMB-X3).
ACKNOWLEDGMENT_RULES = environment.choice("ACKNOWLEDGMENT_RULES", RULE_SETS, "both")
# Removing a supportive service asks the customer; a local area may read the note of 12.7.8 otherwise (AMB-W3).
SUPPORT_REMOVAL_ACK = environment.flag("SUPPORT_REMOVAL_ACK", True)
# Supportive services, too, start only once an acknowledged version lists them (WI 8.3.1; AMB-W27).
GATE_SUPPORTIVE_SERVICES = environment.flag("GATE_SUPPORTIVE_SERVICES", True)
# An amount that differs by more dollars from what was signed asks the customer; 0: none does.
DOLLAR_CHANGE_LIMIT = environment.number("DOLLAR_CHANGE_LIMIT", 0, most=1_000_000)
# A service that only an assessment asks for may start early, with a note and the supervisor's name (AMB-W17).
EARLY_DELIVERY_BY_ASSESSMENT = environment.flag("EARLY_DELIVERY_BY_ASSESSMENT", False)
# The first IEP waits for a comprehensive or specialized assessment, too; otherwise its lack is a warning (WIS-010).
REQUIRE_COMPREHENSIVE_ASSESSMENT = environment.flag("REQUIRE_COMPREHENSIVE_ASSESSMENT", False)
# Of which IEPs the job fit review is required: of who leaves career exploration, all, or off (AMB-W1).
JOB_FIT_SCOPE = environment.choice("JOB_FIT_SCOPE", SCOPES, LEAVING_EXPLORATION)
# How paper may become a file: a comma-separated list of scan, photo, fax, other; all where empty (WIS-081).
PAPER_CAPTURES = environment.words("PAPER_CAPTURES", choices=("scan", "photo", "fax", "other"))
DESK_SIGNING = environment.choice("DESK_SIGNING", ("sign_in", "birth_date_and_email"), "sign_in")  # who is there
# So many days after the start of a placement it is followed up (ILL-156 to ILL-160).
FOLLOW_UP_DAYS = environment.numbers("FOLLOW_UP_DAYS", (30, 60, 90, 180, 270), least=1, most=1000)
# A plan of more rows than this is printed by a worker, never inside a page's request.
PRINT_IN_REQUEST_ROWS = environment.number("PRINT_IN_REQUEST_ROWS", 150, most=100_000)
UPLOAD_LIMIT_BYTES = environment.number("UPLOAD_LIMIT_BYTES", 10 * 1024 * 1024, least=1, most=1024**3)
# Where clamd listens ("host:port" or the path of its socket); with one, each file is shown to it before it is taken.
CLAMD_ADDRESS = environment.socket_address("CLAMD_ADDRESS")
CLAMD_SECONDS = environment.number("CLAMD_SECONDS", 20, least=1, most=600)
# The key that signs filed papers (a PKCS#12 file); without one they are filed unsigned.
FORM_SEAL_KEY_FILE = environment.file("FORM_SEAL_KEY_FILE")
FORM_SEAL_KEY_PASSWORD = environment.secret("FORM_SEAL_KEY_PASSWORD")
# Who runs what must follow a change: "celery", or "relay" (the trial's child process, `manage.py relay`).
BACKGROUND = environment.choice("BACKGROUND", ("celery", "relay"), "relay" if TRIAL else "celery")

INSTALLED_APPS = [
    "careerplan",
    "careerplan.base",
    "careerplan.accounts",
    "careerplan.messaging",
    "careerplan.imports",
    "customers",
    "careerplan.plans",
    "goals",
    "services",
    "worksites",
    "acknowledgments",
    "careerplan.reports",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "simple_history",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "careerplan.base.middleware.RequestNumberMiddleware",
    "careerplan.base.problems.ProblemMiddleware",
    "careerplan.base.health.probes.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "careerplan.base.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "careerplan.base.private.PrivateMiddleware",
    "careerplan.base.bodies.BodyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "careerplan.base.middleware.TextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "acknowledgments.views.held.DeskMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "careerplan.base.lost.LostPostMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "careerplan.accounts.middleware.SessionTimeMiddleware",
    "careerplan.accounts.middleware.PreferencesMiddleware",
    "careerplan.accounts.scope.ScopeMiddleware",
    "careerplan.base.trouble.TroubleMiddleware",
    "careerplan.base.middleware.RefusalMiddleware",
]
if DEBUG or TESTING:  # a page that is asked with GET can't write
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware"),
        "careerplan.base.readonly.ReadOnlyMiddleware",
    )

ROOT_URLCONF = "careerplan.urls"
WSGI_APPLICATION = "careerplan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "careerplan.base.templatetags.direction",
                "careerplan.base.templatetags.pills",
                "careerplan.base.templatetags.quick",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerplan.context.product",
            ],
        },
    }
]

# Widgets, too, are written by these templates (templates/django/forms).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# base/templatetags/i18n.py takes the place of Django's.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- data -------------------------------------------------------------------------------------
if IN_PRODUCTION:  # an empty database of SQLite would be taken for a new installation
    where = "say where the database is, as postgres://user:password@host:port/name"
    environment.require("DATABASE_URL", where, in_file=True)
DATABASE_STATEMENT_TIMEOUT_MS = environment.number("DATABASE_STATEMENT_TIMEOUT_MS", 10_000, most=DAY * 1000)
# No limit there is none here; one in the options of DATABASE_URL has to be said here, too.
DATABASE_ANSWER_SECONDS = DATABASE_STATEMENT_TIMEOUT_MS and DATABASE_STATEMENT_TIMEOUT_MS / 1000 + BEYOND_THE_SERVERS
DATABASES = {
    "default": connecting.database(
        environment.secret("DATABASE_URL", f"sqlite://{VAR_DIR / 'trial.sqlite3'}"),
        password=environment.secret("DATABASE_PASSWORD"),
        statement_timeout_ms=DATABASE_STATEMENT_TIMEOUT_MS,
        kept_seconds=environment.number("DATABASE_CONNECTION_SECONDS", 60, most=DAY),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_DATE_INDEX = False
SIMPLE_HISTORY_REVERT_DISABLED = True
MEDIA_ROOT = environment.folder("MEDIA_ROOT", VAR_DIR / "uploads")
STORAGES = {
    "default": {"BACKEND": "careerplan.base.files.FileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TRIAL or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Held in memory while it is read: where the disk is full nothing of what was typed beside a file is lost. Larger ones
# than an installation usually takes are spooled.
FILE_UPLOAD_MAX_MEMORY_SIZE = min(UPLOAD_LIMIT_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE, 32 * 1024 * 1024)

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["careerplan.accounts.sign_in.SignInBackend"]
PASSWORD_HASHERS = [
    "careerplan.accounts.hashing.Argon2",
    "careerplan.accounts.hashing.PBKDF2",
]
# In one process: each takes 100 MiB and a core for a third of a second. Who gets no turn is asked to try again.
PASSWORD_HASHES_AT_ONCE = environment.number("PASSWORD_HASHES_AT_ONCE", 2, least=1, most=64)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "careerplan.accounts.passwords.NotEasyToGuess"},
    {"NAME": "careerplan.accounts.sign_in.NotTheDemoPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "careerplan.accounts.sign_in.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "careerplan.accounts.forms.SignInForm",
    "reset_password": "careerplan.accounts.forms.ForgottenPasswordForm",
    "change_password": "careerplan.accounts.forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Tries are counted in the database (careerplan/accounts/tries.py). allauth counts the rest in the cache.
ACCOUNT_RATE_LIMITS: dict[str, str | None] | bool = (
    False
    if TESTING
    else {
        "login": None,
        "login_failed": None,
        "reset_password": None,
        "change_password": None,
        "reset_password_from_key": "100/m/ip",
    }
)
# 30 minutes without a request end a session (NIST SP 800-63B-4, AAL2; TEGL 39-11).
SESSION_COOKIE_AGE = environment.number("SESSION_IDLE_SECONDS", 30 * 60, least=60, most=DAY)
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db" if not (TRIAL or DEBUG) else "django.contrib.sessions.backends.db"
)

# --- words and times --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# What an agency says in its own words comes before ours: "case manager", "participant" (AMB-X5).
LOCALE_PATHS = [*environment.locale_folders("WORDS_FOLDER"), BASE_DIR / "careerplan" / "locale"]
FORMAT_MODULE_PATH = ["careerplan.formats"]
TIME_ZONE = environment.time_zone("TIME_ZONE", "America/Chicago")
USE_TZ = True

# --- files that browsers fetch ----------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or TRIAL or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- mail, queue, cache -----------------------------------------------------------------------
MAIL_DIR = VAR_DIR / "mail"
if IN_PRODUCTION:
    environment.require("EMAIL_HOST", "say which mail server takes the product's e-mails, localhost for this machine")
    environment.require("DEFAULT_FROM_EMAIL", "say whom e-mails are from, as CareerPlan <no-reply@example.org>")
DEFAULT_FROM_EMAIL = environment.sender("DEFAULT_FROM_EMAIL", "CareerPlan <no-reply@careerplan.test>")
if not IN_PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
else:
    EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
    EMAIL_HOST = environment.host("EMAIL_HOST", "localhost")
    EMAIL_PORT = environment.number("EMAIL_PORT", 25, least=1, most=65535)
    EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = environment.secret("EMAIL_HOST_PASSWORD")
    if bool(EMAIL_HOST_USER) != bool(EMAIL_HOST_PASSWORD):  # Django would sign in as nobody
        environment.fault("EMAIL_HOST_USER and EMAIL_HOST_PASSWORD belong together: set both of them, or neither.")
    EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")

# Text messages that say that something waits (careerplan/messaging/texts.py): none, written to files, or by a gateway.
TEXT_MESSAGES = environment.choice("TEXT_MESSAGES", ("none", "files", "gateway"), "none" if IN_PRODUCTION else "files")
TEXT_MESSAGES_DIR = VAR_DIR / "text-messages"
TEXT_MESSAGES_URL = environment.page("TEXT_MESSAGES_URL")
TEXT_MESSAGES_TOKEN = environment.secret("TEXT_MESSAGES_TOKEN")
TEXT_MESSAGES_FROM = environment.text("TEXT_MESSAGES_FROM")
if TEXT_MESSAGES == "gateway" and not (TEXT_MESSAGES_URL and TEXT_MESSAGES_TOKEN and TEXT_MESSAGES_FROM):
    environment.fault("TEXT_MESSAGES is gateway: set TEXT_MESSAGES_URL, TEXT_MESSAGES_TOKEN and TEXT_MESSAGES_FROM.")

# Sources of the feed of services that may be asked (services/feed/asking.py): hosts, as name or name:port; tokens, as
# code=token; and the folder with the files of those that write one.
FEED_HOSTS = environment.words("FEED_HOSTS")
FEED_TOKENS = dict(pair.split("=", 1) for pair in environment.secret("FEED_TOKENS").split() if "=" in pair)
FEED_FOLDER = environment.folder("FEED_FOLDER", VAR_DIR / "feed", is_used=False)

REDIS_URL = environment.redis("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "redis://127.0.0.1:6379/0"
CELERY_TASK_IGNORE_RESULT = True
# A worker without --queues takes both. E-mails have one of their own: a mail server that is slow holds up no paper.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"careerplan.messaging.tasks.*": {"queue": "mail"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# The memory that papers take is another process's, which begins anew by itself (acknowledgments/paper/renderer.py).
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page must not wait for a queue that is down: half a second, one retry, then the sweep takes over.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 1}
CELERY_REDIS_SOCKET_TIMEOUT = 5.0
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = schedule.SCHEDULE
CACHES = {
    "default": {
        "BACKEND": "careerplan.base.cache.OptionalRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cp",
        "OPTIONS": {
            "serializer": "careerplan.base.cache.JSONSerializer",
            "socket_timeout": 0.5,
            "socket_connect_timeout": 0.5,
        },
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- security ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
# On which devices a person signed in before (careerplan/accounts/known_devices.py).
DEVICE_COOKIE_NAME = "device"
MESSAGES_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "careerplan.base.said.Storage"
if IN_PRODUCTION:
    SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 31_536_000, most=10 * 365 * DAY)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    DEVICE_COOKIE_NAME = "__Host-device"
    # Browsers take a cookie of such a name from this very host only, over TLS: no neighbour sets one for us.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-django_language"
    MESSAGES_COOKIE_NAME = "__Host-messages"

# --- logs and alarms --------------------------------------------------------------------------
# json: a line of JSON for each record; text: for a person's eyes.
LOG_FORMAT = environment.choice("LOG_FORMAT", logs.FORMATS, "text" if DEBUG or TRIAL or TESTING else "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = logs.configuration(LOG_FORMAT, environment.choice("LOG_LEVEL", LOG_LEVELS, "WARNING"))
# Who is told by e-mail, past the outbox, when something is out of bounds (base/health); nobody where empty.
ALARM_ADDRESS = environment.mailboxes("ALARM_ADDRESS")

environment.refuse_faults()
