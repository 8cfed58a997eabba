"""Compiles the gettext catalogues (.po) into the wheel (.mo)."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):
    """Runs for wheels and for editable installs, so both speak every language."""

    def initialize(self, version, build_data):
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root, "src/safeplan/words/locale").rglob("*.po")):
            target = source.with_suffix(".mo")
            with source.open("rb") as po, target.open("wb") as mo:
                write_mo(mo, read_po(po, locale=source.parts[-3]))
            build_data["artifacts"].append(target.relative_to(self.root).as_posix())
