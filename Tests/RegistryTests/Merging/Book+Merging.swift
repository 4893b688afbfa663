import Registry
import Storage

extension Book {
    /// Merges `from` into `into`.
    @discardableResult
    func merge(
        _ from: CustomerID, into: CustomerID, _ choices: [String: CustomerMerge.Choice] = [:], isForced: Bool = false
    ) throws -> CustomerMerge.Outcome {
        try write { try CustomerMerger($0, occasion).merge(Self.merge(from, into, choices, isForced)) }
    }

    func preview(
        _ from: CustomerID, into: CustomerID, _ choices: [String: CustomerMerge.Choice] = [:], isForced: Bool = false
    ) throws -> CustomerMerge.Outcome {
        try write { try CustomerMerger($0, occasion).preview(Self.merge(from, into, choices, isForced)) }
    }

    private static func merge(
        _ from: CustomerID, _ into: CustomerID, _ choices: [String: CustomerMerge.Choice], _ isForced: Bool
    ) -> CustomerMerge {
        var merge = CustomerMerge(into: into, from: from)
        merge.choices = choices
        merge.isForced = isForced
        return merge
    }

    func unmerge(_ from: CustomerID) throws {
        _ = try write { try CustomerMerger($0, occasion).unmerge(from) }
    }

    func tag(_ customer: CustomerID, _ name: String) throws {
        try write { try TagWriter($0, occasion).assign(name, to: customer) }
    }

    func say(_ isGranted: Bool, by customer: CustomerID, _ purpose: ConsentPurpose = .newsletter) throws {
        try write {
            try ConsentWriter($0, occasion).record(
                ConsentStatement(purpose: purpose, isGranted: isGranted, wording: nil), by: customer, channel: nil)
        }
    }

    /// Where a customer stands for the newsletter.
    func newsletter(_ customer: CustomerID) throws -> ConsentStatus? {
        try read { try ConsentReader($0).states(of: customer).first { $0.purpose == .newsletter }?.status }
    }

    func ids(email: String) throws -> [CustomerID] {
        let address = try EmailAddress(parsing: email)
        return try read { try CustomerReader($0).customers(email: address) }
    }
}
