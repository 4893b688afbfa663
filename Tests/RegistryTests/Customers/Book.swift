import Foundation
import Registry
import Storage
import StrictJSON

/// A registry in memory with the occasion on which a test acts.
struct Book: Sendable {
    let database: Database
    var occasion: Occasion

    /// The time at which everything happens unless a test says otherwise.
    static let now = Instant(seconds: 1_790_000_000)

    init(
        path: String = ":memory:", country: String = "DE", currency: String = "EUR", locale: String = "de",
        policies: Policies = Policies()
    ) throws {
        database = try Database(path: path, migrations: RegistrySchema.migrations)
        let shop = Shop(
            name: "acme", title: "Acme", currency: try Currency(currency), country: try Country(country),
            locale: locale,
            timeZone: .gmt, policies: policies)
        occasion = Occasion(shop: shop, at: Self.now, actor: .staff("lena"))
    }

    /// The same registry under other policies.
    func under(_ change: (inout Policies) -> Void) -> Book {
        var book = self
        book.occasion.shop = occasion.shop.with(change)
        return book
    }

    /// The same registry some seconds after ``now``.
    func after(seconds: Int64) -> Book {
        var book = self
        book.occasion.at = Instant(seconds: Self.now.seconds + seconds)
        return book
    }

    func write<Result: Sendable>(_ body: @Sendable (WriteTransaction) throws -> Result) throws -> Result {
        try database.write(body)
    }

    func read<Result: Sendable>(_ body: @Sendable (ReadTransaction) throws -> Result) throws -> Result {
        try database.read(body)
    }

    func fields(
        name: String? = nil, email: String? = nil, phone: String? = nil, company: String? = nil
    ) throws -> CustomerFields {
        var fields = CustomerFields()
        try fields.set(.name, to: name, country: occasion.shop.country)
        try fields.set(.email, to: email, country: occasion.shop.country)
        try fields.set(.phone, to: phone, country: occasion.shop.country)
        try fields.set(.company, to: company, country: occasion.shop.country)
        return fields
    }

    @discardableResult
    func create(
        name: String? = nil, email: String? = nil, phone: String? = nil, company: String? = nil, isTest: Bool = false
    ) throws -> CustomerID {
        let fields = try fields(name: name, email: email, phone: phone, company: company)
        return try write { try CustomerWriter($0, occasion).create(fields, source: "staff", isTest: isTest) }
    }

    func customer(_ id: CustomerID) throws -> Customer {
        try read { try CustomerReader($0).customer(id) }
    }

    func update(
        _ id: CustomerID, ifRevision revision: Int64? = nil, _ change: @Sendable (inout CustomerFields) throws -> Void
    ) throws {
        try write { try CustomerWriter($0, occasion).update(id, ifRevision: revision, change) }
    }

    @discardableResult
    func register(_ draft: OrderDraft) throws -> Registration {
        try write { try OrderWriter($0, occasion).register(draft) }
    }

    func order(_ id: OrderID) throws -> Order {
        try read { try OrderReader($0).order(id) }
    }

    func update(_ id: OrderID, to state: OrderState) throws {
        var change = OrderChange()
        change.state = state
        let asked = change
        try write { try OrderWriter($0, occasion).update(id, asked) }
    }

    func move(_ id: OrderID, to customer: CustomerID) throws {
        try write { try OrderWriter($0, occasion).move(id, to: customer) }
    }

    func make(_ terms: CouponTerms) throws {
        try write { try CouponWriter($0, occasion).create(terms) }
    }

    func coupon(_ code: String) throws -> Coupon {
        try read { try CouponReader($0).coupon(code) }
    }

    func timeline(after seq: Int64 = 0) throws -> [TimelineEntry] {
        try read { try TimelineReader($0).entries(after: seq, limit: 1_000_000) }
    }

    /// A buyer as a channel describes one.
    func buyer(
        name: String? = nil, email: String? = nil, phone: String? = nil, company: String? = nil, ext: String? = nil
    ) throws -> Buyer {
        .described(
            BuyerDescription(
                fields: try fields(name: name, email: email, phone: phone, company: company), ext: ext,
                snapshot: JSONWriter.object { writer in
                    writer.member("name", name)
                    writer.member("email", email)
                    writer.member("phone", phone)
                    writer.member("ext", ext)
                }))
    }

    /// What is kept twice and differs: customers by id and coupons by code.
    func mismatches() throws -> [String] {
        try read { transaction in
            try TotalsCheck(transaction).mismatches().map { "customer \($0.rawValue)" }
                + CouponReader(transaction).mismatches()
        }
    }
}
