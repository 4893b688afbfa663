import Registry
import Storage
import StrictJSON
import TestSupport

/// A seeded history of customers, merged and parted again, in twin registries.
struct MergeHistory {
    var books: TwinBooks
    var random: SeededGenerator
    /// Makes every name, address and number a new one.
    private var serial = 0

    private static let tags = ["VIP", "New", "Local", "Late"]
    private static let groups = ["Trade", "Club", "Staff"]
    private static let codes = ["TEN", "OWN1", "OWN2", "OWN3"]

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        var policies = Policies()
        policies.groupsAreExclusive = random.below(2) == 0
        books = try TwinBooks(policies, isComparable: random.below(4) > 0)
        let (groups, codes) = (Self.groups, Self.codes)
        try books.change { transaction, occasion in
            for group in groups { _ = try GroupWriter(transaction, occasion).create(group, isTaxExempt: false) }
            for code in codes {
                var terms = CouponTerms(
                    code: code, benefit: .percent(try Percentage(parsing: "10")), currency: occasion.shop.currency)
                terms.limit = 5
                try CouponWriter(transaction, occasion).create(terms)
            }
            _ = try StaffWriter(transaction, occasion).add("lena", display: nil, email: nil)
        }
        for _ in 0..<5 { try create() }
    }

    /// One thing that happens, or is refused.
    ///
    /// - Returns: The customer whose merge was undone, nil for anything else.
    mutating func step() throws -> CustomerID? {
        books.advance(seconds: Int64(random.below(100)) + 1)
        switch random.below(40) {
        case 0: try create()
        case 1..<8: try order()
        case 8..<13: try changeOrder()
        case 13: try moveOrder()
        case 14..<17: try tag()
        case 17: try changeTag()
        case 18..<20: try group()
        case 20..<23: try address()
        case 23: try write { try NoteWriter($0, $1).add("note", to: $2) }
        case 24: try comment()
        case 25..<27: try consent()
        case 27: try coupon()
        case 28: try message()
        case 29..<31: try update()
        case 31: try hold()
        case 32..<37: try merge()
        default: return try unmerge(books.undoable())
        }
        return nil
    }

    /// Takes every merge back, in any order in which that can be done.
    mutating func unmergeAll() throws {
        while let one = try unmerge(books.undoable()) { try books.check("after releasing \(one.rawValue)") }
    }

    private mutating func unmerge(_ candidates: [CustomerID]) throws -> CustomerID? {
        guard !candidates.isEmpty else { return nil }
        let from = random.pick(candidates)
        try books.merged.unmerge(from)
        return from
    }

    private mutating func merge() throws {
        let (into, from) = (try somebody(), try somebody())
        guard into != from else { return }
        var choices: [String: CustomerMerge.Choice] = [:]
        let conflicts = try books.merged.preview(from, into: into).conflicts
        for conflict in conflicts where random.below(2) == 0 { choices[conflict.field] = .from }
        try books.merged.merge(from, into: into, choices)
    }

    private mutating func create() throws {
        serial += 1
        let (serial, isBare) = (serial, random.below(4) == 0)
        let fields = try books.merged.fields(
            name: "Name\(10_000 + serial)", email: isBare ? nil : "c\(serial)@example.org",
            phone: random.below(2) == 0 ? nil : "+49301234\(10_000 + serial)",
            company: random.below(2) == 0 ? nil : "Firm\(10_000 + serial)")
        try books.change { _ = try CustomerWriter($0, $1).create(fields, source: "staff") }
    }

    /// A new value of a field, which nobody has.
    private mutating func update() throws {
        serial += 1
        let (serial, country) = (serial, books.merged.occasion.shop.country)
        let kind = random.below(4)
        let customer = try somebody()
        try books.change { transaction, occasion in
            try CustomerWriter(transaction, occasion).update(customer, ifRevision: nil) { fields in
                switch kind {
                case 0: try fields.set(.name, to: "Name\(10_000 + serial)", country: country)
                case 1: try fields.set(.email, to: "c\(serial)@example.org", country: country)
                case 2: try fields.set(.phone, to: "+49301234\(10_000 + serial)", country: country)
                default: try fields.set(.company, to: "Firm\(10_000 + serial)", country: country)
                }
            }
        }
    }

    private mutating func order() throws {
        serial += 1
        let customer = try somebody()
        // Whoever was merged away leads to the survivor, which the other registry is told.
        let stubs = try books.merged.read { try CustomerReader($0).mergedInto(customer) }
        let buyer = stubs.isEmpty || random.below(2) == 0 ? customer : random.pick(stubs)
        let email = try books.apart.customer(customer).fields.email?.spelling
        let isDescribed = random.below(3) == 0 && email != nil && buyer == customer
        let code = random.pick(["EUR", "EUR", "USD"])
        var draft = try OrderDraft.sale(
            Int64(random.below(900) + 100) * 10, code, ext: "o\(serial)",
            channel: random.pick(["shop", "pos", "events"]),
            to: isDescribed ? try books.apart.buyer(email: email, ext: "x\(serial)") : .customer(buyer),
            kind: random.below(6) == 0 ? .return : .order)
        if code == "EUR", draft.kind == .order, random.below(3) == 0 { draft.coupon = random.pick(Self.codes) }
        let (asked, told) = (draft, isDescribed ? draft : draft.with { $0.buyer = .customer(customer) })
        try books.change {
            _ = try OrderWriter($0, $1).register(asked)
        } apart: {
            _ = try OrderWriter($0, $1).register(told)
        }
    }

    private mutating func changeOrder() throws {
        guard let id = try anOrder() else { return }
        let kind = random.below(5)
        let minor = Int64(random.below(500) + 1)
        try books.change { transaction, occasion in
            let writer = OrderWriter(transaction, occasion)
            if kind == 0 { return try writer.refund(id, minor: minor, ifRevision: nil) }
            var change = OrderChange()
            change.state = [.cancelled, .refunded, .completed, .expired][kind - 1]
            try writer.update(id, change)
        }
    }

    private mutating func moveOrder() throws {
        guard let id = try anOrder() else { return }
        let customer = try somebody()
        // Giving somebody what is there already changes nothing.
        guard try books.merged.order(id).match.customer != customer else { return }
        try books.change { try OrderWriter($0, $1).move(id, to: customer) }
    }

    private mutating func tag() throws {
        let (tag, customer) = (random.pick(Self.tags), try somebody())
        // Putting on what is there changes nothing; taking off is done wherever the tag is.
        if try books.merged.customer(customer).tags.contains(tag) {
            try books.change {
                try TagWriter($0, $1).remove(tag, from: customer)
            } apart: { transaction, occasion in
                do { try TagWriter(transaction, occasion).remove(tag, from: customer) } catch TagError.notFound {}
            }
        } else {
            try books.change { try TagWriter($0, $1).assign(tag, to: customer) }
        }
    }

    private mutating func changeTag() throws {
        let tags = try books.merged.read { try $0.all("SELECT id FROM tag") { TagID(rawValue: $0.integer(0)) } }
        guard !tags.isEmpty else { return }
        let (one, other, isDeleted) = (random.pick(tags), random.pick(tags), random.below(2) == 0)
        try books.change { transaction, occasion in
            let writer = TagWriter(transaction, occasion)
            if isDeleted { _ = try writer.delete(one) } else { _ = try writer.merge(one, into: other) }
        }
    }

    private mutating func group() throws {
        let (group, customer) = (GroupID(rawValue: Int64(random.below(3) + 1)), try somebody())
        let isMember = try books.merged.read {
            try GroupReader($0).groups(of: customer).contains { $0.id == group }
        }
        if isMember {
            try books.change {
                try GroupWriter($0, $1).remove(customer, from: group)
            } apart: { transaction, occasion in
                do { try GroupWriter(transaction, occasion).remove(customer, from: group) } catch GroupError.notMember {
                }
            }
        } else {
            try books.change { try GroupWriter($0, $1).assign(customer, to: group) }
        }
    }

    private mutating func address() throws {
        serial += 1
        let customer = try somebody()
        var fields = AddressFields()
        try fields.set(.title, to: "Title \(serial)")
        try fields.set(.line1, to: "Weg \(random.below(6))")
        try fields.set(.postcode, to: "50667")
        try fields.set(.city, to: "Köln")
        let asked = fields
        let ids = try books.merged.read {
            try $0.all("SELECT id FROM address") { AddressID(rawValue: $0.integer(0)) }
        }
        let (isShipping, isBilling) = (random.below(3) == 0, random.below(3) == 0)
        switch ids.isEmpty ? 0 : random.below(4) {
        case 0, 1:
            // What is there already is not added, and becomes no default, in either.
            let isThere = try TwinBooks.has(asked, customer, in: books.merged)
            let isThereToo = try TwinBooks.has(asked, customer, in: books.apart)
            guard !isThere, !isThereToo || !books.isComparable else { return }
            try books.change {
                _ = try AddressWriter($0, $1).add(
                    asked, to: customer, source: "staff", isShipping: isShipping, isBilling: isBilling)
            }
        case 2:
            let id = random.pick(ids)
            try books.change { transaction, occasion in
                _ = try AddressWriter(transaction, occasion).update(id, ifRevision: nil) {
                    try $0.set(.title, to: asked.title)
                    try $0.set(.line1, to: asked.line1)
                }
            }
        default:
            let id = random.pick(ids)
            try books.change { _ = try AddressWriter($0, $1).remove(id, ifRevision: nil) }
        }
    }

    private mutating func comment() throws {
        let mentioned = try somebody()
        try write { transaction, occasion, customer in
            let products: ProductNames = { _, _ in nil }
            _ = try CommentWriter(transaction, occasion, products: products).add(
                "see @customer:\(mentioned.rawValue) with @lena", to: customer)
        }
    }

    private mutating func consent() throws {
        let isGranted = random.below(3) > 0
        try write { transaction, occasion, customer in
            try ConsentWriter(transaction, occasion).record(
                ConsentStatement(purpose: .newsletter, isGranted: isGranted, wording: isGranted ? "v1" : nil),
                by: customer, channel: nil)
        }
    }

    private mutating func coupon() throws {
        let code = random.pick(Self.codes.filter { $0 != "TEN" })
        let customer = try somebody()
        guard try books.merged.coupon(code).terms.customer != customer else { return }
        try books.change { try CouponWriter($0, $1).assign(code, to: customer) }
    }

    private mutating func hold() throws {
        let code = random.pick(Self.codes)
        try write { transaction, occasion, customer in
            let use = CouponUse(
                channel: nil, customer: customer, subtotal: Money(minor: 5_000, currency: occasion.shop.currency),
                lines: nil, at: occasion.at, earlierOrders: 0)
            _ = try CouponWriter(transaction, occasion).hold(code, for: use, seconds: 300)
        }
    }

    private mutating func message() throws {
        try write { try ThreadWriter($0, $1).send("text", to: $2, subject: "subject", in: nil) }
    }

    /// Makes a change to somebody.
    private mutating func write(
        _ change: @escaping @Sendable (WriteTransaction, Occasion, CustomerID) throws -> some Sendable
    ) throws {
        let customer = try somebody()
        try books.change { _ = try change($0, $1, customer) }
    }

    private mutating func somebody() throws -> CustomerID { random.pick(try books.survivors()) }

    private mutating func anOrder() throws -> OrderID? {
        let orders = try books.merged.read {
            try $0.all("SELECT id FROM customer_order") { OrderID(rawValue: $0.integer(0)) }
        }
        return orders.isEmpty ? nil : random.pick(orders)
    }
}

extension TwinBooks {
    /// Whether a customer has an address of this street.
    fileprivate static func has(_ fields: AddressFields, _ customer: CustomerID, in book: Book) throws -> Bool {
        try book.read { try AddressReader($0).addresses(of: customer) }.contains { $0.fields.line1 == fields.line1 }
    }
}
