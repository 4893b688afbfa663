internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON

/// Answers what plugins ask while they deal with a request, in the tenant of that request and nowhere else.
struct PluginAnswers: Sendable {
    /// The tenant with this name.
    let tenant: @Sendable (String) -> Tenant?
    let log: PluginLog

    private static let rowLimit = 1_000
    /// The most bytes of the rows of a query.
    private static let byteLimit = 512 << 10

    func answer(
        _ method: String, _ params: JSON, _ request: PluginRequest,
        _ done: @escaping @Sendable (Result<JSONFragment, any Error>) -> Void
    ) {
        guard let tenant = tenant(request.tenant.name) else { return done(.failure(HostError.noTenant)) }
        let details = Details(arguments: params.objectValue ?? [])
        tenant.read { transaction in
            let services = ChannelServices(transaction, channel: request.tenant.plugin, request.occasion)
            let fragment = try Self.answer(method, details, services)
            return { done(.success(fragment)) }
        } failed: { [log] error in
            if !(error is any Refusal) {
                log("a plugin's question failed", ["plugin": request.tenant.plugin, "error": "\(error)"])
            }
            done(.failure(error))
        }
    }

    private static func answer(
        _ method: String, _ details: Details, _ services: ChannelServices
    ) throws -> JSONFragment {
        switch method {
        case "data.query": try query(details, services)
        case "customer.match": try match(details, services)
        case "customer.is-denied":
            try JSONWriter.object { writer in
                writer.member("denied", try services.isDenied(customer(details)))
            }
        case "consent.show": try consent(details, services)
        case "coupon.check": try coupon(details, services)
        case "order.show": try order(details, services)
        default: throw ChannelRefusal.notFound("no-method", "there is no \(method)")
        }
    }

    private static func query(_ details: Details, _ services: ChannelServices) throws -> JSONFragment {
        let references = PluginReferences()
        let values = try (details.json["values"]?.arrayValue ?? []).map { try references.value($0) }
        var (count, bytes) = (0, 0)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("rows")
        writer.beginArray()
        do {
            try services.rows(text: details.text("sql") ?? "", values) { row in
                count += 1
                writer.beginArray()
                for column in 0..<row.count { writer.json(row.value(column).json) }
                writer.endArray()
                bytes = writer.bytes.count
                return count <= Self.rowLimit && bytes <= Self.byteLimit
            }
        } catch let error as StorageError where error.isMisuse || error.isOutOfReach || error.isMistake {
            throw ChannelRefusal("bad-statement", error.message)
        }
        guard count <= Self.rowLimit, bytes <= Self.byteLimit else {
            throw PluginQuestionTooBig()
        }
        writer.endArray()
        writer.endObject()
        return writer.finish()
    }

    private static func match(_ details: Details, _ services: ChannelServices) throws -> JSONFragment {
        guard let json = details.json["customer"], json.objectValue != nil else {
            throw details.bad("customer", "an object is needed here")
        }
        let buyer = try BuyerDescription(written: json, country: services.occasion.shop.country)
        let found = try services.customer(matching: buyer)
        return JSONWriter.object { writer in
            writer.name("customer")
            guard let found else { return writer.null() }
            writer.beginObject()
            writer.member("id", found.id.rawValue)
            writer.member("name", found.fields.fullName)
            writer.member("email", found.fields.email?.spelling)
            writer.member("phone", found.fields.phone)
            writer.member("country", found.fields.country?.code)
            writer.member("status", found.status.rawValue)
            writer.endObject()
        }
    }

    private static func consent(_ details: Details, _ services: ChannelServices) throws -> JSONFragment {
        let word = try details.word("purpose", among: ConsentPurpose.allCases.map(\.rawValue))
        let purpose = word.flatMap(ConsentPurpose.init) ?? .newsletter
        let status = try services.consent(of: customer(details), for: purpose)
        return JSONWriter.object { $0.member("status", status?.rawValue) }
    }

    private static func coupon(_ details: Details, _ services: ChannelServices) throws -> JSONFragment {
        let shop = services.occasion.shop
        let who = try details.integer("customer").map { try services.customer(CustomerID(rawValue: $0)) }
        let total = try details.amount("total", in: shop.currency) ?? Money(minor: 0, currency: shop.currency)
        let use = CouponUse(
            channel: services.id, customer: who?.id, subtotal: total, lines: nil, at: services.occasion.at,
            earlierOrders: who?.orderCount ?? 0)
        let discount = try services.discount(of: details.text("code") ?? "", for: use)
        return JSONWriter.object { writer in
            writer.member("discount", discount.text)
            writer.member("currency", discount.currency.code)
        }
    }

    private static func order(_ details: Details, _ services: ChannelServices) throws -> JSONFragment {
        let found: Order?
        if let id = try details.integer("id") {
            do {
                found = try services.order(OrderID(rawValue: id))
            } catch OrderError.notFound {
                found = nil
            }
        } else {
            found = try services.order(ext: details.text("ext") ?? "")
        }
        return try JSONWriter.object { writer in
            writer.name("order")
            guard let found else { return writer.null() }
            writer.fragment(.order(found, lines: try services.lines(of: found)))
        }
    }

    private static func customer(_ details: Details) throws -> CustomerID {
        guard let id = try details.integer("customer") else { throw details.bad("customer", "an id is needed here") }
        return CustomerID(rawValue: id)
    }
}

/// A plugin's query finds more than can be told.
private struct PluginQuestionTooBig: Refusal {
    var kind: RefusalKind { .tooLarge }
    var slug: String { "too-big" }
    var description: String { "at most 1000 rows and 512 KiB are answered; ask for less" }
}
