"""How are the bytes of a WARC file read: gzip members one by one, bounded, or plain?"""

from __future__ import annotations

import zlib
from typing import BinaryIO

_BLOCK = 64 * 1024
_MAGIC = b"\x1f\x8b\x08"
_GZIP = 31  # window size as zlib names the format


class Torn(ValueError):
    """A record or its packing that cannot be read; the text goes on from the record."""


class Segment:
    """A stretch of a file that is read forward: the rest of a plain one, or one gzip member.

    Never more than two blocks are in memory beyond what is asked for, whatever is packed there.
    """

    def __init__(self, file: BinaryIO, position: int, *, packed: bool) -> None:
        self.position = position  # of its first byte in the file
        self.inside = 0  # bytes given so far, unpacked
        self.is_over = False
        self._file = file
        self._buffer = b""
        self._input = b""
        self._unpack = zlib.decompressobj(_GZIP) if packed else None
        file.seek(position)

    @property
    def end(self) -> int:
        """Where the file goes on behind it, once it is over."""
        unused = self._unpack.unused_data if self._unpack else b""
        return self._file.tell() - len(unused)

    @property
    def is_cut(self) -> bool:
        """Whether the file ended inside the gzip member."""
        return self.is_over and self._unpack is not None and not self._unpack.eof

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, without taking them."""
        while len(self._buffer) < size and self._fill():
            pass
        return self._buffer[:size]

    def take(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        parts, left = [], size
        while left and (self._buffer or self._fill()):
            part, self._buffer = self._buffer[:left], self._buffer[left:]
            parts.append(part)
            left -= len(part)
        self.inside += size - left
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; how many there were."""
        left = size
        while left and (self._buffer or self._fill()):
            step = min(left, len(self._buffer))
            self._buffer = self._buffer[step:]
            left -= step
        self.inside += size - left
        return size - left

    def line(self, limit: int) -> bytes:
        """The next line with its end; **raises** Torn where it is longer than `limit` bytes."""
        while b"\n" not in self._buffer and len(self._buffer) <= limit and self._fill():
            pass
        end = self._buffer.find(b"\n")
        size = end + 1 if end >= 0 else len(self._buffer)
        if size > limit:
            raise Torn("has a line without end where its header should be")
        return self.take(size)

    def find(self, mark: bytes, *, most: int) -> bool:
        """Go to the next `mark` within `most` bytes; False if it is not there."""
        begun = self.inside
        while self.inside - begun < most:
            self.peek(_BLOCK)
            at = self._buffer.find(mark)
            if at >= 0:
                self.skip(at)
                return True
            if self.skip(max(1, len(self._buffer) - len(mark) + 1)) == 0 or not self._buffer:
                return False
        return False

    def _fill(self) -> bool:
        if self.is_over:
            return False
        part = self._unpacked() if self._unpack else self._file.read(_BLOCK)
        self.is_over = not part
        self._buffer += part
        return bool(part)

    def _unpacked(self) -> bytes:
        unpack = self._unpack
        assert unpack is not None
        part = b""
        while not part and not unpack.eof:
            read = b"" if unpack.unconsumed_tail else self._file.read(_BLOCK)
            given = unpack.unconsumed_tail or read
            if not given:
                break  # the file ends inside the member
            try:
                part = unpack.decompress(given, _BLOCK)
            except zlib.error as error:
                raise Torn("is packed in a gzip member that is damaged") from error
        return part


def is_packed(file: BinaryIO) -> bool:
    """Whether the file is gzip, by its first bytes."""
    file.seek(0)
    return file.read(2) == _MAGIC[:2]


def find_member(file: BinaryIO, position: int) -> int | None:
    """Where, from `position` on, the next gzip member begins that holds a WARC record."""
    file.seek(position)
    buffer, base = b"", position
    while block := file.read(1 << 20):
        buffer += block
        at = buffer.find(_MAGIC)
        while at >= 0:
            if _holds_record(file, base + at):
                return base + at
            at = buffer.find(_MAGIC, at + 1)
        keep = len(_MAGIC) - 1
        base += len(buffer) - keep
        buffer = buffer[-keep:]
        file.seek(base + keep)
    return None


def _holds_record(file: BinaryIO, position: int) -> bool:
    # Three bytes of a magic number also stand inside packed data, once in 16 MB.
    try:
        return Segment(file, position, packed=True).peek(64).lstrip(b"\r\n").startswith(b"WARC/")
    except Torn:
        return False
    finally:
        file.seek(position + 1)
