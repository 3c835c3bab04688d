"""An upload handler that keeps no more of a request on the disk than can be taken in."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .limits import MEGABYTE, MOST_BYTES, MOST_BYTES_TOGETHER

#: Up to here a request is read to its end, so that its sender is told which file is too large
#: and finds all else as it was typed.
MOST_BYTES_READ = 500 * MEGABYTE


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Streams to temporary files; counts on beyond the limits without writing.

    So the file has the size that was sent, and is refused for it.
    """

    written = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        if content_length > MOST_BYTES_READ:
            raise RequestDataTooBig(f"a request of {content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MOST_BYTES and self.written <= MOST_BYTES_TOGETHER:
            self.written += len(raw_data)
            super().receive_data_chunk(raw_data, start)
