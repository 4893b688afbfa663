public import Storage
internal import StrictJSON

/// Remembers which customers are not the same.
public struct DuplicateWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Says that two customers are two, who are then no longer suggested; saying it again changes nothing.
    ///
    /// - Throws: ``MergeError/sameCustomer``, ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func distinguish(_ a: CustomerID, _ b: CustomerID) throws {
        guard a != b else { throw MergeError.sameCustomer }
        for customer in [a, b] { _ = try CustomerReader(transaction.reading).status(of: customer) }
        let change = try transaction.change(
            "INSERT INTO customer_distinct (a, b, actor, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            .integer(min(a.rawValue, b.rawValue)), .integer(max(a.rawValue, b.rawValue)),
            .text(occasion.actor.description), .integer(occasion.at.seconds))
        guard change > 0 else { return }
        for (customer, other) in [(a, b), (b, a)] {
            try TimelineWriter(transaction: transaction, occasion: occasion).append(
                .customerDistinct, customer: customer
            ) { $0.member("from", other.rawValue) }
        }
    }
}
