import ChannelKit

/// A product as the shop set it.
struct ShopItem: Equatable {
    let sku: String
    var name: String
    var unitPrice: UnitPrice?
    var currency: Currency?
    var taxRate: Percentage?
    /// Whether it is not sold any more.
    var isArchived = false

    init(sku: String, name: String) {
        self.sku = sku
        self.name = name
    }

    /// - Throws: `ValueError` for a tax rate that no shop has written.
    init(_ row: Row) throws {
        self.init(sku: row.text(0), name: row.text(1))
        unitPrice = row.integerOrNil(2).map(UnitPrice.init(micros:))
        currency = try row.textOrNil(3).map { (code) throws(ValueError) in try Currency(code) }
        taxRate = try row.integerOrNil(4).map { (rate) throws(ValueError) in try Percentage(millionths: rate) }
        isArchived = row.flag(5)
    }

    var product: Product { Product(sku: sku, name: name, unitPrice: unitPrice, currency: currency) }

    var shape: JSONFragment {
        JSONWriter.object { writer in
            writer.member("sku", sku)
            writer.member("name", name)
            writer.member("price", unitPrice?.text(atLeast: currency?.fractionDigits ?? 0))
            writer.member("currency", currency?.code)
            writer.member("tax_rate", taxRate?.text)
            writer.member("archived", isArchived)
        }
    }
}
