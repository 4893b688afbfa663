import ChannelKit

/// The cards by which customers make themselves known at a till.
enum Card {
    /// Whose card it is; nil for one that nobody has, or that is blocked.
    static func customer(_ card: String, _ services: ChannelServices) throws -> CustomerID? {
        try services.first(
            "SELECT customer_id FROM pos__card WHERE card = ? AND is_active = 1", .text(card)
        ) { CustomerID(rawValue: $0.integer(0)) }
    }

    /// The cards that a customer may use.
    static func cards(of customer: CustomerID, _ services: ChannelServices) throws -> [String] {
        try services.all(
            """
            SELECT card FROM pos__card WHERE customer_id = ? AND is_active = 1 AND card IS NOT NULL
            ORDER BY id LIMIT 20
            """, .integer(customer.rawValue)
        ) { $0.text(0) }
    }
}
