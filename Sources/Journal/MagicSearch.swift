internal import Glibc

extension UnsafeRawBufferPointer {
    /// Where the next header may begin.
    func nextMagic(from start: Int) -> Int? {
        guard let baseAddress else { return nil }
        var start = start
        // Both words begin with "PJ".
        while start < count, let found = memchr(baseAddress + start, 0x50, count - start) {
            let place = UnsafeRawPointer(found) - baseAddress
            if place + 1 < count, self[place + 1] == 0x4A { return place }
            start = place + 1
        }
        return nil
    }
}
