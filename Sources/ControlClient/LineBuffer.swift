import Glibc

/// Bytes as they arrive, taken out line by line.
struct LineBuffer {
    private var bytes: [UInt8] = []
    /// Where the next line starts.
    private var start = 0
    /// Up to where there is known to be no LF.
    private var searched = 0

    /// The next line without its LF; nil while none is complete.
    mutating func nextLine() -> [UInt8]? {
        guard let end = nextLineFeed() else { return nil }
        defer {
            start = end + 1
            searched = start
        }
        return Array(bytes[start..<end])
    }

    /// Whether ``nextLine()`` has something to give.
    mutating func hasLine() -> Bool { nextLineFeed() != nil }

    /// Everything after the last line, which is thereby taken out; nil when that is nothing.
    mutating func rest() -> [UInt8]? {
        defer { self = LineBuffer() }
        return start < bytes.count ? Array(bytes[start...]) : nil
    }

    /// Reads once from a descriptor.
    ///
    /// - Returns: The number of bytes; 0 at the end, -1 with errno set on failure.
    mutating func read(from descriptor: Int32) -> Int {
        compact()
        let length = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 << 10) { chunk in
            let length = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
            if length > 0 { bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: chunk[..<length])) }
            return length
        }
        return length
    }

    private mutating func nextLineFeed() -> Int? {
        guard searched < bytes.count else { return nil }
        let found = bytes.withUnsafeBytes { buffer -> Int? in
            let rest = UnsafeRawBufferPointer(rebasing: buffer[searched...])
            guard let base = rest.baseAddress, let place = memchr(base, Int32(ASCII.lineFeed), rest.count) else {
                return nil
            }
            return searched + base.distance(to: place)
        }
        searched = found ?? bytes.count
        return found
    }

    private mutating func compact() {
        guard start > 0, start == bytes.count || start > 1 << 20 else { return }
        bytes.removeFirst(start)
        searched -= start
        start = 0
    }
}
