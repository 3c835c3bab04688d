"""Small pictures for the demo's petitions to attach: a sky over a road, drawn, not taken."""

import struct
import zlib

WIDTH, HEIGHT = 240, 160


def picture(turn: int) -> bytes:
    """A PNG of 240 by 160 pixels; ``turn`` sets the hour of its sky."""
    rows = b"".join(b"\0" + bytes(_row(y, turn)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _row(y: int, turn: int) -> list[int]:
    if y < HEIGHT // 2:
        light = (150 + y + 7 * turn) % 90 + 140
        return [light - 60, light - 20, light] * WIDTH
    # The road narrows towards the horizon.
    half = (y - HEIGHT // 2) + 10
    road = [110, 108, 104]
    field = [96, 128, 84]
    return [c for x in range(WIDTH) for c in (road if abs(x - WIDTH // 2) < half else field)]


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
