import ChannelKit

extension Booking {
    /// A booking as its verbs answer it.
    static func shape(of order: Order) -> JSONFragment {
        // What an erasure left may hold anything.
        let details = try? Details(storedWith: order)
        let names = [
            "service", "resource", "start", "end", "start_at", "end_at", "time_zone", "party_size", "participant",
            "note", "former",
        ]
        let usual: [String: JSON] = ["party_size": .number("1"), "former": .array([])]
        return JSONWriter.object { writer in
            writer.member("id", order.id.rawValue)
            writer.member("rev", order.rev)
            writer.member("ext", order.ext)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("name", name(order))
            writer.member("state", BookingState.own(order))
            for name in names { writer.member(name, details?.json[name] ?? usual[name] ?? .null) }
            writer.member("total", order.amounts.total.text)
            writer.member("paid", order.paid.text)
            writer.member("currency", order.amounts.total.currency.code)
            writer.member("test", order.isTest)
        }
    }

    /// Who booked, as they said then.
    private static func name(_ order: Order) -> String? {
        // The column comes from a JSON writer.
        (try? JSON(parsing: order.buyer.bytes))?["name"]?.stringValue
    }
}
