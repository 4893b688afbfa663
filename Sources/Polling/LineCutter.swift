internal import Glibc

/// Finds the lines in one connection's bytes, and skips those that are too long.
package struct LineCutter {
    package enum Piece {
        /// A line without its LF, as a view of the bytes.
        case line(UnsafeBufferPointer<UInt8>)
        /// A line that was skipped; its length in bytes without the LF.
        case overlong(length: Int)
        /// No further LF; the bytes from the offset on are to be shown again with what follows them.
        case unfinished
    }

    private static let lineFeed: UInt8 = 0x0A

    /// Bytes at the front that are known to hold no LF, so that a slow sender does not cost a search from the start.
    private var searched = 0
    /// Bytes skipped so far of an overlong line; nil when none is being skipped.
    private var skipped: Int?

    package init() {}

    /// Takes the next piece at an offset and moves the offset behind it.
    package mutating func next(in bytes: UnsafeBufferPointer<UInt8>, at offset: inout Int, limit: Int) -> Piece {
        guard let end = endOfLine(in: bytes, from: offset + searched) else {
            let length = bytes.count - offset
            if let skipped {
                self.skipped = skipped + length
                offset = bytes.count
            } else if length > limit {
                skipped = length
                searched = 0
                offset = bytes.count
            } else {
                searched = length
            }
            return .unfinished
        }
        let line = UnsafeBufferPointer(rebasing: bytes[offset..<end])
        let length = (skipped ?? 0) + line.count
        let isOverlong = skipped != nil || length > limit
        searched = 0
        skipped = nil
        offset = end + 1
        return isOverlong ? .overlong(length: length) : .line(line)
    }

    private func endOfLine(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(Self.lineFeed), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
}
