"""Where the page's files are: in the package, if it is installed, else beside it."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def asset_folder(package: Path = PACKAGE) -> Path:
    """The folder of styles, modules and fonts: a wheel carries it inside the package, a checkout has it at the top."""
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


FOLDER = asset_folder()
