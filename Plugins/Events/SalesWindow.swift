import ChannelKit

/// From when until when something is sold.
struct SalesWindow {
    let start: Instant?
    /// The first moment at which nothing is sold any more.
    let end: Instant?

    func contains(_ at: Instant) -> Bool {
        if let start, at < start { return false }
        if let end, at >= end { return false }
        return true
    }

    /// - Throws: ``ChannelRefusal``, with when it begins or ended.
    func check(_ at: Instant, of what: String) throws {
        if let start, at < start {
            throw ChannelRefusal.conflict(
                "sales-not-started", "\(what) is not sold before \(start.text)",
                details: [.init(name: "starts", value: .string(start.text))])
        }
        if let end, at >= end {
            throw ChannelRefusal.conflict(
                "sales-ended", "\(what) is not sold since \(end.text)",
                details: [.init(name: "ended", value: .string(end.text))])
        }
    }
}
