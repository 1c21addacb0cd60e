"""The files that Prefect's pages name, for the reader's browser: read only, below /files/.

Editions and drafts, as PDF and as workbook. Nothing else of a home has an address here, and no
folder tells what is in it.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from flows.steps.settings import Settings

_KINDS = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SAID = {".pdf": "PDF", ".xlsx": "Excel"}
# Nobody but this reader keeps a copy, and a draft of the same name may be another tomorrow.
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"}


def served(settings: Settings) -> Mount:
    """What a server adds to its routes, so that links of these files open on its own address."""

    def answer(request: Request) -> Response:
        place, _, path = request.path_params["path"].partition("/")
        folder = _folders(settings).get(place)
        file = _found(folder, path) if folder else None
        if file is None:
            said = "Fișierul nu există. / There is no such file."
            return PlainTextResponse(said, status_code=404, headers=_HEADERS)
        return FileResponse(
            file,
            headers=_HEADERS,
            media_type=_KINDS[file.suffix],
            filename=f"{_name(path)}{file.suffix}",
            content_disposition_type="inline" if file.suffix == ".pdf" else "attachment",
        )

    return Mount("/files", routes=[Route("/{path:path}", answer)])


def links(settings: Settings, folder: Path) -> str:
    """The ways to an edition's files, in Markdown; its PDF first. Empty when there are none."""
    found = sorted(path for path in folder.glob("*") if path.suffix in _KINDS)
    return " · ".join(link(settings, path) for path in found)


def link(settings: Settings, file: Path) -> str:
    """The way to one file in Markdown, below the server that shows the page."""
    place, folder = next(
        (place, folder)
        for place, folder in _folders(settings).items()
        if file.is_relative_to(folder)
    )
    return f"[{_SAID[file.suffix]}](/files/{place}/{file.relative_to(folder).as_posix()})"


def _folders(settings: Settings) -> dict[str, Path]:
    return {"published": settings.published, "drafts": settings.drafts}


def _found(folder: Path, path: str) -> Path | None:
    """The file of that path; None for all that is not plainly below the folder, links included."""
    root = folder.resolve()
    try:
        # Read before it is compared: whatever leads elsewhere comes out at another path.
        file = (root / path).resolve()
        is_plain = file == root / path and file.is_relative_to(root)
        return file if is_plain and file.suffix in _KINDS and file.is_file() else None
    except (OSError, ValueError):
        return None


def _name(path: str) -> str:
    """How a saved file is called: team/2020-Q4/ro-v1/report.pdf is team-2020-Q4-ro-v1."""
    return path.rpartition(".")[0].removesuffix("/report").replace("/", "-")
