import Foundation

/// Finds words in bytes, fast also where nothing is optimised.
enum WordSearch {
    /// The words of letters and digits that begin so, each up to its first "x" behind that.
    static func words(beginning start: String, in data: Data) -> Set<String> {
        var words: Set<String> = []
        data.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            let first = Int32(start.utf8.first ?? 0)
            var place = 0
            while place < bytes.count, let found = memchr(base + place, first, bytes.count - place) {
                let offset = UnsafeRawPointer(found) - base
                place = offset + 1
                guard offset + start.utf8.count <= bytes.count, memcmp(found, start, start.utf8.count) == 0 else {
                    continue
                }
                let rest = bytes[(offset + start.utf8.count)...].prefix { (0x30...0x39).contains($0) }
                words.insert("\(start)\(String(decoding: rest, as: UTF8.self))x")
            }
        }
        return words
    }
}
