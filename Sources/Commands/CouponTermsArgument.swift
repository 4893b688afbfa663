internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage

/// Reads the terms of a coupon among the arguments.
struct CouponTermsArgument: Sendable {
    private let invocation: TenantInvocation
    private var arguments: Arguments { invocation.arguments }

    init(_ invocation: TenantInvocation) {
        self.invocation = invocation
    }

    /// What both new and changed coupons can be given.
    static let parameters: [Parameter] = [
        .optional("percent", .text, "what it takes off, in per cent"),
        .optional("amount", .amount, "or an amount it takes off"),
        .optional("item", .text, "or the sku of which one unit is free, the cheapest in the order"),
        .optional("minimum", .amount, "what the whole order must come to at least"),
        .optional("starts", .time, "from when on it is good"),
        .optional("ends", .time, "until when it is good; a day alone is included"),
        .optional("limit", .integer, "how often it may be used in all"),
        .optional("per_customer", .integer, "how often one customer may use it; nobody unknown may"),
        .optional("budget", .amount, "what all its discounts may come to"),
        .optional("channels", .words, "where it is good; everywhere where absent"),
        .optional("products", .words, "the skus on whose lines the discount counts; all where absent"),
        .optional("groups", .words, "of which groups a customer must be in one; everybody where absent"),
        .optional("first_order", .flag, "good for a customer's first order only, on whichever channel"),
        .optional("campaign", .text, "what it is made for, together with others", maximum: 200),
    ]

    /// The terms of a new coupon but for its groups.
    ///
    /// - Throws: ``CommandError``.
    func terms(code: String) throws -> CouponTerms {
        let currency = try invocation.currency()
        guard let benefit = try benefit(in: currency) else { throw CommandError.missingArgument("percent") }
        var terms = CouponTerms(code: code, benefit: benefit, currency: currency)
        try apply(to: &terms)
        terms.customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
        return terms
    }

    /// Puts what is given into the terms; null takes a term away, and so does its name among `cleared`.
    ///
    /// - Throws: ``CommandError``.
    func apply(to terms: inout CouponTerms, clearing cleared: [String] = []) throws {
        let currency = terms.currency
        func isMeant(_ name: String) -> Bool { arguments.isGiven(name) || cleared.contains(name) }
        for name in cleared where arguments.has(name) {
            throw CommandError.badValue(name, "it cannot be given and cleared")
        }
        if let benefit = try benefit(in: currency) { terms.benefit = benefit }
        if isMeant("minimum") { terms.minimum = try positive("minimum", in: currency) }
        if isMeant("starts") { terms.startsAt = try invocation.instant("starts") }
        if isMeant("ends") { terms.endsAt = try invocation.end("ends") }
        if isMeant("limit") { terms.limit = try positive("limit") }
        if isMeant("per_customer") { terms.perCustomer = try positive("per_customer") }
        if isMeant("budget") { terms.budget = try positive("budget", in: currency) }
        if isMeant("channels") { terms.channels = try channels() }
        if isMeant("products") { terms.products = try products() }
        if isMeant("first_order") { terms.isFirstOrderOnly = arguments.flag("first_order") ?? false }
        if isMeant("campaign") { terms.campaign = arguments.text("campaign").flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// Puts the groups that are named into the terms, by their ids; see ``apply(to:clearing:)``.
    ///
    /// - Throws: ``GroupError/notFound``.
    func applyGroups(
        to terms: inout CouponTerms, clearing cleared: [String] = [], _ transaction: ReadTransaction
    ) throws {
        guard arguments.isGiven("groups") || cleared.contains("groups") else { return }
        let names = arguments.words("groups")
        let reader = GroupReader(transaction)
        terms.groups = names.isEmpty ? nil : try names.map { try reader.group(named: $0).id }
    }

    private func benefit(in currency: Currency) throws(CommandError) -> CouponBenefit? {
        let given = ["percent", "amount", "item"].filter(arguments.has)
        guard given.count < 2 else { throw .badValue(given[1], "only one of percent, amount and item can be given") }
        guard let name = given.first else { return nil }
        if name == "amount" { return try positive("amount", in: currency).map(CouponBenefit.amount) }
        if name == "item" {
            let sku = arguments.required("item")
            guard !sku.allSatisfy(\.isWhitespace) else { throw .badValue("item", "a sku is needed") }
            return .item(sku: sku)
        }
        let percent = try arguments.value("percent") { (text) throws(ValueError) in try Percentage(parsing: text) }
        guard let percent, percent.millionths > 0 else { throw .badValue("percent", "it must be above 0") }
        return .percent(percent)
    }

    private func channels() throws(CommandError) -> [String] {
        let channels = arguments.words("channels")
        for channel in channels where invocation.profile.installedChannel(channel) == nil {
            throw .badValue("channels", "there is no channel \(channel)")
        }
        return channels
    }

    private func products() throws(CommandError) -> [String] {
        var seen: Set<String> = []
        let products = arguments.words("products").filter { seen.insert($0).inserted }
        guard !products.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
            throw .badValue("products", "a list of skus is needed")
        }
        return products
    }

    private func positive(_ name: String, in currency: Currency) throws(CommandError) -> Money? {
        guard let money = try invocation.money(name, in: currency) else { return nil }
        guard money.minor > 0 else { throw .badValue(name, "it must be above 0") }
        return money
    }

    private func positive(_ name: String) throws(CommandError) -> Int64? {
        guard let number = arguments.integer(name) else { return nil }
        guard number > 0 else { throw .badValue(name, "it must be above 0") }
        return number
    }
}
