/// Values that stand one behind the other as bytes, so that many of them need no memory of their own, and a statement
/// binds them where they stand.
public struct PackedValues: Sendable {
    /// Where a row of values begins among the others.
    public typealias Place = Int

    private enum Tag {
        static let null: UInt8 = 0
        /// Eight bytes follow.
        static let integer: UInt8 = 1
        /// Four bytes with the length follow, then the text.
        static let text: UInt8 = 2
    }

    private var bytes: [UInt8] = []

    public init() {}

    /// Where the next value will stand.
    public var end: Place { bytes.count }

    /// Makes room for so many bytes.
    public mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Adds a number, or NULL.
    public mutating func append(_ number: Int64?) {
        guard let number else { return bytes.append(Tag.null) }
        bytes.append(Tag.integer)
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Adds a text, or NULL.
    public mutating func append(_ text: String?) {
        guard var text else { return bytes.append(Tag.null) }
        text.withUTF8 { utf8 in
            bytes.append(Tag.text)
            withUnsafeBytes(of: UInt32(utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: utf8)
        }
    }

    /// Adds what others have between two places.
    public mutating func append(_ others: PackedValues, from start: Place, to end: Place) {
        bytes.append(contentsOf: others.bytes[start..<end])
    }

    /// Reads values from a place on.
    public func read<Result>(from place: Place, _ body: (inout Reader) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { bytes in
            var reader = Reader(bytes: UnsafeRawBufferPointer(rebasing: bytes[place...]))
            return try body(&reader)
        }
    }

    /// Takes one value after the other.
    public struct Reader {
        private let bytes: UnsafeRawBufferPointer
        private var offset = 0

        fileprivate init(bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        /// The next number, nil for NULL or a text.
        public mutating func integer() -> Int64? {
            switch next() {
            case .integer(let number): number
            case .null, .text: nil
            }
        }

        /// The next text, nil for NULL or a number.
        public mutating func text() -> String? {
            switch next() {
            case .text(let utf8): String(decoding: utf8, as: UTF8.self)
            case .null, .integer: nil
            }
        }

        /// The first eight bytes of the next text, the first in the highest place: texts are in their order.
        public mutating func textPrefix() -> UInt64 {
            guard case .text(let utf8) = next() else { return 0 }
            var prefix: UInt64 = 0
            for index in 0..<min(8, utf8.count) { prefix |= UInt64(utf8[index]) << UInt64(56 - 8 * index) }
            return prefix
        }

        mutating func next() -> Bound {
            defer { offset += 1 }
            switch bytes[offset] {
            case Tag.integer:
                defer { offset += 8 }
                return .integer(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 1, as: Int64.self)))
            case Tag.text:
                let count = bytes.loadUnaligned(fromByteOffset: offset + 1, as: UInt32.self).littleEndian
                defer { offset += 4 + Int(count) }
                return .text(UnsafeRawBufferPointer(rebasing: bytes[offset + 5..<offset + 5 + Int(count)]))
            default: return .null
            }
        }
    }

    /// A value where it stands.
    enum Bound {
        case null
        case integer(Int64)
        case text(UnsafeRawBufferPointer)
    }
}
