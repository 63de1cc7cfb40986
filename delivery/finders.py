"""Static files that live in Python packages, so that no third-party file is committed."""

import builtins
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

# Address under /static/ → package, and the file's place in it.
FILES = {
    "vendor/plotly.min.js": ("plotly", "package_data/plotly.min.js"),
    "vendor/htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
}


def place(package: str, file: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / file


class PackageFinder(BaseFinder):
    """Finds the files of `FILES` by their address."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in FILES:
            return []
        found = str(place(*FILES[path]))
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path, (package, file) in FILES.items():
            yield path, PackageStorage(place(package, file), path)

    def check(self, **kwargs: Any) -> builtins.list[CheckMessage]:
        return []


class PackageStorage(FileSystemStorage):
    """One file of a package under another name."""

    def __init__(self, file: Path, path: str) -> None:
        super().__init__(location=str(file.parent))
        self.file, self.path_there = file, path

    def path(self, name: str) -> str:
        return str(self.file) if name == self.path_there else super().path(name)
