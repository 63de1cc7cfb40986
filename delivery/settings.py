"""Settings, read from the environment.

SECRET_KEY             50 characters or more; unset: the one that run.py keeps in DATA_DIR
DEBUG                  off unless set
HTTPS                  on: secure cookies, HSTS and redirect; off only on a loopback machine
ALLOWED_HOSTS          comma-separated host names
BASE_URL               where people find it, for links in mails: https://headway.example.org
CSRF_TRUSTED_ORIGINS   comma-separated origins, where a proxy changes the host
DATA_DIR               where the embedded database and queue live (default: var/)
DATABASE_URL           postgres://… for production; unset: SQLite under DATA_DIR
REDIS_URL              redis://… for production; unset: a queue of files under DATA_DIR
EMAIL_URL              smtp://… ; unset: mail is written to the log
LOG_LEVEL              INFO unless set
CONFIDENTIAL_KEYS      comma-separated keys of confidential texts; the first encrypts, all open
CONFIDENTIAL_KEYS_FILE file with those keys; both unset: the one that run.py keeps in DATA_DIR
COALITION_RETENTION_MONTHS  months a coalition outlives its aspiration; 12 unless set
ADMINISTRATORS_SECOND_FACTOR  whether administrators sign in with one; as HTTPS unless set
OIDC_ISSUER            the organisation's sign-in: address of an OpenID Connect provider, with
OIDC_CLIENT_ID         the name and
OIDC_CLIENT_SECRET     the secret it gave us,
OIDC_NAME              what people call it, and
OIDC_ORIGINS           other origins that its pages lead through, comma-separated
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=True)
_kept = DATA_DIR / "secret-key"
SECRET_KEY = env.str("SECRET_KEY", default="for-debugging-on-your-machine" if DEBUG else "")
if not SECRET_KEY and _kept.is_file():
    SECRET_KEY = _kept.read_text(encoding="utf-8").strip()
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to 50 or more random characters, "
        "or start Headway with `python3 run.py`, which makes one and keeps it."
    )
# Without a key confidential pages stay closed and everything else works.
CONFIDENTIAL_KEYS = env.list("CONFIDENTIAL_KEYS", default=[])
_kept = Path(env.str("CONFIDENTIAL_KEYS_FILE", default="") or DATA_DIR / "confidential-key")
if not CONFIDENTIAL_KEYS and _kept.is_file():
    CONFIDENTIAL_KEYS = _kept.read_text(encoding="utf-8").replace(",", " ").split()
# A coalition is destroyed so many months after its aspiration was retired.
COALITION_RETENTION_MONTHS = env.int("COALITION_RETENTION_MONTHS", default=12)
if not 1 <= COALITION_RETENTION_MONTHS <= 1200:
    raise ImproperlyConfigured(
        f"COALITION_RETENTION_MONTHS is {COALITION_RETENTION_MONTHS}. Set it to a number of "
        "months from 1 to 1200, or leave it out: 12."
    )
# Confidential pages open to whoever has shown within this time who they are.
CONFIDENTIAL_PROOF_SECONDS = 15 * 60
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Never from a request: whoever sends one could name a host of their own in our mails.
BASE_URL = env.str("BASE_URL", default="")
BASE_URL_IS_SET = bool(BASE_URL)
if not BASE_URL:
    _host = next((name for name in ALLOWED_HOSTS if name[:1] not in {"*", ".", "["}), "localhost")
    _port = env.str("PORT", default="8000")
    BASE_URL = f"https://{_host}" if HTTPS else f"http://localhost:{_port}"

# ------------------------------------------------------------------ rooms and libraries
INSTALLED_APPS = [
    "people",
    "aspirations",
    "coalitions",
    "reviews",
    "routines",
    "delivery",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "knox",
]
MIDDLEWARE = [
    "people.middleware.RequestIds",
    "delivery.middleware.ClosedFeatures",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "delivery.middleware.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.SessionLimits",
    "people.middleware.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "delivery.middleware.PrivateResponses",
]
ROOT_URLCONF = "delivery.urls"
WSGI_APPLICATION = "delivery.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "delivery.context_processors.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# ------------------------------------------------------------------ database, cache, sessions
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/headway.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Sign-in limits and sessions live in the database: a lost Redis signs nobody out.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Rendered pages, in the memory of each process: `delivery/kept.py` says why none is ever old.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 15 * 60,
        "OPTIONS": {"MAX_ENTRIES": 200, "CULL_FREQUENCY": 4},
    },
}
SHAPING_COOKIES = ("theme", "keys")
"""What a reader chose for this browser alone, and the frame of every page shows."""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
# What a message says is for who was signed in: it goes with the session, not with the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ------------------------------------------------------------------ jobs
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    # A broker that hangs holds a page for one such wait: the bell does not try twice.
    "socket_timeout": 1.5,
    "socket_connect_timeout": 1.5,
    "max_retries": 0,
    "visibility_timeout": 600,
}
if not REDIS_URL:
    _queue = DATA_DIR / "broker"
    for _name in ("messages", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "judge what is due": {"task": "aspirations.judge_stale", "schedule": 60.0},
    "mark what time has made late": {"task": "aspirations.mark_overdue", "schedule": 3600.0},
    "write the files asked for": {"task": "people.write_exports", "schedule": 60.0},
    "mail what waits": {"task": "delivery.send_digests", "schedule": 900.0},
    "destroy what was kept long enough": {"task": "reviews.destroy_old", "schedule": 3600.0},
    "destroy coalitions kept long enough": {
        "task": "coalitions.destroy_old",
        "schedule": 3600.0,
    },
}
# From this hour on, UTC, mails tell what waits to those who chose so.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)
# A claim on stale series lapses after this many seconds, so a killed worker loses nothing.
JUDGE_CLAIM_SECONDS = env.int("JUDGE_CLAIM_SECONDS", default=180)
JUDGE_CHUNK = env.int("JUDGE_CHUNK", default=5000)

# ------------------------------------------------------------------ people and access
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.signing_in.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How often, and counted by what. The last two stand for pages of our own.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # codes of a second factor count here too, by person
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "invite": "60/h/user",
    "accept_invitation": "20/m/ip",
}
# Behind a proxy that sets X-Forwarded-For, say how many proxies to trust.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
ADMINISTRATORS_SECOND_FACTOR = env.bool("ADMINISTRATORS_SECOND_FACTOR", default=HTTPS)
INVITATION_DAYS = 14
MFA_ADAPTER = "people.signing_in.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Headway"
MFA_FORMS = {
    "add_webauthn": "people.forms.sign_in.AddPasskey",
    "edit_webauthn": "people.forms.sign_in.RenamePasskey",
    "login_webauthn": "people.forms.sign_in.SignInByPasskey",
    "authenticate_webauthn": "people.forms.sign_in.GivePasskey",
    "reauthenticate_webauthn": "people.forms.sign_in.GivePasskeyAgain",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
# Nobody signs up by the organisation's sign-in: it opens accounts that exist.
OIDC = {
    "issuer": env.str("OIDC_ISSUER", default=""),
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "client_secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "name": env.str("OIDC_NAME", default="your organisation"),
}
OIDC_ORIGINS = env.list("OIDC_ORIGINS", default=[])
if OIDC["issuer"]:
    OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC["issuer"])), *OIDC_ORIGINS]
else:
    OIDC = {}
SOCIALACCOUNT_ADAPTER = "people.signing_in.social.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False

# ------------------------------------------------------------------ interface for programs
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.api.signing_in.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["people.gate.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["people.api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["people.api.parsing.StrictJson"],
    "DEFAULT_SCHEMA_CLASS": "people.api.refusals.Described",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "people.api.throttles.CallerThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "1200/min"},
    # Without this anyone could name a new address in X-Forwarded-For with each request.
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
KNOX_TOKEN_MODEL = "people.Token"  # noqa: S105 — a model, no secret
# Its own table is not ours; without this it would be made and stand in the way of people's rows.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "TOKEN_TTL": timedelta(days=90),
    "AUTO_REFRESH": False,
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "hw_",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Headway",
    "VERSION": "1",
    "DESCRIPTION": "Aspirations, metrics, observations and judgments of the systems you may read.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "Light": "aspirations.models.judgments.Light",
        "Agreement": "aspirations.models.trajectories.Agreement",
        "AspirationStatus": "aspirations.models.aspirations.Aspiration.Status",
        "SystemKind": "people.models.systems.System.Kind",
    },
}

# ------------------------------------------------------------------ words and times
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ------------------------------------------------------------------ static files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "delivery.finders.PackageFinder",
]
# A trial on one's own machine does without compression, which takes half a minute.
_static = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if HTTPS
    else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
# No address serves this folder: each file is given by a view that asks who may take it.
MEDIA_ROOT = DATA_DIR / "media"

# ------------------------------------------------------------------ web hardening
# Plotly writes one empty style element and one of its own rules; both are allowed by their hash.
PLOTLY_STYLES = [
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", *PLOTLY_STYLES],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        # A form that signs in by way of the organisation ends at its pages.
        "form-action": ["'self'", *OIDC_ORIGINS],
    }
}
# Forms that name every metric of a system hold two fields for each; Django takes 1,000 in all.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "delivery.views.front.open_too_long"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# ------------------------------------------------------------------ mail and logs
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="headway@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "filters": {"without secrets": {"()": "delivery.logs.WithoutSecrets"}},
    # TRAP: a filter counts for lines of its very logger, not for those of loggers beneath it.
    "loggers": {
        "django.server": {"level": "INFO", "propagate": True, "filters": ["without secrets"]},
        "django.request": {"filters": ["without secrets"]},
        "django.security.csrf": {"filters": ["without secrets"]},
        # At DEBUG it writes whole contexts into the log, what a form held at a fault among them.
        "django.template": {"level": "INFO"},
    },
}
