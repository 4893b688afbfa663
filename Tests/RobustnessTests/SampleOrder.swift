import StrictJSON

/// An order that a test sends, and what must be there of it afterwards.
struct SampleOrder: Sendable {
    let ext: String
    let email: String
    /// Of an article at 2.50 each; another at 1.00 goes with it.
    let quantity: Int
    /// The code of a coupon of 10 per cent.
    let coupon: String?
    let hasConsent: Bool

    /// The request that registers it.
    var line: String {
        var words = [
            "order.register channel=online-shop ext=\(ext) customer={\"email\":\"\(email)\"}",
            "lines=[{\"sku\":\"A\",\"name\":\"Tea\",\"quantity\":\(quantity),\"unit_price\":\"2.50\"},"
                + "{\"sku\":\"B\",\"name\":\"Bag\",\"quantity\":1,\"unit_price\":\"1.00\"}]",
        ]
        if let coupon { words.append("coupon=\(coupon)") }
        if hasConsent { words.append("consent={\"purpose\":\"newsletter\",\"wording\":\"checkout-1\"}") }
        return words.joined(separator: " ")
    }

    /// The request that shows it.
    var question: String { "order.show channel=online-shop ext=\(ext)" }

    /// Whether an `order.show` has all of it.
    func isWhole(_ shown: JSON) -> Bool {
        let lines = shown["lines"]?.arrayValue ?? []
        return shown["ext"]?.stringValue == ext
            && shown["subtotal"]?.stringValue == Self.amount(subtotal)
            && shown["discount"]?.stringValue == Self.amount(discount)
            && shown["total"]?.stringValue == Self.amount(subtotal - discount)
            && shown["coupon"]?.stringValue == coupon
            && lines.map { $0["quantity"]?.integerValue } == [Int64(quantity), 1]
            && shown["buyer"]?["email"]?.stringValue == email
    }

    /// In cents; always a multiple of 10, so that 10 per cent of it are whole cents.
    private var subtotal: Int { quantity * 250 + 100 }

    private var discount: Int { coupon == nil ? 0 : subtotal / 10 }

    private static func amount(_ cents: Int) -> String {
        let rest = String(cents % 100)
        return "\(cents / 100).\(rest.count < 2 ? "0" : "")\(rest)"
    }
}
