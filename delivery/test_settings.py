"""Settings of the test run: real PostgreSQL and Valkey, or SQLite and files when asked.

Under pytest the services are started first, because `delivery.settings` reads their addresses.
Other programs (mypy's Django plugin) read these settings without starting anything.
"""

import os
import sys

from delivery.testing import services

if "pytest" in sys.modules:
    services.prepare()
os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-that-is-long-enough-to-pass-every-check")
os.environ.setdefault("CONFIDENTIAL_KEYS", "a-key-for-tests-only-opens-no-one-s-notes_0=")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ["HTTPS"] = "false"
os.environ["DEBUG"] = "false"

from delivery.settings import *  # noqa: F403
from delivery.settings import DATA_DIR, DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashed names need `collectstatic` first; the finders serve the same files without it.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "delivery.testing.postgresql"
else:
    # A file, not Django's usual memory: write-ahead logging and locks are what people will run.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Kept connections would make dropping the test database wait for them.
DATABASES["default"]["CONN_MAX_AGE"] = 0
