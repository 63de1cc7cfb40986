"""The laws of the house as functions over source code: each returns what breaks it, in words.

Kept apart from the tests so that a test can also hand in a line that breaks a law and see that
it is caught.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# A room may import the rooms in its row, and no other.
ROOMS: dict[str, set[str]] = {
    "people": set(),
    "aspirations": {"people"},
    "coalitions": {"people", "aspirations"},
    "reviews": {"people", "aspirations"},
    "learning": {"people", "aspirations", "coalitions", "reviews"},
    "routines": {"people", "aspirations", "coalitions", "reviews", "learning"},
    "delivery": {"people", "aspirations", "coalitions", "reviews", "learning", "routines"},
}
# Within a room a layer imports its own rank and lower ones. Other modules stand outside the ranks.
RANKS = {
    "analysis": 0,
    "charts": 0,
    "models": 1,
    "intake": 2,
    "services": 2,
    "pages": 3,
    "forms": 3,
    "tasks": 3,
    "views": 3,
    "api": 3,
    "admin": 3,
}
FRAMEWORKS = {"django", "rest_framework", "celery", "allauth", "knox", "environ", "django_filters"}
HEAVY = {"numpy", "openpyxl", "pandas", "plotly", "pptx", "python_calamine", "scipy", "xlsxwriter"}
CATCH_ALL = {"utils", "helpers", "common", "core"}
GATED = {"views", "api", "serializers", "exports", "forms"}
CLOCK = {"now", "today", "utcnow", "time", "localtime", "localdate"}


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, e.g. `aspirations.models.metrics`, and its text."""

    name: str
    source: str
    is_package: bool = False

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @property
    def room(self) -> str:
        return self.parts[0]

    @property
    def layer(self) -> str:
        return self.parts[1] if len(self.parts) > 1 else ""

    def tree(self) -> ast.Module:
        return ast.parse(self.source)


Law = Callable[[Module], list[str]]


def modules(base: Path) -> Iterator[Module]:
    """Every Python file of every room, migrations left out: they are generated."""
    for room in ROOMS:
        for path in sorted((base / room).rglob("*.py")):
            parts = path.relative_to(base).with_suffix("").parts
            if "migrations" in parts:
                continue
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            yield Module(name, path.read_text(), is_package)


def imported(module: Module, node: ast.AST) -> list[str]:
    """Dotted names that an import statement brings in: module and name, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        drop = node.level - 1 if module.is_package else node.level
        above = module.parts[: len(module.parts) - drop]
        base = ".".join([*above, base] if base else above)
    return [f"{base}.{alias.name}" for alias in node.names]


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports or fetches with `get_model`."""
    for node in ast.walk(module.tree()):
        for name in imported(module, node):
            yield node.lineno, name  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and _called(node) == "get_model" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def leftward(module: Module) -> list[str]:
    """Rooms import only leftward, and nobody imports `delivery`."""
    allowed = ROOMS[module.room] | {module.room}
    return [
        f"{module.name}:{line} imports {name}; {module.room} may import {sorted(allowed)}"
        for line, name in imports(module)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in allowed
    ]


def layered(module: Module) -> list[str]:
    """Within a room: analysis ← models ← services ← doors; a service never imports a task."""
    own = RANKS.get(module.layer)
    if own is None:
        return []
    return [
        f"{module.name}:{line} imports {name}, a layer above {module.layer}"
        for line, name in imports(module)
        if _is_above(module, own, name)
    ]


def _is_above(module: Module, own: int, name: str) -> bool:
    room, layer = [*name.split("."), ""][:2]
    if room not in ROOMS:
        return False
    if module.layer == "services" and layer == "tasks":
        return True
    return room == module.room and RANKS.get(layer, own) > own


def pure(module: Module) -> list[str]:
    """Analysis and charts import no framework and, of the rooms, only analysis and charts."""
    if module.layer not in {"analysis", "charts"} or "tests" in module.parts:
        return []
    reach = {"analysis"} if module.layer == "analysis" else {"analysis", "charts"}
    found = []
    for line, name in imports(module):
        top, second = [*name.split("."), ""][:2]
        if top in FRAMEWORKS or (top in ROOMS and second not in reach):
            found.append(f"{module.name}:{line} imports {name}; {module.layer} is arithmetic only")
    return found


def timeless(module: Module) -> list[str]:
    """Analysis and charts are told the date; they never ask a clock."""
    if module.layer not in {"analysis", "charts"} or "tests" in module.parts:
        return []
    return [
        f"{module.name}:{node.lineno} asks the clock with {_called(node)}(); pass the date in"
        for node in ast.walk(module.tree())
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK
        and not node.args
    ]


def open_imports(module: Module) -> list[str]:
    """No import hides in a function, save a heavy library's with its reason in a comment."""
    lines = module.source.splitlines()
    found = {}
    for function in ast.walk(module.tree()):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            for name in imported(module, node):
                line: int = node.lineno  # type: ignore[attr-defined]
                explained = any("#" in text for text in lines[max(0, line - 2) : line])
                if name.split(".")[0] not in HEAVY:
                    found[line] = f"{module.name}:{line} hides the import of {name} in a function"
                elif not explained:
                    found[line] = f"{module.name}:{line} imports {name} late without saying why"
    return list(found.values())


def gated(module: Module) -> list[str]:
    """Views, forms, interface and exports reach rows through `.objects.visible_to(user)` only."""
    if module.layer not in GATED:
        return []
    tree = module.tree()
    through_gate = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"visible_to", "none"}
    }
    return [
        f"{module.name}:{node.lineno} uses {ast.unparse(node)} without .visible_to(user)"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and id(node) not in through_gate
    ]


def named(module: Module) -> list[str]:
    """No module is a drawer for everything."""
    return [f"{module.name}: {part} says nothing" for part in module.parts if part in CATCH_ALL]
