internal import Foundation
public import Registry

extension TenantSetting {
    /// The settings that limit what a tenant takes of its host.
    ///
    /// - Parameter standard: The limits where a tenant has none of its own.
    /// - Returns: The settings, in the order they are shown.
    public static func limits(_ standard: Limits) -> [TenantSetting] {
        [
            ceiling(
                "limit.requests", "the most requests a second; the operator's are not counted here and below",
                standard.requests, most: Self.quickest
            ) { $0.requests = $1 },
            ceiling(
                "limit.burst", "how many requests may come at once before limit.requests counts", standard.burst,
                most: Self.quickest
            ) { $0.burst = $1 ?? Self.quickest },
            ceiling(
                "limit.customers", "the most customers, erased ones and tests included", standard.customers
            ) { $0.customers = $1 },
            ceiling("limit.orders", "the most orders, tests included", standard.orders) { $0.orders = $1 },
            ceiling(
                "limit.bytes",
                "the most bytes of the registry's file and its log; what takes away or is owed to somebody goes on",
                standard.bytes
            ) { $0.bytes = $1 },
            ceiling(
                "limit.mails",
                "the most mails that leave in 24 hours, the others wait; a tenth is kept for what is no newsletter",
                standard.mails
            ) { $0.mails = $1 },
        ]
    }

    /// Reads limits such as "requests=200,mails=0": the names of the settings without "limit.".
    ///
    /// - Returns: These limits beside the standard ones; nil when a word is none.
    public static func limits(parsing text: String) -> Limits? {
        var policies = Policies()
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let setting = limits(Limits()).first(where: { $0.name == "limit.\(parts[0])" }),
                setting.apply(String(parts[1]), &policies)
            else { return nil }
        }
        return policies.limits
    }

    private static let quickest: Int64 = 1_000_000_000

    /// A number from 0, which stands for no limit.
    private static func ceiling(
        _ name: String, _ summary: String, _ standard: Int64?, most: Int64 = 1_000_000_000_000_000,
        _ set: @escaping @Sendable (inout Limits, Int64?) -> Void
    ) -> TenantSetting {
        TenantSetting(
            name: name, standard: String(standard ?? 0), allowed: "0 for no limit, or a number up to \(most)",
            summary: summary
        ) { value, policies in
            guard let number = Int64(value), (0...most).contains(number) else { return false }
            set(&policies.limits, number == 0 ? nil : number)
            return true
        }
    }
}
