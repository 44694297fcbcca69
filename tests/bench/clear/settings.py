"""Our own settings with the plain tables added, and an ordinary door for the plain pages.

The folder of the database comes from STILLROOM_BENCH_FOLDER; the pragmas are ours.
"""

import os
from pathlib import Path

from stillroom.config.database import databases
from stillroom.config.settings import *  # noqa: F403
from stillroom.config.settings import INSTALLED_APPS as OURS

SECRET_KEY = "a key for plain rows, which protects nothing"
SALT_KEY = "a salt for plain rows"
INSTALLED_APPS = [
    *OURS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "tests.bench.clear",
    "tests.bench.fernet",
]
MIDDLEWARE = [
    "stillroom.config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.bench.clear.urls"
TIME_ZONE = "UTC"
LOGIN_URL = "/signin"
DATABASES = databases(Path(os.environ["STILLROOM_BENCH_FOLDER"]), "")
LOGGING = {"version": 1, "disable_existing_loggers": False}
