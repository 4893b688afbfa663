internal import Storage
internal import StrictJSON

/// Takes people out of what waits for a channel, or was refused.
///
/// An order is still registered one day, but without buyer, consent and what is personal in its details, and it stands
/// alone then. What else a channel was to be asked cannot be taken apart, so it is given up.
struct ParkedInputEraser {
    private static let page = 200
    private static let reason = "the buyer was erased"

    private let transaction: WriteTransaction
    private let country: Country
    private let redact: CustomerEraser.Redaction

    init(_ transaction: WriteTransaction, in country: Country, redact: @escaping CustomerEraser.Redaction) {
        self.transaction = transaction
        self.country = country
        self.redact = redact
    }

    /// Leaves nothing of a person in what is parked; to be called while the record still tells who that is.
    ///
    /// - Returns: How many requests named the person.
    func erase(_ customer: Customer) throws -> Int64 {
        let keys = PersonKeys(
            customer, externalIDs: try CustomerReader(transaction.reading).externalIDs(of: customer.id), in: country)
        let reader = ParkedInputReader(transaction.reading)
        var count: Int64 = 0
        for channel in try reader.channels() {
            for state in [ParkedInput.State.waiting, .rejected] {
                var last: Int64 = 0
                while true {
                    let inputs = try reader.inputs(of: channel, in: state, after: last, limit: Self.page)
                    for input in inputs where try erase(keys, PersonalTraces(of: customer), from: input) { count += 1 }
                    guard let end = inputs.last?.number, inputs.count == Self.page else { break }
                    last = end
                }
            }
        }
        return count
    }

    private func erase(_ keys: PersonKeys, _ known: PersonalTraces, from input: ParkedInput) throws -> Bool {
        // The column is only ever written from a JSON writer; what cannot be read must not stay.
        let request = (try? JSON(parsing: input.request.bytes)) ?? .object([])
        guard keys.areNamed(in: request, of: input.channel) else { return false }
        guard input.verb == ParkedInput.orderVerb, let members = request.objectValue else {
            try transaction.execute(
                "UPDATE parked_input SET state = 'discarded', request = '{}', reason = ? WHERE id = ?",
                .text(Self.reason), .integer(input.number))
            return true
        }
        var traces = known
        traces.add(snapshot: request["customer"] ?? .null)
        let left = members.compactMap { member -> JSON.Member? in
            switch member.name {
            case "customer", "consent": nil
            case "details": JSON.Member(name: member.name, value: redact(input.channel, member.value))
            default: member
            }
        }
        try transaction.execute(
            "UPDATE parked_input SET request = ?, reason = ? WHERE id = ?",
            .utf8(JSONFragment(of: traces.removed(from: .object(left))).bytes), .text(Self.reason),
            .integer(input.number))
        return true
    }
}
