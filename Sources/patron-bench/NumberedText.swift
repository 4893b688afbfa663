/// Text of unchanging length with numbers of eight digits in it, at an address that stays.
///
/// `########` stands for the number of an order, `%%%%%%%%` for that of a person.
final class NumberedText {
    /// Digits of a number.
    static let width = 8

    let bytes: UnsafeMutableBufferPointer<UInt8>
    private let orderSlots: [Int]
    private let personSlots: [Int]

    init(_ pattern: String) {
        let text = Array(pattern.utf8)
        bytes = .allocate(capacity: text.count)
        _ = bytes.initialize(from: text)
        orderSlots = Self.slots(of: "#", in: text)
        personSlots = Self.slots(of: "%", in: text)
    }

    deinit { bytes.deallocate() }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes the numbers into their places; both from 0, their last eight digits count.
    func fill(order: Int, person: Int) {
        for slot in orderSlots { write(order, at: slot) }
        for slot in personSlots { write(person, at: slot) }
    }

    private func write(_ number: Int, at slot: Int) {
        var rest = number
        for position in stride(from: slot + Self.width - 1, through: slot, by: -1) {
            bytes[position] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    private static func slots(of mark: Unicode.Scalar, in text: [UInt8]) -> [Int] {
        let run = [UInt8](repeating: UInt8(ascii: mark), count: width)
        return text.indices.filter { text[$0...].starts(with: run) }
    }
}
