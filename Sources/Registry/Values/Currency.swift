/// A currency of ISO 4217.
public struct Currency: Sendable, Hashable {
    /// Three letters A to Z, such as `EUR`.
    public let code: String

    /// How many digits the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
    public var fractionDigits: Int { Int(digits) }

    private let digits: UInt8

    /// Takes up a code that was checked before it was stored.
    init(stored code: String) {
        self.code = code
        digits = Currency.fractionDigitsByCode[code] ?? 2
    }

    /// Reads a currency code in either case.
    ///
    /// - Throws: ``ValueError/badCurrency(_:)`` when ISO 4217 does not know it or it has no minor unit.
    public init(_ code: String) throws(ValueError) {
        guard code.utf8.count == 3 else { throw .badCurrency(code) }
        if let digits = Currency.fractionDigitsByCode[code] {
            self.code = code
            self.digits = digits
            return
        }
        let upper = String(decoding: code.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, as: UTF8.self)
        guard let digits = Currency.fractionDigitsByCode[upper] else { throw .badCurrency(code) }
        self.code = upper
        self.digits = digits
    }
}
