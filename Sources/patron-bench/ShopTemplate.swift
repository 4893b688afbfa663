import Foundation
import Registry
import Storage
import Synchronization

/// The tenant every measurement starts from: made by the daemon, with the known customers and the coupon.
struct ShopTemplate {
    private let registry: Data
    private let configuration: Data

    /// Makes it, with so many of the known customers.
    init(in scratch: Scratch, customers: Int = OrderPlan.knownCustomers) throws {
        (registry, configuration) = try scratch.withFolder("template") { folder in
            let daemon = try DaemonProcess(in: folder, scratch: scratch)
            defer { daemon.stop() }
            try daemon.createTenants(["shop"])
            daemon.stop()
            let path = "\(daemon.tenants)/shop"
            let occasion = try Self.occasion(at: Instant(seconds: Int64(Date().timeIntervalSince1970)))
            let database = try Database(path: "\(path)/registry.sqlite", migrations: RegistrySchema.migrations)
            try database.write { transaction in try Self.fill(transaction, occasion, customers: customers) }
            try database.close()
            return try (Self.contents("\(path)/registry.sqlite"), Self.contents("\(path)/tenant.json"))
        }
    }

    /// Bytes of a tenant's file.
    var size: Int { registry.count }

    /// Puts a copy of the registry at `path`, in the place of what is there.
    func copy(to path: String) throws {
        try registry.write(to: URL(fileURLWithPath: path))
    }

    /// Makes tenants of these names in a daemon's folder.
    func make(_ names: [String], in tenants: String) throws {
        let failures = Mutex<[any Error]>([])
        let threads = ProcessInfo.processInfo.activeProcessorCount
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            do {
                for index in stride(from: thread, to: names.count, by: threads) {
                    let folder = "\(tenants)/\(names[index])"
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                    try copy(to: "\(folder)/registry.sqlite")
                    try configuration.write(to: URL(fileURLWithPath: "\(folder)/tenant.json"))
                }
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        if let failure = failures.withLock({ $0.first }) { throw failure }
    }

    private static func contents(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// Enters known customers and the coupon.
    static func fill(
        _ transaction: WriteTransaction, _ occasion: Occasion, customers count: Int = OrderPlan.knownCustomers
    ) throws {
        let customers = CustomerWriter(transaction, occasion)
        let (email, name) = (NumberedText(OrderText.knownEmail), NumberedText(OrderText.knownName))
        let phone = NumberedText(OrderText.knownPhone)
        for person in 0..<count {
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
