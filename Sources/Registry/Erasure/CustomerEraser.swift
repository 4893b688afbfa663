public import Storage
public import StrictJSON
internal import Foundation

/// Takes people out of the registry for good: what is left says that somebody bought something, not who.
///
/// Orders stay with their country, amounts, lines and dates, and so does the evidence of consents; the suppression list
/// remembers the contact as a keyed hash. Everything else goes, in this file and, at once or with the next change, in
/// its log; backups made before still have it.
public struct CustomerEraser {
    /// Takes what is personal out of an order's details; only the channel knows where that is.
    public typealias Redaction = (_ channel: String, _ details: JSON) -> JSON

    let transaction: WriteTransaction
    let occasion: Occasion
    let redact: Redaction

    public init(_ transaction: WriteTransaction, _ occasion: Occasion, redact: @escaping Redaction) {
        self.transaction = transaction
        self.occasion = occasion
        self.redact = redact
    }

    /// Erases a customer; whoever has been erased already stays so.
    ///
    /// A test customer goes without a trace.
    ///
    /// - Parameters:
    ///   - id: Who.
    ///   - number: The customer's number, as whoever asks has it; nil not to check it.
    /// - Returns: What is left of the customer.
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``, ``ErasureError/otherNumber(_:)``.
    public func erase(_ id: CustomerID, confirm number: Int64? = nil) throws -> ErasedCustomer {
        let customer = try CustomerReader(transaction.reading).customer(id)
        if let number, number != customer.number { throw ErasureError.otherNumber(customer.number) }
        transaction.scrub()
        guard !customer.isTest else {
            let (orders, parked) = try CustomerPurger(transaction, occasion, redact: redact).purge(id)
            return ErasedCustomer(id: id, number: customer.number, orders: orders, parked: parked, isPurged: true)
        }
        guard customer.status != .erased else {
            return ErasedCustomer(id: id, number: customer.number, orders: 0, parked: 0, isPurged: false)
        }
        let merged = try CustomerReader(transaction.reading).mergedInto(id)
        var (orders, parked): (Int64, Int64) = (0, 0)
        for record in [id] + merged {
            let left = try erase(record: record)
            (orders, parked) = (orders + left.orders, parked + left.parked)
        }
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.customerErased, customer: id)
        return ErasedCustomer(id: id, number: customer.number, orders: orders, parked: parked, isPurged: false)
    }

    private func erase(record id: CustomerID) throws -> (orders: Int64, parked: Int64) {
        let customer = try CustomerReader(transaction.reading).record(id)
        // While the record and what channels call it are still there.
        let parked = try ParkedInputEraser(transaction, in: occasion.shop.country, redact: redact).erase(customer)
        try SearchWriter(transaction).replace(SearchTerms.terms(of: customer), with: SearchTerms(), for: id)
        try ConsentWriter(transaction, occasion).erase(customer)
        let orders = try OrderEraser(transaction, redact: redact).erase(of: customer)
        for part in CustomerPart.all {
            for sql in part.erase ?? part.purge { try transaction.execute(sql, .integer(id.rawValue)) }
        }
        try ChannelTableWriter(transaction).erase(id)
        try ReplayStore(transaction).forget(id)
        try DenialWriter(transaction, occasion).forget(customer)
        try transaction.execute(
            """
            UPDATE customer SET rev = rev + 1, name = NULL, first_name = NULL, last_name = NULL, name_key = '',
                email = NULL, email_key = NULL, email_seat = 0, phone = NULL, phone_key = NULL, country = NULL,
                language = NULL, company = NULL, vat_id = NULL, tax_exempt = 0, birthday = NULL, custom = '{}',
                status = 'erased', deny_reason = NULL, public_reason = NULL, account = 'none',
                email_verified_at = NULL
            WHERE id = ?
            """, .integer(id.rawValue))
        return (orders, parked)
    }
}

/// What an erasure did.
public struct ErasedCustomer: Sendable, Equatable {
    public let id: CustomerID
    public let number: Int64
    /// How many orders have lost their buyer's data.
    public let orders: Int64
    /// How many parked requests named the customer: orders have lost their buyer, the rest is given up.
    public let parked: Int64
    /// Whether nothing at all is left, as of a test customer.
    public let isPurged: Bool
}

/// Why nobody was erased.
public enum ErasureError: Refusal, Equatable {
    case otherNumber(Int64)

    public var kind: RefusalKind { .badRequest }
    public var slug: String { "bad-value" }
    public var details: [JSON.Member] { [JSON.Member(name: "argument", value: .string("confirm"))] }
    public var description: String {
        switch self {
        case .otherNumber(let number): "confirm: this customer's number is \(number)"
        }
    }
}
