"""Compiles every template, so that a mistake in a rarely shown page is found here."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "evenhand"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    django.setup()
    faults = [fault for path in templates() if (fault := compiled(path))]
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def templates() -> list[Path]:
    found = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    return sorted(path for path in found if path.is_file())


def compiled(path: Path) -> str:
    """What is wrong with the template, or nothing."""
    try:
        engines["django"].from_string(path.read_text("utf-8"))
    except TemplateSyntaxError as error:
        return f"{path}: {error}"
    return ""


if __name__ == "__main__":
    main()
