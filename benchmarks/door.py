"""The program's own WSGI door, over the database and the files of a run of benchmarks.

`gunicorn benchmarks.door:application`. Addresses and files are those of a trial, else all layers
are as the settings have them.
"""

from django.core.wsgi import get_wsgi_application

from benchmarks.server import begin
from benchmarks.trial import ready

begin()
ready()
application = get_wsgi_application()
