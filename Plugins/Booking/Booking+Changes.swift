import ChannelKit

extension Booking {
    func confirm(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try change(arguments, transaction, to: "confirmed", from: ["requested"], done: ["confirmed", "rescheduled"])
    }

    func attend(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try change(
            arguments, transaction, to: "attended", from: ["requested", "confirmed", "rescheduled", "no-show"],
            done: ["attended"])
    }

    func noShow(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try change(
            arguments, transaction, to: "no-show", from: ["requested", "confirmed", "rescheduled", "attended"],
            done: ["no-show"])
    }

    func cancel(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try change(
            arguments, transaction, to: "cancelled", from: ["requested", "confirmed", "rescheduled", "no-show"],
            done: ["cancelled"]
        ) { order in
            try deadlines.refuseLateCancelling(
                BookedSpan(storedIn: Details(storedWith: order)), transaction.occasion)
        }
    }

    func reschedule(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let order = try find(arguments, transaction.services)
        let revision = try arguments.integer("if_rev")
        guard ["start", "end", "resource"].contains(where: { arguments.missing($0).isEmpty }) else {
            throw arguments.bad("start", "say what changes: start, end or resource")
        }
        try Self.refuse(order, unless: ["requested", "confirmed", "rescheduled", "no-show"])
        let stored = try Details(storedWith: order)
        let length = BookedSpan(storedIn: stored)?.length
        let wished = try Details(JSON(parsing: Self.wish(stored, arguments).bytes))
        let (_, members) = try Desk(services: transaction.services).arrange(
            wished, length: length, isTest: order.isTest, choosing: .free(besides: order.id))
        let details = try Details(JSON(parsing: wished.setting(members).bytes))
        var change = OrderChange()
        change.details = JSONFragment(of: details.json.canonical)
        try revise(details, &change, of: order, transaction.occasion)
        return .ok(Self.shape(of: try transaction.update(order, ifRevision: revision, change)))
    }

    /// A booking's order by the arguments `id` or `ext`.
    private func find(_ arguments: Details, _ services: ChannelServices) throws -> Order {
        let ext = try arguments.text("ext")
        if let id = try arguments.integer("id") {
            guard ext == nil else { throw arguments.bad("ext", "id names the booking already") }
            return try services.order(OrderID(rawValue: id))
        }
        guard let ext else { throw arguments.bad("id", "say which booking: id or ext") }
        guard let order = try services.order(ext: ext) else { throw OrderError.notFound }
        return order
    }

    /// Puts a booking into a state, unless it is in one that says as much.
    private func change(
        _ arguments: Details, _ transaction: ChannelTransaction, to state: String, from: [String], done: [String],
        check: (Order) throws -> Void = { _ in }
    ) throws -> ChannelReply {
        let order = try find(arguments, transaction.services)
        let revision = try arguments.integer("if_rev")
        if let revision, revision != order.rev { throw OrderError.staleRevision(current: order.rev) }
        if done.contains(BookingState.own(order)) { return .ok(Self.shape(of: order)) }
        try Self.refuse(order, unless: from)
        try check(order)
        var change = OrderChange()
        change.state = try self.state(for: state)
        change.channelState = state
        try change.notePayment(Details(storedWith: order), of: order, isOver: state == "attended")
        return .ok(Self.shape(of: try transaction.update(order, ifRevision: revision, change)))
    }

    private static func refuse(_ order: Order, unless states: [String]) throws {
        let state = BookingState.own(order)
        guard states.contains(state) else {
            throw ChannelRefusal(
                "wrong-state", "the booking is \(state)", details: [JSON.Member(name: "state", value: .string(state))])
        }
    }

    /// A booking's details with the time and the resource that are wanted instead.
    private static func wish(_ stored: Details, _ arguments: Details) throws -> JSONFragment {
        let hasStart = arguments.missing("start").isEmpty
        let hasEnd = arguments.missing("end").isEmpty
        var gone: Set<String> = []
        if hasStart { gone.formUnion(["start", "start_offset"]) }
        if hasStart || hasEnd { gone.formUnion(["end", "end_offset"]) }
        let isAny = try arguments.text("resource").map(Service.key) == "any"
        if isAny { gone.insert("resource") }
        let kept = (stored.json.objectValue ?? []).filter { !gone.contains($0.name) }
        let names: Set = ["start", "end", "start_offset", "end_offset", "resource", "time_zone", "outside_hours"]
        let given = (arguments.json.objectValue ?? []).filter { member in
            names.contains(member.name) && member.value != .null && !(isAny && member.name == "resource")
        }
        return JSONFragment(of: JSON.object(kept + given).canonical)
    }
}
