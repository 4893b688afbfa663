internal import ChannelKit
internal import Registry
public import Storage

/// What is looked at to tell whether a tenant's file is sound.
public enum TenantCheck: String, Sendable, CaseIterable {
    /// SQLite's own check of pages, indexes and constraints.
    case integrity
    case foreignKeys = "foreign_keys"
    /// Customers' order counts and totals, by customer.
    case totals
    /// The ledger of redemptions and holds, by coupon.
    case coupons
    case events
    case search
    /// The tables of the channels and plugins that are on.
    case channels
    case numbering

    /// Looks for what is wrong.
    ///
    /// - Parameters:
    ///   - transaction: One look at the file for all checks.
    ///   - profile: Whose file it is.
    ///   - isQuick: Whether indexes may go unread.
    /// - Returns: A sentence, an id or a code for each thing; nothing where all is well.
    /// - Throws: `StorageError`.
    public func problems(_ transaction: ReadTransaction, _ profile: TenantProfile, isQuick: Bool) throws -> [String] {
        switch self {
        case .integrity: try transaction.integrityProblems(isQuick: isQuick)
        case .foreignKeys: try transaction.foreignKeyProblems()
        case .totals: try TotalsCheck(transaction).mismatches().map { String($0.rawValue) }
        case .coupons: try CouponReader(transaction).mismatches()
        case .events: try EventCheck(transaction).problems()
        case .search: isQuick ? [] : try SearchCheck(transaction).problems()
        case .channels: try profile.tableProblems(transaction)
        case .numbering: try NumberingCheck(transaction).problems()
        }
    }

    /// All that is wrong, by check.
    ///
    /// - Throws: `StorageError`.
    public static func all(
        _ transaction: ReadTransaction, _ profile: TenantProfile, isQuick: Bool
    ) throws -> [(check: TenantCheck, problems: [String])] {
        try allCases.map { ($0, try $0.problems(transaction, profile, isQuick: isQuick)) }
    }
}

extension TenantProfile {
    /// What is wrong with the tables of the channels that are on.
    fileprivate func tableProblems(_ transaction: ReadTransaction) throws -> [String] {
        let installed = try InstalledTables(transaction)
        return try installedChannels.filter { isEnabled($0.descriptor.id) }.compactMap { channel in
            let descriptor = channel.descriptor
            do {
                let isComplete = try installed.areComplete(
                    descriptor.migrations, descriptor.tables, of: descriptor.id)
                return isComplete ? nil : "the tables of \(descriptor.id) are not made"
            } catch let error as ChannelTableError {
                return error.description
            }
        }
    }
}
