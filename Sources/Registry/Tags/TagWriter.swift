public import Storage
internal import StrictJSON

/// Puts tags on customers and takes them off.
public struct TagWriter {
    let transaction: WriteTransaction
    let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Puts a tag on a customer, making the tag when no tag equals it after folding.
    ///
    /// - Throws: ``TagError/blank``, ``TagError/tooMany(maximum:)``, ``CustomerError/notFound``.
    public func assign(_ name: String, to customer: CustomerID) throws {
        let key = Folding.folded(name)
        guard !key.isEmpty else { throw TagError.blank }
        let before = try CustomerReader(transaction.reading).customer(customer)
        guard before.status != .erased else { throw CustomerError.erased }
        let tag = try TagReader(transaction.reading).tag(named: name) ?? create(name, key: key)
        let change = try transaction.change(
            "INSERT INTO customer_tag (customer_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            .integer(customer.rawValue), .integer(tag.rawValue))
        guard change > 0 else { return }
        if let maximum = occasion.shop.policies.maximumTags, before.tags.count >= maximum {
            throw TagError.tooMany(maximum: maximum)
        }
        try finish(.tagAssigned, name, before)
    }

    /// Takes a tag off a customer; the tag stays.
    ///
    /// - Throws: ``TagError/notFound`` when there is no such tag or the customer does not carry it.
    public func remove(_ name: String, from customer: CustomerID) throws {
        let before = try CustomerReader(transaction.reading).customer(customer)
        guard let tag = try TagReader(transaction.reading).tag(named: name) else { throw TagError.notFound }
        let change = try transaction.change(
            "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id = ?",
            .integer(customer.rawValue), .integer(tag.rawValue))
        guard change > 0 else { throw TagError.notFound }
        try MergeRecords(transaction: transaction).settle(tag.rawValue, of: .tags, for: customer)
        try finish(.tagRemoved, name, before)
    }

    /// Makes a tag that nobody carries yet.
    ///
    /// - Throws: ``TagError/blank``, ``TagError/exists(name:)`` when a tag equals it after folding.
    public func create(_ name: String) throws -> Tag {
        let id = try create(name, key: try freeKey(for: name, of: nil))
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.tagCreated) { $0.member("tag", name) }
        return try TagReader(transaction.reading).tag(id)
    }

    /// The folded name, which no other tag has.
    func freeKey(for name: String, of id: TagID?) throws -> String {
        let key = Folding.folded(name)
        guard !key.isEmpty else { throw TagError.blank }
        let reader = TagReader(transaction.reading)
        if let taken = try reader.tag(named: name), taken != id {
            throw TagError.exists(name: try reader.tag(taken).name)
        }
        return key
    }

    private func create(_ name: String, key: String) throws -> TagID {
        TagID(
            rawValue: try transaction.insert(
                "INSERT INTO tag (id, name, name_key) VALUES (?, ?, ?)",
                .integer(try Numbering.tag.next(in: transaction)), .text(name), .text(key)))
    }

    private func finish(_ topic: Topic, _ name: String, _ before: Customer) throws {
        let after = try CustomerReader(transaction.reading).customer(before.id)
        try SearchWriter(transaction).replace(
            SearchTerms.terms(of: before), with: SearchTerms.terms(of: after),
            for: before.id)
        try transaction.execute("UPDATE customer SET rev = rev + 1 WHERE id = ?", .integer(before.id.rawValue))
        try TimelineWriter(transaction: transaction, occasion: occasion).append(topic, customer: before.id) {
            $0.member("tag", name)
        }
    }
}
