/// Cuts a page into text and tags; every byte is looked at a bounded number of times.
struct HTMLReader {
    private let bytes: [UInt8]
    private var index = 0
    /// What was searched for and does not come any more.
    private var absent: Set<String> = []
    /// How far a tag's quoted attributes are followed.
    private static let tagLimit = 8192

    /// - Parameter bytes: The page in UTF-8.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next piece, past comments, styles and scripts; nil at the end.
    mutating func next() -> HTMLPiece? {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else { return text(from: index, at: index + 1) }
            let start = index
            let mark = start + 1 < bytes.count ? bytes[start + 1] : 0
            if mark == UInt8(ascii: "!") || mark == UInt8(ascii: "?") {
                let isComment = bytes[(start + 2)...].starts(with: "--".utf8)
                if isComment, let end = find("-->", from: start + 2) {
                    index = end + 3
                } else if let end = find(">", from: start) {
                    index = end + 1
                } else {
                    return text(from: start, at: start + 1)
                }
                continue
            }
            if mark == UInt8(ascii: "/"), let end = find(">", from: start) {
                index = end + 1
                return .close(name(at: start + 2))
            }
            guard HTMLReader.isLetter(mark), let end = tagEnd(from: start) else {
                return text(from: start, at: start + 1)
            }
            index = end + 1
            let tag = HTMLTag(name: name(at: start + 1), attributes: attributes(in: bytes[(start + 1)..<end]))
            let isRaw = tag.name == "style" || tag.name == "script" || tag.name == "title"
            if isRaw, let close = find("</\(tag.name)", from: index) { index = close }
            return .open(tag)
        }
        return nil
    }

    private mutating func text(from start: Int, at searched: Int) -> HTMLPiece {
        let end = bytes[min(searched, bytes.count)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        index = end
        return .text(bytes[start..<end])
    }

    /// Where a text occurs next, in any case; nil when it does not.
    private mutating func find(_ text: String, from start: Int) -> Int? {
        if absent.contains(text) { return nil }
        let wanted = Array(text.utf8)
        var position = start
        while let first = bytes[min(position, bytes.count)...].firstIndex(of: wanted[0]) {
            let candidate = bytes[first...].prefix(wanted.count)
            if candidate.count == wanted.count, zip(candidate, wanted).allSatisfy({ HTMLReader.lower($0) == $1 }) {
                return first
            }
            position = first + 1
        }
        absent.insert(text)
        return nil
    }

    /// Where the tag that begins at an index ends; a quote that is never closed does not hide the end.
    private mutating func tagEnd(from start: Int) -> Int? {
        var quote: UInt8?
        var position = start + 1
        while position < min(bytes.count, start + HTMLReader.tagLimit) {
            let byte = bytes[position]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return position
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), bytes[position - 1] == UInt8(ascii: "=")
            {
                quote = byte
            }
            position += 1
        }
        return find(">", from: start)
    }

    private func name(at start: Int) -> String {
        let name = bytes[min(start, bytes.count)...].prefix(20).prefix {
            HTMLReader.isLetter($0) || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == UInt8(ascii: ":")
        }
        return String(decoding: name.map { HTMLReader.lower($0) }, as: UTF8.self)
    }

    /// The attributes that matter here: `name=value`, quoted or not.
    private func attributes(in tag: ArraySlice<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        var position = tag.startIndex
        while position < tag.endIndex, found.count < 20 {
            guard let equals = tag[position...].firstIndex(of: UInt8(ascii: "=")) else { break }
            let name = tag[position..<equals].reversed().drop { Self.isSpace($0) }.prefix { !Self.isSpace($0) }
            var start = equals + 1
            while start < tag.endIndex, Self.isSpace(tag[start]) { start += 1 }
            guard start < tag.endIndex else { break }
            let end: Int
            if tag[start] == UInt8(ascii: "\"") || tag[start] == UInt8(ascii: "'") {
                let quote = tag[start]
                start += 1
                end = tag[start...].firstIndex(of: quote) ?? tag.endIndex
            } else {
                end = tag[start...].firstIndex { Self.isSpace($0) } ?? tag.endIndex
            }
            let key = String(decoding: name.reversed().map { Self.lower($0) }, as: UTF8.self)
            if found[key] == nil, end - start <= 2048 {
                found[key] = String(decoding: HTMLEntity.decoded(tag[start..<end]), as: UTF8.self)
            }
            position = min(end + 1, tag.endIndex)
        }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let small = lower(byte)
        return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 0x20 : byte
    }
}
