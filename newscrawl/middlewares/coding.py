"""Compressed bodies, and those that are only said to be."""

import zlib

import brotli  # type: ignore[import-untyped] # it has no stubs
from backports.zstd import ZstdError
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response


class CodingMiddleware(HttpCompressionMiddleware):
    """Undoes compression as Scrapy does; a body that is in another coding than told is passed on.

    What it is after all, plain JSON or a gzip stream that broke, its reader finds out.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override] # Scrapy's has a deprecated argument
        """Return the response with its body decompressed, or as it came."""
        try:
            return super().process_response(request, response)
        except (OSError, EOFError, zlib.error, brotli.error, ZstdError):
            del response.headers["Content-Encoding"]
            if self.stats:
                self.stats.inc_value("newscrawl/coding/wrong")
            return response
