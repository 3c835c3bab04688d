"""Django's settings. What an institution chooses is in its profile, secrets in ``var``."""

import os
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from evenhand.base import profile
from evenhand.config import database

PROJECT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("EVENHAND_VAR") or PROJECT / "var")

_secrets = database.read_secrets(VAR)
SECRET_KEY = os.environ.get("EVENHAND_SECRET_KEY") or _secrets.get("secret_key", "")
#: Keys the hashes of receipts; losing it makes every receipt unreadable.
EVENHAND_RECEIPT_KEY = os.environ.get("EVENHAND_RECEIPT_KEY") or _secrets.get("receipt_key", "")

_profile = os.environ.get("EVENHAND_PROFILE") or "cn-county"
EVENHAND_PROFILE_FOLDER = (
    Path(_profile).resolve() if "/" in _profile else PROJECT / "profiles" / _profile
)
_loaded = profile.cached(EVENHAND_PROFILE_FOLDER)
EVENHAND_BODY_NAME = _loaded.names
EVENHAND_INSTRUMENT_KEYS = [
    {"key": i.key, "title": i.title, "name_en": i.name_en, "name_zh": i.name_zh}
    for i in _loaded.instruments
]

#: The role this process connects as; the command-line entry sets ``owner`` for migrations.
DATABASE_ROLE = os.environ.get("EVENHAND_DATABASE_ROLE", "app")
_where = database.connection(DATABASE_ROLE, VAR)
EVENHAND_APP_ROLE = database.connection("app", VAR).user
EVENHAND_POOL = os.environ.get("EVENHAND_POOL", "0") == "1"
DATABASES = {"default": _where.django(pool=EVENHAND_POOL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
#: ``demo`` relaxes what needs HTTPS, on a machine of one's own; anything else is production.
DEMO = os.environ.get("EVENHAND_MODE") == "demo"
ALLOWED_HOSTS = os.environ.get("EVENHAND_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("EVENHAND_ORIGINS", "").split(",") if o]
#: Where readers of a mail find this site.
EVENHAND_ADDRESS = os.environ.get(
    "EVENHAND_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}"
)

INSTALLED_APPS = [
    "evenhand.config",
    "evenhand.kernel.calendar",
    "evenhand.kernel.ledger",
    "evenhand.kernel.organisation",
    "evenhand.kernel.access",
    "evenhand.kernel.rules",
    "evenhand.kernel.evidence",
    "evenhand.kernel.notices",
    "evenhand.kernel.obligations",
    "evenhand.kernel.disclosure",
    "evenhand.kernel.cases",
    "evenhand.web",
    "evenhand.mechanisms.petitions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_htmx",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "evenhand.config.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.kernel.access.gate.GateMiddleware",
    "evenhand.kernel.access.middleware.ActingMiddleware",
]
ROOT_URLCONF = "evenhand.config.urls"
WSGI_APPLICATION = "evenhand.config.wsgi.application"
FORM_RENDERER = "evenhand.web.forms.Renderer"
CSRF_FAILURE_VIEW = "evenhand.web.views.form_expired"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.web.context.page",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Its own counts lie in a cache, of which each process has another: see access.gate.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_ADAPTER = "evenhand.kernel.access.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "evenhand.kernel.access.forms.SignInForm",
    "reauthenticate": "evenhand.kernel.access.forms.PasswordAgainForm",
    "change_password": "evenhand.kernel.access.forms.ChangePasswordForm",
    "reset_password": "evenhand.kernel.access.forms.AskForLinkForm",
    "reset_password_from_key": "evenhand.kernel.access.forms.SetPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# The address stands in Account alone, not in django-allauth's own table of addresses.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("EVENHAND_BEHIND_PROXY") == "1")
MFA_ADAPTER = "evenhand.kernel.access.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "evenhand.kernel.access.forms.CodeForm",
    "reauthenticate": "evenhand.kernel.access.forms.CodeAgainForm",
    "activate_totp": "evenhand.kernel.access.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO and os.environ.get("EVENHAND_TLS_ELSEWHERE") != "1"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
# Not "no-referrer": browsers then send "Origin: null" with forms, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("EVENHAND_BEHIND_PROXY") == "1" else None
)
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = _loaded.default_language
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PROJECT / "src" / "evenhand" / "locale"]
TIME_ZONE = _loaded.timezone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO
MEDIA_ROOT = VAR / "evidence"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["evenhand.kernel.evidence.uploads.BoundedUploadHandler"]

# The demo's mail goes into files to look at: an invented person's address may be somebody's.
EMAIL_BACKEND = (
    "django.core.mail.backends.filebased.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("EVENHAND_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EVENHAND_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EVENHAND_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EVENHAND_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EVENHAND_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EVENHAND_MAIL_FROM", "no-reply@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("EVENHAND_LOG_LEVEL", "WARNING")},
    # A page not found is a visitor's affair; Django would warn of each.
    "loggers": {"django.request": {"level": "ERROR"}},
}
