"""Our own settings with the plain tables added; the folder comes from STILLROOM_BENCH_FOLDER."""

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
]
DATABASES = databases(Path(os.environ["STILLROOM_BENCH_FOLDER"]), "")
