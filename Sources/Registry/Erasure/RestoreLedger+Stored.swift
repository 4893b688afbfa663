public import Storage
internal import StrictJSON

/// The ledger as a file of its own, which outlives the tenant's file.
///
/// It begins with a group of JSON lines that tell all; what changes later is added as further groups. Each group ends in a
/// line that says what version it comes to, how long it is, and the beginning of its SHA-256: of a group that was being
/// added when the power went nothing counts. A file of the first form has one group, which ends in how many lines it has.
extension RestoreLedger {
    /// A file that holds no ledger, or not all of one.
    public struct Unreadable: Error, Equatable {
        /// The line, counted from 1.
        public let line: Int
    }

    /// The line at a group's end.
    public struct GroupEnd: Sendable, Equatable {
        public let version: Int64
        /// Bytes of the group before this line.
        public let bytes: Int
        /// Bytes of the file's first group.
        public let base: Int
        /// The first bytes of the SHA-256 of the group before this line, and of what this line says itself.
        let sum: String
    }

    private static let format: Int64 = 2
    private static let firstFormat: Int64 = 1
    private static let head = Array("{\"format\":\(format)}\n".utf8)

    /// The bytes of a new file.
    public var stored: [UInt8] {
        let lines = lines.map { (line: LedgerLine) -> [UInt8] in line.json.bytes }
            .sorted { $0.lexicographicallyPrecedes($1) }
        let bytes = Self.head + lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [0x0A] }
        return bytes + Self.end(of: bytes, version, base: bytes.count)
    }

    /// What is added to a file to bring it to a later version; nil where the tenant's file does not tell all of that.
    ///
    /// - Parameters:
    ///   - versions: Above the one that the file is at, up to the one it comes to.
    ///   - base: Of the group before.
    ///   - transaction: The tenant's file.
    /// - Returns: The bytes.
    /// - Throws: `StorageError`.
    public static func addition(
        _ versions: ClosedRange<Int64>, base: Int, _ transaction: ReadTransaction
    ) throws -> [UInt8]? {
        try LedgerReader(transaction).lines(versions).map { addition($0, to: versions.upperBound, base: base) }
    }

    static func addition(_ lines: [LedgerLine], to version: Int64, base: Int) -> [UInt8] {
        let bytes = lines.flatMap { (line: LedgerLine) -> [UInt8] in line.json.bytes + [0x0A] }
        return bytes + end(of: bytes, version, base: base)
    }

    /// Tells of a version only up to which everything survives loss of power.
    public mutating func limit(to version: Int64) { self.version = min(self.version, version) }

    /// The highest version that a file says it comes to, be it damaged; 0 where it says nothing.
    public static func claimedVersion(stored bytes: [UInt8]) -> Int64 {
        // What cannot be read says nothing.
        let header = try? JSON(parsing: Array(bytes.prefix { $0 != 0x0A }))
        let ends = bytes.split(separator: 0x0A).compactMap { GroupEnd(Array($0))?.version }
        return max(header?["version"]?.integerValue ?? 0, ends.max() ?? 0)
    }

    /// The line with which a file ends; nil when its last bytes are no such line.
    public static func end(ofFile tail: [UInt8]) -> (end: GroupEnd, length: Int)? {
        guard tail.last == 0x0A else { return nil }
        let line = tail.dropLast().split(separator: 0x0A).last.map(Array.init) ?? []
        return GroupEnd(line).map { ($0, line.count + 1) }
    }

    private static func end(of bytes: [UInt8], _ version: Int64, base: Int) -> [UInt8] {
        GroupEnd(version: version, base: base, of: bytes).line + [0x0A]
    }

    /// Reads a file, but for a group at its end that is not whole.
    ///
    /// - Throws: ``Unreadable``.
    public init(stored bytes: [UInt8]) throws {
        let first = bytes.prefix { $0 != 0x0A }
        // What is wrong with it does not matter: the line is told.
        guard let header = try? JSON(parsing: Array(first)) else { throw Unreadable(line: 1) }
        switch header["format"]?.integerValue {
        case Self.firstFormat: try self.init(firstForm: bytes, header)
        case Self.format: try self.init(groups: bytes)
        default: throw Unreadable(line: 1)
        }
    }

    private init(groups bytes: [UInt8]) throws {
        self.init(version: 0)
        var (start, count, isWhole) = (0, 0, true)
        var damage: Int?
        var group: [LedgerLine] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            count += 1
            let text = Array(line)
            if let end = GroupEnd(text) {
                let held = Array(bytes[start..<line.startIndex])
                if isWhole, end.matches(held) {
                    // A group that was not whole is never followed by another.
                    if let damage { throw Unreadable(line: damage) }
                    for line in group { take(line) }
                    version = end.version
                } else {
                    damage = damage ?? count
                }
                (start, isWhole, group) = (line.endIndex + 1, true, [])
            } else if count > 1 {
                // As above.
                if let line = (try? JSON(parsing: text)).flatMap(LedgerLine.init) {
                    group.append(line)
                } else {
                    isWhole = false
                }
            }
        }
        guard version > 0 else { throw Unreadable(line: damage ?? count + 1) }
    }

    private init(firstForm bytes: [UInt8], _ header: JSON) throws {
        guard let version = header["version"]?.integerValue else { throw Unreadable(line: 1) }
        self.init(version: version)
        var end: Int64?
        var count: Int64 = 0
        for (index, line) in bytes.split(separator: 0x0A).enumerated().dropFirst() {
            guard end == nil, let json = try? JSON(parsing: Array(line)) else { throw Unreadable(line: index + 1) }
            if let last = json["end"]?.integerValue {
                end = last
            } else {
                guard let line = LedgerLine(json) else { throw Unreadable(line: index + 1) }
                take(line)
                count += 1
            }
        }
        guard end == count else { throw Unreadable(line: Int(count) + 2) }
    }
}

extension RestoreLedger.GroupEnd {
    private static let start = Array("{\"version\":".utf8)

    /// Nil for any other line.
    fileprivate init?(_ line: [UInt8]) {
        guard line.starts(with: Self.start), let json = try? JSON(parsing: line),
            let version = json["version"]?.integerValue, let bytes = json["bytes"]?.integerValue,
            let base = json["base"]?.integerValue, let sum = json["sum"]?.stringValue
        else { return nil }
        self.init(version: version, bytes: Int(clamping: bytes), base: Int(clamping: base), sum: sum)
    }

    fileprivate var line: [UInt8] {
        JSONWriter.object { writer in
            writer.member("version", version)
            writer.member("bytes", bytes)
            writer.member("base", base)
            writer.member("sum", sum)
        }.bytes
    }

    fileprivate init(version: Int64, base: Int, of group: [UInt8]) {
        let sum = SHA256.hash(group + Array("\(version) \(base)".utf8)).prefix(8)
        self.init(version: version, bytes: group.count, base: base, sum: Hexadecimal.text(Array(sum)))
    }

    /// Whether these are the bytes before it.
    public func matches(_ group: [UInt8]) -> Bool {
        self == RestoreLedger.GroupEnd(version: version, base: base, of: group)
    }
}
