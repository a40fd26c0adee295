"""Settings; everything that differs between places comes from the environment."""

import os
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.local import addresses, embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
LOCAL = embedded()
"""True on the embedded database: a newcomer's machine or a test, never a deployment."""
DEMO = env.bool("DEMO", default=LOCAL) and LOCAL
DEBUG = env.bool("DEBUG", default=False)


def _secret_key() -> str:
    """The configured key; on the local default one that is made once and kept in VAR_DIR."""
    configured = str(env("SECRET_KEY", default=""))
    if configured:
        return configured
    if not LOCAL:
        raise ImproperlyConfigured("Set SECRET_KEY or SECRET_KEY_FILE: it signs every session.")
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_celery_beat",
    "django_htmx",
    "csp",
    "journal",
    "pages",
    "accounts",
    "intake",
    "changes",
    "law",
    "registry",
    "grid",
    "cases",
    "crosschecks",
    "council",
    "outlook",
    "portal",
]
if find_spec("django_linear_migrations"):  # a developer's tool: makes clashing migrations visible
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "portal.health.HealthMiddleware",  # first: monitoring asks by address, before host checks
    "portal.middleware.CallerMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.PagePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ReaderMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "portal.middleware.HistoryMiddleware",
    "portal.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.navigation.shell",
            ],
        },
    },
]

# ── Database: the application role serves; the owner role migrates ──────────
if LOCAL:
    _local = addresses(VAR_DIR)
    _application_url, _owner_url, _redis_url = (
        _local.database_url,
        _local.owner_url,
        _local.redis_url,
    )
    _redis_url = env("REDIS_URL", default=_redis_url)
else:
    _application_url = env("DATABASE_URL")
    _owner_url = env("DATABASE_OWNER_URL", default=_application_url)
    _redis_url = env("REDIS_URL")

DATABASES = {
    "default": environ.Env.db_url_config(_application_url) | {"CONN_HEALTH_CHECKS": True},
    "owner": environ.Env.db_url_config(_owner_url),
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 15}
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASE_ROUTERS = ["portal.routers.OneDatabase"]
APPLICATION_ROLE = DATABASES["default"]["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Queue and cache ──────────────────────────────────────────────────────────
CELERY_BROKER_URL = _redis_url.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_SOFT_TIME_LIMIT = 3300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "portal.beat:Scheduler"
# beat_schedule stays empty: django-celery-beat rewrites the rows named in it at every start
# and would undo what was edited in the admin. `ensure_schedule` creates missing rows.
CELERY_TIMEZONE = "Asia/Almaty"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis_url,
    }
}
REDIS_URL = _redis_url

# ── Files ────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
LAKE_URL = env("LAKE_URL", default=str(VAR_DIR / "lake"))
GRID_ENGINE = env("GRID_ENGINE", default="local")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_PHOTO_BYTES = env.int("UPLOAD_PHOTO_BYTES", default=10 * 2**20)
UPLOAD_FILE_BYTES = env.int("UPLOAD_FILE_BYTES", default=20 * 2**20)
UPLOAD_FILES = env.int("UPLOAD_FILES", default=10)
READINGS_MAX_BYTES = env.int("READINGS_MAX_BYTES", default=2 * 2**30)
READINGS_FOLDER = env("READINGS_FOLDER", default="")  # one folder a supplier, named by its code
IMPORTS_MAX_BYTES = env.int("IMPORTS_MAX_BYTES", default=2**29)
TILE_URL = env("TILE_URL", default="")
LIST_FILES = env("LIST_FILES", default="10/min")  # lists that a person may take away as files

# ── People and sign-in ───────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
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
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation sent to it
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": env("OIDC_PROVIDER_ID", default="oidc"),
                    "name": env("OIDC_NAME", default="OpenID Connect"),
                    "client_id": env("OIDC_CLIENT_ID"),
                    "secret": env("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": env("OIDC_SERVER_URL")},
                }
            ]
        }
    }
    if "OIDC_CLIENT_ID" in os.environ
    else {}
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Opergroup"
SECOND_FACTOR_REQUIRED = not DEMO
INVITATION_DAYS = 14

# ── Transport and browser policies ──────────────────────────────────────────
_https = not env.bool("INSECURE_HTTP", default=LOCAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^health/"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
"""Whether exactly one proxy of ours stands before the web process; only then is it believed."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_tiles = [TILE_URL.split("/{", 1)[0]] if TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *_tiles],
        "font-src": [SELF],
        "connect-src": [SELF, *_tiles],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# django-unfold evaluates expressions (Alpine) and styles elements in place; only /admin/ may.
ADMIN_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}

# ── Language and place ───────────────────────────────────────────────────────
LANGUAGE_CODE = env("LANGUAGE_CODE", default="ru")
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
# Before the catalogues of Django and the libraries: "Cancel" or "verified" are our words here.
LOCALE_PATHS = [
    BASE_DIR / app / "locale"
    for app in (
        *("pages", "accounts", "journal", "intake", "law", "registry", "grid"),
        *("cases", "crosschecks", "council", "outlook", "portal"),
    )
]
TIME_ZONE = "Asia/Almaty"
USE_TZ = USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# ── API ──────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "journal.api.pages.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "1200/min"},
    "EXCEPTION_HANDLER": "journal.api.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Operational group portal",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ActKindEnum": "law.choices.ActKind",
        "RegistrationKindEnum": "registry.choices.Kind",
        "SupplyKindEnum": "registry.choices.SupplyKind",
        "ProposalKindEnum": "council.choices.ProposalKind",
        "SourceKindEnum": "cases.choices.SourceKind",
        "FigureUnitEnum": "cases.choices.FigureUnit",
        "ReadingUnitEnum": "grid.choices.Unit",
    },
}
KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105 - a model's name
REST_KNOX = {"TOKEN_MODEL": "accounts.ApiToken", "AUTH_HEADER_PREFIX": "Token"}

# ── Mail, admin, logs ────────────────────────────────────────────────────────
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", default="portal@localhost")
UNFOLD = {
    "SITE_TITLE": _("Operational group"),
    "SITE_HEADER": _("Operational group"),
    "SITE_SUBHEADER": _("Administration"),
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {"primary": {"500": "#0a5a8c", "600": "#0a5a8c", "700": "#084a73"}},
}
PGHISTORY_APPEND_ONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}

SENTRY_DSN = env("SENTRY_DSN", default="")
if SENTRY_DSN and "pytest" not in sys.modules:
    import sentry_sdk

    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False)
