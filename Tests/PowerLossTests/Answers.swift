/// Which answers left the daemon, by client.
struct Answers {
    /// The steps with which the answers to a client's requests left, in order.
    private var steps: [Int: [Int]] = [:]

    private static let greeting = "client.is-"

    /// A word that is refused and repeated; verbs are letters.
    static func greeting(of client: Int) -> String { greeting + String(repeating: "a", count: client) + "z" }

    init(_ trace: Trace) {
        var lines: [Int32: [UInt8]] = [:]
        var clients: [Int32: Int] = [:]
        for (number, step) in trace.steps.enumerated() {
            if step.kind == .connection { (lines[step.descriptor], clients[step.descriptor]) = ([], nil) }
            guard step.kind == .answer else { continue }
            var rest = (lines[step.descriptor] ?? []) + trace.bytes[step.data]
            while let end = rest.firstIndex(of: 0x0A) {
                take(Array(rest[..<end]), number, &clients[step.descriptor])
                rest = Array(rest[(end + 1)...])
            }
            lines[step.descriptor] = rest
        }
    }

    private mutating func take(_ line: [UInt8], _ step: Int, _ client: inout Int?) {
        guard line.starts(with: Array("OK".utf8)) || line.starts(with: Array("ERR".utf8)) else { return }
        if let client { return steps[client, default: []].append(step) }
        let text = String(decoding: line, as: UTF8.self)
        guard let word = text.split(separator: Self.greeting, maxSplits: 1).dropFirst().first else { return }
        client = word.prefix { $0 == "a" }.count
    }

    /// How many answers had left to a client before a step.
    func count(to client: Int, before step: Int) -> Int {
        (steps[client] ?? []).prefix { $0 < step }.count
    }

    var total: Int { steps.values.reduce(0) { $0 + $1.count } }

    /// The facts of these claims that hold at a cut.
    func facts(_ claims: [Claim], at cut: Int) -> [Fact] {
        var counts: [Int: Int] = [:]
        return claims.filter { claim in
            let count = counts[claim.client] ?? self.count(to: claim.client, before: cut)
            counts[claim.client] = count
            return claim.request < count && claim.end.map { count < $0 } ?? true
        }.map(\.fact)
    }
}
