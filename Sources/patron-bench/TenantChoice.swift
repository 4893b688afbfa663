import Foundation

/// Which tenant an order goes to; tenants and clients are counted from 0.
struct TenantChoice {
    private enum Kind {
        /// Each client goes round its share of the tenants, or stays with one.
        case inTurn(sent: [Int])
        /// One tenant is asked for as often as all those between it and twice its number.
        case logUniform(RandomNumbers)
    }

    private let tenants: Int
    private var kind: Kind

    static func inTurn(tenants: Int, clients: Int) -> TenantChoice {
        TenantChoice(tenants: tenants, kind: .inTurn(sent: .init(repeating: 0, count: clients)))
    }

    static func logUniform(tenants: Int) -> TenantChoice {
        TenantChoice(tenants: tenants, kind: .logUniform(RandomNumbers(seed: 1)))
    }

    /// The tenant of a client's next order.
    mutating func next(for client: Int) -> Int {
        switch kind {
        case .inTurn(var sent):
            kind = .inTurn(sent: [])
            var tenant = sent[client] * sent.count + client
            if tenant >= tenants {
                tenant = client % tenants
                sent[client] = 0
            }
            sent[client] += 1
            kind = .inTurn(sent: sent)
            return tenant
        case .logUniform(var numbers):
            let place = exp(Double.random(in: 0..<1, using: &numbers) * log(Double(tenants + 1)))
            kind = .logUniform(numbers)
            return min(tenants, Int(place)) - 1
        }
    }
}
