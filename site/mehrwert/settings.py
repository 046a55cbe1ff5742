"""Settings of the site: everything that differs between machines is read here, once, from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

env = environ.FileAwareEnv()
env.CACHE_SCHEMES["filecache"] = "foundation.caching.files.FileCache"

# --- Where run-time data lives ---------------------------------------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))

# --- Mode, keys and addresses ----------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set (or SECRET_KEY_FILE does not name a file that holds it).")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

PORT = env.int("PORT", default=8000)
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_base = urlsplit(BASE_URL)
if _base.scheme not in {"http", "https"} or not _base.hostname:
    raise ImproperlyConfigured("BASE_URL must be an http or https address such as https://www.example.org")
IS_HTTPS = _base.scheme == "https"
if DEBUG and IS_HTTPS:
    raise ImproperlyConfigured("DEBUG must be off where BASE_URL is https: error pages would show secrets.")
if IS_HTTPS and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters where BASE_URL is https.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_base.hostname, "localhost", "127.0.0.1"])
WAGTAILADMIN_BASE_URL = BASE_URL

# --- Applications ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "mehrwert",
    "home",
    "booking",
    "courses",
    "offices",
    "foundation",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "recurrence",
    "csp",
    "django_q",
    "django_mail_viewer",
    "django_mail_viewer.backends.database",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "foundation.middleware.SecurityHeadersMiddleware",
    "foundation.middleware.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.caching.pages.PageCacheMiddleware",
    "foundation.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "foundation.sites.SiteMiddleware",
]

ROOT_URLCONF = "mehrwert.urls"
WSGI_APPLICATION = "mehrwert.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context.site_frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database --------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
# To open SQLite's file anew, with functions and schema, would cost each request five empty views.
_database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers and one writer work side by side; IMMEDIATE takes the write lock at BEGIN, so that no
    # transaction fails half-way with "database is locked" when a read turns into a write.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {}).setdefault("options", "-c lock_timeout=10s -c statement_timeout=30s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "foundation.caching.backend.ForgivingCache", "LOCATION": "shared"},
    # Kept pages and the parts of which they are made: Django's own 300 entries would throw some out all the time.
    "shared": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}?max_entries=2000"),
    # What a process notes for itself alone, such as the worker's heartbeat.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# What was erased on wish, beside the database: an older backup of it does not know (docs/betrieb.md).
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", default=str(VAR_DIR / "erasures.log")))

# The files of all courses that the worker writes each night and the site offers.
OPEN_DATA_DIR = Path(env.str("OPEN_DATA_DIR", default=str(VAR_DIR / "offene-daten")))

# --- Language and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
# As foundation/languages.py has them.
LANGUAGES = [("de", "Deutsch"), ("en", "Englisch"), ("de-simple", "Leichte Sprache")]
LOCALE_PATHS = [ROOT / "site" / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
# Recurrences say on which days; they are naive all the way and never leave the wall clock.
RECURRENCE_USE_TZ = False

# --- Static files and media ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mehrwert.storage.HashedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- People and access -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "foundation.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# `load_demo` gives it to the accounts that it makes; there is no default.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")

# --- Wagtail ---------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "MehrWert"
# Pages have languages all the same: docs/decisions/languages.md says why Wagtail's own routing by language is off.
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Times in the admin are those of the offices, whatever zone a profile names.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# As people type it; the fields make what they cannot read the present moment.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "foundation.CreditedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "foundation.image_forms.CreditedImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "foundation.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "foundation.document_forms.SiteDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
WAGTAILADMIN_USER_LOGIN_FORM = "foundation.forms.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "foundation.forms.QueuedPasswordResetForm"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {
    # Pages stem their words themselves (foundation.searching), alike on both databases.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "foundation.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
TAGGIT_CASE_INSENSITIVE = True

# --- Mail and background work ----------------------------------------------------------------------------------
# Whatever the site sends is first written to the outbox, in the transaction that causes it; the worker hands it on.
EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
LETTERS_STAY_IN_HOUSE = not env.str("EMAIL_URL", default="")
if not LETTERS_STAY_IN_HOUSE:
    _email = env.email_url("EMAIL_URL")
    OUTBOX_TRANSPORT = _email.pop("EMAIL_BACKEND")
    EMAIL_HOST = _email.get("EMAIL_HOST")
    EMAIL_PORT = _email.get("EMAIL_PORT")
    EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
    EMAIL_FILE_PATH = _email.get("EMAIL_FILE_PATH")
else:
    # Without a mail server the letters stay in the house and can be read at /admin/briefkasten/.
    OUTBOX_TRANSPORT = "django_mail_viewer.backends.database.backend.EmailBackend"
EMAIL_TIMEOUT = 20
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="mehrwert.example")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"MehrWert <termine@{MAIL_DOMAIN}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
# Who approves is in a group for it: a superuser in such a group would get two mails for each page.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

# Where a mail server hands in answers to invitations; without it there is no such address (docs/betrieb.md).
REPLY_WEBHOOK_TOKEN = env.str("REPLY_WEBHOOK_TOKEN", default="")
if REPLY_WEBHOOK_TOKEN and len(REPLY_WEBHOOK_TOKEN) < 32:
    raise ImproperlyConfigured("REPLY_WEBHOOK_TOKEN must have at least 32 characters.")
# The mailbox that they arrive in: imaps://name:word@host/folder. Without it nothing is fetched.
REPLY_MAILBOX_URL = env.str("REPLY_MAILBOX_URL", default="")
if REPLY_MAILBOX_URL and urlsplit(REPLY_MAILBOX_URL).scheme != "imaps":
    raise ImproperlyConfigured("REPLY_MAILBOX_URL must begin with imaps://")

# One second after another the worker asks the database for tasks. One whose process died is handed out again after
# `retry` seconds: more than three times `timeout`, as one task runs, one waits and one is on its way at any time. One
# that takes longer (see below) may be handed out beside itself, and minds. PostgreSQL lets a second process write while
# one takes courses in, so that mails do not wait for it; SQLite does not.
Q_CLUSTER = {
    "name": "mehrwert",
    "label": "Hintergrundaufgaben",
    "orm": "default",
    "cache": "process",
    "workers": 1 if _database["ENGINE"] == "django.db.backends.sqlite3" else 2,
    "queue_limit": 1,
    "bulk": 1,
    "poll": 1,
    "guard_cycle": 1,
    "timeout": 90,
    "retry": 280,
    "recycle": 500,
    "ack_failures": True,
    "max_attempts": 2,
    "catch_up": False,
    "save_limit": 100,
}

# Seconds for a task of which everybody knows that it may take long: files with courses.
LONG_TASK_SECONDS = 1800

# --- Courses ---------------------------------------------------------------------------------------------------
# A full catalogue takes away what is absent; where it is more than so many percent of a provider's courses, it asks.
COURSE_IMPORT_MOST_GONE = env.int("COURSE_IMPORT_MOST_GONE", default=30)
# Days for which the rows of a report stay, and with them the chance to take the whole file back.
COURSE_IMPORT_REPORT_DAYS = env.int("COURSE_IMPORT_REPORT_DAYS", default=90)

# --- Addresses that people give us, such as that of their calendar ------------------------------------------------
# Only for tests: `127.0.0.1:5232` may be asked although it is inside. `check --deploy` refuses it.
FETCHING_ALLOWED_INSIDE = env.list("FETCHING_ALLOWED_INSIDE", default=[])

# --- Security --------------------------------------------------------------------------------------------------
ADMIN_PATH = "/admin/"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
# Wagtail's own admin works only with inline scripts and styles; the looser policy ends at the admin's path.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# The list of courses that others show in a frame of theirs: no script, no picture, no form, nothing but its sheet.
# Theirs are the sites of the seven districts, unless somebody says otherwise.
_DISTRICTS = (
    *("lkclp.de", "landkreis-vechta.de", "diepholz.de", "lk-nienburg.de"),
    *("schaumburg.de", "hameln-pyrmont.de", "landkreis-holzminden.de"),
)
EMBEDDING_SITES = env.list(
    "EMBEDDING_SITES", default=[f"https://{www}{host}" for host in _DISTRICTS for www in ("", "www.")]
)
EMBEDDED_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": EMBEDDING_SITES or [NONE],
}
# Where holes are reported (RFC 9116): a mailto:, https: or tel: address.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:sicherheit@{MAIL_DOMAIN}")
# Off where a copy of the site is tried out: robots.txt then keeps all search engines away.
SEARCH_ENGINES = env.bool("SEARCH_ENGINES", default=True)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "foundation.views.csrf_failure"
if IS_HTTPS:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # A probe asks from the machine itself, without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz"]
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
# How many reverse proxies stand before the site; only then are their headers believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: no personal data, no tokens -------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "foundation.logs.MaskSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Addresses of 4xx answers may hold tokens and are nobody's news; 5xx come with their traceback.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        # Whoever asks for a foreign host has the answer 400; scanners would fill the log with tracebacks.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
        # gunicorn drops the body of every answer to HEAD, as it must, and says so every time.
        "gunicorn.http.wsgi": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django-q": {"handlers": [], "level": "WARNING", "propagate": True},
        "django_tasks": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
