internal import Foundation
public import Registry

/// How amounts and days are printed: as the tenant's place writes them.
public struct SheetFormat: Sendable {
    let language: SheetLanguage
    private let shop: Shop
    private let locale: Locale

    public init(_ shop: Shop, _ language: SheetLanguage) {
        self.shop = shop
        self.language = language
        locale = Locale(identifier: shop.locale)
    }

    /// The shop's own name.
    var title: String { shop.title }

    /// An amount with its currency.
    func amount(_ money: Money) -> String {
        guard let value = Decimal(string: money.text) else { return "\(money.text) \(money.currency.code)" }
        let digits = money.currency.fractionDigits
        return value.formatted(
            .currency(code: money.currency.code).precision(.fractionLength(digits)).locale(locale))
    }

    /// A number that is written with a point.
    func number(_ text: String) -> String {
        guard let value = Decimal(string: text) else { return text }
        return value.formatted(.number.precision(.fractionLength(0...6)).locale(locale))
    }

    /// The day it is in the shop.
    func day(_ instant: Instant) -> String {
        days(in: shop.timeZone).format(date(instant))
    }

    /// The day and the time in the shop.
    func time(_ instant: Instant) -> String {
        days(in: shop.timeZone).hour(.twoDigits(amPM: .abbreviated)).minute(.twoDigits).format(date(instant))
    }

    /// A calendar day such as "1984-02-29"; as it stands when it is none.
    func day(_ text: String) -> String {
        guard let instant = try? Instant(parsing: text, zone: .gmt) else { return text }
        return days(in: .gmt).format(date(instant))
    }

    /// A price of one unit, as fine as it is and no coarser than an amount.
    func price(_ price: UnitPrice, in currency: Currency) -> String {
        guard let value = Decimal(string: price.text) else { return price.text }
        return value.formatted(
            .number.precision(.fractionLength(currency.fractionDigits...max(6, currency.fractionDigits))).locale(locale)
        )
    }

    /// The last day before a moment, with the time where that is no midnight.
    func end(_ instant: Instant) -> String {
        let isMidnight = Calendar(identifier: .gregorian).isMidnight(date(instant), in: shop.timeZone)
        return isMidnight ? day(Instant(seconds: instant.seconds - 1)) : time(instant)
    }

    /// A language's name in the language of the sheet.
    func language(_ code: String) -> String {
        Locale(identifier: language.rawValue).localizedString(forLanguageCode: code) ?? code
    }

    /// A country's name in the language of the sheet.
    func country(_ country: Country) -> String {
        Locale(identifier: language.rawValue).localizedString(forRegionCode: country.code) ?? country.code
    }

    private func days(in zone: TimeZone) -> Date.FormatStyle {
        Date.FormatStyle(locale: locale, calendar: Calendar(identifier: .gregorian), timeZone: zone)
            .day(.twoDigits).month(.twoDigits).year()
    }

    private func date(_ instant: Instant) -> Date { Date(timeIntervalSince1970: Double(instant.seconds)) }
}

extension Calendar {
    fileprivate func isMidnight(_ date: Date, in zone: TimeZone) -> Bool {
        var calendar = self
        calendar.timeZone = zone
        return calendar.startOfDay(for: date) == date
    }
}
