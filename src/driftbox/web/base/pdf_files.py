"""PDF files as an answer: named by number only, and kept by no browser."""

from django.http import HttpRequest, HttpResponse

from driftbox.gateways.pdf import Language


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser; ``name`` is all that its file name says."""
    response = HttpResponse(content, "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def asked_for(request: HttpRequest) -> tuple[Language, bool]:
    """Which file is asked for: its language, Chinese unless ``lang=en``, and whether in large type."""
    return "en" if request.GET.get("lang") == "en" else "zh", request.GET.get("large") == "1"
