internal import Storage

/// The nouns whose ids people and programs are told: an id that was given out never means something else later.
///
/// SQLite gives the id of the newest row out again once that row is deleted. So each of these tables has a trigger that
/// keeps the highest id that is gone in `sequence`, and new rows get the next one above both. (AUTOINCREMENT would do
/// the same, but its table has no primary key and cannot be captured for a journal.)
enum Numbering: CaseIterable {
    case order
    case note
    case comment
    case inboxEntry
    case thread
    case message
    case mail
    case address
    case tag
    case group
    case segment
    case coupon
    case hold
    case audit

    /// The id of the next row; asked of the file once in a transaction, counted on from then.
    ///
    /// - Throws: `StorageError`.
    func next(in transaction: WriteTransaction) throws -> Int64 {
        try transaction.nextID(after: highest)
    }

    /// The name in `sequence`.
    var sequence: String {
        switch self {
        case .inboxEntry: "inbox_entry"
        case .order, .note, .comment, .thread, .message, .mail, .address, .tag, .group, .segment, .coupon, .hold,
            .audit:
            String(describing: self)
        }
    }

    /// The highest id that was ever given out.
    ///
    /// - Throws: `StorageError`.
    func last(in transaction: ReadTransaction) throws -> Int64 {
        try transaction.first(highest) { $0.integer(0) } ?? 0
    }

    private var highest: StaticString {
        switch self {
        case .order:
            "SELECT max(coalesce((SELECT max(id) FROM customer_order), 0), value) FROM sequence WHERE name = 'order'"
        case .note:
            "SELECT max(coalesce((SELECT max(id) FROM note), 0), value) FROM sequence WHERE name = 'note'"
        case .comment:
            "SELECT max(coalesce((SELECT max(id) FROM comment), 0), value) FROM sequence WHERE name = 'comment'"
        case .inboxEntry:
            "SELECT max(coalesce((SELECT max(id) FROM inbox_entry), 0), value) FROM sequence WHERE name = 'inbox_entry'"
        case .thread:
            "SELECT max(coalesce((SELECT max(id) FROM thread), 0), value) FROM sequence WHERE name = 'thread'"
        case .message:
            "SELECT max(coalesce((SELECT max(id) FROM message), 0), value) FROM sequence WHERE name = 'message'"
        case .mail:
            "SELECT max(coalesce((SELECT max(id) FROM mail), 0), value) FROM sequence WHERE name = 'mail'"
        case .address:
            "SELECT max(coalesce((SELECT max(id) FROM address), 0), value) FROM sequence WHERE name = 'address'"
        case .tag:
            "SELECT max(coalesce((SELECT max(id) FROM tag), 0), value) FROM sequence WHERE name = 'tag'"
        case .group:
            "SELECT max(coalesce((SELECT max(id) FROM shop_group), 0), value) FROM sequence WHERE name = 'group'"
        case .segment:
            "SELECT max(coalesce((SELECT max(id) FROM segment), 0), value) FROM sequence WHERE name = 'segment'"
        case .coupon:
            "SELECT max(coalesce((SELECT max(id) FROM coupon), 0), value) FROM sequence WHERE name = 'coupon'"
        case .hold:
            "SELECT max(coalesce((SELECT max(id) FROM coupon_hold), 0), value) FROM sequence WHERE name = 'hold'"
        case .audit:
            "SELECT max(coalesce((SELECT max(id) FROM audit), 0), value) FROM sequence WHERE name = 'audit'"
        }
    }
}
