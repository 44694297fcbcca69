"""The door that the page server opens."""

import django
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
application = WSGIHandler()
