"""LibreOffice opens what we write and prints it on the paper that was meant."""

import subprocess

import pypdf
import pytest

from safeplan.output.formats import DOCUMENT_FORMATS

from .documents import roster_document


@pytest.mark.debian
@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_libreoffice_prints_every_visit_on_a4(tmp_path, name):
    file = tmp_path / f"roster.{name}"
    file.write_bytes(DOCUMENT_FORMATS[name].render(roster_document()))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, file], check=True, capture_output=True, timeout=240
    )
    paper = pypdf.PdfReader(tmp_path / "roster.pdf")
    sides = {tuple(sorted((round(float(s.mediabox.width)), round(float(s.mediabox.height))))) for s in paper.pages}
    assert all(abs(a - 595) <= 2 and abs(b - 842) <= 2 for a, b in sides)
    text = "".join(sheet.extract_text() for sheet in paper.pages)
    assert text.count("2026-03-02") >= 3
    assert "楚天塑业有限公司" in text
    of_roster = [sheet.extract_text() for sheet in paper.pages if "隆盛镇工业集中区" in sheet.extract_text()]
    assert all("企业名称" in page for page in of_roster)
