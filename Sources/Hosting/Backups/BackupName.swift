internal import Foundation
internal import Registry

/// The name of a backup: when it was made, in UTC, such as `20261122T100000Z`; a second one of the same second ends in `-2`.
public struct BackupName: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let digits: String
    /// Counted from 1.
    private let number: Int

    /// Nil unless `text` has the form of a name: nothing else becomes part of a path.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, Self.isTime(parts[0].utf8.map(\.self)) else { return nil }
        digits = String(parts[0])
        guard parts.count == 2 else {
            number = 1
            return
        }
        guard let second = Int(parts[1]), second >= 2, String(second) == parts[1] else { return nil }
        number = second
    }

    init(at time: Instant, number: Int) {
        digits = time.text.filter { $0 != "-" && $0 != ":" }
        self.number = number
    }

    public var description: String { number == 1 ? digits : "\(digits)-\(number)" }

    /// The next one of the same second.
    var successor: BackupName { BackupName(digits: digits, number: number + 1) }

    private init(digits: String, number: Int) {
        self.digits = digits
        self.number = number
    }

    public static func < (left: BackupName, right: BackupName) -> Bool {
        (left.digits, left.number) < (right.digits, right.number)
    }

    private static func isTime(_ bytes: [UInt8]) -> Bool {
        bytes.count == 16
            && bytes.enumerated().allSatisfy { index, byte in
                switch index {
                case 8: byte == UInt8(ascii: "T")
                case 15: byte == UInt8(ascii: "Z")
                default: (0x30...0x39).contains(byte)
                }
            }
    }
}
