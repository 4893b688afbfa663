public import Storage
internal import StrictJSON

/// The ledger as a file of its own, which outlives the tenant's file.
///
/// A JSON line for each thing: keyed hashes, ids, numbers and times, and no name or address.
extension RestoreLedger {
    /// A file that holds no ledger, or not all of one.
    public struct Unreadable: Error, Equatable {
        /// The line, counted from 1.
        public let line: Int
    }

    private static let format: Int64 = 1

    /// The version of what a tenant's file would put into a ledger; it grows with each change of that.
    ///
    /// - Throws: `StorageError`.
    public static func version(_ transaction: ReadTransaction) throws -> Int64 {
        try transaction.first("SELECT value FROM sequence WHERE name = 'ledger'") { $0.integer(0) } ?? 0
    }

    /// The version that a file's first line tells; nil when it tells none.
    public static func version(stored header: [UInt8]) -> Int64? {
        guard let line = header.split(separator: 0x0A, maxSplits: 1).first, let json = try? JSON(parsing: Array(line)),
            json["format"]?.integerValue == format
        else { return nil }
        return json["version"]?.integerValue
    }

    /// The file's bytes.
    public var stored: [UInt8] {
        var bytes: [UInt8] = []
        func line(_ body: (inout JSONWriter) -> Void) { bytes += JSONWriter.object(body).bytes + [0x0A] }
        line { writer in
            writer.member("format", Self.format)
            writer.member("version", version)
        }
        for key in keys {
            line { writer in
                writer.member("key", key.name)
                writer.member("value", Self.hexadecimal(key.value))
            }
        }
        for entry in entries {
            line { writer in
                writer.member("hash", Self.hexadecimal(entry.hash))
                writer.member("purpose", entry.suppression.purpose.rawValue)
                writer.member("reason", entry.suppression.reason.rawValue)
                writer.member("at", entry.suppression.at.seconds)
            }
        }
        for person in erased {
            line { writer in
                writer.member("erased", person.id.rawValue)
                writer.member("number", person.number)
                writer.member("joined", person.joinedAt)
            }
        }
        for objection in objections {
            line { writer in
                writer.member("objected", objection.person.id.rawValue)
                writer.member("number", objection.person.number)
                writer.member("joined", objection.person.joinedAt)
                writer.member("purpose", objection.state.purpose.rawValue)
                writer.member("status", objection.state.status.rawValue)
                writer.member("at", objection.state.changedAt.seconds)
            }
        }
        for token in revoked {
            line { writer in
                writer.member("revoked", token.selector)
                writer.member("at", token.at)
            }
        }
        line { $0.member("end", keys.count + entries.count + erased.count + objections.count + revoked.count) }
        return bytes
    }

    /// Reads a file.
    ///
    /// - Throws: ``Unreadable``.
    public init(stored bytes: [UInt8]) throws {
        guard let version = Self.version(stored: bytes) else { throw Unreadable(line: 1) }
        var ledger = RestoreLedger(version: version)
        var end: Int64?
        var count: Int64 = 0
        for (index, line) in bytes.split(separator: 0x0A).enumerated().dropFirst() {
            // What is wrong with it does not matter: the line is told.
            guard end == nil, let json = try? JSON(parsing: Array(line)) else { throw Unreadable(line: index + 1) }
            if let last = json["end"]?.integerValue {
                end = last
            } else {
                guard ledger.take(json) else { throw Unreadable(line: index + 1) }
                count += 1
            }
        }
        guard end == count else { throw Unreadable(line: Int(count) + 2) }
        self = ledger
    }

    /// - Returns: Whether the line made sense.
    private mutating func take(_ line: JSON) -> Bool {
        if let name = line.text("key") {
            guard let value = line.text("value").flatMap(Self.bytes) else { return false }
            keys.append((name, value))
        } else if let hash = line.text("hash") {
            guard let hash = Self.bytes(hash), let at = line["at"]?.integerValue,
                let purpose = line.text("purpose").flatMap(ConsentPurpose.init(rawValue:)),
                let reason = line.text("reason").flatMap(SuppressionReason.init(rawValue:))
            else { return false }
            entries.append(
                Entry(
                    hash: hash,
                    suppression: Suppression(purpose: purpose, reason: reason, at: Instant(seconds: at))))
        } else if let selector = line.text("revoked") {
            guard let at = line["at"]?.integerValue else { return false }
            revoked.append((selector, at))
        } else if let person = Self.person("erased", line) {
            erased.append(person)
        } else {
            guard let person = Self.person("objected", line), let at = line["at"]?.integerValue,
                let purpose = line.text("purpose").flatMap(ConsentPurpose.init(rawValue:)),
                let status = line.text("status").flatMap(ConsentStatus.init(rawValue:))
            else { return false }
            objections.append(
                Objection(
                    person: person,
                    state: ConsentState(purpose: purpose, status: status, changedAt: Instant(seconds: at))))
        }
        return true
    }

    private static func person(_ name: String, _ line: JSON) -> Person? {
        guard let id = line[name]?.integerValue, let number = line["number"]?.integerValue,
            let joined = line["joined"]?.integerValue
        else { return nil }
        return Person(id: CustomerID(rawValue: id), number: number, joinedAt: joined)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

extension JSON {
    fileprivate func text(_ name: String) -> String? { self[name]?.stringValue }
}
