"""Django's settings: few, and none that could switch sealing, the gate or the log off.

The practice is named by STILLROOM_HOME. Without it (type checks, tests of pure parts) there is a
database in memory and no practice.
"""

import os
import secrets
from pathlib import Path

from stillroom.config.database import databases
from stillroom.config.home import Home

_given = os.environ.get("STILLROOM_HOME", "")
STILLROOM_HOME = Path(_given) if _given else None
_home = Home.load(STILLROOM_HOME, unfinished=True) if STILLROOM_HOME else None

# Signs nothing that outlives the process: sessions and forms have keys of their own.
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("STILLROOM_HOSTS", "localhost,127.0.0.1,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("STILLROOM_ORIGINS", "").split(",") if origin
]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "stillroom.phi",
    "stillroom.identity",
    "stillroom.practice",
    "stillroom.chart",
    "stillroom.consent",
    "stillroom.correspondence",
    "stillroom.policy",
    "stillroom.disclosure",
    "stillroom.supervision",
    "stillroom.telehealth",
    "stillroom.desk",
    "stillroom.portal",
]
MIDDLEWARE = [
    "stillroom.config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stillroom.config.middleware.errors",
    "stillroom.config.middleware.shell",
    "django.middleware.csrf.CsrfViewMiddleware",
    "stillroom.config.middleware.Door",
]
ROOT_URLCONF = "stillroom.config.urls"
WSGI_APPLICATION = "stillroom.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).parent.parent / "desk" / "templates"],
        "OPTIONS": {"environment": "stillroom.desk.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "portal",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).parent.parent / "portal" / "templates"],
        "OPTIONS": {"environment": "stillroom.portal.environment.environment"},
    },
]
DATABASES = databases(STILLROOM_HOME, _home.file.database if _home else "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = _home.file.zone if _home else "America/New_York"
LANGUAGE_CODE = "en-us"

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent.parent / "desk" / "static"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Of both doors, and in a client's browser too: it names nobody (T08).
CSRF_COOKIE_NAME = "__Host-form"
CSRF_COOKIE_AGE = None  # gone when the browser closes: no trace of a visit stays (T08)
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "stillroom.config.middleware.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# Nothing typed or uploaded is ever parked in a temporary file in the clear (T02).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE

# How messages leave (config/mail.py); empty: they are kept for a person to send.
STILLROOM_MAIL = os.environ.get("STILLROOM_MAIL", "")
STILLROOM_TEXT = os.environ.get("STILLROOM_TEXT", "")

# Where browsers reach the line that sets up calls (telehealth/line.py), behind a proxy.
STILLROOM_CALLS = os.environ.get("STILLROOM_CALLS", "")

# Where *Leave now* leads on a client's pages: an https address; empty: a page of ours that names
# nothing (decision 0038).
STILLROOM_LEAVE_TO = os.environ.get("STILLROOM_LEAVE_TO", "")

# What helps calls along (config/relaying.py); empty: calls go directly.
STILLROOM_SFU = os.environ.get("STILLROOM_SFU", "")
STILLROOM_TURN = os.environ.get("STILLROOM_TURN", "")

# ClamAV's daemon, if the practice has one: /run/clamav/clamd.ctl or host:port.
STILLROOM_CLAMD = os.environ.get("STILLROOM_CLAMD", "")

# Logs carry no words of clients: only the fact, the status and our own sentences.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "CRITICAL", "propagate": False, "handlers": []},
        "django.security": {"level": "CRITICAL", "propagate": False, "handlers": []},
    },
}
