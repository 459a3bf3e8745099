"""What a browser sent to a form: nothing until it posts, even when what it posts is empty."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def sent(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """The fields and the files for a form's first two arguments."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
