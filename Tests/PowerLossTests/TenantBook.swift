import Hosting
import Registry
import Storage

/// What a tenant's file holds, as far as something was promised about it.
struct TenantBook: Sendable {
    /// What is wrong with it whatever was promised.
    private(set) var findings: [String] = []
    private var orders: Set<String> = []
    private var subscribed: Set<String> = []
    private var unsubscribed: Set<String> = []
    private var merged: Set<Int64> = []
    private var emails: [String] = []

    init(_ transaction: ReadTransaction, _ profile: TenantProfile) throws {
        for (check, problems) in try TenantCheck.all(transaction, profile, isQuick: false) {
            findings += problems.map { "\(check.rawValue): \($0)" }
        }
        let lines = try transaction.all(
            """
            SELECT o.ext, (SELECT count(*) FROM order_line AS l WHERE l.order_id = o.id) FROM customer_order AS o
            """
        ) { (ext: $0.text(0), count: $0.integer(1)) }
        findings += lines.filter { $0.count != 2 }.map { "order \($0.ext) has \($0.count) lines" }
        orders = Set(lines.map(\.ext))
        if orders.count != lines.count { findings.append("an order is there twice") }
        let consents = try transaction.all(
            """
            SELECT c.email_key, s.status FROM consent AS s JOIN customer AS c ON c.id = s.customer_id
            WHERE c.email_key IS NOT NULL
            """
        ) { (email: $0.text(0), status: $0.text(1)) }
        subscribed = Set(consents.filter { $0.status == "subscribed" }.map(\.email))
        unsubscribed = Set(consents.filter { $0.status == "unsubscribed" }.map(\.email))
        merged = Set(
            try transaction.all("SELECT id FROM customer WHERE merged_into IS NOT NULL") { $0.integer(0) })
        emails = try transaction.all("SELECT email_key FROM customer WHERE email_key IS NOT NULL") { $0.text(0) }
    }

    /// What speaks against a fact about this tenant.
    func objection(to fact: Fact, _ backups: [String]) -> String? {
        switch fact {
        case .tenant, .archived, .gone: nil
        case .order(_, let ext): orders.contains(ext) ? nil : "order \(ext) is lost"
        case .noOrder(_, let ext): orders.contains(ext) ? "order \(ext) is there again" : nil
        case .withdrawn(_, let email):
            unsubscribed.contains(email) && !subscribed.contains(email) ? nil : "\(email) is not unsubscribed"
        case .erased(_, let word):
            emails.contains { $0.contains(word) } ? "\(word) is not erased" : nil
        case .merged(_, let id): merged.contains(id) ? nil : "customer \(id) is not merged"
        case .imported(_, let prefix, let count):
            emails.filter { $0.hasPrefix(prefix) }.count == count ? nil : "customers \(prefix) are not all there"
        case .backup(_, let name): backups.contains(name) ? nil : "backup \(name) is lost"
        }
    }
}

extension Fact {
    var tenant: String {
        switch self {
        case .tenant(let name), .archived(let name), .gone(let name): name
        case .order(let tenant, _), .noOrder(let tenant, _), .withdrawn(let tenant, _), .erased(let tenant, _),
            .merged(let tenant, _), .imported(let tenant, _, _), .backup(let tenant, _):
            tenant
        }
    }
}
