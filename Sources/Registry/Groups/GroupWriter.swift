public import Storage
internal import StrictJSON

/// Makes groups, changes them and puts customers into them.
public struct GroupWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let reader: GroupReader
    private let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = GroupReader(transaction.reading)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Makes a group without members.
    ///
    /// - Throws: ``GroupError/blank``, ``GroupError/exists(name:)`` when a group equals it after folding.
    public func create(_ name: String, isTaxExempt: Bool) throws -> CustomerGroup {
        let key = try freeKey(for: name, of: nil)
        let id = try transaction.insert(
            "INSERT INTO shop_group (id, name, name_key, tax_exempt) VALUES (?, ?, ?, ?)",
            .integer(try Numbering.group.next(in: transaction)), .text(name), .text(key),
            .flag(isTaxExempt))
        try timeline.append(.groupCreated) { $0.member("group", name) }
        return try reader.group(GroupID(rawValue: id))
    }

    /// Renames a group or changes what it means; nil leaves as is.
    ///
    /// - Throws: ``GroupError/notFound``, ``GroupError/blank``, ``GroupError/exists(name:)``.
    public func update(_ id: GroupID, name: String?, isTaxExempt: Bool?) throws -> CustomerGroup {
        let before = try reader.group(id)
        let key = try freeKey(for: name ?? before.name, of: id)
        try transaction.execute(
            "UPDATE shop_group SET name = ?, name_key = ?, tax_exempt = ? WHERE id = ?", .text(name ?? before.name),
            .text(key), .flag(isTaxExempt ?? before.isTaxExempt), .integer(id.rawValue))
        let after = try reader.group(id)
        if after != before {
            try timeline.append(.groupUpdated) {
                $0.member("group", after.name)
                if before.name != after.name { $0.member("was", before.name) }
                if before.isTaxExempt != after.isTaxExempt { $0.member("tax_exempt", after.isTaxExempt) }
            }
        }
        return after
    }

    /// Deletes a group; its members stay customers.
    ///
    /// - Returns: The group as it was, with how many members it had.
    /// - Throws: ``GroupError/notFound``.
    public func delete(_ id: GroupID) throws -> CustomerGroup {
        let group = try reader.group(id)
        try transaction.execute("DELETE FROM customer_group WHERE group_id = ?", .integer(id.rawValue))
        try transaction.execute("DELETE FROM shop_group WHERE id = ?", .integer(id.rawValue))
        try timeline.append(.groupDeleted) {
            $0.member("group", group.name)
            $0.member("customers", group.customers)
        }
        return group
    }

    /// Puts a customer into a group; where groups are exclusive, out of the others too.
    ///
    /// - Throws: ``GroupError/notFound``, ``CustomerError/notFound``, ``CustomerError/erased``.
    public func assign(_ customer: CustomerID, to id: GroupID) throws {
        let group = try reader.group(id)
        try refuseErased(customer)
        let former = try reader.groups(of: customer)
        guard !former.contains(where: { $0.id == id }) || isExclusive && former.count > 1 else { return }
        if isExclusive {
            for other in former where other.id != id { try leave(customer, other) }
        }
        if !former.contains(where: { $0.id == id }) {
            try transaction.execute(
                "INSERT INTO customer_group (customer_id, group_id) VALUES (?, ?)", .integer(customer.rawValue),
                .integer(id.rawValue))
            try timeline.append(.groupAssigned, customer: customer) { $0.member("group", group.name) }
        }
        try grow(customer)
    }

    /// Takes a customer out of a group.
    ///
    /// - Throws: ``GroupError/notFound``, ``GroupError/notMember``, ``CustomerError/notFound``.
    public func remove(_ customer: CustomerID, from id: GroupID) throws {
        let group = try reader.group(id)
        _ = try CustomerReader(transaction.reading).status(of: customer)
        guard try leave(customer, group) else { throw GroupError.notMember }
        try grow(customer)
    }

    private var isExclusive: Bool { occasion.shop.policies.groupsAreExclusive }

    private func refuseErased(_ customer: CustomerID) throws {
        guard try CustomerReader(transaction.reading).status(of: customer) != .erased else {
            throw CustomerError.erased
        }
    }

    /// - Returns: Whether the customer was in the group.
    @discardableResult
    private func leave(_ customer: CustomerID, _ group: CustomerGroup) throws -> Bool {
        let count = try transaction.change(
            "DELETE FROM customer_group WHERE customer_id = ? AND group_id = ?", .integer(customer.rawValue),
            .integer(group.id.rawValue))
        guard count > 0 else { return false }
        try MergeRecords(transaction: transaction).settle(group.id.rawValue, of: .groups, for: customer)
        try timeline.append(.groupRemoved, customer: customer) { $0.member("group", group.name) }
        return true
    }

    private func grow(_ customer: CustomerID) throws {
        try transaction.execute("UPDATE customer SET rev = rev + 1 WHERE id = ?", .integer(customer.rawValue))
    }

    /// The folded name, which no other group has.
    private func freeKey(for name: String, of id: GroupID?) throws -> String {
        let key = Folding.folded(name)
        guard !key.isEmpty else { throw GroupError.blank }
        if let taken = try reader.find(name), taken.id != id { throw GroupError.exists(name: taken.name) }
        return key
    }
}
