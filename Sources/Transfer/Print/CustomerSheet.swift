public import Registry
internal import StrictJSON

/// A customer's sheet as one HTML page that needs nothing but itself.
///
/// Each part is asked for in the order of the page, and what there is so far can be taken away, so that a page of any
/// length takes little memory.
public struct CustomerSheet {
    let level: SheetLevel
    let format: SheetFormat
    /// The language of its words.
    public let language: SheetLanguage
    var writer: SheetWriter

    public init(_ level: SheetLevel, _ language: SheetLanguage, in shop: Shop) {
        self.level = level
        self.language = language
        format = SheetFormat(shop, language)
        writer = SheetWriter(language)
    }

    /// The HTML since the last call.
    public mutating func take() -> String { writer.take() }

    /// How many bytes ``take()`` would give.
    public var count: Int { writer.html.utf8.count }

    /// Begins the page with who the customer is.
    public mutating func begin(_ customer: Customer, printedAt: Instant) {
        let name = customer.fields.fullName ?? customer.fields.company ?? customer.fields.email?.spelling ?? ""
        writer.markup("<!DOCTYPE html>")
        writer.open(language: language, title: "\(SheetWord.customer.text(language)) \(customer.number) \(name)")
        writer.markup("<header>")
        writer.element("h1", name.isEmpty ? SheetWord.customer.text(language) : name)
        let printed = "\(SheetWord.printed.text(language)) \(format.time(printedAt))"
        writer.element("p", "\(format.title)\n\(printed)")
        writer.markup("</header>")
        if customer.status == .denied, level != .customer {
            writer.element("p", SheetWord.denied.text(language), style: "warning")
        }
        writer.markup("<dl>")
        contact(of: customer)
        switch level {
        case .counter: standing(of: customer)
        case .customer: record(of: customer)
        case .authority:
            record(of: customer)
            standing(of: customer)
            writer.field(.source, customer.source)
        }
        writer.markup("</dl>")
    }

    /// Ends the page.
    public mutating func end() {
        writer.markup("</body></html>")
    }

    private mutating func contact(of customer: Customer) {
        let fields = customer.fields
        writer.field(.customerNumber, String(customer.number))
        writer.field(.company, fields.company)
        writer.field(.email, fields.email?.spelling)
        writer.field(.phone, fields.phone)
        writer.field(.vatID, fields.vatID)
        if customer.isTaxExempt { writer.field(.taxExempt, SheetWord.yes.text(language)) }
    }

    private mutating func record(of customer: Customer) {
        let fields = customer.fields
        writer.field(.country, fields.country.map(format.country))
        writer.field(.language, fields.language.map(format.language))
        writer.field(.birthday, fields.birthday.map { format.day($0) })
        writer.field(.since, format.time(customer.joinedAt))
        writer.field(.account, language.name(of: customer.account))
        for member in fields.custom { writer.field(member.name, Self.text(member.value)) }
    }

    /// What the shop thinks of the customer, for its own people.
    private mutating func standing(of customer: Customer) {
        writer.field(.status, language.name(of: customer.status))
        writer.field(.groups, customer.groups.map(\.name).joined(separator: ", "))
        writer.field(.tags, customer.tags.joined(separator: ", "))
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .string(let text), .number(let text): text
        case .null: ""
        case .bool, .array, .object: value.text
        }
    }
}
