internal import Storage
internal import StrictJSON

extension ImportWriter {
    /// The word for where an imported record comes from.
    static let source = "import"

    /// Completes a customer with what a row knows, and notes what it was before.
    ///
    /// - Returns: Whether anything changed.
    func complete(_ id: CustomerID, with row: ImportedCustomer, in batch: ImportID, _ outcome: inout ImportOutcome)
        throws -> Bool
    {
        let customer = try reader.customer(id)
        guard customer.status != .erased else { throw ImportReason.erased }
        let seq = try TimelineReader(transaction.reading).lastSeq()
        var fields = customer.fields
        fields.take(row.fields, overwrites: options.overwrites)
        var changes: [Change] = []
        if fields != customer.fields {
            for field in CustomerField.allCases {
                let (before, after) = (customer.fields.text(of: field), fields.text(of: field))
                if before != after { changes.append(Change(part: field.rawValue, before: before, after: after)) }
            }
            try customers.update(id, ifRevision: nil) { $0 = fields }
        }
        if let ext = row.ext, try reader.customer(channel: channel, ext: ext) == nil {
            try know(id, as: ext)
            changes.append(Change(part: "ext", before: nil, after: ext))
        }
        changes += try attach(row, to: id, &outcome)
        try note(changes, to: id, in: batch, since: seq)
        return !changes.isEmpty
    }

    /// What an import did to a customer who was there before.
    struct Change {
        let part: String
        let before: String?
        let after: String?
    }

    private var channel: String { options.channel ?? ImportOptions.anyChannel }

    func know(_ customer: CustomerID, as ext: String) throws {
        try transaction.execute(
            "INSERT INTO customer_ext (channel, ext, customer_id) VALUES (?, ?, ?)", .text(channel), .text(ext),
            .integer(customer.rawValue))
    }

    /// Attaches what stands beside the record: tags, groups, a note, consent; what is there already stays as it is.
    func attach(_ row: ImportedCustomer, to id: CustomerID, _ outcome: inout ImportOutcome) throws -> [Change] {
        var changes: [Change] = []
        let tags = try missingTags(row.tags + options.tags.filter { !row.tags.contains($0) }, of: id)
        for tag in tags {
            do {
                try transaction.savepoint { try TagWriter(transaction, occasion).assign(tag, to: id) }
                changes.append(Change(part: "tag:\(tag)", before: nil, after: tag))
            } catch TagError.tooMany(let limit) {
                outcome.remarks.append(ImportRemark(row: row.row, column: nil, reason: .tooManyTags(limit: limit)))
                break
            }
        }
        changes += try attachGroups(row.groups, to: id)
        for address in row.addresses { changes += try attach(address, of: row, to: id, &outcome) }
        if let text = row.note, try !hasNote(text, id) {
            let note = try NoteWriter(transaction, occasion).add(text, to: id)
            changes.append(Change(part: "note", before: nil, after: String(note.id)))
        }
        if let hash = row.passwordHash { try AccountWriter(transaction, occasion).take(imported: hash, of: id) }
        for statement in row.consents {
            if try state(statement, of: id) {
                changes.append(
                    Change(part: "consent:\(statement.purpose.rawValue)", before: nil, after: "unsubscribed"))
            }
        }
        return changes
    }

    private func missingTags(_ names: [String], of id: CustomerID) throws -> [String] {
        guard !names.isEmpty else { return [] }
        let carried = Set(try reader.customer(id).tags.map(Folding.folded))
        var known = carried
        return names.filter { name in
            let key = Folding.folded(name)
            return !key.isEmpty && known.insert(key).inserted
        }
    }

    /// Puts a customer into groups; where one at most is allowed, only a customer who is in none, into the first.
    private func attachGroups(_ names: [String], to id: CustomerID) throws -> [Change] {
        guard !names.isEmpty else { return [] }
        let groups = GroupReader(transaction.reading)
        let writer = GroupWriter(transaction, occasion)
        let carried = try groups.groups(of: id)
        var changes: [Change] = []
        for name in names where !Folding.folded(name).isEmpty {
            if occasion.shop.policies.groupsAreExclusive, !(carried.isEmpty && changes.isEmpty) { break }
            let group = try groups.find(name) ?? writer.create(name, isTaxExempt: false)
            guard !carried.contains(where: { $0.id == group.id }) else { continue }
            try writer.assign(id, to: group.id)
            changes.append(Change(part: "group:\(group.name)", before: nil, after: String(group.id.rawValue)))
        }
        return changes
    }

    private func hasNote(_ text: String, _ id: CustomerID) throws -> Bool {
        try transaction.reading.exists(
            "SELECT 1 FROM note WHERE customer_id = ? AND text = ?", .integer(id.rawValue), .text(text))
    }

    /// Lowers a consent, or takes one over where nobody was ever asked and the tenant wants that.
    ///
    /// - Returns: Whether the state changed.
    private func state(_ statement: ImportedStatement, of id: CustomerID) throws -> Bool {
        let state = try ConsentReader(transaction.reading).states(of: id).first { $0.purpose == statement.purpose }
        let writer = ConsentWriter(transaction, occasion)
        switch statement.consent {
        case .granted:
            guard state == nil, occasion.shop.policies.importsConsent == .take else { return false }
            let grant = ConsentStatement(purpose: statement.purpose, isGranted: true, wording: nil)
            try writer.record(grant, by: id, origin: .import, channel: nil)
        case .pending: return false
        case .refused:
            guard state?.status.isObjection != true else { return false }
            let objection = ConsentStatement(purpose: statement.purpose, isGranted: false, wording: nil)
            try writer.record(objection, by: id, origin: .import, channel: nil)
        case .bounced:
            guard state?.status.isObjection != true else { return false }
            try writer.bounced(id, purpose: statement.purpose)
        }
        return true
    }

    private func note(_ changes: [Change], to id: CustomerID, in batch: ImportID, since former: Int64) throws {
        guard !changes.isEmpty else { return }
        let seq = try TimelineReader(transaction.reading).lastSeq()
        for change in changes {
            // A customer who stands in two rows may change twice; the first state before and the last after count.
            try transaction.execute(
                """
                INSERT INTO import_change (import_id, customer_id, part, from_seq, seq, before, after)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (import_id, customer_id, part) DO UPDATE
                SET from_seq = excluded.from_seq, seq = excluded.seq, after = excluded.after
                """,
                .integer(batch.rawValue), .integer(id.rawValue), .text(change.part), .integer(former + 1),
                .integer(seq), .text(orNull: change.before), .text(orNull: change.after))
        }
    }
}
