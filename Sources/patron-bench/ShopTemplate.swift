import Foundation
import Registry
import Storage

/// The registry every measurement starts from: the known customers and the coupon.
struct ShopTemplate {
    let path: String

    /// Fills a new file at `path`.
    init(at path: String) throws {
        self.path = path
        let database = try Database(path: path, migrations: RegistrySchema.migrations)
        let occasion = try Self.occasion(at: Instant(seconds: Int64(Date().timeIntervalSince1970)))
        try database.write { transaction in try Self.fill(transaction, occasion) }
    }

    /// Puts a copy at `path`, in the place of what is there.
    func copy(to path: String) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        try FileManager.default.copyItem(atPath: self.path, toPath: path)
    }

    /// Enters the known customers and the coupon.
    static func fill(_ transaction: WriteTransaction, _ occasion: Occasion) throws {
        let customers = CustomerWriter(transaction, occasion)
        let (email, name) = (NumberedText(OrderText.knownEmail), NumberedText(OrderText.knownName))
        let phone = NumberedText(OrderText.knownPhone)
        for person in 0..<OrderPlan.knownCustomers {
            var fields = CustomerFields()
            for (field, text) in [(CustomerField.email, email), (.name, name), (.phone, phone)] {
                text.fill(order: 0, person: person)
                try fields.set(field, to: text.text, country: occasion.shop.country)
            }
            _ = try customers.create(fields, source: "staff")
        }
        let benefit = CouponBenefit.percent(try Percentage(millionths: 100_000))
        let terms = CouponTerms(code: OrderText.coupon, benefit: benefit, currency: occasion.shop.currency)
        try CouponWriter(transaction, occasion).create(terms)
    }

    /// The occasion of a tenant made without any wishes, with the operator at work.
    static func occasion(at instant: Instant) throws -> Occasion {
        let shop = Shop(
            name: "bench", title: "Bench", currency: try Currency("EUR"), country: try Country("DE"), locale: "de",
            timeZone: TimeZone(identifier: "Europe/Berlin") ?? .gmt, policies: Policies())
        return Occasion(shop: shop, at: instant, actor: .operator)
    }
}
