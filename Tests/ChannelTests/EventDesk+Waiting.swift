import ChannelKit
import Events

/// Who waits for tickets.
extension EventDesk {
    /// Puts somebody on the list for seats of the jazz night.
    func wait(_ name: String, count: Int = 1) throws {
        try ask(
            "join-waiting-list",
            #"{"event":"jazz","type":"seat","count":\#(count),"customer":{"email":"\#(name)@example.org"}}"#)
    }

    /// Who waits or waited: "1 waiting", by customer.
    func line() throws -> [String] {
        try ask("waiting-list", #"{"event":"jazz","all":true}"#).arrayValue?.map {
            "\($0["customer"]?.integerValue ?? 0) \($0["state"]?.stringValue ?? "")"
        } ?? []
    }

    /// The orders that were offered, in the order of the list.
    func offers() throws -> [OrderID] {
        try ask("waiting-list", #"{"event":"jazz","all":true}"#).arrayValue?.compactMap {
            $0["order"]?.integerValue.map(OrderID.init(rawValue:))
        } ?? []
    }
}
