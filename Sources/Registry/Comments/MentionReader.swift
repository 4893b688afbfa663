internal import Storage

/// Finds what is mentioned, and tells what it is called now.
struct MentionReader {
    private let transaction: ReadTransaction
    private let products: ProductNames

    init(_ transaction: ReadTransaction, _ products: @escaping ProductNames) {
        self.transaction = transaction
        self.products = products
    }

    /// What a reference means; nil when it means nothing here.
    ///
    /// Who has left is not mentioned anew.
    func target(of reference: MentionReference) throws -> MentionTarget? {
        switch reference {
        case .staffName(let name):
            guard let member = try StaffReader(transaction).find(name), member.removedAt == nil else { return nil }
            return .staff(member.id)
        case .staff(let id): return try StaffReader(transaction).find(id).map { .staff($0.id) }
        case .customer(let id): return try customer(id).map { _ in .customer(id) }
        case .customerNumber(let number):
            return try CustomerReader(transaction).customer(number: number).map { .customer($0) }
        case .product(let channel, let sku):
            return try products(channel, sku).map { _ in .product(channel: channel, sku: sku) }
        }
    }

    /// A stored text with its mentions by their current names.
    func body(of text: MentionedText) throws -> CommentBody {
        var shown = ""
        var mentions: [Mention] = []
        let source = Array(text.source.utf8)
        var position = 0
        for place in text.places {
            shown += String(decoding: source[position..<place.start], as: UTF8.self)
            let (name, handle, isGone) = try standing(of: place.target)
            let target = place.target.asWritten
            let label = name.map { "@\($0)" } ?? target.reference
            mentions.append(
                Mention(
                    target: target, name: name, handle: handle, isGone: isGone,
                    start: shown.unicodeScalars.count, length: label.unicodeScalars.count))
            shown += label
            position = place.start + place.length
        }
        shown += String(decoding: source[position...], as: UTF8.self)
        return CommentBody(text: shown, source: text.source, mentions: mentions)
    }

    private func standing(of target: MentionTarget) throws -> (name: String?, handle: String, isGone: Bool) {
        switch target {
        case .staff(let id):
            guard let member = try StaffReader(transaction).find(id) else { return (nil, String(id.rawValue), true) }
            return (member.display, member.name, member.removedAt != nil)
        case .customer(let id):
            guard let customer = try customer(id) else { return (nil, String(id.rawValue), true) }
            return (customer.name, String(customer.number), customer.name == nil)
        case .product(let channel, let sku):
            let name = try products(channel, sku)
            return (name ?? sku, sku, name == nil)
        }
    }

    /// A customer's number and what to call the customer; no name for one who has been erased.
    private func customer(_ id: CustomerID) throws -> (number: Int64, name: String?)? {
        try transaction.first(
            """
            SELECT number, coalesce(name, nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''),
                company, email, phone, '#' || number), status
            FROM customer WHERE id = ?
            """, .integer(id.rawValue)
        ) { (number: $0.integer(0), name: $0.text(2) == CustomerStatus.erased.rawValue ? nil : $0.textOrNil(1)) }
    }
}
